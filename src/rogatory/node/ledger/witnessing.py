"""Being witnessed: which States are asked to cosign our checkpoints, asking them, and what their word is worth.

A checkpoint is put before all witnesses at once, so that their cosignatures gather under one text; a newer one is
taken at most every ten seconds. Each witness is given the consistency proof from the size it saw last; if it names
another size, that one is taken and it is asked once more. What a witness says against our own log (it saw more of it,
or another root) raises an alarm: the node was restored from an old backup, or a second one signs with its keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError, Unavailable
from rogatory.law.words import Words
from rogatory.ledger import checkpoint, notes, witness
from rogatory.ledger.notes import VerifierKey
from rogatory.ledger.witness import Cosigner, Submission
from rogatory.node import partners, people, waits
from rogatory.node.context import Node
from rogatory.node.ledger import alarms, proving
from rogatory.node.ledger.alarms import Alarm
from rogatory.node.ledger.following import is_due
from rogatory.node.people import Actor
from rogatory.ports.witness import CosignedRow, WitnessRow
from rogatory.ports.world import Answer

#: At most so often is a newer checkpoint put before the witnesses.
PACE = timedelta(seconds=10)
LEASE = timedelta(minutes=2)
#: A note has at most 64 signatures, and each witness may sign under an old and a new key.
MOST_WITNESSES = 30
#: How many of the newest checkpoints are looked through for one that is witnessed.
LOOKED_AT = 256

NOBODY = Words(
    "No witness is configured: nobody outside this State can vouch that its log was not rewritten.",
    "Aucun témoin n’est configuré : personne hors de cet État ne peut attester que son registre n’a pas été réécrit.",
)
NOTHING_YET = Words(
    "The log is empty: there is nothing to witness yet.",
    "Le registre est vide : il n’y a encore rien à attester.",
)
NOT_YET = Words(
    "No checkpoint is witnessed yet. Cosignatures so far: {have}, of {needed} needed.",
    "Aucun point de contrôle n’est encore attesté. Cosignatures réunies : {have}, sur {needed} nécessaires.",
)
BEHIND = Words(
    "The log is witnessed up to entry {witnessed} of {size}; what is newer waits for its cosignatures.",
    "Le registre est attesté jusqu’à l’entrée {witnessed} sur {size} ; la suite attend ses cosignatures.",
)
WITNESSED = Words(
    "The whole log is witnessed: {size} entries. Cosignatures: {have}, of {needed} needed; witnesses asked: {of}.",
    "Tout le registre est attesté, entrées : {size}. Cosignatures : {have}, sur {needed} nécessaires ; témoins : {of}.",
)


class WitnessWithoutKey(BadInput):
    """The card of that State names no key to cosign with."""

    code = "witness-without-key"
    remedy = "Ask the State for its newest contact card, compare the fingerprint and accept it."


class AlreadyWitness(NotPermitted):
    """That State is a witness already."""

    code = "already-witness"


class NoSuchWitness(NotFound):
    """That State is no witness of ours."""

    code = "no-such-witness"
    remedy = "The witnesses are listed by: rogatory witness list."


class BadPolicy(BadInput):
    """The number of cosignatures that are needed cannot be that."""

    code = "bad-witness-policy"
    remedy = "Give a number from 1 to the number of witnesses; add witnesses first."


class NothingWitnessed(NotFound):
    """No checkpoint of this log is witnessed yet."""

    code = "nothing-witnessed"


class WitnessRefused(Unavailable):
    """The witness did not cosign."""

    code = "witness-refused"
    remedy = "Ask the witness whether it has accepted the newest card of this State; it is asked again by itself."


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOfWitnessing:
    """How well our log is witnessed: entries in all and witnessed, who cosigned the newest, and that in words.

    *cosigners* are those of the checkpoint that *witnessed* tells of or, before there is one, of the newest that was
    put before the witnesses.
    """

    witnesses: tuple[WitnessRow, ...]
    needed: int
    size: int
    witnessed: int
    cosigners: tuple[Cosigner, ...]
    words: Words


def add(node: Node, actor: Actor, state: str) -> WitnessRow:
    """The partner *state*, asked to cosign from now on (administrator).

    Raises `NoSuchPartner`, `WitnessWithoutKey`, `AlreadyWitness`, `BadPolicy` for one too many.
    """
    people.require(actor, "administrator")
    witness_key(node, state)
    now = node.clock.now()
    row = WitnessRow(state=state, added_at=now, added_by=actor.id, next_at=now)
    with node.stores.atomic():
        held = node.stores.witnesses.witnesses()
        if any(one.state == state for one in held):
            raise AlreadyWitness(f"{state} is a witness already")
        if len(held) >= MOST_WITNESSES:
            raise BadPolicy(f"there are {len(held)} witnesses; more than {MOST_WITNESSES} are not asked")
        node.stores.witnesses.put_witness(row)
        people.note(node, actor, "witness:state:add", state)
    return row


def remove(node: Node, actor: Actor, state: str) -> None:
    """Ask *state* no more (administrator); what it cosigned stays where it is. Raises `NoSuchWitness`."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        if node.stores.witnesses.witness(state) is None:
            raise NoSuchWitness(f"{state} is no witness of ours")
        node.stores.witnesses.remove_witness(state)
        people.note(node, actor, "witness:state:remove", state)


def set_policy(node: Node, actor: Actor, needed: int) -> None:
    """Let a checkpoint count as witnessed with *needed* cosignatures (administrator); raises `BadPolicy`."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        of = len(node.stores.witnesses.witnesses())
        if not 1 <= needed <= of:
            raise BadPolicy(f"{needed} cosignatures cannot be asked of {of} witnesses")
        node.stores.witnesses.set_policy(needed)
        people.note(node, actor, "witness:policy:set", node.state, f"{needed} of {of}")


def witness_key(node: Node, state: str) -> VerifierKey:
    """The key with which *state* cosigns, as its accepted card says; raises `NoSuchPartner`, `WitnessWithoutKey`."""
    told = partners.card_of(node, state).ledger.witness
    if told is None:
        raise WitnessWithoutKey(f"the card of {state} names no key to cosign with")
    try:
        key = notes.parse_vkey(told)
    except notes.BadVerifierKey as error:
        raise WitnessWithoutKey(f"the key on the card of {state} cannot be read: {error.message}") from error
    if key.algorithm != notes.COSIGNATURE_V1:
        raise WitnessWithoutKey(f"the key on the card of {state} is not one to cosign with")
    return key


def witness_keys(node: Node) -> tuple[VerifierKey, ...]:
    """The keys of our witnesses, those whose cards can be read."""
    found = []
    for row in node.stores.witnesses.witnesses():
        try:
            found.append(witness_key(node, row.state))
        except RogatoryError:
            continue
    return tuple(found)


def newest_witnessed(node: Node, *, covering: int = 0) -> str | None:
    """The newest checkpoint of ours, of *covering* entries or more, that our policy calls witnessed, if there is one.

    The cosignatures stand in the text. None, too, where no witness is configured.
    """
    keys, needed = witness_keys(node), node.stores.witnesses.policy()
    for row in node.stores.witnesses.cosigned(LOOKED_AT):
        if row.size >= covering and len(witness.cosigners(row.text, keys)) >= needed:
            return row.text
    return None


def witnessed_text(node: Node) -> str:
    """As `newest_witnessed`; raises `NothingWitnessed` in place of None."""
    text = newest_witnessed(node)
    if text is None:
        raise NothingWitnessed
    return text


def state_of_witnessing(node: Node) -> StateOfWitnessing:
    """How well our log is witnessed now, in numbers and in words."""
    store = node.stores.witnesses
    asked, needed, size = tuple(store.witnesses()), store.policy(), node.stores.ledger.size()
    keys = witness_keys(node)
    held = [(row.size, witness.cosigners(row.text, keys)) for row in store.cosigned(LOOKED_AT)] if asked else []
    witnessed, signers = next((one for one in held if len(one[1]) >= needed), (0, ()))
    shown = signers if witnessed else (held[0][1] if held else ())
    values = {"have": len(shown), "needed": needed, "of": len(asked), "size": size, "witnessed": witnessed}
    if not asked:
        words = NOBODY
    elif not size:
        words = NOTHING_YET
    elif not witnessed:
        words = NOT_YET.fill(**values)
    else:
        words = (WITNESSED if witnessed >= size else BEHIND).fill(**values)
    return StateOfWitnessing(
        witnesses=asked, needed=needed, size=size, witnessed=witnessed, cosigners=shown, words=words
    )


def watch_own(node: Node) -> None:
    """Raise an alarm when the log in the database does not continue what this node itself signed."""
    for text in reversed(node.stores.ledger.lost_checkpoints()):
        key = VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)
        try:
            lost = checkpoint.verify_checkpoint(text, key)
        except RogatoryError:
            continue
        values = {"old": lost.size, "size": node.stores.ledger.size()}
        found = Alarm(kind=alarms.OWN_SET_BACK, state=node.state, origin=key.name, values=values, first=text)
        with node.stores.atomic():
            alarms.raise_alarm(node, replace(found, second=node.stores.ledger.checkpoint() or ""))
        return


def due(node: Node) -> Sequence[str]:
    """The witnesses that are to be asked now; a newer checkpoint is put before them first, if it is time."""
    asked = node.stores.witnesses.witnesses()
    if not asked:
        return []
    now = node.clock.now()
    target = _target(node, now)
    if target is None:
        return []
    return [row.state for row in asked if row.cosigned_size < target.size and is_due(row.next_at, now)]


def _target(node: Node, now: datetime) -> CosignedRow | None:
    held = next(iter(node.stores.witnesses.cosigned(1)), None)
    text = node.stores.ledger.checkpoint()
    if text is None:
        return held
    size = checkpoint.read_checkpoint(text).checkpoint.size
    if held is not None and (size <= held.size or held.at <= now < held.at + PACE):
        return held
    row = CosignedRow(size=size, text=text, at=now)
    with node.stores.atomic():
        node.stores.witnesses.put_cosigned(node.stores.witnesses.cosigned_at(size) or row)
    return row


def ask(node: Node, state: str) -> None:
    """Put our newest checkpoint before the witness *state*, unless it is not time; what it answers is kept."""
    with node.stores.atomic():
        row, now = node.stores.witnesses.witness(state), node.clock.now()
        target = next(iter(node.stores.witnesses.cosigned(1)), None)
        if row is None or target is None or not is_due(row.next_at, now):
            return
        node.stores.witnesses.put_witness(replace(row, next_at=now + LEASE))
    try:
        key = witness_key(node, state)
        known, lines = _submit(node, row, target)
        text = "" if lines is None else witness.add_cosignatures(target.text, lines, [key])
    except _Contradicted as found:
        _keep_failure(node, row, WitnessRefused(found.alarm.kind), found.alarm)
    except RogatoryError as error:
        _keep_failure(node, row, error, None)
    else:
        _keep(node, row, known, text, key)


class _Contradicted(Exception):
    """The witness contradicts our own log."""

    def __init__(self, alarm: Alarm) -> None:
        super().__init__(alarm.kind)
        self.alarm = alarm


def _submit(node: Node, row: WitnessRow, target: CosignedRow) -> tuple[int, bytes | None]:
    """The size that the witness holds from now on and its lines; no lines when it holds more than *target* has."""
    address, known = partners.card_of(node, row.state).address, row.known_size
    for _ in range(2):
        if known > target.size:
            return known, None
        proof, _ = proving.growth(node, known, under=target.text)
        body = Submission(old=known, proof=tuple(proof), text=target.text).to_bytes()
        answer = node.transport.add_checkpoint(address, body)
        if answer.status == 200:
            return target.size, answer.body
        known = _size_told(node, row, target, known, answer)
    raise WitnessRefused(f"{row.state} names another size each time")


def _size_told(node: Node, row: WitnessRow, target: CosignedRow, sent: int, answer: Answer) -> int:
    """The size from which the witness wants the proof; raises `_Contradicted` and `WitnessRefused`."""
    if answer.status == 422:
        raise _Contradicted(_own(node, row, alarms.OWN_REFUSED, target, size=target.size, old=sent))
    if answer.status != 409:
        raise WitnessRefused(answer.message or f"{row.state} answers with HTTP status {answer.status}")
    told = witness.read_size(answer.body)
    ours = node.stores.ledger.size()
    if told > ours:
        raise _Contradicted(_own(node, row, alarms.OWN_BEHIND, target, size=ours, told=told))
    if told == sent == target.size:
        raise _Contradicted(_own(node, row, alarms.OWN_FORKED, target, size=told))
    return told


def _own(node: Node, row: WitnessRow, kind: str, target: CosignedRow, **values: int) -> Alarm:
    origin = node.config.log_origin
    return Alarm(kind=kind, state=row.state, origin=origin, values=values, first=target.text)


def _keep(node: Node, row: WitnessRow, known: int, text: str, key: VerifierKey) -> None:
    with node.stores.atomic():
        held = node.stores.witnesses.witness(row.state)
        if held is None:
            return
        now = node.clock.now()
        kept = replace(held, known_size=known, next_at=now + PACE, attempts=0, failing_since=None, code="", reason="")
        if text:
            target = node.stores.witnesses.cosigned_at(known)
            if target is not None:
                lines = text.partition("\n\n")[2].encode()
                gathered = witness.add_cosignatures(target.text, lines, [key])
                node.stores.witnesses.put_cosigned(replace(target, text=gathered))
            at = max(one.at for one in witness.cosigners(text, [key]))
            kept = replace(kept, cosigned_size=known, cosigned_at=at)
        node.stores.witnesses.put_witness(kept)


def _keep_failure(node: Node, row: WitnessRow, error: RogatoryError, alarm: Alarm | None) -> None:
    with node.stores.atomic():
        held, now = node.stores.witnesses.witness(row.state), node.clock.now()
        if alarm is not None:
            alarms.raise_alarm(node, alarm)
        if held is None:
            return
        kept = replace(
            held,
            next_at=now + max(PACE, waits.wait(held.attempts, node.random(2))),
            attempts=held.attempts + 1,
            failing_since=held.failing_since or now,
            code=alarm.kind if alarm else error.code,
            reason=error.message[:500],
        )
        node.stores.witnesses.put_witness(kept)
