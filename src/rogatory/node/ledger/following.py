"""Following partners' logs: their newest checkpoint is read now and then and compared with everything known of them.

 1 the checkpoint is signed by the key on the State's card
 2 it is not smaller than the head we hold, or than one that the State's receipts or a submission showed us
 3 it covers every entry that a receipt of the State named
 4 the log's own tiles lead from each of those heads to it

A log that fails one of these raises an alarm with both signed notes, and the head we hold stays what it was. Tiles
that lead to no signed root convict nobody: such a log counts as one that cannot be read. A log that cannot be read
for a day raises an alarm too. Times are those of the node's clock, so that an exercise works.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rogatory.errors import RogatoryError, Unavailable
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, merkle, notes, tiles, witness
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.notes import VerifierKey
from rogatory.ledger.tiles import Tile, TileNodes
from rogatory.node import partners, waits
from rogatory.node.context import Node
from rogatory.node.ledger import alarms, cosigning
from rogatory.node.ledger.alarms import Alarm
from rogatory.ports.witness import WatchedRow
from rogatory.sealing import receipts

BEAT = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=10)
#: Longer than one look takes; a worker that dies leaves the log to the next after it.
LEASE = timedelta(minutes=2)
STALLED_AFTER = timedelta(days=1)
MAX_RECEIPTS = 50


class LogUnreadable(Unavailable):
    """The partner's log cannot be read."""

    code = "log-unreadable"
    remedy = "It is tried again by itself; if it lasts, ask the partner."


@dataclass(frozen=True, slots=True)
class _Head:
    """A head of the log and the note, signed by the log's key, that shows it."""

    checkpoint: Checkpoint
    text: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look found: the head that the log shows now, if any, and what is wrong with the log."""

    head: _Head | None
    wrong: tuple[Alarm, ...]


def due(node: Node) -> Sequence[str]:
    """The States whose logs are to be looked at now."""
    held = {(row.state, row.origin): row for row in node.stores.witnesses.watched()}
    now = node.clock.now()
    return [
        state
        for state, key in cosigning.logs(node)
        if (row := held.get((state, key.name))) is None or is_due(row.next_at, now)
    ]


def is_due(next_at: datetime, now: datetime) -> bool:
    """Whether *next_at* has come, or is so far off that the clock must have been set back."""
    return next_at <= now or next_at > now + 2 * waits.LONGEST_WAIT


def follow(node: Node, state: str) -> None:
    """Look at the log of the partner *state*, unless somebody else does; what was found is kept."""
    key = dict(cosigning.logs(node)).get(state)
    if key is None:
        return
    with node.stores.atomic():
        row = cosigning.hold(node, state, key)
        began = node.clock.now()
        if not is_due(row.next_at, began):
            return
        node.stores.witnesses.put_watched(replace(row, next_at=began + LEASE))
        _tell_replaced(node, row)
    try:
        seen = _Look(node, row, key).look()
    except RogatoryError as error:
        _keep_failure(node, row, key, error)
    else:
        _keep(node, row, key, seen, began)


def _tell_replaced(node: Node, row: WatchedRow) -> None:
    """Raise the alarm of a State whose card names another log than the one that was followed."""
    if row.read_at is None and not row.attempts:
        for old in node.stores.witnesses.watched():
            if old.state == row.state and old.origin != row.origin and old.text:
                values = {"old": old.origin, "new": row.origin}
                alarm = Alarm(kind=alarms.REPLACED, state=row.state, origin=row.origin, values=values, first=old.text)
                alarms.raise_alarm(node, alarm)


def _keep(node: Node, row: WatchedRow, key: VerifierKey, seen: _Seen, began: datetime) -> None:
    with node.stores.atomic():
        held, now = cosigning.hold(node, row.state, key), node.clock.now()
        for alarm in seen.wrong:
            alarms.raise_alarm(node, alarm)
        kept = replace(held, read_at=began, next_at=now + BEAT, attempts=0, failing_since=None, code="", reason="")
        if held.claimed == row.claimed:
            kept = replace(kept, claimed="")
        if seen.head and not seen.wrong and held.text == row.text:
            head = seen.head
            kept = replace(kept, key=str(key), size=head.checkpoint.size, text=head.text, verified_at=now)
        node.stores.witnesses.put_watched(kept)


def _keep_failure(node: Node, row: WatchedRow, key: VerifierKey, error: RogatoryError) -> None:
    with node.stores.atomic():
        held, now = cosigning.hold(node, row.state, key), node.clock.now()
        since = held.failing_since or now
        wait = max(FIRST_WAIT, waits.wait(held.attempts, node.random(2)))
        node.stores.witnesses.put_watched(
            replace(
                held,
                next_at=now + wait,
                attempts=held.attempts + 1,
                failing_since=since,
                code=error.code,
                reason=error.message[:500],
            )
        )
        if now - since >= STALLED_AFTER:
            values = {"since": stamp(since), "reason": error.message}
            alarms.raise_alarm(node, _alarm(alarms.STALLED, held, values, first=held.text))


class _Look:
    """One look at one log, over the road and without a transaction."""

    def __init__(self, node: Node, row: WatchedRow, key: VerifierKey) -> None:
        self._node, self._row, self._key = node, row, key
        self._address = partners.card_of(node, row.state).address
        self._wrong: list[Alarm] = []
        self._highest_entry = -1

    def look(self) -> _Seen:
        """What the log shows now, compared with what is known; raises `LogUnreadable` and `PartnerUnreachable`."""
        known = [*self._held(), *self._told_by_receipts()]
        served = self._served(known)
        if served is not None:
            self._compare(served, known)
        return _Seen(head=served, wrong=tuple(self._wrong))

    def _held(self) -> Iterable[_Head]:
        for text in (self._row.text, self._row.claimed):
            if text:
                yield _Head(checkpoint.read_checkpoint(text).checkpoint, text)

    def _told_by_receipts(self) -> Iterable[_Head]:
        keys = {self._key, notes.parse_vkey(self._row.key)}
        told = self._node.stores.witnesses.newest_receipts(self._row.state, self._row.read_at, MAX_RECEIPTS)
        for text in told:
            place = receipts.read_receipt(text.encode()).receipt.ledger
            if place is None:
                continue
            try:
                head = witness.verify_any(place.checkpoint, list(keys))
            except checkpoint.OtherLog:
                continue
            except RogatoryError as error:
                self._say(alarms.OTHER_KEY, {"reason": error.message}, first=self._row.text, second=text)
                continue
            self._highest_entry = max(self._highest_entry, place.index)
            yield _Head(head, place.checkpoint)

    def _served(self, known: Sequence[_Head]) -> _Head | None:
        answer = self._node.transport.ledger_checkpoint(self._address)
        if answer.code == "nothing-logged":
            largest = max(known, key=lambda one: one.checkpoint.size, default=None)
            if largest is not None and largest.checkpoint.size:
                self._say(alarms.SHRANK, {"old": largest.checkpoint.size, "new": 0}, first=largest.text)
            return None
        if answer.status != 200:
            raise LogUnreadable(answer.message or f"its node answers with HTTP status {answer.status}")
        try:
            text = str(checkpoint.read_checkpoint(answer.body).note)
        except RogatoryError as error:
            raise LogUnreadable(f"what it shows is no checkpoint: {error.message}") from error
        try:
            return _Head(checkpoint.verify_checkpoint(text, self._key), text)
        except RogatoryError as error:
            self._say(alarms.OTHER_KEY, {"reason": error.message}, first=self._row.text, second=text)
            return None

    def _compare(self, served: _Head, known: Sequence[_Head]) -> None:
        size = served.checkpoint.size
        nodes = TileNodes(lambda level, index: self._tile(level, index, size))
        for head in {(one.checkpoint.size, one.checkpoint.root): one for one in known}.values():
            old = head.checkpoint.size
            if old > size:
                self._say(alarms.SHRANK, {"old": old, "new": size}, first=head.text, second=served.text)
            elif old == size and head.checkpoint.root != served.checkpoint.root:
                self._say(alarms.FORKED, {"size": size}, first=head.text, second=served.text)
            elif 0 < old < size and not _continues(head.checkpoint, served.checkpoint, nodes):
                self._say(alarms.REWRITTEN, {"old": old, "new": size}, first=head.text, second=served.text)
        if self._highest_entry >= size and not self._wrong:
            values = {"index": self._highest_entry, "size": size}
            self._say(alarms.UNCOVERED, values, second=served.text)

    def _tile(self, level: int, index: int, size: int) -> bytes:
        width = tiles.tile_width(level, index, size)
        answer = self._node.transport.ledger_tile(self._address, Tile(level=level, index=index, width=width).path)
        if answer.status == 404 and width < tiles.WIDTH:
            # A partial tile may be gone once the whole one exists.
            answer = self._node.transport.ledger_tile(self._address, Tile(level=level, index=index).path)
        if answer.status != 200:
            raise LogUnreadable(f"a tile is missing: {answer.message or answer.status}")
        return answer.body

    def _say(self, kind: str, values: Mapping[str, str | int], *, first: str = "", second: str = "") -> None:
        self._wrong.append(_alarm(kind, self._row, values, first=first, second=second))


def _continues(old: Checkpoint, new: Checkpoint, nodes: merkle.Nodes) -> bool:
    """Whether the log at *new* begins with the log at *old*; raises `LogUnreadable` when its tiles show neither."""
    proof = merkle.consistency_proof(old.size, new.size, nodes)
    try:
        merkle.verify_consistency(old.size, new.size, old.root, new.root, proof)
    except merkle.NotConsistent:
        shown = merkle.root(old.size, nodes)
        try:
            merkle.verify_consistency(old.size, new.size, shown, new.root, proof)
        except merkle.NotConsistent as error:
            raise LogUnreadable("its tiles do not lead to the checkpoint that it shows") from error
        return False
    return True


def _alarm(kind: str, row: WatchedRow, values: Mapping[str, str | int], *, first: str = "", second: str = "") -> Alarm:
    return Alarm(kind=kind, state=row.state, origin=row.origin, values=values, first=first, second=second)
