"""What a court is told of the exhibits of a case: plain values, from which every form of the record is written.

Rules in words. Nothing here is believed because it is here: whoever gathers a record verified manifests and chains
anew and says, exhibit by exhibit, where one does not hold. All proofs of a record are under one checkpoint. Names of
authorities and States come in English and French; what people wrote stays in their own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rogatory.evidence.custody import Entry
from rogatory.evidence.custody_compare import Comparison
from rogatory.evidence.custody_rules import Standing
from rogatory.evidence.manifest import Manifest
from rogatory.law.words import Words
from rogatory.ledger.proofs import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The request that an exhibit answers: its SHA-256, what was asked under which instrument, by whom and when."""

    digest: str
    measure: Words
    instrument: Words
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """The message that brought an entry: its SHA-256, and its number in the ledger of the node that tells it."""

    message: str
    ledger_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedEntry:
    """One custody entry as it was *signed*, by the key *kid*.

    *proof* is that of our ledger, for entries that our node signed; *carrier* brought it, if a message did.
    *by_machine* says that the node acted by itself, in nobody's name.
    """

    entry: Entry
    signed: str
    kid: str
    proof: Proof | None = None
    carrier: Carrier | None = None
    by_machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitRecord:
    """One exhibit: its manifest as *signed* by the key *kid*, and the chain of custody as it is held here.

    *fault* says where manifest or chain do not hold, empty when they do; *standing* is then empty too. *remark* is
    what this node noted of the exhibit. *comparison* is with the other side's chain, None when it was not asked for.
    *sealed_sha256* is of the sealed file, when it was read for this record and found to be the one of the manifest.
    """

    manifest: Manifest
    signed: str
    kid: str
    digest: str
    state: str
    asked: Asked | None
    entries: tuple[SignedEntry, ...]
    standing: Mapping[str, Standing]
    fault: str = ""
    remark: str = ""
    comparison: Comparison | None = None
    sealed_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """That a State's node saw our ledger as the checkpoint states it, and when."""

    state: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """The token of a time-stamp authority for the checkpoint: by whom, and when by its clock."""

    authority: str
    at: datetime
    token: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRecord:
    """The one checkpoint of a record: its signed text, the log's name, how many entries, the root in hexadecimal."""

    text: str
    origin: str
    size: int
    root: str
    cosigned: tuple[Cosigned, ...] = ()
    stamped: Stamped | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtRecord:
    """The record of a case: who made it when and with which program, and everything that it says.

    *names* are of authorities, by identifier; *states* of States, by code; *fingerprints* those of the States'
    identity keys, by code.
    """

    case: str
    exercise: bool
    at: datetime
    authority: str
    person: str
    program: str
    names: Mapping[str, Words]
    states: Mapping[str, Words]
    fingerprints: Mapping[str, str]
    ledger: LedgerRecord
    exhibits: tuple[ExhibitRecord, ...]

    def name(self, authority: str, lang: str) -> str:
        """What *authority* is called in *lang*, with its identifier."""
        words = self.names.get(authority)
        return f"{words.get(lang)} ({authority})" if words else authority

    def state(self, code: str, lang: str) -> str:
        """What the State *code* is called in *lang*; its code when no name is known."""
        words = self.states.get(code)
        return words.get(lang) if words else code
