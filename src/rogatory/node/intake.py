"""Taking in an envelope: a ladder of checks, then one transaction, then a signed receipt.

 1 size · 2 form · 3 suite · 4 signature · 5 the sender at that time (sealing.envelope)
 6 not a replay · 7 meant for us · 8 opens with our key · 9 the message is signed by the same authority
10 its kind is known, or it is answered with a signed "not understood" · 11 it fits the case, a letter its thread

A rung that fails raises a coded error and nothing is changed. The very same envelope arriving again gets the receipt
it got before, inside `Replayed`: a sender that lost our answer can still prove delivery, and a thief learns nothing.
"""

from collections.abc import Mapping

from rogatory.casefile import fold, messages, table
from rogatory.casefile.fold import CaseFile
from rogatory.casefile.messages import Message
from rogatory.correspondence import letters
from rogatory.correspondence.letters import Letter
from rogatory.errors import Untrusted
from rogatory.kernel import times
from rogatory.node import letterkinds, partners, people, record
from rogatory.node.context import Node
from rogatory.node.correspondence import letters as correspondence
from rogatory.node.correspondence.letters import Kept
from rogatory.node.evidence import hands
from rogatory.ports.exchange import InboxRow
from rogatory.sealing import envelope, jws, receipts
from rogatory.sealing.envelope import VerifiedEnvelope
from rogatory.sealing.keyring import KeyRing


class Replayed(Untrusted):
    """This envelope was taken in before; nothing was done a second time."""

    code = "envelope-replayed"
    remedy = "Nothing needs to be done: the earlier receipt stands."

    def __init__(self, receipt: str) -> None:
        super().__init__()
        self.receipt = receipt


class EnvelopeIdReused(Untrusted):
    """Another envelope came under this identifier before."""

    code = "envelope-id-reused"
    remedy = "Seal the message again, under a new identifier."


class SignersDiffer(Untrusted):
    """The message inside is not from the authority that sealed it."""

    code = "signers-differ"
    remedy = "Tell the sending State: somebody may be passing on its messages."


class WrongWorldMessage(Untrusted):
    """A message of an exercise reached a real node, or the other way round."""

    code = "wrong-world-message"


def receive(node: Node, data: bytes) -> str:
    """The signed receipt for the envelope *data*, which is now kept; raises a coded `RogatoryError` at its rung."""
    now = node.clock.now()
    ring = partners.ring(node)
    verified = envelope.verify_envelope(envelope.read_envelope(data), ring, now=now)  # 1-5
    _refuse_replay(node, verified)  # 6
    keystore = node.unlock()
    inner = envelope.open_envelope(verified, keystore.identities())  # 7, 8
    signed = _verify_signed(node, verified, inner, ring)  # 9
    with node.stores.atomic():
        node.stores.ledger.lock()
        _refuse_replay(node, verified)
        kept = _take_letter(node, signed) if isinstance(signed, Letter) else _take_message(node, signed)  # 10, 11
        answer = receipts.Receipt(
            envelope=verified.envelope,
            sealed_sha256=verified.sealed_sha256,
            message=signed.digest,
            result=receipts.STORED if kept.understood else receipts.NOT_UNDERSTOOD,
            at=now,
            sender=verified.receiver,
            receiver=verified.sender,
            ledger=receipts.LedgerPlace(index=kept.index, checkpoint=kept.checkpoint),
        )
        receipt = receipts.make_receipt(answer, key=keystore.signing_key(verified.receiver, now)).decode()
        node.stores.inbox.add(
            InboxRow(
                envelope=verified.envelope,
                sha256=verified.digest,
                message=signed.digest,
                sender=verified.sender,
                receipt=receipt,
                arrived_at=now,
            )
        )
    return receipt


def _take_message(node: Node, message: Message) -> Kept:
    """Keep *message* in its case, and do what follows for the exhibits that it names."""
    known = record.messages_of(node, message.case)
    understood = message.kind in table.KINDS
    case = _fit(message, known) if understood else fold.fold([*known.values(), message])
    index, checkpoint = record.keep(node, message, case, ours=False)
    if understood:
        hands.follow(node, message)
    people.note(node, None, "case:message:receive", message.case, f"{message.kind} {message.digest[:16]}")
    return Kept(index=index, checkpoint=checkpoint, understood=understood)


def _take_letter(node: Node, letter: Letter) -> Kept:
    """Keep *letter* in its thread; it opens no case and changes none."""
    kept = correspondence.take_in(node, letter, letterkinds.KINDS)
    people.note(node, None, "letter:thread:receive", letter.thread, f"{letter.kind} {letter.digest[:16]}")
    return kept


def _refuse_replay(node: Node, verified: VerifiedEnvelope) -> None:
    held = node.stores.inbox.get(verified.envelope)
    if held is not None:
        if (held.sha256, held.sender) == (verified.digest, verified.sender):
            raise Replayed(held.receipt)
        raise EnvelopeIdReused


def _verify_signed(node: Node, verified: VerifiedEnvelope, inner: bytes, ring: KeyRing) -> Message | Letter:
    """The message or letter inside, as its type says, signed by the authority that sealed it."""
    is_letter = jws.type_of(inner) == letters.TYP
    typ, limit = (letters.TYP, letters.MAX_BYTES) if is_letter else (messages.TYP, messages.MAX_BYTES)
    unverified = jws.read(inner, typ=typ, limit=limit)
    at = times.parse_stamp(unverified.payload.get("at"))
    signer = ring.signer(unverified.kid, at=at, authority=verified.sender)
    payload = jws.verify_read(unverified, key=signer.key)
    signed = letters.parse(payload, inner) if is_letter else messages.parse(payload, inner)
    if signed.sender != verified.sender or signed.receiver != verified.receiver:
        raise SignersDiffer
    if signed.exercise is not node.config.exercise:
        raise WrongWorldMessage
    return signed


def _fit(message: Message, known: Mapping[str, Message]) -> CaseFile:
    """The case of the messages *known* with *message*, which fits what its author had seen."""
    before = fold.ancestors(message, known)
    if known and not before:
        raise fold.DoesNotFit(f"the case {message.case} is open already")
    seen = fold.fold(before) if before else None
    fold.check_next(seen, message)
    if seen is not None and len(before) == len(known):
        return fold.extend(seen, message)
    return fold.fold([*known.values(), message])
