"""Blobs in an S3-compatible store: content-addressed pieces and an index written last (`pieces` says how).

Nothing is shared between two blobs. A blob comes to be by one conditional write of its index (If-None-Match), so a
name is used once even when two processes write it; a store without that condition has only the look before. Objects
are written whole or not at all: what a writer that died leaves are pieces without an index, which `clear_dead` finds.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, BinaryIO, cast

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from rogatory.errors import NotFound, Unavailable
from rogatory.ports.blobs import BlobDamaged, StorageFull
from rogatory.ports.stores import AlreadyHeld
from rogatory.stores.files import require_name
from rogatory.stores.s3.pieces import (
    PIECE_BYTES,
    BadIndex,
    Index,
    Piece,
    PieceReader,
    make_piece,
    piece_of,
    read_index,
    recut,
    verified,
)
from rogatory.stores.s3.versions import S3Versions
from rogatory.stores.s3.writing import PieceWriter

INDEX, UNFINISHED = "index", "unfinished"
HANDS = 6
BUFFER_BYTES = 256 * 1024
NO_LIMIT = 2**60
_FULL = ("QuotaExceeded", "StorageFull", "507 ", "InsufficientStorage")


class StoreUnreachable(Unavailable):
    """The store of the node's blobs cannot be used now."""

    code = "blob-store-unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """Where blobs are: endpoint (URL), bucket, prefix in it, region, and the keys, which stand in no file of ours."""

    endpoint: str
    bucket: str
    region: str
    prefix: str = ""
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    session_token: str = field(default="", repr=False)

    def open(self) -> S3Store:
        """The store; nothing is asked of it yet."""
        config: Any = {"access_key_id": self.access_key, "secret_access_key": self.secret_key}
        if self.session_token:
            config["session_token"] = self.session_token
        return S3Store(
            self.bucket,
            prefix=self.prefix or None,
            endpoint=self.endpoint,
            region=self.region,
            config=config,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": self.endpoint.startswith("http://"),
                "connect_timeout": "5s",
                "timeout": "90s",
            },
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=30)},
        )


class S3Writer:
    """`ports.blobs.BlobWriter`: pieces, which `commit` makes a blob."""

    def __init__(self, blobs: "S3Blobs", name: str) -> None:
        self._blobs, self._name = blobs, name
        self._pieces = PieceWriter(partial(blobs.put_piece, name), blobs.hands, size=blobs.piece_bytes)
        self.file = cast("BinaryIO", self._pieces)

    def commit(self) -> None:
        """Make what was written a blob, durably; raises `AlreadyHeld` and `StorageFull`."""
        index = self._pieces.finish()
        try:
            self._blobs.put_index(self._name, index)
        finally:
            self._pieces.close()

    def abort(self) -> None:
        """Forget what was written."""
        self._pieces.close()
        if written := self._pieces.take_written():
            self._blobs.forget_pieces(self._name, written)


class S3Appender:
    """`ports.blobs.BlobAppender`: more pieces of an unfinished blob."""

    def __init__(self, blobs: "S3Blobs", name: str, offset: int) -> None:
        self._pieces = PieceWriter(partial(blobs.put_piece, name), blobs.hands, offset, size=blobs.piece_bytes)
        self.file = cast("BinaryIO", self._pieces)

    def sync(self) -> None:
        """Make durable what was written."""
        self._pieces.finish()

    def close(self) -> None:
        """Let go of it; it stays unfinished."""
        self._pieces.close()


class S3Blobs:
    """`ports.blobs.Blobs` in one bucket, or below a prefix of it."""

    def __init__(self, place: S3Place, *, piece_bytes: int = PIECE_BYTES) -> None:
        self._store = place.open()
        self.piece_bytes = piece_bytes
        self._versions = S3Versions(place)
        self._marked: set[str] = set()
        self.hands = ThreadPoolExecutor(HANDS, thread_name_prefix="rogatory-s3")

    def create(self, name: str) -> S3Writer:
        """A writer of a new blob; raises `AlreadyHeld`."""
        if self.exists(name):
            raise AlreadyHeld(f"there is a blob {name} already")
        return S3Writer(self, name)

    def append(self, name: str, offset: int) -> S3Appender:
        """Continue the unfinished blob *name* after its first *offset* bytes; raises `AlreadyHeld`, `NotFound`."""
        if self.exists(name):
            raise AlreadyHeld(f"there is a blob {name} already")
        pieces = self._pieces(name)
        for piece in (one for one in pieces if one.offset < offset < one.end):
            kept = self._fetch(name, piece)[: offset - piece.offset]
            self.put_piece(name, piece.offset, kept)
        beyond = [piece for piece in pieces if piece.end > offset]
        self._delete(f"{name}/{piece.name}" for piece in beyond)
        left = Index(size=offset, pieces=tuple(self._pieces(name)))
        if not left.is_whole():
            raise NotFound(f"the unfinished blob {name} does not have {offset} bytes")
        self._mark(name, 0)
        return S3Appender(self, name, offset)

    def open(self, name: str) -> BinaryIO:
        """The blob *name*; raises `NotFound`; reading raises `BlobDamaged`."""
        index = self._index(name)
        if index is None:
            raise NotFound(f"there is no blob {name}")
        return self._reader(name, index)

    def open_afresh(self, name: str) -> BinaryIO:
        """As `open`: nothing is held in memory."""
        return self.open(name)

    def open_unfinished(self, name: str) -> BinaryIO:
        """The unfinished blob *name*; raises `NotFound`."""
        return self._reader(name, self._unfinished(name))

    def exists(self, name: str) -> bool:
        """Whether there is a finished blob *name*."""
        return self._index(name) is not None

    def size(self, name: str) -> int:
        """Its size in bytes; raises `NotFound`."""
        index = self._index(name)
        if index is None:
            raise NotFound(f"there is no blob {name}")
        return index.size

    def names(self, folder: str) -> Iterator[str]:
        """The names of the finished blobs below *folder*, in order."""
        return iter(sorted(blob for blob, kind, _ in self._objects(folder) if kind == INDEX))

    def unfinished_names(self, folder: str) -> Iterator[str]:
        """The names of the unfinished blobs below *folder*, in order."""
        found = list(self._objects(folder))
        finished = {blob for blob, kind, _ in found if kind == INDEX}
        return iter(sorted({blob for blob, kind, _ in found if kind == UNFINISHED} - finished))

    def write_at(self, name: str, size: int, offset: int, data: bytes | memoryview) -> None:
        """Put *data* at *offset* of the unfinished blob *name* of *size* bytes, durably."""
        require_name(name)
        self._mark(name, size)
        for start in range(0, len(data), self.piece_bytes):
            self.put_piece(name, offset + start, data[start : start + self.piece_bytes])

    def finish(self, name: str) -> None:
        """Make the unfinished blob *name* a blob; doing it again changes nothing. Raises `BlobDamaged` for gaps."""
        if not self.exists(name):
            index = self._unfinished(name)
            if not index.is_whole():
                raise BlobDamaged(f"pieces of the unfinished blob {name} are missing")
            with _reached():
                obstore.put(self._store, f"{name}/{INDEX}", index.to_bytes(), use_multipart=False)
        self._delete([f"{name}/{UNFINISHED}"])
        self._marked.discard(name)

    def repair(self, name: str, size: int, offset: int, data: bytes) -> None:
        """Put *data* back at *offset* of the blob *name*, which has *size* bytes; raises `NotFound`."""
        index = self._index(name)
        if index is None:
            raise NotFound(f"there is no blob {name}")
        new = [
            self.put_piece(name, start, data[start - offset : end - offset])
            for start, end in recut(index, size, (offset, offset + len(data)), self.piece_bytes)
        ]
        end = offset + len(data)
        for piece in index.pieces:
            if piece.end <= offset or end <= piece.offset < piece.end <= size:
                new.append(piece)
                continue
            for start, until in ((piece.offset, min(offset, size)), (max(end, piece.offset), min(piece.end, size))):
                if start < until:
                    kept = self._unverified(name, piece)[start - piece.offset : until - piece.offset]
                    new.append(self.put_piece(name, start, kept))
        mended = Index(size=size, pieces=tuple(sorted(new, key=lambda one: one.offset)))
        if not mended.is_whole():
            raise BlobDamaged(f"more of {name} is missing than is put back now")
        if mended != index:
            with _reached():
                obstore.put(self._store, f"{name}/{INDEX}", mended.to_bytes(), use_multipart=False)
            self._delete(
                f"{name}/{one.name}" for one in index.pieces if one.name not in {new.name for new in mended.pieces}
            )

    def replace(self, name: str, data: bytes) -> None:
        """Make *data* the blob *name*, in the place of what is left of it."""
        old = self._pieces(name)
        writer = PieceWriter(partial(self.put_piece, name), self.hands, size=self.piece_bytes)
        writer.write(data)
        index = writer.finish()
        with _reached():
            obstore.put(self._store, f"{name}/{INDEX}", index.to_bytes(), use_multipart=False)
        named = {piece.name for piece in index.pieces}
        self._delete(f"{name}/{piece.name}" for piece in old if piece.name not in named)

    def shred(self, name: str) -> None:
        """Remove the blob *name*, finished or not, and every earlier version of it that the bucket keeps."""
        require_name(name)
        self._delete([f"{name}/{INDEX}"])
        self._delete(f"{name}/{kind}" for _, kind, _ in self._objects(name))
        self._versions.purge(name)
        self._marked.discard(name)

    def clear_dead(self, before: datetime) -> int:
        """Remove pieces that no index names and nobody has added to since *before*; how many objects."""
        dead: list[str] = []
        for blob, group in self._by_blob("exhibits").items():
            kinds = {kind for kind, _ in group}
            if max(at for _, at in group) >= before or (UNFINISHED in kinds and INDEX not in kinds):
                continue
            index = self._index(blob)
            named = {piece.name for piece in index.pieces} if index else set()
            dead += [f"{blob}/{kind}" for kind in kinds - named - {INDEX}]
        self._delete(dead)
        return len(dead)

    def free(self) -> int:
        """As much as anybody asks for: such a store has no limit that it tells."""
        return NO_LIMIT

    def put_piece(self, name: str, offset: int, data: bytes | memoryview) -> Piece:
        """The piece that *data* now is at *offset* of *name*, durably; raises `StorageFull` and `StoreUnreachable`."""
        require_name(name)
        piece = make_piece(offset, data)
        with _reached():
            obstore.put(self._store, f"{name}/{piece.name}", bytes(data), use_multipart=False)
        return piece

    def put_index(self, name: str, index: Index) -> None:
        """Make the pieces of *index* the blob *name*; raises `AlreadyHeld`."""
        try:
            with _reached():
                obstore.put(self._store, f"{name}/{INDEX}", index.to_bytes(), mode="create", use_multipart=False)
        except AlreadyExistsError as error:
            if self._index(name) is not None:
                raise AlreadyHeld(f"there is a blob {name} already") from error
            with _reached():  # what stands there is no index
                obstore.put(self._store, f"{name}/{INDEX}", index.to_bytes(), use_multipart=False)
        # Another writer of the same bytes may have given up just now and taken its pieces, which are ours too.
        if not {piece.name for piece in index.pieces} <= {piece.name for piece in self._pieces(name)}:
            self._delete([f"{name}/{INDEX}"])
            raise StoreUnreachable(f"pieces of {name} were removed while it was written; try again")

    def forget_pieces(self, name: str, pieces: Iterable[Piece]) -> None:
        """Remove those of *pieces* that no blob *name* is made of."""
        index = self._index(name)
        named = {piece.name for piece in index.pieces} if index else set()
        self._delete(f"{name}/{piece.name}" for piece in pieces if piece.name not in named)

    def _index(self, name: str) -> Index | None:
        require_name(name)
        try:
            return read_index(self._get(f"{name}/{INDEX}"))
        except (NotFound, BadIndex):
            return None

    def _unfinished(self, name: str) -> Index:
        require_name(name)
        size = int(self._get(f"{name}/{UNFINISHED}") or b"0")
        pieces = self._pieces(name)
        return Index(size=size or max((piece.end for piece in pieces), default=0), pieces=tuple(pieces))

    def _mark(self, name: str, size: int) -> None:
        if name not in self._marked:
            with _reached():
                obstore.put(self._store, f"{name}/{UNFINISHED}", str(size).encode(), use_multipart=False)
            self._marked.add(name)

    def _pieces(self, name: str) -> list[Piece]:
        with _reached():
            found = [one for some in obstore.list(self._store, prefix=name) for one in some]
        pieces = [piece_of(one["path"].removeprefix(f"{name}/"), one["size"]) for one in found]
        return sorted((piece for piece in pieces if piece), key=lambda piece: piece.offset)

    def _objects(self, folder: str) -> Iterator[tuple[str, str, datetime]]:
        """Everything below *folder*: the blob it belongs to, what of it it is, and since when."""
        require_name(folder)
        with _reached():
            for some in obstore.list(self._store, prefix=folder):
                for one in some:
                    blob, _, kind = one["path"].rpartition("/")
                    if kind in (INDEX, UNFINISHED) or piece_of(kind, 0):
                        yield blob, kind, one["last_modified"]

    def _by_blob(self, folder: str) -> dict[str, list[tuple[str, datetime]]]:
        found: dict[str, list[tuple[str, datetime]]] = {}
        for blob, kind, at in self._objects(folder):
            found.setdefault(blob, []).append((kind, at))
        return found

    def _reader(self, name: str, index: Index) -> BinaryIO:
        reader = PieceReader(index, partial(self._fetch, name), self.hands)
        return cast("BinaryIO", io.BufferedReader(reader, buffer_size=BUFFER_BYTES))

    def _fetch(self, name: str, piece: Piece) -> bytes:
        try:
            data = self._get(f"{name}/{piece.name}")
        except NotFound as error:
            raise BlobDamaged(f"the piece of {name} at byte {piece.offset} is missing") from error
        return verified(piece, data, name)

    def _unverified(self, name: str, piece: Piece) -> bytes:
        """The bytes of *piece* as they are, zeros where there are none: what is beside a stretch that is put right."""
        try:
            data = self._get(f"{name}/{piece.name}")
        except NotFound:
            data = b""
        return data[: piece.size].ljust(piece.size, b"\0")

    def _get(self, key: str) -> bytes:
        with _reached():
            return obstore.get(self._store, key).bytes().to_bytes()

    def _delete(self, keys: Iterable[str]) -> None:
        wanted: Sequence[str] = list(keys)
        if wanted:
            with _reached():
                obstore.delete(self._store, wanted)


@contextmanager
def _reached() -> Iterator[None]:
    """Errors of the store as ours; that an object exists is the caller's to judge."""
    try:
        yield
    except AlreadyExistsError:
        raise
    except FileNotFoundError as error:
        raise NotFound("there is no such object in the store") from error
    except (BaseError, OSError, ValueError) as error:
        said = str(error).splitlines()[0][:300] if str(error) else type(error).__name__
        if any(word in str(error) for word in _FULL):
            raise StorageFull from error
        raise StoreUnreachable(f"the blob store: {said}") from error
