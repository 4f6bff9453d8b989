"""What stands in a file beside its provisions: page numbers, running heads, tables of contents, annexes, the close.

None of it becomes a provision, and each is remarked upon, so that a person sees what was left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rogatory.alignment.national import divisions, marks
from rogatory.alignment.national.labels import MAX_TITLE, is_contents, is_title, labels
from rogatory.alignment.national.model import Remark
from rogatory.alignment.national.sequence import Found, Start
from rogatory.kernel.blocks import Block, Document

#: A line that stands so often is a running head, if it says what the file's first lines say.
OFTEN = 4
FIRST_LINES = 6
FEWEST_LETTERS = 8
LONGEST_FOLIO = 40
#: A table of contents has so many lines, and so much of it comes again as text.
FEWEST_LINES = 3
COMES_AGAIN = 0.8
SHOWN = 80
_FOLIO = re.compile(r"[-–—\[(\s]*(?:page|p\.|página|страница|стр\.|صفحة|trang|第)?\s*\d{1,4}\s*(?:页)?"
                    r"(?:\s*(?:/|of|de|sur|von|из|من)\s*\d{1,4})?[-–—\])\s]*", re.IGNORECASE)  # fmt: skip
_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A start, its place in the file, the blocks from after it to the next one, and before it; `kept` or left out."""

    start: Start
    where: str
    body: tuple[Block, ...]
    before: tuple[Block, ...]
    kept: bool


def without_running_heads(document: Document) -> tuple[tuple[Block, ...], tuple[Remark, ...]]:
    """The blocks without page numbers and without lines that repeat the file's first ones."""
    if any(block.role for block in document.blocks):
        return document.blocks, ()
    opening = takewhile(lambda block: not labels(block.text), document.blocks[:FIRST_LINES])
    heads = {_shape(text) for text in (document.title, *(block.text for block in opening)) if _can_head(text)}
    counted = Counter(
        shape for block in document.blocks if len(block.text) <= MAX_TITLE and (shape := _shape(block.text))
    )
    often = {shape for shape in heads if counted[shape] >= OFTEN}
    seen: set[str] = set()
    held: list[Block] = []
    gone: list[Block] = []
    for block in document.blocks:
        shape = _shape(block.text) if len(block.text) <= MAX_TITLE else ""
        repeated = shape in often and shape in seen
        seen.add(shape)
        folio = len(block.text) <= LONGEST_FOLIO and _FOLIO.fullmatch(block.text)
        (gone if repeated or folio else held).append(block)
    remarks = (Remark(code="running-head", subject=str(len(gone)), where=gone[0].where),) if gone else ()
    return tuple(held), remarks


def segments(found: Found) -> tuple[tuple[Segment, ...], tuple[Remark, ...]]:
    """The provisions with their blocks, those of a table of contents and of annexes not kept."""
    ends = [*(start.at for start in found.starts[1:]), len(found.blocks)]
    bodies = [found.blocks[start.at + 1 : end] for start, end in zip(found.starts, ends, strict=True)]
    remarks: list[Remark] = []
    if found.listed:
        where = found.blocks[found.listed[0].at].where
        remarks.append(Remark(code="contents", subject=str(len(found.listed)), where=where))
    listed = _contents(found.starts, bodies)
    if listed:
        first = found.starts[min(listed)]
        remarks.append(Remark(code="contents", subject=str(len(listed)), where=found.blocks[first.at].where))
    end, cut = _end(found.starts, bodies, listed)
    if end is not None:
        block = bodies[end][cut]
        code = block.role or ("annex" if divisions.is_annex(block.text) else "close")
        remarks.append(Remark(code=code, subject=block.text[:SHOWN], where=block.where))
    last = len(bodies) - 1 if end is None else end
    made = []
    for place, (start, body) in enumerate(zip(found.starts, bodies, strict=True)):
        before = bodies[place - 1] if place else found.blocks[: start.at]
        own = body[:cut] if place == end else body
        made.append(
            Segment(
                start=start,
                where=found.blocks[start.at].where,
                body=own,
                before=before,
                kept=place <= last and place not in listed,
            )
        )
    return tuple(made), tuple(remarks)


def stands_above(block: Block) -> bool:
    """Whether a block can stand above a provision: a heading, or a line that reads like one."""
    if block.role or block.level:
        return block.role in ("", "division", "heading")
    return divisions.rank(block.text) > 0 or (is_title(block.text) and marks.mark(block.text) is None)


def _can_head(text: str) -> bool:
    """Whether *text* may be a running head: a title of some length, that heads no part of the law."""
    return is_title(text) and len(_shape(text)) >= FEWEST_LETTERS and not divisions.rank(text)


def _shape(text: str) -> str:
    """*text* without the page number at its beginning or end."""
    return _EDGE.sub("", text).casefold()


def _contents(starts: Sequence[Start], bodies: Sequence[Sequence[Block]]) -> frozenset[int]:
    """The places of the starts that only list what comes again with its text."""
    thin = [_is_thin(start, body) for start, body in zip(starts, bodies, strict=True)]
    full: dict[str, int] = defaultdict(int)
    for start, is_thin in zip(starts, thin, strict=True):
        full[start.label.number.text] += not is_thin
    listed: set[int] = set()
    place = 0
    while place < len(starts):
        end = place
        while end < len(starts) and thin[end]:
            end += 1
        if end - place >= FEWEST_LINES - 1 and end < len(starts) and _begins_anew(starts, place, end):
            end += 1  # the last line of the table, and whatever stands between it and the text
        run = range(place, end)
        again = sum(full[starts[one].label.number.text] > (not thin[one]) for one in run)
        if len(run) >= FEWEST_LINES and again >= COMES_AGAIN * len(run):
            listed.update(run)
        place = max(end, place + 1)
    return frozenset(listed)


def _begins_anew(starts: Sequence[Start], first: int, end: int) -> bool:
    following = starts[end + 1].label.number if end + 1 < len(starts) else None
    return following is not None and following.text == starts[first].label.number.text


def _is_thin(start: Start, body: Sequence[Block]) -> bool:
    rest = start.label.rest
    own = not rest or is_contents(rest) or is_title(rest) or len(rest) < 100
    return own and len(body) < 12 and all(is_contents(block.text) or stands_above(block) for block in body)


def _end(starts: Sequence[Start], bodies: Sequence[Sequence[Block]], listed: frozenset[int]) -> tuple[int | None, int]:
    """Where the provisions end for good: the place of the last one, and the block of it that begins something else."""
    for place, body in enumerate(bodies):
        if place in listed:
            continue
        last = place == len(bodies) - 1
        number = starts[place].label.number
        anew = not last and starts[place + 1].label.number.parts <= number.parts
        if not (last or (anew and place * 2 >= len(bodies))):
            continue
        for at, block in enumerate(body):
            if _ends(block, last=last):
                return place, at
    return None, 0


def _ends(block: Block, *, last: bool) -> bool:
    if block.role:
        return block.role in ("annex", "close")
    return divisions.is_annex(block.text) or (last and divisions.is_end(block.text))
