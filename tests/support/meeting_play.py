"""Play with a meeting at random: what may happen next, and garbage; what must hold after each event; and a way to bring
any meeting to its end with the presiding officer, the secretariat and whoever moved or asked for something.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from tests.support.meetings import OFFICE, OPENS, Table, words

from rogatory.conference.counting.thresholds import Base
from rogatory.conference.meeting import asking, engine, readiness
from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.possible import Possible, possible
from rogatory.conference.meeting.state import Phase, State
from rogatory.errors import RogatoryError

LAST_DAY = OPENS + timedelta(days=4)
#: How often each kind of event is chosen where it is on offer; 6 where nothing is said.
WEIGHTS = {
    "vote-cast": 60,
    "ballot-counted": 60,
    "ballot-opened": 40,
    "lot-drawn": 40,
    "vote-opened": 40,
    "item-opened": 40,
    "agenda-adopted": 20,
    "credentials-approved": 20,
    "election-opened": 20,
    "motion-moved": 20,
    "motion-spoken": 40,
    "motion-agreed": 20,
    "floor-given": 20,
    "candidature-submitted": 2,
    "floor-asked": 3,
    "proposal-submitted": 3,
    "floor-declined": 3,
    "candidature-withdrawn": 0.3,
    "observer-applied": 0.3,
    "observer-admitted": 1,
    "observers-listed": 1,
    "observer-objected": 1,
    "document-issued": 0.3,
    "agenda-circulated": 0.3,
    "delegation-registered": 0.3,
    "decision-numbered": 0.3,
    "item-proposed": 2,
    "organisation-declares": 10,
    "attendance": 2,
    "point-raised": 2,
    "vote-requested": 2,
    "list-closed": 2,
    "session-closed": 0.05,
    "meeting-adjourned": 0.3,
    "meeting-suspended": 0.3,
    "chair-taken": 0.3,
    "item-struck": 0.3,
    "election-ended": 1,
    "vote-annulled": 1,
}
LEGAL = {
    Phase.CONVENED: {Phase.CONVENED, Phase.SITTING},
    Phase.SITTING: {Phase.SITTING, Phase.SUSPENDED, Phase.ADJOURNED, Phase.CLOSED},
    Phase.SUSPENDED: {Phase.SUSPENDED, Phase.SITTING},
    Phase.ADJOURNED: {Phase.ADJOURNED, Phase.SITTING},
    Phase.CLOSED: {Phase.CLOSED},
}


class Play:
    """A meeting played at random: `chance` decides who acts and how."""

    def __init__(self, table: Table, chance: Random) -> None:
        self.table = table
        self.chance = chance
        self.names = 0

    def actors(self) -> list[Actor]:
        """The chair, one delegation, and one of the others."""
        state = self.table.state
        desk = [OFFICE, *(Actor("teller", one) for one in state.tellers)]
        delegation = Actor("delegation", self.chance.choice(sorted(state.seats)))
        return [Actor("presiding", state.presiding), delegation, self.chance.choice(desk)]

    def turn(self) -> None:
        """One offer that is taken, or an event at random that may be; both must leave the meeting in order."""
        if self.chance.random() < 0.1:
            self.table.wait(hours=self.chance.choice([1, 25]))
        actors = self.actors()
        if self.chance.random() < 0.25:
            self.garbage(self.chance.choice(actors))
            return
        found = [(by, one) for by in actors for one in possible(self.table.state, by, self.table.at)]
        found = [(by, one) for by, one in found if one.body.get("present") is not False or self.chance.random() < 0.1]
        kinds = sorted({one.kind for _, one in found})
        if kinds:
            kind = self.chance.choices(kinds, [WEIGHTS.get(one, 6) for one in kinds])[0]
            self.take(*self.chance.choice([(by, one) for by, one in found if one.kind == kind]))

    def take(self, by: Actor, offer: Possible) -> None:
        before = self.table.state
        filled = self.filled(offer)
        try:
            self.table.do(by, offer.kind, **filled)
        except RogatoryError:
            # A complete offer is taken; what a person filled in may be wrong.
            assert offer.missing, (offer, by)
            assert self.table.state is before
            return
        check(before, self.table.state, offer.kind, filled)

    def garbage(self, by: Actor) -> None:
        kind = self.chance.choice([*engine.KINDS, "no-such-kind"])
        body = self.invented(kind)
        before, number = self.table.state, len(self.table.events)
        try:
            self.table.do(by, kind, **body)
        except RogatoryError:
            assert self.table.state is before
            assert len(self.table.events) == number
            return
        check(before, self.table.state, kind, body)
        kinds = {one.kind for one in possible(before, by, self.table.at)}
        assert kind in kinds, (kind, by, body)  # whatever is taken was on offer

    def invented(self, kind: str) -> dict[str, Any]:
        """A body of about the right form: things of the meeting, and things that are nowhere."""
        form = engine.KINDS[kind].form if kind in engine.KINDS else {"x": "text"}
        return {
            name: self.value(wanted.rstrip("?"))
            for name, wanted in form.items()
            if not wanted.endswith("?") or self.chance.random() < 0.4
        }

    def value(self, wanted: str) -> object:
        state, chance = self.table.state, self.chance
        if wanted.startswith("list:"):
            return [self.value(wanted[5:]) for _ in range(chance.randint(0, 3))]
        if "|" in wanted:
            return chance.choice(wanted.split("|"))
        self.names += 1
        there: list[object] = [
            *state.seats, *state.items, *state.proposals, *state.book.motions, *state.contests, "V1", "M9", "agenda"
        ]  # fmt: skip
        there = [getattr(one, "id", one) for one in there]
        makers: dict[str, Callable[[], object]] = {
            "flag": lambda: chance.choice([True, False]),
            "number": lambda: chance.choice([0, 1, 2, 5]),
            "text": lambda: chance.choice(["…", "1", "2"]),
            "words": lambda: words("…"),
            "counts": lambda: {chance.choice(sorted(state.seats)): chance.randint(0, 3)},
            "row": lambda: {"code": f"N{self.names}", "name": words("…"), "kind": chance.choice(["ngo-other", "igo"])},
            "seat": lambda: chance.choice([*state.seats, "NOBODY"]),
            "name": lambda: chance.choice([*there, f"N{self.names}"]),
        }
        return makers[wanted]() if wanted in makers else chance.choice([*there, "NOTHING"])

    def filled(self, offer: Possible) -> dict[str, Any]:
        """The offer with what is missing filled in as a person might."""
        form = engine.KINDS[offer.kind].form
        return {**dict(offer.body), **{name: self.person(name, form[name].rstrip("?")) for name in offer.missing}}

    def person(self, name: str, wanted: str) -> object:
        state, chance = self.table.state, self.chance
        self.names += 1
        if name in ("proposal", "item", "symbol", "target", "contest"):
            return f"N{self.names}"
        if name == "signed_by":
            return chance.choice(state.book.credentials.signed_by)
        if name == "tellers":
            return chance.sample(sorted(state.seats), 2)
        if name == "languages":
            return ["en"]
        if name == "parts":
            return ["1", "2", "3"][: chance.choice([2, 3])]
        if name in ("papers", "votes", "invalid", "abstentions") and state.contests:
            return self.sheet()[name]
        return self.value(wanted)

    def sheet(self) -> dict[str, object]:
        """What tellers found in the box of the ballot that is open: the same for both of them."""
        for one in self.table.state.contests.values():
            if one.ballot_open and one.balloting.due:
                stand = one.balloting.due.eligible
                papers = min(len(stand), len(one.here))
                votes = dict.fromkeys(stand[:papers], 1)
                return {"papers": papers, "votes": votes, "invalid": 0, "abstentions": 0}
        return {"papers": 0, "votes": {}, "invalid": 0, "abstentions": 0}


def check(before: State, after: State, kind: str, body: dict[str, Any]) -> None:
    """What holds after every event that is taken."""
    assert after.phase in LEGAL[before.phase]
    assert after.number == before.number + 1
    kept = [(one.what, one.how, one.at) for one in after.decisions[: len(before.decisions)]]
    assert kept == [(one.what, one.how, one.at) for one in before.decisions], "decisions only grow"
    assert after.votes[: len(before.votes)] == before.votes
    _check_precedence(before, kind, body)
    if len(after.decisions) > len(before.decisions):
        _check_quorum(before, kind, body)
    for vote in (after.vote, after.interrupted):
        if vote is not None:
            assert sum(vote.weights.values()) <= asking.base(after, Base.PARTIES), "one Party, one vote"
            for code in vote.votes:
                assert not set(after.seats[code].members) & set(vote.votes), "an organisation and its members"
                assert after.kind(code).votes
    if after.floor.speaking:
        assert after.phase is Phase.SITTING


def _check_precedence(before: State, kind: str, body: dict[str, Any]) -> None:
    """What is put is the highest motion pending; a proposal is put when none is."""
    if kind == "vote-opened" and body["about"] == "motion":
        put = body["target"]
    elif kind in ("motion-agreed", "motion-spoken"):
        put = body["pending"]
    else:
        if kind in ("consensus-found", "item-closed", "floor-given", "credentials-approved", "agenda-adopted"):
            assert not before.floor.motions
        return
    ranks = [before.rank(one.motion) for one in before.floor.motions]
    mine = [before.rank(one.motion) for one in before.floor.motions if one.id == put]
    assert mine == [min(ranks)] if ranks else not mine


def _check_quorum(before: State, kind: str, body: dict[str, Any]) -> None:
    """A decision without a vote needs the quorum now; a vote needs it when it is opened (`_check_opening`)."""
    if kind in ("vote-closed", "ballot-counted", "lot-drawn", "candidate-withdraws"):
        return
    if kind == "motion-agreed":
        moved = next(one for one in (*before.floor.motions, *before.floor.notices) if one.id == body["pending"])
        if before.effect(moved.motion) in ("suspend-meeting", "adjourn-meeting"):
            return
    assert asking.quorate(before, before.book.quorum.decide), (kind, body)


def finish(table: Table) -> None:
    """Bring the session to its close, whatever is under way: nothing that was done can keep it from ending."""
    table.at = max(table.at, LAST_DAY)
    for _ in range(400):
        if table.state.phase is Phase.CLOSED or _hopeless(table.state):
            return
        before = table.state
        _forward(table)
        assert table.state is not before, "the meeting is stuck"
    raise AssertionError(f"the meeting does not come to an end: {table.state.floor}")


def _hopeless(state: State) -> bool:
    """Whether so many were turned away that no meeting can be opened."""
    able = [
        one
        for one in state.seats.values()
        if state.kind(one.code).votes
        and not one.members
        and (one.present or one.credentials not in ("refused", "none"))
    ]
    able = [one for one in able if one.credentials == "accepted" or not one.judged]
    threshold = state.book.quorum.open
    return state.phase is not Phase.SITTING and not threshold.reached(len(able), asking.base(state, threshold.of))


def _forward(table: Table) -> None:
    state = table.state
    if state.floor.point is not None and state.phase is Phase.SITTING and _point(table):
        return
    if state.vote is not None:
        _vote(table)
        return
    for one in state.contests.values():
        if one.ballot_open:
            table.do("chair", "ballot-annulled", contest=one.id, reasons="…")
            return
    if state.phase is not Phase.SITTING:
        _open(table)
    elif not asking.quorate(state, state.book.quorum.decide):
        table.do("chair", "session-closed")
    else:
        _clear(table)


def _point(table: Table) -> bool:
    state, point = table.state, table.state.floor.point
    assert point
    if not point.ruling:
        table.do("chair", "point-ruled", ruling="not-upheld")
    elif not point.appealed_by:
        table.do("chair", "ruling-stands")
    elif state.vote is not None and state.vote.question.about == "ruling":
        return False
    elif asking.quorate(state, state.book.quorum.decide):
        table.do("chair", "vote-opened", about="ruling", method="recorded")
    elif state.vote is None:
        return False
    else:
        table.do(point.appealed_by, "appeal-withdrawn")
    return True


def _vote(table: Table) -> None:
    vote = table.state.vote
    assert vote
    if vote.method == "roll-call" and vote.asked < len(vote.order):
        table.do("office", "roll-call-missed", vote=vote.id)
    elif vote.method in ("show-of-hands", "secret") and vote.hands is None:
        teller = f"teller:{table.state.tellers[0]}" if vote.method == "secret" else "office"
        table.do(teller, "votes-counted", vote=vote.id, yes=0, no=0, abstain=0)
    else:
        table.do("chair", "vote-closed", vote=vote.id)


def _open(table: Table) -> None:
    state = table.state
    if state.notified_at is None:
        table.do("office", "session-notified")
    for code, one in sorted(state.seats.items()):
        if state.kind(code).votes and one.credentials == "none":
            table.do("office", "credentials-submitted", seat=code, signed_by="head-of-state")
        if state.kind(code).votes and not one.present and one.credentials != "refused":
            table.do("office", "attendance", seat=code, present=True)
    table.do("chair", "meeting-resumed" if state.phase is Phase.SUSPENDED else "meeting-opened")


def _clear(table: Table) -> None:
    """Sitting, with the quorum, no vote: what is pending goes, then the proposals, then the session."""
    state = table.state
    if state.floor.speaking is not None:
        table.do("chair", "floor-ended")
    elif state.floor.motions:
        table.do("chair", "vote-opened", about="motion", target=state.motion.id, method="recorded")  # type: ignore[union-attr]
    elif state.floor.requests:
        one = state.floor.requests[0]
        table.do(one.by, "vote-request-withdrawn", target=one.target)
    elif state.floor.waiting:
        table.do(state.floor.waiting[0].code, "floor-declined")
    elif running := [one.id for one in state.contests.values() if not one.concluded]:
        table.do("chair", "election-ended", contest=running[0])
    elif not state.item:
        table.do("chair", "session-closed")
    elif any(one.item == state.item and one.status == "open" for one in state.proposals.values()):
        _decide(table)
    else:
        table.do("chair", "item-closed")


def _decide(table: Table) -> None:
    """The debate is adjourned; where voting has begun, it is brought to its end."""
    state = table.state
    if not readiness.voting_stage(state):
        mover = next(one.code for one in asking.voters(state) if one.present)
        table.do(mover, "motion-moved", motion="adjourn-debate")
        table.do("chair", "motion-agreed", pending=table.state.floor.motions[-1].id)
        return
    for one in state.proposals.values():
        if one.status == "open" and one.circulated_at is None:
            table.do("office", "proposal-circulated", proposal=one.id)
            table.wait(hours=25)
            return
    table.wait(hours=25)
    offers = possible(table.state, table.actor("chair"), table.at)
    for kind in ("vote-opened", "amendments-ordered", "consensus-sought"):
        for offer in offers:
            fits = offer.body.get("method", "recorded") == "recorded"
            if offer.kind == kind and fits and offer.body.get("about", "part") in ("proposal", "part"):
                filled = dict.fromkeys(offer.missing, "…")
                table.do("chair", kind, **{**dict(offer.body), **filled})
                return
    raise AssertionError("no proposal can be brought to a decision")
