"""The papers for the depositary as files: PDF that is tagged, Word that says the same, in English and in French."""

import io
import re
from datetime import UTC, datetime

import docx
import pypdfium2
import pytest
from tests.support.readying import papers

from rogatory.documents import treatyletters
from rogatory.readiness.papers.model import Paper

AT = datetime(2026, 11, 22, tzinfo=UTC)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00ad", "").replace("\ufffe", "-"))


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def docx_text(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def made(paper: Paper, lang: str, *, practice: bool = False) -> dict[str, bytes]:
    return dict(treatyletters.made([paper], treatyletters.FORMATS, lang, at=AT, practice=practice))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["instrument", "notice-40(12)", "notice-17(2)(d)", "transmittal"])
def test_both_files_say_all_that_the_paper_says(name: str, lang: str) -> None:
    paper = papers()[name]
    pdf, word = made(paper, lang).values()
    for text in (plain(pdf_text(pdf)), plain(docx_text(word))):
        for block in paper.blocks:
            for words in (block.text, *(one for item in block.items for one in item)):
                assert plain(words.get(lang)) in text
        assert all(plain(line.get(lang)) in text for line in (*paper.to_lines, paper.done, *paper.signature))


def test_the_pdf_is_tagged_has_a_title_and_names_its_language() -> None:
    pdf = made(papers()["notice-41(2)"], "fr")["notice-41-2-fr.pdf"]
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" in pdf
    assert b"/Lang(fr)" in pdf
    assert "Notification" in pypdfium2.PdfDocument(pdf).get_metadata_value("Title")


def test_the_same_paper_makes_the_same_bytes() -> None:
    paper = papers()["instrument"]
    assert made(paper, "en") == made(paper, "en")


def test_a_paper_of_an_exercise_says_that_it_is_invented() -> None:
    real, invented = (made(papers()["instrument"], "en", practice=practice) for practice in (False, True))
    for name in real:
        read = pdf_text if name.endswith(".pdf") else docx_text
        assert "Exercise" not in read(real[name])
        assert "no act of a State" in read(invented[name])


def test_signs_that_would_be_markup_stay_signs() -> None:
    strange = "#strong[x] *y* <w:br/> $z$ \\ @ref"
    paper = papers(place=strange)["instrument"]
    pdf, word = made(paper, "en").values()
    assert plain(strange) in plain(pdf_text(pdf))
    assert plain(strange) in plain(docx_text(word))
