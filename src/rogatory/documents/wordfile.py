"""A paper as a Word file that people work on: real headings, lists, repeated table heads, quotations in their script.

Words of people stand in it as text, never as a field or a link; signs that XML cannot hold are left out. The same paper
makes the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

import docx as word
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from rogatory.alignment.report.paper import Fact, Paper, Part, Quote, Table, Tick
from rogatory.kernel.times import require_utc

BOXES = {True: "\u2612", False: "\u2610"}
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}
#: Control characters, halves of pairs and what is no character at all.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The earliest moment that a ZIP archive can name.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(paper: Paper, *, at: datetime) -> bytes:
    """*paper* as a Word file, dated *at*."""
    made = word.Document()
    _prepare(made, paper, at)
    _text(made.add_heading(level=0), paper.title)
    _text(made.add_paragraph(style="Subtitle"), paper.under)
    if paper.warning:
        _text(made.add_paragraph(), paper.warning).bold = True
    _facts(made, paper.facts)
    for line in paper.lines:
        _text(made.add_paragraph(), line)
    for part in paper.parts:
        _part(made, part)
    return same_bytes(made)


def _prepare(made: Document, paper: Paper, at: datetime) -> None:
    about = made.core_properties
    about.title, about.subject, about.author = kept(paper.title), kept(paper.under), ""
    about.last_modified_by, about.comments, about.language = "", "", paper.lang
    about.created = about.modified = require_utc(at).replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    normal = made.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[paper.lang])
    normal.element.get_or_add_rPr().append(language)


def _part(made: Document, part: Part) -> None:
    _text(made.add_heading(level=part.level - 1), part.title)
    for line in part.lines:
        _text(made.add_paragraph(), line)
    _facts(made, part.facts)
    if part.table is not None:
        _table(made, part.table)
    if part.quotes:
        _text(made.add_paragraph(), part.quotes_title).bold = True
        for quote in part.quotes:
            _quote(made, quote)
    if part.ticks:
        _text(made.add_paragraph(), part.ticks_title).bold = True
    for group in part.ticks:
        _text(made.add_paragraph(), group.title).italic = True
        for point in group.points:
            _tick(made, point)


def _facts(made: Document, facts: Iterable[Fact]) -> None:
    for one in facts:
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.6)
        paragraph.paragraph_format.first_line_indent = Cm(-0.6)
        _text(
            paragraph, f"{one.name}\u00a0: " if made.core_properties.language == "fr" else f"{one.name}: "
        ).bold = True
        _text(paragraph, one.value)


def _table(made: Document, table: Table) -> None:
    grid = made.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    # The library has no name of its own for a head that every page repeats.
    grid.rows[0]._tr.get_or_add_trPr().append(head)
    for cell, heading in zip(grid.rows[0].cells, table.headings, strict=True):
        _text(cell.paragraphs[0], heading).bold = True
    for row in table.rows:
        for place, (cell, value) in enumerate(zip(grid.add_row().cells, row, strict=True)):
            _text(cell.paragraphs[0], value)
            if place in table.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()


def _quote(made: Document, quote: Quote) -> None:
    paragraph = made.add_paragraph(style="Quote")
    if quote.is_rtl:
        # It has its place in the schema: after the style, before the indent.
        paragraph.paragraph_format.element.get_or_add_pPr().insert(1, OxmlElement("w:bidi"))
    paragraph.paragraph_format.left_indent = Cm(0.8)
    runs = [_text(paragraph, f"{quote.where}\n")] if quote.where else []
    for run in runs:
        run.bold = True
    runs.append(_text(paragraph, quote.text))
    for run in runs if quote.is_rtl else ():
        run.font.rtl = True


def _tick(made: Document, point: Tick) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(1.2)
    paragraph.paragraph_format.first_line_indent = Cm(-0.6)
    _text(paragraph, f"{BOXES[point.is_done]} {point.text}")
    if point.state:
        _text(paragraph, f" – {point.state}").italic = True


def _text(paragraph: Paragraph, said: str) -> Run:
    """*said* at the end of *paragraph*, as text and nothing else."""
    return paragraph.add_run(kept(said))


def kept(said: str) -> str:
    """*said* without the signs that neither XML nor a tagged PDF can hold."""
    return _NOT_XML.sub("", said)


def same_bytes(made: Document) -> bytes:
    """The file with the moment of its making left out of the archive."""
    first, second = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as written, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in written.namelist():
            kept.writestr(zipfile.ZipInfo(name, date_time=_ZIP_EPOCH), written.read(name), zipfile.ZIP_DEFLATED)
    return second.getvalue()
