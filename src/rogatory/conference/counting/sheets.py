"""Tables as offices save them: CSV with commas, semicolons or tabs, with or without a byte order mark.

Headings are known by several words, in English and French; columns with other headings are left alone. Every row keeps
its line, so that an error can name it. A row with more or fewer cells than there are headings is refused.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rogatory.errors import BadInput

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 10_000
MAX_CELL = 500
DELIMITERS = ",;\t"


class BadSheet(BadInput):
    """A sheet of votes or ballots cannot be counted."""

    code = "bad-vote-sheet"
    remedy = "Correct the line that the message names; nothing was counted."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: where it stands, and its cells by the column's name."""

    where: str
    cells: Mapping[str, str]

    def number(self, column: str, default: int | None = None) -> int:
        """The whole number under *column*; raises `BadSheet`."""
        text = self.cells.get(column, "")
        if not text and default is not None:
            return default
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise BadSheet(f"{column}: {text[:40]!r} is not a whole number", where=self.where)
        return int(text)


def folded(text: str) -> str:
    """*text* for comparing: small letters without accents, words parted by single spaces."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+|[+]", bare.casefold()))


def rows(data: bytes, headings: Mapping[str, str], *, name: str) -> Iterator[Row]:
    """The rows of a CSV file, empty ones left out; *headings* gives the column that each heading (folded) means.

    Raises `BadSheet` with the line.
    """
    text = _decoded(data, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        columns = [headings.get(folded(cell), "") for cell in next(reader, [])]
        known = [column for column in columns if column]
        if len(set(known)) != len(known):
            twice = next(column for column in known if known.count(column) > 1)
            raise BadSheet(f"two columns are about {twice}", where=f"{name}:1")
        for count, cells in enumerate(reader):
            where = f"{name}:{reader.line_num}"
            if count >= MAX_ROWS:
                raise BadSheet(f"more than {MAX_ROWS} rows", where=where)
            stripped = [" ".join(cell.split()) for cell in cells]
            if not any(stripped):
                continue
            if len(cells) != len(columns):
                raise BadSheet(f"the row has {len(cells)} cells, the table {len(columns)} columns", where=where)
            if any(len(cell) > MAX_CELL for cell in stripped):
                raise BadSheet(f"a cell is longer than {MAX_CELL} characters", where=where)
            pairs = zip(columns, stripped, strict=True)
            yield Row(where=where, cells={column: cell for column, cell in pairs if column})
    except csv.Error as error:
        raise BadSheet(f"this is not CSV: {error}", where=f"{name}:{reader.line_num}") from error


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise BadSheet(f"{len(data)} bytes are more than the limit of {MAX_BYTES}", where=name)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what older spreadsheets write
    if "\x00" in text:
        raise BadSheet("this is not a table in text", where=name, remedy="Save it as CSV in UTF-8.")
    return text


def _delimiter(text: str) -> str:
    """The sign that parts the cells: the one that the line of headings has most of."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").partition("\n")[0])
    return max(DELIMITERS, key=first.count)
