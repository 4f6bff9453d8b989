"""The files of a session's documents: one for each language, kept beside the record, which names them by their SHA-256.

Rules in words. The secretariat issues a document with its files; what a file is, its content says and not its name. The
files are kept before the record names them, under the meeting and by their digest, so a file that is there is whole and
one that is named is there. Every version stays. A file is checked against the record each time it is given away. What
was issued while the meeting was private is for those who may attend private meetings, and so is everything while it is.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.state import Document, State
from rogatory.conference.record import entries
from rogatory.errors import BadInput, NotFound
from rogatory.node import people
from rogatory.node.conference import meetings
from rogatory.node.conference.meetings import SECRETARY
from rogatory.node.conference.publishing import MeetingPrivate, Reader
from rogatory.node.context import Node
from rogatory.node.sittings import Sitting
from rogatory.ports.blobs import BlobDamaged
from rogatory.ports.stores import AlreadyHeld

KIND = "document-issued"
MAX_FILE = 20 * 1024 * 1024
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}
_PDF_WITHIN = 1024
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


class BadDocumentFile(BadInput):
    """This file cannot be issued as a document."""

    code = "bad-document-file"
    remedy = "Give a PDF, a DOCX without macros, or a text in UTF-8, of at most 20 MB."


class NoSuchDocumentFile(NotFound):
    """There is no such file of a document here."""

    code = "no-such-document-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A file that may be given away: the version it belongs to, its language and the SHA-256 that the record names."""

    meeting: str
    document: Document
    language: str
    sha256: str


def issue(
    node: Node,
    actor: people.Actor,
    meeting: str,
    body: Mapping[str, Any],
    files: Mapping[str, BinaryIO],
    *,
    once: str = "",
) -> Sitting:
    """How *meeting* stands once the document of *body* is issued with *files*, seekable, by language.

    A language that has a file need not stand in `languages`. Nothing is kept of what the rules refuse. Raises
    `RoleMissing`, `BadDocumentFile`, `StorageFull`, and as `meetings.enter`.
    """
    people.require(actor, SECRETARY)
    found = meetings.sitting(node, meeting)
    named = {language: digest_of(file, language) for language, file in files.items()}
    languages = tuple(dict.fromkeys((*body.get("languages", ()), *named)))
    told = {**body, "languages": list(languages), **({"files": named} if named else {})}
    _try(node, found, actor, told)
    for language, file in files.items():
        _keep(node, meeting, file, named[language])
    return meetings.enter(node, actor, meeting, KIND, told, once=once)


def _try(node: Node, found: Sitting, actor: people.Actor, body: Mapping[str, Any]) -> None:
    at = max(node.clock.now(), found.state.at)
    event = Event(kind=KIND, by=Actor("secretariat", actor.name), at=at, body=entries.plain_body(body))
    engine.step(found.state, event)


def digest_of(file: BinaryIO, language: str = "") -> str:
    """The SHA-256 of *file*; raises `BadDocumentFile` for one that is too large, empty or of no type we take."""
    data = _whole(file, language)
    type_of(data, language)
    return hashlib.sha256(data).hexdigest()


def _whole(file: BinaryIO, language: str) -> bytes:
    file.seek(0)
    data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise BadDocumentFile("the file is larger than 20 MB", where=language)
    return data


def type_of(data: bytes, language: str = "") -> str:
    """What *data* is by its content, one of `TYPES`; raises `BadDocumentFile`."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data, language)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocumentFile("the file is no PDF, no DOCX and no text in UTF-8", where=language) from error
    if not text.strip() or _CONTROLS.search(text):
        raise BadDocumentFile("the file is empty, or is no text that can be read", where=language)
    return "txt"


def _office(data: bytes, language: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise BadDocumentFile("the file begins as a DOCX and is none", where=language) from error
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise BadDocumentFile("the file is an archive, and no DOCX", where=language)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadDocumentFile("the document carries macros", where=language)
    return "docx"


def _name(meeting: str, sha256: str) -> str:
    return f"meetings/{meeting}/{sha256}"


def _keep(node: Node, meeting: str, file: BinaryIO, sha256: str) -> None:
    """Keep *file* under its digest; one that is there already, and is right, stays as it is."""
    name, data = _name(meeting, sha256), _whole(file, "")
    if hashlib.sha256(data).hexdigest() != sha256:
        raise BadDocumentFile("the file changed while it was read")
    if node.blobs.exists(name):
        if _held(node, name) != data:
            node.blobs.replace(name, data)
        return
    try:
        writer = node.blobs.create(name)
        try:
            writer.file.write(data)
            writer.commit()
        except BaseException:
            writer.abort()
            raise
    except AlreadyHeld:
        return  # somebody kept the same bytes meanwhile


def _held(node: Node, name: str) -> bytes:
    with node.blobs.open(name) as file:
        return file.read(MAX_FILE + 1)


def listed(state: State, reader: Reader) -> tuple[Document, ...]:
    """The documents that *reader* may know of, by symbol: of each, unless it may attend, what was issued in public."""
    found, all_of_it = [], reader.may_attend(state)
    for one in sorted(state.documents.values(), key=lambda one: one.symbol):
        shown = [version for version in one.versions if all_of_it or not version.private]
        if shown:
            found.append(replace(shown[0], earlier=tuple(reversed(shown[1:]))))
    return tuple(found)


def file_of(found: Sitting, symbol: str, language: str, version: int, *, reader: Reader) -> DocumentFile:
    """The file of that version of a document, for *reader*; raises `MeetingPrivate` and `NoSuchDocumentFile`."""
    may_attend = reader.may_attend(found.state)
    if found.state.private and not may_attend:
        raise MeetingPrivate
    held = found.state.documents.get(symbol)
    versions = held.versions if held else ()
    one = next((one for one in versions if one.version == version and (may_attend or not one.private)), None)
    if one is None or not one.file(language):
        raise NoSuchDocumentFile(f"{symbol[:60]}, version {version}, has no file in {language[:60]}")
    return DocumentFile(meeting=found.meeting, document=one, language=language, sha256=one.file(language))


def read(node: Node, file: DocumentFile) -> bytes:
    """The bytes of *file*, as the record names them; raises `BlobDamaged` and `NoSuchDocumentFile`."""
    try:
        data = _held(node, _name(file.meeting, file.sha256))
    except NotFound as error:
        raise NoSuchDocumentFile(f"the file {file.sha256} is named in the record and is not here") from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise BlobDamaged(
            f"{file.document.symbol}, {file.language}: the file is not what the record names",
            remedy="Issue the document again with the same file, or restore the newest good backup.",
        )
    return data
