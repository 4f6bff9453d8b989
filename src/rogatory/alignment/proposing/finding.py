"""Where the concepts of the glossary stand in a text.

The words of a text are compared with all terms at once: each distinct word is looked up a single time, and only words
that are part of some term are looked at again. A place is counted in words that mean something, or in signs where no
spaces stand between words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rogatory.alignment.proposing import words
from rogatory.alignment.proposing.glossaries import Glossary
from rogatory.alignment.proposing.terms import Part, Pattern, Term
from rogatory.law.lookup import wording


class Hit(NamedTuple):
    """A concept found in a text: its place and how many words it takes, and its offsets."""

    concept: str
    place: int
    size: int
    start: int
    end: int


class Found(NamedTuple):
    """What was found in a text: the concepts in their order, its length, and which patterns each of its words met.

    The length counts words that mean something, or signs where no spaces stand between words.
    """

    hits: tuple[Hit, ...]
    length: int
    words: tuple[frozenset[int], ...]


class _Wanted(NamedTuple):
    """A term, its parts by the numbers of their patterns."""

    concept: str
    parts: tuple[frozenset[int], ...]
    between: tuple[int, ...]
    window: int


class _Kind(NamedTuple):
    """What is known of all words that meet the same patterns.

    The concepts that they are by themselves, the terms that they begin, and how far the next word of any of these may
    stand.
    """

    patterns: frozenset[int]
    alone: tuple[str, ...]
    begun: tuple[_Wanted, ...]
    widest: int


class _Word(NamedTuple):
    """A word that is part of some term."""

    place: int
    after: int
    start: int
    end: int
    kind: _Kind


class Finder:
    """Finds the concepts of one glossary; made once, used for every text in its language."""

    def __init__(self, glossary: Glossary) -> None:
        self.lang = glossary.lang
        self._signs = glossary.lang in words.WITHOUT_SPACES
        self._stop = words.stop_words(glossary.lang)
        self._numbers: dict[Pattern, int] = {}
        self._wanted: dict[int, list[_Wanted]] = defaultdict(list)
        self._of: dict[str, frozenset[int]] = {}
        for concept, terms in glossary.terms.items():
            for term in terms:
                self._want(concept, term)
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._part: dict[str, dict[str, set[int]]] = {kind: defaultdict(set) for kind in ("begins", "ends", "holds")}
        for pattern, number in self._numbers.items():
            if pattern.kind in self._part:
                self._part[pattern.kind][pattern.text].add(number)
            for key in pattern.text.split() if pattern.kind in ("key", "signs") else ():
                self._exact[key].add(number)
        self._lengths = {kind: sorted({len(text) for text in table}) for kind, table in self._part.items()}
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for text in self._exact:
            self._by_head[text[:2]].append(text)
        self._known: dict[str, _Kind | None] = {}
        self._kinds: dict[frozenset[int], _Kind] = {}

    def find(self, text: str) -> Found:
        """Everything that *text* has of the glossary."""
        found, length = self._by_signs(text) if self._signs else self._by_words(text)
        hits = sorted(self._matched(found), key=lambda hit: (hit.place, -hit.size))
        return Found(tuple(_apart(hits)), length, tuple(word.kind.patterns for word in found))

    def patterns(self, concepts: Iterable[str]) -> frozenset[int]:
        """The patterns of all words in the terms of *concepts*."""
        return frozenset().union(*(self._of.get(concept, frozenset()) for concept in concepts))

    def _want(self, concept: str, term: Term) -> None:
        parts = tuple(frozenset(self._number(one) for one in part.patterns) for part in term.parts)
        self._of[concept] = self._of.get(concept, frozenset()).union(*parts)
        wanted = _Wanted(concept, parts, tuple(_between(part) for part in term.parts), term.window)
        first: Iterable[int] = frozenset().union(*parts) if term.window else parts[0]
        for number in first:
            self._wanted[number].append(wanted)

    def _number(self, pattern: Pattern) -> int:
        return self._numbers.setdefault(pattern, len(self._numbers))

    def _by_words(self, text: str) -> tuple[list[_Word], int]:
        found: list[_Word] = []
        place = 0
        known = self._known
        for match in wording.places(text):
            written = match[0]
            if written in known:
                kind = known[written]
            else:
                patterns = self._patterns(written)
                kind = known[written] = None if patterns is None else self._kind(patterns)
            if kind is None:
                continue
            if kind.patterns:
                found.append(_Word(place, place + 1, match.start(), match.end(), kind))
            place += 1
        return found, place

    def _kind(self, patterns: frozenset[int]) -> _Kind:
        if patterns not in self._kinds:
            wanted = list(dict.fromkeys(one for number in sorted(patterns) for one in self._wanted.get(number, ())))
            begun = tuple(one for one in wanted if len(one.parts) > 1)
            self._kinds[patterns] = _Kind(
                patterns,
                tuple(dict.fromkeys(one.concept for one in wanted if len(one.parts) == 1)),
                begun,
                max((max(one.between[1], one.window) for one in begun), default=-1),
            )
        return self._kinds[patterns]

    def _patterns(self, written: str) -> frozenset[int] | None:
        """The patterns that *written* meets; nothing for a word that only holds a sentence together."""
        keys = words.keys(written, self.lang)
        if not keys:
            return None
        met: set[int] = set()
        for key in keys:
            met |= self._exact.get(key, frozenset())
        met.update(self._inside(words.form(written, self.lang)))
        return frozenset(met) if met or keys[-1] not in self._stop else None

    def _inside(self, form: str) -> Iterator[int]:
        for length in self._lengths["begins"]:
            yield from self._part["begins"].get(form[:length], ())
        for length in self._lengths["ends"]:
            yield from self._part["ends"].get(form[-length:], ()) if len(form) >= length else ()
        for length in self._lengths["holds"]:
            for place in range(len(form) - length + 1):
                yield from self._part["holds"].get(form[place : place + length], ())

    def _by_signs(self, text: str) -> tuple[list[_Word], int]:
        lowered = words.signs(text)
        found: list[_Word] = []
        heads = self._by_head
        for place in range(len(lowered)):
            for head in (lowered[place : place + 2], lowered[place]):
                for sought in heads.get(head, ()):
                    if lowered.startswith(sought, place):
                        after = place + len(sought)
                        found.append(_Word(place, after, place, after, self._kind(frozenset(self._exact[sought]))))
        return found, len(text)

    def _matched(self, found: Sequence[_Word]) -> Iterator[Hit]:
        present = frozenset().union(*{word.kind.patterns for word in found})
        for place, word in enumerate(found):
            for concept in word.kind.alone:
                yield Hit(concept, word.place, 1, word.start, word.end)
            if place + 1 == len(found) or found[place + 1].place - word.after > word.kind.widest:
                continue
            for wanted in word.kind.begun:
                # Most terms begin with a word that stands there without their last: that is seen cheaply.
                if wanted.parts[-1].isdisjoint(present):
                    continue
                last = _loose(wanted, found, place) if wanted.window else _in_order(wanted, found, place)
                if last is not None:
                    yield Hit(wanted.concept, word.place, len(wanted.parts), word.start, last.end)


def _between(part: Part) -> int:
    return part.between


def _in_order(wanted: _Wanted, found: Sequence[_Word], begin: int) -> _Word | None:
    """The last word of the term that begins at *begin*, or nothing when it does not stand there whole."""
    last = found[begin]
    place = begin + 1
    for part, between in zip(wanted.parts[1:], wanted.between[1:], strict=True):
        while place < len(found):
            word = found[place]
            if word.place - last.after > between:
                return None
            if word.place >= last.after and not part.isdisjoint(word.kind.patterns):
                break
            place += 1
        else:
            return None
        last = found[place]
        place += 1
    return last


def _loose(wanted: _Wanted, found: Sequence[_Word], begin: int) -> _Word | None:
    """The last word when all parts of the term stand within its window from *begin* on, in any order."""
    first = last = found[begin]
    missing = [part for part in wanted.parts if part.isdisjoint(first.kind.patterns)]
    for word in found[begin + 1 :]:
        if not missing or word.place - first.place > wanted.window:
            break
        still = [part for part in missing if part.isdisjoint(word.kind.patterns)]
        if len(still) < len(missing):
            missing, last = still, word
    return None if missing else last


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits without those that only repeat a concept inside a longer term of the same."""
    until: dict[str, int] = {}
    for hit in hits:
        if hit.start >= until.get(hit.concept, -1):
            yield hit
            until[hit.concept] = hit.end
