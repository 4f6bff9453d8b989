"""Searching the law: words in six languages, numbers of provisions, what a provision is, and odd queries."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.law.browse import Sorting, UnknownSort
from rogatory.law.loader import load_law
from rogatory.law.lookup.search import (
    MAX_SIGNS,
    MAX_WORDS,
    Copies,
    Found,
    Query,
    QueryTooLong,
    Text,
    UnknownTextLanguage,
)
from rogatory.law.lookup.searching import LawSearch, Searches
from rogatory.law.model import UnknownInstrument, UnknownMeasure
from rogatory.stores.lawindex import SqliteWordIndex

LAW = load_law()

#: Sentences of our own, in the manner of an official text, one a language.
SENTENCES = {
    "en": "The authorities shall keep the harbour registers safe.",
    "fr": "Les autorités conservent les registres du port à l’abri.",
    "es": "Las autoridades guardarán los registros del puerto.",
    "ru": "Компетентные органы сохраняют реестры гавани.",
    "ar": "تحتفظ السُّلطات بسجلّات الميناء والبيانات المخزَّنة.",
    "zh": "主管机关应当保存港口登记册和电子数据。",
}


def copies() -> Iterator[Text]:
    for lang, said in SENTENCES.items():
        yield Text(instrument="uncc", number="42(3)(b)", lang=lang, title="", said=said, official=True)
    yield Text(
        instrument="uncac", number="5(1)", lang="en", title="A harbour", said="Lighthouses are lit.", official=True
    )


@pytest.fixture(scope="module")
def ours() -> LawSearch:
    return Searches(SqliteWordIndex).of(LAW, Copies())


@pytest.fixture(scope="module")
def loaded() -> LawSearch:
    return Searches(SqliteWordIndex).of(LAW, Copies(version="some", read=lambda: copies()))


def cites(found: Found) -> list[str]:
    return [hit.cite for hit in found.hits]


def marked(found: Found) -> list[str]:
    return [piece.text for hit in found.hits[:1] for piece in (*hit.title, *hit.snippet) if piece.hit]


@pytest.mark.parametrize("words", ["preserved", "PRESERVING", "préservation", "ｐｒｅｓｅｒｖｅ"])
def test_ending_case_and_accents_of_a_word_make_no_difference(ours: LawSearch, words: str) -> None:
    found = ours.search(Query(words=words, limit=200))
    assert found.how == "all"
    assert {"uncc:42(1)", "uncc:42(8)", "budapest:29(1)"} <= set(cites(found))


@pytest.mark.parametrize(
    "words", ["données conservées", "donnees conservees", "conservation de la donnée", "DONNÉES conservée"]
)
def test_french_is_found_with_and_without_accents(ours: LawSearch, words: str) -> None:
    assert "uncc:42(8)" in cites(ours.search(Query(words=words, reader="fr", limit=200)))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "harbour register"),
        ("fr", "registre des ports"),
        ("es", "registro autoridad"),
        ("ru", "компетентного органа реестр"),
        ("ru", "РЕЕСТРАМ ГАВАНИ"),
        ("ar", "السلطة"),
        ("ar", "سلطات"),
        ("ar", "بيانات الميناء"),
        ("ar", "الميـــناء"),
        ("zh", "保存"),
        ("zh", "电子数据"),
        ("zh", "港"),
        ("zh", "主管机关 登记册"),
    ],
)
def test_each_language_is_found_in_another_form_of_its_words(loaded: LawSearch, lang: str, words: str) -> None:
    found = loaded.search(Query(words=words, text_lang=lang))
    assert cites(found)[0] == "uncc:42(3)(b)"
    assert found.hits[0].source == f"official {lang}"
    assert found.how == "all"
    assert marked(found)


def test_a_run_of_chinese_is_found_only_where_it_stands_as_it_is(loaded: LawSearch) -> None:
    assert loaded.search(Query(words="数据电子")).how == "nothing"
    assert marked(loaded.search(Query(words="电子数据"))) == ["电子数据"]


def test_a_number_that_only_an_official_copy_has_is_found_too(loaded: LawSearch) -> None:
    hit = loaded.search(Query(words="lighthouse")).hits[0]
    assert (hit.cite, hit.source, hit.kind) == ("uncac:5(1)", "official en", "")
    assert cites(loaded.search(Query(words="uncac 5"))) == ["uncac:5(1)"]
    assert loaded.search(Query(words="lighthouse", sorting=Sorting(kind="duty"))).total == 0


def test_our_own_words_are_shown_before_the_official_ones(loaded: LawSearch) -> None:
    hit = loaded.search(Query(words="42(3)(b)", reader="fr")).hits[0]
    assert (hit.source, hit.official) == ("ours fr", ("fr", "en", "es", "ru", "ar", "zh"))


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("42(3)(b)", "uncc:42(3)(b)"),
        ("42 (3) (b)", "uncc:42(3)(b)"),
        ("42.3.b", "uncc:42(3)(b)"),
        ("art. 42, par. 3, letter b", "uncc:42(3)(b)"),
        ("Article 42 paragraph 3", "uncc:42(3)"),
        ("l’article 42, paragraphe 3, alinéa b", "uncc:42(3)(b)"),
        ("artículo 42, párrafo 3", "uncc:42(3)"),
        ("статья 42, пункт 3", "uncc:42(3)"),
        ("المادة ٤٢ الفقرة ٣", "uncc:42(3)"),
        ("第四十二条", "uncc:42(1)"),
        ("第四十二条第三款第二项", "uncc:42(3)(b)"),
        ("第42条", "uncc:42(1)"),
        ("４２（３）", "uncc:42(3)"),
        ("budapest 29(7)", "budapest:29(7)"),
        ("Article 18 of UNTOC", "untoc:18(1)"),
        ("uncac:46(9)(b)", "uncac:46(9)(b)"),
        ("palerme 18", "untoc:18(1)"),
        ("42", "uncc:42(1)"),
        ("11 1 a ii", "uncc:11(1)(a)(ii)"),
    ],
)
def test_the_number_of_a_provision_leads_to_it(ours: LawSearch, words: str, first: str) -> None:
    found = ours.search(Query(words=words))
    assert found.how == "address"
    assert cites(found)[0] == first


def test_a_number_that_is_not_there_leads_to_the_nearest_above_it_and_says_so(ours: LawSearch) -> None:
    found = ours.search(Query(words="42(3)(z)"))
    assert cites(found)[0] == "uncc:42(3)"
    assert "42(3)(z)" in found.hint.en


def test_words_beside_a_number_are_looked_for_under_it(ours: LawSearch) -> None:
    assert cites(ours.search(Query(words="article 42 sixty days"))) == ["uncc:42(8)"]


def test_a_number_among_words_is_only_a_word(ours: LawSearch) -> None:
    assert ours.search(Query(words="forty 40 instruments of ratification")).how != "address"


def test_every_provision_is_found_by_its_own_number(ours: LawSearch) -> None:
    for instrument, known in LAW.by_number.items():
        for number in known:
            assert cites(ours.search(Query(words=f"{instrument} {number}")))[0] == f"{instrument}:{number}"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_provision_is_found_by_its_own_words(ours: LawSearch, data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from(sorted(LAW.by_number)))
    provision = data.draw(st.sampled_from(sorted(LAW.by_number[instrument].values(), key=lambda one: one.number)))
    lang = data.draw(st.sampled_from(("en", "fr")))
    words = " ".join(word for word in provision.what.get(lang).split()[:6] if not any(map(str.isdigit, word)))
    found = ours.search(Query(words=words, text_lang=lang, limit=200))
    assert not words or found.how in ("all", "nothing") or provision.cite in cites(found)
    assert found.how != "all" or provision.cite in cites(found) or found.total > 200


@given(st.text(max_size=MAX_SIGNS))
@settings(max_examples=300, deadline=None)
def test_no_query_is_an_error_for_being_odd(ours: LawSearch, words: str) -> None:
    try:
        found = ours.search(Query(words=words))
    except QueryTooLong:
        return
    assert found.total >= len(found.hits)
    assert found.hits or found.hint.en


@pytest.mark.parametrize(
    "words",
    [
        "NEAR(preservation data)",
        "title_stems:preserv",
        "preserv*",
        '"',
        "a OR",
        "(",
        "^data",
        "- -",
        "{said_forms}: x",
        "\x00data",
        "''",
    ],
)
def test_the_language_of_the_engine_cannot_be_typed(ours: LawSearch, words: str) -> None:
    found = ours.search(Query(words=words, limit=200))
    plain = ours.search(Query(words=" ".join("".join(c if c.isalnum() else " " for c in words).split()), limit=200))
    assert (cites(found), found.how) == (cites(plain), plain.how)


def test_the_beginning_of_a_word_is_enough_where_nothing_else_is_found(ours: LawSearch) -> None:
    found = ours.search(Query(words="preservati"))
    assert (found.how, found.total > 10) == ("beginnings", True)
    assert all(text.casefold().startswith("preservati") for text in marked(found))


def test_some_of_the_words_are_enough_where_no_provision_has_them_all(ours: LawSearch) -> None:
    found = ours.search(Query(words="extradition lighthouse"))
    assert (found.how, bool(found.hint.fr)) == ("some", True)
    assert cites(found)[0].startswith("uncc:37")


def test_what_nobody_wrote_is_not_found_and_the_answer_says_what_to_try(ours: LawSearch) -> None:
    found = ours.search(Query(words="qwxyz"))
    assert (found.total, found.how) == (0, "nothing")
    assert "Try" in found.hint.en


def test_limits_that_exclude_every_hit_are_told(ours: LawSearch) -> None:
    found = ours.search(Query(words="extradition", sorting=Sorting(kind="purpose")))
    assert found.total == 0
    assert "Without these limits" in found.hint.en


@pytest.mark.parametrize("kind", ["notice", "period", "reservation", "ground", "offence"])
def test_all_provisions_of_a_kind_are_listed_without_words(ours: LawSearch, kind: str) -> None:
    found = ours.search(Query(sorting=Sorting(kind=kind), limit=200))
    expected = [one.cite for known in LAW.by_number.values() for one in known.values() if one.kind == kind]
    assert (cites(found), found.how) == (expected[:200], "listed")
    assert found.total == len(expected)


def test_all_reservations_allowed_include_the_grounds_that_rest_on_one(ours: LawSearch) -> None:
    found = set(cites(ours.search(Query(sorting=Sorting(reservations=True), limit=200))))
    assert {"uncc:11(3)", "uncc:23(3)(a)", "uncc:42(5)", "uncc:63(3)"} <= found


def test_words_and_what_a_provision_is_are_asked_together(ours: LawSearch) -> None:
    found = ours.search(Query(words="days", sorting=Sorting(kind="period", measure="preservation"), limit=200))
    assert cites(found)
    assert all(hit.kind == "period" for hit in found.hits)


def test_pages_of_hits_follow_each_other_without_a_gap(ours: LawSearch) -> None:
    whole = cites(ours.search(Query(words="State", limit=60)))
    assert whole == [
        cite for at in (0, 20, 40) for cite in cites(ours.search(Query(words="State", limit=20, offset=at)))
    ]


def test_the_convention_comes_before_its_neighbours(ours: LawSearch) -> None:
    assert cites(ours.search(Query(words="preservation")))[0].startswith("uncc:4")


def test_too_long_a_query_is_refused_with_its_limit(ours: LawSearch) -> None:
    with pytest.raises(QueryTooLong, match=str(MAX_SIGNS)):
        ours.search(Query(words="x" * (MAX_SIGNS + 1)))
    with pytest.raises(QueryTooLong, match=str(MAX_WORDS)):
        ours.search(Query(words=" ".join(f"w{number}" for number in range(MAX_WORDS + 1))))


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (Query(words="data", sorting=Sorting(instrument="nato")), UnknownInstrument),
        (Query(words="data", sorting=Sorting(measure="hacking")), UnknownMeasure),
        (Query(words="data", sorting=Sorting(kind="whim")), UnknownSort),
        (Query(words="data", sorting=Sorting(who="nobody")), UnknownSort),
        (Query(words="data", sorting=Sorting(article="x")), UnknownSort),
        (Query(words="data", text_lang="de"), UnknownTextLanguage),
    ],
)
def test_what_does_not_exist_cannot_be_asked_for(ours: LawSearch, query: Query, error: type[Exception]) -> None:
    with pytest.raises(error):
        ours.search(query)


def test_the_index_is_made_once_and_anew_when_the_copies_change() -> None:
    made: list[int] = []

    def make_index(texts: object) -> SqliteWordIndex:
        made.append(1)
        return SqliteWordIndex(texts)  # type: ignore[arg-type]

    searches = Searches(make_index)
    first = searches.of(LAW, Copies())
    assert searches.of(LAW, Copies()) is first
    second = searches.of(LAW, Copies(version="other", read=lambda: copies()))
    assert second is not first
    assert second.search(Query(words="lighthouse")).total == 1
    assert searches.of(LAW, Copies()).search(Query(words="lighthouse")).total == 0
    assert len(made) == 3
