"""Where the members of a bundle are read from: its container, or whatever else holds them under their names."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Protocol


class Members(Protocol):
    """The members of one bundle by name, in the order in which they are read."""

    @property
    def members(self) -> Mapping[str, object]:
        """One item a member; what it maps to is the reader's own."""
        ...

    @property
    def is_container(self) -> bool:
        """Whether every byte of one file was accounted for, so that order and absence of anything else are known."""
        ...

    def size(self, name: str) -> int:
        """How many bytes the member *name* has; raises `NoSuchMember`."""
        ...

    def open(self, name: str) -> BinaryIO:
        """The bytes of the member *name*, to be read from the first to the last; raises `NoSuchMember`."""
        ...

    def read(self, name: str, *, limit: int) -> bytes:
        """All bytes of the member *name*; raises `NoSuchMember`, and `BadContainer` for more than *limit*."""
        ...

    def blocks(self, name: str) -> Iterator[memoryview]:
        """The bytes of *name*, piece by piece, in one buffer; raises `BadContainer` when they are seen to be wrong."""
        ...
