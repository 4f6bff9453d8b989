"""What an amendment changed: two texts of one law, provision by provision, and word by word where they differ.

1. The same number with the same words is unchanged.
2. The same words under another number are renumbered.
3. The same number is reworded; unless what it says now stood under another number before, so that the numbers moved.
4. What is left is compared for likeness: mostly the same words under another number are renumbered and reworded.
5. What then has no counterpart was added, or is repealed.

Words are compared without regard to spaces; a change of letters or of stops is a change of words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from rogatory.alignment.national.model import NationalProvision, NationalText, Passage

ADDED, REPEALED, RENUMBERED, REWORDED, UNCHANGED = "added", "repealed", "renumbered", "reworded", "unchanged"
SAME, GONE, NEW = "same", "gone", "new"
#: Two provisions under different numbers are one when this part of their words is shared; under one number, this.
LIKE = 0.7
SOMEWHAT_LIKE = 0.3
#: Passages of more words than this are shown whole, as gone and new: to align them would take too long.
MAX_WORDS = 3000
#: A word that stands in more provisions than this does not help to find one again; so many candidates are looked at.
COMMON = 50
CANDIDATES = 12
#: A provision of fewer characters, `(Repealed)` for instance, is no proof that it has moved.
SHORT = 50
_WORD = re.compile(r"\w+|[^\w\s]")
_SPACED = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage that are the `same`, `gone` or `new`, with the spaces that follow them."""

    what: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One passage that changed: its number then and now (empty where it has none or was not there), and its words."""

    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one provision: *what* is added, repealed, renumbered, reworded or unchanged.

    `before` is `None` for an added one, `after` for a repealed one. One that is renumbered may be reworded too:
    `differences` has the passages that changed, those of a heading first, with an empty number.
    """

    what: str
    before: NationalProvision | None
    after: NationalProvision | None
    differences: tuple[Difference, ...] = ()


def changes(before: NationalText, after: NationalText) -> tuple[Change, ...]:
    """What became of every provision between two texts, in the order of *after*, the repealed ones in their places."""
    pairs = _paired(before.provisions, after.provisions)
    kept = set(pairs.values())
    places = {provision.key: place for place, provision in enumerate(before.provisions)}
    found: list[Change] = []
    place = 0
    for provision in after.provisions:
        counterpart = before.by_key.get(pairs.get(provision.key, ""))
        if counterpart is not None and places[counterpart.key] >= place:
            found += _repealed(before.provisions[place : places[counterpart.key]], kept)
            place = places[counterpart.key] + 1
        found.append(_change(counterpart, provision))
    found += _repealed(before.provisions[place:], kept)
    return tuple(found)


def counted(found: Iterable[Change]) -> Mapping[str, int]:
    """How many provisions were added, repealed, renumbered, reworded and are unchanged."""
    counts = Counter(change.what for change in found)
    return {what: counts[what] for what in (ADDED, REPEALED, RENUMBERED, REWORDED, UNCHANGED)}


def _repealed(provisions: Iterable[NationalProvision], kept: Set[str]) -> list[Change]:
    return [Change(what=REPEALED, before=one, after=None) for one in provisions if one.key not in kept]


def _change(before: NationalProvision | None, after: NationalProvision) -> Change:
    if before is None:
        return Change(what=ADDED, before=None, after=after)
    differences = () if _said(before) == _said(after) else _differences(before, after)
    moved = before.number != after.number
    what = RENUMBERED if moved else REWORDED if differences else UNCHANGED
    return Change(what=what, before=before, after=after, differences=differences)


def _paired(before: Sequence[NationalProvision], after: Sequence[NationalProvision]) -> dict[str, str]:
    """The key of each provision of *after* that was there before, with the key that it had."""
    pairs: dict[str, str] = {}
    old = {provision.key: provision for provision in before}
    new = {provision.key: provision for provision in after}
    for key in [key for key in new if key in old and _said(old[key]) == _said(new[key])]:
        pairs[key] = key
        del old[key], new[key]
    saying: dict[str, list[str]] = defaultdict(list)
    for key, provision in old.items():
        saying[_said(provision)].append(key)
    for key in list(new):
        same = saying[_said(new[key])]
        if len(same) == 1 and len(_said(new[key])) > SHORT:
            pairs[key] = same.pop()
            del old[pairs[key]], new[key]
    for key in [key for key in new if key in old]:
        if _likeness(old[key], new[key]) >= SOMEWHAT_LIKE:
            pairs[key] = key
            del old[key], new[key]
    _pair_alike(pairs, old, new)
    return pairs | {key: key for key in new if key in old}


def _pair_alike(pairs: dict[str, str], old: dict[str, NationalProvision], new: dict[str, NationalProvision]) -> None:
    """Pair what says mostly the same under other numbers, found by its rarer words."""
    standing: dict[str, list[str]] = defaultdict(list)
    for key, provision in old.items():
        for word in set(_words(provision)):
            standing[word].append(key)
    for key in list(new):
        votes: Counter[str] = Counter()
        for word in set(_words(new[key])):
            if len(standing.get(word, ())) <= COMMON:
                votes.update(one for one in standing.get(word, ()) if one in old)
        likeness = [(_likeness(old[one], new[key]), one) for one, _ in votes.most_common(CANDIDATES)]
        best = max(likeness, default=(0.0, ""))
        if best[0] >= LIKE:
            pairs[key] = best[1]
            del old[best[1]], new[key]


def _said(provision: NationalProvision) -> str:
    return " ".join(f"{provision.heading} {provision.text}".split())


def _words(provision: NationalProvision) -> list[str]:
    return _WORD.findall(_said(provision).casefold())


def _likeness(one: NationalProvision, other: NationalProvision) -> float:
    """The part of their words that two provisions share, from 0 to 1."""
    first, second = Counter(_words(one)), Counter(_words(other))
    most = max(first.total(), second.total())
    return (first & second).total() / most if most else 1.0


def _differences(before: NationalProvision, after: NationalProvision) -> tuple[Difference, ...]:
    found = []
    if before.heading != after.heading:
        found.append(Difference(before="", after="", pieces=_pieces(before.heading, after.heading)))
    for old, new in _passages(before.passages, after.passages):
        first, second = old.text if old else "", new.text if new else ""
        if first.split() != second.split():
            found.append(
                Difference(
                    before=old.number if old else "", after=new.number if new else "", pieces=_pieces(first, second)
                )
            )
    return tuple(found)


def _passages(before: Sequence[Passage], after: Sequence[Passage]) -> Iterable[tuple[Passage | None, Passage | None]]:
    """The passages side by side: the same ones first found, what stands between them in its order."""
    matcher = SequenceMatcher(None, [one.text for one in before], [one.text for one in after], autojunk=False)
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            continue
        yield from _by_number(before[first:last], after[start:end])


def _by_number(before: Sequence[Passage], after: Sequence[Passage]) -> Iterable[tuple[Passage | None, Passage | None]]:
    """Changed passages side by side: those of one number, and those without one in their order."""
    numbers = {one.number for one in before if one.number} & {one.number for one in after if one.number}
    if not numbers:
        yield from zip_longest(before, after)
        return
    left: dict[str, list[Passage]] = defaultdict(list)
    for one in before:
        left[one.number].append(one)
    for one in after:
        yield (left[one.number].pop(0) if one.number in numbers and left[one.number] else None), one
    for remaining in left.values():
        yield from ((one, None) for one in remaining)


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of two texts that are the same, gone and new, in order."""
    spaceless = _spaceless(before)
    first, second = (list(text) if spaceless else _SPACED.findall(text) for text in (before, after))
    if len(first) > MAX_WORDS or len(second) > MAX_WORDS:
        return tuple(Piece(what, text) for what, text in ((GONE, before), (NEW, after)) if text)
    matcher = SequenceMatcher(None, [word.strip() for word in first], [word.strip() for word in second], autojunk=False)
    found: list[Piece] = []
    for what, start, end, begin, stop in matcher.get_opcodes():
        old, new = "".join(first[start:end]), "".join(second[begin:stop])
        found += [Piece(SAME, new)] if what == "equal" else [Piece(GONE, old), Piece(NEW, new)]
    # The last word of a text has no space after it, which it needs before another piece.
    space = "" if spaceless else " "
    return tuple(Piece(one.what, one.text if one.text[-1].isspace() else one.text + space) for one in found if one.text)


def _spaceless(text: str) -> bool:
    """Whether *text* is in a script that does not part words, such as Chinese: it is compared sign by sign."""
    return sum("\u2e80" <= sign <= "\u9fff" or "\u0e00" <= sign <= "\u0e7f" for sign in text) * 2 > len(text)
