"""What may happen next, and under which rule: every kind of event is tried, with what the meeting has, on the state.

Nothing here knows a rule: what the engine would refuse is not offered, what it would take is. Free texts and numbers
are left to the person (`missing`); they are tried with a sample.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from typing import Any

from rogatory.conference.meeting import engine, floor
from rogatory.conference.meeting.events import Actor, Event, Kind
from rogatory.conference.meeting.state import State
from rogatory.errors import RogatoryError
from rogatory.law.words import Words

MAX_TRIED = 3_000
_LEFT_OPEN = {"name", "text", "number", "words", "counts", "row", "day", "stamp"}
_SAMPLES: dict[str, object] = {
    "name": "sample", "text": "…", "number": 1, "words": {"en": "…", "fr": "…"}, "counts": {}, "day": "2030-01-01"
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """One thing that may be done now: the event, what is left for the person to fill in, and the rule."""

    kind: str
    name: Words
    body: Mapping[str, Any]
    missing: tuple[str, ...]
    rule: str
    cite: Words


def possible(state: State, actor: Actor, at: datetime) -> tuple[Possible, ...]:
    """All that *actor* may do at *at*, in the order of the kinds of events."""
    found = []
    for kind in engine.KINDS.values():
        if actor.role not in kind.by:
            continue
        for body, missing in _bodies(state, kind, actor):
            sample = {**body, **{name: _sample(state, kind.form[name]) for name in missing}}
            if _taken(state, Event(kind=kind.id, by=actor, at=at, body=sample)):
                rule = state.book.rule(kind.rule(state.book))
                found.append(
                    Possible(kind=kind.id, name=kind.name, body=body, missing=missing, rule=rule.id, cite=rule.name)
                )
    return tuple(found)


def _taken(state: State, event: Event) -> bool:
    try:
        engine.step(state, event)
    except RogatoryError:
        return False
    return True


def _bodies(state: State, kind: Kind, actor: Actor) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """The bodies to try: each required reference with each thing the meeting has, each choice with each word."""
    special = _SPECIAL.get(kind.id)
    if special:
        yield from special(state, actor)
        return
    chosen, missing = {}, []
    for name, wanted in kind.form.items():
        if wanted.endswith("?"):
            continue
        values = _values(state, wanted)
        if values is None:
            missing.append(name)
        else:
            chosen[name] = values
    for combination in islice(product(*chosen.values()), MAX_TRIED):
        yield dict(zip(chosen, combination, strict=True)), tuple(missing)


def _values(state: State, wanted: str) -> list[Any] | None:
    """What may stand in a place of the form; None when only a person can say."""
    if "|" in wanted:
        return wanted.split("|")
    known: dict[str, list[Any]] = {
        "seat": sorted(state.seats),
        "item": [one.id for one in state.items],
        "proposal": [one.id for one in state.proposals.values() if one.status == "open"],
        "motion": list(state.book.motions),
        "pending": [one.id for one in state.floor.motions],
        "contest": [one.id for one in state.contests.values() if not one.concluded],
        "vote": [state.vote.id] if state.vote else [],
        "flag": [True, False],
    }
    return known.get(wanted)


def _sample(state: State, wanted: str) -> object:
    wanted = wanted.rstrip("?")
    if wanted.startswith("list:"):
        values = _values(state, wanted[5:])
        return values[:2] if values else [_SAMPLES.get(wanted[5:], "sample")]
    return _SAMPLES.get(wanted, "sample")


Bodies = Iterator[tuple[dict[str, Any], tuple[str, ...]]]


def _floor(state: State, _actor: Actor) -> Bodies:
    waiting = floor.order(state)
    if waiting:
        body: dict[str, Any] = {"seat": waiting[0].code}
        yield body, ()
        yield {**body, "invited": True}, ()


def _votes(state: State, _actor: Actor) -> Bodies:
    targets = [("ruling", "", "")]
    targets += [("motion", one.id, "") for one in state.floor.motions]
    targets += [("proposal", one.id, "") for one in state.proposals.values() if one.status == "open"]
    targets += [
        ("part", one.id, part.id)
        for one in state.proposals.values()
        for part in one.parts
        if one.status == "open" and part.status == "open"
    ]
    targets += [("observer", one.code, "") for one in state.seats.values() if one.place == "objected"]
    targets += [("credentials", one.code, "") for one in state.seats.values() if one.credentials == "challenged"]
    for about, target, part in targets:
        for method in state.book.voting.methods:
            body: dict[str, Any] = {"about": about, "method": method}
            body |= {"target": target} if target else {}
            body |= {"part": part} if part else {}
            body |= {"start": "A"} if method == "roll-call" else {}
            yield body, ()


def _credentials(state: State, _actor: Actor) -> Bodies:
    submitted = [code for code, one in sorted(state.seats.items()) if one.credentials == "submitted"]
    if submitted:
        yield {"accepted": submitted}, ()


def _orders(state: State, _actor: Actor) -> Bodies:
    for one in state.proposals.values():
        waiting = [other.id for other in state.proposals.values() if other.amends == one.id and other.status == "open"]
        if len(waiting) > 1:
            yield {"proposal": one.id, "order": waiting}, ("reasons",)


def _elections(state: State, _actor: Actor) -> Bodies:
    for post in state.book.officers.posts:
        groups = {state.seats[one.state].group for one in state.candidatures if one.post == post.id}
        held = sum(1 for one in state.officers if one.post == post.id)
        for group in ["", *sorted(groups - {""})]:
            body: dict[str, Any] = {"contest": f"E{len(state.contests) + 1}", "post": post.id}
            yield ({**body, "group": group, "seats": 1} if group else {**body, "seats": post.seats - held}), ()


def _lots(state: State, _actor: Actor) -> Bodies:
    for one in state.contests.values():
        lot = one.balloting.lot
        if lot:
            yield {"contest": one.id, "drawn": list(lot.among[: lot.places])}, ()


def _motions(state: State, _actor: Actor) -> Bodies:
    for motion in state.book.motions:
        yield {"motion": motion}, ()
        yield {"motion": motion, "seconds": 180}, ()
        yield {"motion": motion, "target": "new-item", "text": "…"}, ("text",)
        for proposal in state.proposals:
            yield {"motion": motion, "target": proposal}, ()
            yield {"motion": motion, "target": proposal, "parts": ["1", "2"]}, ("parts",)


_SPECIAL = {
    "floor-given": _floor,
    "vote-opened": _votes,
    "credentials-approved": _credentials,
    "amendments-ordered": _orders,
    "election-opened": _elections,
    "lot-drawn": _lots,
    "motion-moved": _motions,
}
