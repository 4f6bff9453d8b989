"""What the core asks of the world: official copies of treaties, and national profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialCopyRow:
    """The official text of an instrument in one language, as `law.official` puts its articles into JSON."""

    instrument: str
    lang: str
    sha256: str
    file_name: str
    format: str
    title: str
    articles: Sequence[Mapping[str, Any]] = field(repr=False)
    loaded_at: datetime
    loaded_by: str
    loader_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """Somebody held our description of a provision against an official copy: `agrees` or `differs`, and a note.

    *copy_sha256* names the file that was read, *ours_sha256* our words as they were then.
    """

    instrument: str
    number: str
    lang: str
    verdict: str
    note: str
    copy_sha256: str
    ours_sha256: str
    at: datetime
    by: str
    name: str


class OfficialCopies(Protocol):
    """One official copy an instrument and language, and who compared what with it."""

    def digests(self) -> Mapping[tuple[str, str], str]:
        """The SHA-256 of the file of every copy, by instrument and language."""

    def get(self, instrument: str, lang: str) -> OfficialCopyRow | None: ...

    def all(self) -> Sequence[OfficialCopyRow]:
        """Every copy, by instrument and language."""

    def put(self, row: OfficialCopyRow) -> None:
        """Keep *row* in place of the copy of the same instrument and language."""

    def remove(self, instrument: str, lang: str) -> bool:
        """Whether there was such a copy; it is gone."""

    def add_compared(self, row: ComparedRow) -> None: ...

    def compared(self, instrument: str) -> Sequence[ComparedRow]:
        """Every comparison with a provision of *instrument*, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A national profile that was added, or, with an empty *text*, the withdrawal of what counts from *effective* on.

    *text* is the TOML file as it was given, *until* the end that it names itself.
    """

    state: str
    instrument: str
    effective: date
    until: date | None
    text: str = field(repr=False)
    sha256: str
    file_name: str
    at: datetime
    by: str
    name: str


class Profiles(Protocol):
    """National profiles and their withdrawals, in the order in which they were added; none is ever forgotten."""

    def add(self, row: ProfileRow) -> None: ...

    def all(self) -> Sequence[ProfileRow]: ...

    def of_state(self, state: str) -> Sequence[ProfileRow]: ...
