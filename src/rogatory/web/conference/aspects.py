"""What of a meeting a face shows, as short digests: a face is drawn anew only when one of its aspects has changed.

A state is made of values that never change, so an aspect whose parts are the very same objects as before keeps its
digest. A digest is of contents, so that every process, also after a restart, gives the same one.
"""

import hashlib
from collections.abc import Callable, Mapping

from rogatory.conference.meeting.state import State

Parts = tuple[object, ...]


def _session(state: State) -> Parts:
    return (
        state.phase,
        state.private,
        state.presiding,
        state.notified_at,
        state.supporters,
        state.agenda_circulated_at,
        state.agenda_adopted,
        state.suspended_rules,
    )


def _question(state: State) -> Parts:
    vote = state.vote
    if vote is None:
        return ()
    return (vote.id, vote.question, vote.method, vote.asked, vote.missed, vote.hands, vote.flawed, vote.here)


def _votes_cast(state: State) -> Parts:
    return (state.vote.votes,) if state.vote else ()


def _results(state: State) -> Parts:
    return (len(state.votes), state.votes[-1].id) if state.votes else ()


#: The name of each aspect, and the parts of the state that it is made of.
ASPECTS: Mapping[str, Callable[[State], Parts]] = {
    "session": _session,
    "seats": lambda state: (state.seats,),
    "agenda": lambda state: (state.items, state.item),
    "documents": lambda state: (state.documents,),
    "bureau": lambda state: (state.officers, state.candidatures, state.tellers),
    "floor": lambda state: (state.floor,),
    "proposals": lambda state: (state.proposals,),
    "question": _question,  # the vote being taken, but not the votes that come in
    "how-many-voted": lambda state: (len(state.vote.votes),) if state.vote else (),
    "votes-cast": _votes_cast,
    "results": _results,
    "contests": lambda state: (state.contests,),
    "decisions": lambda state: (state.decisions,),
}


class Digests:
    """The digests of one meeting's aspects, kept from one state to the next."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Parts, str]] = {}

    def of(self, state: State, name: str) -> str:
        """The digest of the aspect *name* of *state*."""
        parts = ASPECTS[name](state)
        held = self._held.get(name)
        if held and len(held[0]) == len(parts) and all(a is b for a, b in zip(held[0], parts, strict=True)):
            return held[1]
        found = digest(parts)
        self._held[name] = (parts, found)
        return found


def digest(value: object) -> str:
    """A short name for *value*, the same for equal values in every process."""
    return hashlib.blake2b(repr(value).encode(), digest_size=6).hexdigest()
