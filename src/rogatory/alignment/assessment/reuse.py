"""Answers that were given for another instrument, offered again for the obligations that are parallel to it.

An offer is never a judgement: a reader confirms it, or does not. It says how near the two provisions stand, and where
the answer came from. An answer for a whole article is offered to everything whose parallel stands under it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rogatory.alignment.assessment.model import UNSEEN
from rogatory.alignment.assessment.parallels import SAME_ARTICLE, SAME_PROVISION, alike
from rogatory.alignment.obligations import obligations
from rogatory.law.model import Law

#: The nearest first.
NEARNESS = (SAME_PROVISION, SAME_ARTICLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An answer given for a provision (`budapest:6(1)`), one of `model.ANSWERS`; what it rests on, in its own words.

    *source* says who gave it and where; *on* is its day, where it is known.
    """

    cite: str
    answer: str
    evidence: str = ""
    remark: str = ""
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An earlier answer that may hold for the obligation *number*; *alike* is one of `NEARNESS`."""

    number: str
    alike: str
    earlier: Earlier


def offered(law: Law, earlier: Iterable[Earlier]) -> tuple[Offered, ...]:
    """Every offer, in the order of the obligations; for each the nearest first, then the newest."""
    kept = [one for one in earlier if one.answer != UNSEEN]
    return tuple(offer for one in obligations(law) for offer in offered_for(law, one.number, kept))


def offered_for(law: Law, number: str, earlier: Iterable[Earlier]) -> tuple[Offered, ...]:
    """What is offered for one obligation, the nearest first, then the newest."""
    return tuple(sorted(_offers(law, number, earlier), key=_rank))


def unmatched(law: Law, earlier: Iterable[Earlier]) -> tuple[Earlier, ...]:
    """The earlier answers that bear on no obligation, so that whoever gave them is told."""
    numbers = [one.number for one in obligations(law)]
    return tuple(one for one in earlier if not any(alike(law, number, one.cite) for number in numbers))


def _offers(law: Law, number: str, earlier: Iterable[Earlier]) -> Iterator[Offered]:
    for one in earlier:
        near = alike(law, number, one.cite)
        if near:
            yield Offered(number=number, alike=near, earlier=one)


def _rank(offer: Offered) -> tuple[int, int, str]:
    newest_first = -offer.earlier.on.toordinal() if offer.earlier.on else 0
    return NEARNESS.index(offer.alike), newest_first, offer.earlier.cite
