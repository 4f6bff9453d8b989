"""From a file of facts, TOML or JSON, to `Facts`; nothing is guessed and nothing is passed over.

Every key must be known, stand once and be of its type; days must be days that can be asked about. An error names the
file, the line where the text is at hand, and the key. What the values mean (whether that State, measure, field or
question exists) is asked by the engine, which knows the law.

A new fact is one more line of `FACTS`.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rogatory.kernel import canonical, times
from rogatory.opinion.facts import BadFacts, Declared, Facts
from rogatory.status.asking import LAST_DAY

MAX_BYTES = 256 * 1024
MAX_ENTRIES = 500
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: in which file, under which keys, and the text of the file when it is known."""

    name: str
    text: str
    path: tuple[str, ...] = ()

    def at(self, key: str) -> "_Place":
        return _Place(self.name, self.text, (*self.path, key))

    def fail(self, message: str) -> BadFacts:
        line = self._line()
        where = f"{self.name}:{line}" if line else self.name
        key = f"{'.'.join(part[:_SHOWN] for part in self.path)}: " if self.path else ""
        return BadFacts(f"{key}{message}", where=where)

    def _line(self) -> int:
        """The line where the innermost key that can be found stands; 0 when there is none."""
        found = start = 0
        for part in self.path:
            key = re.compile(rf'^[\s{{\[,]*"?{re.escape(part)}"?\s*[=:\]]', re.M)
            match = key.search(self.text, start) or re.compile(rf'"{re.escape(part)}"\s*:').search(self.text, start)
            if match is None:
                break
            start = match.end()
            found = self.text.count("\n", 0, start) + 1
        return found


Read = Callable[[_Place, Any], Any]


def _name(place: _Place, value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > _SHOWN or not value.isprintable():
        raise place.fail(f"a short name is wanted here, not {_shown(value)}")
    return value


def _text(place: _Place, value: object) -> str:
    if not isinstance(value, str):
        raise place.fail(f"a text is wanted here, not {_shown(value)}")
    return value


def _flag(place: _Place, value: object) -> bool:
    if not isinstance(value, bool):
        raise place.fail(f"true or false is wanted here, not {_shown(value)}")
    return value


def _day(place: _Place, value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        try:
            value = times.parse_day(value)
        except times.BadTime:
            raise place.fail(f"a day such as 2028-03-01 is wanted here, not {_shown(value)}") from None
    if value > LAST_DAY:
        raise place.fail(f"{value} is after {LAST_DAY}, the last day that can be asked about")
    return value


def _stated(place: _Place, value: object) -> object:
    """What a form or an answer holds: a text, a number, yes or no, a day or a time, or a list of them."""
    if isinstance(value, list):
        if len(value) > MAX_ENTRIES:
            raise place.fail(f"{len(value)} entries are more than the limit of {MAX_ENTRIES}")
        if any(isinstance(inner, list) for inner in value):
            raise place.fail("a list stands within a list")
        return [_stated(place, inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise place.fail(f"{value} is not a number that can be used")
    if not isinstance(value, str | int | float | date):
        raise place.fail(f"a text, a number, a day or a list is wanted here, not {_shown(value)}")
    return value


def _table(read: Read) -> Read:
    def table(place: _Place, value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise place.fail(f"keys with values are wanted here, not {_shown(value)}")
        if len(value) > MAX_ENTRIES:
            raise place.fail(f"{len(value)} entries are more than the limit of {MAX_ENTRIES}")
        return {key: read(place.at(key), inner) for key, inner in value.items()}

    return table


def _declarations(place: _Place, value: object) -> tuple[Declared, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise place.fail(f"a list of declarations is wanted here, not {_shown(value)}")
    if len(value) > MAX_ENTRIES:
        raise place.fail(f"{len(value)} entries are more than the limit of {MAX_ENTRIES}")
    return tuple(Declared(**_known(place, one, DECLARED, ("state", "provision"))) for one in value)


DECLARED: Mapping[str, Read] = {"state": _name, "provision": _name, "value": _text, "on": _day}

#: Every fact that can be given, and how it is read.
FACTS: Mapping[str, Read] = {
    "measure": _name,
    "requesting": _name,
    "requested": _name,
    "on": _day,
    "instrument": _name,
    "exercise": _flag,
    "contents": _table(_stated),
    "answers": _table(_stated),
    "events": _table(_day),
    "declarations": _declarations,
}
NEEDED = ("measure", "requesting", "requested")


def read_facts(given: object, *, name: str, today: date, text: str = "") -> Facts:
    """The facts that *given* (keys and values) states, as of *today* unless it names a day; raises `BadFacts`."""
    found = _known(_Place(name, text), given, FACTS, NEEDED)
    return Facts(**{"on": today, **found})


def read_facts_text(data: bytes, *, name: str, today: date, json: bool) -> Facts:
    """The facts of a TOML or JSON text (UTF-8); raises `BadFacts`, `BadJSON` or `DuplicateKey`, with the place."""
    if len(data) > MAX_BYTES:
        raise BadFacts(f"{len(data)} bytes are more than the limit of {MAX_BYTES}", where=name)
    try:
        text = data.decode("utf-8-sig")
        given = canonical.loads(text.encode()) if json else tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise BadFacts(f"byte {error.start + 1} is not UTF-8", where=name) from error
    except tomllib.TOMLDecodeError as error:
        raise BadFacts(f"this is not TOML: {error}", where=name) from error
    except RecursionError as error:
        raise BadFacts("the values are nested too deeply", where=name) from error
    except canonical.BadJSON as error:
        raise type(error)(error.message, where=name) from error
    return read_facts(given, name=name, today=today, text=text)


def _known(place: _Place, given: object, keys: Mapping[str, Read], needed: Sequence[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise place.fail(f"keys with values are wanted here, not {_shown(given)}")
    for key in given:
        if key not in keys:
            raise place.at(key).fail(f"no such key is known; known are {', '.join(keys)}")
    for key in needed:
        if key not in given:
            raise place.fail(f"the key {key!r} is missing")
    return {key: keys[key](place.at(key), value) for key, value in given.items()}


def _shown(value: object) -> str:
    kinds = {dict: "a table", list: "a list", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), repr(value)[:_SHOWN])
