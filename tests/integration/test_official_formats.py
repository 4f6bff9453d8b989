"""A whole made-up copy of the Convention in each language, written as PDF, Word, HTML, Markdown and text, and read back."""

import io
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.support import official_texts as texts
from tests.support.official_texts import LANGUAGES, Part

from rogatory.documents import reading
from rogatory.law.copies import recognising
from rogatory.law.copies.comparing import compare
from rogatory.law.copies.official import OfficialCopy
from rogatory.law.loader import load_law

pytestmark = pytest.mark.any_database

LAW = load_law()


def as_pdf(parts: list[Part], lang: str) -> bytes:
    """The text typeset, with headings, page numbers and a running head."""
    typst = pytest.importorskip("typst", reason="typst, which makes PDFs, is not installed")
    fonts = []
    if lang == "zh":
        found = find_spec("cvttf_NotoSansCJK_Regular")
        if found is None or found.origin is None:
            pytest.skip("no font with Chinese signs is installed (cvttf-notosanscjk-regular)")
        fonts.append(str(Path(found.origin).parent))
    faces = '("Liberation Serif", "DejaVu Sans", "Noto Sans CJK TC")'
    lines = ['#set page(header: [Made-up text], numbering: "1")', f'#set text(lang: "{lang}", font: {faces})\n']
    marks = {"heading": "= ", "title": "== ", "text": ""}
    lines += [f"{marks[part.kind]}#text({json.dumps(part.line, ensure_ascii=False)})\n" for part in parts]
    made: bytes = typst.compile("\n".join(lines).encode(), font_paths=fonts)
    return made


def as_docx(parts: list[Part], lang: str) -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx, which makes Word files, is not installed")
    document = docx.Document()
    for part in parts:
        if part.kind == "text":
            document.add_paragraph(part.line)
        else:
            document.add_heading(part.line, level=2 if part.kind == "heading" else 3)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


MAKERS = {
    "pdf": as_pdf,
    "docx": as_docx,
    "html": lambda parts, lang: texts.html(parts, lang).encode(),
    "md": lambda parts, lang: texts.markdown(parts).encode(),
    "txt": lambda parts, lang: texts.plain(parts).encode("utf-8-sig"),
}


def loaded(data: bytes, name: str, lang: str) -> OfficialCopy:
    return recognising.read_copy(reading.read(data, name=name), LAW, instrument="uncc", lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_copy_in_any_format_and_language_has_every_provision(kind: str, lang: str) -> None:
    copy = loaded(MAKERS[kind](texts.parts("uncc", lang), lang), f"copy.{kind}", lang)
    found = compare(LAW, copy)
    assert [(one.kind, one.number, one.copy_number) for one in found.found] == []
    assert found.same == len(LAW.by_number["uncc"])
    words = copy.under("42(3)(a)")[0].text
    assert words == next(part.text for part in texts.parts("uncc", lang) if part.number == "42(3)(a)")


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_differences_are_found_in_any_format(kind: str) -> None:
    parts = texts.without(texts.parts("uncc", "fr"), "40(3)(m)")
    copy = loaded(MAKERS[kind](parts, "fr"), f"copy.{kind}", "fr")
    assert [(one.kind, one.number) for one in compare(LAW, copy).found] == [("missing", "40(3)(m)")]
