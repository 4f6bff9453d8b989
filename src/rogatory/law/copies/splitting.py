"""From the blocks of a document to articles, paragraphs, letters and items, numbered as we number them: `42(3)(a)`.

A file may hold a table of contents, the text in several languages, annexes. Every run of articles that begins anew is
read by itself; which run is the wanted text is decided by `recognising`. A mark counts only where it goes on with its
list or opens one; anything else is text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rogatory.kernel.blocks import Block
from rogatory.law.copies import headings
from rogatory.law.copies.headings import ITEM, LETTER, PARAGRAPH, ROMANS, Mark
from rogatory.law.copies.official import OfficialArticle, OfficialProvision

#: How many numbers a list or the articles may skip before a mark is taken for text.
SKIPPED = 4
SKIPPED_ARTICLES = 30


@dataclass(slots=True)
class _Article:
    number: int
    title: str
    blocks: list[Block] = field(default_factory=list)


def runs(blocks: Sequence[Block], lang: str) -> tuple[tuple[OfficialArticle, ...], ...]:
    """Every run of articles headed in *lang*, in the order of the file."""
    return tuple(tuple(_split(article, _style(run)) for article in run) for run in _runs(blocks, lang) if run)


def _runs(blocks: Sequence[Block], lang: str) -> Iterator[list[_Article]]:
    run: list[_Article] = []
    reading = False
    for block in blocks:
        found = headings.heading(block.text, lang, marked=block.level > 0)
        last = run[-1].number if run else 0
        if found and last < found.number <= last + SKIPPED_ARTICLES:
            run.append(_Article(found.number, found.title))
            reading = True
        elif found and found.number == 1 and last > 1:
            yield run
            run, reading = [_Article(1, found.title)], True
        elif headings.divides(block.text) or headings.ends(block.text) or headings.other_heading(block.text, lang):
            reading = False
        elif reading and run:
            reading = _take(run[-1], block)
    yield run


def _take(article: _Article, block: Block) -> bool:
    """Give *block* to *article*; whether the next may be given to it too."""
    marked = headings.mark(block.text) is not None
    if not article.title and not article.blocks and not marked and _may_be_title(block):
        article.title = block.text
        return True
    if block.level and not marked:
        return not article.blocks  # a heading inside an article begins something else
    article.blocks.append(block)
    return True


def _may_be_title(block: Block) -> bool:
    ended = block.text.endswith((".", ";", ":", "。", "；", "：", "؛"))
    return bool(block.level) or (len(block.text) <= headings.MAX_TITLE and not ended)


def _style(run: Sequence[_Article]) -> str:
    """How the run writes its paragraphs: the commonest style of a mark that can open an article's first one."""
    seen: Counter[str] = Counter()
    for article in run:
        for block in article.blocks:
            mark = headings.mark(block.text)
            if mark and (PARAGRAPH, 1) in mark.meanings and not mark.style.startswith("(一"):
                seen[mark.style] += 1
                break
    return seen.most_common(1)[0][0] if seen else ""


def _split(article: _Article, style: str) -> OfficialArticle:
    splitter = _Splitter(str(article.number), style)
    marks = [headings.mark(block.text) for block in article.blocks]
    for place, block in enumerate(article.blocks):
        splitter.take(block, marks[place], [mark for mark in marks[place + 1 :] if mark][:1])
    return OfficialArticle(number=str(article.number), title=article.title, provisions=splitter.provisions())


class _Splitter:
    """One article while it is read: where each list stands, and the text of each provision so far."""

    def __init__(self, article: str, style: str) -> None:
        self._article = article
        self._style = style
        self._at = [0, 0, 0]
        self._texts: dict[str, list[str]] = {}
        self._places: dict[str, str] = {}

    def take(self, block: Block, mark: Mark | None, following: list[Mark]) -> None:
        """One more block, the mark before it and the next mark after it."""
        text = block.text
        for _ in range(3):  # `1. (a) …`: more than one mark in a line
            step = self._step(mark, following) if mark else None
            if mark is None or step is None or (self._is_bare(mark) and not self._bare_fits(step)):
                break
            level, number = step
            self._at[level:] = [number, *[0] * (ITEM - level)]
            self._open(block.where)
            text = mark.rest
            mark = headings.mark(text)
        self._add(text, block.where)

    def provisions(self) -> tuple[OfficialProvision, ...]:
        """What was read, in order."""
        return tuple(
            OfficialProvision(number=number, text=" ".join(texts), where=self._places[number])
            for number, texts in self._texts.items()
        )

    def _step(self, mark: Mark, following: list[Mark]) -> tuple[int, int] | None:
        """What *mark* means here: the list that it goes on with or opens; `None` when it is text."""
        meanings = self._allowed(mark)
        goes_on = [(level, number) for level, number in meanings if self._at[level] and number == self._at[level] + 1]
        opens = [(level, number) for level, number in meanings if number == 1 and self._may_open(level)]
        if goes_on and opens and any((ITEM, 2) in after.meanings and after.style == mark.style for after in following):
            return max(opens)
        skips = [(level, n) for level, n in meanings if self._at[level] and 1 < n - self._at[level] <= SKIPPED]
        late = [(level, n) for level, n in meanings if 1 < n <= SKIPPED and level != ITEM and self._may_open(level)]
        if self._is_bare(mark) or not self._may_be_followed():
            late = []
        for choice in (goes_on, opens, skips, late):
            if choice:
                return max(choice)
        return None

    def _allowed(self, mark: Mark) -> tuple[tuple[int, int], ...]:
        """The meanings that the style of this text leaves: what numbers its paragraphs does not number items too."""
        if not self._style:
            return mark.meanings
        if mark.style == self._style:
            return tuple(one for one in mark.meanings if one[0] == PARAGRAPH)
        if mark.style.startswith("(一") or mark.style.endswith("1)") or "一" in self._style:
            return tuple(one for one in mark.meanings if one[0] != PARAGRAPH)
        return mark.meanings

    def _may_open(self, level: int) -> bool:
        if level == PARAGRAPH:
            return not any(self._at)
        if level == LETTER:
            return not self._at[LETTER] and not self._at[ITEM]
        return not self._at[ITEM] and bool(self._at[LETTER])

    def _may_be_followed(self) -> bool:
        """Whether the text so far can end where it does: a list whose beginning is missing does not follow a comma."""
        before = " ".join(self._texts.get(self._number(), [])).rstrip()
        return not before or before.endswith((":", "：", ";", "；", "؛", ".", "。"))

    def _is_bare(self, mark: Mark) -> bool:
        return mark.style in ("1", "a", "一")

    def _bare_fits(self, step: tuple[int, int]) -> bool:
        """Whether a number or letter without a dot or bracket is a mark: where the text marks its paragraphs so."""
        level, number = step
        before = self._texts.get(self._number(), [""])
        opens = number == 1 and (level == PARAGRAPH or " ".join(before).rstrip().endswith((":", "：")))
        return self._style == "1" and (opens or number == self._at[level] + 1)

    def _number(self) -> str:
        paragraph, letter, item = self._at
        return "".join(
            [
                self._article,
                f"({paragraph})" if paragraph else "",
                f"({chr(ord('a') + letter - 1)})" if letter else "",
                f"({ROMANS[min(item, len(ROMANS)) - 1]})" if item else "",
            ]
        )

    def _open(self, where: str) -> None:
        self._texts.setdefault(self._number(), [])
        self._places.setdefault(self._number(), where)

    def _add(self, text: str, where: str) -> None:
        self._open(where)
        if text:
            self._texts[self._number()].append(text)
