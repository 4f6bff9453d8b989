"""How much a provision speaks for an article: a handful of signs, weighed once for all articles and languages.

Each sign lies between 0 and 1. What a sign weighs was fitted on laws with a known mapping, rounded by hand, and is the
same for every article and every language: nothing here knows a law.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rogatory.alignment.proposing.glossaries import Subject
from rogatory.alignment.proposing.index import Index, Indexed

#: Words after which one more occurrence says half as much, in a provision of mean length.
HALF = 1.0
#: Words among which concepts still belong together.
NEAR = 30
#: Words at the beginning of a provision, where it says what it is about.
BEGINNING = 40


class Signs(NamedTuple):
    """What speaks for one provision and one article."""

    name_heading: float
    name_above: float
    name_body: float
    name_early: float
    groups_heading: float
    groups_above: float
    groups_whole: float
    groups_passage: float
    groups_near: float
    groups_all: float
    groups_weight: float
    helps: float
    hurts: float
    offence_fits: float
    offence_against: float
    foreign_fits: float
    foreign_against: float
    foreign_missing: float
    definition: float
    final: float
    property_right: float
    long: float
    density: float
    words: float


def signs(subject: Subject, provision: Indexed, index: Index, words: float) -> Signs:
    """The signs that *provision* gives for *subject*; *words* is what it has of the bare words of its terms."""
    weigh = _Weigher(provision, index)
    names = subject.names
    groups = [group for group in subject.groups if group]
    whole, passage, near, covered = _coverage(groups, provision, index)
    foreign = max(
        weigh.heading("mutual-assistance", "foreign-state", "international-cooperation", "extradition"),
        weigh.above("mutual-assistance", "foreign-state", "international-cooperation", "extradition"),
        weigh.saturated("foreign-state"),
        weigh.saturated("mutual-assistance"),
    )
    penalty = min(1.0, weigh.saturated("penalty") + 0.3 * weigh.above_one("penalty"))
    share = len(groups) or 1
    return Signs(
        name_heading=max((weight * weigh.heading(name) for name, weight in names.items()), default=0.0),
        name_above=max((weight * weigh.above(name) for name, weight in names.items()), default=0.0),
        name_body=max((weight * weigh.weight(name) for name, weight in names.items()), default=0.0),
        name_early=max((weight * weigh.early(name) for name, weight in names.items()), default=0.0),
        groups_heading=sum(weigh.heading(*group) for group in groups) / share,
        groups_above=sum(weigh.above(*group) for group in groups) / share,
        groups_whole=whole,
        groups_passage=passage,
        groups_near=near,
        groups_all=1.0 if covered == len(groups) else 0.0,
        groups_weight=sum(max((weigh.weight(one) for one in group), default=0.0) for group in groups) / share,
        helps=min(1.0, sum(weigh.weight(one) for one in subject.helps)),
        hurts=min(1.0, sum(max(weigh.weight(one), weigh.heading(one)) for one in subject.hurts)),
        offence_fits=penalty if subject.offence else 0.0,
        offence_against=penalty if subject.offence is False else (1 - penalty if subject.offence else 0.0),
        foreign_fits=foreign if subject.foreign else 0.0,
        foreign_against=foreign if subject.foreign is False else 0.0,
        foreign_missing=1 - foreign if subject.foreign else 0.0,
        definition=-1.0,
        final=weigh.heading("final-provision"),
        property_right=max(weigh.heading("intellectual-property"), weigh.saturated("intellectual-property")),
        long=min(1.0, max(0.0, math.log(max(1.0, provision.length / max(index.mean_length, 1.0)), 8))),
        density=min(1.0, sum(len(provision.hits.get(name, ())) for name in names) * 20 / (provision.length + 20)),
        words=words,
    )


#: What each sign weighs.
WEIGHTS = Signs(
    name_heading=1.55,
    name_above=0.4,
    name_body=1.45,
    name_early=1.1,
    groups_heading=0.6,
    groups_above=0.9,
    groups_whole=0.7,
    groups_passage=0.95,
    groups_near=0.85,
    groups_all=0.5,
    groups_weight=0.65,
    helps=0.65,
    hurts=-0.35,
    offence_fits=0.8,
    offence_against=-0.8,
    foreign_fits=0.3,
    foreign_against=-0.95,
    foreign_missing=-1.05,
    definition=-1.0,
    final=-0.15,
    property_right=-0.25,
    long=0.1,
    density=1.45,
    words=2.25,
)
BIAS = -6.45


class _Weigher:
    """How much single concepts weigh in one provision."""

    def __init__(self, provision: Indexed, index: Index) -> None:
        self._hits, self._heading, self._above = provision.hits, provision.heading, provision.above
        self._rarity = index.rarity
        self._half = HALF * (0.4 + 0.6 * provision.length / max(index.mean_length, 1.0))

    def saturated(self, concept: str) -> float:
        count = len(self._hits.get(concept, ()))
        return count / (count + self._half) if count else 0.0

    def weight(self, concept: str) -> float:
        count = len(self._hits.get(concept, ())) + (2 if concept in self._heading else 0)
        return self._rarity[concept] * count / (count + self._half) if count else 0.0

    def early(self, concept: str) -> float:
        places = self._hits.get(concept)
        return max(0.0, 1 - places[0][1].place / BEGINNING) if places else 0.0

    def heading(self, *concepts: str) -> float:
        return 1.0 if any(concept in self._heading for concept in concepts) else 0.0

    def above(self, *concepts: str) -> float:
        return max((self._above.get(concept, 0.0) for concept in concepts), default=0.0)

    def above_one(self, concept: str) -> float:
        return self._above.get(concept, 0.0)


def _definition(provision: Indexed, weigh: _Weigher) -> float:
    count = len(provision.hits.get("definition", ()))
    many = min(1.0, max(0, count - 2) / 6)
    return max(many, weigh.heading("definition"))


def _coverage(groups: Sequence[Sequence[str]], provision: Indexed, index: Index) -> tuple[float, float, float, int]:
    """How much of the groups stands in the provision, in its best passage, near together; and how many groups do."""
    rarity = index.rarity
    # What stands nowhere in the law is missed all the more.
    most = [max((rarity[one] for one in group if one in rarity), default=1.0) for group in groups]
    total = sum(most) or 1.0
    found: list[tuple[int, int, int, float]] = []
    whole = [0.0] * len(groups)
    for number, group in enumerate(groups):
        for concept in group:
            if concept in provision.heading:
                whole[number] = max(whole[number], rarity[concept])
            for passage, hit in provision.hits.get(concept, ()):
                found.append((hit.place, passage, number, rarity[concept]))
                whole[number] = max(whole[number], rarity[concept])
    found.sort()
    best_passage = _best_passage(found, len(groups))
    best_near = _best_near(found, len(groups))
    covered = sum(1 for weight in whole if weight)
    return sum(whole) / total, best_passage / total, best_near / total, covered


def _best_passage(found: Iterable[tuple[int, int, int, float]], groups: int) -> float:
    passages: dict[int, list[float]] = {}
    for _, passage, number, weight in found:
        row = passages.setdefault(passage, [0.0] * groups)
        row[number] = max(row[number], weight)
    return max((sum(row) for row in passages.values()), default=0.0)


def _best_near(found: Sequence[tuple[int, int, int, float]], groups: int) -> float:
    """The most of the groups that stands within `NEAR` words."""
    best = 0.0
    latest: list[tuple[int, float]] = [(-10_000, 0.0)] * groups
    for place, _, number, weight in found:
        latest[number] = (place, weight)
        best = max(best, sum(one for at, one in latest if place - at <= NEAR))
    return best


def score(subject: Subject, provision: Indexed, index: Index, words: float) -> float:
    """How much *provision* speaks for *subject*, from 0 to 1; *words* as `signs` takes it."""
    given = signs(subject, provision, index, words)
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, given, strict=True))
    return 1 / (1 + math.exp(-total))
