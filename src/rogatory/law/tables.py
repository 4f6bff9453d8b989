"""Reading TOML strictly: every key is asked for by name and type, and a key that nobody asked for is an error.

`tomli` tells the line of a syntax error or of a duplicate key; for everything else the line is found in the text,
counting from the provision that the table describes. (`tomli` is the compiled original of the standard library's
`tomllib`: three times as fast on the law data, which every command reads.)
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import tomli

from rogatory.errors import BadData
from rogatory.law.words import NO_WORDS, Words

MAX_CHARACTERS = 2_000_000
_QUOTED = re.compile(r'"[^"]*"')
_DECODE_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class BadLawFile(BadData):
    """A file of the law data is not well formed."""

    code = "bad-law-file"
    remedy = "Correct the line named; docs/reference/law-data.md describes the format."


class Source:
    """One file of law data: its name, its text, and the line on which something stands."""

    def __init__(self, name: str, text: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise BadLawFile(f"{len(text)} characters are more than the limit of {MAX_CHARACTERS}", where=name)
        self.name = name
        self._lines = text.split("\n")
        self._text = text

    def parse(self) -> "Table":
        """The whole file as a table; raises `BadLawFile` with the line of a syntax error or a duplicate key."""
        return Table(self.values(), source=self)

    def values(self) -> dict[str, Any]:
        """The whole file as plain values; raises `BadLawFile` as `parse` does."""
        try:
            return tomli.loads(self._text)
        except RecursionError as error:
            raise BadLawFile("it is nested too deeply", where=self.name) from error
        except tomli.TOMLDecodeError as error:
            found = _DECODE_LINE.search(str(error))
            line = int(found[1]) if found else len(self._lines)
            raise BadLawFile(str(error), where=f"{self.name}:{line}") from error
        except ValueError as error:  # a number of thousands of digits, which Python does not read
            raise BadLawFile("a number or a day in it cannot be read", where=self.name) from error

    def line(self, anchor: str, key: str) -> int:
        """The number of the line where *key* stands, at or after the one where *anchor* does."""
        start = 0
        if anchor:
            start = next((number for number, line in enumerate(self._lines) if anchor in line), 0)
        wanted = re.compile(rf"(^|[\s{{\[,.\"']){re.escape(key)}[\"']?\s*([.=\]]|$)")
        for number in range(start, len(self._lines)):
            if wanted.search(_QUOTED.sub('""', self._lines[number])):
                return number + 1
        return start + 1

    def last_line(self, text: str) -> int:
        """The number of the last line where *text* stands."""
        return max((number for number, line in enumerate(self._lines, start=1) if text in line), default=1)


class Table:
    """One TOML table; `end()` refuses the keys that were not taken."""

    def __init__(self, values: dict[str, Any], *, source: Source, anchor: str = "", path: str = "") -> None:
        self._values = values
        self._taken: set[str] = set()
        self.source = source
        self.anchor = anchor
        self.path = path

    def fail(self, message: str, key: str = "") -> BadLawFile:
        """The error that names this file and the line of *key*."""
        line = self.source.line(self.anchor, key) if key or self.anchor else 1
        return BadLawFile(message, where=f"{self.source.name}:{line}")

    def _take(self, key: str) -> Any:
        self._taken.add(key)
        return self._values.get(key)

    def _need(self, key: str, value: object, kind: str) -> None:
        if value is None:
            raise self.fail(f"{self.path}{key} is missing")
        raise self.fail(f"{self.path}{key} must be {kind}", key)

    def text(self, key: str, default: str | None = None, *, one_of: tuple[str, ...] = ()) -> str:
        """The text under *key*."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self._need(key, value, "a text that is not empty")
        if one_of and value not in one_of:
            raise self.fail(f"{self.path}{key} {value!r} must be one of {', '.join(one_of)}", key)
        return str(value).strip()

    def number(self, key: str, default: int | None = None) -> int:
        """The whole number under *key*."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self._need(key, value, "a whole number, 0 or more")
        return int(value)

    def percent(self, key: str) -> Decimal:
        """The number under *key*, more than 0 and at most 100."""
        value = self._take(key)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 100:
            self._need(key, value, "a number that is more than 0 and at most 100")
        return Decimal(str(value))

    def flag(self, key: str) -> bool:
        """The truth value under *key*; false when absent."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self._need(key, value, "true or false")
        return bool(value)

    def day(self, key: str) -> date:
        """The day under *key*."""
        value = self._take(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._need(key, value, "a day such as 2024-12-24, without quotation marks")
        return date(value.year, value.month, value.day)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under *key*; empty when absent."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self._need(key, value, "a list of texts")
        if len(set(value)) != len(value):
            raise self.fail(f"{self.path}{key} names something twice", key)
        return tuple(value)

    def one_or_more(self, key: str) -> tuple[str, ...]:
        """The text, or the list of texts, under *key*."""
        return self.texts(key) if isinstance(self._values.get(key), list) else (self.text(key),)

    def words(self, key: str, *, optional: bool = False) -> Words:
        """The words under *key*, in every language."""
        if optional and key not in self._values:
            return NO_WORDS
        table = self.table(key)
        words = Words(table.text("en"), table.text("fr"))
        table.end()
        return words

    def words_or_text(self, key: str) -> Words:
        """The words under *key*, or one text that stands for every language."""
        if not isinstance(self._values.get(key), str):
            return self.words(key)
        text = self.text(key)
        return Words(text, text)

    def numbers(self, *, beside: tuple[str, ...]) -> dict[str, int]:
        """Every whole number of this table under a key that is not one of *beside*."""
        return {key: self.number(key) for key in self._values if key not in beside}

    def days(self) -> dict[str, date]:
        """Every key of this table as the name of a day."""
        return {key: self.day(key) for key in self._values}

    def plain(self) -> dict[str, Any]:
        """Every key of this table with its value as it stands, whatever its type."""
        self._taken.update(self._values)
        return dict(self._values)

    def names(self) -> tuple[str, ...]:
        """The names of everything in this table."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Whether *key* is there."""
        return key in self._values

    def table(self, key: str) -> "Table":
        """The table under *key*."""
        value = self._take(key)
        if not isinstance(value, dict):
            self._need(key, value, "a table")
        return Table(value, source=self.source, anchor=self.anchor, path=f"{self.path}{key}.")

    def tables(self, key: str, *, anchored_by: str = "") -> Iterator["Table"]:
        """The tables under *key*, in order; lines are then sought from where `anchored_by = "…"` stands."""
        value = self._take(key)
        if value is None:
            return
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._need(key, value, "a list of tables")
        for item in value:
            name = item.get(anchored_by) if anchored_by else None
            anchor = f'{anchored_by} = "{name}"' if isinstance(name, str) else self.anchor
            yield Table(item, source=self.source, anchor=anchor, path=f"{name or self.path + key}: ")

    def end(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._values:
            if key not in self._taken:
                raise self.fail(f"{self.path}{key} is not a key of the format; check its spelling", key)
