"""A ballot that was counted: what it needed, whom it elected, what a lot must decide; the arithmetic in words."""

from dataclasses import dataclass
from enum import StrEnum

from rogatory.conference.counting.ballots import Ballot
from rogatory.conference.counting.schemes import Kind
from rogatory.conference.counting.thresholds import Threshold
from rogatory.law.words import Words, listed

KINDS = {
    Kind.UNRESTRICTED: Words("unrestricted", "non limité"),
    Kind.RESTRICTED: Words("restricted", "limité"),
    Kind.DECIDING: Words("among those tied", "entre les candidats à égalité"),
    Kind.REDUCING: Words("to say who stays", "pour dire qui reste"),
}


class Decides(StrEnum):
    """What a lot decides."""

    SURPLUS = "surplus"  # who is elected of those with the majority
    DIVIDED = "divided"  # who is elected when the votes are equally divided
    STAYING = "staying"  # who stays in the next restricted ballot


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot to be drawn by hand: for how many, among whom."""

    places: int
    among: tuple[str, ...]
    decides: Decides

    def words(self) -> Words:
        """What the chair announces."""
        among = listed(self.among)
        if self.decides is Decides.STAYING:
            return Words(
                f"A lot decides who stays in the next ballot: {self.places} of {among.en}.",
                f"Le sort décide qui reste au scrutin suivant : {self.places} parmi {among.fr}.",
            )
        return Words(
            f"A lot decides who is elected: {self.places} of {among.en}.",
            f"Le sort décide qui est élu : {self.places} parmi {among.fr}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One counted ballot: its number and kind, who was eligible, the base and the votes needed, who was elected.

    `lot` is the lot that it led to, `drawn` those on whom it fell.
    """

    number: int
    kind: Kind
    eligible: tuple[str, ...]
    ballot: Ballot
    majority: Threshold
    base: int
    elected: tuple[str, ...]
    lot: Lot | None = None
    drawn: tuple[str, ...] = ()

    @property
    def needed(self) -> int:
        """The votes needed to be elected; 0 in a ballot that elects nobody."""
        return 0 if self.kind is Kind.REDUCING else self.majority.needed(self.base)

    @property
    def ranked(self) -> tuple[tuple[str, int], ...]:
        """Names and votes, most votes first, equal ones by name."""
        return tuple(sorted(self.ballot.votes.items(), key=lambda one: (-one[1], one[0])))

    def heading(self) -> Words:
        """Which ballot it was."""
        kind = KINDS[self.kind]
        return Words(f"Ballot {self.number}, {kind.en}", f"Scrutin {self.number}, {kind.fr}")

    def arithmetic(self) -> tuple[Words, ...]:
        """The count in sentences."""
        lines = [_papers(self.ballot)]
        if self.kind is not Kind.REDUCING:
            majority, needed = self.majority.words(), self.needed
            lines.append(
                Words(
                    f"Required: {majority.en}: {needed} of {self.base}.",
                    f"Majorité requise : {majority.fr}, soit {needed} sur {self.base}.",
                )
            )
        if self.ranked:
            english = ", ".join(f"{name} {votes}" for name, votes in self.ranked)
            lines.append(Words(f"Votes: {english}.", f"Voix : {english}."))
        lines.append(self._result())
        if self.lot:
            lines.append(self.lot.words())
        if self.drawn:
            drawn = listed(self.drawn)
            lines.append(Words(f"The lot fell on {drawn.en}.", f"Le sort a désigné {drawn.fr}."))
        return tuple(lines)

    def _result(self) -> Words:
        if self.elected:
            who = listed(self.elected)
            return Words(f"Elected: {who.en}.", f"Élection acquise : {who.fr}.")
        if self.kind is Kind.REDUCING:
            return Words("This ballot elects nobody.", "Ce scrutin n’élit personne.")
        return Words("Nobody is elected in this ballot.", "Personne n’est élu à ce scrutin.")


def _papers(ballot: Ballot) -> Words:
    return Words(
        f"Papers {ballot.papers}, invalid {ballot.invalid}, abstentions {ballot.abstentions}: {ballot.valid} valid.",
        f"Bulletins {ballot.papers}, nuls {ballot.invalid}, abstentions {ballot.abstentions} : "
        f"{ballot.valid} valables.",
    )
