"""The papers of a State for the depositary as files: PDF to sign, tagged for readers who do not see it, and Word.

Both say what the paper says, in one language, in the same order. Texts of people stand in them as text and never as
markup, field or link. The same paper makes the same bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import docx as word
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from rogatory.documents import typesetting
from rogatory.documents.wordfile import kept, same_bytes
from rogatory.kernel.times import require_utc
from rogatory.readiness.papers.drafting import say
from rogatory.readiness.papers.model import Paper

FORMATS = ("pdf", "docx")
#: Papers whose title stands alone in the middle.
_SOLEMN = ("instrument", "full-powers", "reservation", "declaration")
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}


def file_name(paper: Paper, format: str, lang: str) -> str:
    """The name of the file: `notice-41-2-en.pdf`."""
    return f"{paper.slug}-{lang}.{format}"


def made(
    papers: Sequence[Paper], formats: Sequence[str], lang: str, *, at: datetime, practice: bool
) -> Mapping[str, bytes]:
    """Each paper as each of *formats* (of `FORMATS`) in *lang*, by file name; raises as `typesetting.pdf`."""
    found: dict[str, bytes] = {}
    for paper in papers:
        sheet = sheet_of(paper, lang, practice=practice)
        for one in formats:
            make = letter_pdf if one == "pdf" else letter_docx
            found[file_name(paper, one, lang)] = make(sheet, at=at)
    return found


def sheet_of(paper: Paper, lang: str, *, practice: bool) -> dict[str, Any]:
    """*paper* in one language as plain values; marked as invented in an exercise."""
    return {
        "lang": lang,
        "title": paper.title.get(lang),
        "is_solemn": paper.kind in _SOLEMN,
        "warning": say("practice-warning").get(lang) if practice else "",
        "from_lines": [one.get(lang) for one in paper.from_lines],
        "to_lines": [one.get(lang) for one in paper.to_lines],
        "blocks": [
            {
                "kind": one.kind,
                "text": one.text.get(lang),
                "items": [{"name": name.get(lang), "value": value.get(lang)} for name, value in one.items],
            }
            for one in paper.blocks
        ],
        "done": paper.done.get(lang),
        "signature": [one.get(lang) for one in paper.signature],
    }


def letter_pdf(sheet: Mapping[str, Any], *, at: datetime) -> bytes:
    """The sheet as PDF/UA-1; raises as `typesetting.pdf`."""
    return typesetting.pdf(sheet, at=at, template="treatyletters.typ")


def letter_docx(sheet: Mapping[str, Any], *, at: datetime) -> bytes:
    """The sheet as a Word file."""
    made = word.Document()
    _prepare(made, sheet, at)
    if sheet["warning"]:
        _line(made, sheet["warning"], is_bold=True)
    for one in sheet["from_lines"]:
        _line(made, one, is_bold=True)
    for one in sheet["to_lines"]:
        _line(made, one)
    title = made.add_heading(level=1)
    title.add_run(kept(sheet["title"]))
    if sheet["is_solemn"]:
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in sheet["blocks"]:
        _block(made, block, sheet["lang"])
    if sheet["done"]:
        _line(made, sheet["done"]).paragraph_format.space_before = Pt(18)
    for one in sheet["signature"]:
        _line(made, one).paragraph_format.keep_with_next = True
    return same_bytes(made)


def _prepare(made: Document, sheet: Mapping[str, Any], at: datetime) -> None:
    about = made.core_properties
    about.title, about.author, about.last_modified_by, about.comments = kept(sheet["title"]), "", "", ""
    about.language = sheet["lang"]
    about.created = about.modified = require_utc(at).replace(tzinfo=None)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = made.styles["Normal"]
    normal.font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[sheet["lang"]])
    normal.element.get_or_add_rPr().append(language)


def _block(made: Document, block: Mapping[str, Any], lang: str) -> None:
    if block["kind"] == "heading":
        made.add_heading(level=2).add_run(kept(block["text"]))
    elif block["kind"] == "text":
        _line(made, block["text"])
    for item in block["items"]:
        if block["kind"] == "facts":
            paragraph = _line(made, f"{item['name']}\u00a0: " if lang == "fr" else f"{item['name']}: ", is_bold=True)
            paragraph.paragraph_format.left_indent = Cm(0.8)
            paragraph.add_run(kept(item["value"]))
        else:
            said = "\n".join(one for one in (item["name"], item["value"]) if one)
            made.add_paragraph(style="List Bullet").add_run(kept(said))


def _line(made: Document, said: str, *, is_bold: bool = False) -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.add_run(kept(said)).bold = is_bold
    return paragraph
