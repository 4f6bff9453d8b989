"""What share of what must vote yes: the arithmetic under every majority and quorum.

Exact fractions, never decimals. "At least two thirds" of 100 are 67; "more than one half" of 100 are 51. What the
share is taken of is named by a `Base`, and the number of that base is passed in: nothing here knows a meeting.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from rogatory.errors import BadInput
from rogatory.law.words import Words


class BadShare(BadInput):
    """The share is not a fraction between 0 and 1."""

    code = "bad-share"
    remedy = "Write it as a fraction in quotation marks, such as 1/2 or 2/3; 1/1 is everybody."


class Base(StrEnum):
    """What a share is taken of."""

    PRESENT_AND_VOTING = "present-and-voting"  # votes cast that count: yes and no, unless the rulebook says otherwise
    PRESENT = "present"  # those entitled to vote who are in the room
    PARTICIPATING = "participating"  # those entitled to vote who take part in the session
    PARTIES = "parties"  # all States Parties, present or not
    VALID_BALLOTS = "valid-ballots"  # papers of an election that are neither invalid nor abstentions


NAMES = {
    Base.PRESENT_AND_VOTING: Words("present and voting", "présents et votants"),
    Base.PRESENT: Words("present", "présents"),
    Base.PARTICIPATING: Words("participating in the session", "participant à la session"),
    Base.PARTIES: Words("States Parties", "États Parties"),
    Base.VALID_BALLOTS: Words("valid ballots", "bulletins valables"),
}
_OF = {
    Base.PRESENT_AND_VOTING: Words("those present and voting", "des présents et votants"),
    Base.PRESENT: Words("those present", "des présents"),
    Base.PARTICIPATING: Words("those participating in the session", "des participants à la session"),
    Base.PARTIES: Words("the States Parties", "des États Parties"),
    Base.VALID_BALLOTS: Words("the valid ballots", "des bulletins valables"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A share that must be reached (`strict` false) or passed (`strict` true), and what it is taken of."""

    share: Fraction
    strict: bool
    of: Base

    def needed(self, number: int) -> int:
        """The smallest whole number of votes that is enough when there are *number* of the base."""
        exact = self.share * number
        return floor(exact) + 1 if self.strict else ceil(exact)

    def reached(self, votes: int, number: int) -> bool:
        """Whether *votes* of *number* are enough; nobody out of nobody is not."""
        return number > 0 and votes > 0 and votes >= self.needed(number)

    @property
    def reachable(self) -> bool:
        """Whether anybody could ever reach it: more than everybody cannot be."""
        return self.share < 1 or not self.strict

    def words(self) -> Words:
        """It in words: `at least 2/3 of those present and voting`."""
        name = _OF[self.of]
        share = f"{self.share.numerator}/{self.share.denominator}"
        if self.strict:
            return Words(f"more than {share} of {name.en}", f"plus de {share} {name.fr}")
        return Words(f"at least {share} of {name.en}", f"au moins {share} {name.fr}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def share(text: object) -> Fraction:
    """The fraction that *text* (`2/3`) writes; raises `BadShare`."""
    if not isinstance(text, str):
        raise BadShare(f"{text!r} is not a fraction")
    above, line, below = text.partition("/")
    if not (line and _is_number(above) and _is_number(below) and int(below)):
        raise BadShare(f"{text[:40]!r} is not a fraction such as 2/3")
    found = Fraction(int(above), int(below))
    if not 0 < found <= 1:
        raise BadShare(f"{text} is not more than 0 and at most 1")
    return found
