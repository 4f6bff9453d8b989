"""From what a rulebook says of elections to the scheme that counts them."""

from rogatory.conference.counting.schemes import OnTie, Scheme
from rogatory.conference.rulebook.model import Rulebook


def scheme_of(rulebook: Rulebook, *, places: int = 1) -> Scheme:
    """The scheme of an election of *places* under *rulebook*; raises `BadScheme` for one that could not come to an end.

    More with the majority than places: the tie is broken as an equal division is.
    """
    rules = rulebook.elections
    return Scheme(
        majority=rules.majority,
        finalists=rules.finalists,
        factor=rules.factor,
        pattern=rules.pattern,
        tie=OnTie(rules.tie),
        surplus=OnTie(rules.tie),
        edge=OnTie(rules.edge),
        cite=rulebook.cite(rules.rule if places == 1 else rules.several_rule),
    )
