"""What to try when asking what may happen next: for each kind of event the bodies that the meeting gives rise to.

Only what stands in the meeting and its rulebook is looked up here; whether an event is allowed is the engine's to say.
What only a person can fill in (texts, numbers, new names) is named as missing and tried with a sample.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from rogatory.conference.meeting import asking, floor, motions, readiness
from rogatory.conference.meeting.events import Actor, Kind
from rogatory.conference.meeting.proposals import ABOUT_PROPOSAL
from rogatory.conference.meeting.state import Place, Proposal, Seat, State
from rogatory.conference.rulebook.model import Effect

MAX_TRIED = 3_000
_SAMPLES: Mapping[str, object] = {
    "name": "sample",
    "text": "…",
    "number": 0,
    "words": {"en": "…", "fr": "…"},
    "counts": {},
    "day": "2030-01-01",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A body to try, and samples of what is left to the person."""

    body: Mapping[str, Any] = field(default_factory=dict)
    samples: Mapping[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> dict[str, Any]:
        """The body with the samples filled in."""
        return {**self.body, **self.samples}


Offers = Iterator[Offer]


def offers(state: State, kind: Kind, actor: Actor) -> Offers:
    """The bodies to try of events of *kind* by *actor*."""
    special = _SPECIAL.get(kind.id)
    return special(state, actor) if special else _by_form(state, kind)


def _by_form(state: State, kind: Kind) -> Offers:
    """Each required reference with each thing that the meeting has, each choice with each word."""
    chosen: dict[str, list[Any]] = {}
    samples: dict[str, Any] = {}
    for name, wanted in kind.form.items():
        if wanted.endswith("?"):
            continue
        values = _values(state, wanted)
        if values is None:
            samples[name] = _SAMPLES.get(wanted, "sample")
        else:
            chosen[name] = values
    for combination in islice(product(*chosen.values()), MAX_TRIED):
        yield Offer(body=dict(zip(chosen, combination, strict=True)), samples=samples)


def _values(state: State, wanted: str) -> list[Any] | None:
    """What may stand in a place of the form; None when only a person can say."""
    if "|" in wanted:
        return wanted.split("|")
    if wanted == "flag":
        return [True, False]
    found = _REFERENCES.get(wanted)
    return found(state) if found else None


def _open(state: State) -> list[Proposal]:
    return [one for one in state.proposals.values() if one.status == "open"]


_REFERENCES: Mapping[str, Callable[[State], list[Any]]] = {
    "seat": lambda state: sorted(state.seats),
    "item": lambda state: [one.id for one in state.items],
    "proposal": lambda state: [one.id for one in _open(state)],
    "pending": lambda state: [one.id for one in (*state.floor.motions, *state.floor.notices)],
    "contest": lambda state: [one.id for one in state.contests.values() if not one.concluded],
    "vote": lambda state: [state.vote.id] if state.vote else [],
}


def _attendance(state: State, actor: Actor) -> Offers:
    if actor.role == "delegation":
        yield from (Offer(body={"present": one}) for one in (True, False))
        return
    for code, one in sorted(state.seats.items()):
        yield Offer(body={"seat": code, "present": not one.present})


def _given(state: State, _actor: Actor) -> Offers:
    first = floor.called(state)
    if first:
        yield Offer(body={"seat": first.code})
        yield Offer(body={"seat": first.code, "invited": True})


def _opened(state: State, _actor: Actor) -> Offers:
    targets = [("ruling", "", "")]
    targets += [("motion", one.id, "") for one in (*state.floor.motions, *state.floor.notices)]
    targets += [("item", one.id, "") for one in state.items if one.status == "proposed"]
    targets += [("proposal", one.id, "") for one in _open(state)]
    targets += [("part", one.id, part.id) for one in _open(state) for part in one.parts if part.status == "open"]
    targets += [("observer", one.code, "") for one in state.seats.values() if one.place == "objected"]
    targets += [("credentials", one.code, "") for one in state.seats.values() if one.credentials == "challenged"]
    for about, target, part in targets:
        for method in state.book.voting.methods:
            body: dict[str, Any] = {"about": about, "method": method}
            body |= {"target": target} if target else {}
            body |= {"part": part} if part else {}
            body |= {"start": "A"} if method == "roll-call" else {}
            yield Offer(body=body)


def _submitted(state: State, _actor: Actor) -> Offers:
    samples = {"signed_by": state.book.credentials.signed_by[0]}
    yield from (Offer(body={"seat": code}, samples=samples) for code in sorted(state.seats))


def _approved(state: State, _actor: Actor) -> Offers:
    submitted = [code for code, one in sorted(state.seats.items()) if one.credentials == "submitted"]
    if submitted:
        yield Offer(body={"accepted": submitted})


def _ordered(state: State, _actor: Actor) -> Offers:
    for one in _open(state):
        waiting = [other.id for other in readiness.pending_amendments(state, one.id)]
        if len(waiting) > 1:
            order = waiting if tuple(waiting) not in one.refused_orders else [*waiting[1:], waiting[0]]
            yield Offer(body={"proposal": one.id, "order": order}, samples={"reasons": "…"})


def _election(state: State, _actor: Actor) -> Offers:
    name = next(f"E{number}" for number in range(1, 10_000) if f"E{number}" not in state.contests)
    for post in state.book.officers.posts:
        taken = sum(1 for one in state.officers if one.post == post.id)
        taken += sum(one.seats for one in state.contests.values() if one.post == post.id and not one.concluded)
        body: dict[str, Any] = {"contest": name, "post": post.id}
        if taken < post.seats:
            yield Offer(body={**body, "seats": post.seats - taken})
        groups = {state.seats[one.state].group for one in state.candidatures if one.post == post.id}
        for group in sorted(groups - {""}):
            for seats in range(1, min(state.book.officers.per_group or 1, post.seats) + 1):
                yield Offer(body={**body, "group": group, "seats": seats})


def _lots(state: State, _actor: Actor) -> Offers:
    for one in state.contests.values():
        lot = one.balloting.lot
        if lot:
            yield Offer(body={"contest": one.id, "drawn": list(lot.among[: lot.places])})


def _tellers(state: State, _actor: Actor) -> Offers:
    yield Offer(samples={"tellers": [one.code for one in asking.voters(state) if one.present][:2]})


def _moved(state: State, _actor: Actor) -> Offers:
    for motion, rule in state.book.motions.items():
        body: dict[str, Any] = {"motion": motion}
        if rule.effect in ABOUT_PROPOSAL:
            samples = {"parts": ["1", "2"]} if rule.effect is Effect.DIVISION else {}
            yield from (Offer(body={**body, "target": one}, samples=samples) for one in state.proposals)
        elif rule.effect is Effect.SUSPEND_RULE:
            yield from (Offer(body={**body, "target": one}) for one in sorted(motions.liftable(state.book)))
        elif rule.effect is Effect.AMEND_AGENDA:
            yield Offer(body=body, samples={"target": "sample", "text": "…"})
        elif rule.effect is Effect.LIMIT_SPEECHES:
            yield Offer(body=body, samples={"seconds": 180})
        else:
            yield Offer(body=body)


def _proposed(state: State, _actor: Actor) -> Offers:
    samples = {"proposal": "sample", "title": _SAMPLES["words"]}
    yield from (Offer(body={"item": one.id}, samples=samples) for one in state.items)
    yield from (Offer(body={"amends": one.id}, samples=samples) for one in _open(state))


def _standing(state: State, _actor: Actor) -> Offers:
    for code, post in product(sorted(state.seats), state.book.officers.posts):
        yield Offer(body={"seat": code, "post": post.id}, samples={"person": "…"})


def _standing_no_more(state: State, _actor: Actor) -> Offers:
    for one in state.candidatures:
        if not one.withdrawn:
            yield Offer(body={"seat": one.state, "post": one.post})


def _application(state: State, _actor: Actor) -> Offers:
    for kind in state.book.participants:
        row = {"code": "sample", "name": _SAMPLES["words"], "kind": kind}
        yield Offer(samples={"seat": row})


def _challenged(state: State, actor: Actor) -> Offers:
    """Whom to challenge is left to the person: there may be two hundred, and one will do as a sample."""
    for standing in ("submitted", "accepted"):
        for code, one in state.seats.items():
            if code != actor.of and one.credentials == standing and not one.judged:
                yield Offer(samples={"seat": code, "reasons": "…"})
                return


def _challenged_no_more(state: State, actor: Actor) -> Offers:
    yield from (Offer(body={"seat": code}) for code, one in state.seats.items() if _objects(one, actor))


def _objects(found: Seat, actor: Actor) -> bool:
    return any(one.by == actor.of for one in found.objections)


def _objection(state: State, _actor: Actor) -> Offers:
    for code, one in sorted(state.seats.items()):
        if one.place not in (Place.APPLIED, Place.OBJECTED):
            continue
        owed = state.book.participants[one.kind].admission.reasons_owed
        yield Offer(body={"seat": code}, samples={"reasons": "…"} if owed else {})


def _document(state: State, _actor: Actor) -> Offers:
    samples = {"symbol": "sample", "title": _SAMPLES["words"], "languages": list(state.book.languages[:1])}
    yield Offer(samples=samples)


def _numbered(state: State, _actor: Actor) -> Offers:
    taken = {one.symbol for one in state.decisions}
    symbol = next(f"sample/{number}" for number in range(10_000) if f"sample/{number}" not in taken)
    for one in state.decisions:
        yield Offer(body={"decision": one.number}, samples={"symbol": symbol})


def _explained(state: State, _actor: Actor) -> Offers:
    yield from (Offer(body={"proposal": one}) for one in state.proposals)


def _ruled(state: State, _actor: Actor) -> Offers:
    for one, subject in product(_open(state), readiness.subjects(state.book)):
        yield Offer(body={"proposal": one.id, "subject": subject})


def _requested(state: State, _actor: Actor) -> Offers:
    for target in sorted(floor.matters(state)):
        yield Offer(body={"target": target})
        yield Offer(body={"target": target, "method": state.book.voting.on_request})


def _requested_no_more(state: State, actor: Actor) -> Offers:
    yield from (Offer(body={"target": one.target}) for one in state.floor.requests if one.by == actor.of)


def _point(_state: State, _actor: Actor) -> Offers:
    yield Offer(samples={"text": "…"})
    yield Offer(body={"conduct_of_voting": True}, samples={"text": "…"})


def _asked(_state: State, _actor: Actor) -> Offers:
    yield from (Offer(body={"purpose": one}) for one in ("statement", "reply"))


_SPECIAL: Mapping[str, Callable[[State, Actor], Offers]] = {
    "attendance": _attendance,
    "floor-asked": _asked,
    "floor-given": _given,
    "point-raised": _point,
    "vote-opened": _opened,
    "vote-explained": _explained,
    "vote-requested": _requested,
    "vote-request-withdrawn": _requested_no_more,
    "majority-ruled": _ruled,
    "credentials-submitted": _submitted,
    "credentials-approved": _approved,
    "amendments-ordered": _ordered,
    "election-opened": _election,
    "lot-drawn": _lots,
    "tellers-appointed": _tellers,
    "motion-moved": _moved,
    "proposal-submitted": _proposed,
    "candidature-submitted": _standing,
    "candidature-withdrawn": _standing_no_more,
    "credentials-challenged": _challenged,
    "challenge-withdrawn": _challenged_no_more,
    "objection-withdrawn": _challenged_no_more,
    "observer-applied": _application,
    "observer-objected": _objection,
    "document-issued": _document,
    "decision-numbered": _numbered,
}
