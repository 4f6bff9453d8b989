"""Which of the labels that a text seems to have are its provisions.

1. A text has one family of labels: the one that counts the most numbers. Paragraphs, items and references to other
   laws count few, or count no further than a few.
2. A label goes on from the one before. One that jumps ahead, while the number that should come now still comes later,
   is a reference or a list; a reference that a line's end broke is one too.
3. A number that comes twice is kept twice, since laws do that; so are numbers that are missing.
4. Where a number is missing, it may stand inside a line, after the end of a sentence: the line is parted there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rogatory.alignment.national import numbers
from rogatory.alignment.national.labels import ALONE, BESIDES, NAMED, Label, inside, is_title, label, labels
from rogatory.alignment.national.numbers import Number
from rogatory.kernel.blocks import Block

#: The role of a label in a file that marks up its provisions, and the family of its labels.
PROVISION = "provision"
MARKED_UP = "marked up"
#: Fewer provisions than this under a word give way to three or more numbered headings.
FEWEST = 2
#: A number without a word before it may go ahead of the last by no more than this.
FARTHEST = 15
#: Titles in an arrangement of sections stand no more blocks from each other than this.
NEAR = 4
#: A block of more characters than this may hold a whole law; a label is looked for in so many.
LONG = 400
WINDOW = 300
#: What looks like a label inside one block is looked at no more often than this.
MOST_INSIDE = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a provision begins: the place of its block, and the label there."""

    at: int
    label: Label
    marked: bool

    @property
    def bare(self) -> bool:
        """Whether the label stands there by itself, or the file says that it is a heading."""
        return self.marked or not self.label.rest


@dataclass(frozen=True, slots=True)
class Found:
    """The blocks, parted where a provision begins inside one, the starts of provisions, and their family.

    `listed` are starts of an arrangement of sections, which come again with their text.
    """

    blocks: tuple[Block, ...]
    starts: tuple[Start, ...]
    family: str
    listed: tuple[Start, ...] = ()


def provisions(blocks: Sequence[Block]) -> Found:
    """Where the provisions of a text begin; no starts where it numbers none."""
    held = tuple(blocks)
    if any(block.role == PROVISION for block in held):
        return Found(held, _marked_up(held), MARKED_UP)
    every = _candidates(held)
    family = _family(every)
    if len({start.label.number for start in every if start.label.family == family}) <= FEWEST:
        held = _run_together(held)
        every = _candidates(held)
        family = _family(every)
    if not family:
        return Found(held, (), "")
    starts = _accepted(every, family)
    parted = _parted(held, starts, family)
    if len(parted) > len(held):
        held = parted
        starts = _accepted(_candidates(held), family)
    listed = _arrangement([start for start in _candidates(held) if start.label.family == family])
    return Found(held, starts, family, tuple(listed))


def _marked_up(blocks: Sequence[Block]) -> tuple[Start, ...]:
    """The provisions that the file itself marks up."""
    return tuple(
        Start(at=place, label=_own_label(block.text), marked=True)
        for place, block in enumerate(blocks)
        if block.role == PROVISION
    )


def _own_label(text: str) -> Label:
    found = [one for one in labels(text, marked=True) if not one.rest]
    return found[0] if found else Label(MARKED_UP, text, numbers.number(text), "", strong=True)


def _candidates(blocks: Sequence[Block]) -> list[Start]:
    return [
        Start(at=place, label=one, marked=block.level > 0)
        for place, block in enumerate(blocks)
        for one in labels(block.text, marked=block.level > 0)
    ]


def _family(starts: Iterable[Start]) -> str:
    """The family that counts the most numbers; one that a sentence follows at once counts half."""
    counted: dict[str, set[str]] = defaultdict(set)
    weak: dict[str, set[str]] = defaultdict(set)
    titled: set[str] = set()
    for start in starts:
        family = start.label.family
        sure = start.label.strong or start.marked or family == ALONE
        (counted if sure else weak)[family].add(start.label.number.text)
        if family == ALONE and (start.marked or is_title(start.label.rest)):
            titled.add(start.label.number.text)
    names = {*counted, *weak} - {ALONE, *BESIDES}
    named = {name: len(counted[name]) + len(weak[name] - counted[name]) / 2 for name in sorted(names)}
    best = max(named, key=lambda name: named[name], default="")
    alone = len(counted[ALONE])
    if best and not (len(titled) >= 3 * named[best] or (named[best] < FEWEST and alone > FEWEST)):
        return best
    return ALONE if alone else best


def _accepted(every: Iterable[Start], family: str) -> tuple[Start, ...]:
    own = [start for start in every if start.label.family == family]
    taken = _by_themselves(own) if family == ALONE else _named(own)
    # These count for themselves, and come last; a reference to one has no stop after its number.
    others = [start for start in every if start.label.family in BESIDES and start.label.strong]
    return tuple(sorted((*taken, *others), key=lambda start: start.at))


def _named(own: Sequence[Start]) -> list[Start]:
    """The labels under a word that go on from each other, or stand by themselves."""
    later = _Later(own)
    taken: list[Start] = []
    for place, start in enumerate(own):
        before = taken[-1].label.number if taken else None
        if start.bare or before is None or _goes_on(start, before, later, place):
            taken.append(start)
    return taken


def _goes_on(start: Start, before: Number, later: "_Later", place: int) -> bool:
    number = start.label.number
    if number.follows(before) or number.text == before.text:
        return True
    if not start.label.strong:
        if len(number.parts) > 2 and later.follows(number, after=place):  # 5.1.1, after 126: another way to count
            return True
        return number.skips(before) and not later.has(before.parts[0] + 1, after=place, until=None)
    nearby = later.own[place + 1] if place + 1 < len(later.own) else None
    if nearby is not None and nearby.label.strong and nearby.label.number.follows(number):
        return True  # a run of its own: the articles that an amending act puts into another law
    if nearby is not None and nearby.label.number.follows(before):
        return False
    return not (number.skips(before) and later.has(before.parts[0] + 1, after=place, until=number))


def _by_themselves(own: Sequence[Start]) -> list[Start]:
    """The numbered headings that go on from each other; a list inside a provision counts again from one."""
    own = own[len(_arrangement(own)) :]
    titles = sum(start.marked or is_title(start.label.rest) for start in own)
    strict = titles * 10 >= len(own) * 6
    later = _Later(own)
    taken: list[Start] = []
    for place, start in enumerate(own):
        before = taken[-1].label.number if taken else None
        if strict and not (start.label.strong or start.marked or _fills_a_gap(own, place, before)):
            continue
        if before is None or _counts_on(start, before, later, place):
            taken.append(start)
    return taken


def _fills_a_gap(own: Sequence[Start], place: int, before: Number | None) -> bool:
    """Whether a number stands between two others that it alone connects."""
    if before is None or place + 1 == len(own):
        return False
    number, then = own[place].label.number, own[place + 1].label.number
    return number.follows(before) and then.follows(number) and then.skips(before)


def _arrangement(own: Sequence[Start]) -> Sequence[Start]:
    """The numbered titles at the beginning that stand close to each other and come again with their text."""
    run = 0
    for before, start in pairwise(own):
        near = start.at - before.at <= NEAR and start.label.number.follows(before.label.number)
        if not (near and is_title(before.label.rest) and is_title(start.label.rest)):
            break
        run += 1
    again = {start.label.number.text for start in own[run + 1 :]}
    listed = own[: run + 1]
    comes = sum(start.label.number.text in again for start in listed)
    return listed if own and own[0].label.family == ALONE and run >= 2 and comes * 10 >= len(listed) * 8 else ()


def _counts_on(start: Start, before: Number, later: "_Later", place: int) -> bool:
    number = start.label.number
    if number.follows(before):
        return True
    titled = start.marked or is_title(start.label.rest)
    if number.skips(before):
        near = number.parts[0] - before.parts[0] <= FARTHEST or (titled and later.follows(number, after=place))
        return near and start.label.strong and not later.has(before.parts[0] + 1, after=place, until=None)
    if number.text == before.text or (start.marked and number.parts[0] == before.parts[0]):
        return titled
    # A table of contents has ended and the text begins, or a law that was put into force by another.
    return titled and number.parts == (1,) and later.has(2, after=place, until=None) and before.parts[0] > 1


class _Later:
    """What numbers still come, by their first part."""

    def __init__(self, own: Sequence[Start]) -> None:
        self.own = own
        self._places: dict[int, list[int]] = defaultdict(list)
        for place, start in enumerate(own):
            self._places[start.label.number.parts[0]].append(place)

    def follows(self, number: Number, *, after: int) -> bool:
        """Whether the label after that place goes on from *number*."""
        return after + 1 < len(self.own) and self.own[after + 1].label.number.follows(number)

    def has(self, value: int, *, after: int, until: Number | None) -> bool:
        """Whether *value* comes after that place, and before *until* comes again."""
        places = self._places.get(value, ())
        found = bisect_right(places, after)
        if found == len(places):
            return False
        if until is None:
            return True
        again = self._places[until.parts[0]]
        ends = bisect_right(again, after)
        return ends == len(again) or places[found] < again[ends]


def _parted(blocks: tuple[Block, ...], starts: Sequence[Start], family: str) -> tuple[Block, ...]:
    """The blocks, with those parted inside which a missing provision begins."""
    if not starts:
        return blocks
    cuts: dict[int, list[int]] = defaultdict(list)
    ends = [*(start.at for start in starts[1:]), len(blocks)]
    following = [*(start.label.number for start in starts[1:]), None]
    for start, end, then in zip(starts, ends, following, strict=True):
        if start.label.family == family:
            _mark(cuts, blocks, range(start.at, end), (family, start.label.number, then))
    return _cut(blocks, cuts)


def _mark(
    cuts: dict[int, list[int]],
    blocks: Sequence[Block],
    places: Iterable[int],
    missing: tuple[str, Number, Number | None],
) -> None:
    """Note where the provisions between two numbers, of a family, begin inside blocks."""
    family, before, then = missing
    for place in places:
        for cut, number in _inside(blocks[place].text, family, anywhere=False):
            if number.follows(before) and (then is None or number.parts < then.parts):
                cuts[place].append(cut)
                before = number


def _inside(text: str, family: str, *, anywhere: bool) -> Iterator[tuple[int, Number]]:
    """Every label of *family* inside *text* with its place; *anywhere*, or after the end of a sentence only."""
    for found in islice(inside(family, anywhere=anywhere).finditer(text), MOST_INSIDE):
        # What stands at the beginning of a block is a label already.
        seen = label(text[found.end() : found.end() + WINDOW], family) if found.start() else None
        if seen is not None and (seen.strong or family not in ("article", "section")):
            yield found.end(), seen.number


def _run_together(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a text that was written in one line, parted where its provisions begin; most often as they are."""
    long = [place for place, block in enumerate(blocks) if len(block.text) > LONG]
    for family in (*NAMED, ALONE) if long else ():
        cuts: dict[int, list[int]] = defaultdict(list)
        before: Number | None = None
        for place in long:
            for cut, number in _inside(blocks[place].text, family, anywhere=True):
                if number.follows(before) if before else number.parts == (1,):
                    cuts[place].append(cut)
                    before = number
        if sum(map(len, cuts.values())) > FEWEST:
            return _cut(blocks, cuts)
    return blocks


def _cut(blocks: Sequence[Block], cuts: dict[int, list[int]]) -> tuple[Block, ...]:
    parted: list[Block] = []
    for place, block in enumerate(blocks):
        edges = [0, *cuts.get(place, ()), len(block.text)]
        pieces = [block.text[start:end].strip() for start, end in pairwise(edges)]
        parted += [Block(piece, block.level, block.where, block.role) for piece in pieces if piece]
    return tuple(parted)
