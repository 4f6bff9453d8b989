"""Taking in an envelope: a ladder of checks, then one transaction, then a signed receipt.

 1 size · 2 form · 3 suite · 4 signature · 5 the sender at that time (sealing.envelope)
 6 not a replay · 7 meant for us · 8 opens with our key · 9 the message is signed by the same authority
10 its kind is known, or it is answered with a signed "not understood" · 11 it fits the case

A rung that fails raises a coded error and nothing is changed. The very same envelope arriving again gets the receipt
it got before, inside `Replayed`: a sender that lost our answer can still prove delivery, and a thief learns nothing.
"""

from collections.abc import Mapping

from rogatory.casefile import fold, messages, table
from rogatory.casefile.fold import CaseFile
from rogatory.casefile.messages import Message
from rogatory.errors import Untrusted
from rogatory.kernel import times
from rogatory.node import partners, people, record
from rogatory.node.context import Node
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
    message = _verify_message(node, verified, inner, ring)  # 9
    with node.stores.atomic():
        node.stores.ledger.lock()
        _refuse_replay(node, verified)
        known = record.messages_of(node, message.case)
        understood = message.kind in table.KINDS  # 10
        case = _fit(message, known) if understood else fold.fold([*known.values(), message])  # 11
        index, checkpoint = record.keep(node, message, case, ours=False)
        answer = receipts.Receipt(
            envelope=verified.envelope,
            sealed_sha256=verified.sealed_sha256,
            message=message.digest,
            result=receipts.STORED if understood else receipts.NOT_UNDERSTOOD,
            at=now,
            sender=verified.receiver,
            receiver=verified.sender,
            ledger=receipts.LedgerPlace(index=index, checkpoint=checkpoint),
        )
        receipt = receipts.make_receipt(answer, key=keystore.signing_key(verified.receiver, now)).decode()
        node.stores.inbox.add(
            InboxRow(
                envelope=verified.envelope,
                sha256=verified.digest,
                message=message.digest,
                sender=verified.sender,
                receipt=receipt,
                arrived_at=now,
            )
        )
        if understood:
            hands.follow(node, message)
        people.note(node, None, "case:message:receive", message.case, f"{message.kind} {message.digest[:16]}")
    return receipt


def _refuse_replay(node: Node, verified: VerifiedEnvelope) -> None:
    held = node.stores.inbox.get(verified.envelope)
    if held is not None:
        if (held.sha256, held.sender) == (verified.digest, verified.sender):
            raise Replayed(held.receipt)
        raise EnvelopeIdReused


def _verify_message(node: Node, verified: VerifiedEnvelope, inner: bytes, ring: KeyRing) -> Message:
    unverified = jws.read(inner, typ=messages.TYP, limit=messages.MAX_BYTES)
    at = times.parse_stamp(unverified.payload.get("at"))
    signer = ring.signer(unverified.kid, at=at, authority=verified.sender)
    message = messages.parse(jws.verify_read(unverified, key=signer.key), inner)
    if message.sender != verified.sender or message.receiver != verified.receiver:
        raise SignersDiffer
    if message.exercise is not node.config.exercise:
        raise WrongWorldMessage
    return message


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
