"""How a term of the glossary is written, and where it is found in a text."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.alignment.obligations import articles, obligations
from rogatory.alignment.proposing import words
from rogatory.alignment.proposing.finding import Finder
from rogatory.alignment.proposing.glossaries import Glossary, glossary, languages, subjects
from rogatory.alignment.proposing.lexical import kindred
from rogatory.alignment.proposing.ranking import _subject
from rogatory.alignment.proposing.terms import BadTerm, read_term
from rogatory.law.loader import load_law

LAW = load_law()
WRITTEN = sorted(languages())


def found(term: str, text: str, lang: str = "en") -> list[str]:
    """What *term* finds in *text*."""
    known = Finder(Glossary(lang=lang, terms={"it": (read_term(term, lang),)}))
    return [text[hit.start : hit.end] for hit in known.find(text).hits]


@pytest.mark.parametrize(
    ("term", "text", "lang", "expected"),
    [
        ("preserve", "They preserved what is preserved.", "en", ["preserved", "preserved"]),
        ("computer data", "the computer and its data", "en", ["computer and its data"]),
        ("computer data", "a computer that a person sold without data", "en", []),
        ("computer .. data", "a computer that some person sold, and data", "en",
         ["computer that some person sold, and data"]),
        ("data computer", "computer data", "en", []),
        ("~ data computer", "computer data", "en", ["computer data"]),
        ("illegal|unlawful access", "An unlawful access, an illegal access, a lawful access", "en",
         ["unlawful access", "illegal access"]),
        ("e-mail", "An E-mail or an e mail", "en", ["E-mail", "e mail"]),
        ("cyber*", "cyberspace, cybercrime and the cyborg", "en", ["cyberspace", "cybercrime"]),
        ("liability of legal persons", "liability of a legal person", "en", ["liability of a legal person"]),
        ("datenverarbeitung", "die Datenverarbeitungsanlage", "de", ["Datenverarbeitungsanlage"]),
        ("*werk", "een netwerk", "nl", ["netwerk"]),
        ("mạng máy tính", "mạng máy tính, mạng và máy tính", "vi", ["mạng máy tính"]),
        ("xóa", "xoa", "vi", []),
        ("نظام معلوماتي", "والنظام المعلوماتي", "ar", ["والنظام المعلوماتي"]),
        ("计算机信息系统", "侵入计算机信息系统的", "zh", ["计算机信息系统"]),
        ("侵入 系统", "侵入国家计算机信息系统", "zh", ["侵入国家计算机信息系统"]),
        ("侵入 系统", "侵入国家事务国防建设尖端科学技术领域的系统", "zh", []),
        ("侵入 .. 系统", "侵入国家事务国防建设尖端科学技术领域的系统", "zh",
         ["侵入国家事务国防建设尖端科学技术领域的系统"]),
        ("ポルノ", "児童ポルノの提供", "ja", ["ポルノ"]),
        ("ip地址", "互联网ＩＰ地址", "zh", ["ＩＰ地址"]),
        ("компьютерная информация", "доступ к компьютерной информации", "ru", ["компьютерной информации"]),
    ],
)  # fmt: skip
def test_a_term_is_found_as_its_line_says(term: str, text: str, lang: str, expected: list[str]) -> None:
    assert found(term, text, lang) == expected


@pytest.mark.parametrize("term", ["", "~", "..", "!"])
def test_a_term_without_a_word_is_refused(term: str) -> None:
    with pytest.raises(BadTerm):
        read_term(term, "en")


def test_a_choice_of_several_words_is_refused() -> None:
    with pytest.raises(BadTerm):
        read_term("e-mail|letter box", "en")


def test_a_concept_inside_a_longer_term_of_the_same_counts_once() -> None:
    known = Finder(Glossary(lang="en", terms={"it": (read_term("computer", "en"), read_term("computer system", "en"))}))
    hits, length, _ = known.find("the computer system")
    assert [(hit.place, hit.size) for hit in hits] == [(0, 2)]
    assert length == 2


@cache
def finder(lang: str) -> Finder:
    return Finder(glossary(lang) if lang in languages() else kindred(lang))


@given(lang=st.sampled_from([*WRITTEN, "ca", ""]), text=st.text(max_size=200))
@settings(deadline=None)
def test_any_text_can_be_looked_through(lang: str, text: str) -> None:
    hits, length, _ = finder(lang).find(text)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert [hit.place for hit in hits] == sorted(hit.place for hit in hits)
    assert length <= len(text)


def test_every_language_of_the_convention_and_those_of_the_users_have_a_glossary() -> None:
    assert {"en", "fr", "es", "ru", "ar", "pt", "de", "nl", "vi"} <= languages()


def test_every_article_has_a_subject_whose_concepts_are_known() -> None:
    known = set(glossary("en").terms)
    assert {number for number in subjects() if "(" not in number} == set(articles(LAW))
    for subject in subjects().values():
        named = {*subject.names, *subject.helps, *subject.hurts, *(one for group in subject.groups for one in group)}
        assert named <= known, subject.number


def test_a_paragraph_with_a_subject_of_its_own_is_an_obligation() -> None:
    numbers = {one.number for one in obligations(LAW)}
    assert {number for number in subjects() if "(" in number} <= numbers


def test_every_obligation_has_a_subject() -> None:
    assert all(_subject(one.number).groups for one in obligations(LAW))


def test_a_language_that_borrows_is_given_the_terms_of_its_neighbours() -> None:
    assert kindred("gl").lang == "gl"
    assert set(kindred("gl").terms) == set(glossary("pt").terms)
    assert "extradition" in {hit.concept for hit in Finder(kindred("gl")).find("A extradición dunha persoa").hits}


def test_words_that_hold_a_sentence_together_are_known_beyond_the_languages_of_the_treaties() -> None:
    assert "und" in words.stop_words("de")
    assert words.stop_words("xx") == frozenset()
