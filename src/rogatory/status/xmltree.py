"""XML from outside, as small a part of it as a table needs: elements, their text, and the line each began on.

Whatever makes XML dangerous is refused before it can act: document types, entities, processing instructions that
include, and anything beyond the limits of size, depth and number of elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from rogatory.errors import BadInput

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 400_000
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']iso-8859-1["']""", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")


class BadXML(BadInput):
    """This is not XML that we read."""

    code = "bad-xml"
    remedy = "Fetch the file again; if it still fails, give the deposits as CSV."


@dataclass(slots=True)
class Element:
    """One element: its name in small letters, the line it began on, and its pieces of text and elements in order."""

    name: str
    line: int
    pieces: "list[str | Element]" = field(default_factory=list)

    def elements(self, *names: str) -> "Iterator[Element]":
        """The elements of these names anywhere below, in order; what is inside of one of them is not sought again."""
        for piece in self.pieces:
            if isinstance(piece, Element):
                if piece.name in names:
                    yield piece
                else:
                    yield from piece.elements(*names)

    def text(self, *, without: frozenset[str] = frozenset()) -> str:
        """All text below with single spaces, leaving out the elements named in *without*."""
        return " ".join("".join(self._texts(without)).split())

    def _texts(self, without: frozenset[str]) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, str):
                yield piece
            elif piece.name not in without:
                yield from piece._texts(without)


def read_xml(data: bytes, *, name: str) -> Element:
    """The root of an XML text; raises `BadXML` with the line for what is not XML, or not safe."""
    if len(data) > MAX_BYTES:
        raise BadXML(f"{len(data)} bytes are more than the limit of {MAX_BYTES}", where=name)
    builder = _Builder(name, windows=_DECLARED.match(data.lstrip()[:200]) is not None)
    try:
        builder.parser.Parse(data, True)  # noqa: FBT003 - the parser's own signature: this is the last piece
    except expat.ExpatError as error:
        raise BadXML(f"this is not XML: {expat.ErrorString(error.code)}", where=f"{name}:{error.lineno}") from error
    except (LookupError, ValueError) as error:
        raise BadXML(f"the encoding is not one we read: {error}", where=f"{name}:1") from error
    return builder.root


class _Builder:
    """Takes the parser's events, and refuses at the first one that has no place in a table."""

    def __init__(self, name: str, *, windows: bool) -> None:
        self.root = Element("", 1)
        self._open = [self.root]
        self._count = 0
        self._name = name
        self._windows = windows
        self.parser = expat.ParserCreate(namespace_separator=None)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype

    def _where(self) -> str:
        return f"{self._name}:{self.parser.CurrentLineNumber}"

    def _doctype(self, *_: object) -> None:
        raise BadXML("it declares a document type or entities, which we do not read", where=self._where())

    def _start(self, name: str, _: object) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) > MAX_DEPTH:
            raise BadXML(f"more than {MAX_ELEMENTS} elements, or {MAX_DEPTH} deep", where=self._where())
        element = Element(name.rpartition(":")[2].lower(), self.parser.CurrentLineNumber)
        self._open[-1].pieces.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].pieces.append(_C1.sub(_as_windows, text) if self._windows else text)


def _as_windows(match: re.Match[str]) -> str:
    """The sign that was meant: much that calls itself ISO-8859-1 is Windows-1252."""
    return match[0].encode("latin-1").decode("cp1252", "replace")
