"""What `rogatory verify` does once its arguments are understood: check the file, print the ladder, give the status."""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rogatory.bundle.report import Outcome, Report
from rogatory.bundle.verify import examine
from rogatory.errors import BadInput, NotFound, RogatoryError, Unavailable
from rogatory.sealing.recipients import BadIdentity, Identity, parse_identity

VERIFIED, BAD_INPUT, NO_SUCH_FILE, NOT_VERIFIED, UNREADABLE, INTERRUPTED = 0, 2, 3, 5, 6, 130
MAX_IDENTITIES = 64 * 1024
_SHOW_PROGRESS_FROM = 64 * 1024 * 1024
_STATUS: tuple[tuple[type[RogatoryError], int], ...] = (
    (NotFound, NO_SUCH_FILE),
    (Unavailable, UNREADABLE),
    (RogatoryError, BAD_INPUT),
)

_MARKS = {
    "en": {Outcome.PASS: "pass", Outcome.FAIL: "FAIL", Outcome.NOT_CHECKED: "not checked"},
    "fr": {Outcome.PASS: "bon", Outcome.FAIL: "ÉCHEC", Outcome.NOT_CHECKED: "non vérifié"},
}
_HEAD = {"en": "Case {0}, exported by {1} on {2} with {3}", "fr": "Affaire {0}, exportée par {1} le {2} avec {3}"}
_BULLETS = {Outcome.PASS: "-", Outcome.FAIL: "!", Outcome.NOT_CHECKED: "?"}


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
    """What the person asked for besides the bundle itself."""

    trust: Sequence[tuple[str, str]] = ()
    identity: Path | None = None
    as_json: bool = False
    language: str = "en"

    @classmethod
    def of(cls, given: argparse.Namespace) -> "Wishes":
        """The wishes in parsed arguments."""
        return cls(trust=given.trust, identity=given.identity, as_json=given.json, language=given.lang)


def check(bundle: Path, wishes: Wishes) -> int:
    """Print what the ladder finds in the file *bundle*; the exit status."""
    try:
        report = _examine(bundle, wishes)
    except RogatoryError as error:
        _tell(error, as_json=wishes.as_json)
        return next(status for family, status in _STATUS if isinstance(error, family))
    except KeyboardInterrupt:
        return INTERRUPTED
    try:
        _print(report, bundle, wishes)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; the status is the answer. Nothing is left to be flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOT_VERIFIED if report.failures() else VERIFIED


def read_identities(path: Path) -> list[Identity]:
    """The age identities in the file *path*, one a line, `#` before a comment; raises `BadIdentity`, `NoSuchFile`."""
    with _open(path) as file:
        data = _read(file, path)
    found: list[Identity] = []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
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


def _examine(bundle: Path, wishes: Wishes) -> Report:
    identities = read_identities(wishes.identity) if wishes.identity else []
    trust = _trusted(wishes.trust)
    with _open(bundle) as source:
        show = _shown(bundle) if not wishes.as_json and sys.stderr.isatty() else None
        try:
            return examine(source, trust=trust, identities=identities, progress=show)
        except OSError as error:
            raise CannotRead(str(error.strerror or error), where=str(bundle)) from error
        finally:
            if show:
                print("\r\033[K", end="", file=sys.stderr, flush=True)


def _trusted(given: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    trust = dict(given)
    if any(trust[state] != told for state, told in given):
        raise TrustTwice
    return trust


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise NoSuchFile("there is no such file", where=str(path)) from error
    except IsADirectoryError as error:
        raise BadInput("this is a folder; give the file that was exported", where=str(path)) from error
    except (OSError, ValueError) as error:
        raise CannotRead(str(getattr(error, "strerror", None) or error), where=str(path)) from error


def _read(file: BinaryIO, path: Path) -> bytes:
    data = file.read(MAX_IDENTITIES + 1)
    if len(data) > MAX_IDENTITIES:
        raise BadInput(f"a file of identities has at most {MAX_IDENTITIES} bytes", where=str(path))
    return data


class _Progress:
    """Tells a person at a terminal, every 64 MiB, how much has been read."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._next = _SHOW_PROGRESS_FROM

    def __call__(self, done: int) -> None:
        if done >= self._next:
            self._next = done + _SHOW_PROGRESS_FROM
            print(f"\r{done >> 20} MiB read of a file of {self._size >> 20} MiB …", end="", file=sys.stderr, flush=True)


def _shown(bundle: Path) -> _Progress:
    return _Progress(bundle.stat().st_size)


def _print(report: Report, bundle: Path, wishes: Wishes) -> None:
    if wishes.as_json:
        print(json.dumps(report.to_json(wishes.language), ensure_ascii=False))
        return
    marks = _MARKS[wishes.language]
    width = max(map(len, marks.values()))
    _say(str(bundle))
    if report.case:
        head = _HEAD[wishes.language]
        _say(head.format(report.case, report.exported_by, report.exported_at, report.program))
    _say("")
    for outcome, number, text in report.lines(wishes.language):
        if number:
            _say(f"{number}  {marks[outcome]:<{width}}  {text}")
        else:
            _say(f"   {'':<{width}}  {_BULLETS[outcome]} {text}")
    _say("")
    _say(report.verdict(wishes.language))


def _say(text: str) -> None:
    # Names in a bundle come from outside: nothing in them may steer the terminal or hide a letter.
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    encoding = sys.stdout.encoding or "utf-8"
    print(shown.encode(encoding, "replace").decode(encoding))


def _tell(error: RogatoryError, *, as_json: bool) -> None:
    if as_json:
        said = {"code": error.code, "message": str(error), "provision": error.cite, "remedy": error.advice}
        print(json.dumps({"error": said}, ensure_ascii=False))
        return
    print(f"error [{error.code}]: {error}", file=sys.stderr)
    if error.advice:
        print(f"→ {error.advice}", file=sys.stderr)
