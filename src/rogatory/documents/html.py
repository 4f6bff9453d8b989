"""HTML: what a reader of the page sees, without scripts, menus and forms, and with the numbers of its lists."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from rogatory.documents.encodings import decoded
from rogatory.documents.limits import DocumentDamaged
from rogatory.documents.numbering import written
from rogatory.kernel.blocks import Block

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SKIPPED = {"script", "style", "head", "nav", "template", "noscript", "form", "svg", "iframe", "object", "button"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "header", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}


def html_blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a page; raises `DocumentEncoding` and `DocumentDamaged`."""
    declared = _CHARSET.search(data[:4096])
    text = _DECLARATION.sub("", decoded(data, declared=declared[1].decode("ascii") if declared else ""))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentDamaged(f"it is not HTML that can be read: {error}") from error
    if root is not None:
        yield from _Reader().blocks(root)


class _Reader:
    """Goes through the page once, gathering the text of each block."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._level = 0
        self._line = 0
        self._lists: list[tuple[int, str]] = []

    def blocks(self, root: Any) -> Iterator[Block]:
        """The blocks under *root*, in the order in which a page shows them."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            name = element.tag if isinstance(element.tag, str) else ""
            if name in _BLOCKS or name == "br":
                yield from self._ended()
            if event == "start":
                self._enter(element, name)
                if name in _SKIPPED:
                    walk.skip_subtree()
                continue
            if name in ("ol", "ul") and self._lists:
                self._lists.pop()
            self._text.append(element.tail or "")
        yield from self._ended()

    def _enter(self, element: Any, name: str) -> None:
        if name in _BLOCKS:
            self._level = int(name[1]) if re.fullmatch(r"h[1-6]", name) else 0
            self._line = element.sourceline or 0
        if name in ("ol", "ul"):
            kind = _KINDS.get(element.get("type", "1"), "decimal") if name == "ol" else ""
            self._lists.append((_whole(element.get("start"), 1), kind))
        if name == "li" and self._lists:
            number, kind = self._lists[-1]
            number = _whole(element.get("value"), number)
            self._lists[-1] = (number + 1, kind)
            self._text.append(f"{written(number, kind)}. " if kind else "")
        if name not in _SKIPPED:
            self._text.append(element.text or "")

    def _ended(self) -> Iterator[Block]:
        words = " ".join("".join(self._text).split())
        self._text = []
        if words:
            yield Block(words, self._level, f"line {self._line}" if self._line else "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else otherwise
