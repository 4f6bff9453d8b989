"""The law data that ships with the program."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from rogatory.law.loader import load_law, read_law
from rogatory.law.model import NoValueInForce, Provision, UnknownInstrument, UnknownMeasure, UnknownProvision
from rogatory.law.words import NO_WORDS, Answer, Words, listed

LAW = load_law()
ROOT = Path(__file__).parents[3]
TREATIES = ROOT / "../shared/data/treaties"
EVERY = [provision for name in LAW.instruments for provision in LAW.provisions(name)]


def test_the_convention_has_sixty_eight_articles_and_each_neighbour_its_own() -> None:
    assert {name: instrument.articles for name, instrument in LAW.instruments.items()} == {
        "uncc": 68,
        "budapest": 48,
        "untoc": 41,
        "uncac": 71,
    }


def test_foreign_preservation_lasts_sixty_days_and_the_domestic_order_up_to_ninety() -> None:
    on = date(2028, 3, 1)
    assert LAW.value("uncc", "42(8)", "days", on=on) == 60
    assert LAW.value("uncc", "25(2)", "days", on=on) == 90
    assert LAW.value("uncc", "2(h)", "years", on=on) == 4


def test_no_value_holds_before_the_day_it_starts() -> None:
    with pytest.raises(NoValueInForce, match="42\\(8\\) sets no days on 2024-12-23"):
        LAW.value("uncc", "42(8)", "days", on=date(2024, 12, 23))


def test_a_value_of_another_name_is_not_there() -> None:
    with pytest.raises(NoValueInForce):
        LAW.value("uncc", "42(8)", "hours", on=date(2028, 3, 1))


def test_the_clause_agrees_with_the_values_of_its_provisions() -> None:
    clause, on = LAW.instrument("uncc").clause, date(2028, 3, 1)
    assert LAW.value("uncc", "65(1)", "instruments", on=on) == clause.threshold == 40
    assert LAW.value("uncc", "65(1)", "days", on=on) == clause.delay.number == 90
    assert LAW.value("uncc", "65(2)", "days", on=on) == clause.late.number == 30
    assert LAW.value("uncc", "67(1)", "years", on=on) == clause.leaving.number


@pytest.mark.parametrize(
    ("article", "count"),
    [("2", 15), ("24", 5), ("35", 6), ("36", 5), ("40", 56), ("41", 11), ("42", 16), ("44", 5)],
)
def test_every_article_has_its_paragraphs_and_letters(article: str, count: int) -> None:
    assert len([provision for provision in LAW.provisions("uncc") if provision.article == article]) == count


def test_article_40_has_its_thirty_two_paragraphs() -> None:
    paragraphs = {re.match(r"40\((\d+)\)", item.number)[1] for item in LAW.provisions("uncc") if item.article == "40"}  # type: ignore[index]
    assert paragraphs == {str(number) for number in range(1, 33)}


def test_preservation_may_be_refused_only_on_the_closed_list() -> None:
    assert set(LAW.grounds_for("preservation")) == {"42(5)", "40(21)(b)", "40(21)(c)", "40(22)"}


def test_stored_data_may_be_refused_on_the_wider_list() -> None:
    assert set(LAW.grounds_for("stored-data")) >= {
        "40(8)",
        "40(21)(a)",
        "40(21)(b)",
        "40(21)(c)",
        "40(21)(d)",
        "40(22)",
    }


def test_nobody_may_decline_on_a_reason_that_is_barred() -> None:
    barred = {provision.number for provision in LAW.grounds("uncc", "mla")} - set(LAW.grounds_for("mla"))
    assert barred == {"40(23)", "40(24)"}


@pytest.mark.parametrize("provision", EVERY, ids=lambda provision: provision.cite)
def test_every_provision_reads_in_both_languages_and_says_how_it_was_checked(provision: Provision) -> None:
    for words in (provision.what, provision.title, provision.checked.words):
        assert words.en.strip()
        assert words.fr.strip()
    assert provision.what.en[-1] in ".:"
    assert provision.what.en != provision.what.fr
    assert "'" not in provision.what.fr, "French takes the apostrophe ’"
    if provision.checked.how == "parallel":
        assert provision.parallels


def test_fields_and_options_have_labels_in_both_languages() -> None:
    for measure in LAW.instrument("uncc").measures:
        for field in LAW.form(measure).fields:
            assert field.label.en
            assert field.label.fr
            assert bool(field.help.en) == bool(field.help.fr)
            assert all(option.label.en and option.label.fr for option in field.options)


def test_what_stands_only_from_memory_says_so() -> None:
    assert "Not yet checked" in LAW.provision("uncc", "41(2)").checked.words.en
    assert LAW.provision("uncc", "40(15)(f)").checked.certainty == "medium"


def test_unknown_names_are_refused() -> None:
    with pytest.raises(UnknownInstrument, match="versailles"):
        LAW.provision("versailles", "1")
    with pytest.raises(UnknownProvision, match="99"):
        LAW.provision("uncc", "99")
    with pytest.raises(UnknownMeasure, match="espionage"):
        LAW.form("espionage")
    with pytest.raises(UnknownMeasure, match="no form"):
        replace(LAW, forms={}).form("preservation", instrument="budapest")


def test_provisions_can_be_asked_for_by_measure_and_kind() -> None:
    periods = LAW.provisions("uncc", measure="preservation", kind="period")
    assert [provision.number for provision in periods] == ["25(2)", "42(8)", "42(9)"]
    assert "40(12)" in [provision.number for provision in LAW.provisions("uncc", kind="notice")]


def test_the_form_of_a_preservation_request_asks_for_all_seven_letters() -> None:
    asked = {field.provision for field in LAW.form("preservation").fields}
    assert {f"42(3)({letter})" for letter in "abcdefg"} <= asked


def test_the_form_of_a_stored_data_request_asks_for_all_seven_letters() -> None:
    asked = {field.provision for field in LAW.form("stored-data").fields}
    assert {f"40(15)({letter})" for letter in "abcdefg"} | {"44(1)", "44(3)"} <= asked


def test_every_parallel_stands_in_the_text_of_the_neighbour() -> None:
    if not TREATIES.is_dir():
        pytest.skip("the treaty texts are not beside the repository (../shared/data/treaties)")
    texts = {name: (TREATIES / f"{name}.en.md").read_text("utf-8") for name in ("budapest", "untoc", "uncac")}
    wrong = [
        f"{provision.number}: {parallel}"
        for provision in EVERY
        for parallel in provision.parallels
        if not stands_in(texts[parallel.split(":")[0]], parallel.split(":")[1])
    ]
    assert wrong == []


def stands_in(text: str, number: str) -> bool:
    """Whether the article has that paragraph, and the paragraph that letter."""
    article, *parts = re.findall(r"\w+", number)
    found = re.search(rf"^### Article +{article} .*?$(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, number
    body = found[1]
    for part in parts:
        if part.isdigit():
            hit = re.search(rf"^{part}\.(.*?)(?=^\d+\.  |\Z)", body, re.MULTILINE | re.DOTALL)
        else:
            hit = re.search(rf"^{part}\)(.*?)$", body, re.MULTILINE)
        if hit is None:
            return False
        body = hit[1]
    return True


def test_no_sentence_of_a_neighbours_text_is_copied() -> None:
    if not TREATIES.is_dir():
        pytest.skip("the treaty texts are not beside the repository (../shared/data/treaties)")
    texts = " ".join((TREATIES / f"{name}.en.md").read_text("utf-8") for name in ("budapest", "untoc", "uncac"))
    plain = " ".join(re.findall(r"\w+", texts.lower()))
    for provision in EVERY:
        words = re.findall(r"\w+", provision.what.en.lower())
        runs = {" ".join(words[start : start + 14]) for start in range(len(words) - 13)}
        assert not [run for run in runs if run in plain], provision.number


def test_the_law_loads_quickly() -> None:
    start = process_time()
    read_law(ROOT / "src/rogatory/law/data")
    assert process_time() - start < 0.75  # measured: a quarter of a second of one core


def test_an_answer_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(Answer.UNKNOWN)


def test_days_and_decimals_are_written_as_each_language_does() -> None:
    words = Words("{day}: {years}", "{day} : {years}").fill(day=date(2028, 3, 1), years=3.5)
    assert words == Words("1 March 2028: 3.5", "1er mars 2028 : 3,5")


def test_words_fall_back_to_english_and_nest() -> None:
    words = Words("The {thing}", "Le {thing}").fill(thing=Words("law", "droit"))
    assert (words.get("fr"), words.get("fr-ca"), words.get("vi")) == ("Le droit", "Le droit", "The law")
    assert listed(["a", "b", "c"]) == Words("a, b and c", "a, b et c")
    assert listed([]) == NO_WORDS
