"""Choosing pieces of an exhibit, and giving what was chosen to an archive of its own.

Rules in words. The exhibit is read to its end once, and verified; meanwhile it is noted where the data of the chosen
members lie, and the line of every member goes to a file, from which the proofs are made afterwards. A pattern is one
of shell form and is held against the whole path (`*` also stands for `/`); what lies in a chosen folder is chosen,
and so are the folders in which a chosen member stands, for their names are in its path anyway. A stretch of a
divisible file is widened to whole blocks, because only these can be proved.
"""

import fnmatch
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from rogatory.errors import BadInput
from rogatory.evidence.archive import layout
from rogatory.evidence.archive.layout import FILE, FOLDER, Member
from rogatory.evidence.archive.writer import Found
from rogatory.evidence.contents import ContentTree, PieceProof
from rogatory.evidence.manifest import Contents, Manifest
from rogatory.evidence.parts import PartHasher
from rogatory.evidence.provenance import MAX_CHOSEN

_COPY_BYTES = 1024 * 1024

ReadRange = Callable[[int, int], bytes]


class NothingChosen(BadInput):
    """Nothing in the exhibit is what was asked for."""

    code = "nothing-chosen"
    remedy = "Name paths as the exhibit's listing has them, or patterns in quotes: 'mail/*.eml'."


class TooMuchChosen(BadInput):
    """More was chosen than an extract can prove piece by piece."""

    code = "too-much-chosen"
    remedy = "Forward the exhibit as a whole, or make several extracts."


class NotDivisible(BadInput):
    """The exhibit was not sealed in pieces of this kind, so no part of it can be proved alone."""

    code = "not-divisible"
    remedy = "Forward the exhibit as a whole, or ask its sender to seal it again: as a folder, or with --divisible."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A piece that was chosen: the member that it becomes, and at which byte of the plaintext its data begin."""

    member: Member
    place: int


class PathChoice:
    """Chooses members by *patterns* as they pass (`archive.reader.Taker`); their lines go to *spool*."""

    def __init__(self, patterns: Sequence[str], spool: BinaryIO) -> None:
        self._patterns = [re.compile(fnmatch.translate(pattern.strip("/"))) for pattern in patterns]
        self._spool = spool
        self._above: list[Chosen] = []
        self._inside = b""
        self.chosen: list[Chosen] = []

    def origin(self, provenance: bytes) -> None:
        """Nothing: the paper of an extract is not handed on with an extract of it; it tells of other pieces."""

    def begin(self, member: Member, place: int) -> None:
        """Note *member* and the folders above it when it is chosen; raises `TooMuchChosen`."""
        while self._above and not member.path.startswith(self._above[-1].member.path + b"/"):
            self._above.pop()
        one = Chosen(member=member, place=place)
        if self._is_chosen(member):
            # The folders above it are in its path; those that stand there already came with an earlier choice.
            last = self.chosen[-1].member.n if self.chosen else -1
            self.chosen += [above for above in self._above if above.member.n > last]
            self.chosen.append(one)
            if len(self.chosen) > MAX_CHOSEN:
                raise TooMuchChosen(f"more than {MAX_CHOSEN} members are chosen")
        if member.kind == FOLDER:
            self._above.append(one)
        if member.kind != FILE:
            self._spool.write(layout.line(member) + b"\n")

    def data(self, offset: int, data: bytes) -> None:
        """Nothing: the data are read again when they are sealed."""

    def end(self, member: Member, sha256: str) -> None:
        """Keep the line of the file."""
        self._spool.write(layout.line(member, sha256) + b"\n")

    def proofs(self, payload_key: bytes) -> tuple[PieceProof, ...]:
        """The proofs of what was chosen, in its order; raises `NothingChosen`."""
        if not self.chosen:
            raise NothingChosen
        numbers = {one.member.n for one in self.chosen}
        tree = ContentTree(payload_key)
        self._spool.seek(0)
        for number, line in enumerate(self._spool):
            tree.add_line(line.rstrip(b"\n"), prove=number in numbers)
        tree.finish("files")
        return tree.proofs()

    def _is_chosen(self, member: Member) -> bool:
        if self._inside and member.path.startswith(self._inside):
            return True
        path = member.path.decode("utf-8", "surrogateescape")
        if not any(pattern.match(path) for pattern in self._patterns):
            return False
        self._inside = member.path + b"/" if member.kind == FOLDER else b""
        return True


class BlockChoice:
    """Chooses the blocks that hold the bytes *start* up to *end* of the plaintext written to it."""

    def __init__(self, exhibit: Manifest, start: int, end: int, *, payload_key: bytes) -> None:
        """Raises `NotDivisible`, and `NothingChosen` when the stretch is not in the file."""
        contents = exhibit.contents
        if contents is None or contents.kind != "blocks":
            raise NotDivisible(f"exhibit {exhibit.exhibit} was not sealed with --divisible")
        if not 0 <= start < end <= exhibit.size:
            raise NothingChosen(f"bytes {start} to {end} are no stretch of a file of {exhibit.size} bytes")
        self._size, self._block, self._name = exhibit.size, contents.block, exhibit.name
        self._first, self._behind = start // contents.block, -(-end // contents.block)
        if self._behind - self._first > MAX_CHOSEN:
            raise TooMuchChosen(f"more than {MAX_CHOSEN} blocks are chosen")
        self._tree = ContentTree(payload_key)
        self._hasher = PartHasher(contents.block, self._add)

    @property
    def stretch(self) -> tuple[int, int]:
        """The first byte of the chosen blocks, and the one behind the last."""
        return self._first * self._block, min(self._behind * self._block, self._size)

    def write(self, data: bytes | memoryview) -> int:
        """Take the next bytes of the plaintext, all of them."""
        self._hasher.update(data)
        return len(data)

    def finish(self) -> Contents:
        """The contents that were found; once the plaintext was written to its end."""
        self._hasher.finish()
        return self._tree.finish("blocks", self._block)

    def proofs(self) -> tuple[PieceProof, ...]:
        """The proofs of the chosen blocks; after `finish`."""
        return self._tree.proofs()

    def chosen(self, mtime: int) -> Chosen:
        """The one member of the extract, its time *mtime* (nanoseconds since 1970)."""
        start, end = self.stretch
        path = f"{self._name}.bytes-{start}-{end}".encode()[-layout.MAX_NAME_BYTES :]
        name = path.decode("utf-8", "ignore").encode()
        return Chosen(member=Member(n=0, path=name, kind=FILE, mtime=mtime, size=end - start), place=start)

    def _add(self, number: int, digest: bytes) -> None:
        offset = number * self._block
        size = min(self._block, self._size - offset)
        piece = {"n": number, "offset": offset, "size": size, "sha256": digest.hex()}
        self._tree.add(piece, prove=self._first <= number < self._behind)


class ChosenFolder:
    """`archive.writer.Folder` of what was chosen, its data read from the exhibit by *read_range*."""

    def __init__(self, chosen: Sequence[Chosen], read_range: ReadRange) -> None:
        self._chosen = chosen
        self._read_range = read_range

    def members(self) -> Iterator[Found]:
        """What was chosen, in the order of the exhibit."""
        for one in self._chosen:
            member = one.member
            yield Found(
                path=member.path,
                kind=member.kind,
                mtime=member.mtime,
                size=member.size,
                segments=member.segments,
                target=member.target,
                was=member.was,
                blocks=self._blocks(one) if member.stored else b"",
            )

    def _blocks(self, one: Chosen) -> Iterator[bytes]:
        place = one.place
        segments = one.member.segments if one.member.segments is not None else ((0, one.member.size),)
        for _, length in segments:
            end = place + length
            while place < end:
                count = min(_COPY_BYTES, end - place)
                yield self._read_range(place, count)
                place += count
