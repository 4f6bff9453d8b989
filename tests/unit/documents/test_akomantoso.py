"""Akoma Ntoso: an invented act as its markup says, and XML that is refused."""

import pytest

from rogatory.alignment.national.reading import national_text
from rogatory.documents import reading
from rogatory.documents.limits import DocumentDamaged, DocumentFormat
from rogatory.kernel.blocks import Block, Document

NAMESPACE = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"'
META = """<meta><identification source="#moot"><FRBRWork><FRBRdate date="2018-05-16" name="made"/></FRBRWork>
<FRBRExpression><FRBRdate date="2024-02-03" name="amended"/><FRBRlanguage language="eng"/></FRBRExpression>
</identification></meta>"""
ACT = f"""<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso {NAMESPACE}><act name="act">{META}
<preface><longTitle><p>An Act for <shortTitle>the Data Act</shortTitle>, made by the Moot.</p></longTitle></preface>
<body>
 <part><num>Part I</num><heading>Offences</heading>
  <section eId="sec_1"><num>1.</num><heading>Entry</heading>
   <subsection><num>(1)</num><intro><p>Whoever without right—</p></intro>
    <paragraph><num>(a)</num><content><p>enters a <i>machine</i><authorialNote><p>A note.</p></authorialNote>; or</p></content></paragraph>
    <paragraph><num>b</num><content><p>stays in it,</p></content></paragraph>
    <wrapUp><p>commits an offence.</p></wrapUp></subsection>
   <subsection><num>(2)</num><content><p>The Machines Act is amended:
     <mod><quotedStructure><section><num>99.</num><heading>Nets</heading><content><p>Nets are free.</p></content></section></quotedStructure></mod>
   </p></content></subsection></section>
  <section eId="sec_2"><num>2.</num><heading>[Repealed]</heading></section>
 </part>
 <part><num>Part II</num><heading>Keeping</heading>
  <section eId="sec_14A"><num>14A.</num><heading>Order</heading><content><p>The court may order a keeper to keep data.</p></content></section>
 </part>
</body>
<conclusions><p>Given at Elm.</p></conclusions>
<attachments><attachment><heading>Schedule</heading><doc name="schedule"><meta/><mainBody><p>Form A</p></mainBody></doc></attachment></attachments>
</act></akomaNtoso>""".encode()


@pytest.fixture(scope="module")
def act() -> Document:
    return reading.read(ACT, name="act.xml")


def test_an_act_says_its_title_its_language_and_its_day(act: Document) -> None:
    assert (act.format, act.title, act.lang, act.dated) == ("akn", "the Data Act", "en", "2024-02-03")


def test_the_markup_decides_what_a_provision_is(act: Document) -> None:
    text = national_text(act)
    assert [(one.number, one.label, one.heading, one.above) for one in text.provisions] == [
        ("1", "1. Entry", "Entry", ("Part I – Offences",)),
        ("2", "2. [Repealed]", "[Repealed]", ("Part I – Offences",)),
        ("14A", "14A. Order", "Order", ("Part II – Keeping",)),
    ]
    assert (text.lang, str(text.since)) == ("en", "2024-02-03")
    assert [(one.code, one.subject) for one in text.remarks] == [
        ("preamble", "An Act for the Data Act, made by the Moot."),
        ("close", "Given at Elm."),
        ("number-skipped", "3–13"),
    ]


def test_passages_have_their_numbers_and_no_notes_of_editors(act: Document) -> None:
    entry = national_text(act).by_key["1"]
    assert [(one.number, one.text) for one in entry.passages] == [
        ("1", "(1) Whoever without right—"),
        ("1(a)", "(a) enters a machine; or"),
        ("1(b)", "(b) stays in it,"),
        ("", "commits an offence."),
        ("2", "(2) The Machines Act is amended: 99. Nets Nets are free."),
    ]


def test_where_an_act_has_articles_its_sections_stand_above_them() -> None:
    body = "".join(
        f"<section><num>Section {n}</num><heading>H{n}</heading><article><num>Art. {n} bis</num>"
        f"<paragraph><num>1</num><content><p>Said {n}.</p></content></paragraph></article></section>"
        for n in (1, 2)
    )
    data = f"<akomaNtoso><bill>{META.replace('eng', 'ita')}<body>{body}</body></bill></akomaNtoso>".encode()
    text = national_text(reading.read(data, name="bill.akn"))
    assert [(one.key, one.above, one.passages[0].text) for one in text.provisions] == [
        ("1-bis", ("Section 1 – H1",), "(1) Said 1."),
        ("2-bis", ("Section 2 – H2",), "(1) Said 2."),
    ]
    assert text.lang == "it"


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b'<?xml version="1.0"?><html><body/></html>', DocumentFormat, "<html>"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><akomaNtoso>&b;</akomaNtoso>', DocumentFormat, "document type"),
        (b"<akomaNtoso><act><body>", DocumentDamaged, "not well formed"),
        (b"<akomaNtoso/>", DocumentFormat, "no act"),
        (b"no XML at all", DocumentDamaged, "not well formed"),
        (b"<akomaNtoso><act><body>" + b"<part>" * 5000, DocumentDamaged, "not well formed"),
    ],
)
def test_other_xml_is_refused(data: bytes, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        reading.read(data, name="a.xml")


def test_akoma_ntoso_is_told_by_its_beginning_too() -> None:
    assert reading.format_of(ACT, "act") == "akn"
    assert reading.format_of(b"<p>akomaNtoso</p>", "a.html") == "html"


def test_a_block_says_nothing_of_its_role_in_a_plain_text() -> None:
    assert reading.read(b"Article 1\n\nOne.", name="a.txt").blocks[0] == Block("Article 1", 0, "line 1", "")
