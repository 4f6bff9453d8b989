"""Text and Markdown: the characters made out, then lines joined into blocks."""

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from rogatory.documents.limits import DocumentEncoding
from rogatory.documents.lines import Line, joined
from rogatory.kernel.blocks import Block

SAMPLE = 200_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(.*?)[\s#]*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?=\S)(.{1,500}?)(?<=\S)\1")
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!])")


def decoded(data: bytes, *, declared: str = "") -> str:
    """The text of *data*: in UTF-8, as its mark or *declared* says, or as its bytes suggest.

    Raises `DocumentEncoding`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(_as(data, name))
    if (found := _tried(data, "utf-8")) is not None or (found := _tried(data, declared)) is not None:
        return _clean(found)
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise DocumentEncoding
    return _clean(_as(data, best.encoding))


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name) if name else None
    except (UnicodeDecodeError, LookupError):
        return None


def _as(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentEncoding(f"it began as {name}, and did not go on so") from error


def _clean(text: str) -> str:
    """*text* without control characters; raises `DocumentEncoding` where they are too many for a text."""
    cleaned = _CONTROL.sub("", text)
    if len(text) - len(cleaned) > len(text) // 100:
        raise DocumentEncoding("it has so many control characters that it is no text")
    return cleaned


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
