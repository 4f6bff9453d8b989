"""The neighbours' data held against their official English texts, where those stand beside the repository."""

import re
from pathlib import Path

import pytest

from rogatory.documents import reading
from rogatory.law.copies import recognising
from rogatory.law.copies.comparing import compare
from rogatory.law.copies.recognising import OtherInstrument, OtherLanguage
from rogatory.law.loader import load_law

LAW = load_law()
TREATIES = Path(__file__).parents[3] / "../shared/data/treaties"
NAMES = ("budapest", "untoc", "uncac")


def file_of(name: str) -> Path:
    if not TREATIES.is_dir():
        pytest.skip("the treaty texts are not beside the repository (../shared/data/treaties)")
    return TREATIES / f"{name}.en.md"


@pytest.mark.parametrize("name", NAMES)
def test_our_data_agree_with_the_official_text(name: str) -> None:
    copy = recognising.read_copy(reading.read_file(file_of(name)), LAW, instrument=name, lang="en")
    assert len(copy.articles) == LAW.instruments[name].articles
    found = compare(LAW, copy)
    # Some letters of the neighbours are described together on purpose; nothing else may differ.
    assert [one for one in found.found if one.kind != "undivided"] == []
    assert set(found.places) == set(LAW.by_number[name])
    assert found.same == len(found.places)


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_of_the_official_text_is_found(name: str) -> None:
    copy = recognising.read_copy(reading.read_file(file_of(name)), LAW, instrument=name, lang="en")
    text = file_of(name).read_text("utf-8")
    for article in copy.articles.values():
        raw = re.search(rf"^### Article +{article.number} .*?$(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL)
        assert raw
        there = {int(number) for number in re.findall(r"^(\d+)\. ", raw[1], re.MULTILINE)}
        split = {int(found[1]) for one in article.provisions if (found := re.match(r"\d+\((\d+)\)", one.number))}
        assert split == there, article.number
        assert article.title


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("given", ["uncc", *NAMES])
def test_a_neighbours_text_is_taken_for_no_other_instrument(name: str, given: str) -> None:
    document = reading.read_file(file_of(name))
    if given == name:
        assert recognising.read_copy(document, LAW, instrument=given, lang="en").instrument == name
        return
    with pytest.raises(OtherInstrument, match=rf"\({name}\)"):
        recognising.read_copy(document, LAW, instrument=given, lang="en")


def test_an_english_text_is_not_taken_for_french() -> None:
    with pytest.raises(OtherLanguage, match="en"):
        recognising.read_copy(reading.read_file(file_of("budapest")), LAW, instrument="budapest", lang="fr")
