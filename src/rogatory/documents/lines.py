"""From lines, as a page or a text file breaks them, to blocks, as their author wrote them.

A line goes on with the one before when that one is full and this one does not begin like a new item. Where a line is
not surely a new block it is joined: whoever understands the text can still find a mark inside it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rogatory.kernel.blocks import Block

#: How lists begin in the scripts of the six authentic languages: `1.`, `(a)`, `ii)`, `一、`, `（二）`, `١-`, `(أ)`.
MARK = re.compile(
    r"^(?:§|[(（)]?\s*(?:\d{1,3}[A-Z]{0,2}|[a-zA-Z]|[а-яА-Я]|[ivxIVX]{2,5}|[أ-يهـ]{1,2}|[一二三四五六七八九十]{1,4})\s*[.)）(、．\-–]"
    r"|[‘'“\"]\d{1,2}[’'”\"]|[㈠-㈩]|[-–—•*]\s)"
)
#: How a line of a table of contents ends: dots, and the number of the page.
LEADER_WITHIN = 200
LEADER = re.compile(r"[.…·]{3,}\s*\d{1,4}$")
ENDS = (".", ";", ":", "。", "；", "：", "؛", "?", "!", "؟", "”", "»")
CONJUNCTIONS = ("and", "or", "et", "ou", "y", "o", "e", "и", "или", "و", "أو", "和", "或")
FULL = 0.8
VERY_FULL = 0.9
SHORT = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, how far it reaches and how wide it could have been, level, place, and a blank before it."""

    text: str
    reach: float
    width: float
    level: int = 0
    where: str = ""
    after_gap: bool = False


def joined(lines: Iterable[Line]) -> Iterator[Block]:
    """The blocks that the lines make up."""
    held: list[Line] = []
    for line in lines:
        if held and not _goes_on(held[-1], line):
            yield _block(held)
            held = []
        held.append(line)
    if held:
        yield _block(held)


def _goes_on(before: Line, line: Line) -> bool:
    if line.level or before.level:
        return bool(line.level) and line.level == before.level and not line.after_gap and not MARK.match(line.text)
    if LEADER.search(before.text[-LEADER_WITHIN:]):
        return False
    if line.after_gap or before.reach < FULL * before.width:
        return False
    if MARK.match(line.text):
        return _is_reference(before, line)
    finished = before.text.rstrip().endswith(ENDS)
    return not (finished and line.reach < SHORT * line.width)


def _is_reference(before: Line, line: Line) -> bool:
    """Whether a bracketed mark at the beginning of *line* belongs to a reference that the line's end broke.

    The item before a new one ends with a stop or a conjunction; `under paragraph 3 / (b) of this article` does not.
    """
    words = before.text.split()
    ended = before.text.rstrip().endswith((*ENDS, ",", "،", "，", "、", "—", "–"))
    return (
        line.text.startswith(("(", "（", "§"))
        and before.reach >= VERY_FULL * before.width
        and not ended
        and words[-1].lower() not in CONJUNCTIONS
    )


def _block(lines: list[Line]) -> Block:
    pieces = [lines[0].text.strip()]
    for line in lines[1:]:
        more = line.text.strip()
        if pieces[-1].endswith("\u00ad"):
            pieces[-1] = pieces[-1][:-1]
        elif not (pieces[-1][-1:] >= "\u2e80" and more[:1] >= "\u2e80"):  # Chinese is written without spaces
            pieces.append(" ")
        pieces.append(more)
    return Block("".join(pieces), lines[0].level, lines[0].where)
