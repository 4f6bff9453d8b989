"""Any treaty: its entry-into-force clause from a TOML file, its deposits and shares from CSV files, strictly.

The formats stand in `docs/reference/status-data.md`. Whatever is not exactly right is refused with its file and line,
as the mistake of whoever gave the file. A deposits file has either our own columns (`state,action,date`, and what else
they have) or those of a table of Parties (`iso3,action,deposit_date,signature_date`).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rogatory.errors import BadInput
from rogatory.law.clause import Clause
from rogatory.law.clause_tables import read_clause
from rogatory.law.tables import BadLawFile, Source, Table
from rogatory.law.words import Words
from rogatory.status.clauses import takes_back
from rogatory.status.deposits import BadDeposits, days, read_states, rows
from rogatory.status.model import ACTIONS, CONSENTS, Deposit, State

OWN_COLUMNS = ("state", "action", "date")
OWN_OPTIONAL = ("provision", "value", "certainty", "source", "instrument")
TABLE_COLUMNS = ("iso3", "action", "deposit_date", "signature_date")
TABLE_OPTIONAL = ("treaty_id", "participant", "entity_type", "source")
#: A union goes by two letters in many tables.
ALIASES = MappingProxyType({"EU": "EUE"})
#: What some tables write where a State has only signed.
SIGNED_ONLY = "signed only"
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)
MAX_PARTICIPANTS = 200
_CODE = re.compile(r"[A-Z]{3}")


class BadClauseFile(BadInput):
    """The file with the clause of a treaty is not well formed."""

    code = "bad-clause-file"
    remedy = "Correct the line named; docs/reference/status-data.md describes the format."


class BadDepositsFile(BadInput):
    """The list of deposits is not well formed."""

    code = "bad-deposits-file"
    remedy = "Correct the line named; docs/reference/status-data.md describes the format."


class BadSharesFile(BadInput):
    """The list of shares is not well formed."""

    code = "bad-shares-file"
    remedy = "Give a CSV file with the columns `state` (or `iso3`) and `percent`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A treaty whose entry into force is asked for, and every State that its files may name."""

    id: str
    name: Words
    adopted: date
    clause: Clause
    states: Mapping[str, State]


@cache
def every_state() -> Mapping[str, State]:
    """The States and organisations of today by code, and those that are no more."""
    folder = files("rogatory.status") / "data"
    found: dict[str, State] = {}
    for name in ("states.csv", "former-states.csv"):
        found |= read_states((folder / name).read_text("utf-8"), name=name)
    return MappingProxyType(found)


def read_treaty(text: str, *, name: str) -> Treaty:
    """The treaty of a TOML text; raises `BadClauseFile` with the line."""
    try:
        return _treaty(Source(name, text).parse())
    except BadLawFile as error:
        raise BadClauseFile(error.message, where=error.where) from error


def _treaty(table: Table) -> Treaty:
    named = table.text("name")
    states = dict(every_state())
    for count, inner in enumerate(table.tables("participant", anchored_by="code")):
        if count >= MAX_PARTICIPANTS:
            raise table.fail(f"more than {MAX_PARTICIPANTS} participants are described", "participant")
        one = _participant(inner)
        if one.iso3 in states:
            raise inner.fail(f"{one.iso3} is known already: {states[one.iso3].name.en}", "code")
        states[one.iso3] = one
    found = Treaty(
        id=table.text("id"),
        name=Words(named, named),
        adopted=table.day("adopted") if table.has("adopted") else EARLIEST,
        clause=read_clause(table.table("clause")),
        states=MappingProxyType(states),
    )
    table.end()
    _check_names(found, table)
    return found


def _participant(table: Table) -> State:
    code, name = table.text("code"), table.text("name")
    if not _CODE.fullmatch(code):
        raise table.fail(f"the code {code!r} must be three capital letters", "code")
    kind = table.text("kind", "former", one_of=("former", "organisation", "member"))
    words = Words(name, name)
    groups = table.texts("groups")
    table.end()
    return State(iso3=code, iso2="", name=words, formal=words, kind=kind, group="", groups=groups)


def _check_names(treaty: Treaty, table: Table) -> None:
    """Refuse actions, States and groups that nobody has."""
    groups = {group for state in treaty.states.values() for group in (*state.groups, state.group)} - {""}
    wrong = [(one, f"{one!r} is not an action") for one in treaty.clause.counts if one not in CONSENTS]
    for condition in treaty.clause.conditions:
        unknown = [one for one in condition.states if one not in treaty.states]
        wrong += [(one, f"{one!r} is not the code of a State we know") for one in unknown]
        if condition.group and condition.group not in groups:
            known = ", ".join(sorted(groups))
            wrong.append((condition.group, f"{condition.group!r} is not a group of States; known are {known}"))
    for one, message in wrong:
        line = table.source.last_line(f'"{one}"')
        raise BadClauseFile(message, where=f"{table.source.name}:{line}")


def read_treaty_deposits(text: str, *, name: str, treaty: Treaty) -> tuple[Deposit, ...]:
    """The deposits with a treaty in a CSV text; raises `BadDepositsFile` with the line."""
    try:
        return _deposits(text, name, treaty)
    except BadDeposits as error:
        raise BadDepositsFile(error.message, where=error.where) from error


def _deposits(text: str, name: str, treaty: Treaty) -> tuple[Deposit, ...]:
    if "iso3" in text.partition("\n")[0]:
        return tuple(_table_rows(text, name, treaty))
    found: dict[tuple[object, ...], Deposit] = {}
    parties: set[str] = set()
    for where, row in rows(text, OWN_COLUMNS, OWN_OPTIONAL, name):
        deposit = _deposit(row, row["state"], row["date"], treaty, where)
        key = (deposit.state, deposit.action, deposit.earliest, deposit.latest, deposit.provision)
        if key in found:
            raise BadDeposits(f"{deposit.state}: the same {deposit.action} stands twice", where=where)
        found[key] = deposit
        if takes_back(deposit):
            parties.discard(deposit.state)
        elif deposit.action in CONSENTS:
            if deposit.state in parties:
                why = "has an instrument of consent already, and has not left since"
                raise BadDeposits(f"{deposit.state} {why}", where=where)
            parties.add(deposit.state)
    return tuple(found.values())


def _table_rows(text: str, name: str, treaty: Treaty) -> Iterator[Deposit]:
    """The acts of a table of Parties, one row a participant.

    Such a table does not tell who left: a State that joined again has a second row under another heading, and its
    signature stands in both.
    """
    seen: set[tuple[str, str, str]] = set()
    signed: set[tuple[str, str]] = set()
    for where, row in rows(text, TABLE_COLUMNS, TABLE_OPTIONAL, name):
        code, heading = row["iso3"], row.get("participant", "")
        act = row["action"] if row["action"] != SIGNED_ONLY else ""
        row_of = (code, heading, "consent" if act or row["deposit_date"] else "signature")
        if row_of in seen:
            raise BadDeposits(f"{code} {heading} stands twice", where=where)
        seen.add(row_of)
        if not (act or row["deposit_date"] or row["signature_date"]):
            raise BadDeposits(f"{code}: the row names no act at all", where=where)
        if row["signature_date"] and (code, row["signature_date"]) not in signed:
            signed.add((code, row["signature_date"]))
            yield _deposit({**row, "action": "signature"}, code, row["signature_date"], treaty, where)
        if act or row["deposit_date"]:
            yield _deposit(row, code, row["deposit_date"], treaty, where)


def _deposit(row: Mapping[str, str], code: str, day: str, treaty: Treaty, where: str) -> Deposit:
    state, action = ALIASES.get(code, code), row["action"].replace(" ", "-")
    if state not in treaty.states:
        remedy = "add a [[participant]] to the clause file if it is right"
        raise BadDeposits(f"{code!r} is not the code of a State we know; {remedy}", where=where)
    if action not in ACTIONS:
        raise BadDeposits(f"{row['action']!r} is not one of {', '.join(ACTIONS)}", where=where)
    earliest, latest = days(day, where)
    if earliest and latest and not (treaty.adopted <= latest and earliest <= LATEST):
        reason = "before the treaty existed" if latest < treaty.adopted else f"after {LATEST:%Y}"
        raise BadDeposits(f"{state}: {day} is {reason}", where=where)
    return Deposit(
        state=state,
        instrument=treaty.id,
        action=action,
        earliest=earliest,
        latest=latest,
        provision=row.get("provision", ""),
        value=row.get("value", ""),
        source=row.get("source", ""),
    )


def read_shares(text: str, *, name: str, states: Collection[str]) -> Mapping[str, Decimal]:
    """Each State's share in percent from a CSV text, other columns ignored; raises `BadSharesFile` with the line."""
    try:
        return MappingProxyType(_shares(text, name, states))
    except BadDeposits as error:
        raise BadSharesFile(error.message, where=error.where) from error


def _shares(text: str, name: str, states: Collection[str]) -> dict[str, Decimal]:
    header = tuple(column.strip() for column in text.partition("\n")[0].split(","))
    key = "state" if "state" in header else "iso3"
    found: dict[str, Decimal] = {}
    for where, row in rows(text, (key, "percent"), header, name):
        code = ALIASES.get(row[key], row[key])
        if code not in states or code in found:
            why = "stands twice" if code in found else "is not the code of a State we know"
            raise BadDeposits(f"{row[key]!r} {why}", where=where)
        found[code] = _percent(row["percent"], where)
    return found


def _percent(text: str, where: str) -> Decimal:
    try:
        number = Decimal(text or "0")
    except InvalidOperation:
        number = Decimal(-1)
    if not (number.is_finite() and 0 <= number <= 100):
        raise BadDeposits(f"{text!r} is not a share in percent", where=where)
    return number
