"""The practice session on a real node: a practice clock that passes over days, passes for devices, acts one by one.

The node's own clock runs as it always does. Before the session the acts are stamped with the days on which they would
happen; on the day of the opening the clock of this process is the one that the served node has, so that screens and
telephones show right times.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rogatory.conference.meeting.state import State
from rogatory.errors import RogatoryError
from rogatory.exercise.conference import before, cast, script
from rogatory.exercise.conference.acts import SECRETARIAT, Act
from rogatory.node import people
from rogatory.node.conference import meetings, passes
from rogatory.node.conference.passes import Issued, Wish
from rogatory.node.context import Node

#: The delegation whose telephone page is shown to whoever looks on.
SHOWN = "XMP"


class DayClock:
    """`ports.world.Clock`: the day of the opening at the machine's time of day, or so many days before it."""

    def __init__(self, opens: date) -> None:
        self.ahead = opens - datetime.now(UTC).date()
        self.days_before = 0

    def now(self) -> datetime:
        """The practice time, UTC."""
        return datetime.now(UTC) + self.ahead - timedelta(days=self.days_before)


@dataclass(kw_only=True)
class Stage:
    """The meeting *meeting* on *node*, run by *secretary*; *pace* is the pause, in seconds, after an act of note."""

    node: Node
    secretary: people.Actor
    clock: DayClock
    meeting: str
    pace: float = 0.0

    def state(self) -> State:
        """How the meeting stands."""
        return meetings.sitting(self.node, self.meeting).state

    def do(self, act: Act) -> State:
        """The meeting after *act*, which is durable then; raises the refusal."""
        self.clock.days_before = act.days_before
        body: dict[str, Any] = dict(act.body)
        if act.by == SECRETARIAT:
            return meetings.enter(self.node, self.secretary, self.meeting, act.kind, body).state
        return meetings.act(self.node, self.meeting, act.by, act.kind, body).state

    def play(
        self, *, seed: int = script.SEED, until: Callable[[Act], bool] = lambda _: False
    ) -> Iterator[tuple[Act, State, RogatoryError | None]]:
        """All acts *until* one, each with the meeting after it and the refusal it met; raises `ExerciseFailed`."""
        for act, state, refusal in script.run(self.state(), self.do, seed=seed, until=until):
            yield act, state, refusal
            if self.pace and not act.days_before:
                # A single vote is quick; what is told of is looked at.
                time.sleep(self.pace if act.says.en or act.scene.en else self.pace / 20)

    def badges(self, *only: str) -> dict[str, Issued]:
        """New passes: both who preside, the tellers, the screen of the room, and every delegation at its code.

        With names, *only* those.
        """
        state = self.state()
        wishes = {
            "outgoing": Wish(role="presiding", of=cast.OUTGOING, name="Outgoing President"),
            "president": Wish(role="presiding", of=before.PRESIDENT, name="President"),
            "screen": Wish(role="screen", of="", name="Screen"),
            **{f"teller-{code}": Wish(role="teller", of=code, name="Teller") for code in before.TELLERS},
            **{code: Wish(role="delegation", of=code, name=state.seats[code].name.en) for code in cast.DELEGATIONS},
        }
        wishes = {name: wishes[name] for name in only or wishes}
        issued = passes.issue_all(self.node, self.secretary, self.meeting, list(wishes.values()))
        return dict(zip(wishes, issued, strict=True))


def make(node: Node, secretary: people.Actor, *, opens: date, pace: float = 0.0, meeting: str = cast.MEETING) -> Stage:
    """A stage with its meeting made, days before *opens*; raises what `meetings.create` does."""
    clock = DayClock(opens)
    clock.days_before = script.MADE_DAYS_BEFORE
    played_on = replace(node, clock=clock)
    facts = cast.facts(opens, meeting=meeting)
    made = meetings.create(played_on, secretary, facts, rulebook=script.RULEBOOK, choices={})
    return Stage(node=played_on, secretary=secretary, clock=clock, meeting=made, pace=pace)
