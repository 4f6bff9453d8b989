"""Reading the depositary's own list: the XML of the UN Treaty Collection, or CSV.

The XML has a table of participants (`Participants`, `Row`, `Entry`): the name, the day of signature, and the day of
consent with a sign after it that says which kind it was. Names carry footnotes in raised figures, days carry tabs, and
a maintenance page sometimes comes in the file's place. Only that table is read: of declarations, objections and notes
the file tells in free text, we say how many there are, and a person enters them.

CSV has either the same columns (`Participant,Signature,Ratification …`) or ours (`state,action,date`). A name that is
no State's, a day that cannot be, and whatever stands twice is refused with its line; nothing is guessed.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rogatory.errors import BadInput, RogatoryError
from rogatory.status.deposits import BadDeposits, days
from rogatory.status.model import ACTIONS, CONSENTS, Deposit, State
from rogatory.status.names import Names, UnknownName
from rogatory.status.xmltree import Element, read_xml

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 2_000
#: The sign after a day of consent.
SIGNS = {
    "A": "acceptance",
    "AA": "approval",
    "a": "accession",
    "d": "succession",
    "c": "formal-confirmation",
    "s": "definitive-signature",
}
#: What a column is about, by the first of these words in its heading.
HEADINGS = {
    "participant": "participant",
    "state": "participant",
    "signature": "signature",
    "ratification": "ratification",
    "acceptance": "acceptance",
    "acceptation": "acceptance",
    "approval": "approval",
    "approbation": "approval",
    "accession": "accession",
    "adhesion": "accession",
    "adhésion": "accession",
    "formal confirmation": "formal-confirmation",
    "confirmation formelle": "formal-confirmation",
    "succession": "succession",
}
USUAL_COLUMNS = ["participant", "signature", "ratification"]
SECTIONS = ("declarations", "objections", "declarationsunderarticle", "notifications", "territorialapplications")
_FOOTNOTE = frozenset({"superscript", "sup", "footnote"})
_DAY = re.compile(r"(\d{1,2})(?:er)?\s+([^\W\d]+)\.?,?\s+(\d{4})\s*([A-Za-z]{0,3})")
_NUMBER = re.compile(r"\d{1,6}")
_MONTHS = (
    ("jan",), ("feb", "fev", "fév"), ("mar",), ("apr", "avr"), ("may", "mai"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aou", "aoû"), ("sep",), ("oct",), ("nov",), ("dec", "déc"),
)  # fmt: skip


class BadDepositaryFile(BadInput):
    """The depositary's list is not well formed."""

    code = "bad-depositary-file"
    remedy = "Correct the line named, or leave it out and enter that act by hand; nothing was taken."


class NotADepositaryFile(BadInput):
    """This is not a list of a treaty's participants."""

    code = "not-a-depositary-file"
    remedy = "Fetch the XML of the treaty again later: the collection answers with a web page while it is maintained."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a list is read for: its file's name, the instrument and its first day, the last day possible, the States."""

    name: str
    instrument: str
    adopted: date
    until: date
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositaryList:
    """The acts of a depositary's list, how many texts of other kinds it holds that we do not read, and its own totals.

    `totals` is what the head of the file says: `signatories` and `parties`; empty where it says nothing.
    """

    deposits: tuple[Deposit, ...]
    unread: Mapping[str, int]
    totals: Mapping[str, int]

    @property
    def counted(self) -> dict[str, int]:
        """The same totals as the table gives them."""
        signed = {item.state for item in self.deposits if item.action in ("signature", "definitive-signature")}
        joined = {item.state for item in self.deposits if item.action in CONSENTS}
        return {"signatories": len(signed), "parties": len(joined)}


@dataclass(frozen=True, slots=True)
class _Act:
    where: str
    participant: str
    action: str
    day: str
    provision: str = ""
    value: str = ""


def read_depositary(data: bytes, source: Source) -> DepositaryList:
    """The acts in the XML or CSV *data*; raises `NotADepositaryFile`, `BadXML` or `BadDepositaryFile` with the line."""
    if len(data) > MAX_BYTES:
        raise NotADepositaryFile(f"{len(data)} bytes are more than the limit of {MAX_BYTES}", where=source.name)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    if not start or start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        raise NotADepositaryFile("this is a web page (or nothing), not the list of a treaty", where=source.name)
    if start.startswith(b"<"):
        root = read_xml(data, name=source.name)
        acts, unread, totals = _xml_acts(root, source), _unread(root), _totals(root)
    else:
        acts, unread, totals = _csv_acts(_decoded(data, source), source), {}, {}
    deposits = tuple(_checked(acts, source))
    if not deposits:
        raise NotADepositaryFile("it lists no act of any State", where=source.name)
    return DepositaryList(deposits=deposits, unread=unread, totals=totals)


def _xml_acts(root: Element, source: Source) -> Iterator[_Act]:
    tables = [table for part in root.elements("participants") for table in part.elements("table")]
    if not tables:
        raise NotADepositaryFile("the XML has no table of participants", where=source.name)
    for table in tables:
        head = next((row for part in table.elements("thead") for row in part.elements("row")), None)
        columns = (
            _columns(_cells(head), f"{source.name}:{head.line}")
            if head
            else ["participant", "signature", "ratification"]
        )
        for row in (row for part in table.elements("tbody") for row in part.elements("row")):
            yield from _row_acts(columns, _cells(row), f"{source.name}:{row.line}")


def _cells(row: Element) -> list[str]:
    return [entry.text(without=_FOOTNOTE) for entry in row.elements("entry")]


def _unread(root: Element) -> dict[str, int]:
    """How many texts there are under each heading that we do not read, where there are any."""
    found = {}
    for name in SECTIONS:
        texts = [piece for part in root.elements(name) for piece in part.pieces]
        count = sum(bool(piece.text() if isinstance(piece, Element) else piece.strip()) for piece in texts)
        if count:
            found[name] = count
    return found


def _totals(root: Element) -> dict[str, int]:
    """What the head of the file says of the number of signatories and of Parties."""
    found = {}
    for status in root.elements("status"):
        for name in ("signatories", "parties"):
            number = _NUMBER.search(" ".join(one.text(without=_FOOTNOTE) for one in status.elements(name)))
            if number:
                found[name] = int(number[0])
    return found


def _columns(headings: Sequence[str], where: str) -> list[str]:
    """What each column is about; an empty text for one that we do not read."""
    found = []
    for heading in headings:
        lower = heading.lower()
        at = {word: lower.find(word) for word in HEADINGS if word in lower}
        found.append(HEADINGS[min(at, key=lambda word: (at[word], -len(word)))] if at else "")
    if found[:1] != ["participant"] or len(found) < 2:
        raise BadDepositaryFile("the first column must be the participant, and days must follow", where=where)
    return found


def _row_acts(columns: Sequence[str], cells: Sequence[str], where: str) -> Iterator[_Act]:
    if not any(cells):
        return
    if len(cells) != len(columns):
        raise BadDepositaryFile(f"the row has {len(cells)} cells, the table {len(columns)} columns", where=where)
    participant, acts = cells[0], 0
    for column, cell in zip(columns[1:], cells[1:], strict=True):
        if column and cell:
            acts += 1
            yield _act(participant, column, cell, where)
    if not acts:
        raise BadDepositaryFile(f"{participant[:60]!r} has no day at all", where=where)


def _act(participant: str, column: str, cell: str, where: str) -> _Act:
    found = _DAY.fullmatch(cell.strip(" []"))
    if not found:
        raise BadDepositaryFile(f"{cell[:60]!r} is not a day such as 25 Oct 2025", where=where)
    day, month, year, sign = found.groups()
    number = next((n for n, names in enumerate(_MONTHS, start=1) if month.lower().startswith(names)), 0)
    action = SIGNS.get(sign, "") if sign else column
    if not number or not action or (column == "signature" and sign not in ("", "s")):
        raise BadDepositaryFile(f"{cell[:60]!r}: we do not know this month, or this sign after the day", where=where)
    return _Act(where, participant, action, f"{year}-{number:02d}-{int(day):02d}")


def _decoded(data: bytes, source: Source) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\x00" in text:
        raise NotADepositaryFile("this is neither XML nor CSV", where=source.name)
    return text


def _csv_acts(text: str, source: Source) -> Iterator[_Act]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        headings = [cell.strip().lower() for cell in next(reader, [])]
        own = {"state", "action", "date"} <= set(headings)
        columns = [] if own else _columns(headings, f"{source.name}:1")
        for count, cells in enumerate(reader):
            where = f"{source.name}:{reader.line_num}"
            if count >= MAX_ROWS:
                raise BadDepositaryFile(f"more than {MAX_ROWS} rows", where=where)
            stripped = [" ".join(cell.split()) for cell in cells]
            yield from _own_act(headings, stripped, where) if own else _row_acts(columns, stripped, where)
    except csv.Error as error:
        raise BadDepositaryFile(f"this is not CSV: {error}", where=f"{source.name}:{reader.line_num}") from error


def _own_act(headings: Sequence[str], cells: Sequence[str], where: str) -> Iterator[_Act]:
    if not any(cells):
        return
    if len(cells) != len(headings):
        raise BadDepositaryFile(f"the row must have {len(headings)} columns", where=where)
    row = dict(zip(headings, cells, strict=True))
    if row["action"] not in ACTIONS:
        raise BadDepositaryFile(f"{row['action']!r} is not one of {', '.join(ACTIONS)}", where=where)
    yield _Act(where, row["state"], row["action"], row["date"], row.get("provision", ""), row.get("value", ""))


def _checked(acts: Iterator[_Act], source: Source) -> Iterator[Deposit]:
    """Each act as a deposit, once its State, its day and its being the only one are certain."""
    names = Names.of(source.states)
    seen: dict[tuple[str, ...], str] = {}
    for act in acts:
        try:
            state = names.code(act.participant)
            earliest, latest = days(act.day, act.where)
        except (UnknownName, BadDeposits) as error:
            raise _refused(error, act.where) from error
        if earliest and latest and (latest < source.adopted or earliest > source.until):
            why = "before the instrument existed" if latest < source.adopted else "later than the list can be"
            raise BadDepositaryFile(f"{state}: {act.day} is {why}", where=act.where)
        kind = "consent" if act.action in CONSENTS else act.action
        key = (state, kind, act.provision, "" if kind in ("consent", "signature") else act.day)
        if key in seen:
            raise BadDepositaryFile(f"{state}: {kind} stands twice, here and at {seen[key]}", where=act.where)
        seen[key] = act.where
        yield Deposit(
            state=state,
            instrument=source.instrument,
            action=act.action,
            earliest=earliest,
            latest=latest,
            provision=act.provision,
            value=act.value,
            source=f"depositary list as of {source.until:%Y-%m-%d}",
        )


def _refused(error: RogatoryError, where: str) -> BadDepositaryFile:
    return BadDepositaryFile(
        error.message, where=where, remedy=error.advice if isinstance(error, UnknownName) else None
    )
