"""What can be done to an exhibit, by whom, and after what: the table of custody.

Rules in words. Each holder of an exhibit has a standing: not named yet, expected to receive, receiving, holding,
having opened it, or having nothing any more. An act is allowed from some standings and leads to one. Acts that give
the exhibit away name the authority it goes to, which is thereby expected. At every hand-over the bytes are hashed
again: the sealed file by its part root, the plaintext by its SHA-256. Whoever opens, uses or passes on says for what.
The provision beside an act is the one that the act serves or that limits it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """One thing done to an exhibit."""

    SEALED = "sealed"
    SENT = "sent"
    PART_RECEIVED = "part-received"
    RECEIVED = "received"
    OPENED = "opened"
    VIEWED = "viewed"
    COPIED = "copied"
    EXTRACTED = "extracted"
    FORWARDED = "forwarded"
    DISCLOSED = "disclosed"
    RETURNED = "returned"
    DESTROYED = "destroyed"


class Standing(StrEnum):
    """How a holder stands to an exhibit."""

    UNNAMED = "unnamed"
    EXPECTED = "expected"
    ARRIVING = "arriving"
    HOLDS = "holds"
    OPEN = "open"
    GONE = "gone"


class Role(StrEnum):
    """Who may do an act: the authority that sealed, one that received, or either."""

    SEALER = "sealer"
    RECEIVER = "receiver"
    EITHER = "either"


class Rehash(StrEnum):
    """What is hashed again at an act, and stated in its entry."""

    SEALED_FILE = "root"
    PLAINTEXT = "sha256"
    BOTH = "root and sha256"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table; *leads* None leaves the standing as it is."""

    by: Role
    after: frozenset[Standing]
    leads: Standing | None
    rehash: Rehash
    names_receiver: bool = False
    needs_purpose: bool = False
    provision: str


_UNNAMED = frozenset({Standing.UNNAMED})
_COMING = frozenset({Standing.EXPECTED, Standing.ARRIVING})
_HAVING = frozenset({Standing.HOLDS, Standing.OPEN})
_OPEN = frozenset({Standing.OPEN})

RULES: dict[Act, Rule] = {
    Act.SEALED: Rule(by=Role.SEALER, after=_UNNAMED, leads=Standing.HOLDS, rehash=Rehash.BOTH, provision="28(3)"),
    Act.SENT: Rule(
        by=Role.SEALER, after=_HAVING, leads=None, rehash=Rehash.SEALED_FILE, names_receiver=True, provision="40(14)"
    ),
    Act.PART_RECEIVED: Rule(
        by=Role.RECEIVER, after=_COMING, leads=Standing.ARRIVING, rehash=Rehash.NOTHING, provision="40(14)"
    ),
    Act.RECEIVED: Rule(
        by=Role.RECEIVER, after=_COMING, leads=Standing.HOLDS, rehash=Rehash.SEALED_FILE, provision="40(14)"
    ),
    Act.OPENED: Rule(
        by=Role.EITHER,
        after=_HAVING,
        leads=Standing.OPEN,
        rehash=Rehash.PLAINTEXT,
        needs_purpose=True,
        provision="40(19)",
    ),
    Act.VIEWED: Rule(
        by=Role.EITHER, after=_OPEN, leads=None, rehash=Rehash.NOTHING, needs_purpose=True, provision="40(19)"
    ),
    Act.COPIED: Rule(
        by=Role.EITHER, after=_OPEN, leads=None, rehash=Rehash.PLAINTEXT, needs_purpose=True, provision="40(19)"
    ),
    Act.EXTRACTED: Rule(
        by=Role.EITHER, after=_OPEN, leads=None, rehash=Rehash.PLAINTEXT, needs_purpose=True, provision="40(19)"
    ),
    Act.FORWARDED: Rule(
        by=Role.RECEIVER,
        after=_HAVING,
        leads=None,
        rehash=Rehash.SEALED_FILE,
        names_receiver=True,
        needs_purpose=True,
        provision="36(3)",
    ),
    Act.DISCLOSED: Rule(
        by=Role.RECEIVER,
        after=_HAVING,
        leads=None,
        rehash=Rehash.NOTHING,
        needs_purpose=True,
        provision="40(19)",
    ),
    Act.RETURNED: Rule(
        by=Role.RECEIVER,
        after=_HAVING,
        leads=Standing.GONE,
        rehash=Rehash.SEALED_FILE,
        names_receiver=True,
        provision="40(19)",
    ),
    Act.DESTROYED: Rule(
        by=Role.EITHER,
        after=_HAVING | _COMING,
        leads=Standing.GONE,
        rehash=Rehash.NOTHING,
        needs_purpose=True,
        provision="36(2)",
    ),
}
