"""Reading what a command is given: contents and bodies from files, digests and cases that were shortened, times."""

import sys
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rogatory.casefile.fold import CaseFile
from rogatory.errors import BadInput, NotFound
from rogatory.kernel import canonical, times
from rogatory.node.context import Node

MAX_FILE = 4 * 1024 * 1024
SHORTEST = 8


class BadFile(BadInput):
    """The file cannot be used."""

    code = "bad-file"


class Ambiguous(BadInput):
    """This could mean more than one thing."""

    code = "ambiguous"


class NotText(BadInput):
    """The file is not text in UTF-8."""

    code = "not-text"
    remedy = "Save it as plain text in UTF-8."


class NothingLikeThat(NotFound):
    """Nothing begins like that."""

    code = "nothing-like-that"


def bytes_of(name: str, *, limit: int = MAX_FILE) -> bytes:
    """What the file *name* (`-`: standard input) holds, at most *limit* bytes; raises `BadFile`."""
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(limit + 1)
    if len(data) > limit:
        raise BadFile(f"it is larger than {limit} bytes", where=name)
    return data


def object_of(name: str) -> dict[str, Any]:
    """The values that a TOML or JSON file *name* (`-`: standard input, either) gives; raises `BadFile`, `BadJSON`."""
    data = bytes_of(name)
    if name.endswith(".json") or (not name.endswith(".toml") and data.lstrip()[:1] == b"{"):
        return canonical.loads_object(data)
    try:
        return {key: _as_filled_in(value) for key, value in tomllib.loads(data.decode("utf-8")).items()}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"not TOML: {error}", where=name) from error


def utf8_of(name: str, *, limit: int = MAX_FILE) -> str:
    """The text that the file *name* (`-`: standard input) holds; raises `BadFile` and `NotText`."""
    try:
        return bytes_of(name, limit=limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(f"byte {error.start + 1} is not UTF-8", where=shown_name(name)) from error


def shown_name(given: str) -> str:
    """How an error names the file *given*."""
    return "standard input" if given == "-" else Path(given).name


def text_of(given: str) -> str:
    """*given* itself, or all of standard input for `-`."""
    return bytes_of("-").decode("utf-8", "replace").strip() if given == "-" else given


def time_of(given: str) -> str:
    """A UTC time as messages write it, from `2028-03-01T09:30:00Z`, `2028-03-01T09:30Z` or a day (its end)."""
    if len(given) == 10:
        day = times.parse_day(given)
        return times.stamp(datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC))
    full = f"{given[:-1]}:00Z" if given.count(":") == 1 and given.endswith("Z") else given
    return times.stamp(times.parse_stamp(full))


def digest_of(given: str, known: Iterable[str], *, what: str) -> str:
    """The one digest in *known* that begins with *given* (8 digits or more); raises `Ambiguous`, `NothingLikeThat`."""
    wanted = given.lower().rstrip("….")
    if len(wanted) < SHORTEST:
        raise Ambiguous(f"{given!r} is too short: give at least {SHORTEST} digits of the {what}")
    return _the_one([one for one in known if one.startswith(wanted)], given, what)


def name_of(given: str, known: Iterable[str], *, what: str) -> str:
    """The one name in *known* that begins with *given* (8 signs or more); raises `Ambiguous`, `NothingLikeThat`."""
    if len(given) < SHORTEST:
        raise Ambiguous(f"{given!r} is too short for the name of a {what}")
    return _the_one([one for one in known if one.startswith(given.upper())], given, what)


def case_of(node: Node, given: str) -> str:
    """The case that *given* names, in full or by its beginning when only one begins so."""
    if len(given) < SHORTEST:
        raise Ambiguous(f"{given!r} is too short for the name of a case")
    known = [row.case for row in node.stores.views.cases()]
    return given if given in known else _the_one([one for one in known if one.startswith(given.upper())], given, "case")


def request_of(file: CaseFile, given: str) -> str:
    """The digest of the request of *file* that *given* names; the latest request for an empty text."""
    return digest_of(given, file.requests, what="request") if given else list(file.requests)[-1]


def _the_one(found: list[str], given: str, what: str) -> str:
    if not found:
        raise NothingLikeThat(f"there is no {what} {given} here")
    if len(found) > 1:
        raise Ambiguous(f"{given} could be {', '.join(one[:20] for one in found[:5])}", remedy="Give more of it.")
    return found[0]


def _as_filled_in(value: Any) -> Any:
    """A value of a TOML file as a person would have written it into the form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_as_filled_in(inner) for inner in value]
    if isinstance(value, Mapping):
        return {key: _as_filled_in(inner) for key, inner in value.items()}
    return value
