"""From the blocks of a text to its provisions: which line is a title, which stands above, which is said.

1. A heading of a part or chapter stands above all that follows, until one of its rank or a higher one comes. Where it
   gives its number alone, the next line is its title.
2. The title of a provision stands behind its label, on the line after it, or on the line before it; a text does one of
   these throughout, and most of its provisions show which.
3. Nothing is lost: a line that is none of these is a passage of the provision before it.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rogatory.alignment.national import divisions, marks
from rogatory.alignment.national.edges import Segment, stands_above
from rogatory.alignment.national.labels import ALONE, BESIDES, is_title, without_page
from rogatory.alignment.national.numbers import Number
from rogatory.kernel.blocks import Block

#: A title that ends with a stop has no more words than this; one that stands before its label, no more lines.
TITLE_WORDS = 10
TITLE_LINES = 3
_SPLIT = re.compile(
    r"(?P<title>[^.;:(]{3,160}?(?:\([^()]*\)[^.;:(]{0,80}?)?)\.?\s*(?:[.:]\s*[–—-]+|[–—])\s*(?P<rest>\S.*)", re.S
)
#: A title that runs on into the first paragraph: `Keeping of data (1) The court …`.
_RUN_ON = re.compile(r"(?P<title>[^.;:()]{3,120}?)\s+(?P<rest>\(1\)\s.*)", re.DOTALL)
_BRACKETED = re.compile(r"[【\[](?P<title>[^【】\[\]]{2,120})[】\]]\s*(?P<rest>.*)", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A provision before its passages are read: label, number, title, what stands above it, its texts, its place."""

    label: str
    number: Number
    heading: str
    above: tuple[str, ...]
    texts: list[str]
    where: str


@dataclass(frozen=True, slots=True)
class Habit:
    """Where a text has its titles, `after` the label's line, `before` it or neither; whether stops may end them."""

    place: str
    stopped: bool


@dataclass(slots=True)
class _Above:
    """The headings that stand open, with their ranks."""

    open: list[tuple[int, str]] = field(default_factory=list)

    def push(self, rank: int, text: str) -> None:
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()
        self.open.append((rank, text))

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.open)


def drafts(segments: Sequence[Segment], *, family: str, title: str) -> Iterator[Draft]:
    """The kept segments as drafts, in order."""
    habit = _habit([one for one in segments if one.kept])
    above = _Above()
    tail = segments[0].before[_tail(segments[0].before, habit, said=False) :]
    for place, segment in enumerate(segments):
        heading = _read_tail([block for block in tail if block.role or block.text != title], above, habit, family)
        last = place + 1 == len(segments) or not segments[place + 1].kept
        end = (
            len(segment.body)
            if last and segment.kept
            else _tail(segment.body, habit, said=bool(segment.start.label.rest))
        )
        tail = segment.body[end:]
        if segment.kept:
            # What stands at the end of a law by itself stands under none of its parts.
            path = () if segment.start.label.family in BESIDES else above.path
            yield _draft(segment, segment.body[:end], heading, path, habit)


def _habit(segments: Sequence[Segment]) -> Habit:
    alone = [one for one in segments if not one.start.label.rest]
    after = sum(len(one.body) > 1 and _reads_as_title(one.body[0]) for one in alone)
    before = sum(
        len(one.before) > 1 and _reads_as_title(one.before[-1]) and not divisions.rank(one.before[-1].text)
        for one in segments
    )
    place = "after" if after * 2 > len(alone) > 0 else "before" if before * 3 > len(segments) else ""
    behind = [one for one in segments if one.start.label.rest]
    titled = sum(_has_title(one.start.label.rest) for one in behind)
    return Habit(place, titled * 10 >= len(segments) * 6)


def _reads_as_title(block: Block) -> bool:
    return stands_above(block) and marks.mark(block.text) is None


def _has_title(rest: str) -> bool:
    found = _SPLIT.fullmatch(rest)
    return is_title(rest) or _is_stopped_title(rest) or (found is not None and is_title(found["title"]))


def _is_stopped_title(text: str) -> bool:
    return (
        text.endswith(".") and len(text.split()) <= TITLE_WORDS and ". " not in text[:-1] and marks.mark(text) is None
    )


def _tail(body: Sequence[Block], habit: Habit, *, said: bool) -> int:
    """Where, at the end of *body*, begins what stands above the next provision."""
    region = len(body) - sum(1 for _ in takewhile(stands_above, reversed(body)))
    for place in range(region, len(body)):
        block = body[place]
        own_title = place == 0 and not said
        if (
            block.role == "division"
            or divisions.rank(block.text, marked=block.level > 0)
            or (block.level and not own_title)
        ):
            return place
    lines = len(body) - region
    if habit.place != "before" or not lines or not (region or said):
        return len(body)
    return region if lines <= TITLE_LINES else len(body) - 1


def _read_tail(tail: Sequence[Block], above: _Above, habit: Habit, family: str) -> str:
    """Push the divisions of *tail* upon *above*; what remains for the provision is its title."""
    waiting = deque(tail)
    heading: list[str] = []
    while waiting:
        block = waiting.popleft()
        rank = (
            block.level
            if block.role == "division"
            else divisions.rank(block.text, family=family, marked=block.level > 0)
        )
        if rank:
            text = without_page(block.text)
            if not divisions.titled(text) and waiting and not divisions.rank(waiting[0].text) and not block.role:
                text = f"{text} – {waiting.popleft().text}"
                while waiting and _continues(waiting[0].text):
                    text = f"{text} {waiting.popleft().text}"
            above.push(rank, text)
            heading = []
        elif block.level and not (habit.place == "before" and len(waiting) < TITLE_LINES):
            above.push(divisions.UNNAMED + block.level, block.text)
        else:
            heading.append(block.text)
    return " ".join(heading)


def _continues(text: str) -> bool:
    """Whether a line goes on with the title on the line before it."""
    return text[:1].islower() or (text.startswith("و") and not text.startswith("وزير"))


def _draft(segment: Segment, body: Sequence[Block], heading: str, above: tuple[str, ...], habit: Habit) -> Draft:
    start = segment.start
    held = list(body)
    behind, rest = (
        ("", start.label.rest) if start.label.family == "list" else _behind(start.label.rest, bool(held), habit)
    )
    if not behind and not rest and held and _is_heading(held, habit):
        behind = held.pop(0).text
    label = f"{start.label.label} {behind}" if behind and start.label.family == ALONE else start.label.label
    texts = [rest] if rest else []
    return Draft(
        label=label,
        number=start.label.number,
        heading=_without_brackets((behind or heading).strip()),
        # A line before the label of a provision that has its title elsewhere belongs to it all the same.
        above=(*above, heading) if behind and heading else above,
        texts=[*texts, *(block.text for block in held)],
        where=segment.where,
    )


def _behind(rest: str, more: bool, habit: Habit) -> tuple[str, str]:  # noqa: FBT001
    """The title that stands behind a label, and what the provision says in the same line."""
    if found := _BRACKETED.match(rest) or _RUN_ON.fullmatch(rest):
        return found["title"].strip(), found["rest"]
    if marks.mark(rest) is None and (found := _SPLIT.fullmatch(rest)) and is_title(found["title"]) and habit.stopped:
        return found["title"].strip(), found["rest"]
    if more and rest and marks.mark(rest) is None and (is_title(rest) or (habit.stopped and _is_stopped_title(rest))):
        return without_page(rest), ""
    return "", rest


def _without_brackets(title: str) -> str:
    inner = title.rstrip(".")
    return inner[1:-1] if inner.startswith("(") and inner.endswith(")") and "(" not in inner[1:] else title


def _is_heading(body: Sequence[Block], habit: Habit) -> bool:
    first = body[0]
    if first.role == "heading" or (first.level and marks.mark(first.text) is None):
        return True
    in_brackets = first.text.startswith("(") and first.text.rstrip(".").endswith(")") and marks.mark(first.text) is None
    return len(body) > 1 and (in_brackets or habit.place == "after") and is_title(first.text) and _reads_as_title(first)
