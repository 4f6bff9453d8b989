"""The steps of the ladder on keys, messages and receipts. Each yields notes of what it saw, and raises at what fails.

2 cards: self-signed, compared with what the reader was told  3 signatures: each message, by a key its author had at
that time  4 chain: one case, nothing missing, each step permitted when it was taken  5 receipts: genuine, and for these
messages  8 world: an exercise or not, the same everywhere
"""

from collections.abc import Iterator, Mapping

from rogatory.bundle import index as names
from rogatory.bundle.climb import (
    Climb,
    Incomplete,
    Misplaced,
    NotOneCase,
    WorldsMixed,
    WrongFingerprint,
    same_fingerprint,
)
from rogatory.bundle.report import Note, Outcome
from rogatory.casefile import fold, messages, table
from rogatory.casefile.fold import CaseFile, Request
from rogatory.casefile.messages import Message
from rogatory.evidence.signers import verify_signer
from rogatory.kernel import ids
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, merkle
from rogatory.sealing import cards, jws, receipts
from rogatory.sealing.cards import Card
from rogatory.sealing.receipts import Receipt


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
    if not same_fingerprint(told, found):
        raise WrongFingerprint(f"the identity key of {state} is {found}; you were told {told}")
    climb.compared.add(state)
    return Note(key="card-trusted", values=values)


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
    head = checkpoint.verify_checkpoint(receipt.ledger.checkpoint, climb.ledger_key(receipt.sender[:3]))
    if receipt.ledger.index >= head.size:
        raise merkle.NotIncluded(f"the receipt names entry {receipt.ledger.index} of a ledger of {head.size}")


def one_world(climb: Climb) -> Iterator[Note]:
    """Step 8."""
    held, index = climb.need_messages(), climb.need_index()
    said = {index.exercise} | {message.exercise for message in held.values()}
    said |= {card.exercise for card in climb.cards if card.state in ids.case_states(index.case)}
    if len(said) > 1:
        raise WorldsMixed
    yield Note(key="exercise" if index.exercise else "real")
