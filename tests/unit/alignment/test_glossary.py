"""The glossary's data: every language has every concept, and no term is idle, doubled or a word of every sentence."""

import tomllib
from importlib.resources import files

import pytest

from rogatory.alignment.proposing import words
from rogatory.alignment.proposing.finding import Finder
from rogatory.alignment.proposing.glossaries import Glossary, glossary, languages, subjects
from rogatory.alignment.proposing.terms import BadTerm, Term, read_term
from rogatory.law.lookup import wording

LANGUAGES = sorted(languages())
FEWEST_TERMS = 3
#: Concepts that would say the opposite of one another if they shared a term.
APART = (
    ("territory", "abroad"),
    ("illegal-access", "computer-search"),
    ("illegal-interception", "interception-power"),
    ("extradition", "prisoner-transfer"),
    ("mutual-assistance", "extradition"),
    ("expedited-preservation", "asset-freezing"),
    ("witness-protection", "victim-support"),
    ("attempt", "participation"),
    ("confiscation", "asset-return"),
    ("bail", "parole"),
    ("central-authority", "contact-point"),
    ("traffic-data", "content-data"),
    ("traffic-data", "subscriber-data"),
    ("production-order", "partial-disclosure"),
)


def written(lang: str) -> dict[str, list[str]]:
    """The terms of each concept as the file writes them."""
    text = (files("rogatory.alignment.proposing") / "glossary" / f"{lang}.toml").read_text("utf-8")
    concepts: dict[str, list[str]] = tomllib.loads(text)["terms"]
    return concepts


def patterns(term: Term) -> tuple[object, ...]:
    """What the term is compared with, whatever it looks like in the file."""
    return (tuple((part.patterns, part.between) for part in term.parts), term.window)


def test_the_languages_of_most_national_laws_are_there() -> None:
    wanted = {"ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk", "vi", "zh"}
    assert wanted <= languages()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_concept_in_the_same_order(lang: str) -> None:
    assert list(written(lang)) == list(written("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_concept_is_left_nearly_without_terms(lang: str) -> None:
    poor = [concept for concept, terms in written(lang).items() if len(terms) < FEWEST_TERMS]
    assert poor == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_concept_has_the_same_term_twice(lang: str) -> None:
    doubled = []
    for concept, terms in written(lang).items():
        evened = [wording.plain(term) for term in terms] if lang != "vi" else [term.casefold() for term in terms]
        doubled += [(concept, term) for term in terms if evened.count(evened[terms.index(term)]) > 1]
    assert doubled == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_term_is_a_word_that_holds_sentences_together(lang: str) -> None:
    stop = words.stop_words(lang)
    idle = [
        (concept, term) for concept, terms in written(lang).items() for term in terms if wording.plain(term) in stop
    ]
    assert idle == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_opposite_concepts_share_no_term(lang: str) -> None:
    terms = {
        concept: {patterns(term): term.written for term in found} for concept, found in glossary(lang).terms.items()
    }
    shared = [(one, terms[one][same]) for one, other in APART for same in terms[one].keys() & terms[other].keys()]
    assert shared == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_term_is_found_where_it_stands_in_a_text(lang: str) -> None:
    finder = Finder(glossary(lang))
    missed = []
    for concept, terms in written(lang).items():
        plain = [one for one in terms if not any(sign in one for sign in "|~") and ".." not in one]
        text = plain[0].replace("*", "")
        if concept not in {hit.concept for hit in finder.find(text).hits}:
            missed.append((concept, text))
    assert missed == []


def test_the_subjects_name_only_concepts_that_there_are() -> None:
    known = set(written("en"))
    named = {
        concept
        for subject in subjects().values()
        for concept in (*subject.names, *(one for group in subject.groups for one in group), *subject.helps)
    }
    assert named <= known


def test_a_term_without_a_word_in_it_is_refused() -> None:
    with pytest.raises(BadTerm, match="has no word in it"):
        read_term("..", "en")


def test_a_language_that_the_glossary_lacks_has_no_terms() -> None:
    assert glossary("xx") == Glossary(lang="xx", terms={})
