"""Names of States and provisions in letters, the staffing of desks, and reading what was chosen."""

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.examplia import CHOICES

from rogatory.law.loader import load_law
from rogatory.law.plain import plain
from rogatory.law.words import Words
from rogatory.readiness import catalogue, naming
from rogatory.readiness.choices import NO_CHOICES, Shift
from rogatory.readiness.choosing import BadChoices, read_choices, template
from rogatory.readiness.staffing import DAY, WEEK, coverage

LAW = load_law()
GIVEN: dict[str, Any] = tomllib.loads(CHOICES)

shifts = st.lists(
    st.builds(
        lambda start, length, people: Shift(start=start, end=start + length, people=people, languages=("en",)),
        st.integers(0, WEEK - 1),
        st.integers(1, DAY),
        st.integers(1, 9),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("name", "of", "to"),
    [
        ("le Royaume d’Examplie", "du Royaume d’Examplie", "au Royaume d’Examplie"),
        ("la République d’Examplie", "de la République d’Examplie", "à la République d’Examplie"),
        ("les Îles d’Examplie", "des Îles d’Examplie", "aux Îles d’Examplie"),
        ("l’État d’Examplie", "de l’État d’Examplie", "à l’État d’Examplie"),
        ("Examplie", "d’Examplie", "à Examplie"),
        ("Malte", "de Malte", "à Malte"),
    ],
)
def test_french_joins_the_article_of_a_state(name: str, of: str, to: str) -> None:
    words = Words("Examplia", name)
    assert (naming.of(words).fr, naming.to(words).fr) == (of, to)
    assert naming.of(words).en == "of Examplia"
    assert naming.opening(words).fr[0].isupper()


def test_a_provision_is_spelled_out_as_letters_do() -> None:
    assert naming.provision("37(6)(a)") == Words("article 37, paragraph 6 (a)", "article 37, paragraphe 6, alinéa a)")
    assert naming.provision("62") == Words("article 62", "article 62")
    assert naming.provisions(("65(1)", "65(2)")).en == "article 65, paragraphs 1 and 2"
    assert naming.provisions(("65(1)", "67(1)")).fr == "article 65, paragraphe 1 et article 67, paragraphe 1"


@given(shifts)
def test_what_is_covered_and_what_is_not_make_up_the_week(plan: list[Shift]) -> None:
    found = coverage(plan)
    covered = {minute % WEEK for one in plan for minute in range(one.start, one.end)}
    assert round(found.hours * 60) == len(covered)
    assert sum(gap.minutes for gap in found.gaps) == WEEK - len(covered)
    assert found.round_the_clock is (len(covered) == WEEK)
    assert found.always == (("en",) if plan else ())


def test_a_gap_around_the_end_of_the_week_is_one_gap_and_a_missing_language_shows() -> None:
    weekdays = [
        Shift(start=day * DAY, end=(day + 1) * DAY, people=1, languages=("en", "fr") if day else ("en",))
        for day in range(1, 5)
    ]
    found = coverage([Shift(start=8 * 60, end=DAY, people=2, languages=("en",)), *weekdays])
    assert [(gap.start, gap.end, gap.minutes) for gap in found.gaps] == [("sat 00:00", "mon 08:00", 2 * DAY + 8 * 60)]
    assert (found.hours, found.always, found.person_hours) == (112, ("en",), 128)


def test_choices_are_read_back_from_what_is_stored_as_they_were_given() -> None:
    found = read_choices(GIVEN, law=LAW)
    assert read_choices(plain(GIVEN), law=LAW) == found
    assert found.name == Words("the Republic of Examplia", "la République d’Examplie")
    assert "laws[1].title" in found.one_language
    assert "name" not in found.one_language
    assert coverage(found.authority("41(2)")[0].staffed).round_the_clock
    assert read_choices({}, law=LAW) == NO_CHOICES


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"manner": "conquest"}, "manner"),
        ({"name": {"de": "x"}}, "name"),
        ({"place": "x" * 301}, "place"),
        ({"place": "a\u202eb"}, "place"),
        ({"languages": ["xx"]}, "languages"),
        ({"settled": "yes"}, "settled"),
        ({"signer": {"office": "king"}}, "signer.office"),
        ({"unknown": 1}, "unknown"),
        ({"authorities": [{"provision": "40(13)", "name": "x"}]}, "authorities[1].provision"),
        ({"authorities": [{"provision": "40(12)"}]}, "authorities[1].name"),
        ({"authorities": "x"}, "authorities"),
        ({"laws": [{"title": "x"}]}, "laws[1].provisions"),
        ({"laws": [{"title": "x", "provisions": ["50(5)"], "on": "yesterday"}]}, "laws[1].on"),
        ({"statements": [{"kind": "reservation"}]}, "statements[1].provision"),
        ({"statements": [{"kind": "reservation", "provision": "99"}]}, "statements[1].provision"),
        (
            {"authorities": [{"provision": "41(2)", "name": "x", "staffed": [{"from": "25:00", "to": "08:00"}]}]},
            "authorities[1].staffed[1].from",
        ),
        (
            {"authorities": [{"provision": "41(2)", "name": "x", "staffed": [{"from": "24:30", "to": "08:00"}]}]},
            "authorities[1].staffed[1].from",
        ),
        ({"statements": [{"kind": "declaration", "provision": "4"}] * 2}, "4"),
    ],
)
def test_a_wrong_choice_is_refused_with_its_place(given: dict[str, Any], place: str) -> None:
    with pytest.raises(BadChoices) as caught:
        read_choices(given, law=LAW)
    assert place in caught.value.message


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_file_to_fill_in_can_be_read_as_it_is_and_with_every_line_used(lang: str) -> None:
    assert read_choices(tomllib.loads(template(lang)), law=LAW) == NO_CHOICES
    lines = [line.removeprefix("# ") for line in template(lang).splitlines()]
    used = "\n".join(line for line in lines if re.match(r"[a-z_]+ = |\[", line))
    found = read_choices(tomllib.loads(used), law=LAW)
    assert found.signer.office == "minister-of-foreign-affairs"
    assert [one.provision for one in found.authorities] == ["40(12)", "41(2)"]


def test_the_catalogue_has_every_notice_to_the_depositary_and_every_reservation_by_name() -> None:
    owed = [
        one.number
        for one in LAW.provisions("uncc", kind="notice")
        if one.notice is not None and one.notice.to == "depositary"
    ]
    assert [one.number for one in catalogue.notices(LAW)] == owed
    assert {one.provision for one in catalogue.offers(LAW)} >= {
        one.number for one in LAW.provisions("uncc", kind="reservation")
    }
