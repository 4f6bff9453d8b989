"""What a person sees: tables and lines, and no control character that another State put into a text."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rogatory.law.plain import plain as plain

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


def write_json(value: Any) -> None:
    """*value* as one JSON text on standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()
