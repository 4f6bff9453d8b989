"""The answer for any treaty: when it enters into force, and when it binds each State, with the reasons.

The arithmetic stands in `clauses`; this puts it into words. A day that the deposits do not settle is left out, and
its earliest and latest are given beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rogatory.errors import BadInput
from rogatory.law.clause import Clause, Condition, Delay
from rogatory.law.sentences import load_sentences
from rogatory.law.words import Words
from rogatory.status import clauses
from rogatory.status.clauses import NOTHING_BESIDE, Beside, Entry
from rogatory.status.model import CONSENTS, Deposit
from rogatory.status.treaties import Treaty

SENTENCES = ("rogatory.status", "clause-sentences.toml")


class NothingBeside(BadInput):
    """The clause needs something that was not given."""

    code = "clause-needs-more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """From which day a treaty binds one State: `since` when it is settled; `until` after a denunciation."""

    state: str
    name: Words
    action: str
    deposited: date | None
    counted: bool
    since: date | None
    earliest: date | None
    latest: date | None
    until: date | None
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """When a treaty enters into force: `reached` is the day its clause was met, `deciding` those who met it."""

    treaty: str
    name: Words
    threshold: int
    count: int
    reached: date | None
    deciding: tuple[str, ...]
    entered: date | None
    earliest: date | None
    latest: date | None
    because: tuple[Words, ...]
    states: tuple[Bound, ...]


def compute(treaty: Treaty, deposits: Iterable[Deposit], *, beside: Beside = NOTHING_BESIDE) -> Computed:
    """The day of entry into force and each State's day; raises `NothingBeside` when shares or a parent are missing."""
    every = tuple(deposits)
    clause = treaty.clause
    _require(clause, beside)
    found = clauses.entry(clause, every, treaty.states, adopted=treaty.adopted, beside=beside)
    counted = clauses.counted(clause, every, treaty.states, reached=found.reached[0])
    reached = _settled(found.reached)
    return Computed(
        treaty=treaty.id,
        name=treaty.name,
        threshold=clause.threshold,
        count=len(counted),
        reached=reached,
        deciding=tuple(item.state for item in counted if reached is not None and item.on == reached),
        entered=_settled(found.day),
        earliest=found.day[0],
        latest=found.day[1],
        because=tuple(_reasons(treaty, counted, found, beside)),
        states=tuple(_bound(treaty, item, found, every) for item in _consents(every)),
    )


def _require(clause: Clause, beside: Beside) -> None:
    for condition in clause.conditions:
        if condition.kind == "share" and not beside.shares:
            raise NothingBeside(
                "the clause asks for a share, and no shares were given", remedy="Give them with --shares FILE."
            )
        if condition.kind == "parent-in-force" and condition.day is None and condition.parent not in beside.parents:
            raise NothingBeside(
                f"when {condition.parent!r} entered into force is not known",
                remedy="Say it in the condition: entered = 2003-09-29.",
            )


def _settled(found: clauses.Range) -> date | None:
    return found[0] if found[0] == found[1] else None


def _consents(deposits: Iterable[Deposit]) -> list[Deposit]:
    """The instruments of consent in the order of their days; those whose day is not known come last."""
    found = [item for item in deposits if item.action in CONSENTS]
    return sorted(found, key=lambda item: (item.latest or date.max, item.state))


def _reasons(treaty: Treaty, counted: tuple[Deposit, ...], found: Entry, beside: Beside) -> Iterable[Words]:
    clause, reached = treaty.clause, _settled(found.reached)
    if reached is None:
        some = found.reached[0] is not None
        yield _say("not-settled" if some else "not-reached", count=len(counted), threshold=clause.threshold)
        by_then = {item.state for item in counted}
    else:
        by_then = {item.state for item in counted if item.latest is not None and item.latest <= reached}
        yield _say("reached", count=len(by_then), threshold=clause.threshold, day=reached)
        yield _say("enters", delay=delay_words(clause.delay), day=clauses.after(reached, clause.delay))
    for condition in clause.conditions:
        yield _condition(treaty, condition, by_then, beside)
    if reached is not None:
        entered = _settled(found.day)
        yield _say("entered", day=entered) if entered else _say("entry-not-settled")


def _condition(treaty: Treaty, condition: Condition, present: set[str], beside: Beside) -> Words:
    states = treaty.states
    values: dict[str, object] = {"number": condition.number}
    if condition.kind == "members-of":
        values["have"] = sum(clauses.belongs(states[one], condition.group) for one in present)
        values["group"] = condition.group
    elif condition.kind == "named-states":
        values["have"] = len(present & set(condition.states))
        values["of"] = len(condition.states)
    elif condition.kind == "share":
        values = {"have": float(clauses.share(present, beside)), "number": float(condition.percent)}
    elif condition.kind == "parent-in-force":
        values = {"parent": condition.parent, "day": condition.day or beside.parents.get(condition.parent)}
    else:
        values = {"day": condition.day}
    return _say(f"condition-{condition.kind}", **values)


def _bound(treaty: Treaty, deposit: Deposit, found: Entry, every: tuple[Deposit, ...]) -> Bound:
    clause = treaty.clause
    first, last = clauses.binding(clause, deposit, found, adopted=treaty.adopted)
    withdrawn = _withdrawn(deposit, every, last)
    if withdrawn is not None:
        first = last = None
    until = _until(clause, deposit, every)
    return Bound(
        state=deposit.state,
        name=treaty.states[deposit.state].name,
        action=deposit.action,
        deposited=deposit.on,
        counted=clauses.counting(clause, deposit, treaty.states),
        since=_settled((first, last)),
        earliest=first,
        latest=last,
        until=until,
        because=_say("state-withdrew", day=withdrawn)
        if withdrawn is not None
        else _why(clause, deposit, found, since=_settled((first, last))),
    )


def _withdrawn(deposit: Deposit, every: tuple[Deposit, ...], bound: date | None) -> date | None:
    """The day on which the instrument was taken back before it bound, if it was."""
    since = deposit.latest or date.max
    gone = [
        item.latest
        for item in every
        if item.state == deposit.state and clauses.takes_back(item) and item.latest is not None
        if item.latest >= since and (bound is None or item.latest < bound)
    ]
    return min(gone, default=None)


def _until(clause: Clause, deposit: Deposit, every: tuple[Deposit, ...]) -> date | None:
    """The day on which a denunciation that followed this consent takes effect."""
    if clause.leaving is None:
        return None
    later = [
        item.latest
        for item in every
        if item.state == deposit.state and item.action == "denunciation" and item.latest is not None
        if deposit.latest is None or item.latest >= deposit.latest
    ]
    return clauses.after(min(later), clause.leaving) if later else None


def _why(clause: Clause, deposit: Deposit, found: Entry, *, since: date | None) -> Words:
    if found.day[0] is None:
        return _say("state-waits")
    if since is None or deposit.latest is None:
        return _say("state-unsettled")
    if found.reached[0] is not None and deposit.latest <= found.reached[0]:
        return _say("state-original", day=since)
    own = clauses.after(deposit.latest, clause.late)
    name = "state-late" if since == own else "state-late-floor"
    words = _say(name, delay=delay_words(clause.late), own=own, day=since)
    if deposit.action == "succession":
        note = _say("state-succession")
        return Words(f"{words.en} {note.en}", f"{words.fr} {note.fr}")
    return words


def delay_words(delay: Delay) -> Words:
    """A delay in words: *the 90th day after*."""
    return _say(f"delay-{delay.kind}", number=delay.number)


def _say(name: str, **values: object) -> Words:
    return load_sentences(*SENTENCES).say(name, **values)
