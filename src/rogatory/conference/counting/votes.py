"""A vote on one question: how it is counted, and what came out, with the arithmetic.

A delegation's vote weighs one; a regional economic integration organisation's as many as it casts for its members
(rule on voting rights). Only what the rulebook counts as "present and voting" enters the base of most majorities:
by default those who voted yes or no, so an abstention is not a vote. A tie is no majority.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.law.words import Words


class Choice(StrEnum):
    """What a delegation says when it votes."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Votes by choice, already weighted, and those entitled who did not vote."""

    yes: int
    no: int
    abstain: int = 0
    not_voting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came out of a vote: whether it carried, how many were needed of how many, and the arithmetic in words."""

    adopted: bool
    count: Count
    threshold: Threshold
    base: int
    needed: int
    tie: bool
    arithmetic: tuple[Words, ...]


def count(votes: Iterable[tuple[Choice, int]], *, entitled: int = 0) -> Count:
    """The count of *votes*, pairs of a choice and its weight; *entitled* is the weight of all who might have voted."""
    sums = dict.fromkeys(Choice, 0)
    for choice, weight in votes:
        sums[choice] += weight
    cast = sum(sums.values())
    return Count(
        yes=sums[Choice.YES],
        no=sums[Choice.NO],
        abstain=sums[Choice.ABSTAIN],
        not_voting=max(0, entitled - cast),
    )


def outcome(
    found: Count,
    threshold: Threshold,
    *,
    counted: frozenset[Choice] = frozenset({Choice.YES, Choice.NO}),
    bases: Mapping[Base, int] | None = None,
) -> Outcome:
    """What *found* means under *threshold*.

    *counted* says which choices count as present and voting; *bases* gives the numbers of the other bases (a base
    that the threshold takes and that is missing there is a `KeyError`: the caller's mistake, not a voter's).
    """
    by_choice = {Choice.YES: found.yes, Choice.NO: found.no, Choice.ABSTAIN: found.abstain}
    voting = sum(by_choice[choice] for choice in counted)
    base = voting if threshold.of in (Base.PRESENT_AND_VOTING, Base.VALID_BALLOTS) else (bases or {})[threshold.of]
    needed = threshold.needed(base)
    adopted = threshold.reached(found.yes, base)
    return Outcome(
        adopted=adopted,
        count=found,
        threshold=threshold,
        base=base,
        needed=needed,
        tie=found.yes == found.no,
        arithmetic=_arithmetic(found, threshold, base, adopted=adopted),
    )


def _arithmetic(found: Count, threshold: Threshold, base: int, *, adopted: bool) -> tuple[Words, ...]:
    needed, majority = threshold.needed(base), threshold.words()
    lines = [
        Words(
            f"Yes {found.yes}, no {found.no}, abstentions {found.abstain}, not voting {found.not_voting}.",
            f"Pour {found.yes}, contre {found.no}, abstentions {found.abstain}, non votants {found.not_voting}.",
        ),
        Words(
            f"Required: {majority.en}: {needed} of {base}.",
            f"Majorité requise : {majority.fr}, soit {needed} sur {base}.",
        ),
    ]
    if not base:
        lines.append(Words("Nobody voted: nothing is adopted.", "Personne n’a voté : rien n’est adopté."))
    elif found.yes == found.no and not adopted:
        lines.append(Words("The votes are equally divided: rejected.", "Partage égal des voix : rejet."))
    else:
        sign = "≥" if adopted else "<"
        verdict = Words("adopted", "adopté") if adopted else Words("rejected", "rejeté")
        lines.append(
            Words(f"{found.yes} {sign} {needed}: {verdict.en}.", f"{found.yes} {sign} {needed} : {verdict.fr}.")
        )
    return tuple(lines)
