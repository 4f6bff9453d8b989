"""Any document into plain blocks: which format it is, and a process apart that reads it.

What is inside a file is decided by its first bytes, and must agree with its name. The parsers of PDF and HTML are
written in C, and a document may come from anywhere: so they run in a child with limits on memory and time, and a
document that makes it fail costs an error with a code, never the node.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import IO, Any

from rogatory.documents.limits import (
    ERRORS,
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_WAIT_SECONDS,
    MEGABYTE,
    DocumentEmpty,
    DocumentFormat,
    DocumentTooLarge,
    ReaderStopped,
)
from rogatory.errors import RogatoryError
from rogatory.kernel.blocks import Block, Document

EXTENSIONS = {
    ".akn": "akn",
    ".xml": "akn",
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
ROOT = b"akomaNtoso"
#: First bytes of what is sometimes taken for a text, and what to call it.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"{\\rtf", "rich text (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
)
#: A line of the child's answer is one block in JSON, which may write six characters for one.
MAX_ANSWER_LINE = 6 * MAX_CHARACTERS + 1000
Progress = Callable[[int, int], None]


def read_file(path: Path, *, progress: Progress | None = None) -> Document:
    """The document at *path*, whose size is looked at before it is opened; raises what `read` raises, and `OSError`."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _too_large(size, path.name)
    with path.open("rb") as file:
        return read(file.read(MAX_BYTES + 1), name=path.name, progress=progress)


def read(data: bytes, *, name: str, progress: Progress | None = None) -> Document:
    """The document that *data*, from a file called *name*, holds; *progress* is told pages done and pages in all.

    Raises `DocumentTooLarge`, `DocumentEmpty`, `DocumentFormat`, `DocumentDamaged`, `DocumentEncrypted`,
    `NoTextLayer`, `DocumentEncoding` and `ReaderStopped`.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), name)
    if not data.strip():
        raise DocumentEmpty(where=name)
    found = format_of(data, name)
    try:
        blocks, about = _read_apart(data, found, progress or _nobody)
    except RogatoryError as error:
        error.where = name
        raise
    title = about.get("title") or next((block.text for block in blocks if block.level), blocks[0].text)
    return Document(
        name=name,
        format=found,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title[:500],
        blocks=blocks,
        lang=about.get("lang", ""),
        dated=about.get("dated", ""),
    )


def format_of(data: bytes, name: str) -> str:
    """The format of *data* by its first bytes and its name; raises `DocumentFormat` where they disagree."""
    claimed = EXTENSIONS.get(Path(name).suffix.lower(), "")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in _FOREIGN:
        if data.startswith(mark):
            raise DocumentFormat(f"it is {what}", where=name)
    found = "pdf" if b"%PDF-" in data[:1024] else "docx" if data.startswith(b"PK\x03\x04") else ""
    if not found and claimed in ("pdf", "docx"):
        raise DocumentFormat(f"its name says {claimed}, its contents do not", where=name)
    if found and claimed not in ("", found):
        raise DocumentFormat(f"its name says {claimed}, its contents are {found}", where=name)
    if found or claimed:
        return found or claimed
    if ROOT in data[:4096] and start.startswith(b"<"):
        return "akn"
    return "html" if start[:15].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else "text"


def _read_apart(data: bytes, format: str, progress: Progress) -> tuple[tuple[Block, ...], dict[str, str]]:
    """The blocks, and what the file says of itself."""
    command = [sys.executable, "-I", "-m", "rogatory.documents.child", format]
    blocks: list[Block] = []
    about: dict[str, str] = {}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"}
    ) as child:
        watch = Timer(MAX_WAIT_SECONDS, child.kill)
        watch.start()
        try:
            _give(child.stdin, data)
            while line := child.stdout.readline(MAX_ANSWER_LINE) if child.stdout else b"":
                answer = _answer(line)
                about.update(answer.get("about", {}))
                if _took(answer, blocks, progress):
                    return tuple(blocks), about
        finally:
            watch.cancel()
            child.kill()
    raise ReaderStopped


def _give(pipe: IO[bytes] | None, data: bytes) -> None:
    try:
        if pipe is not None:
            with pipe:
                pipe.write(data)
    except BrokenPipeError as error:
        raise ReaderStopped from error


def _took(answer: dict[str, Any], blocks: list[Block], progress: Progress) -> bool:
    """Whether *answer* was the last; a block is added to *blocks*, an error raised."""
    if "error" in answer:
        raise ERRORS.get(answer["error"], ReaderStopped)(answer.get("message"))
    if "progress" in answer:
        progress(*answer["progress"])
    if "block" in answer:
        blocks.append(Block(*answer["block"]))
    return "done" in answer


def _answer(line: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise ReaderStopped from error
    return found


def _nobody(done: int, of: int) -> None:
    """Nobody looks on."""


def _too_large(size: int, name: str) -> DocumentTooLarge:
    return DocumentTooLarge(f"it has {size // MEGABYTE} MB, and {MAX_BYTES // MEGABYTE} MB is the limit", where=name)
