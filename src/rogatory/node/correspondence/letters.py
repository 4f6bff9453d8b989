"""Letters of this node: written, kept, laid in the outbox, taken in, and read.

A letter goes to a partner whose card was accepted, in the envelope of messages, by the same outbox and inbox. Each
kind says what its body must be, who may write it, and what follows when one arrives; `node.letterkinds` lists them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rogatory.correspondence import letters, threads
from rogatory.correspondence.letters import Letter, Place, Writer
from rogatory.errors import NotFound
from rogatory.kernel import ids
from rogatory.ledger import entries
from rogatory.node import issuing, people, record
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.correspondence import LetterRow
from rogatory.sealing import jws

#: So many of the newest letters of a thread are looked at to say where the next one stands: no more can be followed.
NEWEST = letters.MAX_FOLLOWS
#: At most so many letters are given at once.
MOST = 500
#: Roles that may read letters: all who read cases, and those who work with other States outside of cases.
READERS = people.READERS | {"assessor", "liaison"}


Held = tuple[LetterRow, Letter]


class NoSuchThread(NotFound):
    """There is no such thread of letters here."""

    code = "no-such-thread"


class NoSuchLetter(NotFound):
    """There is no such letter here."""

    code = "no-such-letter"


def nothing_follows(_node: Node, _letter: Letter) -> None:
    """What follows from a letter that is only to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of letter.

    *check* raises a coded error for a body that the kind must not have, ours or theirs. One of *roles* writes it; the
    first that a person holds is named in the letter. *follow* is called in the transaction that takes a letter in; an
    error that it raises refuses the letter.
    """

    name: str
    check: Callable[[Mapping[str, Any]], None]
    roles: tuple[str, ...]
    follow: Callable[[Node, Letter], None] = nothing_follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A letter that was kept: its ledger entry, the checkpoint over it, and whether its kind is known here."""

    index: int
    checkpoint: str
    understood: bool


def send(
    node: Node, actor: Actor, *, kind: Kind, receiver: str, body: Mapping[str, Any], thread: str | None = None
) -> Letter:
    """The letter that *actor* writes to the authority *receiver*, kept and on its way; a new thread without *thread*.

    Joins the transaction that is open, or makes its own. Raises `RoleMissing`, `NotOurAuthority`, `NoSuchPartner` when
    nobody has accepted the receiver's card, `NoSuchThread`, `LetterDoesNotFit`, and what the kind's check raises.
    """
    role = next((one for one in kind.roles if one in actor.roles), None)
    if role is None:
        raise people.RoleMissing(f"{actor.name} holds no role that writes a letter of the kind {kind.name}")
    writer = Writer(name=actor.name, role=role)
    with node.stores.atomic():
        if thread is None:
            letter = open_thread(node, kind=kind, writer=writer, sender=actor.authority, receiver=receiver, body=body)
        else:
            place = next_place(node, thread)
            letter = write(node, place, kind=kind, writer=writer, sender=actor.authority, receiver=receiver, body=body)
        people.note(node, actor, f"letter:{kind.name}:send", letter.thread, f"{receiver} {letter.digest[:16]}")
    return letter


def broadcast(
    node: Node, actor: Actor, *, kind: Kind, receivers: Iterable[str], body: Mapping[str, Any]
) -> tuple[Letter, ...]:
    """One letter in a new thread for each of *receivers*, all or none of them; raises as `send`."""
    with node.stores.atomic():
        return tuple(
            send(node, actor, kind=kind, receiver=receiver, body=body) for receiver in dict.fromkeys(receivers)
        )


def open_thread(
    node: Node,
    *,
    kind: Kind,
    writer: Writer,
    sender: str,
    receiver: str,
    body: Mapping[str, Any],
    thread: str | None = None,
) -> Letter:
    """The first letter of a new thread, by the name *thread* if given; call inside `stores.atomic()`. As `write`."""
    place = Place(thread=thread or ids.new_id(node.random(17)))
    return write(node, place, kind=kind, writer=writer, sender=sender, receiver=receiver, body=body)


def next_place(node: Node, thread: str) -> Place:
    """Where the next letter of *thread* stands; call inside `stores.atomic()`. Raises `NoSuchThread`."""
    node.stores.ledger.lock()
    held = of_thread(node, thread, limit=NEWEST)
    if not held:
        raise NoSuchThread(f"there is no thread {thread} here")
    return threads.next_place(thread, held)


def write(
    node: Node, place: Place, *, kind: Kind, writer: Writer, sender: str, receiver: str, body: Mapping[str, Any]
) -> Letter:
    """The letter at *place*, signed, kept and laid in the outbox; call inside `stores.atomic()`. Raises as `send`."""
    if sender not in node.authorities:
        raise issuing.NotOurAuthority(f"{sender} is not an authority of this node")
    kind.check(body)
    node.stores.ledger.lock()
    now = node.clock.now()
    signed = letters.payload(
        kind=kind.name,
        id=ids.new_id(node.random(17)),
        place=place,
        sender=sender,
        receiver=receiver,
        at=now,
        exercise=node.config.exercise,
        person=writer,
        body=body,
    )
    key = node.unlock().signing_key(sender, now)
    letter = letters.parse(signed, jws.sign(signed, key=key, typ=letters.TYP))
    _require_fit(node, letter)
    _keep(node, letter, ours=True, understood=True)
    issuing.dispatch(node, letter, order=letter.thread)
    return letter


def take_in(node: Node, letter: Letter, kinds: Mapping[str, Kind]) -> Kept:
    """Keep *letter*, which a partner signed, and do what follows; call inside the transaction of the intake.

    One of a kind that is not among *kinds* is kept all the same. Raises `MissingLetter`, `LetterDoesNotFit` and what
    the kind's check and follow raise.
    """
    kind = kinds.get(letter.kind)
    if kind is not None:
        kind.check(letter.body)
    _require_fit(node, letter)
    kept = _keep(node, letter, ours=False, understood=kind is not None)
    if kind is not None:
        kind.follow(node, letter)
    return kept


def of_thread(node: Node, thread: str, *, limit: int = MOST) -> Sequence[Letter]:
    """The newest letters of *thread*, in the order of their numbers; none for a thread that is not here."""
    found = [from_row(row) for row in node.stores.letters.of_thread(thread, limit=limit)]
    return sorted(found, key=lambda one: (one.number, one.digest))


def of_kind(node: Node, kind: str, *, limit: int = 100, before: int | None = None) -> Sequence[Held]:
    """Letters of *kind*, ours and theirs, the newest first; the next page is *before* the last `ledger_index` here."""
    return _opened(node.stores.letters.newest(limit=min(limit, MOST), before=before, kind=kind))


def arrived(node: Node, kind: str, *, limit: int = 100, before: int | None = None) -> Sequence[Held]:
    """As `of_kind`, of those that partners wrote."""
    return _opened(node.stores.letters.newest(limit=min(limit, MOST), before=before, kind=kind, ours=False))


def newest(node: Node, actor: Actor, *, limit: int = 100, before: int | None = None) -> Sequence[Held]:
    """Letters of every kind, known here or not, the newest first, for *actor* to read; raises `RoleMissing`."""
    _require_reader(actor)
    return _opened(node.stores.letters.newest(limit=min(limit, MOST), before=before))


def thread_page(node: Node, actor: Actor, thread: str) -> Sequence[Letter]:
    """The letters of *thread* for *actor* to read, which is recorded; raises `RoleMissing` and `NoSuchThread`."""
    _require_reader(actor)
    found = of_thread(node, thread)
    if not found:
        raise NoSuchThread(f"there is no thread {thread} here")
    with node.stores.atomic():
        people.note(node, actor, "letter:thread:read", thread)
    return found


def get(node: Node, digest: str) -> Letter:
    """The letter of that digest; raises `NoSuchLetter`."""
    row = node.stores.letters.get(digest)
    if row is None:
        raise NoSuchLetter
    return from_row(row)


def from_row(row: LetterRow) -> Letter:
    """The letter in a row; it was verified before it was kept. Raises `ChangedInStore`."""
    letter = letters.parse(jws.read(row.jws, typ=letters.TYP, limit=letters.MAX_BYTES).payload, row.jws)
    if letter.digest != row.digest:
        raise record.ChangedInStore(f"the stored letter {row.digest[:16]}… of the thread {row.thread} was changed")
    return letter


def _opened(found: Sequence[LetterRow]) -> Sequence[Held]:
    return [(row, from_row(row)) for row in found]


def _require_reader(actor: Actor) -> None:
    if not actor.roles & READERS:
        raise people.RoleMissing(f"{actor.name} holds no role that reads letters")


def _require_fit(node: Node, letter: Letter) -> None:
    followed = [from_row(row) for row in node.stores.letters.several(letter.follows)]
    is_open = bool(node.stores.letters.of_thread(letter.thread, limit=1))
    threads.require_fit(letter, followed, is_open=is_open)


def _keep(node: Node, letter: Letter, *, ours: bool, understood: bool) -> Kept:
    blinding = node.random(entries.BLINDING_BYTES)
    index, text = record.append_entry(node, blinding, letter.digest)
    node.stores.letters.add(
        LetterRow(
            digest=letter.digest,
            thread=letter.thread,
            kind=letter.kind,
            number=letter.number,
            ours=ours,
            understood=understood,
            sender=letter.sender,
            receiver=letter.receiver,
            jws=letter.jws,
            stored_at=node.clock.now(),
            ledger_index=index,
            blinding=blinding,
        )
    )
    return Kept(index=index, checkpoint=text, understood=understood)
