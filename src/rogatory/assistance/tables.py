"""Entries as open data, CSV (RFC 4180, UTF-8) and JSON, and offers out of a CSV file.

Rules in words. An export is for somebody: for us with private fields, for partners or for everybody without. Lists
stand in one cell, apart by a semicolon; rows of a field as `name: value` pairs, apart by a bar. A text that a program
for tables would take for a formula gets an apostrophe in front. An import has one line for each offer under a line of
field names; when one line is wrong nothing is taken, and every fault is told with its line.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rogatory.assistance import kinds
from rogatory.assistance.entries import Entry, for_everybody, for_partner
from rogatory.assistance.shape import LISTS, BadEntry, Field, Form, Shape, read
from rogatory.errors import BadInput
from rogatory.kernel import times

VERSION = 1
MAX_IMPORT = 5 * 1024 * 1024
MOST_LINES = 1000
MOST_FAULTS = 50
ABOUT = ("name", "owner", "kind", "version", "shown_to", "withdrawn", "at")
#: What makes a cell a formula: also in full width, and behind white space.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n|")

Audience = str
US, PARTNERS, EVERYBODY = "us", "partners", "everybody"
AUDIENCES = (EVERYBODY, PARTNERS, US)


class BadOfferTable(BadInput):
    """The table of offers cannot be taken."""

    code = "bad-offer-table"
    remedy = "Put right each line that the message names, and import the file again; nothing was taken."


def body_for(entry: Entry, audience: Audience) -> Mapping[str, Any]:
    """What *audience* reads of *entry*; it must be allowed to, which is asked elsewhere."""
    readers: Mapping[str, Callable[[Entry], Mapping[str, Any]]] = {
        US: lambda one: one.body,
        PARTNERS: for_partner,
    }
    return readers.get(audience, for_everybody)(entry)


def to_json(entries: Iterable[Entry], *, audience: Audience) -> bytes:
    """The entries as one object, UTF-8."""
    told = [{**_about(one, audience), "says": dict(body_for(one, audience))} for one in entries]
    whole = {"version": VERSION, "for": audience, "entries": told}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def to_csv(kind: str, entries: Iterable[Entry], *, audience: Audience) -> bytes:
    """The entries of *kind*, a line each, under a line with `ABOUT` and the names of the fields."""
    fields = [one for one in kinds.shape_of(kind).fields if audience == US or not one.private]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*ABOUT, *(one.name for one in fields)))
    for entry in entries:
        body = body_for(entry, audience)
        about = [_text(str(one)) for one in _about(entry, audience).values()]
        writer.writerow((*about, *(_cell(one, body.get(one.name)) for one in fields)))
    return text.getvalue().encode()


def _about(entry: Entry, audience: Audience) -> dict[str, Any]:
    return {
        "name": entry.name,
        "owner": entry.owner,
        "kind": entry.kind,
        "version": entry.version,
        "shown_to": _shown(entry) if audience == US else "",
        "withdrawn": entry.withdrawn,
        "at": times.stamp(entry.at),
    }


def _shown(entry: Entry) -> str:
    return "; ".join(entry.partners) if entry.partners else entry.visibility.value


def _cell(asked: Field, value: Any) -> Any:
    if value is None:
        return ""
    if asked.form is Form.ROWS:
        rows = (", ".join(f"{name}: {_flat(inner)}" for name, inner in row.items()) for row in value)
        return _text(" | ".join(rows))
    return value if isinstance(value, int) else _text(_flat(value))


def _flat(value: Any) -> str:
    return "; ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _text(written: str) -> str:
    return f"'{written}" if {written[:1], written.lstrip()[:1]} & _FORMULA else written


def offers_from_csv(data: bytes) -> tuple[tuple[int, dict[str, Any]], ...]:
    """Each offer with the line on which it begins; raises `BadOfferTable` with every fault and its line, 50 at most."""
    shape = kinds.OFFERS
    lines = _lines(data)
    headings = [one.strip() for one in lines[0][1]]
    strange = [one for one in headings if one not in shape.names] or [
        one for one in set(headings) if headings.count(one) > 1
    ]
    if strange:
        known = ", ".join(shape.names)
        raise BadOfferTable(
            f"line 1: no field, or one that stands twice: {', '.join(strange)[:200]}; known are {known}"
        )
    found, faults = [], []
    for number, cells in lines[1:]:
        try:
            found.append((number, read(shape, _given(shape, headings, cells))))
        except BadEntry as error:
            faults += told(number, error)
        except ValueError:
            faults.append(f"line {number}: {len(cells)} cells where line 1 has {len(headings)}")
    require_none(faults)
    return tuple(found)


def told(line: int, error: BadEntry) -> list[str]:
    """What is wrong on *line*, a sentence for each field."""
    return [f"line {line}, {one.field}: {one.says.en}" for one in error.faults]


def require_none(faults: Sequence[str]) -> None:
    """Nothing, when there are no *faults*; raises `BadOfferTable` with the first 50."""
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        raise BadOfferTable("; ".join(faults[:MOST_FAULTS]) + more)


def _given(shape: Shape, headings: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, cell in zip(headings, cells, strict=True):
        several = shape.field(name).form in LISTS
        given[name] = [one.strip() for one in cell.split(";") if one.strip()] if several else cell.strip()
    return given


def _lines(data: bytes) -> list[tuple[int, list[str]]]:
    if len(data) > MAX_IMPORT:
        raise BadOfferTable(f"the file is larger than {MAX_IMPORT // 1024 // 1024} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadOfferTable(f"the file is not UTF-8: byte {error.start + 1} cannot be read") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(one.strip() for one in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
            if len(found) > MOST_LINES + 1:
                raise BadOfferTable(f"the file has more than {MOST_LINES} offers")
    except csv.Error as error:
        raise BadOfferTable(f"line {begins}: {error}") from error
    if len(found) < 2:
        raise BadOfferTable("the file needs a line of field names and at least one offer")
    return found
