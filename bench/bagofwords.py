"""BM25 as most programs use it (k1 1.5, b 0.75): a bag of lower-case words, or of pairs of Chinese characters."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rogatory.alignment.national.model import NationalText

SATURATION, BY_LENGTH = 1.5, 0.75
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")


class BagOfWords:
    """The provisions of a text, to be ordered by the words that they share with a query."""

    def __init__(self, text: NationalText) -> None:
        self._keys = [one.key for one in text.provisions]
        self._bags = [Counter(_words(f"{one.heading} {one.text}")) for one in text.provisions]
        self._lengths = [bag.total() for bag in self._bags]
        self._mean = sum(self._lengths) / (len(self._lengths) or 1)
        self._having: dict[str, list[int]] = {}
        for place, bag in enumerate(self._bags):
            for word in bag:
                self._having.setdefault(word, []).append(place)

    def order(self, asked: str) -> Sequence[str]:
        """The keys of the provisions that have a word of *asked*, the best first."""
        scores: dict[int, float] = {}
        for word in set(_words(asked)):
            having = self._having.get(word, [])
            rare = math.log(1 + (len(self._keys) - len(having) + 0.5) / (len(having) + 0.5))
            for place in having:
                count = self._bags[place][word]
                long = 1 - BY_LENGTH + BY_LENGTH * self._lengths[place] / self._mean
                more = rare * count * (SATURATION + 1) / (count + SATURATION * long)
                scores[place] = scores.get(place, 0.0) + more
        return [self._keys[place] for place in sorted(scores, key=lambda place: -scores[place])]


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.casefold()):
        if "\u3400" <= word[0] <= "\u9fff":
            yield from (word[place : place + 2] for place in range(max(1, len(word) - 1)))
        else:
            yield word
