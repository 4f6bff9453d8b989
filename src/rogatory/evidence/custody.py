"""Custody: who held an exhibit, when, and what they did; a chain of signed entries (spec/custody.md).

Rules in words.
1. The first entry is the sealing, by the authority that signed the manifest.
2. Every other entry names the SHA-256 of the entry before it and counts one more. Nothing can be taken out, put in
   between or changed without every later entry showing it.
3. An entry is signed by its holder. A holder's own entries follow one another: to sign two entries that both claim to
   be the next is to contradict oneself, and is refused.
4. After a hand-over two holders may both go on from the same entry; each then has a branch of its own. A receiver
   goes on from an entry that names it.
5. Which act may follow which, and what is hashed again, is the table in `custody_rules`. What was hashed again must
   be what the manifest says: here a changed exhibit shows.
6. Time does not run backwards within a holder's entries; between two holders the clocks may differ by five minutes.
A chain does not show that its end was cut off: both sides therefore hold it, and the ledger counts its entries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from rogatory.errors import NotPermitted, Untrusted
from rogatory.evidence.custody_rules import RULES, Act, Rehash, Role, Standing
from rogatory.evidence.labels import require_text
from rogatory.evidence.manifest import Manifest
from rogatory.evidence.signers import Signers, verify_signer
from rogatory.kernel import digests, ids, times
from rogatory.kernel.canonical import JSONObject
from rogatory.sealing import jws
from rogatory.sealing.keys import SigningKey

TYP = "rogatory-custody+jws"
MAX_ENTRY_BYTES = 20_000
MAX_ENTRIES = 10_000
CLOCK_DIFFERENCE = timedelta(minutes=5)
_MEMBERS = frozenset(
    {"v", "exhibit", "number", "previous", "act", "holder", "person", "at", "to", "sha256", "root", "purpose"}
)


class BadCustody(Untrusted):
    """The custody entry is not well formed."""

    code = "bad-custody"


class BrokenChain(BadCustody):
    """An entry does not follow from the one before it."""

    code = "custody-broken"


class Contradiction(BadCustody):
    """A holder signed two entries that both claim to be its next."""

    code = "custody-contradiction"


class ActOutOfOrder(BadCustody):
    """The act cannot come here."""

    code = "custody-out-of-order"


class WrongRehash(BadCustody):
    """What was hashed again is not what the manifest says."""

    code = "custody-wrong-digest"


class TimeRunsBackwards(BadCustody):
    """The entry is earlier than the one before it."""

    code = "custody-time"


class ActNotPermitted(NotPermitted):
    """This cannot be recorded now."""

    code = "custody-not-permitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act on an exhibit. *previous* is the SHA-256 of the entry before, None for the first; *number* from 1.

    *root* (of the sealed file) and *sha256* (of the plaintext) are what was hashed again; *to* is who gets the
    exhibit; *under* is the SHA-256 of the message that allows the act (a leave, a notice of disclosure), or None;
    *digest* is the SHA-256 of the signed entry.
    """

    exhibit: str
    number: int
    previous: str | None
    act: Act
    holder: str
    person: str
    at: datetime
    to: str | None = None
    sha256: str | None = None
    root: str | None = None
    purpose: str = ""
    under: str | None = None
    digest: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> JSONObject:
        """The payload that is signed."""
        return {
            **self.more,
            **({"under": self.under} if self.under else {}),
            "v": 1,
            "exhibit": self.exhibit,
            "number": self.number,
            "previous": self.previous,
            "act": str(self.act),
            "holder": self.holder,
            "person": self.person,
            "at": times.stamp(self.at),
            "to": self.to,
            "sha256": self.sha256,
            "root": self.root,
            "purpose": self.purpose,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """A verified chain: its entries in order, and how each authority now stands to the exhibit."""

    entries: tuple[Entry, ...]
    standing: Mapping[str, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedEntry:
    """An entry whose signature nobody has checked yet."""

    unverified_entry: Entry
    jws: jws.Unverified


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a person is about to put on record; see `Entry` for the members."""

    act: Act
    holder: str
    person: str
    at: datetime
    to: str | None = None
    sha256: str | None = None
    root: str | None = None
    purpose: str = ""
    under: str | None = None


def record(chain: Sequence[bytes], deed: Deed, *, manifest: Manifest, key: SigningKey) -> tuple[bytes, ...]:
    """The *chain* with one more entry at its end, *deed*, signed by *key*.

    The chain must have been verified before. Raises `ActNotPermitted` when the table does not allow the act, and
    `WrongRehash` when what was hashed again is not what the manifest says: then something happened to the exhibit.
    """
    walk = _walk(chain, manifest)
    entry = walk.next_entry(deed)
    try:
        walk.add(entry, len(chain) + 1)
    except (ActOutOfOrder, TimeRunsBackwards) as error:
        raise ActNotPermitted(error.message, cite=error.cite) from error
    return (*chain, jws.sign(entry.to_json(), key=key, typ=TYP))


def read_entry(signed: bytes, *, position: int = 1) -> UnverifiedEntry:
    """The entry in *signed*, its form checked and its signature not; raises `BadCustody` or as `jws.read` does."""
    read = jws.read(signed, typ=TYP, limit=MAX_ENTRY_BYTES)
    entry = _from_json(read.payload, digests.sha256(signed), f"custody entry {position}")
    return UnverifiedEntry(unverified_entry=entry, jws=read)


def unverified_custody(chain: Sequence[bytes], *, manifest: Manifest) -> Custody:
    """The custody that *chain* states, in order and by the table, no signature checked; raises as `verify_custody`."""
    walk = _walk(chain, manifest)
    return Custody(entries=tuple(walk.entries), standing=dict(walk.standing))


def verify_custody(chain: Sequence[bytes], *, manifest: Manifest, signers: Signers) -> Custody:
    """The custody that *chain* (signed entries, in order) proves for the exhibit of *manifest* (verified before).

    Raises at the first entry that does not hold: `BadCustody` (form), `BrokenChain`, `Contradiction`,
    `ActOutOfOrder`, `WrongRehash`, `TimeRunsBackwards`, what *signers* raises, or `BadSignature`.
    """
    # For each entry: 1. form and limits   2. signed by its holder, with a key valid at that time   3. of this exhibit,
    # next after an entry before it   4. the holder does not contradict itself   5. the act may come here
    # 6. the digests are those of the manifest   7. time
    if not 1 <= len(chain) <= MAX_ENTRIES:
        raise BadCustody(f"a custody chain has 1 to {MAX_ENTRIES} entries, this one {len(chain)}")
    walk = _Walk(manifest)
    for position, signed in enumerate(chain, start=1):
        read = read_entry(signed, position=position)
        entry = read.unverified_entry
        verify_signer(read.jws, authority=entry.holder, at=entry.at, signers=signers)
        walk.add(entry, position)
    return Custody(entries=tuple(walk.entries), standing=dict(walk.standing))


def _walk(chain: Sequence[bytes], manifest: Manifest) -> "_Walk":
    walk = _Walk(manifest)
    for position, signed in enumerate(chain, start=1):
        walk.add(read_entry(signed, position=position).unverified_entry, position)
    return walk


class _Walk:
    """Accepts entries of one exhibit one by one, and only the right ones."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self.entries: list[Entry] = []
        self.standing: dict[str, Standing] = {}
        self._place: dict[str, int] = {}
        self._parent: list[int] = []
        self._own: dict[str, int] = {}
        self._named: set[str] = set()

    def next_entry(self, deed: Deed) -> Entry:
        """*deed* as the entry that follows the latest one its holder knows of."""
        parent = self._latest(deed.holder)
        before = self.entries[parent] if parent >= 0 else None
        return Entry(
            exhibit=self._manifest.exhibit,
            number=before.number + 1 if before else 1,
            previous=before.digest if before else None,
            act=deed.act,
            holder=deed.holder,
            person=require_text(deed.person, name="the person's name", limit=200),
            at=deed.at,
            to=deed.to,
            sha256=deed.sha256,
            root=deed.root,
            purpose=require_text(deed.purpose, name="the purpose", limit=4_000),
            under=deed.under,
        )

    def add(self, entry: Entry, position: int) -> None:
        where = f"custody entry {position}"
        parent = self._verify_link(entry, where)
        self._verify_act(entry, parent, where)
        self._verify_rehash(entry, where)
        self._verify_time(entry, parent, where)
        index = len(self.entries)
        self.entries.append(entry)
        self._parent.append(parent)
        self._place[entry.digest] = index
        self._own[entry.holder] = index
        rule = RULES[entry.act]
        if rule.leads:
            self.standing[entry.holder] = rule.leads
        if entry.to and self.standing.get(entry.to, Standing.GONE) in (Standing.GONE, Standing.EXPECTED):
            self.standing[entry.to] = Standing.EXPECTED

    def _verify_link(self, entry: Entry, where: str) -> int:
        if entry.exhibit != self._manifest.exhibit:
            raise BrokenChain(f"it is about the exhibit {entry.exhibit}, not {self._manifest.exhibit}", where=where)
        if entry.digest in self._place:
            raise BrokenChain("it stands twice in the chain", where=where)
        if entry.previous is None:
            if self.entries or entry.number != 1:
                raise BrokenChain("only the first entry follows nothing; this one claims to", where=where)
            return -1
        parent = self._place.get(entry.previous)
        if parent is None:
            raise BrokenChain(
                "the entry it follows is not here: an entry was changed, taken out or put in between", where=where
            )
        if entry.number != self.entries[parent].number + 1:
            raise BrokenChain(f"it counts {entry.number} after {self.entries[parent].number}", where=where)
        own = self._own.get(entry.holder)
        if own is not None and not self._descends(parent, own):
            raise Contradiction(f"{entry.holder} passes over its own entry {self.entries[own].number}", where=where)
        return parent

    def _verify_act(self, entry: Entry, parent: int, where: str) -> None:
        rule = RULES[entry.act]
        is_sealer = entry.holder == self._manifest.sealed_by
        if rule.by is Role.SEALER and not is_sealer:
            raise ActOutOfOrder(f"only {self._manifest.sealed_by}, who sealed, can say: {entry.act}", where=where)
        if (rule.by is Role.RECEIVER or not is_sealer) and not self._is_named(entry.holder, parent):
            raise ActOutOfOrder(f"{entry.act}: no entry before it gives the exhibit to {entry.holder}", where=where)
        standing = self.standing.get(entry.holder, Standing.UNNAMED)
        if standing not in rule.after:
            wanted = ", ".join(sorted(rule.after))
            said = f"{entry.holder} ({standing}) cannot say: {entry.act}; that needs a standing of: {wanted}"
            raise ActOutOfOrder(said, where=where, cite=rule.provision)
        if rule.names_receiver != (entry.to is not None) or entry.to == entry.holder:
            wanted = "must name another authority that gets the exhibit" if rule.names_receiver else "names no receiver"
            raise ActOutOfOrder(f"an entry {entry.act} {wanted}", where=where, cite=rule.provision)
        if rule.needs_purpose and not entry.purpose.strip():
            raise ActOutOfOrder(f"an entry {entry.act} says for what purpose", where=where, cite=rule.provision)

    def _verify_rehash(self, entry: Entry, where: str) -> None:
        rehash = RULES[entry.act].rehash
        checks = (
            ("sealed file", entry.root, self._manifest.parts.root, rehash in (Rehash.SEALED_FILE, Rehash.BOTH)),
            ("plaintext", entry.sha256, self._manifest.sha256, rehash in (Rehash.PLAINTEXT, Rehash.BOTH)),
        )
        for what, found, expected, wanted in checks:
            if wanted and found is None:
                raise WrongRehash(f"at {entry.act} the {what} is hashed again; no digest is given", where=where)
            if found is not None and found != expected:
                raise WrongRehash(f"the {what} was {found} at {entry.act}; the manifest says {expected}", where=where)

    def _verify_time(self, entry: Entry, parent: int, where: str) -> None:
        own = self._own.get(entry.holder)
        if own is not None and entry.at < self.entries[own].at:
            raise TimeRunsBackwards(f"{times.stamp(entry.at)} is before the holder's last entry", where=where)
        start = self._manifest.at if parent < 0 else self.entries[parent].at
        if entry.at < start - CLOCK_DIFFERENCE:
            raise TimeRunsBackwards(f"{times.stamp(entry.at)} is before {times.stamp(start)}", where=where)

    def _is_named(self, holder: str, parent: int) -> bool:
        # Its further entries follow its own on the same branch, so once is enough.
        while holder not in self._named and parent >= 0:
            if self.entries[parent].to == holder:
                self._named.add(holder)
            parent = self._parent[parent]
        return holder in self._named

    def _descends(self, index: int, ancestor: int) -> bool:
        while index > ancestor:
            index = self._parent[index]
        return index == ancestor

    def _latest(self, holder: str) -> int:
        """The last entry that comes after the holder's own, or after the one that names it; the last one else."""
        start = self._own.get(holder)
        if start is None:
            named = [index for index, entry in enumerate(self.entries) if entry.to == holder]
            start = named[0] if named else -1
        after = [index for index in range(len(self.entries)) if start < 0 or self._descends(index, start)]
        return after[-1] if after else -1


def _from_json(payload: JSONObject, digest: str, where: str) -> Entry:
    missing = sorted(_MEMBERS - payload.keys())
    if missing or payload["v"] != 1 or payload["v"] is True:
        raise BadCustody(
            f"not a custody entry of version 1, or without: {', '.join(missing) or 'nothing'}", where=where
        )
    number = payload["number"]
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MAX_ENTRIES:
        raise BadCustody(f"an entry counts from 1 to {MAX_ENTRIES}", where=where)
    try:
        act = Act(payload["act"])
    except ValueError as error:
        raise BadCustody(f"{str(payload['act'])[:40]!r} is not an act known here", where=where) from error
    return Entry(
        exhibit=ids.require_id(payload["exhibit"]),
        number=number,
        previous=_digest_or_none(payload["previous"]),
        act=act,
        holder=ids.require_authority(payload["holder"]),
        person=require_text(payload["person"], name="the person's name", limit=200),
        at=times.parse_stamp(payload["at"]),
        to=None if payload["to"] is None else ids.require_authority(payload["to"]),
        sha256=_digest_or_none(payload["sha256"]),
        root=_digest_or_none(payload["root"]),
        purpose=require_text(payload["purpose"], name="the purpose", limit=4_000),
        under=_digest_or_none(payload.get("under")),
        digest=digest,
        more={name: value for name, value in payload.items() if name not in _MEMBERS and name != "under"},
    )


def _digest_or_none(value: object) -> str | None:
    return None if value is None else digests.require_digest(value)
