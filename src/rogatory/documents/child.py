"""The process that reads one document and nothing else: `python -m rogatory.documents.child FORMAT`.

It limits itself before it touches the first byte: memory, seconds, no file written. The document comes on standard
input; on standard output go lines of JSON: how far it has come, what the file says of itself, the blocks, and at the
end `done` or the error.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any

from rogatory.documents import akomantoso, docx, html, pdf, plain
from rogatory.documents.encodings import decoded
from rogatory.documents.limits import (
    MAX_BLOCKS,
    MAX_CHARACTERS,
    MAX_MEMORY,
    MAX_WORK_SECONDS,
    DocumentEmpty,
    DocumentTooLarge,
    ReaderStopped,
)
from rogatory.errors import RogatoryError
from rogatory.kernel.blocks import Block


def main(format: str) -> None:
    """Read standard input as *format* and tell the blocks on standard output."""
    _limit_ourselves()
    tell(format, sys.stdin.buffer.read())


def tell(format: str, data: bytes) -> None:
    """Tell the blocks of *data*, and `done` or the error, on standard output."""
    try:
        count = characters = 0
        for block in READERS[format](data):
            count, characters = count + 1, characters + len(block.text)
            if count > MAX_BLOCKS or characters > MAX_CHARACTERS:
                raise DocumentTooLarge(f"it has more than {MAX_BLOCKS} paragraphs or {MAX_CHARACTERS} characters")
            _say({"block": [block.text, block.level, block.where, block.role]})
        if not count:
            raise DocumentEmpty
        _tell({"done": count})
    except MemoryError:
        _tell({"error": ReaderStopped.code, "message": "it needs more memory than is allowed"})
    except RogatoryError as error:
        _tell({"error": error.code, "message": error.message})


def _pdf(data: bytes) -> Iterator[Block]:
    return pdf.pdf_blocks(data, lambda done, of: _tell({"progress": [done, of]}))


def _akn(data: bytes) -> Iterator[Block]:
    return akomantoso.akn_blocks(data, lambda about: _tell({"about": about}))


READERS: dict[str, Callable[[bytes], Iterator[Block]]] = {
    "akn": _akn,
    "pdf": _pdf,
    "docx": docx.docx_blocks,
    "html": html.html_blocks,
    "markdown": lambda data: plain.markdown_blocks(decoded(data)),
    "text": lambda data: plain.text_blocks(decoded(data)),
}


def _limit_ourselves() -> None:
    limits = (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_WORK_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in limits:
        _, hard = resource.getrlimit(which)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (allowed, allowed))


def _tell(value: dict[str, Any]) -> None:
    """Say *value* at once."""
    _say(value)
    sys.stdout.flush()


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
