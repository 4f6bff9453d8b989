"""What is taken of a plaintext while it passes: its SHA-256, further digests that were asked for, and its blocks.

Rules in words. Every digest is taken by a station of its own, in the same pass. An exhibit that is to be divisible is
described block by block in a salted tree (spec/contents.md): blocks of one size, the last is what is left; an empty
plaintext is one empty block. The digests that an acquisition tool printed are compared with those found: a difference
refuses to seal, because then this is not the thing that was taken.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping

from rogatory.errors import BadInput
from rogatory.evidence.contents import ContentTree
from rogatory.evidence.manifest import FURTHER_DIGESTS, Contents
from rogatory.evidence.parts import PartHasher
from rogatory.evidence.pipeline import Slot, Station

SHA256 = "sha256"
#: The digests that can be taken or compared, and how many hexadecimal digits each has.
DIGESTS = {SHA256: 64, **FURTHER_DIGESTS}
_PRINTED = re.compile(r"(?P<name>md5|sha-?(?:1|256|512))(?![0-9]).*?[=:]\s*(?P<value>[0-9a-f\s]+)", re.DOTALL)
MIN_BLOCK_BYTES = 4096
MAX_BLOCK_BYTES = 1024 * 1024 * 1024


class WrongAcquisition(BadInput):
    """The file is not the one that the acquisition record describes."""

    code = "wrong-acquisition"
    remedy = "Nothing was sealed. Find out which file the acquisition tool wrote, and whether it has changed since."


class UnknownDigest(BadInput):
    """A digest of this name is not taken here."""

    code = "unknown-digest"


class BadDigest(BadInput):
    """This is not a digest as an acquisition tool prints it."""

    code = "bad-acquired-digest"


class BadBlockSize(BadInput):
    """An exhibit is not divided into blocks of this size."""

    code = "bad-block-size"


class PlaintextDigests:
    """The digests of one plaintext, taken by `stations` as its blocks pass, block after block."""

    def __init__(self, payload_key: bytes, *, further: Collection[str] = (), block: int = 0) -> None:
        """*further* names digests of `DIGESTS`; *block* (bytes, 0: none) makes the plaintext divisible.

        Raises `UnknownDigest` and `BadBlockSize`.
        """
        self._whole = hashlib.sha256()
        self._further = {
            name: hashlib.new(name, usedforsecurity=False) for name in require_digests(further) if name != SHA256
        }
        self._blocks = _Blocks(payload_key, block) if block else None

    def stations(self) -> tuple[Station, ...]:
        """One station for each digest, that of the SHA-256 first."""
        takes: list[Callable[[memoryview], None]] = [self._whole.update]
        takes += [one.update for one in self._further.values()]
        takes += [self._blocks.update] if self._blocks else []
        return tuple(Station(work=_taking(take)) for take in takes)

    @property
    def sha256(self) -> str:
        """The SHA-256 (hexadecimal) of what has passed so far."""
        return self._whole.copy().hexdigest()

    @property
    def further(self) -> dict[str, str]:
        """The further digests (hexadecimal) of what has passed so far."""
        return {name: one.copy().hexdigest() for name, one in self._further.items()}

    def contents(self) -> Contents | None:
        """What the manifest states of the blocks, None unless they were asked for; call it once, at the end."""
        return self._blocks.finish() if self._blocks else None


def require_block_size(size: int) -> int:
    """*size* (bytes) as it is; raises `BadBlockSize` unless a block may have it."""
    if not MIN_BLOCK_BYTES <= size <= MAX_BLOCK_BYTES:
        raise BadBlockSize(f"a block has {MIN_BLOCK_BYTES} to {MAX_BLOCK_BYTES} bytes, not {size}")
    return size


def require_digests(names: Collection[str]) -> Collection[str]:
    """*names* as they are; raises `UnknownDigest` unless all are of `DIGESTS`."""
    for name in names:
        if name not in DIGESTS:
            raise UnknownDigest(f"digests are {', '.join(DIGESTS)}, not {name[:40]!r}")
    return names


def read_acquired(text: str) -> tuple[str, str]:
    """The name and the value (hexadecimal) of the digest in *text*, a line as acquisition tools print it.

    `md5=…`, `SHA1: …`, `MD5 hash calculated over data: …` and `SHA256 (file) = …` are understood, in capitals or not,
    with spaces or not. Raises `BadDigest`.
    """
    found = _PRINTED.fullmatch(text.strip().lower())
    if found is None:
        raise BadDigest(f"{text.strip()[:80]!r} is not a digest such as md5=d41d8cd98f00b204e9800998ecf8427e")
    name, value = found["name"].replace("-", ""), "".join(found["value"].split())
    if len(value) != DIGESTS[name]:
        raise BadDigest(f"{name} has {DIGESTS[name]} hexadecimal digits, {value[:80]!r} has {len(value)}")
    return name, value


def require_acquired(found: Mapping[str, str], expected: Mapping[str, str]) -> None:
    """Raise `WrongAcquisition` unless every digest that is *expected* is the one *found*, by name, hexadecimal."""
    wrong = [name for name, value in expected.items() if found[name] != value]
    if wrong:
        said = "; ".join(f"its {name} is {found[name]}, the acquisition record says {expected[name]}" for name in wrong)
        raise WrongAcquisition(f"this is not the file that was acquired: {said}")


class _Blocks:
    """The salted tree over blocks of one size."""

    def __init__(self, payload_key: bytes, size: int) -> None:
        self._size = require_block_size(size)
        self._tree = ContentTree(payload_key)
        self._hasher = PartHasher(size, self._add)

    def update(self, data: memoryview) -> None:
        self._hasher.update(data)

    def finish(self) -> Contents:
        self._hasher.finish()
        if not self._tree.count:
            self._add(0, hashlib.sha256().digest())
        return self._tree.finish("blocks", self._size)

    def _add(self, number: int, digest: bytes) -> None:
        offset = number * self._size
        length = min(self._size, self._hasher.total - offset)
        self._tree.add({"n": number, "offset": offset, "size": length, "sha256": digest.hex()})


def _taking(take: Callable[[memoryview], None]) -> Callable[[Slot], None]:
    return lambda slot: take(slot.read[: slot.size])
