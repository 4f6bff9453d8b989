"""What the steps of the ladder share: the open bundle, what earlier steps have established, and where we are.

A step that needs what an earlier one could not establish raises `Blocked`, which names that step; it is then reported
as not checked. `member` always names the member that is being looked at, so that a failure can say where it was.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rogatory.bundle.index import Index
from rogatory.bundle.members import Members
from rogatory.bundle.report import Blocked
from rogatory.casefile.fold import CaseFile
from rogatory.casefile.messages import Message
from rogatory.errors import Untrusted
from rogatory.evidence.sealer import Progress
from rogatory.ledger import notes
from rogatory.sealing.cards import MAX_CARD, Card, accept_update, read_card
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.recipients import Identity

_T = TypeVar("_T")
WHOLE, CARDS, SIGNATURES, CHAIN, RECEIPTS, EXHIBITS, LEDGER, WORLD = range(1, 9)


class MemberChanged(Untrusted):
    """The member is not the one that the signed page of the bundle lists."""

    code = "bundle-member-changed"


class MembersDiffer(Untrusted):
    """The file does not hold exactly the members that its signed page lists, in that order."""

    code = "bundle-members-differ"


class Misplaced(Untrusted):
    """The member is genuine, and does not belong here."""

    code = "bundle-misplaced"


class WrongFingerprint(Untrusted):
    """The State's card has another fingerprint than the one you were told."""

    code = "bundle-fingerprint"
    remedy = "Do not rely on this bundle. Ask the State again for the fingerprint of its identity key."


class NotOneCase(Untrusted):
    """The messages do not make one whole case."""

    code = "bundle-not-one-case"


class Incomplete(Untrusted):
    """The bundle lacks something that it must hold."""

    code = "bundle-incomplete"


class WorldsMixed(Untrusted):
    """Exercise and reality are mixed in this bundle."""

    code = "bundle-worlds-mixed"


@dataclass(slots=True, kw_only=True)
class Climb:
    """One check of one bundle, as far as it has come; *trust* gives fingerprints by State.

    *roots* are certificates (DER) of time-stamp authorities that the reader trusts.
    """

    open: Callable[[], Members]
    trust: Mapping[str, str]
    identities: Sequence[Identity]
    roots: Sequence[bytes]
    progress: Progress | None
    member: str = ""
    read_so_far: int = 0
    container: Members | None = None
    index: Index | None = None
    ring: KeyRing | None = None
    cards: tuple[Card, ...] = ()
    messages: Mapping[str, Message] | None = None
    case: CaseFile | None = None
    compared: set[str] = field(default_factory=set)

    def need_container(self) -> Members:
        """The open container; raises `Blocked`."""
        return _needed(self.container, WHOLE)

    def need_index(self) -> Index:
        """The index; raises `Blocked`."""
        return _needed(self.index, WHOLE)

    def need_ring(self) -> KeyRing:
        """All keys; raises `Blocked`."""
        return _needed(self.ring, CARDS)

    def need_messages(self) -> Mapping[str, Message]:
        """The verified messages by digest; raises `Blocked`."""
        return _needed(self.messages, SIGNATURES)

    def need_case(self) -> CaseFile:
        """The case that the messages make; raises `Blocked`."""
        return _needed(self.case, CHAIN)

    def members_under(self, folder: str) -> Iterator[str]:
        """The members of *folder*, in the order of the file, each made the current member."""
        for name in self.need_container().members:
            if name.startswith(f"{folder}/"):
                self.member = name
                yield name

    def read(self, name: str, *, limit: int) -> bytes:
        """The bytes of *name*, now the current member; raises as `Container.read`."""
        self.member = name
        return self.need_container().read(name, limit=limit)

    def has(self, name: str) -> bool:
        """Whether the bundle has the member *name*."""
        return name in self.need_container().members

    def ledger_key(self, state: str) -> notes.VerifierKey:
        """The key that signs the checkpoints of *state*; raises `Blocked`, `Incomplete` or `BadVerifierKey`."""
        known = self.need_ring().cards
        if state not in known:
            raise Incomplete(f"the bundle has no contact card of {state}")
        return notes.parse_vkey(known[state].ledger.key)

    def advance(self, size: int) -> None:
        """Tell whoever watches that *size* more bytes were read."""
        self.read_so_far += size
        if self.progress:
            self.progress(self.read_so_far)

    def load_ring(self) -> KeyRing:
        """The keys of all cards in the bundle; raises what `read_card`, `accept_update` and `KeyRing` raise."""
        if self.ring is None:
            found = tuple(read_card(self.read(name, limit=MAX_CARD)) for name in self.members_under("cards"))
            newest: dict[str, Card] = {}
            for card in sorted(found, key=lambda card: (card.state, card.serial)):
                if card.state in newest:
                    accept_update(newest[card.state], card)
                newest[card.state] = card
            self.ring, self.cards = KeyRing(found), found
        return self.ring


def _needed(value: _T | None, step: int) -> _T:
    if value is None:
        raise Blocked(step)
    return value


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two people would call them the same, however they are grouped and written."""
    return _letters(one) == _letters(other)


def _letters(fingerprint: str) -> str:
    return "".join(sign for sign in fingerprint.upper() if sign.isalnum())
