"""Samples of every format, from the committed vectors: what the fuzzing of the parsers begins with."""

from base64 import b64decode
from functools import cache
from pathlib import Path

VECTORS = Path(__file__).parents[2] / "vectors"
FOUND = Path(__file__).parent / "found"
_BASE64 = b"\nbody: base64\n"


def body(path: Path) -> bytes:
    """What stands below the header of the vector *path*."""
    head, _, rest = path.read_bytes().partition(b"\n\n")
    return b64decode(rest) if _BASE64 in head + b"\n" else rest[:-1]


@cache
def bodies(*patterns: str) -> tuple[bytes, ...]:
    """The bodies of the vectors whose names match *patterns* (`envelope/*`), smallest first, each once."""
    found = {body(path) for pattern in patterns for path in sorted(VECTORS.glob(f"{pattern}.txt"))}
    return tuple(sorted(found, key=lambda data: (len(data), data)))


@cache
def files(*names: str) -> tuple[bytes, ...]:
    """The bytes of the files *names* below the vectors."""
    return tuple((VECTORS / name).read_bytes() for name in names)


@cache
def lines(*patterns: str) -> tuple[bytes, ...]:
    """The lines of the bodies that `bodies` gives, each once."""
    return tuple(dict.fromkeys(line for data in bodies(*patterns) for line in data.split(b"\n") if line))


def headers(pattern: str, name: str) -> tuple[bytes, ...]:
    """What the headers of the vectors *pattern* give as *name*."""
    found = []
    for path in sorted(VECTORS.glob(f"{pattern}.txt")):
        for line in path.read_bytes().partition(b"\n\n")[0].split(b"\n"):
            key, _, value = line.partition(b": ")
            if key == name.encode():
                found.append(value)
    return tuple(dict.fromkeys(found))


def kept(target: str) -> tuple[bytes, ...]:
    """The inputs on which *target* once failed."""
    return tuple(path.read_bytes() for path in sorted((FOUND / target).glob("*")))
