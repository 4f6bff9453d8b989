"""Text from right to left, put back into reading order from where its characters stand on the page.

A PDF keeps Arabic in the order in which it was painted, which depends on the program that made the file. Where each
character stands does not: a line is read from its right edge, and numbers and Latin words in it from their left.
"""

import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

#: A gap wider than this part of a line's height parts two words; where the file says that a space is, a smaller one.
WORD_GAP = 0.22
SPACE_GAP = 0.08
#: Two characters of one drawing stand in the same place, to this part of a point.
SAME_PLACE = 0.1
#: Dots stand over or under their letter with more than this part of their width, and nearer than this of its height.
MOSTLY = 0.6
#: A box lower than this part of most is that of a sign's ink.
WHOLE = 0.7
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_ALEFS = "اأإآ"


@dataclass(frozen=True, slots=True)
class Sign:
    """One character on the page: its place in the file's order, and its box in points from the lower left."""

    place: int
    text: str
    left: float
    right: float
    bottom: float
    top: float


def is_rtl(code: int) -> bool:
    """Whether a character is read from right to left: Hebrew, Arabic and their presentation forms."""
    return 0x590 <= code <= 0x8FF or 0xFB1D <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC


def without_dots(signs: Iterable[Sign]) -> list[Sign]:
    """The signs of a page, each letter once where a font draws its dots by themselves.

    Such a file says the letter for its body and again for its dots, which stand over or under it.
    """
    held = list(signs)
    alike: dict[str, list[Sign]] = defaultdict(list)
    for sign in held:
        if is_rtl(ord(sign.text)):
            alike[sign.text].append(sign)
    # Some signs have the box of their ink and not of their line, so the height of a line is that of most signs.
    height = median(sign.top - sign.bottom for letters in alike.values() for sign in letters) if alike else 0.0
    dots = {dot.place for letters in alike.values() for dot in _dots(letters, MOSTLY * height)}
    return [sign for sign in held if sign.place not in dots]


def _dots(letters: list[Sign], near: float) -> Iterator[Sign]:
    """Those of the same *letters* that are the dots of another, no farther above or below it than *near*."""
    middles = sorted(((sign.top + sign.bottom) / 2, sign.place, sign) for sign in letters)
    for place, (middle, _, sign) in enumerate(middles):
        for _, _, other in takewhile(lambda one, end=middle + near: one[0] < end, middles[place + 1 :]):  # type: ignore[misc]
            small, large = sorted((sign, other), key=lambda one: one.right - one.left)
            shared = min(small.right, large.right) - max(small.left, large.left)
            if shared > MOSTLY * (small.right - small.left):
                yield small


def rows(signs: Iterable[Sign]) -> Iterator[list[Sign]]:
    """The lines of a page, from its top: characters whose heights overlap.

    Some have the box of their ink alone, so the others make the lines, and each of these joins the line nearest to it.
    """
    ordered = sorted(signs, key=lambda one: -(one.top + one.bottom))
    height = median(sign.top - sign.bottom for sign in ordered) if ordered else 0.0
    whole = [sign for sign in ordered if sign.top - sign.bottom >= WHOLE * height]
    lines: list[list[Sign]] = []
    for sign in whole:
        middle = (sign.top + sign.bottom) / 2
        if not lines or not lines[-1][0].bottom <= middle <= lines[-1][0].top:
            lines.append([])
        lines[-1].append(sign)
    depths = [-(line[0].top + line[0].bottom) / 2 for line in lines]
    for sign in ordered:
        if sign.top - sign.bottom < WHOLE * height:
            depth = -(sign.top + sign.bottom) / 2
            below = bisect(depths, depth)
            near = min(range(max(below - 1, 0), min(below + 1, len(lines))), key=lambda at: abs(depths[at] - depth))
            lines[near].append(sign)
    yield from (sorted(line, key=lambda one: -(one.top + one.bottom)) for line in lines)


def reading_order(row: list[Sign]) -> str:
    """The text of one line as it is read."""
    inked = [sign for sign in row if sign.text.strip()]
    height = max((sign.top - sign.bottom for sign in inked), default=0.0)
    spaces = [(sign.left + sign.right) / 2 for sign in row if not sign.text.strip()]
    if not any(is_rtl(ord(sign.text)) for sign in inked):
        return _run(sorted(inked, key=lambda sign: sign.left), spaces, height)
    from_right = sorted(inked, key=lambda sign: (-round(sign.left + sign.right, 1), sign.place))
    text, before = "", None
    for run in _runs(_ligatures_mended(from_right)):
        first, last = (run[0], run[-1]) if run[0].left >= run[-1].left else (run[-1], run[0])
        if before is not None and _parted(before, first, spaces, height):
            text += " "
        text += _run(run, spaces, height)
        before = last
    return text


def _runs(signs: list[Sign]) -> Iterator[list[Sign]]:
    """Stretches of one direction, in the order in which they are read; numbers and Latin ones turned back."""
    held: list[Sign] = []
    ltr = False
    for sign in signs:
        now = unicodedata.bidirectional(sign.text) in ("L", "EN", "AN")
        if held and now != ltr:
            yield _turned(held, ltr=ltr)
            held = []
        ltr = now
        held.append(sign)
    if held:
        yield _turned(held, ltr=ltr)


def _turned(run: list[Sign], *, ltr: bool) -> list[Sign]:
    if ltr:
        return run[::-1]
    # What is drawn as a closing bracket at the right of a word opens it.
    return [replace(sign, text=sign.text.translate(_MIRRORED)) for sign in run]


def _ligatures_mended(signs: list[Sign]) -> list[Sign]:
    """The signs, with lam before alef where one drawing stands for both and the file tells them the wrong way round."""
    mended = list(signs)
    for place, (one, other) in enumerate(pairwise(signs)):
        if one.text in _ALEFS and other.text == "ل" and abs(one.left - other.left) < SAME_PLACE:
            mended[place], mended[place + 1] = other, one
    return mended


def _run(signs: list[Sign], spaces: list[float], height: float) -> str:
    text = ""
    before: Sign | None = None
    for sign in signs:
        if before is not None and _parted(before, sign, spaces, height):
            text += " "
        text += sign.text
        before = sign
    return unicodedata.normalize("NFKC", text) if any(is_rtl(ord(sign.text)) for sign in signs) else text


def _parted(one: Sign, other: Sign, spaces: list[float], height: float) -> bool:
    low, high = sorted(((one.left + one.right) / 2, (other.left + other.right) / 2))
    gap = max(one.left, other.left) - min(one.right, other.right)
    said = any(low < space < high for space in spaces)
    return gap > (SPACE_GAP if said else WORD_GAP) * height
