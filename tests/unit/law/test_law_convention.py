"""The whole Convention as data: its articles, notices, reservations, numbers, and the elements of its offences."""

import re
from collections import Counter
from datetime import date

import pytest

from rogatory.law.loader import load_law
from rogatory.law.model import Provision
from rogatory.law.words import Words

LAW = load_law()
CONVENTION = LAW.provisions("uncc")
OFFENCES = tuple(str(number) for number in range(7, 18))
ON = date(2028, 3, 1)


def of_article(article: str) -> list[Provision]:
    return [provision for provision in CONVENTION if provision.article == article]


def numbers(provisions: list[Provision] | tuple[Provision, ...]) -> list[str]:
    return [provision.number for provision in provisions]


def test_every_article_from_1_to_68_is_described() -> None:
    assert {provision.article for provision in CONVENTION} == {str(number) for number in range(1, 69)}


def test_nine_chapters_share_out_the_articles() -> None:
    chapters = LAW.instrument("uncc").chapters
    assert [(chapter.number, chapter.first, chapter.last) for chapter in chapters] == [
        ("I", 1, 6),
        ("II", 7, 21),
        ("III", 22, 22),
        ("IV", 23, 34),
        ("V", 35, 52),
        ("VI", 53, 53),
        ("VII", 54, 56),
        ("VIII", 57, 58),
        ("IX", 59, 68),
    ]


def test_the_instrument_says_why_it_is_68_articles_and_not_71() -> None:
    note = LAW.instrument("uncc").note
    assert {"68", "71"} <= set(re.findall(r"\d+", note.en)) & set(re.findall(r"\d+", note.fr))
    assert LAW.instrument("uncac").articles == 71


def test_a_paragraph_stands_before_its_letters_and_no_paragraph_is_left_out() -> None:
    for article in sorted({provision.article for provision in CONVENTION}, key=int):
        tops = [re.findall(r"\((\w+)\)", number)[:1] for number in numbers(of_article(article)) if "(" in number]
        paragraphs = list(dict.fromkeys(int(top[0]) for top in tops if top[0].isdigit()))
        assert paragraphs == list(range(1, len(paragraphs) + 1)), article
        letters = list(dict.fromkeys(top[0] for top in tops if not top[0].isdigit()))
        assert letters == [chr(ord("a") + place) for place in range(len(letters))], article


@pytest.mark.parametrize("article", [str(number) for number in range(1, 16)])
def test_articles_1_to_15_were_read_in_the_text(article: str) -> None:
    assert {(one.checked.how, one.checked.certainty) for one in of_article(article)} == {("text", "high")}


def test_nothing_after_article_15_claims_to_have_been_read_in_the_text() -> None:
    assert [one.number for one in CONVENTION if int(one.article) > 15 and one.checked.how == "text"] == []


@pytest.mark.parametrize(
    ("number", "by", "to", "when"),
    [
        ("17(2)(d)", "every-party", "depositary", "undated"),
        ("37(6)(a)", "treaty-dependent-party", "depositary", "with-instrument"),
        ("37(19)", "every-party", "depositary", "signature-or-instrument"),
        ("40(12)", "every-party", "depositary", "with-instrument"),
        ("40(13)", "every-party", "depositary", "with-instrument"),
        ("41(2)", "every-party", "depositary", "undated"),
        ("50(5)", "every-party", "depositary", "undated"),
        ("53(7)", "every-party", "depositary", "undated"),
        ("57(6)", "every-party", "conference", "as-required"),
        ("64(3)", "regional-organisation", "depositary", "with-instrument"),
        ("64(4)", "regional-organisation", "depositary", "with-instrument"),
    ],
)
def test_every_notice_says_who_tells_whom_and_when(number: str, by: str, to: str, when: str) -> None:
    notice = LAW.provision("uncc", number).notice
    assert notice is not None
    assert (notice.by, notice.to, notice.when) == (by, to, when)


def test_there_are_no_other_notices() -> None:
    notices = numbers(LAW.provisions("uncc", kind="notice"))
    assert len(notices) == 11
    assert all(LAW.provision("uncc", number).notice for number in notices)


def test_five_reservations_are_provided_for_by_name() -> None:
    reservations = numbers(LAW.provisions("uncc", kind="reservation"))
    assert reservations == ["11(3)", "23(3)(a)", "23(3)(b)", "42(5)", "63(3)"]


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        ("2(h)", "years", 4),
        ("14(2)", "years", 18),
        ("16(2)", "years", 18),
        ("25(2)", "days", 90),
        ("40(29)", "days", 15),
        ("41(2)", "years", 1),
        ("42(8)", "days", 60),
        ("57(2)", "years", 1),
        ("62", "parties", 60),
        ("62", "majority_numerator", 2),
        ("62", "majority_denominator", 3),
        ("63(2)", "months", 6),
        ("65(1)", "instruments", 40),
        ("65(1)", "days", 90),
        ("65(2)", "days", 30),
        ("66(1)", "years", 5),
        ("66(1)", "majority_numerator", 2),
        ("66(1)", "majority_denominator", 3),
        ("66(4)", "days", 90),
        ("67(1)", "years", 1),
    ],
)
def test_the_numbers_of_the_convention(number: str, name: str, value: int) -> None:
    assert LAW.value("uncc", number, name, on=ON) == value


def test_no_provision_counts_hours() -> None:
    names = {name for one in CONVENTION for value in one.values for name in value.numbers}
    assert names == {
        "days",
        "months",
        "years",
        "instruments",
        "parties",
        "majority_numerator",
        "majority_denominator",
    }


def test_signature_closes_at_the_end_of_2026() -> None:
    assert LAW.provision("uncc", "64(1)").dates["signature-closes"] == date(2026, 12, 31)


@pytest.mark.parametrize("article", OFFENCES)
def test_every_offence_has_a_conduct_and_a_mental_element(article: str) -> None:
    kinds = Counter(element.kind for one in of_article(article) for element in one.elements)
    assert kinds["conduct"] >= 1
    assert kinds["mental"] >= 1
    assert bool(kinds["without-right"]) == (article not in ("15", "17"))


def test_elements_stand_only_in_offences_and_every_offence_of_chapter_two_has_them() -> None:
    with_elements = {one.article for one in CONVENTION if one.elements}
    assert with_elements == set(OFFENCES) == set(LAW.provision("uncc", "35(1)(b)").offences)


@pytest.mark.parametrize("article", OFFENCES)
def test_each_way_to_commit_an_offence_is_complete_with_what_it_stands_under(article: str) -> None:
    offences = [one.number for one in of_article(article) if one.kind == "offence"]
    leaves = [number for number in offences if not any(other.startswith(f"{number}(") for other in offences)]
    for leaf in leaves:
        assert {"conduct", "mental"} <= {element.kind for element in LAW.elements("uncc", leaf)}, leaf


def test_the_elements_of_a_letter_begin_with_those_of_its_paragraph() -> None:
    found = LAW.elements("uncc", "17(1)(a)(i)")
    assert [element.kind for element in found] == ["mental", "object", "mental", "conduct", "conduct", "purpose"]
    assert LAW.elements("uncc", "17(1)")[0] == found[0]
    assert LAW.elements("uncc", "42(8)") == ()


def test_a_state_may_narrow_or_widen_these_offences() -> None:
    assert [one.number for one in CONVENTION if any(option.effect == "narrows" for option in one.options)] == [
        "7(2)",
        "8(2)",
        "9(2)",
        "12(2)",
        "14(3)(a)",
        "14(3)(b)",
        "15(2)",
        "16(5)",
    ]
    assert [one.number for one in CONVENTION if any(option.effect == "widens" for option in one.options)] == [
        "15(3)",
        "16(3)",
    ]
    assert len(LAW.provision("uncc", "7(2)").options) == 3


def test_what_may_be_left_out_says_by_whom_and_up_to_where() -> None:
    found = {one.number: one.exclusions[0] for one in CONVENTION if one.exclusions}
    assert {number: exclusion.by for number, exclusion in found.items()} == {
        "11(2)": "treaty",
        "11(3)": "reservation",
        "14(4)(a)": "domestic-law",
        "14(4)(b)": "domestic-law",
        "15(4)": "domestic-law",
        "17(2)(e)": "domestic-law",
        "23(3)(a)": "reservation",
        "23(3)(b)": "reservation",
    }
    assert "11(1)(a)(ii)" in found["11(3)"].unless.en


def test_elements_options_and_exclusions_read_in_both_languages() -> None:
    every: list[Words] = []
    for name in LAW.instruments:
        for one in LAW.provisions(name):
            every += [element.what for element in one.elements]
            every += [option.what for option in one.options]
            every += [words for exclusion in one.exclusions for words in (exclusion.what, exclusion.unless) if words.en]
    assert len(every) > 100
    for words in every:
        assert words.en[-1] == words.fr[-1] == "."
        assert "'" not in words.fr, words.fr


def test_a_note_stands_wherever_only_the_rule_is_sure() -> None:
    unsure = [one for one in CONVENTION if one.checked.certainty != "high"]
    assert unsure
    assert [one.number for one in unsure if not one.checked.note] == []


def test_new_provisions_bear_on_no_measure_by_accident() -> None:
    bearing = {one.article for one in CONVENTION if one.measures}
    general = {"2", "4", "6", "21", "22", "23", "24", "25", "31"}
    cooperation = {str(number) for number in range(35, 53)}
    assert bearing <= general | cooperation
