"""Word files (.docx): paragraphs in order, with the numbers that Word itself would put before them.

A .docx is a ZIP archive of XML. It is opened with limits on what it may grow into; nothing in it is run or fetched.
Text that was struck out under change tracking is left out.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from rogatory.documents import xml
from rogatory.documents.limits import (
    MAX_MEMBERS,
    MAX_UNPACKED,
    DocumentDamaged,
    DocumentEncrypted,
    DocumentFormat,
    DocumentTooLarge,
)
from rogatory.documents.numbering import Numbering
from rogatory.kernel.blocks import Block

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
_LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}footnoteReference", f"{W}delText"}
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def docx_blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a Word file.

    Raises `DocumentFormat`, `DocumentTooLarge`, `DocumentDamaged` and `DocumentEncrypted`.
    """
    with _archive(data) as archive:
        body = xml.parsed(_member(archive, MAIN), what=MAIN)
        numbers = _optional(archive, "word/numbering.xml")
        styles = _optional(archive, "word/styles.xml")
    numbering = Numbering(numbers, styles)
    for place, paragraph in enumerate(body.iter(f"{W}p"), start=1):
        label = numbering.label(paragraph)
        for line, text in enumerate(_text(paragraph).split("\n")):
            words = " ".join(text.split())
            if words:
                shown = f"{label} {words}" if label and line == 0 else words
                yield Block(shown, numbering.level(paragraph), f"paragraph {place}")


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentDamaged(f"the archive cannot be opened: {error}") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise DocumentTooLarge(f"it holds {len(members)} files, and {MAX_MEMBERS} is the limit")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise DocumentTooLarge(f"it grows into more than {MAX_UNPACKED} bytes")
    if any(member.flag_bits & 1 for member in members):
        raise DocumentEncrypted
    if MAIN not in archive.namelist():
        raise DocumentFormat("it is an archive, but not a Word file: it has no word/document.xml")
    return archive


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """What the archive holds under *name*, never more than the limit, whatever its directory says."""
    if archive.getinfo(name).compress_type not in _COMPRESSED:
        raise DocumentFormat(f"{name} is packed in an unusual way")
    try:
        with archive.open(name) as file:
            data = file.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise DocumentDamaged(f"{name} cannot be unpacked: {error}") from error
    if len(data) > MAX_UNPACKED:
        raise DocumentTooLarge(f"{name} grows into more than {MAX_UNPACKED} bytes")
    return data


def _optional(archive: zipfile.ZipFile, name: str) -> Any:
    return xml.parsed(_member(archive, name), what=name) if name in archive.namelist() else None


def _text(paragraph: Any) -> str:
    found: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or element.tag == f"{W}p":
            continue  # a paragraph inside, of a text box, comes by itself
        if element.tag == f"{W}t":
            found.append(element.text or "")
        elif element.tag in _BREAKS:
            found.append(_BREAKS[element.tag])
        else:
            waiting.extend(reversed(element))
    return "".join(found)
