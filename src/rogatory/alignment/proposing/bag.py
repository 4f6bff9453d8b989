"""A law as bags of words, to be ranked by BM25: what still ranks a provision in which no whole term was found.

A word is known by the patterns of the glossary that it meets, so that the forms of one word count as one; words that
meet none are no part of any term and do not count.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

#: The usual constants of BM25.
SATURATION, BY_LENGTH = 1.5, 0.75
#: In a code of so many provisions, a word that a quarter of them have costs most of the time and tells next to nothing.
MANY, COMMON = 1000, 0.25


class Bag:
    """The words of every provision, by the numbers of their patterns."""

    def __init__(self) -> None:
        self._having: dict[frozenset[int], list[tuple[int, int]]] = {}
        self._lengths: list[int] = []
        self._by_length: list[float] = []

    def add(self, words: Iterable[frozenset[int]], length: int) -> None:
        """Take in the next provision: its words, and how many it has in all."""
        for word, count in Counter(words).items():
            self._having.setdefault(word, []).append((len(self._lengths), count))
        self._lengths.append(length)

    def close(self) -> None:
        """Weigh the lengths, once all provisions are in."""
        mean = max(1.0, sum(self._lengths) / (len(self._lengths) or 1))
        self._by_length = [SATURATION * (1 - BY_LENGTH + BY_LENGTH * length / mean) for length in self._lengths]

    def scores(self, patterns: frozenset[int]) -> Mapping[int, float]:
        """How much each provision has of the words that meet one of *patterns*, by its place; the most is 1."""
        scores: dict[int, float] = {}
        total = len(self._lengths)
        too_many = COMMON * total if total >= MANY else total
        for word, places in self._having.items():
            if len(places) > too_many or word.isdisjoint(patterns):
                continue
            rare = math.log(1 + (total - len(places) + 0.5) / (len(places) + 0.5)) * (SATURATION + 1)
            for place, count in places:
                scores[place] = scores.get(place, 0.0) + rare * count / (count + self._by_length[place])
        most = max(scores.values(), default=1.0)
        return {place: score / most for place, score in scores.items()}
