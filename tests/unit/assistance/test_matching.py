"""A need held against an offer: every reason and obstacle says its fact, and the score is the same for everybody."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.assistance import choices, matching
from rogatory.assistance.entries import Act, Entry, Visibility
from rogatory.assistance.matching import Asking, Match
from rogatory.law.words import Words

TODAY = date(2028, 3, 1)
ASKING = Asking(state="VNM", name=Words("Viet Nam", "Viet Nam"), group="asia-pacific", joined="signatory")
NEED = {
    "title": "Course",
    "what": "A course.",
    "help": ["training"],
    "provisions": ["25(1)", "29"],
    "languages": ["vi", "en"],
    "audiences": ["prosecutors"],
    "persons": 40,
    "starts": "2028-05-01",
    "ends": "2028-06-30",
}
OFFER = {
    "title": "Courses",
    "what": "Courses.",
    "by": "UNODC",
    "help": ["training", "expert"],
    "provisions": ["25", "29"],
    "regions": ["asia-pacific"],
    "languages": ["en-GB", "fr"],
    "audiences": ["prosecutors", "judges"],
    "places": 40,
    "starts": "2028-06-01",
    "ends": "2028-12-31",
    "funded": "fully",
}


def entry(kind: str, body: dict[str, Any], *, id: str = "0" * 26) -> Entry:
    return Entry(
        owner="VNM", id=id, version=1, kind=kind, body=body, visibility=Visibility.PRIVATE, partners=(),
        withdrawn=False, act=Act.MADE, at=datetime(2028, 1, 1, tzinfo=UTC), by_name="",
    )  # fmt: skip


def held(offer: dict[str, Any] | None = None, need: dict[str, Any] | None = None, asking: Asking = ASKING) -> Match:
    return matching.match(
        entry("need", {**NEED, **(need or {})}), asking, entry("offer", {**OFFER, **(offer or {})}), today=TODAY
    )


def test_an_offer_that_answers_everything_scores_the_whole_and_says_why_in_both_languages() -> None:
    found = held()
    assert (found.score, found.obstacles) == (100, ())
    assert {one.fact for one in found.reasons} == set(matching.WEIGHTS)
    assert all(one.says.en != one.says.fr and "{" not in one.says.en + one.says.fr for one in found.reasons)
    assert sum(matching.WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("offer", "fact", "blocks", "says"),
    [
        ({"help": ["equipment"]}, "help", False, "Does not give: training."),
        ({"provisions": ["25(2)"]}, "provisions", False, "Does not cover 29."),
        ({"states": ["GHA"], "regions": []}, "eligible", True, "Is only for other States than Viet Nam."),
        ({"regions": ["african"]}, "eligible", True, "Is only for African States."),
        ({"levels": ["least-developed"]}, "eligible", False, "does not say whether"),
        ({"joined": "party"}, "joined", True, "Is only for Parties; Viet Nam is not among them."),
        ({"languages": ["fr"]}, "languages", False, "Is given only in fr."),
        ({"ends": "2028-02-29"}, "time", True, "Ended on 29 February 2028."),
        ({"starts": "2028-07-01"}, "time", False, "for another time"),
        ({"audiences": ["judges"]}, "audiences", False, "Is for others: judges."),
        ({"places": 39}, "places", False, "only 39 places for 40 people"),
        ({"funded": "not"}, "funds", False, "money must be found"),
    ],
)
def test_each_obstacle_names_its_fact(offer: dict[str, Any], fact: str, *, blocks: bool, says: str) -> None:
    found = held(offer)
    [one] = [each for each in found.obstacles if each.fact == fact]
    assert says in one.says.en
    assert one.blocks is found.blocked is blocks
    assert found.score <= held().score


def test_what_neither_side_says_speaks_neither_for_nor_against() -> None:
    bare = {"title": "t", "what": "w", "help": ["training"]}
    found = matching.match(entry("need", bare), ASKING, entry("offer", {**bare, "by": "x"}), today=TODAY)
    assert [one.fact for one in found.reasons] == ["help", "eligible"]
    assert found.obstacles == ()
    unknown = held({"joined": "party"}, asking=replace(ASKING, joined=""))
    assert not unknown.blocked
    assert "is not known here" in unknown.obstacles[0].says.en


def test_the_best_stands_first_and_who_is_shut_out_last_and_other_help_is_no_match() -> None:
    names = {"best": {}, "less": {"languages": ["fr"]}, "shut": {"regions": ["african"]}, "other": {"help": ["funds"]}}
    offers = [entry("offer", {**OFFER, **body, "title": name}) for name, body in names.items()]
    need = entry("need", NEED)
    found = matching.matches([(need, ASKING, one) for one in reversed(offers)], today=TODAY)
    assert [one.offer.title for one in found] == ["best", "less", "shut"]
    assert matching.matches([(need, ASKING, one) for one in offers], today=TODAY, least=100) == found[:1]


@st.composite
def bodies(draw: st.DrawFn, base: dict[str, Any]) -> dict[str, Any]:
    some = {key: value for key, value in base.items() if key in ("title", "what", "by") or draw(st.booleans())}
    some["help"] = draw(st.lists(st.sampled_from(sorted(choices.HELP)), min_size=1, max_size=4, unique=True))
    for name in ("starts", "ends"):
        if name in some:
            some[name] = draw(st.sampled_from(["2027-01-01", "2028-03-01", "2028-07-01"]))
    return some


@given(bodies(NEED), bodies(OFFER))
def test_a_score_is_between_nothing_and_a_hundred_and_the_sum_of_its_reasons(
    need: dict[str, Any], offer: dict[str, Any]
) -> None:
    one = matching.match(entry("need", need), ASKING, entry("offer", offer), today=TODAY)
    assert one.score == sum(each.points for each in one.reasons)
    assert 0 <= one.score <= 100
    assert one == matching.match(entry("need", need), ASKING, entry("offer", offer), today=TODAY)
    assert all(each.points == 0 for each in one.obstacles)
