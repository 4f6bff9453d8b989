"""`rogatory conference verify`, for anybody who was given a record: it loads the check and nothing of a node.

The command line proper knows the same command; called by itself it starts here, so that it answers at once.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO

from rogatory.conference.record import verify as checking
from rogatory.conference.record import words
from rogatory.conference.record.entries import MAX_FIRST
from rogatory.conference.record.verify import Outcome, Verified
from rogatory.errors import BadInput, NotFound, RogatoryError, Unavailable
from rogatory.kernel.digests import require_digest
from rogatory.law.plain import plain
from rogatory.law.words import Words
from rogatory.sealing import cards
from rogatory.sealing.cards import MAX_CARD, Card

VERIFIED, BAD_INPUT, NO_SUCH_FILE, NOT_VERIFIED, UNREADABLE, INTERRUPTED = 0, 2, 3, 5, 6, 130
_STATUS: tuple[tuple[type[RogatoryError], int], ...] = (
    (BadInput, BAD_INPUT),
    (NotFound, NO_SUCH_FILE),
    (Unavailable, UNREADABLE),
)
_MARKS = {
    Outcome.PASS: Words("pass", "bon"),
    Outcome.FAIL: Words("FAIL", "ÉCHEC"),
    Outcome.NOT_CHECKED: Words("not checked", "non vérifié"),
}


class NoSuchRecord(NotFound):
    """There is no such file."""

    code = "no-such-record"
    remedy = "Give the path of the file that `rogatory conference record` wrote, or that was published."


class UnreadableRecord(Unavailable):
    """The file cannot be read."""

    code = "unreadable-record"
    remedy = "Look at the file's permissions and at the disk."


class _Misused(Exception):
    """The arguments are for the whole program to understand."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _Misused(message)


def run(arguments: Sequence[str]) -> int | None:
    """The exit status of the command with *arguments*; None when it is for the whole program to answer."""
    made = _Parser(add_help=False, allow_abbrev=False)
    made.add_argument("record", type=Path)
    made.add_argument("--card", type=Path)
    made.add_argument("--head", default="")
    made.add_argument("--json", action="store_true")
    made.add_argument("--lang", choices=("en", "fr"), default="en")
    try:
        given = made.parse_args(arguments)
    except _Misused:
        return None
    try:
        found = check(given.record, card=given.card, head=given.head)
    except RogatoryError as error:
        _tell(error, as_json=given.json)
        return next((status for family, status in _STATUS if isinstance(error, family)), NOT_VERIFIED)
    except KeyboardInterrupt:
        return INTERRUPTED
    try:
        _show(found, given.lang, as_json=given.json)
    except BrokenPipeError:
        # Whoever read has seen enough; the status is the answer. Nothing is left to be flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOT_VERIFIED if found.failures else VERIFIED


def _show(found: Verified, lang: str, *, as_json: bool) -> None:
    if as_json:
        _say(json.dumps(plain(found.to_json(lang)), ensure_ascii=False, indent=2), sys.stdout)
    else:
        for line in ladder(found, lang):
            _say(line, sys.stdout)
    sys.stdout.flush()


def check(record: Path, *, card: Path | None = None, head: str = "") -> Verified:
    """What the ladder finds in the file *record*; raises `NoSuchRecord`, `UnreadableRecord` and `BadInput`."""
    wanted = require_digest(head.strip().lower()) if head else ""
    known = _card(card) if card else None
    try:
        with record.open("rb") as file:
            return checking.verify(lines_of(file), card=known, head=wanted)
    except FileNotFoundError as error:
        raise NoSuchRecord(f"there is no file {record}") from error
    except OSError as error:
        raise UnreadableRecord(f"{record}: {error.strerror}") from error


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a record, none longer than a record may have them; a longer one comes in pieces and fails."""
    return iter(lambda: file.readline(MAX_FIRST + 2), b"")


def ladder(found: Verified, lang: str) -> Iterator[str]:
    """The report for reading, line by line."""
    width = max(len(one.get(lang)) for one in _MARKS.values())
    for one in found.findings:
        yield f"{one.number}  {_MARKS[one.outcome].get(lang):<{width}}  {one.title.get(lang)}"
        for seen in one.seen:
            yield f"   {'':<{width}}  {seen.get(lang)}"
        if one.message:
            yield f"   {'':<{width}}  {one.message} [{one.code}]"
            yield f"   {'':<{width}}  → {one.remedy}"
    yield ""
    if found.exercise:
        yield words.EXERCISE.get(lang)
    yield found.verdict.get(lang)


def _card(path: Path) -> Card:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CARD + 1)
    except FileNotFoundError as error:
        raise NoSuchRecord(f"there is no file {path}") from error
    except OSError as error:
        raise UnreadableRecord(f"{path}: {error.strerror}") from error
    if len(data) > MAX_CARD:
        raise BadInput(f"a card has at most {MAX_CARD} bytes", where=path.name)
    return cards.read_card(data)


def _tell(error: RogatoryError, *, as_json: bool) -> None:
    if as_json:
        told = {"code": error.code, "message": error.message, "provision": error.cite, "remedy": error.advice}
        _say(json.dumps({"error": told}, ensure_ascii=False, indent=2), sys.stdout)
        return
    _say(f"error [{error.code}]: {error}", sys.stderr)
    _say(f"→ {error.advice}", sys.stderr)


def _say(text: str, out: TextIO) -> None:
    # What a record says comes from outside: nothing in it may steer the terminal or hide a letter.
    shown = "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)
    encoding = out.encoding or "utf-8"
    print(shown.encode(encoding, "replace").decode(encoding), file=out)
