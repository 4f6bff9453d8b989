"""The header of an age file: who may open it, and a MAC over that list.

    age-encryption.org/v1
    -> TYPE ARGUMENT …          one stanza a receiver: the file key, wrapped for that receiver
    BASE64 BODY                 lines of 64 signs, the last one shorter
    --- MAC

Source: C2SP age.md. Reading is strict and bounded: a header is refused unless it is what a writer would have
written, because its MAC can be checked only after a key has been tried.
"""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from rogatory.errors import Untrusted
from rogatory.sealing import hkdf
from rogatory.sealing.encoding import BadBase64, from_base64, to_base64

VERSION_LINE = b"age-encryption.org/v1\n"
FILE_KEY_SIZE = 16
MAX_HEADER = 4 * 1024 * 1024
MAX_STANZAS = 10_000
_COLUMNS = 64
_ARGUMENTS = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n")
_MAC = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")


class AgeFailure(Untrusted):
    """The age file cannot be opened."""

    code = "age-failure"


class HeaderFailure(AgeFailure):
    """The header of the age file is not well formed."""

    code = "age-header"


class MACFailure(AgeFailure):
    """The header of the age file was changed after it was written."""

    code = "age-header-mac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """The file key as wrapped for one receiver: type and arguments, and the body."""

    arguments: tuple[str, ...]
    body: bytes

    @property
    def kind(self) -> str:
        """The first argument, which names the type of the receiver's key."""
        return self.arguments[0]

    def to_bytes(self) -> bytes:
        """The stanza as it stands in a header."""
        text = to_base64(self.body)
        lines = [text[start : start + _COLUMNS] for start in range(0, len(text) + 1, _COLUMNS)]
        return b"-> " + " ".join(self.arguments).encode() + b"\n" + b"\n".join(lines) + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header as read: its stanzas, its MAC (not yet checked) and its size in bytes."""

    stanzas: tuple[Stanza, ...]
    authenticated: bytes
    mac: bytes
    size: int

    def verify_mac(self, file_key: bytes) -> None:
        """Return in silence when the MAC was made with *file_key* over this header; raises `MACFailure`."""
        if not hmac.compare_digest(header_mac(file_key, self.authenticated), self.mac):
            raise MACFailure


def header_mac(file_key: bytes, authenticated: bytes) -> bytes:
    """The MAC over the header up to and including its `---`."""
    return hmac.digest(hkdf.derive(file_key, salt=b"", info=b"header"), authenticated, "sha256")


def format_header(file_key: bytes, stanzas: Sequence[Stanza]) -> bytes:
    """The bytes of the header that carries *stanzas*, with its MAC."""
    authenticated = VERSION_LINE + b"".join(stanza.to_bytes() for stanza in stanzas) + b"---"
    return authenticated + b" " + to_base64(header_mac(file_key, authenticated)) + b"\n"


def read_header(stream: BinaryIO, *, limit: int = MAX_HEADER) -> Header:
    """The header at the place where *stream* stands, which is left behind it; raises `HeaderFailure`.

    At most *limit* bytes and `MAX_STANZAS` stanzas are read.
    """
    reader = _Lines(stream, limit)
    if reader.next() != VERSION_LINE:
        raise HeaderFailure("this is not an age file of version 1")
    stanzas: list[Stanza] = []
    line = reader.next()
    while not line.startswith(b"---"):
        if len(stanzas) == MAX_STANZAS:
            raise HeaderFailure(f"the age header names more than {MAX_STANZAS} receivers")
        stanzas.append(Stanza(arguments=_arguments(line), body=_body(reader)))
        line = reader.next()
    match = _MAC.fullmatch(line)
    if match is None or not stanzas:
        raise HeaderFailure("the age header does not end in a MAC, or names no receiver")
    _refuse_mixed_passphrase(stanzas)
    data = b"".join(reader.lines)
    authenticated = data[: len(data) - len(line) + 3]
    return Header(stanzas=tuple(stanzas), authenticated=authenticated, mac=_base64(match[1]), size=len(data))


class _Lines:
    """The lines of a stream up to a limit of bytes, kept as they were."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._left = limit
        self._limit = limit
        self.lines: list[bytes] = []

    def next(self) -> bytes:
        line = self._stream.readline(self._left + 1)
        self._left -= len(line)
        if self._left < 0:
            raise HeaderFailure(f"the age header is longer than the limit of {self._limit} bytes")
        if not line.endswith(b"\n"):
            raise HeaderFailure("the age header is cut short")
        self.lines.append(line)
        return line


def _arguments(line: bytes) -> tuple[str, ...]:
    match = _ARGUMENTS.fullmatch(line)
    if match is None:
        raise HeaderFailure("a stanza of the age header does not begin with '-> ' and its arguments")
    return tuple(match[1].decode("ascii").split(" "))


def _body(reader: _Lines) -> bytes:
    parts: list[bytes] = []
    while True:
        text = reader.next()[:-1]
        if len(text) > _COLUMNS:
            raise HeaderFailure(f"a line of the age header is longer than {_COLUMNS} signs")
        parts.append(text)
        if len(text) < _COLUMNS:
            return _base64(b"".join(parts))


def _base64(text: bytes) -> bytes:
    try:
        return from_base64(text)
    except BadBase64 as error:
        raise HeaderFailure("the age header has base64 that is not canonical") from error


def _refuse_mixed_passphrase(stanzas: Sequence[Stanza]) -> None:
    if len(stanzas) > 1 and any(stanza.kind == "scrypt" for stanza in stanzas):
        raise HeaderFailure("an age file opened by a passphrase may name no other receiver")
