"""The neighbours as data: what they cover, and whether their numbers agree with their texts."""

import re
from pathlib import Path

import pytest

from rogatory.law.loader import load_law
from rogatory.law.provisions import article_of

LAW = load_law()
TREATIES = Path(__file__).parents[3] / "../shared/data/treaties"
COVERED = {
    "budapest": {*range(1, 38), 39, 40, 42, 47},
    "untoc": {2, 3, 13, 14, *range(16, 20), 21, 27, 35, 38, 40},
    "uncac": {*range(43, 51), *range(55, 58), 66, 68, 70},
}
ARTICLES = [(name, number) for name, articles in COVERED.items() for number in sorted(articles)]
# Articles of which only some letters or paragraphs matter to cooperation.
IN_PART = {("untoc", 2)}


def described(name: str, article: int) -> list[str]:
    return [one.number for one in LAW.provisions(name) if one.article == str(article)]


def text_of(name: str, article: int) -> str:
    if not TREATIES.is_dir():
        pytest.skip("the treaty texts are not beside the repository (../shared/data/treaties)")
    text = (TREATIES / f"{name}.en.md").read_text("utf-8")
    found = re.search(rf"^### Article +{article} .*?$(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{name} {article}"
    return found[1]


@pytest.mark.parametrize("name", sorted(COVERED))
def test_each_neighbour_is_described_as_far_as_cooperation_needs_it(name: str) -> None:
    assert {int(one.article) for one in LAW.provisions(name)} == COVERED[name]


@pytest.mark.parametrize("name", sorted(COVERED))
def test_neighbours_were_read_in_their_texts(name: str) -> None:
    assert {(one.checked.how, one.checked.certainty) for one in LAW.provisions(name)} == {("text", "high")}


@pytest.mark.parametrize(("name", "article"), ARTICLES)
def test_the_paragraphs_described_are_those_of_the_text(name: str, article: int) -> None:
    paragraphs = {int(number) for number in re.findall(r"^(\d+)\. ", text_of(name, article), re.MULTILINE)}
    ours = {int(number) for one in described(name, article) for number in re.findall(rf"^{article}\((\d+)\)", one)}
    assert ours == paragraphs


@pytest.mark.parametrize(("name", "article"), ARTICLES)
def test_the_letters_described_stand_in_the_text(name: str, article: int) -> None:
    text = text_of(name, article)
    for number in described(name, article):
        found = re.fullmatch(rf"{article}(?:\((\d+)\))?\(([a-z])\)", number)
        if not found:
            continue
        paragraph, letter = found.groups()
        body = text
        if paragraph:
            cut = re.search(rf"^{paragraph}\. (.*?)(?=^\d+\. |\Z)", text, re.MULTILINE | re.DOTALL)
            assert cut, number
            body = cut[1]
        assert re.search(rf"^{letter}\)", body, re.MULTILINE), number


@pytest.mark.parametrize(("name", "article"), [pair for pair in ARTICLES if pair not in IN_PART])
def test_where_one_letter_is_described_all_are(name: str, article: int) -> None:
    text = text_of(name, article)
    by_paragraph: dict[str, list[str]] = {}
    for number in described(name, article):
        if found := re.fullmatch(rf"{article}(?:\((\d+)\))?\(([a-z])\)", number):
            by_paragraph.setdefault(found[1] or "", []).append(found[2])
    for paragraph, letters in by_paragraph.items():
        body = text
        if paragraph:
            body = re.split(r"^\d+\. ", text, flags=re.MULTILINE)[int(paragraph)]
        assert letters == re.findall(r"^([a-z])\)", body, re.MULTILINE), f"{name} {article}({paragraph})"


@pytest.mark.parametrize("name", sorted(LAW.instruments))
def test_the_clause_cites_provisions_that_are_described(name: str) -> None:
    for number in LAW.instrument(name).clause.cite:
        assert LAW.provision(name, number).kind == "final"


@pytest.mark.parametrize("name", sorted(LAW.instruments))
def test_the_clause_agrees_with_the_numbers_of_what_it_cites(name: str) -> None:
    instrument = LAW.instrument(name)
    first = LAW.provision(name, instrument.clause.cite[0])
    unit = "months" if instrument.clause.delay.kind == "month-after-months" else "days"
    assert first.values[0].numbers["instruments"] == instrument.clause.threshold
    assert first.values[0].numbers[unit] == instrument.clause.delay.number
    last = LAW.provision(name, instrument.clause.cite[-1])
    assert set(last.values[0].numbers.values()) == {instrument.clause.leaving.number}


def test_a_parallel_to_an_article_that_we_describe_leads_to_a_provision() -> None:
    dangling = [
        f"{one.cite} -> {parallel}"
        for one in LAW.provisions("uncc")
        for parallel in one.parallels
        for name, number in [parallel.split(":")]
        if int(article_of(number)) in COVERED[name] - {article for part, article in IN_PART if part == name}
        and number not in LAW.by_number[name]
    ]
    assert dangling == []


@pytest.mark.parametrize("name", sorted(COVERED))
def test_the_measures_of_a_neighbour_name_a_provision_that_is_described(name: str) -> None:
    for measure in LAW.instrument(name).measures.values():
        assert LAW.provision(name, measure.provision).what.en


@pytest.mark.parametrize("name", sorted(COVERED))
def test_what_a_neighbour_carries_bears_on_a_measure_that_has_a_form(name: str) -> None:
    for measure in LAW.instrument(name).measures.values():
        assert (name, measure.id) in LAW.forms
        assert measure.provision in {one.number for one in LAW.provisions(name, measure=measure.id)}


def test_the_reservations_of_budapest_are_those_its_article_42_lists() -> None:
    listed = set(LAW.provision("budapest", "42").cross)
    reservations = {one.number for one in LAW.provisions("budapest", kind="reservation")}
    assert reservations - {"42"} == listed


@pytest.mark.parametrize("article", [str(number) for number in range(2, 12)])
def test_every_offence_of_budapest_has_a_conduct_and_a_mental_element(article: str) -> None:
    kinds = {
        element.kind for number in described("budapest", int(article)) for element in LAW.elements("budapest", number)
    }
    assert {"conduct", "mental"} <= kinds
