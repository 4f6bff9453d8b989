"""What would change on the day a State becomes a Party: since when, with which States, for which measures.

The State's instrument is assumed as deposited on a day, unless it is there already, and the entry into force is
computed with it. Partners are the other States that are bound on that day or, while the Convention is not in force,
those that will be with it: then everything waits. A measure is *new* with a partner where no other instrument surely
carries it between the two; otherwise the Convention stands *beside* what there is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rogatory.law.sentences import load_sentences
from rogatory.law.words import Answer, Words
from rogatory.readiness import naming
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import MANNERS
from rogatory.status.asking import LAST_DAY
from rogatory.status.engine import Status
from rogatory.status.matrix import Matrix
from rogatory.status.model import CONSENTS, Deposit

SENTENCES = ("rogatory.readiness", "day.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another State: measures that become possible with it, and those that another instrument carries already.

    `certain` is false where it is not known for sure that it is, or will be, bound.
    """

    state: str
    name: Words
    certain: bool
    new: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """One measure: with how many partners it becomes possible, and with how many another instrument carries it."""

    measure: str
    name: Words
    provision: str
    new: int
    beside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What follows from the instrument of *state*, deposited on a day (`assumed`, unless it really was).

    `since` is the day from which it binds the State, None while that is open; `waits`: the Convention is not in force
    then, so nothing opens before it is. `cite` names the clauses.
    """

    state: str
    deposited: date | None
    assumed: bool
    since: date | None
    waits: bool
    count: int
    threshold: int
    partners: tuple[Partner, ...]
    measures: tuple[MeasureChange, ...]
    because: tuple[Words, ...]
    cite: tuple[str, ...]
    practice: bool


def day_of_entry(status: Status, state: str, on: date, *, manner: str = "") -> Day:
    """What changes for *state* with an instrument deposited on that day, or the one that is there already.

    Raises `UnknownState`.
    """
    held = status.standing(state, HOME, on).deposit
    practice = status.progress(HOME).practice
    deposit = held or Deposit(
        state=state, instrument=HOME, action=manner or MANNERS[0], earliest=on, latest=on, practice=practice
    )
    after = status if held else status.assuming([deposit])
    since = after.standing(state, HOME, LAST_DAY).since
    entered = after.entry_into_force(HOME)
    partners = tuple(_partners(after, state, on, since))
    clause = status.law.instrument(HOME).clause
    progress = after.progress(HOME)
    return Day(
        state=state,
        deposited=deposit.on,
        assumed=held is None,
        since=since,
        waits=entered is None or (since or on) < entered,
        count=progress.count,
        threshold=progress.threshold,
        partners=partners,
        measures=tuple(_measures(status, partners)),
        because=tuple(_because(after, deposit, since)),
        cite=clause.cite[:2],
        practice=practice,
    )


def _partners(status: Status, state: str, on: date, since: date | None) -> Iterator[Partner]:
    """The other Parties of that day, those with whom most becomes possible first."""
    day = since or on
    matrix = Matrix(status, day)
    if state not in matrix.states:
        return
    carried = _carried(matrix, state)
    found = []
    for other in matrix.states:
        bound = status.standing(other, HOME, day).bound if since else _joined(status, other, on)
        if other == state or bound is Answer.NO:
            continue
        measures = status.law.instrument(HOME).measures
        beside = tuple(one for one in measures if carried[one][other])
        found.append(
            Partner(
                state=other,
                name=status.state(other).name,
                certain=bound is Answer.YES,
                new=tuple(one for one in measures if one not in beside),
                beside=beside,
            )
        )
    yield from sorted(found, key=lambda one: (-len(one.new), one.state))


def _carried(matrix: Matrix, state: str) -> Mapping[str, Mapping[str, bool]]:
    """For each measure and other State, whether another instrument surely carries it between the two."""
    reasons = matrix.reasons()
    row = matrix.states.index(state)
    others = {letter: any(name != HOME for name in reason.by) for letter, reason in reasons.items()}
    return {
        grid.measure: {
            other: others.get(letter, False) for other, letter in zip(matrix.states, grid.rows[row], strict=True)
        }
        for grid in matrix.grids
    }


def _joined(status: Status, state: str, on: date) -> Answer:
    """Whether *state* has deposited an instrument of consent by that day."""
    consents = [one.done_by(on) for one in status.deposits(HOME, state=state) if one.action in CONSENTS]
    return max(consents, key=[Answer.NO, Answer.UNKNOWN, Answer.YES].index, default=Answer.NO)


def _measures(status: Status, partners: tuple[Partner, ...]) -> Iterator[MeasureChange]:
    for name, measure in status.law.instrument(HOME).measures.items():
        yield MeasureChange(
            measure=name,
            name=measure.name,
            provision=measure.provision,
            new=sum(name in one.new for one in partners),
            beside=sum(name in one.beside for one in partners),
        )


def _because(status: Status, deposit: Deposit, since: date | None) -> Iterator[Words]:
    name = status.state(deposit.state).formal
    sentences, progress = load_sentences(*SENTENCES), status.progress(HOME)
    if since is not None and deposit.on is not None:
        yield sentences.say("in-force-on", deposited=deposit.on, of_state=naming.of(name), since=since)
    elif progress.count < progress.threshold:
        yield sentences.say("waits", count=progress.count, threshold=progress.threshold, state=name)
    else:
        yield sentences.say("day-open", state=name)
