"""Walking through the law: articles in their order, what stands beside a provision, and lists by what it is.

Parallels are told from both sides: the data name them at one end only.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rogatory.errors import BadInput
from rogatory.law.model import Chapter, Law, Provision, UnknownMeasure, UnknownProvision
from rogatory.law.provisions import FORCES, KINDS, WHO, article_of
from rogatory.law.words import NO_WORDS, Words


class UnknownSort(BadInput):
    """Provisions are not sorted by that."""

    code = "unknown-sort"
    remedy = "Choose one of the words that the message lists."


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its provisions in order, none where our data does not describe it."""

    instrument: str
    number: str
    title: Words
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chapter with its articles; an instrument whose chapters we do not name is one part without a chapter."""

    chapter: Chapter | None
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """Which provisions are wanted; an empty text asks for nothing. *reservations*: only what a State may reserve."""

    instrument: str = ""
    article: str = ""
    kind: str = ""
    who: str = ""
    force: str = ""
    measure: str = ""
    reservations: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return self != Sorting()


@lru_cache(maxsize=16)
def articles(law: Law, instrument: str) -> tuple[Article, ...]:
    """Every article of *instrument*, described or not; raises `UnknownInstrument`."""
    known = law.instrument(instrument)
    held: dict[str, list[Provision]] = defaultdict(list)
    for provision in law.provisions(instrument):
        held[provision.article].append(provision)
    return tuple(
        Article(
            instrument=instrument,
            number=number,
            title=held[number][0].title if held[number] else NO_WORDS,
            provisions=tuple(held[number]),
        )
        for number in map(str, range(1, known.articles + 1))
    )


def article(law: Law, instrument: str, number: str) -> Article:
    """The article of that number; raises `UnknownInstrument` or `UnknownProvision`."""
    every = articles(law, instrument)
    if number.isascii() and number.isdigit() and len(number) <= 3 and 1 <= int(number) <= len(every):
        return every[int(number) - 1]
    raise UnknownProvision(f"{instrument} has articles 1 to {len(every)}; {number!r} is not one")


def parts(law: Law, instrument: str) -> tuple[Part, ...]:
    """The articles of *instrument* by chapter."""
    every, chapters = articles(law, instrument), law.instrument(instrument).chapters
    if not chapters:
        return (Part(chapter=None, articles=every),)
    return tuple(Part(chapter=one, articles=every[one.first - 1 : one.last]) for one in chapters)


def chapter_of(law: Law, found: Article) -> Chapter | None:
    """The chapter in which an article stands, where we name chapters."""
    chapters = law.instrument(found.instrument).chapters
    return next((one for one in chapters if one.first <= int(found.number) <= one.last), None)


def described_beside(law: Law, found: Article) -> tuple[Article | None, Article | None]:
    """The article before *found* and the one after it that our data describe."""
    every = [one for one in articles(law, found.instrument) if one.provisions or one is found]
    place = every.index(found)
    return every[place - 1] if place else None, every[place + 1] if place + 1 < len(every) else None


@lru_cache(maxsize=4)
def _twins(law: Law) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in _every(law):
        for parallel in one.parallels:
            found[one.cite].append(parallel)
            found[parallel].append(one.cite)
    return {cite: tuple(dict.fromkeys(others)) for cite, others in found.items()}


def parallels(law: Law, provision: Provision) -> tuple[str, ...]:
    """The same rule elsewhere, as `budapest:29(3)`, whichever of the two data files says so."""
    order = {name: place for place, name in enumerate(law.instruments)}
    return tuple(sorted(_twins(law).get(provision.cite, ()), key=lambda cite: order[cite.partition(":")[0]]))


@lru_cache(maxsize=4)
def _referring(law: Law) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in _every(law):
        for number in one.cross:
            found[f"{one.instrument}:{number}"].append(one.number)
    return {cite: tuple(numbers) for cite, numbers in found.items()}


def referring(law: Law, provision: Provision) -> tuple[str, ...]:
    """The numbers of the provisions of the same instrument that refer to this one."""
    return _referring(law).get(provision.cite, ())


def measures(law: Law) -> tuple[str, ...]:
    """Every measure that some instrument carries, in the order in which they stand there."""
    return tuple(dict.fromkeys(name for one in law.instruments.values() for name in one.measures))


def check(law: Law, sorting: Sorting) -> None:
    """Nothing when *sorting* names what exists; raises `UnknownInstrument`, `UnknownMeasure` or `UnknownSort`."""
    if sorting.instrument:
        law.instrument(sorting.instrument)
    if sorting.measure and sorting.measure not in measures(law):
        raise UnknownMeasure(f"{sorting.measure!r} is not a measure; known are {', '.join(measures(law))}")
    for name, given, known in (
        ("kind", sorting.kind, KINDS),
        ("who", sorting.who, WHO),
        ("force", sorting.force, FORCES),
    ):
        if given and given not in known:
            raise UnknownSort(f"{given!r} is not a {name}; known are {', '.join(known)}")
    if sorting.article and not (sorting.article.isascii() and sorting.article.isdigit()):
        raise UnknownSort(f"{sorting.article!r} is not the number of an article such as 42")


def sorted_out(law: Law, sorting: Sorting) -> tuple[Provision, ...]:
    """The provisions that *sorting* asks for, in their order; raises what `check` raises."""
    check(law, sorting)
    return tuple(one for one in _every(law) if _wanted(one, sorting))


def reservable(provision: Provision) -> bool:
    """Whether a State may make a reservation here, or what is said here rests on one."""
    return (
        provision.kind == "reservation"
        or any(one.by == "reservation" for one in provision.exclusions)
        or any(one.needs_reservation for one in provision.grounds)
    )


def _every(law: Law) -> tuple[Provision, ...]:
    return tuple(provision for known in law.by_number.values() for provision in known.values())


def _wanted(one: Provision, sorting: Sorting) -> bool:
    return (
        sorting.instrument in ("", one.instrument)
        and sorting.article in ("", article_of(one.number))
        and sorting.kind in ("", one.kind)
        and sorting.who in ("", one.who)
        and sorting.force in ("", one.force)
        and (not sorting.measure or sorting.measure in one.measures)
        and (not sorting.reservations or reservable(one))
    )
