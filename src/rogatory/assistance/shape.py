"""What an entry says, as a table of fields: the same for forms, commands, letters, tables and exports.

Rules in words. A field has a form (a line, a day, an amount …) and limits. What is empty is left out. Numbers are whole
and amounts are decimals written as text, so that nothing is rounded and everything can be signed. A private field is
for the people of this node: it is never in a letter, in an export for others, or on a public page. Of a partner's entry
we keep what we know the shape of; a choice that we do not know is kept as it was written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rogatory.errors import BadInput
from rogatory.kernel import ids, times
from rogatory.law.words import NO_WORDS, Words

LINE_LIMIT = 300
TEXT_LIMIT = 8000
LINK_LIMIT = 500
MOST_LISTED = 100
MOST_ROWS = 500
LARGEST_NUMBER = 1_000_000_000

_PATTERNS = {
    "language": re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?"),
    "provision": re.compile(r"[1-9][0-9]?(\([0-9a-z]{1,4}\)){0,3}"),
    "amount": re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?"),
    "currency": re.compile(r"[A-Z]{3}"),
    "entry": re.compile(r"[A-Z]{3}/[0-9A-HJKMNP-TV-Z]{26}"),
    "link": re.compile(r"https?://[^\s<>\"'\\]{3,480}"),
    "choice": re.compile(r"[a-z][a-z0-9-]{0,39}"),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class BadEntry(BadInput):
    """The entry cannot be kept as it was given."""

    code = "bad-assistance-entry"
    remedy = "Put right each field that the message names; nothing was saved."

    def __init__(self, faults: "Sequence[Fault]") -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{one.field}: {one.says.en}" for one in self.faults) or None)


class Form(StrEnum):
    """What a field may hold."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    CHOICES = "choices"
    LANGUAGES = "languages"
    STATES = "states"
    PROVISIONS = "provisions"
    ENTRY = "entry"
    ENTRIES = "entries"
    DAY = "day"
    NUMBER = "number"
    AMOUNT = "amount"
    CURRENCY = "currency"
    LINK = "link"
    ROWS = "rows"


_LIMITS = {Form.TEXT: TEXT_LIMIT, Form.LINK: LINK_LIMIT}
#: Forms whose value is a list of texts.
LISTS = frozenset({Form.LINES, Form.CHOICES, Form.LANGUAGES, Form.STATES, Form.PROVISIONS, Form.ENTRIES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its name in files, what people read beside it, its form, and for rows the fields of a row."""

    name: str
    says: Words
    form: Form = Form.LINE
    required: bool = False
    private: bool = False
    hint: Words = NO_WORDS
    choices: Mapping[str, Words] = field(default_factory=dict)
    rows: "tuple[Field, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of entry: its name, one and several of them, and its fields."""

    kind: str
    one: Words
    several: Words
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name; raises `KeyError`."""
        return {one.name: one for one in self.fields}[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields."""
        return tuple(one.name for one in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a field; a field of a row is named `trainings 2 title`."""

    field: str
    says: Words


def read(shape: Shape, given: Mapping[str, Any], *, foreign: bool = False) -> dict[str, Any]:
    """The body that *given* says, empty fields left out; raises `BadEntry` naming every fault.

    Of a *foreign* one, members and private fields that do not belong to others are dropped, unknown choices kept.
    """
    reader = _Reader(foreign=foreign)
    body = reader.fields(shape.fields, given, "")
    if reader.faults:
        raise BadEntry(reader.faults)
    return body


def outward(shape: Shape, body: Mapping[str, Any]) -> dict[str, Any]:
    """What of *body* others may see: without private fields, in rows too."""
    found: dict[str, Any] = {}
    for asked in shape.fields:
        if asked.private or asked.name not in body:
            continue
        value = body[asked.name]
        if asked.form is Form.ROWS:
            open_fields = [one.name for one in asked.rows if not one.private]
            value = [{name: row[name] for name in open_fields if name in row} for row in value]
        found[asked.name] = value
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads one entry and gathers what is wrong with it."""

    foreign: bool
    faults: list[Fault] = field(default_factory=list)

    def fields(self, asked: Sequence[Field], given: Mapping[str, Any], above: str) -> dict[str, Any]:
        """What *given* says in the fields *asked*, of the entry itself or of a row named *above*."""
        if not self.foreign:
            known = {one.name for one in asked}
            for name in given:
                if name not in known:
                    self._fault(f"{above} {name[:40]}", _UNKNOWN)
        found = {}
        for one in asked:
            if self.foreign and one.private:
                continue
            value = self._value(one, given.get(one.name), f"{above} {one.name}".strip())
            if value not in (None, "", []):
                found[one.name] = value
        for fault in _contradictions(found, {one.name for one in asked}):
            if fault.field not in given or fault.field in found:
                self._fault(f"{above} {fault.field}", fault.says)
        return found

    def _fault(self, where: str, says: Words) -> None:
        self.faults.append(Fault(field=where.strip(), says=says))

    def _value(self, asked: Field, given: Any, where: str) -> Any:
        if isinstance(given, str):
            given = given.replace("\r\n", "\n").replace("\r", "\n").strip()
        if given in (None, "", []):
            if asked.required:
                self._fault(where, _MISSING)
            return None
        if asked.form is Form.ROWS:
            return self._rows(asked, given, where)
        if asked.form in LISTS:
            return self._list(asked, given, where)
        if asked.form is Form.NUMBER:
            return self._number(given, where)
        return self._text(asked, given, where)

    def _rows(self, asked: Field, given: Any, where: str) -> Any:
        if not isinstance(given, list) or len(given) > MOST_ROWS or not all(isinstance(row, dict) for row in given):
            self._fault(where, _NOT_ROWS.fill(most=MOST_ROWS))
            return None
        return [self.fields(asked.rows, row, f"{where} {place}") for place, row in enumerate(given, 1)]

    def _list(self, asked: Field, given: Any, where: str) -> Any:
        if not isinstance(given, list | tuple) or len(given) > MOST_LISTED:
            self._fault(where, _NOT_LIST.fill(most=MOST_LISTED))
            return None
        read = (self._text(asked, one.strip() if isinstance(one, str) else one, where) for one in given if one != "")
        return list(dict.fromkeys(one for one in read if one))

    def _number(self, given: Any, where: str) -> int | None:
        number = int(given) if isinstance(given, str) and re.fullmatch(r"[0-9]{1,10}", given) else given
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST_NUMBER:
            self._fault(where, _NOT_NUMBER)
            return None
        return number

    def _text(self, asked: Field, given: Any, where: str) -> str | None:
        if not isinstance(given, str):
            self._fault(where, _NOT_TEXT)
            return None
        wrong = _wrong(asked, given) if given else None
        unknown_choice = wrong is not None and asked.form in (Form.CHOICE, Form.CHOICES)
        if wrong is None or (self.foreign and unknown_choice and _PATTERNS["choice"].fullmatch(given)):
            return given
        self._fault(where, wrong)
        return None


def _wrong(asked: Field, text: str) -> Words | None:
    """What is wrong with one text, or `None`."""
    limit = _LIMITS.get(asked.form, LINE_LIMIT)
    if len(text) > limit:
        return _TOO_LONG.fill(most=limit)
    if _CONTROLS.search(text) or (asked.form is not Form.TEXT and "\n" in text):
        return _CONTROL
    if asked.form in (Form.CHOICE, Form.CHOICES):
        return None if text in asked.choices else _NOT_CHOICE.fill(given=text[:40], names=", ".join(asked.choices))
    if asked.form is Form.DAY:
        return _failing(times.parse_day, text, _NOT_DAY)
    if asked.form is Form.STATES:
        return _failing(ids.require_state, text, _NOT_STATE)
    pattern, says = _PATTERNED.get(asked.form, ("", NO_WORDS))
    return None if not pattern or _PATTERNS[pattern].fullmatch(text) else says


def _failing(check: Any, text: str, says: Words) -> Words | None:
    try:
        check(text)
    except BadInput:
        return says
    return None


def _contradictions(body: Mapping[str, Any], known: set[str]) -> Iterator[Fault]:
    starts, ends = body.get("starts"), body.get("ends")
    if starts and ends and ends < starts:
        yield Fault(field="ends", says=_BACKWARDS)
    if "currency" in known and "amount" in body and "currency" not in body:
        yield Fault(field="currency", says=_NO_CURRENCY)


def amount(text: str) -> Decimal:
    """An amount as an exact decimal; *text* was read as one before."""
    return Decimal(text)


_MISSING = Words("must be given", "doit être rempli")
_UNKNOWN = Words("is no field here", "n’est pas un champ connu")
_NOT_TEXT = Words("is not a text", "n’est pas un texte")
_NOT_LIST = Words("is not a list of at most {most} texts", "n’est pas une liste d’au plus {most} textes")
_NOT_ROWS = Words("is not a list of at most {most} rows", "n’est pas une liste d’au plus {most} lignes")
_NOT_NUMBER = Words("is not a whole number from 0 to 1,000,000,000", "n’est pas un nombre entier de 0 à 1 000 000 000")
_TOO_LONG = Words("is longer than {most} characters", "dépasse {most} caractères")
_CONTROL = Words(
    "holds a line break or a sign that cannot be seen", "contient un retour à la ligne ou un caractère invisible"
)
_NOT_CHOICE = Words("“{given}” is none of: {names}", "« {given} » n’est aucun de : {names}")
_NOT_DAY = Words("is not a day such as 2028-03-01", "n’est pas une date telle que 2028-03-01")
_NOT_STATE = Words("is not a State's code such as VNM", "n’est pas le code d’un État tel que VNM")
_BACKWARDS = Words("is before the day on which it begins", "précède le jour du début")
_NO_CURRENCY = Words("must say in which currency the amount is", "doit indiquer la monnaie du montant")
_PATTERNED: Mapping[Form, tuple[str, Words]] = {
    Form.LANGUAGES: (
        "language",
        Words("is not a language code such as en or fr", "n’est pas un code de langue tel que en ou fr"),
    ),
    Form.PROVISIONS: (
        "provision",
        Words("is not an article or paragraph such as 25 or 25(2)", "n’est pas un article tel que 25 ou 25(2)"),
    ),
    Form.ENTRY: ("entry", Words("does not name an entry such as VNM/…", "ne désigne pas une fiche telle que VNM/…")),
    Form.ENTRIES: ("entry", Words("does not name an entry such as VNM/…", "ne désigne pas une fiche telle que VNM/…")),
    Form.AMOUNT: (
        "amount",
        Words("is not an amount such as 12500.50 (a point, no spaces)", "n’est pas un montant tel que 12500.50"),
    ),
    Form.CURRENCY: (
        "currency",
        Words("is not a currency such as USD or EUR", "n’est pas une monnaie telle que USD ou EUR"),
    ),
    Form.LINK: (
        "link",
        Words("is not an address that begins with https://", "n’est pas une adresse qui commence par https://"),
    ),
}
