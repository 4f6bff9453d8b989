"""Which words of a text are shown as found, and which part of a long text is shown."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from rogatory.law.lookup import wording
from rogatory.law.lookup.search import Piece
from rogatory.law.lookup.wording import Word

#: How much of a text a snippet shows, and how much of that stands before the first word found, in characters.
LENGTH = 400
BEFORE = 60
#: A text without a space for this long is cut where it must be: Chinese has none.
LONGEST_WORD = 40


class Marker:
    """Knows which words of a text were looked for, whatever their ending or accents."""

    def __init__(self, sought: Iterable[Word], *, beginning: str = "") -> None:
        words = tuple(sought)
        self._beginning = beginning
        self._forms = frozenset(word.form for word in words if not word.han)
        self._runs = tuple(word.form for word in words if word.han)
        self._stems = {
            lang: frozenset(
                stem
                for word in words
                if not word.han and lang in wording.languages_of(word)
                for stem in wording.stems(word, lang)
            )
            for lang in wording.TEXT_LANGUAGES
        }
        self._known: dict[str, dict[str, bool]] = {}

    def spans(self, text: str, lang: str) -> Iterator[tuple[int, int]]:
        """Where *text* has what was looked for, in order."""
        if not (self._forms or self._runs):
            return
        known = self._known.setdefault(lang, {})
        for place in wording.places(text):
            written = place[0]
            if wording.is_han(written[0]):
                yield from self._han_spans(wording.read(written), place.start())
                continue
            sought = known.get(written)
            if sought is None:
                sought = known[written] = self._sought(wording.read(written), lang)
            if sought:
                yield place.span()

    def _sought(self, word: Word, lang: str) -> bool:
        if word.form in self._forms or (self._beginning and word.form.startswith(self._beginning)):
            return True
        wanted = self._stems.get(lang)
        return bool(wanted and word.form and not wanted.isdisjoint(wording.stems(word, lang)))

    def _han_spans(self, word: Word, begin: int) -> Iterator[tuple[int, int]]:
        marked = [False] * len(word.form)
        for run in self._runs:
            at = word.form.find(run)
            while at >= 0:
                marked[at : at + len(run)] = [True] * len(run)
                at = word.form.find(run, at + 1)
        for sought, signs in groupby(enumerate(marked, start=begin), key=itemgetter(1)):
            found = [place for place, _ in signs]
            if sought:
                yield found[0], found[-1] + 1


def pieces(text: str, lang: str, marker: Marker) -> tuple[Piece, ...]:
    """The whole of *text*, in pieces."""
    return tuple(_pieces(text, lang, marker))


def snippet(text: str, lang: str, marker: Marker) -> tuple[Piece, ...]:
    """The part of *text* around the first word found, in pieces, with `…` where something was left out."""
    if len(text) <= LENGTH:
        return pieces(text, lang, marker)
    first = next(marker.spans(text, lang), (0, 0))[0]
    start = 0 if first <= BEFORE else _at_a_gap(text, first - BEFORE)
    end = len(text) if start + LENGTH >= len(text) else _at_a_gap(text, start + LENGTH)
    shown = list(_pieces(text[start:end].strip(), lang, marker))
    return (*([Piece(text="… ")] if start else []), *shown, *([Piece(text=" …")] if end < len(text) else []))


def _at_a_gap(text: str, place: int) -> int:
    """The first gap between words at or after *place*; *place* itself where there is none near."""
    near = place + LONGEST_WORD
    gap = text.find(" ", place, near)
    if gap >= 0:
        return gap
    return place if len(text) > near else len(text)


def _pieces(text: str, lang: str, marker: Marker) -> Iterator[Piece]:
    done = 0
    for start, end in marker.spans(text, lang):
        if start > done:
            yield Piece(text=text[done:start])
        yield Piece(text=text[start:end], hit=True)
        done = end
    if done < len(text):
        yield Piece(text=text[done:])
