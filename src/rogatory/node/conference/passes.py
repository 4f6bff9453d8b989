"""Passes: what a device shows instead of an account. A pass acts for one role, and for one participant, at one meeting.

The secret is shown once, when the pass is issued, and printed on a badge; the node keeps its SHA-256. It has 160 random
bits, so guessing is hopeless and a slow hash would add nothing. A revoked pass opens nothing from that moment on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.refusals import UnknownParticipant
from rogatory.conference.meeting.state import State
from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.kernel import digests, ids
from rogatory.node import people
from rogatory.node.conference import meetings
from rogatory.node.context import Node
from rogatory.ports.conference import PassRow

#: What a pass is for: three roles of the rules, and the screen in the room, which shows and never acts.
ROLES = ("presiding", "delegation", "teller", "screen")
#: What a screen's pass stands for where the secretariat lets it show the count of a vote that is still open.
AS_IT_STANDS = "as-it-stands"
SECRET_BYTES = 20
MAX_NAME = 200
MOST_AT_ONCE = 1_000


class BadPass(BadInput):
    """A pass cannot be issued like this."""

    code = "bad-pass"
    remedy = f"Give a role of {', '.join(ROLES)}, the code of a participant (none for a screen), and a name."


class NoSuchPass(NotFound):
    """There is no such pass."""

    code = "no-such-pass"
    remedy = "Ask the secretariat of the meeting for a new badge."


class PassRevoked(NotPermitted):
    """This pass was revoked."""

    code = "pass-revoked"
    remedy = "Ask the secretariat of the meeting for a new badge."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A pass that is to be issued: the role, the code of the participant (empty for a screen), the name on it."""

    role: str
    of: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Who holds a pass: for which meeting, role and participant."""

    id: str
    meeting: str
    role: str
    of: str
    name: str

    @property
    def actor(self) -> Actor:
        """Who acts, as the record says it."""
        return Actor(self.role, self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A pass that was just issued, and its secret, which is never shown again."""

    held: Pass
    secret: str = field(repr=False)


def issue(node: Node, actor: people.Actor, meeting: str, *, role: str, of: str, name: str) -> str:
    """The secret of a new pass; raises `RoleMissing`, `BadPass`, `UnknownParticipant`, `NoSuchMeeting`."""
    return issue_all(node, actor, meeting, [Wish(role=role, of=of, name=name)])[0].secret


def issue_all(node: Node, actor: people.Actor, meeting: str, wishes: Sequence[Wish]) -> tuple[Issued, ...]:
    """New passes, at most 1,000, in the order of *wishes*, all or none; raises as `issue`."""
    people.require(actor, meetings.SECRETARY)
    state = meetings.sitting(node, meeting).state
    if len(wishes) > MOST_AT_ONCE:
        raise BadPass(f"{len(wishes)} passes are more than {MOST_AT_ONCE} at once")
    for wish in wishes:
        _check(state, wish)
    with node.stores.atomic():
        return tuple(_issued(node, actor, meeting, wish) for wish in wishes)


def holder(node: Node, meeting: str, secret: str) -> Pass:
    """Who holds the pass of that *secret*; raises `NoSuchPass` and `PassRevoked`."""
    row = node.stores.conference.pass_of_secret(meeting, digests.sha256(secret.encode("utf-8", "replace")))
    if row is None:
        raise NoSuchPass
    if row.revoked_at is not None:
        raise PassRevoked
    return _pass(row)


def listed(node: Node, actor: people.Actor, meeting: str) -> tuple[PassRow, ...]:
    """The passes of *meeting*, revoked ones too, the oldest first; raises `RoleMissing`."""
    people.require(actor, meetings.SECRETARY)
    return tuple(node.stores.conference.passes(meeting))


def revoke(node: Node, actor: people.Actor, meeting: str, id: str) -> Pass:
    """The pass *id*, which opens nothing any more; raises `RoleMissing` and `NoSuchPass`."""
    people.require(actor, meetings.SECRETARY)
    with node.stores.atomic():
        row = node.stores.conference.revoke_pass(meeting, id, at=node.clock.now(), by=actor.id)
        if row is None:
            raise NoSuchPass(f"no pass {id[:40]} of {meeting[:40]} is in use")
        people.note(node, actor, "conference:pass:revoke", meeting, f"{row.id} {row.role} {row.of}".strip())
    return _pass(row)


def _check(state: State, wish: Wish) -> None:
    if wish.role not in ROLES:
        raise BadPass(f"{wish.role[:40]!r} is no role of a pass: {', '.join(ROLES)}")
    if wish.role == "screen" and wish.of not in ("", AS_IT_STANDS):
        raise BadPass("a screen is nobody's: leave the participant out")
    if wish.role != "screen" and wish.of not in state.seats:
        raise UnknownParticipant(f"no participant of this session is called {wish.of[:60]}")
    if not 0 < len(wish.name) <= MAX_NAME or not wish.name.isprintable():
        raise BadPass(f"the name on a pass has 1 to {MAX_NAME} printable signs")


def _issued(node: Node, actor: people.Actor, meeting: str, wish: Wish) -> Issued:
    secret = ids.crockford(node.random(SECRET_BYTES))
    row = PassRow(
        id=ids.new_id(node.random(17)),
        meeting=meeting,
        role=wish.role,
        of=wish.of,
        name=wish.name,
        digest=digests.sha256(secret.encode()),
        issued_at=node.clock.now(),
        issued_by=actor.id,
    )
    node.stores.conference.add_pass(row)
    people.note(node, actor, "conference:pass:issue", meeting, f"{row.id} {row.role} {row.of}".strip())
    return Issued(held=_pass(row), secret=secret)


def _pass(row: PassRow) -> Pass:
    return Pass(id=row.id, meeting=row.meeting, role=row.role, of=row.of, name=row.name)
