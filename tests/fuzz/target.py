"""What a target of fuzzing is, and what targets are made of: practice keys, samples, signing by the target itself."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.fuzz import seeds

from rogatory.errors import RogatoryError
from rogatory.evidence import manifest
from rogatory.kernel import canonical
from rogatory.sealing import cards, jws
from rogatory.sealing.keyring import KeyRing

sys.path.insert(0, str(seeds.VECTORS))

import practice_keys as keys

Act = Callable[[bytes], object]
RING = KeyRing(cards.read_card(seeds.body(seeds.VECTORS / "card" / f"{name}.txt")) for name in ("vnm", "fra", "ken"))
SIGNER = keys.signing(keys.VNM)
GOOD_MANIFEST = seeds.body(seeds.VECTORS / "exhibit" / "manifest-good.txt")
MANIFEST = manifest.read_manifest(GOOD_MANIFEST).unverified_manifest


@dataclass(frozen=True, slots=True)
class Target:
    """A parser, samples of what it reads, and the most bytes that it is given."""

    act: Act
    samples: Callable[[], tuple[bytes, ...]]
    largest: int = 16 * 1024

    def judge(self, data: bytes) -> str:
        """The code with which *data* is refused, or nothing; raises whatever else comes out, which is a bug."""
        try:
            self.act(data)
        except RogatoryError as error:
            refused = error
        else:
            return ""
        assert refused.code
        assert str(refused)
        return refused.code


def text(data: bytes) -> str:
    """*data* as a text that any bytes give: those of a file whose encoding nobody checked."""
    return data.decode("utf-8", errors="surrogateescape")


def signed(typ: str, read: Act, key: Any = SIGNER) -> Act:
    """*read* of a document whose payload is the given JSON, signed as *typ*."""

    def act(data: bytes) -> object:
        return read(jws.sign(canonical.loads_object(data), key=key, typ=typ))

    return act


def payloads(typ: str, *patterns: str) -> Callable[[], tuple[bytes, ...]]:
    """The payloads of the vectors *patterns* that are signed as *typ*."""

    def read() -> Iterator[bytes]:
        for line in seeds.lines(*patterns):
            try:
                yield canonical.dumps(jws.read(line, typ=typ).payload)
            except RogatoryError:
                continue

    return lambda: tuple(dict.fromkeys(read()))


def some(*found: bytes) -> Callable[[], tuple[bytes, ...]]:
    return lambda: found


def vectors(*patterns: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: seeds.bodies(*patterns)
