"""Checking what a person filled in: every problem is named, and nothing impossible passes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.law.form import Field, FieldProblem, as_number, as_text, is_empty
from rogatory.law.loader import load_law

LAW = load_law()
PRESERVATION, STORED = LAW.form("preservation"), LAW.form("stored-data")
COMPLETE: dict[str, Any] = {
    "authority": "Investigation Agency",
    "offence": "7",
    "offence_name": "Penal Code, article 289",
    "facts": "An intrusion.",
    "data": "A mailbox",
    "data_link": "Files were sent to it.",
    "in_territory": "yes",
    "necessity": "Records are deleted after 30 days.",
    "intends_mla": True,
    "language": "fr",
}


def problems(**changes: Any) -> list[tuple[str, str]]:
    return [(item.code, item.key) for item in PRESERVATION.check({**COMPLETE, **changes})]


def test_a_complete_form_has_no_problem() -> None:
    assert problems() == []


def test_an_empty_form_misses_exactly_what_is_always_required() -> None:
    found = PRESERVATION.check({})
    assert {item.code for item in found} == {"missing"}
    assert {item.key for item in found} == set(COMPLETE)


@pytest.mark.parametrize("key", sorted(COMPLETE))
def test_each_required_field_is_missed_with_its_provision(key: str) -> None:
    found = PRESERVATION.check({**COMPLETE, key: "  "})
    assert [(item.code, item.key) for item in found] == [("missing", key)]
    assert found[0].provision == PRESERVATION.fields_by_key[key].provision
    assert found[0].provision in found[0].message.en
    assert found[0].provision in found[0].message.fr


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("authority", "x" * 301, "too-long"),
        ("authority", "two\nlines", "impossible"),
        ("authority", "bell\x07", "impossible"),
        ("authority", {"a": "table"}, "impossible"),
        ("offence", "6", "impossible"),
        ("offence", "18", "impossible"),
        ("intends_mla", "no", "impossible"),
        ("intends_mla", "maybe", "impossible"),
        ("max_penalty_years", "many", "impossible"),
        ("max_penalty_years", "101", "impossible"),
        ("max_penalty_years", "-1", "impossible"),
        ("accounts", "not a list", "impossible"),
        ("accounts", ["two\nlines"], "impossible"),
        ("accounts", [7], "impossible"),
        ("accounts", ["x" * 301], "too-long"),
        ("accounts", ["a"] * 201, "too-many"),
        ("language", "tlh", "impossible"),
        ("colour", "green", "unknown-field"),
        ("__proto__", "x", "unknown-field"),
    ],
)
def test_what_cannot_stand_is_named(key: str, value: object, code: str) -> None:
    assert problems(**{key: value}) == [(code, key)]


def test_another_offence_needs_its_penalty() -> None:
    assert problems(offence="other") == [("missing", "max_penalty_years")]
    assert problems(offence="other", max_penalty_years="5") == []
    assert problems(offence="other", max_penalty_years=5) == []


def test_secrecy_needs_its_reasons_only_when_asked_for() -> None:
    assert problems(secrecy="yes") == [("missing", "secrecy_scope")]
    assert problems(secrecy="no") == []


@pytest.mark.parametrize(
    ("value", "fits"),
    [("2028-02-29", True), (date(2028, 3, 1), True), ("2027-02-29", False), ("1/3/2028", False), ("20280301", False)],
)
def test_a_day_must_exist(value: object, fits: bool) -> None:
    found = [item.key for item in STORED.check({"period_from": value}) if item.code == "impossible"]
    assert found == ([] if fits else ["period_from"])


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("2028-03-01T09:30:00Z", True),
        ("2028-03-01T09:30Z", True),
        (datetime(2028, 3, 1, 9, 30, tzinfo=UTC), True),
        ("2028-03-01T25:30:00Z", False),
        ("2028-03-01T09:30:00", False),
        ("2028-03-01T09:30:00+02:00", False),
    ],
)
def test_a_time_must_exist_and_be_utc(value: object, fits: bool) -> None:
    field = Field(key="when", provision="42(8)", type="datetime", required="always", label=PRESERVATION.fields[0].label)
    form = type(PRESERVATION)(
        measure="preservation",
        instrument="uncc",
        provision="42(3)",
        fields=(field,),
        fields_by_key={"when": field},
    )
    assert [item.code for item in form.check({"when": value})] == ([] if fits else ["impossible"])


@given(st.dictionaries(st.text(max_size=30), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner), max_leaves=5
)))  # fmt: skip
def test_anything_at_all_gets_problems_and_no_crash(values: dict[str, object]) -> None:
    found = PRESERVATION.check(values)
    assert all(isinstance(item, FieldProblem) and item.message.en and item.message.fr for item in found)
    for key in values:
        assert key in PRESERVATION.fields_by_key or ("unknown-field", key[:80]) in {
            (item.code, item.key[:80]) for item in found
        }


@given(st.sampled_from([field.key for field in PRESERVATION.fields]), st.text())
def test_text_in_any_field_never_crashes(key: str, text: str) -> None:
    for problem in PRESERVATION.check({**COMPLETE, key: text}):
        assert problem.provision


def test_values_are_read_as_people_write_them() -> None:
    assert as_text(True) == "yes"
    assert as_text(None) == ""
    assert as_number("4,5") == 4.5
    assert as_number("four") is None
    assert is_empty([" ", ""])
    assert not is_empty(["a"])
