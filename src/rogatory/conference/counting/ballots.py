"""What tellers hand in after a ballot, and whether it can be.

Each paper is valid, invalid or an abstention (a paper without a name). A valid paper names at least one and at most as
many as there are places, none twice. So no one has more votes than there are valid papers, and all votes together are
no fewer than the valid papers and no more than the papers times the places.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rogatory.conference.counting.schemes import Kind
from rogatory.errors import BadInput
from rogatory.law.words import Words, listed

MAX_NAME = 200
MAX_NAMES = 1_000
MAX_PAPERS = 100_000


class ImpossibleBallot(BadInput):
    """The numbers of a ballot cannot be."""

    code = "impossible-ballot"
    remedy = "Let the tellers count again: papers, invalid ones, abstentions, and the votes for each name."


class NotEligible(BadInput):
    """Votes cannot be cast for this name in this ballot."""

    code = "not-eligible"
    remedy = "A paper that names nobody else is invalid: let the tellers enter it so."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """Papers found in the box, those invalid, those without a name, and the votes by name."""

    papers: int
    votes: Mapping[str, int] = field(default_factory=dict)
    invalid: int = 0
    abstentions: int = 0

    @property
    def valid(self) -> int:
        """How many papers count."""
        return self.papers - self.invalid - self.abstentions


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The ballot that comes next: its number and kind, who is eligible (empty: any), how many names a paper carries."""

    number: int
    kind: Kind
    eligible: tuple[str, ...]
    names: int

    def words(self) -> Words:
        """What the chair announces."""
        among = listed(self.eligible)
        number = self.number
        if self.kind is Kind.UNRESTRICTED:
            found = Words(f"Ballot {number}: unrestricted.", f"Scrutin {number} : non limité.")
        elif self.kind is Kind.RESTRICTED:
            found = Words(
                f"Ballot {number}: restricted to {among.en}.", f"Scrutin {number} : limité aux candidats {among.fr}."
            )
        elif self.kind is Kind.DECIDING:
            found = Words(
                f"Ballot {number}: among those tied for the last place, {among.en}.",
                f"Scrutin {number} : entre les candidats à égalité pour le dernier siège, {among.fr}.",
            )
        else:
            found = Words(
                f"Ballot {number}: only to say who stays in the next one, of {among.en}; it elects nobody.",
                f"Scrutin {number} : seulement pour dire qui reste au scrutin suivant, parmi {among.fr} ; "
                "il n’élit personne.",
            )
        return found


def check(ballot: Ballot, due: Due, barred: Mapping[str, str], *, pool: frozenset[str], cite: str | None) -> None:
    """Raise `ImpossibleBallot` or `NotEligible` unless *ballot* can be a count of the ballot that is *due*.

    *barred* gives the reason for each name that cannot be elected; *pool*, unless empty, all that can.
    """
    for name in sorted(ballot.votes):
        if not name or len(name) > MAX_NAME or name != name.strip():
            raise NotEligible(f"{name[:60]!r} is not a name", cite=cite)
        if name in barred:
            raise NotEligible(f"{name} {barred[name]}", cite=cite)
        if due.eligible and name not in due.eligible:
            names = listed(due.eligible).en
            raise NotEligible(f"ballot {due.number} is restricted to {names}: {name} is not among them", cite=cite)
        if pool and name not in pool:
            raise NotEligible(f"{name} is not among those who may be elected", cite=cite)
    wrong = _impossible(ballot, due.names)
    if wrong:
        raise ImpossibleBallot(f"ballot {due.number}: {wrong}", cite=cite)


def _impossible(ballot: Ballot, names: int) -> str:
    papers, valid, votes = ballot.papers, ballot.valid, ballot.votes
    if not 0 <= papers <= MAX_PAPERS or len(votes) > MAX_NAMES:
        return f"papers are 0 to {MAX_PAPERS}, names at most {MAX_NAMES}"
    if ballot.invalid < 0 or ballot.abstentions < 0 or any(number < 0 for number in votes.values()):
        return "a number is less than nothing"
    if valid < 0:
        return f"{ballot.invalid} invalid and {ballot.abstentions} abstentions are more than {papers} papers"
    for name, number in sorted(votes.items()):
        if number > valid:
            return f"{name} has {number} votes on {valid} valid papers"
    total = sum(votes.values())
    if total > valid * names:
        return f"{total} votes are more than {valid} valid papers with {names} names each can carry"
    if total < valid:
        return f"{total} votes on {valid} valid papers: each carries at least one name"
    return ""
