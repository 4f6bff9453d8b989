"""Keeping a message: the row, its ledger entry and the new signed checkpoint, in one transaction."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rogatory.casefile import messages
from rogatory.casefile.fold import CaseFile, fold
from rogatory.casefile.messages import Message
from rogatory.errors import NotFound, Untrusted
from rogatory.ledger import checkpoint, entries, merkle
from rogatory.ledger.notes import VerifierKey
from rogatory.node import projection
from rogatory.node.context import Node
from rogatory.ports.exchange import MessageRow
from rogatory.ports.record import Head
from rogatory.sealing import jws


class NoSuchCase(NotFound):
    """There is no such case on this node."""

    code = "no-such-case"


class ChangedInStore(Untrusted):
    """A message in the database is not the one that was kept there."""

    code = "message-changed-in-store"
    remedy = "Restore the database from a backup; the other side of the case holds the true message."


def from_row(row: MessageRow) -> Message:
    """The message in a row; it was verified before it was kept. Raises `ChangedInStore`."""
    known = _parsed.get(row.digest)
    if known is not None and known.jws == row.jws:
        return known
    message = messages.parse(jws.read(row.jws, typ=messages.TYP).payload, row.jws)
    if message.digest != row.digest:
        raise ChangedInStore(f"the stored message {row.digest[:16]}… of the case {row.case} was changed")
    _remember(message)
    return message


# A case is folded at every step: the messages of the cases that are being worked on are read once. What is named by
# its digest never changes, so nothing has to be forgotten except to save memory.
_parsed: dict[str, Message] = {}
_KEPT, _SMALL = 1024, 64 * 1024


def _remember(message: Message) -> None:
    if len(message.jws) <= _SMALL:
        if len(_parsed) >= _KEPT:
            _parsed.clear()
        _parsed[message.digest] = message


def messages_of(node: Node, case: str) -> Mapping[str, Message]:
    """The messages of *case* by digest; empty for a case that is not here."""
    digests = node.stores.messages.digests_of_case(case)
    known = {digest: message for digest in digests if (message := _parsed.get(digest))}
    if len(known) == len(digests):
        return known
    return {row.digest: from_row(row) for row in node.stores.messages.of_case(case)}


def case_file(node: Node, case: str) -> CaseFile:
    """The case as its messages make it; raises `NoSuchCase`."""
    held = messages_of(node, case)
    if not held:
        raise NoSuchCase(f"there is no case {case} here")
    return fold(held.values())


def keep(node: Node, message: Message, case: CaseFile, *, ours: bool) -> tuple[int, str]:
    """The ledger index of the entry of *message*, which is now kept, and the new checkpoint.

    *case* is the fold of all messages of the case with this one. Call inside `stores.atomic()`. Raises `AlreadyHeld`
    for a message that is here.
    """
    blinding = node.random(entries.BLINDING_BYTES)
    index, text = append_entry(node, blinding, message.digest)
    node.stores.messages.add(
        MessageRow(
            digest=message.digest,
            case=message.case,
            kind=message.kind,
            number=message.number,
            ours=ours,
            jws=message.jws,
            stored_at=node.clock.now(),
            ledger_index=index,
            blinding=blinding,
        )
    )
    projection.refresh(node, case)
    _remember(message)
    return index, text


@lru_cache(maxsize=8)
def log_key(origin: str, public: bytes) -> VerifierKey:
    """The verifier key of the log *origin* whose key has the 32 bytes *public*."""
    return VerifierKey(name=origin, public=public)


def append_entry(node: Node, blinding: bytes, digest: str) -> tuple[int, str]:
    """The index of a new ledger entry for *digest*, and the checkpoint signed over the grown log."""
    return append_entries(node, [entries.open_entry(digest, blinding)])


def append_entries(node: Node, openings: Sequence[entries.Opening]) -> tuple[int, str]:
    """The index of the first of the new ledger entries that *openings* open, and the checkpoint over all of them.

    Call inside `stores.atomic()`; keep every opening beside its subject, for nobody can prove an entry without it.
    """
    ledger = node.stores.ledger
    head = ledger.lock()
    added = [opening.entry for opening in openings]
    edge = merkle.append(head.edge, [merkle.hash_leaf(entry) for entry in added]).edge
    signing = node.unlock().ledger
    text = checkpoint.sign_checkpoint(
        checkpoint.Checkpoint(origin=node.config.log_origin, size=edge.size, root=edge.root),
        key=log_key(node.config.log_origin, signing.public.raw),
        sign=signing.sign,
    )
    ledger.append(added, Head(edge=edge, checkpoint=text))
    return head.edge.size, text
