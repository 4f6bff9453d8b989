"""Scrubbing: every part of every exhibit is read from the disk and hashed again, and what rotted is mended.

Rules in words. A pass goes through the exhibits by their ids, and its place is kept, so that it goes on after a stop.
What is wrong becomes a finding before anything is written; it is closed only after the good bytes were read back.
Bytes come from the second store, else from the State on the other side of the case; each is verified against the
signed manifest first. The copies in the second store are scrubbed in the same way. Only one scrub is at work at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from rogatory.errors import NotPermitted, Unavailable
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import mending, stored
from rogatory.node.evidence.storage.checking import Check, Place
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.scrub import Finding, Rot, ScrubPass

LEASE = timedelta(minutes=15)
#: The place is kept after so many bytes, and after so many exhibits.
KEEP_BYTES = 256 * 1024 * 1024
KEEP_EXHIBITS = 64
FIRST, SECOND = "first", "second"


class ScrubbedAlready(NotPermitted):
    """Somebody scrubs these exhibits now."""

    code = "scrubbed-already"
    remedy = "Wait until it has ended; one that was killed is taken over after a quarter of an hour."


class ScrubStopped(Exception):
    """The time for this scrub is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """What a scrub did: exhibits and bytes read, what it found, whether the pass is through, and what is open still.

    *second_trouble* says why the second store could not be scrubbed; empty when it was, or when there is none.
    """

    exhibits: int
    read: int
    found: int
    mended: int
    ended: bool
    open: tuple[Finding, ...]
    second_trouble: str


def run(
    node: Node,
    actor: Actor | None,
    *,
    only: str = "",
    anew: bool = False,
    pace: Callable[[int], None] = lambda _: None,
    progress: Callable[[int, int], None] | None = None,
) -> Scrubbed:
    """Go on with the pass, or scrub the exhibit *only*; *anew* begins the pass again.

    *pace* is called with the size of each part read, and may wait, or raise `ScrubStopped` to end here; *progress*
    with the bytes of this pass read so far and their sum. Raises `ScrubbedAlready` and `RoleMissing`.
    """
    if actor is not None and not actor.roles & {"administrator", "custodian"}:
        people.require(actor, "administrator")
    work = _Scrub(node, actor, pace, progress)
    if only:
        return work.one(exhibits.get(node, only))
    return work.go_on(anew=anew)


def total(node: Node) -> tuple[int, int]:
    """How many exhibits are kept, and the sum of their sealed bytes."""
    count = size = 0
    for exhibit in _ids(node, ""):
        row = node.stores.exhibits.get(exhibit)
        if row is not None:
            count, size = count + 1, size + exhibits.manifest_of(row).parts.total
    return count, size


def _ids(node: Node, after: str) -> Iterator[str]:
    while some := node.stores.scrubs.next_exhibits(after, 500):
        yield from some
        after = some[-1]


class _Scrub:
    """One scrub: what it was asked, and what it has done so far."""

    def __init__(
        self,
        node: Node,
        actor: Actor | None,
        pace: Callable[[int], None],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._node, self._actor, self._pace, self._progress = node, actor, pace, progress
        self._place = ScrubPass()
        self._read = self._exhibits = self._found = self._mended = 0
        self._unkept_bytes = self._unkept_exhibits = 0
        self._whole = False
        self._second_trouble = ""

    def one(self, row: ExhibitRow) -> Scrubbed:
        if not stored.keeps(row):
            raise mending.NotKept(f"exhibit {row.id} is {row.state}")
        self._place = ScrubPass(total=exhibits.manifest_of(row).parts.total)
        try:
            self._exhibit(row, 0)
        except ScrubStopped:
            return self._told(ended=False, only=row.id)
        return self._told(ended=True, only=row.id)

    def go_on(self, *, anew: bool) -> Scrubbed:
        self._whole = True
        self._claim(anew=anew)
        ended = False
        try:
            if self._place.part and (row := self._kept(self._place.exhibit)):
                self._exhibit(row, self._place.part)
            for exhibit in _ids(self._node, self._place.exhibit):
                if row := self._kept(exhibit):
                    self._exhibit(row, 0)
            ended = True
        except ScrubStopped:
            pass
        finally:
            self._let_go(ended=ended)
        return self._told(ended=ended)

    def _kept(self, id: str) -> ExhibitRow | None:
        row = self._node.stores.exhibits.get(id)
        return row if row is not None and stored.keeps(row) else None

    def _exhibit(self, row: ExhibitRow, start: int) -> None:
        node = self._node
        others = {SECOND: node.second} if node.second else {}
        Check(node, row, Place(FIRST, node.blobs, others), _Journal(self, row)).run(start)
        if node.second is not None and not self._second_trouble:
            try:
                if node.second.exists(row.sealed_blob):
                    Check(node, row, Place(SECOND, node.second, {FIRST: node.blobs}), _Journal(self, row)).run(0)
            except Unavailable as error:  # the first is scrubbed all the same
                self._second_trouble = f"{error.message} ({error.code})"
        self._exhibits += 1
        self._at(row.id, 0)

    def counted(self, row: ExhibitRow, number: int, size: int) -> None:
        """Part *number* of *row* in the first store was read and judged."""
        self._read += size
        self._unkept_bytes += size
        self._place = replace(self._place, done=self._place.done + size)
        if self._progress:
            self._progress(self._place.done, self._place.total)
        if number + 1 < exhibits.manifest_of(row).parts.count:
            self._at(row.id, number + 1)

    def wait(self, size: int) -> None:
        """Keep to the rate; raises `ScrubStopped`."""
        self._pace(size)

    def found(self, row: ExhibitRow, rot: Rot) -> None:
        """Write *rot* down, before anything is mended."""
        self._found += 1
        with self._node.stores.atomic():
            if self._node.stores.scrubs.find(rot, self._node.clock.now()):
                said = f"{row.id}: {rot.store} {_what(rot)} {rot.kind}"
                people.note(self._node, self._actor, "exhibit:bytes:rot", row.case, said)

    def mended(self, row: ExhibitRow, rot: Rot, source: str) -> None:
        """Close the finding of *rot*: the good bytes were read back."""
        self._mended += 1
        with self._node.stores.atomic():
            self._node.stores.scrubs.mend(rot, self._node.clock.now(), source)
            said = f"{row.id}: {rot.store} {_what(rot)} from {source}"
            people.note(self._node, self._actor, "exhibit:bytes:mend", row.case, said)

    def _at(self, exhibit: str, part: int) -> None:
        self._place = replace(self._place, exhibit=exhibit, part=part)
        if part == 0:
            self._unkept_exhibits += 1
            self._place = replace(self._place, exhibits=self._place.exhibits + 1)
        if self._whole and (self._unkept_bytes >= KEEP_BYTES or self._unkept_exhibits >= KEEP_EXHIBITS):
            self._keep()

    def _keep(self) -> None:
        self._place = replace(self._place, leased_until=self._node.clock.now() + LEASE)
        with self._node.stores.atomic():
            self._node.stores.scrubs.put(self._place)
        self._unkept_bytes = self._unkept_exhibits = 0

    def _claim(self, *, anew: bool) -> None:
        now = self._node.clock.now()
        _, size = total(self._node)
        with self._node.stores.atomic():
            place = self._node.stores.scrubs.current()
            if place.leased_until is not None and place.leased_until > now:
                raise ScrubbedAlready
            if anew or place.started_at is None or place.ended_at is not None:
                place = ScrubPass(number=place.number + 1, started_at=now, total=size)
            self._place = replace(place, total=size, leased_until=now + LEASE)
            self._node.stores.scrubs.put(self._place)

    def _let_go(self, *, ended: bool) -> None:
        node, now = self._node, self._node.clock.now()
        self._place = replace(self._place, leased_until=None, ended_at=now if ended else None)
        with node.stores.atomic():
            for finding in node.stores.scrubs.open_findings() if ended else ():
                if not stored.is_kept(node, finding.rot.exhibit):
                    node.stores.scrubs.drop(finding.rot.exhibit, now)
            node.stores.scrubs.put(self._place)
            if ended:
                told = f"pass {self._place.number}: {self._place.exhibits} exhibits, {self._place.done} bytes"
                people.note(node, self._actor, "node:blobs:scrub", node.state, told)

    def _told(self, *, ended: bool, only: str = "") -> Scrubbed:
        return Scrubbed(
            exhibits=self._exhibits,
            read=self._read,
            found=self._found,
            mended=self._mended,
            ended=ended,
            open=tuple(self._node.stores.scrubs.open_findings(only)),
            second_trouble=self._second_trouble,
        )


@dataclass(frozen=True, slots=True)
class _Journal:
    """`checking.Journal` of one exhibit."""

    scrub: _Scrub
    row: ExhibitRow

    def read(self, store: str, number: int, size: int) -> None:
        if store == FIRST:
            self.scrub.counted(self.row, number, size)
        self.scrub.wait(size)

    def found(self, rot: Rot) -> None:
        self.scrub.found(self.row, rot)

    def mended(self, rot: Rot, source: str) -> None:
        self.scrub.mended(self.row, rot, source)


def _what(rot: Rot) -> str:
    return f"part {rot.part}" if rot.what == "part" else rot.what
