"""The check of a running node's log from outside: a numbered ladder over what the node serves to everybody.

    1 card       whose log this is; compared with the fingerprint that the reader was told
    2 head       the newest checkpoint, signed by the log's key on that card
    3 tree       the root computed again from the tiles: of all entries, or of the right edge and some drawn at random
    4 growth     the log continues a checkpoint that the reader kept
    5 witnesses  who cosigned, of the States whose cards the reader has

Nothing is believed that does not prove itself: a tile that is not the log's leads to another root.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rogatory.bundle.climb import Incomplete, WrongFingerprint, same_fingerprint
from rogatory.bundle.report import Blocked, Ladder, Note, Outcome, climb_one
from rogatory.errors import BadInput, NotFound
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, merkle, notes, tiles, witness
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.tiles import Tile, TileNodes
from rogatory.sealing import cards
from rogatory.sealing.cards import Card

#: A log of at most so many entries is computed from all of them, unless the reader asks for more.
ALL_UP_TO = 65_536
SAMPLE = 32


class LogReader(Protocol):
    """Where a log is read from; every method raises a coded error when nothing comes."""

    def card(self) -> bytes:
        """The contact card of the node, at most `cards.MAX_CARD` bytes."""
        ...

    def checkpoint(self) -> bytes:
        """The newest checkpoint, at most `notes.MAX_NOTE_BYTES`."""
        ...

    def witnessed(self) -> bytes:
        """The newest checkpoint that enough witnesses cosigned; raises `NotFound` when there is none."""
        ...

    def tile(self, tile: Tile) -> bytes:
        """The bytes of *tile*, at most 8,192."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the reader asks for.

    *trust* gives fingerprints by State, *since* an earlier checkpoint of this log, *witnesses* the cards of other
    States; with *full* every entry is fetched; *draw* gives random places below a size.
    """

    draw: Callable[[int, int], Sequence[int]]
    trust: Mapping[str, str] = field(default_factory=dict)
    since: bytes | None = None
    witnesses: Sequence[Card] = ()
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReport(Ladder):
    """The ladder over a log: whose it is, and its size."""

    state: str
    origin: str
    size: int
    compared: bool

    def verdict(self, language: str) -> str:
        """The outcome in one sentence."""
        key = "log-verdict-pass" if self.compared else "log-verdict-pass-untrusted"
        return self.failed_verdict(language) or Note(key=key).text(language)

    def to_json(self, language: str) -> dict[str, object]:
        """The report as a JSON object."""
        about = {"state": self.state, "origin": self.origin, "size": self.size, "fingerprints_compared": self.compared}
        return {"verified": not self.failures(), "verdict": self.verdict(language), **about, **self.steps(language)}


def examine_log(reader: LogReader, wanted: Wanted, *, progress: Callable[[int], None] | None = None) -> LogReport:
    """What the ladder finds in the log that *reader* reads, failures included; *progress* sees the tiles fetched."""
    check = _LogCheck(reader, wanted, progress)
    ladder = (
        ("log-card", check.whose),
        ("log-head", check.head),
        ("log-tree", check.tree),
        ("log-growth", check.growth),
        ("log-witnesses", check.cosigned),
    )
    rungs = tuple(climb_one(number, name, step, lambda: "") for number, (name, step) in enumerate(ladder, start=1))
    card, newest = check.known_card, check.newest
    return LogReport(
        rungs=rungs,
        state=card.state if card else "",
        origin=newest.origin if newest else "",
        size=newest.size if newest else 0,
        compared=check.compared,
    )


class _LogCheck:
    """One check of one log, as far as it has come."""

    def __init__(self, reader: LogReader, wanted: Wanted, progress: Callable[[int], None] | None) -> None:
        self._reader = reader
        self._wanted = wanted
        self._progress = progress
        self._fetched = 0
        self.known_card: Card | None = None
        self.newest: Checkpoint | None = None
        self.compared = False

    def whose(self) -> Iterator[Note]:
        """Step 1."""
        card = self.known_card = cards.read_card(self._reader.card())
        found = cards.fingerprint(card.identity)
        values = {"state": card.state, "serial": card.serial, "fingerprint": found}
        told = self._wanted.trust.get(card.state)
        if strangers := sorted(self._wanted.trust.keys() - {card.state}):
            raise Incomplete(f"the node is one of {card.state}, not of {', '.join(strangers)}")
        if told is None:
            yield Note(key="card-untold", values=values, outcome=Outcome.NOT_CHECKED)
            return
        if not same_fingerprint(told, found):
            raise WrongFingerprint(f"the identity key of {card.state} is {found}; you were told {told}")
        self.compared = True
        yield Note(key="card-trusted", values=values)

    def head(self) -> Iterator[Note]:
        """Step 2."""
        head = self.newest = checkpoint.verify_checkpoint(self._reader.checkpoint(), self._key())
        yield Note(key="log-head", values={"origin": head.origin, "size": head.size, "root": head.root.hex()})

    def tree(self) -> Iterator[Note]:
        """Step 3."""
        head = self._head()
        if head.size == 0:
            yield Note(key="log-empty")
        elif self._wanted.full or head.size <= ALL_UP_TO:
            yield self._all(head)
        else:
            yield from self._some(head)

    def growth(self) -> Iterator[Note]:
        """Step 4."""
        head = self._head()
        if self._wanted.since is None:
            yield Note(key="log-no-earlier", outcome=Outcome.NOT_CHECKED)
            return
        old = checkpoint.verify_checkpoint(self._wanted.since, self._key())
        self._continues(old, head)
        yield Note(key="log-grown", values={"old": old.size, "size": head.size})

    def cosigned(self) -> Iterator[Note]:
        """Step 5."""
        head = self._head()
        try:
            text = self._reader.witnessed()
        except NotFound:
            yield Note(key="log-no-witnessed", outcome=Outcome.NOT_CHECKED)
            return
        seen = checkpoint.verify_checkpoint(text, self._key())
        # The log may have grown between the two questions.
        if seen.size <= head.size:
            self._continues(seen, head)
        else:
            self._continues(head, seen)
        own = self.known_card.state if self.known_card else ""
        keys = {notes.parse_vkey(card.ledger.witness): card.state for card in self._others(own) if card.ledger.witness}
        states = {key.name: state for key, state in keys.items()}
        known = witness.cosigners(text, keys)
        for one in known:
            values = {"name": one.name, "state": states[one.name], "size": seen.size, "at": stamp(one.at)}
            yield Note(key="log-cosigned", values=values)
        lines = checkpoint.read_checkpoint(text).note.signatures
        others = {line.name for line in lines} - {seen.origin} - set(states)
        if others or not known:
            yield Note(key="log-other-witnesses", values={"count": len(others)}, outcome=Outcome.NOT_CHECKED)

    def _others(self, own: str) -> Sequence[Card]:
        return [card for card in self._wanted.witnesses if card.state != own]

    def _key(self) -> notes.VerifierKey:
        if self.known_card is None:
            raise Blocked(1)
        return notes.parse_vkey(self.known_card.ledger.key)

    def _head(self) -> Checkpoint:
        if self.newest is None:
            raise Blocked(2)
        return self.newest

    def _continues(self, old: Checkpoint, new: Checkpoint) -> None:
        steps = merkle.consistency_proof(old.size, new.size, self._nodes(new.size)) if old.size <= new.size else []
        checkpoint.verify_growth(old, new, steps)

    def _all(self, head: Checkpoint) -> Note:
        edge, count = merkle.EMPTY, -(-head.size // tiles.WIDTH)
        for index in range(count):
            data = self._fetch(0, index, head.size)
            size = merkle.HASH_BYTES
            edge = merkle.append(edge, [data[place : place + size] for place in range(0, len(data), size)]).edge
        if edge.root != head.root:
            raise merkle.NotIncluded("the tiles that the node serves do not make the root that it signed")
        return Note(key="log-all", values={"size": head.size, "tiles": count})

    def _some(self, head: Checkpoint) -> Iterator[Note]:
        nodes = self._nodes(head.size)
        if merkle.root(head.size, nodes) != head.root:
            raise merkle.NotIncluded("the right edge that the node serves does not make the root that it signed")
        yield Note(key="log-edge")
        places = self._wanted.draw(head.size, SAMPLE)
        for place in places:
            steps = merkle.inclusion_proof(place, head.size, nodes)
            merkle.verify_inclusion(nodes.get(0, place), place, head.size, steps, head.root)
        values = {"count": len(places), "size": head.size}
        yield Note(key="log-sample", values=values, outcome=Outcome.NOT_CHECKED)

    def _nodes(self, size: int) -> TileNodes:
        return TileNodes(lambda level, index: self._fetch(level, index, size))

    def _fetch(self, level: int, index: int, size: int) -> bytes:
        width = tiles.tile_width(level, index, size)
        if not width:
            raise BadInput(f"a log of {size} entries has no tile {level}/{index}")
        wanted = Tile(level=level, index=index, width=width)
        data = self._reader.tile(wanted)
        if len(data) != width * merkle.HASH_BYTES:
            raise tiles.BadTile(f"{wanted.path} has {len(data)} bytes, not {width * merkle.HASH_BYTES}")
        self._fetched += 1
        if self._progress:
            self._progress(self._fetched)
        return data
