"""The form of an entry, made from its shape: what a page shows of each field, and what a person sent back.

Lists of codes stand in one line, apart by commas; lists of sentences one a line; rows in a table with some empty rows
below those that are filled in. Nothing is judged here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from rogatory.assistance.shape import MOST_ROWS, Fault, Field, Form, Shape
from rogatory.law.words import Words

EMPTY_ROWS = 3
_CODES = frozenset({Form.LANGUAGES, Form.STATES, Form.PROVISIONS, Form.ENTRIES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One field on the page: its name there, what it holds, and what is wrong with it; *rows* of a field with rows."""

    field: Field
    name: str
    value: str
    chosen: tuple[str, ...]
    problems: tuple[Words, ...]
    rows: "tuple[tuple[Shown, ...], ...]" = ()

    @property
    def id(self) -> str:
        """The element's name on the page."""
        return f"f-{self.name.replace('.', '-')}"

    @property
    def described_by(self) -> str:
        """The elements that explain this field."""
        told = ((self.field.hint.en, "help"), (self.problems, "problem"))
        return " ".join(f"{self.id}-{name}" for is_there, name in told if is_there)

    @property
    def is_codes(self) -> bool:
        """Whether it is a list that stands in one line."""
        return self.field.form in _CODES


def shown(shape: Shape, body: Mapping[str, Any], faults: Sequence[Fault] = (), *, more: str = "") -> tuple[Shown, ...]:
    """Every field of *shape*, filled in with *body*; the rows of the field *more* get more empty ones."""
    found: dict[str, list[Words]] = {}
    for one in faults:
        found.setdefault(one.field, []).append(one.says)
    return tuple(_shown(one, one.name, body.get(one.name), found, more) for one in shape.fields)


def sent(shape: Shape, given: QueryDict) -> dict[str, Any]:
    """What a person filled in; blank fields and blank rows are left out."""
    found = {one.name: _read(one, one.name, given) for one in shape.fields}
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def _shown(field: Field, name: str, value: Any, faults: Mapping[str, list[Words]], more: str) -> Shown:
    rows: tuple[tuple[Shown, ...], ...] = ()
    if field.form is Form.ROWS:
        held = value if isinstance(value, list) else []
        empty = EMPTY_ROWS * 2 if field.name == more else EMPTY_ROWS
        rows = tuple(
            tuple(_shown(one, f"{name}.{place}.{one.name}", row.get(one.name), faults, "") for one in field.rows)
            for place, row in enumerate((*held, *({} for _ in range(empty))), 1)
        )
    listed = tuple(str(one) for one in value) if isinstance(value, list) and not rows else ()
    text = (", " if field.form in _CODES else "\n").join(listed) if listed else str("" if value is None else value)
    return Shown(
        field=field,
        name=name,
        value="" if rows else text,
        chosen=listed or (text,),
        problems=tuple(faults.get(name.replace(".", " "), ())),
        rows=rows,
    )


def _read(field: Field, name: str, given: QueryDict) -> Any:
    if field.form is Form.ROWS:
        return _rows(field, name, given)
    if field.form is Form.CHOICES:
        return given.getlist(name)
    text = given.get(name, "").replace("\r\n", "\n").strip()
    if field.form in _CODES:
        found = [one for one in re.split(r"[,;\s]+", text) if one]
        return [one.upper() for one in found] if field.form in (Form.STATES, Form.ENTRIES) else found
    if field.form is Form.LINES:
        return [line.strip() for line in text.split("\n") if line.strip()]
    return text


def _rows(field: Field, name: str, given: QueryDict) -> list[dict[str, Any]]:
    asked = re.compile(rf"{name}\.([0-9]{{1,4}})\.")
    places = sorted({int(found[1]) for one in given if (found := asked.match(one))})[: MOST_ROWS + EMPTY_ROWS * 2]
    rows = []
    for place in places:
        row = {one.name: _read(one, f"{name}.{place}.{one.name}", given) for one in field.rows}
        rows.append({key: value for key, value in row.items() if value not in ("", [], None)})
    return [row for row in rows if row]
