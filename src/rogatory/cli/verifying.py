"""What `rogatory verify` does once its arguments are understood: check, print the ladder, give the status."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from rogatory.bundle.log_check import LogReport
from rogatory.bundle.report import Outcome, Report
from rogatory.bundle.verify import examine, examine_members
from rogatory.cli import verifying_files
from rogatory.cli.unpacked import Folder
from rogatory.cli.verifying_files import CannotRead, Wishes
from rogatory.errors import NotFound, RogatoryError, Unavailable

VERIFIED, BAD_INPUT, NO_SUCH_FILE, NOT_VERIFIED, UNREADABLE, INTERRUPTED = 0, 2, 3, 5, 6, 130
MAX_CERTIFICATES = 256 * 1024
_SHOW_BYTES, _SHOW_TILES = 64 * 1024 * 1024, 16
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
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


def check(target: str, wishes: Wishes) -> int:
    """Print what the ladder finds in *target* (a bundle, a folder, an address); the exit status."""
    try:
        report = _examine(target, wishes)
    except RogatoryError as error:
        _tell(error, as_json=wishes.as_json)
        return next(status for family, status in _STATUS if isinstance(error, family))
    except KeyboardInterrupt:
        return INTERRUPTED
    try:
        _print(report, target, wishes)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; the status is the answer. Nothing is left to be flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOT_VERIFIED if report.failures() else VERIFIED


def _examine(target: str, wishes: Wishes) -> Report | LogReport:
    show = Progress() if not wishes.as_json and sys.stderr.isatty() else None
    try:
        if _ADDRESS.match(target):
            # Only an address needs the network, and what speaks with it.
            from rogatory.cli import verifying_log

            return verifying_log.examine(target, wishes, show.tiles if show else None)
        return _examine_files(Path(target), wishes, show.bytes_read if show else None)
    finally:
        if show:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _examine_files(path: Path, wishes: Wishes, progress: Callable[[int], None] | None) -> Report:
    identities = verifying_files.read_identities(wishes.identity) if wishes.identity else []
    trust = verifying_files.trusted(wishes.trust)
    roots = [verifying_files.read(wishes.authorities, MAX_CERTIFICATES)] if wishes.authorities else []
    if path.is_dir():
        return examine_members(lambda: Folder(path), trust=trust, identities=identities, roots=roots, progress=progress)
    with verifying_files.open_file(path) as source:
        try:
            return examine(source, trust=trust, identities=identities, roots=roots, progress=progress)
        except OSError as error:
            raise CannotRead(str(error.strerror or error), where=str(path)) from error


class Progress:
    """Tells a person at a terminal, from time to time, how much has been read."""

    def __init__(self) -> None:
        self._next = _SHOW_BYTES

    def bytes_read(self, done: int) -> None:
        """So many bytes were read."""
        if done >= self._next:
            self._next = done + _SHOW_BYTES
            self._show(f"{done >> 20} MiB read …")

    def tiles(self, done: int) -> None:
        """So many tiles of a log were fetched."""
        if done % _SHOW_TILES == 0:
            self._show(f"{done} tiles fetched …")

    def _show(self, text: str) -> None:
        print(f"\r{text}", end="", file=sys.stderr, flush=True)


def _print(report: Report | LogReport, target: str, wishes: Wishes) -> None:
    if wishes.as_json:
        print(json.dumps(report.to_json(wishes.language), ensure_ascii=False))
        return
    marks = _MARKS[wishes.language]
    width = max(map(len, marks.values()))
    _say(target)
    if isinstance(report, Report) and report.case:
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
