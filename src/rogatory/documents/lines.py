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
    r"^(?:[(（)]?\s*(?:\d{1,3}|[a-zA-Z]|[а-яА-Я]|[ivxIVX]{2,5}|[أ-يهـ]{1,2}|[一二三四五六七八九十]{1,4})\s*[.)）(、．\-–]"
    r"|[㈠-㈩]|[-–—•*]\s)"
)
ENDS = (".", ";", ":", "。", "；", "：", "؛", "?", "!", "؟", "”", "»")
FULL = 0.8
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
    if line.after_gap or MARK.match(line.text) or before.reach < FULL * before.width:
        return False
    finished = before.text.rstrip().endswith(ENDS)
    return not (finished and line.reach < SHORT * line.width)


def _block(lines: list[Line]) -> Block:
    text = lines[0].text.strip()
    for line in lines[1:]:
        text = _glued(text, line.text.strip())
    return Block(text, lines[0].level, lines[0].where)


def _glued(text: str, more: str) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + more
    wide = text[-1:] >= "\u2e80" and more[:1] >= "\u2e80"  # Chinese is written without spaces
    return text + ("" if wide else " ") + more
