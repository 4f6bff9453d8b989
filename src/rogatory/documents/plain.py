"""Text and Markdown: lines joined into blocks."""

import re
from collections.abc import Iterator

from rogatory.documents.lines import Line, joined
from rogatory.kernel.blocks import Block

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(.*?)[\s#]*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=\S)(.{1,500}?)(?<=\S)\1")
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!])")


def text_blocks(text: str) -> Iterator[Block]:
    """The blocks of a plain text; their places are its lines."""
    yield from joined(_lines(text, markdown=False))


def markdown_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text, without its marks of emphasis and links."""
    for block in joined(_lines(text, markdown=True)):
        words = plain_words(block.text)
        if words:
            yield Block(words, block.level, block.where)


def plain_words(text: str) -> str:
    """*text* without Markdown's links, emphasis, tags and escapes."""
    text = _LINK.sub(r"\1", _TAG.sub(" ", text))
    text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"\s+", " ", _ESCAPE.sub(r"\1", text)).strip()


def _lines(text: str, *, markdown: bool) -> Iterator[Line]:
    raw = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    widths = sorted(len(line.rstrip()) for line in raw if line.strip())
    width = float(widths[len(widths) * 19 // 20]) if widths else 0.0
    gap = True
    for number, line in enumerate(raw, start=1):
        if not line.strip() or (markdown and _RULE.match(line)):
            gap = True
            continue
        heading = _HEADING.match(line) if markdown else None
        level, words = (len(heading[1]), heading[2]) if heading else (0, line.strip())
        # Two spaces or a backslash at the end of a line break it in Markdown, wherever it ends.
        broken = markdown and line.endswith(("  ", "\\"))
        reach = 0.0 if broken else float(len(line.rstrip()))
        if words:
            yield Line(words, reach, width, level, f"line {number}", gap)
        gap = bool(heading)
