"""Reading States and deposits from CSV, strictly: a row that is not exactly right is refused with its line.

A deposits file has the columns `state,action,date,provision,value,certainty,source`; a practice file has the same,
and may add `instrument`. A date is `2026-02-14`, `2026-02` when only the month is known, or empty.
"""

import csv
import io
import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date

from rogatory.errors import BadData, RogatoryError
from rogatory.kernel.times import parse_day
from rogatory.law.words import Words
from rogatory.status.model import ACTIONS, Deposit, State

COLUMNS = ("state", "action", "date", "provision", "value", "certainty", "source")
STATE_COLUMNS = (
    "iso3",
    "iso2",
    "name_en",
    "name_fr",
    "formal_en",
    "formal_fr",
    "kind",
    "group",
    "european_union",
    "council_of_europe",
)
CERTAINTIES = ("high", "medium", "low")
MAX_ROWS = 10_000
MAX_CHARACTERS = 2_000_000
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class BadDeposits(BadData):
    """A list of deposits or States is not well formed."""

    code = "bad-deposits"
    remedy = "Correct the line named; docs/reference/law-data.md describes the format."


def read_states(text: str, *, name: str) -> dict[str, State]:
    """The States of a CSV text by code; raises `BadDeposits` with the line."""
    found: dict[str, State] = {}
    for where, row in rows(text, STATE_COLUMNS, (), name):
        if row["iso3"] in found:
            raise BadDeposits(f"{row['iso3']} stands twice", where=where)
        groups = tuple(group.replace("_", "-") for group in STATE_COLUMNS[-2:] if row[group] == "yes")
        found[row["iso3"]] = State(
            iso3=row["iso3"],
            iso2=row["iso2"],
            name=Words(row["name_en"], row["name_fr"]),
            formal=Words(row["formal_en"], row["formal_fr"]),
            kind=row["kind"],
            group=row["group"],
            groups=groups,
        )
    return found


def read_deposits(
    text: str, *, name: str, states: Collection[str], instrument: str = "", practice: bool = False
) -> tuple[Deposit, ...]:
    """The deposits of a CSV text; raises `BadDeposits` with the line of an unknown State, action or date."""
    found: list[Deposit] = []
    seen: set[tuple[str, ...]] = set()
    for where, row in rows(text, COLUMNS, ("instrument",), name):
        treaty = row.get("instrument") or instrument
        _check_row(row, treaty, states, where)
        identity = (treaty, row["state"], row["action"], row["provision"], row["date"])
        if identity in seen:
            raise BadDeposits(f"{row['state']}: the same {row['action']} stands twice", where=where)
        seen.add(identity)
        earliest, latest = days(row["date"], where)
        found.append(
            Deposit(
                state=row["state"],
                instrument=treaty,
                action=row["action"],
                earliest=earliest,
                latest=latest,
                provision=row["provision"],
                value=row["value"],
                certainty=row["certainty"],
                source=row["source"],
                practice=practice,
            )
        )
    return tuple(found)


def _check_row(row: dict[str, str], treaty: str, states: Collection[str], where: str) -> None:
    if not treaty:
        raise BadDeposits("the column `instrument` is missing or empty", where=where)
    if row["state"] not in states:
        raise BadDeposits(f"{row['state']!r} is not the ISO 3166 alpha-3 code of a State we know", where=where)
    if row["action"] not in ACTIONS:
        raise BadDeposits(f"{row['action']!r} is not one of {', '.join(ACTIONS)}", where=where)
    if row["certainty"] not in CERTAINTIES:
        raise BadDeposits(f"certainty {row['certainty']!r} is not one of {', '.join(CERTAINTIES)}", where=where)


def days(text: str, where: str) -> tuple[date | None, date | None]:
    """The first and the last day that a date can mean: a day, a month, or (when empty) any; raises `BadDeposits`."""
    if not text:
        return None, None
    if month := _MONTH.fullmatch(text):
        year, number = int(month[1]), int(month[2])
        return date(year, number, 1), date(year, number, monthrange(year, number)[1])
    try:
        day = parse_day(text)
    except RogatoryError as error:
        raise BadDeposits(error.message, where=where) from error
    return day, day


def rows(
    text: str, columns: tuple[str, ...], optional: tuple[str, ...], name: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a CSV text, each with its file and line; raises `BadDeposits` for other columns."""
    if len(text) > MAX_CHARACTERS:
        raise BadDeposits(f"{len(text)} characters are more than the limit of {MAX_CHARACTERS}", where=name)
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        header = reader.fieldnames or []
        missing = [column for column in columns if column not in header]
        unknown = [column for column in header if column not in (*columns, *optional)]
        if missing or unknown or len(set(header)) != len(header):
            raise BadDeposits(f"the columns must be {','.join(columns)}", where=f"{name}:1")
        for count, row in enumerate(reader):
            where = f"{name}:{reader.line_num}"
            if count >= MAX_ROWS:
                raise BadDeposits(f"more than {MAX_ROWS} rows", where=where)
            if None in row or any(value is None for value in row.values()):
                raise BadDeposits(f"the row must have {len(header)} columns", where=where)
            yield where, {key: value.strip() for key, value in row.items()}
    except csv.Error as error:
        raise BadDeposits(f"this is not CSV: {error}", where=f"{name}:{reader.line_num}") from error
