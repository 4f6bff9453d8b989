"""What a person sees: tables and lines, and no control character that another State put into a text."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rogatory.kernel import times
from rogatory.law.words import Words

WIDTH_OF_A_FILE = 140
# Escape sequences and direction overrides could make a terminal show another text than the one that was signed.
_UNSEEMLY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console(*, errors: bool = False) -> Console:
    """A console on standard output, or on standard error; without colour unless it is a terminal."""
    file = sys.stderr if errors else sys.stdout
    width = None if file.isatty() else WIDTH_OF_A_FILE
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False)


def text(value: object, style: str = "") -> Text:
    """*value* as one piece of text that is safe on a terminal."""
    if isinstance(value, Text):
        return value
    if isinstance(value, datetime):
        value = value.strftime("%Y-%m-%d %H:%M UTC")
    elif isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, list | tuple):
        value = ", ".join(str(one) for one in value)
    return Text(_UNSEEMLY.sub("\ufffd", "" if value is None else str(value)), style=style)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> RenderableType:
    """Rows under headings; a sentence when there are none."""
    shown = Table(box=None, header_style="bold", pad_edge=False, title=title or None, title_justify="left")
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*(text(cell) for cell in row))
    return shown if shown.row_count else text(f"{title}: none" if title else "none")


def pairs(values: Mapping[str, object]) -> RenderableType:
    """Names and values, one pair a line; what is empty is left out."""
    shown = Table.grid(padding=(0, 2))
    shown.add_column(style="bold", no_wrap=True)
    shown.add_column(overflow="fold")
    for name, value in values.items():
        if value not in (None, "", (), []):
            shown.add_row(name, text(value))
    return shown


def plain(value: Any, *, without: frozenset[str] = frozenset()) -> Any:
    """*value* as JSON can carry it: dataclasses as objects (hidden fields and those in *without* left out)."""
    if isinstance(value, Words):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.repr and field.name not in without
        }
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return times.stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    return value


def write_json(value: Any) -> None:
    """*value* as one JSON text on standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()
