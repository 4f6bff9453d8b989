"""Laws into provisions: the invented data act of Elmland in ten languages, and what real files do to a reader."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.alignment.national.model import NationalText
from rogatory.alignment.national.reading import national_text
from rogatory.documents import plain, reading
from rogatory.kernel.blocks import Block, Document

LAWS = Path(__file__).parent / "laws"
REAL = Path(__file__).parents[4] / "shared" / "data" / "laws"


def document(blocks: Iterable[Block], name: str = "law.txt") -> Document:
    held = tuple(blocks)
    title = held[0].text if held else ""
    return Document(name=name, format="text", sha256="0" * 64, title=title, blocks=held)


def law(text: str, *, markdown: bool = False, lang: str = "en") -> NationalText:
    blocks = plain.markdown_blocks(text) if markdown else plain.text_blocks(text)
    return national_text(document(blocks), lang=lang)


def elmland(lang: str) -> NationalText:
    return national_text(document(plain.text_blocks((LAWS / f"{lang}.txt").read_text("utf-8"))))


def numbers(text: NationalText) -> list[str]:
    return [provision.number for provision in text.provisions]


def remarks(text: NationalText) -> dict[str, str]:
    return {remark.code: remark.subject for remark in text.remarks}


NUMBERS = {
    "en": ["1", "2", "3", "3A", "4", "5", "6"],
    "fr": ["323-1", "323-1-1", "L323-2", "324 bis", "325"],
    "es": ["1", "2", "2 bis", "2 ter", "3", "disposición adicional 1", "disposición final 1"],
    "pt": ["1", "2", "2-A", "3"],
    "de": ["1", "1a", "2", "3", "4"],
    "nl": ["1", "1ab", "2"],
    "ru": ["1", "1.1", "2", "3"],
    "zh": ["1", "2", "10", "10-1", "11"],
    "ar": ["1", "1 مكرر", "2", "3"],
    "vi": ["1", "1a", "2"],
}


@pytest.mark.parametrize("lang", NUMBERS)
def test_a_law_keeps_its_own_numbers_and_its_language_is_told(lang: str) -> None:
    text = elmland(lang)
    assert numbers(text) == NUMBERS[lang]
    assert text.lang == lang
    assert "language-unsure" not in remarks(text)


LABELS = {
    "en": ("3a", "3A. Staying without right", "Staying without right", ("Part II – OFFENCES",)),
    "fr": (
        "l323-2",
        "Article L. 323-2",
        "",
        ("TITRE Ier : Des atteintes aux données", "Chapitre III : Des entrées sans droit"),
    ),
    "es": (
        "2-bis",
        "Artículo 2 bis.",
        "Escucha",
        ("TÍTULO I. De los delitos contra los datos", "CAPÍTULO I. De la entrada sin derecho"),
    ),
    "pt": ("2-a", "Art. 2º-A.", "Escuta", ("CAPÍTULO II – DOS CRIMES",)),
    "de": ("1a", "§ 1a", "Mithören", ("Erster Abschnitt – Straftaten",)),
    "nl": ("1ab", "Artikel 1ab", "", ("Hoofdstuk 1. Misdrijven",)),
    "ru": ("1.1", "Статья 1.1.", "Подслушивание", ("Раздел I. Преступления", "Глава 1. Вход без права")),
    "zh": ("10-1", "第十条之一", "窃听罪", ("第二章 罪行",)),
    "ar": ("1-bis", "مادة (١ مكرر)", "التنصت", ("الباب الأول – الجرائم",)),
    "vi": ("1a", "Điều 1a.", "Tội nghe lén", ("Chương I – TỘI PHẠM",)),
}


@pytest.mark.parametrize("lang", LABELS)
def test_a_provision_has_its_label_its_title_and_what_stands_above_it(lang: str) -> None:
    key, label, heading, above = LABELS[lang]
    provision = elmland(lang).by_key[key]
    assert (provision.label, provision.heading, provision.above) == (label, heading, above)


PASSAGES = {
    ("en", "2"): ["", "(a)", "(b)", "(b)(i)", "(b)(ii)"],
    ("en", "3"): ["1", "2", "3"],
    ("fr", "323-1-1"): ["", "1", "2", "2(a)", "2(b)"],
    ("es", "2"): ["1", "2", "2(a)", "2(a-bis)", "2(b)"],
    ("pt", "2"): ["", "", "1", "1(I)", "1(II)", "2"],
    ("de", "1"): ["1", "2", "2(1)", "2(2)"],
    ("nl", "1"): ["1", "2", "2(a)", "2(b)"],
    ("ru", "1"): ["1", "2", "2(а)", "2(б)", ""],
    ("zh", "10"): ["", "", "", "1", "2"],
    ("ar", "1"): ["", "", "1", "2"],
    ("vi", "1"): ["1", "2", "2(a)", "2(b)", "2(đ)"],
}


@pytest.mark.parametrize(("lang", "key"), PASSAGES)
def test_passages_have_the_path_of_their_marks(lang: str, key: str) -> None:
    assert [passage.number for passage in elmland(lang).by_key[key].passages] == PASSAGES[lang, key]


@pytest.mark.parametrize("lang", sorted(set(NUMBERS) - {"en", "fr"}))
def test_no_word_after_the_first_label_is_lost(lang: str) -> None:
    text = elmland(lang)
    kept = " ".join(" ".join((one.label, one.heading, *one.above, one.text)) for one in text.provisions)
    lines = (LAWS / f"{lang}.txt").read_text("utf-8").splitlines()
    begun = next(at for at, line in enumerate(lines) if line.startswith(text.provisions[0].label))
    assert set(re.findall(r"\w+", " ".join(lines[begun:]))) <= set(re.findall(r"\w+", kept))


def test_an_arrangement_of_sections_an_annex_and_a_preamble_are_remarked_upon_and_no_provisions() -> None:
    assert remarks(elmland("en")) == {
        "preamble": "AN ACT of the Moot of Elmland to protect data and those who keep them",
        "contents": "7",
        "annex": "SCHEDULE",
    }
    assert remarks(elmland("fr")) == {"close": "Fait à Ormeville, le 3 mai."}


def test_a_section_that_begins_inside_a_line_is_found() -> None:
    keeping = elmland("en").by_key["5"]
    assert (keeping.label, len(keeping.passages)) == ("5. Keeping of data", 2)
    assert not elmland("en").by_key["4"].text.endswith("data")


def test_a_table_of_contents_with_page_numbers_is_left_out() -> None:
    listed = "\n".join(f"Article {n} Titre {n} .......... {n + 2}" for n in range(1, 6))
    said = "\n\n".join(f"Article {n} Titre {n}\n\nLa règle numéro {n} s'applique partout." for n in range(1, 6))
    text = law(f"Loi sur les marées\n\n{listed}\n\n{said}", lang="fr")
    assert numbers(text) == ["1", "2", "3", "4", "5"]
    assert [one.heading for one in text.provisions] == [f"Titre {n}" for n in range(1, 6)]
    assert remarks(text)["contents"] == "5"


def test_a_number_that_comes_twice_is_kept_twice_under_its_own_key() -> None:
    text = law("Act\n\nArticle 1\n\nFirst.\n\nArticle 2\n\nSecond.\n\nArticle 2\n\nAgain.\n\nArticle 3\n\nThird.")
    assert [one.key for one in text.provisions] == ["1", "2", "2~2", "3"]
    assert remarks(text) == {"number-repeated": "2"}


def test_numbers_that_are_missing_are_remarked_upon() -> None:
    text = law("Act\n\nArticle 1\n\nFirst.\n\nArticle 2\n\nSecond.\n\nArticle 7\n\nSeventh.\n\nArticle 9\n\nNinth.")
    assert [(one.code, one.subject) for one in text.remarks] == [("number-skipped", "3–6"), ("number-skipped", "8")]


@pytest.mark.parametrize(
    "line",
    [
        "Article 9 of the Constitution applies.",
        "Section 9 applies to this Act.",
        "article 9, paragraph 2, applies.",
        "Articles 9 and 10 do not apply.",
    ],
)
def test_a_reference_at_the_beginning_of_a_line_begins_no_provision(line: str) -> None:
    text = law(f"Act\n\nArticle 1\n\nFirst.\n\n{line}\n\nArticle 2\n\nSecond.")
    assert numbers(text) == ["1", "2"]
    assert text.provisions[0].passages[1].text == line


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [f"THE TIDES ACT\n\n{n}. Title {n}\n\nWhoever enters gauge {n} pays.\n\n- {n} -" for n in range(1, 7)]
    text = law("\n\n".join(pages))
    assert [len(one.passages) for one in text.provisions] == [1] * 6
    assert remarks(text) == {"running-head": "11"}


@pytest.mark.parametrize(
    ("heads", "lang"),
    [
        (("Art. 615-ter.", "Art. 615-quater.", "Art. 615-quinquies."), "it"),
        (("Стаття 361. Вхід", "Стаття 361-1. Запис", "Стаття 362. Строк"), "uk"),
        (("Art. 267.", "Art. 268a.", "Art. 269."), "pl"),
        (("Pasal 27", "Pasal 27A", "Pasal 28"), "id"),
        (("MADDE 243-", "MADDE 244-", "Ek Madde 1-"), "tr"),
        (("Art. 360", "Art. 361", "Art. 362^1"), "ro"),
        (("Kifungu cha 4", "Kifungu cha 5", "Kifungu cha 6"), "sw"),
        (("Άρθρο 370", "Άρθρο 370Α", "Άρθρο 370Β"), "el"),
        (("375. §", "376. §", "377/A. §"), "hu"),
        (("ماده ۱ -", "ماده ۲ -", "ماده ۳ -"), "fa"),
        (("第一条", "第二条の二", "第三条"), "ja"),
        (("제1조", "제1조의2", "제2조"), "ko"),
        (("المادة الأولى", "المادة الثانية عشرة", "المادة الثالثة والعشرون"), "ar"),
        (("الفصل 607-3", "الفصل 607-4", "الفصل 608"), "ar"),
        (("§ 1.", "§ 2.", "§ 3."), "de"),
        (("Section 1.", "Section 2.", "Section 3."), "en"),
        (("ARTÍCULO PRIMERO.-", "ARTÍCULO SEGUNDO.-", "ARTÍCULO TERCERO.-"), "es"),
        (("Article XIV", "Article XV", "Article XVI"), "en"),
    ],
)
def test_laws_of_many_lands_are_parted(heads: tuple[str, ...], lang: str) -> None:
    said = (
        "Whoever enters a gauge without right is punished; see the rule above.\n\nThe court orders it to be given back."
    )
    text = law("A law\n\n" + "\n\n".join(f"{head}\n\n{said}" for head in heads), lang=lang)
    assert len(text.provisions) == 3
    assert all(len(one.passages) == 2 for one in text.provisions)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("潮汐法\n\n第一条  为了保障潮汐安全，制定本法。\n\n第六十三条  违反本法第二条规定的，处罚金。", ["1", "63"]),
        (
            "Código\n\nArtículo 211 bis 1.- Al que entre, multa.\n\nArtículo 211 bis 7.- Al que salga, multa.",
            ["211 bis 1", "211 bis 7"],
        ),
        ("Кодекс\n\nЧл. 319а. (1) Който влезе, плаща.\n\nЧл. 319б. (1) Който излезе, плаща.", ["319а", "319б"]),
        ("Lag\n\n9 c § Den som går in döms till böter.\n\n10 § För försök döms till ansvar.", ["9 c", "10"]),
        ("Кодекс\n\n205-бап. Кіру\n\nКірген адам төлейді.\n\n206-бап. Шығу\n\nШыққан адам төлейді.", ["205", "206"]),
        ("Act\n\nSECTION 1. Title. — This is the Act.\n\nSEC. 2. Entry. — Nobody enters.", ["1", "2"]),
        (
            (
                "Ley\n\nArtículo 1. Se añaden estos artículos:\n\nArtículo 269A: Entrada. El que entre, multa.\n\n"
                "Artículo 269B: Salida. El que salga, multa.\n\nArtículo 2. Rige desde hoy."
            ),
            ["1", "269A", "269B", "2"],
        ),
    ],
    ids=["zh", "mx", "bg", "sv", "kk", "ph", "amending"],
)
def test_labels_that_a_sentence_follows_at_once_are_provisions(text: str, wanted: list[str]) -> None:
    assert numbers(law(text)) == wanted


def test_paragraphs_with_bare_numbers_are_passages() -> None:
    text = law(
        "Gesetz\n\nArt. 143\n\nZugang\n\n1 Wer eindringt, wird bestraft.\n\n2 Der Versuch ist strafbar.\n\nArt. 144\n\nSchaden\n\nWer 3 Daten löscht, zahlt."
    )
    assert [[passage.number for passage in one.passages] for one in text.provisions] == [["1", "2"], [""]]


def test_titles_before_a_number_belong_to_the_provision_after_them() -> None:
    text = law(
        "Tide Misuse Act\n\nPART 1\n\nPRELIMINARY\n\nShort title\n\n1. This Act is the Tide Misuse Act.\n\n"
        "Entry\n\n2.—(1) Whoever enters is guilty.\n\n(2) It does not matter how.\n\nStaying\n\n3. Whoever stays is guilty."
    )
    assert [(one.label, one.heading) for one in text.provisions] == [
        ("1.", "Short title"),
        ("2.", "Entry"),
        ("3.", "Staying"),
    ]
    assert {one.above for one in text.provisions} == {("PART 1 – PRELIMINARY",)}


def test_a_law_in_one_line_is_parted_too() -> None:
    said = " ".join(f"Article {n}. The sea is free in its {n}th part and nobody may close it." for n in range(1, 40))
    assert numbers(law(f"LAW ON TIDES {said}")) == [str(n) for n in range(1, 40)]


def test_a_text_without_articles_is_parted_by_its_headings_or_its_list() -> None:
    headed = law("# Rules\n\n## Purpose\n\nWords.\n\n## Scope\n\nMore words.", markdown=True)
    assert [(one.key, one.label) for one in headed.provisions] == [("p1", "Purpose"), ("p2", "Scope")]
    listed = law("Order\n\nI. The sea is free.\n\nII. The gauges are closed:\n\n1) in winter;\n\n2) in summer.")
    assert [(one.number, len(one.passages)) for one in listed.provisions] == [("1", 1), ("2", 3)]


def test_a_text_with_nothing_to_part_it_says_so() -> None:
    text = law("Only a few words stand here.")
    assert (text.provisions, remarks(text)) == ((), {"no-provisions": "Only a few words stand here."})


def test_what_the_caller_knows_better_is_taken_over() -> None:
    held = document(plain.text_blocks("Act\n\nArticle 1\n\nFirst."))
    text = national_text(held, lang="mt", title="The Act")
    assert (text.lang, text.title, text.file_name, text.sha256) == ("mt", "The Act", "law.txt", "0" * 64)


def test_the_language_of_three_words_is_not_told() -> None:
    assert "language-unsure" in remarks(national_text(document([Block("Lex"), Block("Article 1"), Block("Ita.")])))


@given(
    st.lists(
        st.sampled_from(["Article 1", "Article 3", "§ 2", "1. Title", "14A. Of it", "(1) x", "a) y;", "Part I", "## z",
                         "第二条", "مادة (٢)", "Annex", "Text that ends.", "Article 2. See Article 3. Article 4. So.", "…", "١ –"]),
        max_size=25,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_file_the_keys_are_unique_and_safe(lines: list[str]) -> None:
    text = national_text(document(Block(line) for line in lines), lang="en")
    assert len(text.by_key) == len(text.provisions)
    assert all(
        one.key.isascii() and one.key.replace("~", "").replace("-", "").replace(".", "").isalnum()
        for one in text.provisions
    )
    assert all(passage.text for one in text.provisions for passage in one.passages)


@pytest.mark.parametrize(
    "text",
    [
        "Article 1 " + " " * 300_000 + "x",
        "Article 1 " + "(" * 200_000,
        "Article 1\n\n" + " ".join(f"({number}) it is so;" for number in range(1, 20_000)),
        "Article 1 " * 10_000,
        "." * 200_000 + " 3",
        ". 1. A" * 15_000,
        "§ " * 100_000,
        "المادة الأولى " * 5_000,
    ],
    ids=["spaces", "brackets", "items", "labels", "dots", "numbers", "signs", "ordinals"],
)
@pytest.mark.timeout(20)
def test_a_file_made_to_be_slow_is_read_at_once(text: str) -> None:
    assert len(law(text).provisions) <= 1


@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("KEN_computer_misuse_cybercrimes_act_2018.txt", 70),
        ("EGY_law_175_2018.txt", 45),
        ("ESP_codigo_penal_1995.md", 221),
    ],
)
def test_every_provision_that_the_gold_list_names_is_found(file: str, count: int) -> None:
    if not REAL.is_dir():
        pytest.skip("the laws for development lie in a sibling folder `shared`, which is not here")
    text = national_text(reading.read_file(REAL / file))
    assert len(text.provisions) == count
    assert text.lang == {"KEN": "en", "EGY": "ar", "ESP": "es"}[file[:3]]
    with (REAL / "gold.csv").open(encoding="utf-8", newline="") as rows:
        wanted = {
            (row["number"], " ".join(row["provision_label"].split()))
            for row in csv.DictReader(rows)
            if row["file"] == file
        }
    assert wanted <= {(one.number, " ".join(one.label.split())) for one in text.provisions}


def test_labels_that_run_on_into_their_words_are_provisions_where_the_file_has_no_others() -> None:
    said = [f"Artikel {number} Strafbaar is wie zaak {number} vernielt." for number in (1, 2, 9, 12, 27, 28)]
    found = law("\n\n".join(["Wetboek van Freedonia", *said]))
    assert [one.number for one in found.provisions] == ["1", "2", "9", "12", "27", "28"]


def test_numbered_headings_go_on_after_a_wide_gap() -> None:
    said = [
        line
        for number in (1, 2, 3, 59, 60, 61)
        for line in (f"{number}. Heading of {number}", f"(1) What section {number} says at some length, and ends.")
    ]
    found = law("\n\n".join(["Cyber Security Act", *said]))
    assert [one.number for one in found.provisions] == ["1", "2", "3", "59", "60", "61"]


def test_deep_numbers_under_single_ones_are_no_reason_to_stop() -> None:
    found = law("1. x\n1.1.1 foo\n2. foo\n")
    assert [one.number for one in found.provisions] == ["1", "2"]


def test_no_number_and_no_label_is_longer_than_what_is_kept() -> None:
    numbers = ["Article " + "9" * 6000, "Article " + "A" * 900, "第" + "一" * 900 + "条", "Article 2"]
    parts = "".join(f"<article><num>{one}</num><content><p>x</p></content></article>" for one in (*numbers, *numbers))
    marked = f'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body>{parts}</body></act></akomaNtoso>'
    found = national_text(reading.read(marked.encode(), name="act.xml")).provisions
    assert len(found) == len({one.key for one in found}) == 8
    assert max(len(one.key) for one in found) <= 80
    assert max(len(one.number) for one in found) <= 60
    assert max(len(one.label) for one in found) <= 500


def test_control_characters_of_a_file_are_no_part_of_the_law() -> None:
    page = "<p>Article 1</p><p>who&#1;ever&#27; acts</p><p>Article 2</p><p>x</p>"
    found = national_text(reading.read(page.encode(), name="act.html")).provisions
    assert found[0].passages[0].text == "whoever acts"
