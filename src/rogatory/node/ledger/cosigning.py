"""Being a witness: this node cosigns a partner's checkpoint when it continues the largest head it holds of that log.

Only logs on accepted contact cards are witnessed. The head is compared and replaced in one transaction that holds its
row, so two submissions at once cannot roll it back. Two roots at one size are kept, both, and people are told. A
proof that fails is not kept as evidence by itself, because anybody may send a genuine checkpoint with a wrong proof:
the checkpoint is laid aside, and following (`node.following`) compares it with the log's own tiles.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from rogatory.errors import NotFound, RogatoryError
from rogatory.ledger import checkpoint, cosignature, notes, witness
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.notes import VerifierKey
from rogatory.ledger.witness import Submission
from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.ledger import alarms
from rogatory.node.ledger.alarms import Alarm
from rogatory.ports.witness import WatchedRow

#: How soon a checkpoint that did not fit is compared with the log itself.
COMPARED_WITHIN = timedelta(seconds=10)


class UnknownLog(NotFound):
    """This witness does not know the log."""

    code = "unknown-log"
    remedy = "Have the witness accept the contact card of your State first; its card names the log."


def cosign(node: Node, body: bytes) -> str:
    """The cosignature line (with its newline) for the submission *body*, whose head is held from now on.

    Raises `UnknownLog`, and what `witness.read_submission` and `witness.judge` raise.
    """
    submission = witness.read_submission(body)
    note = checkpoint.read_checkpoint(submission.text).note
    state, key = _log_of(node, submission)
    refused: RogatoryError | None = None
    with node.stores.atomic():
        now = node.clock.now()
        row = hold(node, state, key)
        try:
            head = witness.judge(submission, keys=[key], held=head_of(row))
            row = replace(row, size=head.size, text=str(note), verified_at=now, cosigned_at=now, key=str(key))
        except RogatoryError as error:
            refused = error
            row = _doubtful(node, row, submission)
        node.stores.witnesses.put_watched(row)
    if refused is not None:
        raise refused
    ours = partners.own_witness_key(node)
    return str(cosignature.cosignature_line(note.text, key=ours, sign=node.unlock().witness.sign, at=now))


def hold(node: Node, state: str, key: VerifierKey) -> WatchedRow:
    """The row of the log *key* of *state*, held until the transaction ends; a new one where there was none."""
    fresh = WatchedRow(state=state, origin=key.name, key=str(key), next_at=node.clock.now())
    return node.stores.witnesses.hold_watched(fresh)


def head_of(row: WatchedRow) -> Checkpoint | None:
    """The head that *row* holds; it was verified before it was kept."""
    return checkpoint.read_checkpoint(row.text).checkpoint if row.text else None


def logs(node: Node) -> Sequence[tuple[str, VerifierKey]]:
    """The log of each partner whose card names one that can be read, by State."""
    found: list[tuple[str, VerifierKey]] = []
    for state, card in partners.all_cards(node).items():
        try:
            key = notes.parse_vkey(card.ledger.key)
        except notes.BadVerifierKey:
            continue
        if key.name == card.ledger.origin and key.algorithm == notes.ED25519:
            found.append((state, key))
    return found


def _log_of(node: Node, submission: Submission) -> tuple[str, VerifierKey]:
    unverified = checkpoint.read_checkpoint(submission.text)
    origin = unverified.checkpoint.origin
    known = {key: state for state, key in logs(node) if key.name == origin}
    if not known:
        raise UnknownLog(f"no accepted contact card names the log {origin[:200]}")
    signer = notes.verify_note(unverified.note, list(known))[0]
    return known[signer], signer


def _doubtful(node: Node, row: WatchedRow, submission: Submission) -> WatchedRow:
    """*row* after a submission that the log's key signed and that was not cosigned."""
    held, head = head_of(row), checkpoint.read_checkpoint(submission.text).checkpoint
    if held is not None and (held.size, held.root) == (head.size, head.root):
        return row
    if held is not None and held.size == head.size:
        values = {"size": head.size}
        alarm = Alarm(kind=alarms.FORKED, state=row.state, origin=row.origin, values=values, first=row.text)
        alarms.raise_alarm(node, replace(alarm, second=submission.text))
        return row
    soon = node.clock.now() + COMPARED_WITHIN
    return replace(row, claimed=submission.text, next_at=min(row.next_at, soon))
