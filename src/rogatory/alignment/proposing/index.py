"""A national text as the ranker sees it: which concepts stand in which provision, and how rare each one is there.

A concept that stands in every provision says little about any: an act on computers is full of computers. So a concept
weighs by how few provisions of this very text have it. Beside the concepts stand the bare words of their terms, each
by itself: they still rank what no whole term is found in.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from rogatory.alignment.national.model import NationalProvision, NationalText
from rogatory.alignment.proposing.bag import Bag
from rogatory.alignment.proposing.finding import Finder, Hit

#: The least a concept weighs, however common: two common ones together still mean something.
LEAST_RARITY = 0.08
#: How far from the top a heading still speaks for the provisions under it.
HEADINGS_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Indexed:
    """One provision: its hits by concept, each with its passage, the concepts of its headings, its length in words.

    `above` says how near the heading is in which a concept stands: 1 for the innermost, less further out.
    """

    order: int
    key: str
    length: int
    hits: Mapping[str, tuple[tuple[int, Hit], ...]]
    heading: frozenset[str]
    above: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All provisions of a text, where each concept stands, and how rare it is (0 to 1)."""

    provisions: tuple[Indexed, ...]
    having: Mapping[str, tuple[int, ...]]
    bag: Bag
    rarity: Mapping[str, float]
    mean_length: float


def index(text: NationalText, finder: Finder) -> Index:
    """The index of *text* by the concepts that *finder* finds."""
    bag = Bag()
    above = lru_cache(maxsize=4096)(partial(_above, finder))
    provisions = tuple(_indexed(order, one, finder, bag, above(one.above)) for order, one in enumerate(text.provisions))
    bag.close()
    having: dict[str, list[int]] = {}
    for provision in provisions:
        for concept in {*provision.hits, *provision.heading}:
            having.setdefault(concept, []).append(provision.order)
    total = len(provisions)
    return Index(
        provisions=provisions,
        having={concept: tuple(orders) for concept, orders in having.items()},
        bag=bag,
        rarity={concept: rarity(len(orders), total) for concept, orders in having.items()},
        mean_length=sum(provision.length for provision in provisions) / total if total else 1.0,
    )


def rarity(having: int, total: int) -> float:
    """How much it says that one of *total* provisions has what *having* of them have: from `LEAST_RARITY` to 1."""
    return max(LEAST_RARITY, math.log((total + 1) / (having + 0.5)) / math.log(max(total, 30) + 1))


def _indexed(order: int, provision: NationalProvision, finder: Finder, bag: Bag, above: Mapping[str, float]) -> Indexed:
    hits: dict[str, list[tuple[int, Hit]]] = {}
    heading = finder.find(provision.heading)
    words = list(heading.words)
    before = 0
    for place, passage in enumerate(provision.passages):
        found = finder.find(passage.text)
        for hit in found.hits:
            hits.setdefault(hit.concept, []).append((place, hit._replace(place=hit.place + before)))
        words.extend(found.words)
        before += found.length
    bag.add(words, before)
    return Indexed(
        order,
        provision.key,
        before,
        {concept: tuple(places) for concept, places in hits.items()},
        frozenset(hit.concept for hit in heading.hits),
        above,
    )


def _above(finder: Finder, above: Sequence[str]) -> Mapping[str, float]:
    nearness: dict[str, float] = {}
    for far, heading in enumerate(reversed(above[-HEADINGS_ABOVE:])):
        for concept in {hit.concept for hit in finder.find(heading).hits}:
            nearness.setdefault(concept, 1 / (1 + far))
    return nearness
