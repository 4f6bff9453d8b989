"""When an instrument enters into force, and for whom: clauses are data, this is their arithmetic.

A day that is not known is carried as the first and the last day it can be, so every result is a pair: the earliest
day that the clause can give, and the latest (None: it may never come).

Instruments are counted day by day: whoever deposited is in, whoever took the instrument back is out again. The day on
which enough are in, and every condition about *who* is in holds, is the day the clause is *reached*. Conditions about
days (a parent treaty, an earliest day, a fixed day) then move the day of entry into force. Whoever had deposited by
the day the clause was reached is bound on that day of entry; later ones after their own delay, and never before it.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType

from rogatory.law.clause import Clause, Condition, Delay
from rogatory.status.model import Deposit, State

Range = tuple[date | None, date | None]
_Event = tuple[date, int, str]
_JOINS, _LEAVES = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What some clauses need beside the deposits: shares in percent, and days of entry into force of parents."""

    shares: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    parents: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The day a clause was reached, and the day of entry into force that follows: each its earliest and its latest."""

    reached: Range
    day: Range


def after(day: date, delay: Delay) -> date:
    """The day on which *delay* after *day* takes effect: the 90th day after deposit is the date plus 90."""
    if delay.kind == "days-after":
        return day + timedelta(days=delay.number)
    if delay.kind == "month-after-days":
        return _month_start(day + timedelta(days=delay.number), 1)
    if delay.kind == "nth-month-after":
        return _month_start(day, delay.number)
    if delay.kind == "month-after-months":
        return _month_start(day, delay.number + 1)
    first = _month_start(day, delay.number * (12 if delay.kind == "years-after" else 1))
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def _month_start(day: date, months: int) -> date:
    """The first day of the month that is *months* after that of *day*."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def counting(clause: Clause, deposit: Deposit, states: Mapping[str, State]) -> bool:
    """Whether *deposit* is one that the clause counts."""
    organisation = states[deposit.state].kind == "organisation"
    return deposit.action in clause.counts and (clause.organisations_count or not organisation)


def counted(
    clause: Clause, deposits: Iterable[Deposit], states: Mapping[str, State], *, reached: date | None = None
) -> tuple[Deposit, ...]:
    """The deposits that count towards the threshold, one a State, in the order of their days.

    One that was taken back no longer counts, unless the clause was *reached* before.
    """
    found: dict[str, Deposit] = {}
    for item in sorted(deposits, key=lambda item: (item.latest or date.max, takes_back(item))):
        if counting(clause, item, states):
            found.setdefault(item.state, item)
        elif takes_back(item) and (reached is None or (item.latest or date.max) <= reached):
            found.pop(item.state, None)
    return tuple(found.values())


def entry(
    clause: Clause,
    deposits: Iterable[Deposit],
    states: Mapping[str, State],
    *,
    adopted: date,
    beside: Beside = NOTHING_BESIDE,
) -> Entry:
    """When *clause* was reached and when the treaty enters into force, as far as the deposits settle it."""
    every = tuple(deposits)
    joins = [item for item in every if counting(clause, item, states)]
    leaves = [item for item in every if takes_back(item)]
    joined, left = _by_state(joins), _by_state(leaves)
    sure_joins = [item for item in joins if not _unordered(item, left.get(item.state, ()))]
    sure_leaves = [item for item in leaves if not _unordered(item, joined.get(item.state, ()))]
    hopeful: list[_Event] = [(item.earliest or adopted, _JOINS, item.state) for item in joins]
    hopeful += [(item.latest, _LEAVES, item.state) for item in sure_leaves if item.latest]
    careful: list[_Event] = [(item.latest, _JOINS, item.state) for item in sure_joins if item.latest]
    careful += [(item.earliest or adopted, _LEAVES, item.state) for item in leaves]
    earliest = _reached(clause, hopeful, states, beside)
    latest = _reached(clause, careful, states, beside)
    day = (_entered(clause, earliest, beside), _entered(clause, latest, beside))
    return Entry(reached=(earliest, latest), day=day)


def takes_back(deposit: Deposit) -> bool:
    """Whether *deposit* takes an instrument of consent back: before entry into force it then no longer counts."""
    return deposit.action == "denunciation" or (deposit.action == "withdrawal" and not deposit.provision)


def _by_state(deposits: Iterable[Deposit]) -> Mapping[str, list[Deposit]]:
    found: dict[str, list[Deposit]] = {}
    for deposit in deposits:
        found.setdefault(deposit.state, []).append(deposit)
    return found


def _unordered(one: Deposit, others: Iterable[Deposit]) -> bool:
    """Whether it cannot be told if *one* came before or after one of these other acts of the same State."""
    return any(
        (one.earliest or date.min) <= (other.latest or date.max)
        and (other.earliest or date.min) <= (one.latest or date.max)
        and not (one.on is not None and one.on == other.on)
        for other in others
    )


def _reached(clause: Clause, events: list[_Event], states: Mapping[str, State], beside: Beside) -> date | None:
    """The day on which the threshold and every condition about who is in are reached, if they are."""
    present: set[str] = set()
    for day, acts in groupby(sorted(events), key=_day):
        for _, act, state in acts:
            if act == _JOINS:
                present.add(state)
            else:
                present.discard(state)
        enough = len(present) >= clause.threshold
        if enough and all(met(condition, present, states, beside) for condition in clause.conditions):
            return day
    return None


def _day(event: _Event) -> date:
    return event[0]


def met(condition: Condition, present: AbstractSet[str], states: Mapping[str, State], beside: Beside) -> bool:
    """Whether those who are *present* satisfy a condition about who they are; true for one about days."""
    if condition.kind == "members-of":
        return sum(belongs(states[state], condition.group) for state in present) >= condition.number
    if condition.kind == "named-states":
        return len(present & set(condition.states)) >= condition.number
    if condition.kind == "share":
        return share(present, beside) >= condition.percent
    return True


def belongs(state: State, group: str) -> bool:
    """Whether *state* is in that group of States, or in that regional group."""
    return group in state.groups or group == state.group


def share(present: Iterable[str], beside: Beside) -> Decimal:
    """What share those who are *present* have together, in percent."""
    return sum((beside.shares.get(state, Decimal(0)) for state in present), Decimal(0))


def _entered(clause: Clause, reached: date | None, beside: Beside) -> date | None:
    """The day of entry into force that follows from the day the clause was reached."""
    if reached is None:
        return None
    day = _delayed(clause, reached)
    for condition in clause.conditions:
        floor = None
        if condition.kind == "parent-in-force":
            floor = condition.day or beside.parents.get(condition.parent)
            if floor is None:
                return None
        elif condition.kind == "not-before":
            floor = condition.day
        day = max(day, floor) if floor is not None else day
    return day


def _delayed(clause: Clause, reached: date) -> date:
    """The day that the delay of the clause leads to, or the fixed day that all was there for."""
    fixed = [one.day for one in clause.conditions if one.kind == "fixed-day" and one.day is not None]
    return next((day for day in fixed if reached <= day), after(reached, clause.delay))


def binding(clause: Clause, deposit: Deposit, found: Entry, *, adopted: date) -> Range:
    """The earliest and the latest day from which the instrument binds the depositor.

    Whoever deposited by the day the clause was reached is bound on the day of entry into force, even where the delay
    for late joiners is the longer one.
    """
    deposited, surely = deposit.earliest or adopted, deposit.latest
    (reached, surely_reached), (entered, surely_entered) = found.reached, found.day
    first = last = None
    if entered is not None:
        late = after(deposited, clause.late)
        if reached is not None and deposited <= reached:
            first = entered
        elif surely_reached is not None and deposited > surely_reached:
            first = max(entered, late)
        else:
            first = max(entered, min(late, _delayed(clause, deposited)))
    if surely_entered is not None and surely is not None:
        in_time = reached is not None and surely <= reached
        last = surely_entered if in_time else max(surely_entered, after(surely, clause.late))
    return first, last
