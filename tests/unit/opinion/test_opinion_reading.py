"""Reading facts: what is exactly right is taken, and everything else is refused with its place."""

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import BadInput
from rogatory.kernel.canonical import DuplicateKey
from rogatory.opinion.facts import BadFacts, Declared, Facts
from rogatory.opinion.reading import FACTS, MAX_BYTES, read_facts, read_facts_text

TODAY = date(2028, 3, 1)
TOML = """\
# Who asks whom for what.
measure = "preservation"
requesting = "VNM"
requested = "FRA"
on = 2028-03-04
exercise = true

[contents]
offence = "7"
in_territory = true

[answers]
"40(22)" = "no"

[events]
preservation-began = 2028-03-02

[[declarations]]
state = "FRA"
provision = "35"
on = 2028-02-01
"""


def read(text: str, *, json: bool = False) -> Facts:
    return read_facts_text(text.encode(), name="facts.toml", today=TODAY, json=json)


def test_a_toml_and_a_json_file_say_the_same() -> None:
    facts = read(TOML)
    assert facts == Facts(
        measure="preservation",
        requesting="VNM",
        requested="FRA",
        on=date(2028, 3, 4),
        exercise=True,
        contents={"offence": "7", "in_territory": True},
        answers={"40(22)": "no"},
        events={"preservation-began": date(2028, 3, 2)},
        declarations=(Declared(state="FRA", provision="35", on=date(2028, 2, 1)),),
    )
    same = {
        "measure": "preservation",
        "requesting": "VNM",
        "requested": "FRA",
        "on": "2028-03-04",
        "exercise": True,
        "contents": {"offence": "7", "in_territory": True},
        "answers": {"40(22)": "no"},
        "events": {"preservation-began": "2028-03-02"},
        "declarations": [{"state": "FRA", "provision": "35", "on": "2028-02-01"}],
    }
    assert read(json.dumps(same), json=True) == facts


def test_every_fact_can_be_given_in_a_file() -> None:
    beside_a_file = {"profiles"}
    assert set(FACTS) == {field.name for field in fields(Facts)} - beside_a_file


def test_without_a_day_the_question_is_about_today() -> None:
    assert read(TOML.replace("on = 2028-03-04\n", "")).on == TODAY


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (('measure = "preservation"\n', ""), "facts.toml", "'measure' is missing"),
        (("exercise", "exercises"), "facts.toml:6", "no such key"),
        (("on = 2028-03-04", "on = 2028-02-30"), "facts.toml", "not TOML"),
        (("on = 2028-03-04", 'on = "2028-02-30"'), "facts.toml:5", "a day such as"),
        (("on = 2028-03-04", "on = 2028-03-04T10:00:00Z"), "facts.toml:5", "a day such as"),
        (("on = 2028-03-04", "on = 2928-03-04"), "facts.toml:5", "the last day"),
        (('requested = "FRA"', "requested = 3"), "facts.toml:4", "a short name"),
        (("exercise = true", 'exercise = "yes"'), "facts.toml:6", "true or false"),
        (("in_territory = true", "in_territory = nan"), "facts.toml:10", "not a number"),
        (("in_territory = true", "in_territory = {a = 1}"), "facts.toml:10", "not a table"),
        (("in_territory = true", "in_territory = [[1]]"), "facts.toml:10", "within a list"),
        (("preservation-began = 2028-03-02", 'preservation-began = "soon"'), "facts.toml:16", "a day such as"),
        (('provision = "35"\n', ""), "facts.toml:18", "'provision' is missing"),
        (("[[declarations]]", "[declarations]"), "facts.toml:18", "a list of declarations"),
        (("[contents]", "[contents]\n[contents]"), "facts.toml", "line 9"),
        (('offence = "7"', 'offence = "7"\noffence = "8"'), "facts.toml", "line 10"),
    ],
)
def test_what_is_not_exactly_right_is_refused_with_its_place(change: tuple[str, str], place: str, words: str) -> None:
    text = TOML.replace(*change)
    assert text != TOML
    with pytest.raises(BadFacts) as caught:
        read(text)
    assert caught.value.where == place
    assert words in caught.value.message


def test_a_key_that_stands_twice_in_json_is_refused() -> None:
    with pytest.raises(DuplicateKey) as caught:
        read('{"measure": "mla", "measure": "preservation"}', json=True)
    assert caught.value.where == "facts.toml"


@pytest.mark.parametrize("data", [b"\xff\xfe", b" " * (MAX_BYTES + 1), b"[" * 5000, b"a = " + b"[" * 5000, b"[]", b"1"])
@pytest.mark.parametrize("is_json", [True, False])
def test_what_is_no_list_of_facts_is_refused_with_a_code(data: bytes, is_json: bool) -> None:
    with pytest.raises(BadInput):
        read_facts_text(data, name="facts", today=TODAY, json=is_json)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*FACTS, "other"]), _values))
def test_whatever_is_given_is_read_or_refused_with_a_code(values: dict[str, object]) -> None:
    try:
        facts = read_facts(values, name="facts", today=TODAY)
    except BadFacts:
        return
    assert facts.measure == values["measure"]
