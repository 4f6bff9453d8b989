"""Documents read into blocks: what each format holds, and why a file is refused."""

import io
import json
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.documents import child, encodings, limits, reading
from rogatory.documents.limits import (
    MAX_BYTES,
    MAX_UNPACKED,
    DocumentDamaged,
    DocumentEmpty,
    DocumentEncoding,
    DocumentEncrypted,
    DocumentFormat,
    DocumentTooLarge,
    NoTextLayer,
    ReaderStopped,
)
from rogatory.documents.lines import Line, joined
from rogatory.errors import RogatoryError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX_BODY = """<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Article 1</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>A lamp</w:t></w:r>
<w:del><w:r><w:delText> that was struck out</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> is lit:</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>by day;</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>by night.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Para"/></w:pPr><w:r><w:t>It is put out.</w:t></w:r></w:p>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="KIND"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
STYLES = f"""<w:styles {W}><w:style w:styleId="Para"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""


def docx(body: str = DOCX_BODY, *, kind: str = "lowerLetter", document: str = "", **more: bytes) -> bytes:
    """A Word file with that body; *document* in place of its whole main part."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document or f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/numbering.xml", NUMBERING.replace("KIND", kind))
        archive.writestr("word/styles.xml", STYLES)
        for name, data in more.items():
            archive.writestr(name, data)
    return file.getvalue()


def pdf(*pages: str, extra: str = "", trailer: str = "") -> bytes:
    """A PDF written by hand: each of *pages* is drawn in Helvetica."""
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + page} 0 R' for page in range(count))}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page in range(count):
        drawn = f"/Contents {4 + count + page} 0 R /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {drawn} >>")
    objects += [f"<< /Length {len(page)} >>\nstream\n{page}\nendstream" for page in pages]
    if extra:
        objects.append(extra)
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF".encode()


def words_at(*lines: str) -> str:
    """The drawing of *lines*, each 20 points under the one before."""
    return "BT /F1 12 Tf 72 760 Td " + " ".join(f"({line}) Tj 0 -20 Td" for line in lines) + " ET"


def texts(data: bytes, name: str) -> list[str]:
    return [block.text for block in reading.read(data, name=name).blocks]


LINES = ("Article 1", "1. A lamp that is lit by day is put out by night.", "2. A gate is closed by the keeper of it.")


def test_a_pdf_gives_its_lines_and_their_pages() -> None:
    read = reading.read(pdf(words_at(*LINES), words_at(*LINES)), name="a.pdf")
    assert (read.format, [block.text for block in read.blocks]) == ("pdf", [*LINES, *LINES])
    assert [block.where for block in read.blocks] == ["page 1"] * 3 + ["page 2"] * 3


def test_a_word_file_gives_the_numbers_that_word_counts() -> None:
    assert texts(docx(), "a.docx") == [
        "Article 1",
        "1. A lamp is lit:",
        "(a) by day;",
        "(b) by night.",
        "2. It is put out.",
    ]
    assert reading.read(docx(), name="a.docx").blocks[0].level == 1


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        ("russianLower", "(а) (б)"),
        ("arabicAbjad", "(أ) (ب)"),
        ("lowerRoman", "(i) (ii)"),
        ("chineseCounting", "(一) (二)"),
    ],
)
def test_lists_of_a_word_file_count_in_every_script(kind: str, marks: str) -> None:
    read = texts(docx(kind=kind), "a.docx")
    assert " ".join(line.split()[0] for line in read[2:4]) == marks


def test_a_page_gives_what_a_reader_sees() -> None:
    page = """<!DOCTYPE html><html><head><title>T</title><style>p {}</style></head><body><nav>Menu</nav>
    <h2>Article 1</h2><p>1. A <b>lamp</b> is <i>lit</i>:<br>by day.</p><ol type="a"><li>one;</li><li>two.</li></ol>
    <!-- hidden --><script>alert(1)</script><table><tr><td>Cell</td></tr></table></body></html>"""
    read = reading.read(page.encode(), name="a.html")
    assert [block.text for block in read.blocks] == [
        "Article 1",
        "1. A lamp is lit:",
        "by day.",
        "a. one;",
        "b. two.",
        "Cell",
    ]
    assert [block.level for block in read.blocks][:2] == [2, 0]


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    text = "# A *title*\n\n1. A [lamp](http://example.org/x) is **lit**,\nby day.\n\n***\n\n2. Out\\.\n"
    assert texts(text.encode(), "a.md") == ["A title", "1. A lamp is lit, by day.", "2. Out."]


def test_lines_that_a_text_broke_are_joined_and_items_are_not() -> None:
    text = (
        "Article 1\nLamps\n1. A lamp that is lit by day is put out by night, when nobody\n"
        "looks, and is lit again before the morning by the keeper\nof it.\n(a) One;\n(b) Two.\n"
    )
    long = (
        "A lamp that is lit by day is put out by night, when nobody looks, and is lit again before the morning by "
        "the keeper of it."
    )
    assert texts(text.encode(), "a.txt") == [
        "Article 1",
        "Lamps",
        f"1. {long}",
        "(a) One;",
        "(b) Two.",
    ]


@pytest.mark.parametrize(
    ("text", "coding"),
    [
        ("Статья 1. Хранитель сада следит за тем, чтобы ворота были закрыты. " * 5, "windows-1251"),
        ("Статья 1. Хранитель сада следит за тем, чтобы ворота были закрыты. " * 5, "koi8-r"),
        ("المادة 1. يحرص حارس الحديقة على أن يكون الباب مغلقا عند كل مساء. " * 5, "windows-1256"),
        ("第一条 花园的看守人应当确保大门关闭，并请每一位来客把灯留在入口处。" * 5, "gb18030"),
        ("Artículo 1. El guardián del jardín cuidará de que esté cerrada la puerta. " * 5, "iso-8859-1"),
        ("Article premier. Le gardien veille à ce que la porte soit fermée. " * 5, "utf-16"),
        ("Article premier. Le gardien veille à ce que la porte soit fermée. " * 5, "utf-8-sig"),
    ],
)
def test_the_characters_of_a_text_are_made_out(text: str, coding: str) -> None:
    assert encodings.decoded(text.encode(coding)) == text


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Статья 1</p></body></html>'
    assert texts(page.encode("koi8-r"), "a.html") == ["Статья 1"]


def test_a_file_of_500_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    with big.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    began = time.monotonic()
    with pytest.raises(DocumentTooLarge, match="500 MB"):
        reading.read_file(big)
    assert time.monotonic() - began < 5
    with pytest.raises(DocumentTooLarge):
        reading.read(b"x" * (MAX_BYTES + 1), name="a.txt")


def test_a_scanned_pdf_without_text_is_refused() -> None:
    drawing = "q 500 0 0 700 40 40 cm 0 0 m 1 1 l S Q"
    with pytest.raises(NoTextLayer, match="pictures"):
        reading.read(pdf(drawing, drawing, drawing), name="scan.pdf")


def test_a_pdf_with_a_password_is_refused() -> None:
    locked = pdf(
        words_at(*LINES),
        extra=f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -44 >>",
        trailer=f"/Encrypt 6 0 R /ID [<{'43' * 16}> <{'43' * 16}>] ",
    )
    with pytest.raises(DocumentEncrypted):
        reading.read(locked, name="locked.pdf")


def test_a_word_file_with_a_password_is_refused() -> None:
    data = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            struct.pack_into("<H", data, at + place, 1)
            at = data.find(mark, at + 4)
    with pytest.raises(DocumentEncrypted):
        reading.read(bytes(data), name="locked.docx")


def test_a_file_that_is_not_what_its_name_says_is_refused() -> None:
    for data, name in [
        (b"plain words", "a.pdf"),
        (b"plain words", "a.docx"),
        (pdf(words_at(*LINES)), "a.txt"),
        (docx(), "a.html"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "a.doc"),
        (b"\x89PNG\r\n", "a.png"),
        (b"{\\rtf1 x}", "a.rtf"),
        (b"PK\x03\x04" + bytes(60), "a.pdf"),
    ]:
        with pytest.raises(DocumentFormat) as error:
            reading.read(data, name=name)
        assert error.value.where == name


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(DocumentFormat, match="is an archive, but not a Word file"):
        reading.read(file.getvalue(), name="a.docx")


def test_a_word_file_that_grows_without_end_is_refused() -> None:
    honest = docx("<w:p/>" * (MAX_UNPACKED // 6 + 1))
    assert len(honest) < MAX_BYTES
    with pytest.raises(DocumentTooLarge, match="grows"):
        reading.read(honest, name="bomb.docx")
    # The directory of the archive may lie about the size: what is unpacked is counted.
    lying = bytearray(honest)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lying.find(mark)
        while at >= 0:
            struct.pack_into("<I", lying, at + place, 1000)
            at = lying.find(mark, at + 4)
    with pytest.raises((DocumentTooLarge, DocumentDamaged)):
        reading.read(bytes(lying), name="bomb.docx")


def test_an_archive_of_very_many_files_is_refused() -> None:
    with pytest.raises(DocumentTooLarge, match="files"):
        reading.read(docx(**{f"n{number}": b"" for number in range(limits.MAX_MEMBERS)}), name="a.docx")


def test_xml_entities_of_a_word_file_are_refused_before_they_act(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the keys of the gate", encoding="utf-8")
    attack = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    with pytest.raises(DocumentFormat, match="document type"):
        reading.read(docx(document=attack), name="a.docx")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    billion = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:document {W}><w:body>&l9;</w:body></w:document>'
    with pytest.raises(DocumentFormat, match="document type"):
        reading.read(docx(document=billion), name="a.docx")


def test_a_damaged_file_is_refused_with_its_name() -> None:
    whole = docx()
    for data, name in [(whole[: len(whole) // 2], "a.docx"), (b"%PDF-1.4\nnothing more", "a.pdf")]:
        with pytest.raises(DocumentDamaged) as error:
            reading.read(data, name=name)
        assert error.value.where == name


def test_an_empty_document_is_refused() -> None:
    for data, name in [
        (b"", "a.txt"),
        (b" \n\t\n", "a.pdf"),
        (b"<html><body></body></html>", "a.html"),
        (docx(""), "a.docx"),
    ]:
        with pytest.raises(DocumentEmpty):
            reading.read(data, name=name)
    with pytest.raises(DocumentEmpty):
        reading.read(docx("<w:p/>"), name="a.docx")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentEncoding):
        reading.read(bytes(range(256)) * 200, name="a.txt")


def test_more_paragraphs_than_the_limit_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(child, "MAX_BLOCKS", 3)
    child.tell("text", b"x\n\n" * 3)
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"done": 3}
    child.tell("text", b"x\n\n" * 4)
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["error"] == DocumentTooLarge.code


def test_a_reader_that_dies_or_hangs_costs_an_error_and_not_the_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_WAIT_SECONDS", 0.05)
    slow = b"<html><body>" + b"<p>x</p>" * 1_000_000
    with pytest.raises((ReaderStopped, DocumentTooLarge)):
        reading.read(slow, name="a.html")
    monkeypatch.setattr(reading, "MAX_WAIT_SECONDS", 30)
    monkeypatch.setattr(reading.sys, "executable", "/bin/false")
    with pytest.raises(ReaderStopped):
        reading.read(b"words", name="a.txt")


def test_the_reading_process_is_limited_before_it_reads_and_gets_no_environment(tmp_path: Path) -> None:
    """A reader that was taken over could not write a file, grow without end, or see the node's passphrase file."""
    probe = (
        "import os, resource\nfrom rogatory.documents import child\nchild._limit_ourselves()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])\n"
        f"try:\n open({str(tmp_path / 'x')!r}, 'w').write('x' * 100_000)\nexcept OSError:\n print('refused')\n"
        "print(sorted(name for name in os.environ if name.startswith('ROGATORY')))\n"
    )
    os.environ.setdefault("ROGATORY_TEST_SECRET", "x")
    done = subprocess.run(
        [sys.executable, "-I", "-c", probe], capture_output=True, env={"LANG": "C.UTF-8"}, check=False
    )
    assert done.stdout.decode().split("\n")[:3] == [f"{limits.MAX_MEMORY} {limits.MAX_WORK_SECONDS}", "refused", "[]"]


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    pages = [words_at(*LINES, f"{number}. Another one.") for number in (3, 4)]
    reading.read(pdf(*pages), name="a.pdf", progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2)]


def test_page_numbers_running_heads_and_footnotes_are_left_out() -> None:
    around = (
        "BT /F1 9 Tf 72 800 Td (A/RES/1/1) Tj ET {} BT /F1 7 Tf 72 60 Td (1 See the list of lamps.) Tj ET "
        "BT /F1 10 Tf 300 30 Td (- {} -) Tj ET"
    )
    lines = [(f"Article {number}", f"1. A lamp that was lit on day {number} is put out.") for number in range(1, 6)]
    pages = [around.format(words_at(*both), number) for number, both in enumerate(lines, start=11)]
    assert texts(pdf(*pages), "a.pdf") == [line for both in lines for line in both]


@settings(deadline=None, max_examples=15)
@given(st.binary(max_size=400), st.sampled_from(["pdf", "docx", "html", "md", "txt"]))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes, kind: str) -> None:
    start = {"pdf": b"%PDF-1.7\n", "docx": b"PK\x03\x04"}.get(kind, b"")
    try:
        code = "" if reading.read(start + data, name=f"a.{kind}").blocks else "nothing"
    except RogatoryError as error:
        code = error.code
    assert code in ("", *limits.ERRORS)


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), max_size=20))
def test_joining_lines_loses_no_word(lines: list[str]) -> None:
    made = [Line(text, float(len(text)), 30.0, 0, "", False) for text in lines]
    together = "".join("".join(block.text.split()) for block in joined(made))
    assert together == "".join("".join(line.split()) for line in lines).replace("\u00ad", "") or "\u00ad" in "".join(
        lines
    )
