"""How an election goes: its majority, its ballots, and what a tie does. Rulebooks say it; no number stands here.

Ballots follow a pattern of kinds: in an *unrestricted* ballot votes may be cast for any that may be elected, in a
*restricted* one only for those who had most votes in the ballot before. The pattern's first part is how an election
begins; the rest comes round again for as long as it takes. A part without a number lasts until all places are filled.
In writing: `u1 r` is one unrestricted ballot, then restricted ones until the end; `u1 r3 u3` is one unrestricted, then
three restricted and three unrestricted by turns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rogatory.conference.counting.thresholds import Threshold
from rogatory.errors import BadInput

MAX_PARTS = 20
MAX_BALLOTS = 1_000
_PART = re.compile(r"(u|r|unrestricted|restricted) ?([0-9]{0,3})")


class BadScheme(BadInput):
    """An election cannot go like this."""

    code = "bad-election-scheme"
    remedy = "Write the ballots as u1 r (restricted until decided) or u1 r3 u3 (three by turns)."


class Kind(StrEnum):
    """Whom votes may be cast for."""

    UNRESTRICTED = "unrestricted"  # any that may be elected
    RESTRICTED = "restricted"  # those with most votes in the ballot before
    DECIDING = "deciding"  # those tied for the last place, all with the majority
    REDUCING = "reducing"  # those tied for the last place in the next restricted ballot; elects nobody


class OnTie(StrEnum):
    """What a tie does."""

    LOT = "lot"
    BALLOT = "ballot"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What a rulebook says of elections.

    `finalists` stay in a restricted ballot for one place, `factor` times the places left in one for several. `pattern`
    holds kinds of ballots with how many of each, 0 for as many as it takes. Ties: `tie` when a restricted ballot
    divides equally (lot, or another ballot), `surplus` when more reach the majority than there are places (lot or
    ballot), `edge` for the last place in a restricted ballot (all tied are kept, a ballot reduces them, or a lot).
    Raises `BadScheme`.
    """

    majority: Threshold
    finalists: int = 2
    factor: int = 2
    pattern: tuple[tuple[str, int], ...] = ((Kind.UNRESTRICTED, 1), (Kind.RESTRICTED, 0))
    tie: OnTie = OnTie.LOT
    surplus: OnTie = OnTie.LOT
    edge: OnTie = OnTie.KEEP
    write_in: bool = True  # in an unrestricted ballot, votes for others than the candidates count
    cite: str | None = None

    def __post_init__(self) -> None:
        """Refuse what could never come to an end or means nothing."""
        kinds = {kind for kind, _ in self.pattern}
        if not self.pattern or len(self.pattern) > MAX_PARTS or not kinds <= {Kind.UNRESTRICTED, Kind.RESTRICTED}:
            raise BadScheme(f"the ballots must be 1 to {MAX_PARTS} parts, each unrestricted or restricted")
        if any(not 0 <= number <= MAX_BALLOTS for _, number in self.pattern):
            raise BadScheme(f"a part has 0 (until decided) to {MAX_BALLOTS} ballots")
        if any(not number for _, number in self.pattern[:-1]):
            raise BadScheme("after a part that lasts until all places are filled no other can come")
        if self.finalists < 1 or self.factor < 1:
            raise BadScheme("at least one must stay in a restricted ballot")
        if OnTie.KEEP in (self.tie, self.surplus):
            raise BadScheme("a tie for a place is broken by lot or by another ballot")
        if not self.majority.reachable:
            raise BadScheme("nobody could ever reach this majority")

    def kind(self, step: int) -> Kind:
        """The kind of the ballot after *step* others."""
        opening = self.pattern[0][1]
        if not opening or step < opening:
            return Kind(self.pattern[0][0])
        again = self.pattern[1:] or self.pattern
        left = step - opening
        if all(number for _, number in again):
            left %= sum(number for _, number in again)
        for kind, number in again:
            if not number or left < number:
                return Kind(kind)
            left -= number
        raise AssertionError("every number is less than the sum")

    def staying(self, places: int, left: int) -> int:
        """How many stay in a restricted ballot for the *left* of *places*."""
        return self.finalists if places == 1 else self.factor * left


def read_pattern(text: str) -> tuple[tuple[str, int], ...]:
    """The ballots that *text* writes: `u1 r`, `u1 r3 u3`, `unrestricted 1, restricted 3`; raises `BadScheme`."""
    parts: list[tuple[str, int]] = []
    for word in _words(text):
        found = _PART.fullmatch(word)
        if not found or (found[2] and not int(found[2])):
            raise BadScheme(f"{word[:40]!r} is not a kind of ballot with a number, such as u1 or r3")
        kind = Kind.UNRESTRICTED if found[1][0] == "u" else Kind.RESTRICTED
        parts.append((kind, int(found[2] or 0)))
    if not parts:
        raise BadScheme("no ballots are written")
    return tuple(parts)


def written(pattern: Sequence[tuple[str, int]]) -> str:
    """*pattern* as `read_pattern` reads it."""
    return " ".join(f"{kind[0]}{number or ''}" for kind, number in pattern)


def _words(text: str) -> list[str]:
    joined = re.sub(r"(restricted) +(?=[0-9])", r"\1", text[:1_000].lower().replace(",", " "))
    return joined.split()
