"""The whole practice session as a script, and how it is played on the engine alone, on no node and by no clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from rogatory.conference.meeting import convening, engine
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.state import State
from rogatory.conference.rulebook import loader
from rogatory.errors import RogatoryError
from rogatory.exercise.conference import cast
from rogatory.exercise.conference.acts import SECRETARIAT, Act, Script
from rogatory.exercise.conference.before import before
from rogatory.exercise.conference.closing import closing
from rogatory.exercise.conference.debate import debate
from rogatory.exercise.conference.deciding import deciding
from rogatory.exercise.conference.opening import opening
from rogatory.exercise.node import ExerciseFailed

SEED = 20_280_306
RULEBOOK = "hanoi-draft"
#: So long before the opening the meeting is made.
MADE_DAYS_BEFORE = 75
_STEP = timedelta(seconds=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An act that was refused, as it must be."""

    act: Act
    error: RogatoryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A session that was played: its events, the meeting at the end, what was refused."""

    events: tuple[Event, ...]
    state: State
    refusals: tuple[Refusal, ...]


#: What becomes of an act: the meeting after it; raises the refusal.
Doer = Callable[[Act], State]


def session(state: State, seed: int) -> Script:
    """The acts of the whole session, from the meeting as it was made to its end."""
    chance = Random(seed)  # noqa: S311 - nobody's secret: the same session every time
    state = yield from before(state)
    state = yield from opening(state, chance)
    state = yield from debate(state, chance)
    state = yield from deciding(state, chance)
    return (yield from closing(state))


def run(
    state: State, do: Doer, *, seed: int = SEED, until: Callable[[Act], bool] = lambda _: False
) -> Iterator[tuple[Act, State, RogatoryError | None]]:
    """Each act, the meeting after it, the refusal it met; raises `ExerciseFailed` when an act comes out otherwise.

    It ends with the session, or before the first act for which *until* holds.
    """
    script = session(state, seed)
    act = next(script)
    while not until(act):
        refusal: RogatoryError | None = None
        try:
            state = do(act)
        except RogatoryError as error:
            refusal = error
        met = refusal.code if refusal else ""
        if met != act.refused:
            told = refusal.message if refusal else "it was taken"
            raise ExerciseFailed(
                f"{act.kind} by {act.by.of}: expected {act.refused or 'no refusal'}; {told}"
            ) from refusal
        yield act, state, refusal
        try:
            act = script.send(state)
        except StopIteration:
            return


def first(opens: date, *, choices: dict[str, str]) -> Event:
    """The event that makes the meeting, with its rulebook."""
    held: dict[str, Any] = {"toml": loader.delivered_text(RULEBOOK), "choices": choices}
    at = _morning(opens) - timedelta(days=MADE_DAYS_BEFORE)
    body = {**cast.facts(opens), "exercise": True, "rulebook": held}
    return Event(kind=convening.MADE, by=SECRETARIAT, at=at, body=body)


def play(*, seed: int = SEED, opens: date = cast.OPENS, until: Callable[[Act], bool] = lambda _: False) -> Played:
    """The session on the engine alone, or all of it before the act *until*; the same for the same seed."""
    events = [first(opens, choices={})]
    refusals = []
    state = engine.begin(events[0])
    held = [state]

    def do(act: Act) -> State:
        at = max(held[0].at + _STEP, _morning(opens) - timedelta(days=act.days_before))
        event = Event(kind=act.kind, by=act.by, at=at, body=act.body)
        held[0] = engine.step(held[0], event)
        events.append(event)
        return held[0]

    for act, after, refusal in run(state, do, seed=seed, until=until):
        state = after
        if refusal:
            refusals.append(Refusal(act=act, error=refusal))
    return Played(events=tuple(events), state=state, refusals=tuple(refusals))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
