"""One exhibit in one store: read part by part, held against its manifest, and mended where that is possible."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rogatory.errors import NotFound
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import mending, stored
from rogatory.node.evidence.storage.mending import Sources
from rogatory.ports.blobs import Blobs
from rogatory.ports.evidence import ExhibitRow
from rogatory.ports.scrub import Rot


@dataclass(frozen=True, slots=True)
class Place:
    """The store that is checked, its name (`first`, `second`), and those that good bytes may come from."""

    name: str
    store: Blobs
    others: Mapping[str, Blobs]


class Journal(Protocol):
    """Who is told: what was read, what is wrong (before it is mended), and what is right again, and from where."""

    def read(self, store: str, number: int, size: int) -> None: ...

    def found(self, rot: Rot) -> None: ...

    def mended(self, rot: Rot, source: str) -> None: ...


class Check:
    """The check of the exhibit *row* in one *place*."""

    def __init__(self, node: Node, row: ExhibitRow, place: Place, journal: Journal) -> None:
        self._node, self._row, self._place, self._journal = node, row, place, journal
        self._sources = Sources(node=node, row=row, others=place.others)
        open_now = node.stores.scrubs.open_findings(row.id)
        self._known = {(one.rot.what, one.rot.part) for one in open_now if one.rot.store == place.name}

    def run(self, start: int) -> None:
        """Check the header, the part list, and the parts from *start*; ends early when the exhibit is ordered away."""
        self._header()
        digests = self._part_list()
        if digests is None:
            self._without_list()
            return
        try:
            self._parts(digests, start)
        except NotFound:
            if self._is_kept():
                self._file(digests)

    def _parts(self, digests: bytes, start: int) -> None:
        store = self._place.store
        for number, size, wrong in stored.judge(store, self._row, digests, start):
            if wrong and not self._is_kept():
                return
            rot = self._rot("part", wrong, number)
            if wrong:
                self._journal.found(rot)
                self._mended(rot, mending.mend_part(store, self._sources, digests, number))
            else:
                self._right(rot)
            self._journal.read(self._place.name, number, size)
        self._right(self._rot("file", ""))

    def _header(self) -> None:
        name = self._row.header_blob
        if not name:
            return
        rot = self._rot("header", "missing")
        if self._place.store.exists(name):
            self._right(rot)
        elif self._node.stores.exhibits.get(self._row.id) == self._row:
            self._journal.found(rot)
            found = self._sources.header()
            if found:
                mending.mend_blob(self._place.store, self._sources, name, found[0])
                self._mended(rot, found[1])

    def _part_list(self) -> bytes | None:
        store = self._place.store
        digests, wrong = stored.part_list(store, self._row)
        rot = self._rot("part-list", wrong)
        if digests is not None:
            self._right(rot)
            return digests
        if not self._is_kept():
            return None
        self._journal.found(rot)
        again = stored.list_of_file(store, self._row)
        found = (again, "itself") if again else self._sources.part_list()
        if found is None:
            return None
        mending.mend_blob(store, self._sources, self._row.parts_list, found[0])
        self._mended(rot, found[1])
        return found[0]

    def _without_list(self) -> None:
        """Nobody can say which part it is; the file as a whole could be judged, and is wrong."""
        if self._is_kept():
            there = self._place.store.exists(self._row.sealed_blob)
            self._journal.found(self._rot("file", "changed" if there else "missing"))

    def _file(self, digests: bytes) -> None:
        store, whole = self._place.store, self._rot("file", "missing")
        self._journal.found(whole)
        sources: set[str] = set()
        for number, source in mending.mend_file(store, self._sources, digests):
            rot = self._rot("part", "missing", number)
            if source:
                sources.add(source)
                self._right(rot)
            else:
                self._journal.found(rot)
            self._journal.read(self._place.name, number, exhibits.manifest_of(self._row).parts.length(number))
        if store.exists(self._row.sealed_blob):
            elsewhere = sorted(sources - {"itself"})
            self._mended(whole, elsewhere[0] if elsewhere else "itself")

    def _is_kept(self) -> bool:
        return stored.is_kept(self._node, self._row.id)

    def _rot(self, what: str, kind: str, part: int = 0) -> Rot:
        return Rot(exhibit=self._row.id, store=self._place.name, what=what, part=part, kind=kind)

    def _mended(self, rot: Rot, source: str) -> None:
        if source:
            self._known.discard((rot.what, rot.part))
            self._journal.mended(rot, source)

    def _right(self, rot: Rot) -> None:
        """What is right now may have been found wrong before, and put right by a hand that was stopped."""
        if (rot.what, rot.part) in self._known:
            self._mended(rot, "itself")
