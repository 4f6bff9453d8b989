"""Writing a bundle: everything that proves a case, in one file that is read years later without us.

Rules in words. The same contents, exported by the same authority at the same time, give the same bytes. Small members
are held in memory; a sealed exhibit is read twice, once for its digests and once to be copied, and must be the same
both times. The sink is only ever written forward. The signed page comes first, then what it lists, in a fixed order.
Between them stands, when a template is given, the page `verify.html` with all papers in it.
"""

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO

from rogatory.bundle import index as names
from rogatory.bundle import verify_page
from rogatory.bundle.container import MAX_MEMBERS, Entry, directory, local_header, read_blocks, require_name
from rogatory.bundle.index import Index, Member
from rogatory.bundle.readme import readme
from rogatory.casefile.fold import fold
from rogatory.casefile.messages import Message
from rogatory.errors import BadInput, Unavailable
from rogatory.evidence.sealer import write_all
from rogatory.kernel import canonical, digests
from rogatory.ledger.proofs import Proof
from rogatory.sealing import jws, receipts
from rogatory.sealing.cards import Card
from rogatory.sealing.keys import SigningKey

Open = Callable[[], BinaryIO]
Progress = Callable[[int], None]


class TooManyMembers(BadInput):
    """The case has more pieces than one bundle holds."""

    code = "bundle-too-many-members"


class ChangedWhileRead(Unavailable):
    """A file changed while it was being written into the bundle."""

    code = "bundle-changed-while-read"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitFiles:
    """One exhibit as it enters a bundle: signed manifest, custody entries in order, and what else there is.

    *part_digests* are 32 raw bytes a part; *header* is the one made anew for the exporter's present keys, if there is
    one; *open_sealed* opens the sealed file from its beginning.
    """

    exhibit: str
    manifest: bytes
    custody: Sequence[bytes]
    part_digests: bytes | None = None
    header: bytes | None = None
    open_sealed: Open | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything that a bundle is made of.

    *cards* hold all keys; *proofs* are one for each message, and those that there are for custody entries, all under
    the one *checkpoint*; *time_stamp* is an RFC 3161 token for that checkpoint.
    """

    messages: Sequence[Message]
    cards: Sequence[Card]
    receipts: Sequence[bytes]
    proofs: Sequence[Proof]
    checkpoint: str
    time_stamp: bytes | None = None
    exhibits: Sequence[ExhibitFiles] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """Who exports, when, with which program, and the key that the authority has at that time."""

    authority: str
    at: datetime
    program: str
    key: SigningKey = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSummary:
    """What was written: the case, how many of what, the size in bytes and the SHA-256 of the whole file."""

    case: str
    messages: int
    exhibits: int
    sealed_exhibits: int
    members: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A member that is ready: its entry, its digest, and how to read it."""

    entry: Entry
    sha256: str
    open: Open


def write(
    contents: Contents,
    sink: BinaryIO,
    *,
    exporter: Exporter,
    page: bytes | None = None,
    progress: Progress | None = None,
) -> BundleSummary:
    """Write the bundle of *contents* to *sink*, signed by *exporter*; *progress* sees the bytes written so far.

    *page* is the template of the page to put in (`verify_page.template()`), None for a bundle without one.
    Raises `DoesNotFit` when the messages are not of one case, `TooManyMembers`, or `ChangedWhileRead`; then what the
    sink holds must be thrown away.
    """
    case = fold(contents.messages)
    index = Index(
        case=case.id,
        exported_at=exporter.at,
        exported_by=exporter.authority,
        exercise=case.exercise,
        program=exporter.program,
        heads=case.heads,
        members=(),
        template=hashlib.sha256(page).hexdigest() if page else None,
    )
    if len(contents.messages) > names.MAX_MESSAGES:
        raise TooManyMembers(f"the case has {len(contents.messages)} messages; a bundle holds {names.MAX_MESSAGES}")
    listed = [_piece(name, open_) for name, open_ in _listed(contents, readme(index))]
    if len(listed) + len(index.names()) > MAX_MEMBERS:
        raise TooManyMembers(f"the case has {len(listed)} pieces; a bundle holds {MAX_MEMBERS}")
    index = replace(index, members=tuple(_member(one) for one in listed))
    signed = jws.sign(index.to_json(), key=exporter.key, typ=names.TYPE)
    head = [
        _piece(names.SIGNED, _held(signed)),
        _piece(names.PLAIN, _held(canonical.dumps(index.to_json()))),
    ]
    if page:
        head.append(_piece(names.PAGE, _held(verify_page.filled(page, _papers([*head, *listed])))))
    size, sha256 = _write_all([*head, *listed], sink, progress)
    return BundleSummary(
        case=case.id,
        messages=len(contents.messages),
        exhibits=len(contents.exhibits),
        sealed_exhibits=sum(1 for one in contents.exhibits if one.open_sealed),
        members=len(listed) + len(head),
        size=size,
        sha256=sha256,
    )


def _papers(pieces: Sequence[_Piece]) -> Iterator[tuple[str, bytes]]:
    for piece in pieces:
        if verify_page.is_paper(piece.entry.name):
            with piece.open() as source:
                yield piece.entry.name, source.read()


def _listed(contents: Contents, page: bytes) -> Iterator[tuple[str, Open]]:
    yield names.README, _held(page)
    for card in sorted(contents.cards, key=lambda card: (card.state, card.serial)):
        yield names.card_name(card.state, card.serial), _held(card.jws)
    for message in sorted(contents.messages, key=lambda message: message.order):
        yield names.message_name(message.number, message.digest), _held(message.jws)
    received = {receipts.read_receipt(one).receipt.envelope: one for one in contents.receipts}
    for envelope, receipt in sorted(received.items()):
        yield names.receipt_name(envelope), _held(receipt)
    yield names.CHECKPOINT, _held(contents.checkpoint.encode())
    if contents.time_stamp is not None:
        yield names.TIME_STAMP, _held(contents.time_stamp)
    for proof in sorted(contents.proofs, key=lambda proof: proof.index):
        yield names.proof_name(proof.opening.digest.hex()), _held(canonical.dumps(proof.to_json()))
    for exhibit in sorted(contents.exhibits, key=lambda exhibit: exhibit.exhibit):
        yield from _exhibit(exhibit)


def _exhibit(files: ExhibitFiles) -> Iterator[tuple[str, Open]]:
    yield names.exhibit_name(files.exhibit, "manifest.jws"), _held(files.manifest)
    for place, entry in enumerate(files.custody, start=1):
        yield names.custody_name(files.exhibit, place), _held(entry)
    if files.part_digests is not None:
        yield names.exhibit_name(files.exhibit, "parts.bin"), _held(files.part_digests)
    if files.header is not None:
        yield names.exhibit_name(files.exhibit, "header.age"), _held(files.header)
    if files.open_sealed is not None:
        yield names.exhibit_name(files.exhibit, "sealed.age"), files.open_sealed


def _held(data: bytes) -> Open:
    return lambda: io.BytesIO(data)


def _piece(name: str, open_: Open) -> _Piece:
    digest, crc, size = hashlib.sha256(), 0, 0
    with open_() as source:
        for block in read_blocks(source):
            digest.update(block)
            crc = zlib.crc32(block, crc)
            size += len(block)
    return _Piece(entry=Entry(name=require_name(name), size=size, crc=crc), sha256=digest.hexdigest(), open=open_)


def _member(piece: _Piece) -> Member:
    return Member(name=piece.entry.name, sha256=digests.require_digest(piece.sha256), size=piece.entry.size)


def _write_all(pieces: Sequence[_Piece], sink: BinaryIO, progress: Progress | None) -> tuple[int, str]:
    whole, written = hashlib.sha256(), 0
    for block in _blocks(pieces):
        write_all(sink, memoryview(block))
        whole.update(block)
        written += len(block)
        if progress:
            progress(written)
    return written, whole.hexdigest()


def _blocks(pieces: Sequence[_Piece]) -> Iterator[bytes | memoryview]:
    for piece in pieces:
        yield local_header(piece.entry)
        crc, size = 0, 0
        with piece.open() as source:
            for block in read_blocks(source):
                crc = zlib.crc32(block, crc)
                size += len(block)
                yield block
        if (crc, size) != (piece.entry.crc, piece.entry.size):
            raise ChangedWhileRead(f"{piece.entry.name} changed while it was being written into the bundle")
    yield directory([piece.entry for piece in pieces])
