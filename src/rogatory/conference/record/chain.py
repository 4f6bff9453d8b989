"""How the entries of a record follow one another, and who signs them.

Rules in words. The first entry names its signer: a State, one of its authorities, and a signing key of that authority.
Every entry is signed by that key, names the same meeting, has the next number, holds the digest of the line before, and
is not earlier than it. The key stays the same to the end of the record, also when the authority meanwhile signs other
things with a newer one; only a revoked key signs no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rogatory.conference.meeting.convening import MADE
from rogatory.conference.record import entries
from rogatory.conference.record.entries import BadEntry, Entry
from rogatory.errors import BadInput, RogatoryError, Untrusted
from rogatory.kernel import ids
from rogatory.sealing import jws
from rogatory.sealing.keys import VerifyKey


class BrokenRecord(Untrusted):
    """An entry does not follow the one before it."""

    code = "record-chain-broken"
    remedy = "Something was taken out, put in or put in another order: ask for the record again where it was published."


class WrongRecordKey(Untrusted):
    """An entry is not signed by the key that the first entry names."""

    code = "record-signature"
    remedy = "Rely on nothing from this entry on; ask for the record again where it was published."


class WrongRecordTime(Untrusted):
    """An entry is earlier than the one before it."""

    code = "record-time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs a record: an authority of a State, with one of its signing keys."""

    state: str
    authority: str
    key: VerifyKey

    def row(self) -> dict[str, str]:
        """As the first entry gives it."""
        return {"state": self.state, "authority": self.authority, "kid": self.key.kid, "x": self.key.x}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a record stands: the number, digest and time of its newest entry, and who signs it."""

    meeting: str
    number: int
    digest: str
    at: datetime
    signer: Signer


def signer(row: object) -> Signer:
    """The signer that the first entry names; raises `BadEntry`."""
    if not isinstance(row, Mapping) or set(row) != {"state", "authority", "kid", "x"}:
        raise BadEntry("the first entry names its signer: {state, authority, kid, x}", where="entry 1")
    try:
        found = Signer(
            state=ids.require_state(row["state"]),
            authority=ids.require_authority(row["authority"]),
            key=VerifyKey.from_x(row["x"]),
        )
    except BadInput as error:
        raise BadEntry(f"the signer: {error.message}", where="entry 1") from error
    if found.key.kid != row["kid"] or not found.authority.startswith(f"{found.state}/"):
        raise BadEntry("the signer: its parts contradict each other", where="entry 1")
    return found


def first(entry: Entry) -> Link:
    """Where a record stands whose first entry is *entry*, its signature not looked at; raises `BadEntry`."""
    body: Mapping[str, Any] = entry.event.body
    if entry.event.kind != MADE or entry.number != 1 or entry.previous:
        raise BadEntry(f"a record begins with {MADE}, number 1, and nothing before it", where="entry 1")
    if body.get("id") != entry.meeting:
        raise BadEntry("the first entry names another meeting inside", where="entry 1")
    return _after(entry, signer(body.get("signer")))


def begin(line: bytes) -> tuple[Entry, Link]:
    """The first entry of a record, its signature checked; raises `BadEntry` and `WrongRecordKey`."""
    entry, unverified = entries.read(line, number=1)
    link = first(entry)
    _verify(unverified, link.signer, entry.number)
    return entry, link


def follow(link: Link, line: bytes) -> tuple[Entry, Link]:
    """The entry after *link*, all of it checked; raises `BadEntry` and what the rules above are broken by."""
    number = link.number + 1
    entry, unverified = entries.read(line, number=number)
    _verify(unverified, link.signer, number)
    where = f"entry {number}"
    if entry.meeting != link.meeting:
        raise BrokenRecord(f"it is of the meeting {entry.meeting}, not of {link.meeting}", where=where)
    if entry.number != number or entry.previous != link.digest:
        raise BrokenRecord(f"it says that it is number {entry.number} after {entry.previous[:16]}…", where=where)
    if entry.event.at < link.at:
        raise WrongRecordTime(where=where)
    return entry, _after(entry, link.signer)


def after(link: Link, entry: Entry) -> Link:
    """Where the record stands once *entry*, which we have just signed, follows *link*."""
    return _after(entry, link.signer)


def _after(entry: Entry, by: Signer) -> Link:
    return Link(meeting=entry.meeting, number=entry.number, digest=entry.digest, at=entry.event.at, signer=by)


def _verify(unverified: jws.Unverified, by: Signer, number: int) -> None:
    if unverified.kid != by.key.kid:
        raise WrongRecordKey(f"it names the key {unverified.kid}, not {by.key.kid}", where=f"entry {number}")
    try:
        jws.verify_read(unverified, key=by.key)
    except RogatoryError as error:
        raise WrongRecordKey(error.message, where=f"entry {number}") from error
