"""When an instrument enters into force, and for whom: clauses are data, this is their arithmetic.

A day that is not known is carried as the first and the last day it can be, so every result is a pair: the earliest
day that the clause can give, and the latest (None: it may never come).
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from rogatory.law.model import Clause, Delay
from rogatory.status.model import Deposit, State

Range = tuple[date | None, date | None]


def after(day: date, delay: Delay) -> date:
    """The day on which *delay* after *day* takes effect: the 90th day after deposit is the date plus 90."""
    if delay.kind == "days-after":
        return day + timedelta(days=delay.number)
    if delay.kind == "years-after":
        year = day.year + delay.number
        return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
    expiry = day.month - 1 + delay.number
    end = date(day.year + expiry // 12, expiry % 12 + 1, 1)
    return _next_month(end)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def counted(clause: Clause, deposits: Iterable[Deposit], states: Mapping[str, State]) -> tuple[Deposit, ...]:
    """The deposits that count towards the threshold: an organisation's is not counted on top of its members'."""
    first: dict[str, Deposit] = {}
    for deposit in deposits:
        if deposit.action in clause.counts and states[deposit.state].kind != "organisation":
            first.setdefault(deposit.state, deposit)
    return tuple(first.values())


def entry_into_force(
    clause: Clause, deposits: Iterable[Deposit], states: Mapping[str, State], *, adopted: date
) -> Range:
    """The earliest and the latest day on which the instrument enters into force under *clause*."""
    counting = counted(clause, deposits, states)
    earliest = _reached(clause, [(item.earliest or adopted, item.state) for item in counting], states)
    latest = _reached(clause, [(item.latest, item.state) for item in counting if item.latest], states)
    return (after(earliest, clause.delay) if earliest else None, after(latest, clause.delay) if latest else None)


def _reached(clause: Clause, days: list[tuple[date, str]], states: Mapping[str, State]) -> date | None:
    """The day on which the threshold is reached, if it is."""
    from_group = 0
    for count, (day, state) in enumerate(sorted(days), start=1):
        from_group += clause.from_group in states[state].groups
        if count >= clause.threshold and from_group >= clause.from_group_count:
            return day
    return None


def binding(clause: Clause, deposit: Deposit, entry: Range, *, adopted: date) -> Range:
    """The earliest and the latest day from which the instrument binds the depositor."""
    earliest, latest = entry
    first = max(earliest, after(deposit.earliest or adopted, clause.late)) if earliest else None
    last = max(latest, after(deposit.latest, clause.late)) if latest and deposit.latest else None
    return first, last
