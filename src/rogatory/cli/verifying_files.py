"""What a person gives `rogatory verify` besides the bundle: fingerprints, keys, certificates, checkpoints, cards."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rogatory.errors import BadInput, NotFound, Unavailable
from rogatory.sealing.recipients import BadIdentity, Identity, parse_identity

MAX_IDENTITIES = 64 * 1024


class NoSuchFile(NotFound):
    """There is no such file."""

    code = "no-such-file"


class CannotRead(Unavailable):
    """The file cannot be read."""

    code = "cannot-read"


class TrustTwice(BadInput):
    """Two different fingerprints were given for one State."""

    code = "trust-twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person asked for besides what is to be checked."""

    trust: Sequence[tuple[str, str]] = ()
    identity: Path | None = None
    authorities: Path | None = None
    since: Path | None = None
    cards: Sequence[Path] = ()
    full: bool = False
    as_json: bool = False
    language: str = "en"

    @classmethod
    def of(cls, given: argparse.Namespace) -> "Wishes":
        """The wishes in parsed arguments."""
        return cls(
            trust=given.trust,
            identity=given.identity,
            authorities=given.tsa,
            since=given.since,
            cards=given.card,
            full=given.full,
            as_json=given.json,
            language=given.lang,
        )


def trusted(given: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Fingerprints by State; raises `TrustTwice`."""
    trust = dict(given)
    if any(trust[state] != told for state, told in given):
        raise TrustTwice
    return trust


def read_identities(path: Path) -> list[Identity]:
    """The age identities in the file *path*, one a line, `#` before a comment; raises `BadIdentity`, `NoSuchFile`."""
    found: list[Identity] = []
    for number, line in enumerate(read(path, MAX_IDENTITIES).decode("utf-8", "replace").splitlines(), start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            try:
                found.append(parse_identity(text))
            except BadIdentity as error:
                # The line may be a mistyped secret: it is never repeated.
                raise BadIdentity(error.message, where=f"{path}, line {number}") from None
    if not found:
        raise BadIdentity("the file holds no age identity", where=str(path))
    return found


def open_file(path: Path) -> BinaryIO:
    """The file *path*; raises `NoSuchFile`, `BadInput` for a folder, `CannotRead`."""
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise NoSuchFile("there is no such file", where=str(path)) from error
    except IsADirectoryError as error:
        raise BadInput("this is a folder; a file is wanted here", where=str(path)) from error
    except (OSError, ValueError) as error:
        raise CannotRead(str(getattr(error, "strerror", None) or error), where=str(path)) from error


def read(path: Path, limit: int) -> bytes:
    """All bytes of the file *path*; raises as `open_file`, and `BadInput` for more than *limit*."""
    with open_file(path) as file:
        try:
            data = file.read(limit + 1)
        except OSError as error:
            raise CannotRead(str(error.strerror), where=str(path)) from error
    if len(data) > limit:
        raise BadInput(f"the file has more than {limit} bytes", where=str(path))
    return data
