"""PDF: its text in reading order, without page numbers, running heads and footnotes.

PDFium knows where every character stands; lines are made from that. Text from right to left is put in order here,
because files keep it in whichever order its characters were painted.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from rogatory.documents import rightleft
from rogatory.documents.limits import (
    MAX_CHARACTERS,
    MAX_PAGES,
    DocumentDamaged,
    DocumentEncrypted,
    DocumentTooLarge,
    NoTextLayer,
)
from rogatory.documents.lines import Line, joined
from rogatory.documents.rightleft import Sign
from rogatory.kernel.blocks import Block

#: A page of a text has more letters than this on average; pictures of pages have a few, if any.
LETTERS_A_PAGE = 40
HEADING = 1.12
FOOTNOTE = 0.9
BOLD = 600
#: What stands apart from the text has this part of its own height empty between.
APART = 0.8
_FOLIO = re.compile(r"[-–—\s]*(?:page\s*)?\d{1,4}(?:\s*(?:/|of|de|из)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,4}(?:/\d{1,4})?\s+|\s+\d{1,4}(?:/\d{1,4})?$")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line on a page: text, left and right edge, top and bottom (points from the lower left), size, boldness."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int


def pdf_blocks(data: bytes, progress: Progress) -> Iterator[Block]:
    """The blocks of a PDF; raises `DocumentEncrypted`, `DocumentDamaged`, `DocumentTooLarge`, `NoTextLayer`."""
    pages = _pages(data, progress)
    letters = sum(character.isalpha() for lines in pages for line in lines for character in line.text)
    if letters < LETTERS_A_PAGE * max(len(pages), 1):
        raise NoTextLayer(f"its {len(pages)} pages hold {letters} letters: they are pictures")
    yield from joined(_lines(_without_margins(pages)))


def _pages(data: bytes, progress: Progress) -> list[list[PageLine]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentEncrypted from error
        raise DocumentDamaged(f"no PDF that can be read: {error}") from error
    count = len(document)
    if count > MAX_PAGES:
        raise DocumentTooLarge(f"it has {count} pages, and {MAX_PAGES} is the limit")
    pages, characters = [], 0
    for number in range(count):
        progress(number, count)
        try:
            found = list(_page_lines(document[number], number + 1))
        except pypdfium2.PdfiumError as error:
            raise DocumentDamaged(f"page {number + 1} cannot be read: {error}") from error
        characters += sum(len(line.text) for line in found)
        if characters > MAX_CHARACTERS:
            raise DocumentTooLarge(f"it has more than {MAX_CHARACTERS} characters")
        pages.append(found)
    return pages


def _page_lines(page: pypdfium2.PdfPage, number: int) -> Iterator[PageLine]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        raise DocumentTooLarge(f"page {number} has more than {MAX_CHARACTERS} characters")
    codes = [pdfium.FPDFText_GetUnicode(text.raw, place) for place in range(count)]
    if any(rightleft.is_rtl(code) for code in codes):
        signs = [sign for place, code in enumerate(codes) if (sign := _sign(text, place, code))]
        for signs_of_line in rightleft.rows(rightleft.without_dots(signs)):
            yield from _line(text, rightleft.reading_order(signs_of_line), signs_of_line, number)
        return
    row: list[int] = []
    for place, code in enumerate(codes):
        if code in (10, 13):
            yield from _plain_line(text, codes, row, number)
            row = []
        elif code:
            row.append(place)
    yield from _plain_line(text, codes, row, number)


def _plain_line(text: pypdfium2.PdfTextPage, codes: list[int], row: list[int], number: int) -> Iterator[PageLine]:
    words = "".join(_character(codes[place]) for place in row)
    inked = [place for place in row if codes[place] > 32]
    if inked:
        ends = [sign for place in (inked[0], inked[-1]) if (sign := _sign(text, place, codes[place]))]
        yield from _line(text, words, ends, number)


def _line(text: pypdfium2.PdfTextPage, words: str, signs: list[Sign], number: int) -> Iterator[PageLine]:
    if not words.strip() or not signs:
        return
    places = (signs[0].place, signs[len(signs) // 2].place, signs[-1].place)
    yield PageLine(
        text=re.sub(r"\s+", " ", words).strip(),
        left=min(sign.left for sign in signs),
        right=max(sign.right for sign in signs),
        top=max(sign.top for sign in signs),
        bottom=min(sign.bottom for sign in signs),
        size=max(pdfium.FPDFText_GetFontSize(text.raw, place) for place in places),
        bold=min(pdfium.FPDFText_GetFontWeight(text.raw, place) for place in places) >= BOLD,
        page=number,
    )


def _sign(text: pypdfium2.PdfTextPage, place: int, code: int) -> Sign | None:
    if code in (0, 10, 13) or (code <= 32 and pdfium.FPDFText_IsGenerated(text.raw, place) == 1):
        return None
    left, bottom, right, top = text.get_charbox(place, loose=True)
    return Sign(place, _character(code), left, right, bottom, top)


def _character(code: int) -> str:
    return "\u00ad" if code in (2, 0xFFFE) else chr(code)  # PDFium's sign for a word that the line's end broke


def _without_margins(pages: list[list[PageLine]]) -> list[list[PageLine]]:
    """The pages without page numbers, lines that stand at the edge of many pages, and footnotes."""
    sizes = [line.size for lines in pages for line in lines for _ in range(0, len(line.text), 10)]
    body = median(sizes) if sizes else 0.0
    edges: Counter[str] = Counter()
    ordered = [sorted(lines, key=lambda line: -line.top) for lines in pages]
    for lines in ordered:
        edges.update({_shape(line.text) for line in (*lines[:2], *lines[-2:])})
    often = {shape for shape, times in edges.items() if times >= max(3, len(pages) // 2)}
    return [_core(lines, often, FOOTNOTE * body) for lines in ordered]


def _core(lines: list[PageLine], often: set[str], small: float) -> list[PageLine]:
    first, last = 0, len(lines)
    while first < min(last - 1, 3) and _marginal(lines[first], lines[first].bottom - lines[first + 1].top, often):
        first += 1
    while last > first + 1:
        line = lines[last - 1]
        if line.size >= small and not _marginal(line, lines[last - 2].bottom - line.top, often):
            break
        last -= 1
    return lines[first:last]


def _marginal(line: PageLine, gap: float, often: set[str]) -> bool:
    """Whether a line at the edge of a page stands apart from the text, as a page number or a running head does."""
    if gap < APART * line.size:
        return False
    return bool(_FOLIO.fullmatch(line.text)) or _shape(line.text) in often


def _shape(text: str) -> str:
    """*text* without the page number at its end or beginning; the heading `Article 12` keeps its number."""
    shape = _NUMBERED.sub("", text)
    return text if shape.isalpha() else shape


def _lines(pages: list[list[PageLine]]) -> Iterator[Line]:
    everything = [line for lines in pages for line in lines]
    if not everything:
        return
    sizes = [line.size for line in everything for _ in range(0, len(line.text), 10)]
    body = median(sizes)
    left = sorted(line.left for line in everything)[len(everything) // 20]
    right = sorted(line.right for line in everything)[len(everything) * 19 // 20]
    before: PageLine | None = None
    for line in everything:
        rtl = any(rightleft.is_rtl(ord(character)) for character in line.text)
        reach = right - line.left if rtl else line.right - left
        level = 2 if line.size >= HEADING * body else 3 if line.bold and len(line.text) < 200 else 0
        gap = before is not None and before.page == line.page and before.bottom - line.top > 0.6 * line.size
        yield Line(line.text, reach, right - left, level, f"page {line.page}", gap)
        before = replace(line)
