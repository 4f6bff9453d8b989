"""The gap report as PDF and as a Word file: tagged, in every script, with words of people as words only."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pypdfium2
import pytest

from rogatory.alignment.assessment.assessment import assess
from rogatory.alignment.assessment.model import Evidence, Judgement
from rogatory.alignment.report.comparison import compare
from rogatory.alignment.report.gaps import gap_report
from rogatory.alignment.report.values import About, GapReport
from rogatory.documents.gapreport import comparison_docx, comparison_pdf, gap_report_docx, gap_report_pdf
from rogatory.law.loader import load_law
from rogatory.law.words import Words

LAW = load_law()
QUOTES = {
    "المادة 14": "يعاقب كل من دخل عمدا إلى نظام دون وجه حق.",
    "第十二条": "违反规定侵入计算机信息系统的，处罚款。",
    "Điều 289": "Người nào cố ý vượt qua cảnh báo thì bị phạt tiền.",
    "Section 3": "#read(\"/etc/passwd\") $x$ *bold* \x07 <b>tag</b>",
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> GapReport:
    evidence = tuple(
        Evidence(law="code", text="00", key=label, label=label, passage=None, quote=quote)
        for label, quote in QUOTES.items()
    )
    judged = Judgement(
        id="j1",
        number="7(1)",
        reader="ana",
        reader_name="Ana #emph[Lopes]",
        at=datetime(2029, 1, 1, tzinfo=UTC),
        answer="partly",
        remark="Only systems\nof the State. \x00",
        evidence=evidence,
    )
    about = About(title="Code of Valoria", state=Words("Valoria", "Valorie"), at=datetime(2029, 2, 1, tzinfo=UTC))
    return gap_report(LAW, assess(LAW, (judged,)), about)


def pdf_text(data: bytes) -> str:
    read = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in read)
    finally:
        read.close()


def test_the_pdf_is_tagged_in_its_language_and_the_same_each_time(report: GapReport) -> None:
    made = gap_report_pdf(report, "fr")
    assert made == gap_report_pdf(report, "fr")
    for mark in (b"/StructTreeRoot", b"/Lang(fr)", b"pdfuaid"):
        assert mark in made
    said = pdf_text(made)
    for words in ("Rapport sur les lacunes", "Accès illicite", "Liste de contrôle", "Valorie"):
        assert words in said


def test_the_pdf_draws_each_script_and_takes_no_words_for_commands(report: GapReport) -> None:
    said = pdf_text(gap_report_pdf(report, "en"))
    for words in ("违反规定", "Người nào", '#read("/etc/passwd") $x$ *bold*', "Ana #emph[Lopes]", "(high certainty)"):
        assert words in said
    arabic = [sign for sign in said if "\u0600" <= sign <= "\u06ff" or "\ufe70" <= sign <= "\ufefc"]
    assert len(arabic) >= sum("\u0621" <= sign <= "\u064a" for sign in QUOTES["المادة 14"])


def test_a_comparison_is_a_pdf_and_a_word_file_too(report: GapReport) -> None:
    judged = Judgement(
        id="j1", number="8(1)", reader="ana", reader_name="Ana", at=report.about.at, answer="implemented", remark="New."
    )
    found = compare(LAW, (report.about, assess(LAW, ())), (report.about, assess(LAW, (judged,))))
    assert "Nouvellement examinée (1)" in pdf_text(comparison_pdf(found, "fr"))
    read = docx.Document(io.BytesIO(comparison_docx(found, "fr")))
    assert read.tables[2].rows[1].cells[0].text == "8(1)"


def test_what_no_font_draws_is_named_in_the_pdf_and_stands_in_the_word_file(report: GapReport) -> None:
    khmer, ethiopic = "\u1780\u17d2\u179a\u1798 \u1780", "\u1215\u130d"
    about = replace(report.about, title=f"{khmer} A {ethiopic} \U0001f600")
    made = replace(report, about=about)
    said = " ".join(pdf_text(gap_report_pdf(made, "en")).split())
    for words in (
        "[not drawn here, no font: khmer] A [not drawn here, no font: ethiopic]",
        "no font is installed here",
    ):
        assert words in said
    read = docx.Document(io.BytesIO(gap_report_docx(made, "en")))
    assert about.title in [one.text for one in read.paragraphs]


def test_the_word_file_opens_with_headings_a_repeated_head_and_quotations_in_their_direction(report: GapReport) -> None:
    made = gap_report_docx(report, "fr")
    assert made == gap_report_docx(report, "fr")
    read = docx.Document(io.BytesIO(made))
    headings = [one.text for one in read.paragraphs if one.style is not None and one.style.name == "Heading 3"]
    assert headings == ["7(1) Accès illicite"]
    assert "w:tblHeader" in read.tables[0].rows[0]._tr.xml
    quotes = [one for one in read.paragraphs if one.style is not None and one.style.name == "Quote"]
    assert [one.text.split("\n")[0] for one in quotes] == list(QUOTES)
    assert ["<w:bidi/>" in one._p.xml for one in quotes] == [True, False, False, False]
    assert "\x07" not in quotes[3].text
    assert '#read("/etc/passwd")' in quotes[3].text
    assert read.core_properties.title.startswith("Rapport sur les lacunes")
