"""Official copies in six languages: split as they head and mark their parts, and held against our data."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import official_texts as texts
from tests.support.official_texts import LANGUAGES, OTHER_STYLES, Part, Style

from rogatory.kernel.blocks import Block, Document
from rogatory.law.copies import headings, numerals, recognising
from rogatory.law.copies.comparing import Differences, compare
from rogatory.law.copies.languages import language_of
from rogatory.law.copies.numerals import Quantity
from rogatory.law.copies.official import OfficialCopy, articles_as_json, articles_from_json
from rogatory.law.copies.recognising import NoArticles, NotAuthentic, OtherInstrument, OtherLanguage
from rogatory.law.copies.splitting import runs
from rogatory.law.loader import load_law

LAW = load_law()


def document(parts: list[Part], *, marked: bool = True) -> Document:
    """The parts as a document that was read; *marked* when its format tells headings from text."""
    levels = {"heading": 2, "title": 3, "text": 0}
    blocks = tuple(Block(part.line.strip(), levels[part.kind] if marked else 0, "line 1") for part in parts)
    return Document(name="made-up.txt", format="text", sha256="0" * 64, title="A made-up text", blocks=blocks)


def copied(parts: list[Part], lang: str, *, instrument: str = "uncc", marked: bool = True) -> OfficialCopy:
    return recognising.read_copy(document(parts, marked=marked), LAW, instrument=instrument, lang=lang)


def compared(parts: list[Part], lang: str) -> Differences:
    return compare(LAW, copied(parts, lang))


def told(found: Differences) -> list[tuple[str, str, str]]:
    return [(one.kind, one.number, one.copy_number) for one in found.found]


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize(
    ("lang", "style"),
    [(lang, styles[lang]) for styles in (texts.STYLES, OTHER_STYLES) for lang in LANGUAGES],
    ids=[f"{lang}-{name}" for name in ("usual", "other") for lang in LANGUAGES],
)
def test_a_text_in_each_languages_style_is_split_as_our_data_are(lang: str, style: Style, marked: bool) -> None:
    copy = copied(texts.parts("uncc", lang, style), lang, marked=marked)
    assert len(copy.articles) == 68
    found = compare(LAW, copy)
    assert told(found) == []
    assert found.same >= len(LAW.by_number["uncc"])
    assert found.not_covered == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_paragraph_that_the_copy_lacks_is_missing(lang: str) -> None:
    found = compared(texts.without(texts.parts("uncc", lang), "42(9)"), lang)
    assert told(found) == [("missing", "42(9)", "")]
    assert found.of("42(9)")[0].ours.fr
    assert found.of("43") == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_letter_more_in_the_copy_is_extra_with_its_text(lang: str) -> None:
    parts = texts.parts("uncc", lang)
    place = max(i for i, part in enumerate(parts) if part.number == "42(3)(g)")
    more = Part("42(3)(h)", "text", texts.STYLES[lang].letter(8), texts.SENTENCES[lang])
    (one,) = compared([*parts[: place + 1], more, *parts[place + 1 :]], lang).found
    assert (one.kind, one.number, one.copy_number) == ("extra", "", "42(3)(h)")
    assert one.copy[:10] == texts.SENTENCES[lang][:10]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_period_that_disagrees_is_told_with_both_sides(lang: str) -> None:
    thirty = f"{texts.SENTENCES[lang].rstrip('.。')} {texts.WORDS[lang][30]} {texts.UNITS[lang]['days']}"
    (one,) = compared(texts.with_text(texts.parts("uncc", lang), "42(8)", thirty), lang).found
    assert (one.kind, one.number, one.ours.en, one.copy) == ("value", "42(8)", "60 days", "30 days")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_period_that_our_data_do_not_carry_is_told(lang: str) -> None:
    named = f"{texts.SENTENCES[lang].rstrip('.。')} {texts.WORDS[lang][90]} {texts.UNITS[lang]['days']}"
    (one,) = compared(texts.with_text(texts.parts("uncc", lang), "42(9)", named), lang).found
    assert (one.kind, one.number, one.copy) == ("period", "42(9)", "90 days")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_threshold_that_disagrees_is_told(lang: str) -> None:
    parts = texts.with_text(texts.parts("uncc", lang), "62", texts.SENTENCES[lang])
    assert {(one.kind, one.number) for one in compared(parts, lang).found} == {("value", "62")}


def _shifted(lang: str) -> list[Part]:
    """A copy with a new paragraph 3 in Article 42, so that the letters now hang under paragraph 4."""
    style = texts.STYLES[lang]
    parts = []
    for part in texts.parts("uncc", lang):
        if part.kind == "text" and part.number == "42(3)":
            parts.append(Part("42(3)", "text", style.paragraph(3), texts.SENTENCES[lang]))
        number = part.number.removeprefix("42(")[:1] if part.number.startswith("42(") else ""
        if number and part.kind == "text" and int(number) >= 3 and part.number.count("(") == 1:
            parts.append(Part(part.number, "text", style.paragraph(int(number) + 1), part.text))
        else:
            parts.append(part)
    return parts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_paragraph_put_in_before_renumbers_those_after_it(lang: str) -> None:
    found = compared(_shifted(lang), lang)
    assert ("extra", "", "42(3)") in told(found)
    assert {("renumbered", f"42({n})", f"42({n + 1})") for n in range(3, 10)} <= set(told(found))
    assert {kind for kind, _, _ in told(found)} == {"extra", "renumbered"}
    assert found.places["42(3)(a)"] == "42(4)(a)"
    assert found.places["42(8)"] == "42(9)"


def test_what_ours_describes_as_a_whole_and_the_copy_divides_is_said() -> None:
    parts = texts.parts("uncc", "en")
    place = max(i for i, part in enumerate(parts) if part.number == "54")
    more = [Part("54(1)", "text", "1. ", texts.SENTENCES["en"]), Part("54(2)", "text", "2. ", texts.SENTENCES["en"])]
    (one,) = compared([*parts[:place], *more, *parts[place + 1 :]], "en").found
    assert (one.kind, one.number, one.copy) == ("undivided", "54", "(1), (2)")


def test_an_article_that_the_copy_lacks_is_one_difference() -> None:
    found = compared(texts.without(texts.parts("uncc", "fr"), "42"), "fr")
    assert told(found) == [("missing", "42", "")]
    assert "42" not in found.compared


def test_articles_that_our_data_leave_out_on_purpose_are_no_difference() -> None:
    copy = copied(texts.parts("untoc", "en"), "en", instrument="untoc")
    found = compare(LAW, copy)
    assert told(found) == []
    assert {"1", "4", "41"} <= set(found.not_covered)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("real", ["untoc", "uncac"])
def test_a_copy_of_another_treaty_is_refused_and_named(real: str, lang: str) -> None:
    with pytest.raises(OtherInstrument) as error:
        copied(texts.parts(real, lang), lang, instrument="uncc")
    assert f"({real})" in error.value.message
    with pytest.raises(OtherInstrument, match=r"\(uncc\)"):
        copied(texts.parts("uncc", lang), lang, instrument=real)


def test_a_text_of_no_known_treaty_is_refused() -> None:
    style, parts = texts.STYLES["en"], []
    for number in range(1, 69):
        parts += [Part(str(number), "heading", "", style.article(number)), Part(str(number), "title", "", "On lamps")]
        parts += [Part(str(number), "text", style.paragraph(n), texts.SENTENCES["en"]) for n in range(1, 13)]
    with pytest.raises(OtherInstrument, match="nor of any instrument known here"):
        copied(parts, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_copy_in_another_language_is_refused_and_named(lang: str) -> None:
    other = "fr" if lang == "en" else "en"
    with pytest.raises(OtherLanguage, match=lang):
        copied(texts.parts("uncc", lang), other)


def test_a_language_in_which_the_instrument_is_not_authentic_is_refused() -> None:
    with pytest.raises(NotAuthentic, match="en, fr"):
        copied(texts.parts("budapest", "ru"), "ru", instrument="budapest")
    with pytest.raises(NotAuthentic):
        copied(texts.parts("uncc", "en"), "xx")


def test_a_text_without_articles_is_refused() -> None:
    with pytest.raises(NoArticles):
        copied([Part("", "text", "", texts.SENTENCES["en"])] * 50, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_wanted_language_is_found_in_a_file_that_holds_all_six(lang: str) -> None:
    everything = [part for one in LANGUAGES for part in texts.parts("uncc", one)]
    assert told(compare(LAW, copied(everything, lang))) == []


def test_a_table_of_contents_chapters_and_closing_words_are_not_text() -> None:
    parts = texts.parts("uncc", "en")
    contents = [Part("", "text", "", f"Article {n}. Keeping of the garden ........ {n + 3}") for n in range(1, 69)]
    chapter = [Part("", "heading", "", "CHAPTER II"), Part("", "heading", "", "MEASURES FOR LAMPS")]
    place = next(i for i, part in enumerate(parts) if part.number == "7")
    end = [Part("", "text", "", "DONE at the gate, in one copy."), Part("", "text", "", "1. A list of those present.")]
    copy = copied([*contents, *parts[:place], *chapter, *parts[place:], *end], "en")
    assert told(compare(LAW, copy)) == []
    words = " ".join(one.text for article in copy.articles.values() for one in article.provisions)
    assert "MEASURES" not in words
    assert "list of those present" not in words
    assert copy.articles["7"].title == LAW.provision("uncc", "7(1)").title.en


def test_a_reference_to_an_article_that_begins_a_line_heads_nothing() -> None:
    for text, lang in [
        ("Article 16, paragraph 2, of this text", "en"),
        ("Article 16 of this text applies", "en"),
        ("статья 16 настоящего текста", "ru"),
        ("第十六条第二款所述", "zh"),
        ("المادة 16 من هذا النص", "ar"),
    ]:
        assert headings.heading(text, lang) is None, text
    assert headings.heading("Article 16 – Keeping of lamps", "en") == headings.Heading(16, "Keeping of lamps")


def test_a_letter_i_goes_on_after_h_and_a_roman_one_opens_a_list() -> None:
    letters = [Part("2", "text", f"({texts.latin(n)}) ", texts.SENTENCES["en"]) for n in range(1, 11)]
    items = [Part("3", "text", f"({mark}) ", "A lamp.") for mark in ("a", "b", "i", "ii", "c")]
    head = [Part("1", "heading", "", "Article 1"), Part("1", "text", "", texts.SENTENCES["en"])]
    second, third = Part("2", "heading", "", "Article 2"), Part("3", "heading", "", "Article 3")
    (run,) = runs(document([*head, second, *letters, third, *items]).blocks, "en")
    assert [one.number for one in run[1].provisions] == [f"2({texts.latin(n)})" for n in range(1, 11)]
    assert [one.number for one in run[2].provisions] == ["3(a)", "3(b)", "3(b)(i)", "3(b)(ii)", "3(c)"]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "not less than sixty (60) calendar days, within a three-month period", {("days", 60), ("months", 3)}),
        ("fr", "au moins quatre-vingt-dix jours, puis dix-huit ans", {("days", 90), ("years", 18)}),
        ("es", "durante cuarenta y cinco días y un año", {("days", 45), ("years", 1)}),
        ("ru", "не менее шестидесяти календарных дней; двух лет", {("days", 60), ("years", 2)}),
        ("zh", "不少于六十日，年满十八周岁，三个月", {("days", 60), ("years", 18), ("months", 3)}),
        ("ar", "لمدة لا تقل عن ستين يوما، وبعد سنتين، ثم ثلاثة أشهر", {("days", 60), ("years", 2), ("months", 3)}),
        ("ar", "لمدة ٦٠ يوماً", {("days", 60)}),
    ],
)
def test_periods_are_read_in_words_and_digits(lang: str, text: str, found: set[tuple[str, int]]) -> None:
    assert set(numerals.quantities(text, lang)) == {Quantity(unit, number) for unit, number in found}


@given(st.integers(1, 99))
def test_arabic_and_chinese_numbers_of_articles_are_read_back(number: int) -> None:
    if number < 80:
        assert headings.arabic_ordinal(texts.arabic_ordinal(number)) == number
    assert headings.chinese_number(texts.chinese(number)) == number


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_text_makes_the_reading_of_marks_and_numbers_fail(text: str, lang: str) -> None:
    headings.mark(text)
    headings.heading(text, lang)
    numerals.quantities(text, lang)
    language_of(text)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(LANGUAGES))
def test_any_order_and_loss_of_lines_is_compared_without_failing(seed: int, lang: str) -> None:
    chance = random.Random(seed)
    parts = [part for part in texts.parts("uncc", lang)[:120] if chance.random() > 0.2]
    if chance.random() > 0.5:
        chance.shuffle(parts)
    try:
        copy = copied(parts, lang)
    except (NoArticles, OtherInstrument, OtherLanguage):
        return
    assert set(compare(LAW, copy).places) <= set(LAW.by_number["uncc"])


def test_a_copy_that_was_kept_comes_back_the_same() -> None:
    articles = copied(texts.parts("uncc", "zh"), "zh").articles
    assert articles_from_json(articles_as_json(articles.values())) == articles
