"""Reading an entry-into-force clause from TOML: the same format for our instruments and for any other treaty.

`docs/reference/status-data.md` describes it. What the clause asks for besides a number of instruments stands in
`condition` tables; the two keys `from_group` and `from_group_count` are a short form of the commonest one.
"""

from collections.abc import Callable, Iterator

from rogatory.law import provisions
from rogatory.law.checked import Checked
from rogatory.law.clause import Clause, Condition, Delay
from rogatory.law.tables import Table

#: Each kind of delay, and the greatest number that it can take.
DELAYS = {
    "days-after": 36_600,
    "months-after": 1_200,
    "years-after": 100,
    "month-after-days": 36_600,
    "month-after-months": 1_200,
    "nth-month-after": 1_200,
}
MAX_THRESHOLD = 10_000
NOT_SAID = Checked(how="unchecked", certainty="low")


def read_clause(table: Table) -> Clause:
    """The clause of a TOML table; raises `BadLawFile` with the line of what is not right."""
    found = Clause(
        threshold=_from_one(table, "threshold"),
        counts=table.texts("counts"),
        delay=_delay(table.table("delay")),
        late=_delay(table.table("late")),
        leaving=_delay(table.table("leaving")) if table.has("leaving") else None,
        cite=table.texts("cite"),
        checked=provisions.checked(table.table("checked")) if table.has("checked") else NOT_SAID,
        conditions=tuple(_conditions(table)),
        organisations_count=table.flag("organisations_count"),
    )
    if not found.counts:
        raise table.fail(f"{table.path}counts must name at least one action", "counts")
    table.end()
    return found


def _from_one(table: Table, key: str) -> int:
    number = table.number(key)
    if not 1 <= number <= MAX_THRESHOLD:
        raise table.fail(f"{table.path}{key} must be from 1 to {MAX_THRESHOLD}", key)
    return number


def _delay(table: Table) -> Delay:
    delay = Delay(kind=table.text("kind", one_of=tuple(DELAYS)), number=table.number("number"))
    if delay.number > DELAYS[delay.kind]:
        raise table.fail(f"{table.path}number: {delay.number} is more than the limit of {DELAYS[delay.kind]}", "number")
    table.end()
    return delay


def _conditions(table: Table) -> Iterator[Condition]:
    if table.has("from_group"):
        number = _from_one(table, "from_group_count")
        yield Condition(kind="members-of", group=table.text("from_group"), number=number)
    for inner in table.tables("condition", anchored_by="kind"):
        yield _KINDS[inner.text("kind", one_of=tuple(_KINDS))](inner)
        inner.end()


def _members(table: Table) -> Condition:
    return Condition(kind="members-of", group=table.text("group"), number=_from_one(table, "number"))


def _named(table: Table) -> Condition:
    states = table.texts("states")
    number = _from_one(table, "number") if table.has("number") else len(states)
    if not 1 <= number <= len(states):
        raise table.fail(f"{table.path}number must be from 1 to the {len(states)} States that are named", "states")
    return Condition(kind="named-states", states=states, number=number)


def _share(table: Table) -> Condition:
    return Condition(kind="share", percent=table.percent("percent"))


def _parent(table: Table) -> Condition:
    day = table.day("entered") if table.has("entered") else None
    return Condition(kind="parent-in-force", parent=table.text("parent"), day=day)


def _not_before(table: Table) -> Condition:
    return Condition(kind="not-before", day=table.day("day"))


def _fixed_day(table: Table) -> Condition:
    return Condition(kind="fixed-day", day=table.day("day"))


_KINDS: dict[str, Callable[[Table], Condition]] = {
    "members-of": _members,
    "named-states": _named,
    "share": _share,
    "parent-in-force": _parent,
    "not-before": _not_before,
    "fixed-day": _fixed_day,
}
