"""A meeting on this node: made, acted in, read, and given away as its record.

Rules in words. An act is judged by the rules on the newest committed state, signed, and kept with the events before it
in one transaction; nobody is told of it before that is durable. The node signs, with the key that the first entry
names: a device holds a pass and no key. The same submission (`once`) counts once, however often a device sends it.
What a secretary enters in another's name says so in the record and in the access record. The head of the record goes
into the node's ledger when a meeting rises, when the session closes, and when a vote or an election ends.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rogatory.conference.meeting import engine
from rogatory.conference.meeting import possible as trying
from rogatory.conference.meeting.convening import MADE
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.possible import Possible
from rogatory.conference.meeting.refusals import UnknownParticipant
from rogatory.conference.meeting.state import Facts, Phase, State
from rogatory.conference.record import chain, entries
from rogatory.conference.record.chain import Signer
from rogatory.conference.record.entries import Entry
from rogatory.conference.rulebook import lint, loader
from rogatory.errors import BadInput, NotPermitted, RogatoryError, Unavailable
from rogatory.kernel import digests, ids, times
from rogatory.ledger import entries as ledger_entries
from rogatory.node import people
from rogatory.node import record as ledger
from rogatory.node.conference import reading
from rogatory.node.context import Node
from rogatory.node.sittings import Job
from rogatory.node.sittings import Sitting as Sitting
from rogatory.ports.conference import EntryRow, HeadRow
from rogatory.ports.conference import MeetingRow as MeetingRow
from rogatory.ports.record import AuditRow
from rogatory.ports.stores import AlreadyHeld
from rogatory.sealing.keys import SigningKey

SECRETARY = "secretary"
#: How often an act is tried again when another process was faster.
TRIES = 5
_FOR_THEMSELVES = ("presiding", "delegation", "teller")


class MeetingExists(NotPermitted):
    """There is a meeting of this name already."""

    code = "meeting-exists"
    remedy = "Give it another identifier; the record of the one that is here goes on."


class BadMeeting(BadInput):
    """This cannot be the name of a meeting, or of a submission."""

    code = "bad-meeting"
    remedy = "Use 1 to 40 letters, digits, hyphens and low lines, beginning with a letter or digit."


class OnceUsed(NotPermitted):
    """Another submission was made under this name."""

    code = "submission-name-used"
    remedy = "Load the page again and repeat what you meant to do."


class RecordKeyRevoked(NotPermitted):
    """The key that signs this record is not in use any more."""

    code = "record-key-revoked"
    remedy = "Close this record as it stands, and make a new meeting, whose record is signed with a good key."


class ActInterrupted(Unavailable):
    """The node was stopped in the midst of this act."""

    code = "act-interrupted"
    remedy = "Look at how the meeting stands: what was done is shown there. If it is not, do it again."


def create(
    node: Node, actor: people.Actor, facts: Mapping[str, Any], *, rulebook: str, choices: Mapping[str, str]
) -> str:
    """The identifier of a new meeting, whose first entry is signed by the authority of *actor*.

    *facts* are the members of the first event except `exercise`, `rulebook` and `signer` (`spec/meeting-record.md`);
    without `id` one is made. *rulebook* is the name of one that comes with the program, or the TOML text of another.
    Raises `RoleMissing`, `BadMeeting`, `MeetingExists`, `UnsoundRulebook` when no meeting can be held under the
    rulebook, and what the rulebook and the first event are refused for.
    """
    people.require(actor, SECRETARY)
    at = _now(node)
    meeting = facts.get("id") or f"M-{ids.crockford(node.random(7))[:10]}"
    if not entries.is_meeting(meeting):
        raise BadMeeting(f"{str(meeting)[:60]!r} cannot name a meeting")
    key = node.unlock().signing_key(actor.authority, at)
    signer = Signer(state=node.state, authority=actor.authority, key=key.public)
    toml = loader.delivered_text(rulebook) if rulebook in loader.DELIVERED else rulebook
    told = {
        **facts,
        "id": meeting,
        "exercise": node.config.exercise,
        "rulebook": {"toml": toml, "choices": dict(choices)},
        "signer": signer.row(),
    }
    body = entries.plain_body(told, limit=entries.MAX_FIRST // 2)
    event = Event(kind=MADE, by=Actor("secretariat", actor.name), at=at, body=body)
    state = engine.begin(event)
    lint.require_sound(state.book)
    made = entries.write(event, meeting=meeting, number=1, previous="", key=key)
    with node.stores.atomic():
        try:
            node.stores.conference.add_meeting(_row(state.facts, actor, at))
        except AlreadyHeld as error:
            raise MeetingExists(f"there is a meeting {meeting} already") from error
        node.stores.conference.add_entry(EntryRow(meeting=meeting, number=1, line=made.line))
        people.note(
            node, actor, "conference:meeting:make", meeting, f"{state.book.id}, {len(state.seats)} participants"
        )
    node.sittings.put(Sitting(state=state, link=chain.first(made)))
    return str(meeting)


def listed(node: Node) -> tuple[MeetingRow, ...]:
    """The meetings of this node, the one that opens last first."""
    return tuple(node.stores.conference.meetings())


def sitting(node: Node, meeting: str) -> Sitting:
    """How *meeting* stands, as everything committed makes it; raises `NoSuchMeeting` and `RecordDamaged`."""
    if node.sittings.get(meeting) is None:
        with node.sittings.first_reading:
            return _read(node, meeting)
    return _read(node, meeting)


def _read(node: Node, meeting: str) -> Sitting:
    with reading.watched(node, meeting):
        found = reading.caught_up(node, meeting)
    node.sittings.put(found)
    return found


def possible(node: Node, meeting: str, by: Actor) -> tuple[Possible, ...]:
    """All that *by* may do now, and under which rule; raises as `sitting` does."""
    found = sitting(node, meeting)
    return trying.possible(found.state, by, max(_now(node), found.link.at))


def record(node: Node, meeting: str) -> Iterator[bytes]:
    """The lines of the record, each with its line feed; all of them together are the file. Raises `NoSuchMeeting`."""
    return (line + b"\n" for line in reading.lines(node, meeting))


def act(
    node: Node,
    meeting: str,
    by: Actor,
    kind: str,
    body: Mapping[str, Any],
    *,
    entered_by: str = "",
    once: str = "",
) -> Sitting:
    """How *meeting* stands once *by* has done this, and it is durable.

    *entered_by* is the log-in of whoever enters it in the name of *by*; *once* names the submission, so that the same
    one is answered and not done again. Who *by* is must have been established. Never call it inside a transaction.
    Raises what the rules refuse it for, `BadMeeting`, `OnceUsed`, `RecordKeyRevoked`, and as `sitting` does.
    """
    if once and not entries.is_once(once):
        raise BadMeeting(f"{once[:60]!r} cannot name a submission")
    job = Job(by=by, kind=kind, body=entries.plain_body(body), entered_by=entered_by, once=once)
    if node.sittings.get(meeting) is None:
        sitting(node, meeting)  # a meeting that is not here has no line to wait in
    node.sittings.take_turn(meeting, job, lambda jobs: _done(node, meeting, jobs))
    if job.error is not None:
        raise job.error
    if job.sitting is None:
        raise ActInterrupted
    return job.sitting


def enter(
    node: Node,
    actor: people.Actor,
    meeting: str,
    kind: str,
    body: Mapping[str, Any],
    *,
    by: Actor | None = None,
    once: str = "",
) -> Sitting:
    """As `act`, by the secretary *actor*: for the secretariat, or in the name of *by*; raises also `RoleMissing`."""
    people.require(actor, SECRETARY)
    if by is None or by.role == "secretariat":
        return act(node, meeting, Actor("secretariat", actor.name), kind, body, once=once)
    return act(node, meeting, by, kind, body, entered_by=actor.id, once=once)


def submission(by: Actor, name: str) -> str:
    """The name of a submission as the record gives it, for the *name* that a device of *by* chose; empty for none.

    What one participant calls its submissions is nothing to another: nobody takes a name away or learns it is in use.
    """
    return digests.sha256("\n".join((by.role, by.of, name)).encode("utf-8", "replace"))[:32] if name else ""


def heads(node: Node, meeting: str) -> tuple[HeadRow, ...]:
    """The heads of the record that stand in the ledger, in order; `proving.proof` proves each by its digest."""
    return tuple(node.stores.conference.heads(meeting))


def _row(facts: Facts, actor: people.Actor, at: datetime) -> MeetingRow:
    return MeetingRow(
        id=facts.id,
        title={"en": facts.title.en, "fr": facts.title.fr},
        body=facts.body,
        kind=facts.kind,
        venue=facts.venue,
        opens=facts.opens,
        closes=facts.closes,
        authority=actor.authority,
        made_at=at,
        made_by=actor.id,
    )


def _now(node: Node) -> datetime:
    # To the millisecond, as the record writes it: what is judged is what will be replayed.
    return times.parse_stamp(times.stamp(node.clock.now()))


def _done(node: Node, meeting: str, jobs: list[Job]) -> Sitting:
    """The meeting after *jobs*, all in one transaction; tried again when another process was faster."""
    for left in reversed(range(TRIES)):
        try:
            with reading.watched(node, meeting), node.stores.atomic():
                if not node.stores.conference.hold(meeting):
                    raise reading.NoSuchMeeting(f"there is no meeting {meeting} here")
                found = reading.caught_up(node, meeting)
                for job in jobs:
                    job.error = None
                    found = _one(node, found, job)
        except AlreadyHeld:
            if not left:
                raise
        else:
            node.sittings.put(found)
            return found
    raise AssertionError("the last try answers or raises")


def _one(node: Node, before: Sitting, job: Job) -> Sitting:
    """The meeting after *job*, which is kept; or *before*, and why not in the job."""
    try:
        if job.once and _was_done(node, before, job):
            return before
        made = _judged(node, before, job)
    except RogatoryError as error:
        job.error = error
        return before
    state, entry = made
    node.stores.conference.add_entry(
        EntryRow(meeting=before.meeting, number=entry.number, line=entry.line, once=entry.once)
    )
    if _concludes(before.state, state):
        _log_head(node, entry)
    if job.entered_by:
        _note_entered(node, entry)
    return Sitting(state=state, link=chain.after(before.link, entry))


def _was_done(node: Node, before: Sitting, job: Job) -> bool:
    row = node.stores.conference.entry_once(before.meeting, job.once)
    if row is None:
        return False
    held, _ = entries.read(row.line, number=row.number)
    if (held.event.by, held.event.kind, held.event.body) != (job.by, job.kind, job.body):
        raise OnceUsed
    return True


def _judged(node: Node, before: Sitting, job: Job) -> tuple[State, Entry]:
    if job.by.role in _FOR_THEMSELVES and job.by.of not in before.state.seats:
        raise UnknownParticipant(f"no participant of this session is called {job.by.of[:60]}")
    event = Event(kind=job.kind, by=job.by, at=max(_now(node), before.link.at), body=job.body)
    state = engine.step(before.state, event)
    entry = entries.write(
        event,
        meeting=before.meeting,
        number=before.number + 1,
        previous=before.head,
        key=_signing_key(node, before.link.signer),
        entered_by=job.entered_by,
        once=job.once,
    )
    return state, entry


def _signing_key(node: Node, signer: Signer) -> SigningKey:
    for secret in node.unlock().authority(signer.authority).signing:
        if secret.key.public == signer.key and secret.revoked is None:
            return secret.key
    raise RecordKeyRevoked


def _concludes(before: State, after: State) -> bool:
    """Whether a meeting has risen, the session has closed, or a vote or an election has ended."""
    rests = after.phase is not before.phase and after.phase in (Phase.ADJOURNED, Phase.CLOSED)
    ended = sum(one.concluded for one in after.contests.values()) > sum(
        one.concluded for one in before.contests.values()
    )
    return rests or len(after.votes) > len(before.votes) or ended


def _log_head(node: Node, entry: Entry) -> None:
    blinding = node.random(ledger_entries.BLINDING_BYTES)
    index, _ = ledger.append_entry(node, blinding, entry.digest)
    node.stores.conference.add_head(
        HeadRow(digest=entry.digest, meeting=entry.meeting, number=entry.number, ledger_index=index, blinding=blinding)
    )


def _note_entered(node: Node, entry: Entry) -> None:
    by = entry.event.by
    row = AuditRow(
        at=node.clock.now(),
        who=entry.entered_by,
        action="conference:event:enter",
        subject=entry.meeting,
        detail=f"{entry.number} {entry.event.kind}, {by.role} {by.of}",
    )
    node.stores.audit.add(row)
