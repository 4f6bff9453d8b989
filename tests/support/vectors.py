"""The committed vectors: a header of lines `name: value`, an empty line, and a body, judged as `expect` says."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from rogatory.errors import RogatoryError
from rogatory.sealing import cards
from rogatory.sealing.keyring import KeyRing

FOLDER = Path(__file__).parents[2] / "vectors"
Header = dict[str, str]
Judge = Callable[[Header, bytes], None]


def body_of(path: Path) -> bytes:
    """What stands under the header, without the newline at the end."""
    return path.read_bytes().partition(b"\n\n")[2][:-1]


#: The keys of the States that signed the vectors.
RING = KeyRing(cards.read_card(body_of(FOLDER / "card" / f"{name}.txt")) for name in ("vnm", "fra", "ken"))


def require_judged(path: Path, judges: Mapping[str, Judge]) -> None:
    """The judge of its kind lets the vector at *path* pass, or refuses it with the code that it expects."""
    head = path.read_bytes().partition(b"\n\n")[0]
    header = dict(line.split(": ", 1) for line in head.decode().splitlines())
    if header["expect"] == "success":
        judges[header["kind"]](header, body_of(path))
        return
    with pytest.raises(RogatoryError) as refused:
        judges[header["kind"]](header, body_of(path))
    assert refused.value.code == header["expect"]
