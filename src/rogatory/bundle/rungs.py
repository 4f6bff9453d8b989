"""The steps of the ladder but the one on evidence. Each yields notes of what it saw and raises at what does not hold.

1 whole: the container, the signed page, every member's size and digest  2 cards: self-signed, compared with what the
reader was told  3 signatures: each message, by a key its author had at that time  4 chain: one case, nothing missing,
each step permitted when it was taken  5 receipts: genuine, and for these messages  7 ledger: each message included
under the one signed checkpoint  8 world: an exercise or not, the same everywhere
"""

import hashlib
from collections.abc import Iterator, Mapping

from rogatory.bundle import index as names
from rogatory.bundle.climb import Climb
from rogatory.bundle.container import Container
from rogatory.bundle.index import Index, read_index
from rogatory.bundle.report import Note, Outcome
from rogatory.casefile import fold, messages, table
from rogatory.casefile.fold import CaseFile, Request
from rogatory.casefile.messages import Message
from rogatory.errors import Untrusted
from rogatory.evidence.signers import verify_signer
from rogatory.kernel import canonical, ids
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, merkle, notes, proofs
from rogatory.sealing import cards, jws, receipts
from rogatory.sealing.cards import Card
from rogatory.sealing.receipts import Receipt

MAX_PROOF = 128 * 1024
_FOLDERS = ("cards/", "messages/", "receipts/", "proofs/", "exhibits/")


class MemberChanged(Untrusted):
    """The member is not the one that the signed page of the bundle lists."""

    code = "bundle-member-changed"


class MembersDiffer(Untrusted):
    """The file does not hold exactly the members that its signed page lists, in that order."""

    code = "bundle-members-differ"


class Misplaced(Untrusted):
    """The member is genuine, and does not belong here."""

    code = "bundle-misplaced"


class WrongFingerprint(Untrusted):
    """The State's card has another fingerprint than the one you were told."""

    code = "bundle-fingerprint"
    remedy = "Do not rely on this bundle. Ask the State again for the fingerprint of its identity key."


class NotOneCase(Untrusted):
    """The messages do not make one whole case."""

    code = "bundle-not-one-case"


class Incomplete(Untrusted):
    """The bundle lacks something that it must hold."""

    code = "bundle-incomplete"


class WorldsMixed(Untrusted):
    """Exercise and reality are mixed in this bundle."""

    code = "bundle-worlds-mixed"


def whole(climb: Climb) -> Iterator[Note]:
    """Step 1."""
    container = climb.container = Container(climb.source)
    climb.member = names.SIGNED
    read = read_index(container.read(names.SIGNED, limit=names.MAX_INDEX))
    index = climb.index = read.unverified_index
    if climb.read(names.PLAIN, limit=names.MAX_INDEX) != canonical.dumps(read.signed.payload):
        raise MemberChanged(f"{names.PLAIN} is not what {names.SIGNED} signs")
    climb.member = ""
    if list(container.members) != [names.SIGNED, names.PLAIN, *(one.name for one in index.members)]:
        raise MembersDiffer
    _verify_members(climb, container, index)
    climb.member = names.SIGNED
    if index.exported_by[:3] not in ids.case_states(index.case):
        raise Misplaced(f"{index.exported_by} is no side of the case {index.case}")
    ring = climb.load_ring()
    climb.member = names.SIGNED
    verify_signer(read.signed, authority=index.exported_by, at=index.exported_at, signers=ring)
    total = sum(one.size for one in index.members)
    about = {"by": index.exported_by, "on": stamp(index.exported_at), "at": stamp(index.exported_at)}
    yield Note(key="members", values={"count": len(container.members), "size": total, **about})
    known = (names.README, names.CHECKPOINT)
    strange = [one for one in index.members if not one.name.startswith(_FOLDERS) and one.name not in known]
    if strange:
        yield Note(key="unknown-members", values={"count": len(strange)}, outcome=Outcome.NOT_CHECKED)


def _verify_members(climb: Climb, container: Container, index: Index) -> None:
    listed = {one.name: one for one in index.members}
    for name in container.members:
        climb.member = name
        digest = hashlib.sha256()
        for block in container.blocks(name):
            digest.update(block)
            climb.advance(len(block))
        wanted = listed.get(name)
        if wanted and (container.size(name), digest.hexdigest()) != (wanted.size, wanted.sha256):
            raise MemberChanged(f"its SHA-256 is {digest.hexdigest()}; the signed page lists {wanted.sha256}")


def whose_keys(climb: Climb) -> Iterator[Note]:
    """Step 2."""
    climb.load_ring()
    for name, card in zip(climb.members_under("cards"), climb.cards, strict=True):
        if name != names.card_name(card.state, card.serial):
            raise Misplaced(f"this is card {card.serial} of {card.state}")
    climb.member = ""
    newest = {card.state: card for card in sorted(climb.cards, key=lambda card: card.serial)}
    missing = sorted({*ids.case_states(climb.need_index().case), *climb.trust} - newest.keys())
    if missing:
        raise Incomplete(f"the bundle has no contact card of {', '.join(missing)}")
    for state, card in sorted(newest.items()):
        yield _compared(climb, state, card)


def _compared(climb: Climb, state: str, card: Card) -> Note:
    found = cards.fingerprint(card.identity)
    values = {"state": state, "serial": card.serial, "fingerprint": found}
    told = climb.trust.get(state)
    if told is None:
        return Note(key="card-untold", values=values, outcome=Outcome.NOT_CHECKED)
    climb.member = names.card_name(state, card.serial)
    if _letters(told) != _letters(found):
        raise WrongFingerprint(f"the identity key of {state} is {found}; you were told {told}")
    climb.compared.add(state)
    return Note(key="card-trusted", values=values)


def _letters(fingerprint: str) -> str:
    return "".join(sign for sign in fingerprint.upper() if sign.isalnum())


def signatures(climb: Climb) -> Iterator[Note]:
    """Step 3."""
    index, ring = climb.need_index(), climb.need_ring()
    found: dict[str, Message] = {}
    for name in climb.members_under("messages"):
        if len(found) == names.MAX_MESSAGES:
            raise NotOneCase(f"more than {names.MAX_MESSAGES} messages are not checked")
        data = climb.read(name, limit=messages.MAX_BYTES)
        unverified = jws.read(data, typ=messages.TYP, limit=messages.MAX_BYTES)
        message = messages.parse(unverified.payload, data)
        verify_signer(unverified, authority=message.sender, at=message.at, signers=ring)
        if name != names.message_name(message.number, message.digest):
            raise Misplaced(f"this is message {message.number}, {message.digest[:16]}")
        if message.case != index.case:
            raise Misplaced(f"the message is of the case {message.case}")
        found[message.digest] = message
    climb.member = ""
    climb.messages = found
    authors = ", ".join(sorted({message.sender for message in found.values()}))
    yield Note(key="signed", values={"count": len(found), "by": authors})


def chain(climb: Climb) -> Iterator[Note]:
    """Step 4."""
    held, index = climb.need_messages(), climb.need_index()
    if not held:
        raise Incomplete("the bundle has no messages")
    roots = [message for message in held.values() if not message.follows]
    if len(roots) != 1:
        raise NotOneCase(f"{len(roots)} messages open the case; one does")
    _verify_steps(climb, held)
    climb.member = ""
    case = fold.fold(held.values())
    if case.heads != tuple(sorted(index.heads)):
        raise NotOneCase("the newest messages are not those that the exporter lists: some were taken out or added")
    climb.case = case
    for request in case.requests.values():
        yield from _standing(case, request)
    for event in case.events:
        if event.ineffective:
            number, kind = event.message.number, event.message.kind
            yield Note(key="ineffective", values={"number": number, "kind": kind, "why": event.ineffective})


def _verify_steps(climb: Climb, held: Mapping[str, Message]) -> None:
    """Raise unless each message was permitted by the fold of exactly what it follows."""
    before: CaseFile | None = None
    for message in sorted(held.values(), key=lambda message: message.order):
        climb.member = names.message_name(message.number, message.digest)
        for digest in message.follows:
            if digest not in held:
                raise fold.MissingMessage(f"the message follows {digest[:16]}…, which is not in the bundle")
            if held[digest].number >= message.number:
                raise NotOneCase(f"the message is number {message.number} and follows number {held[digest].number}")
        if message.kind in table.KINDS:
            # One who had seen all that comes before, as nearly everybody has, is spared a fold of his own.
            seen = before if before and before.heads == message.follows else _seen(message, held)
            fold.check_next(seen, message)
        before = fold.extend(before, message) if before else fold.fold([message])


def _seen(message: Message, held: Mapping[str, Message]) -> CaseFile | None:
    earlier = fold.ancestors(message, held)
    return fold.fold(earlier) if earlier else None


def _standing(case: CaseFile, request: Request) -> Iterator[Note]:
    short = {"digest": request.digest[:16], "measure": request.measure, "instrument": request.instrument}
    yield Note(key="request", values={**short, "state": request.state, "since": stamp(request.since)})
    if request.began is None or request.until is None:
        return
    # The law data is only read for a case that has a clock: the other checks start faster without it.
    from rogatory.casefile import clocks
    from rogatory.law.loader import load_law

    clock = clocks.clock(request, case.requests, load_law())
    if clock is None:
        return
    period = {"began": stamp(clock.began), "until": stamp(clock.until), "days": clock.minimum_days}
    key = "clock-short" if clock.until < clock.minimum_until else "clock"
    yield Note(key=key, values={**period, "minimum": stamp(clock.minimum_until)})
    if clock.held:
        yield Note(key="clock-held")


def receipted(climb: Climb) -> Iterator[Note]:
    """Step 5."""
    held, ring = climb.need_messages(), climb.need_ring()
    found: dict[str, Receipt] = {}
    for name in climb.members_under("receipts"):
        receipt = receipts.verify_receipt(climb.read(name, limit=receipts.MAX_RECEIPT), ring, now=None)
        message = held.get(receipt.message)
        if message is None or name != names.receipt_name(receipt.envelope):
            raise Misplaced("the receipt is for no message of this case, or stands under another name")
        if (receipt.sender, receipt.receiver) != (message.receiver, message.sender):
            raise Misplaced(f"{receipt.sender} gives a receipt for a message that was for {message.receiver}")
        _verify_receivers_ledger(climb, receipt)
        found[receipt.message] = receipt
    climb.member = ""
    yield Note(key="receipted", values={"count": len(found), "all": len(held)})
    for digest, message in held.items():
        about = {"number": message.number, "kind": message.kind}
        if digest not in found:
            yield Note(key="not-receipted", values={**about, "by": message.sender}, outcome=Outcome.NOT_CHECKED)
        elif found[digest].result != receipts.STORED:
            yield Note(key="not-understood", values={**about, "by": message.receiver})


def _verify_receivers_ledger(climb: Climb, receipt: Receipt) -> None:
    if receipt.ledger is None:
        return
    head = checkpoint.verify_checkpoint(receipt.ledger.checkpoint, _ledger_key(climb, receipt.sender[:3]))
    if receipt.ledger.index >= head.size:
        raise merkle.NotIncluded(f"the receipt names entry {receipt.ledger.index} of a ledger of {head.size}")


def _ledger_key(climb: Climb, state: str) -> notes.VerifierKey:
    return notes.parse_vkey(climb.need_ring().cards[state].ledger.key)


def logged(climb: Climb) -> Iterator[Note]:
    """Step 7."""
    held, index, ring = climb.need_messages(), climb.need_index(), climb.need_ring()
    if index.exported_by[:3] not in ring.cards:
        raise Incomplete(f"the bundle has no contact card of {index.exported_by[:3]}")
    key = _ledger_key(climb, index.exported_by[:3])
    text = climb.read(names.CHECKPOINT, limit=notes.MAX_NOTE_BYTES)
    head = checkpoint.verify_checkpoint(text, key)
    for digest in held:
        name = names.proof_name(digest)
        proof = proofs.read_proof(canonical.loads_canonical(climb.read(name, limit=MAX_PROOF)))
        if proof.checkpoint.encode() != text:
            raise Misplaced(f"the proof is under another checkpoint than {names.CHECKPOINT}")
        proofs.verify_proof(proof, digest, key)
    for name in climb.members_under("proofs"):
        if name.removeprefix("proofs/").removesuffix(".json") not in held:
            raise Misplaced("the proof is about no message of this case")
    climb.member = ""
    yield Note(key="logged", values={"count": len(held), "origin": head.origin, "size": head.size})


def one_world(climb: Climb) -> Iterator[Note]:
    """Step 8."""
    held, index = climb.need_messages(), climb.need_index()
    said = {index.exercise} | {message.exercise for message in held.values()}
    said |= {card.exercise for card in climb.cards if card.state in ids.case_states(index.case)}
    if len(said) > 1:
        raise WorldsMixed
    yield Note(key="exercise" if index.exercise else "real")
