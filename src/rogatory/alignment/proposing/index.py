"""A national text as the ranker sees it: which concepts stand in which provision, and how rare each one is there.

A concept that stands in every provision says little about any: an act on computers is full of computers. So a concept
weighs by how few provisions of this very text have it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rogatory.alignment.national.model import NationalProvision, NationalText
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
    heading_length: int
    above: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All provisions of a text, where each concept stands, and how rare it is (0 to 1)."""

    provisions: tuple[Indexed, ...]
    having: Mapping[str, tuple[int, ...]]
    rarity: Mapping[str, float]
    mean_length: float


def index(text: NationalText, finder: Finder) -> Index:
    """The index of *text* by the concepts that *finder* finds."""
    headings: dict[tuple[str, ...], Mapping[str, float]] = {}
    provisions = tuple(_indexed(order, provision, finder, headings) for order, provision in enumerate(text.provisions))
    having: dict[str, list[int]] = {}
    for provision in provisions:
        for concept in {*provision.hits, *provision.heading}:
            having.setdefault(concept, []).append(provision.order)
    total = len(provisions)
    return Index(
        provisions=provisions,
        having={concept: tuple(orders) for concept, orders in having.items()},
        rarity={concept: rarity(len(orders), total) for concept, orders in having.items()},
        mean_length=sum(provision.length for provision in provisions) / total if total else 1.0,
    )


def rarity(having: int, total: int) -> float:
    """How much it says that one of *total* provisions has what *having* of them have: from `LEAST_RARITY` to 1."""
    return max(LEAST_RARITY, math.log((total + 1) / (having + 0.5)) / math.log(max(total, 30) + 1))


def _indexed(
    order: int, provision: NationalProvision, finder: Finder, headings: dict[tuple[str, ...], Mapping[str, float]]
) -> Indexed:
    hits: dict[str, list[tuple[int, Hit]]] = {}
    before = 0
    for place, passage in enumerate(provision.passages):
        found, length = finder.hits(passage.text)
        for hit in found:
            hits.setdefault(hit.concept, []).append((place, hit._replace(place=hit.place + before)))
        before += length
    heading, heading_length = finder.hits(provision.heading)
    if provision.above not in headings:
        headings[provision.above] = _above(provision.above, finder)
    return Indexed(
        order,
        provision.key,
        before,
        {concept: tuple(places) for concept, places in hits.items()},
        frozenset(hit.concept for hit in heading),
        heading_length,
        headings[provision.above],
    )


def _above(above: Sequence[str], finder: Finder) -> Mapping[str, float]:
    nearness: dict[str, float] = {}
    for far, heading in enumerate(reversed(above[-HEADINGS_ABOVE:])):
        for concept in {hit.concept for hit in finder.hits(heading)[0]}:
            nearness.setdefault(concept, 1 / (1 + far))
    return nearness
