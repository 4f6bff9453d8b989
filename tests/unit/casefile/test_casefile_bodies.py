"""Bodies: what each kind must carry, the provision that asks for it, and limits."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_case import body_of, period, request_body

from rogatory.casefile import bodies, table
from rogatory.casefile.bodies import BadBody
from rogatory.casefile.measures import MEASURES
from rogatory.errors import RogatoryError

STEPS = sorted(table.STEPS)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("step", STEPS)
def test_a_body_with_all_it_must_carry_is_accepted(step: str) -> None:
    bodies.check(step.partition(":")[0], body_of(step))


@pytest.mark.parametrize("measure", MEASURES)
def test_a_request_with_all_it_must_carry_is_accepted(measure: str) -> None:
    bodies.check("request", request_body(measure))
    bodies.check("request", request_body(measure, follows_request="a" * 64))


@pytest.mark.parametrize(
    ("kind", "body", "cite"),
    [
        ("request", request_body("surveillance"), None),
        ("request", request_body(instrument=" "), None),
        ("request", request_body(contents={}), "42(3), 40(15)"),
        ("request", request_body(contents=["facts"]), "42(3), 40(15)"),
        ("request", request_body(follows_request="the first one"), None),
        ("decision", {"outcome": "perhaps"}, None),
        ("decision", {"outcome": "postponed"}, "40(25)"),
        ("decision", {"outcome": "declined", "grounds": ["42(6)(a)"], "reasons": "  "}, "40(25)"),
        ("decision", {"outcome": "declined", "reasons": "because"}, "42(6), 40(21)"),
        ("decision", {"outcome": "declined", "reasons": "because", "grounds": ["g"] * 21}, None),
        ("decision", {"outcome": "declined", "reasons": "because", "grounds": [6]}, None),
        ("preserved", period(0), "42(8)"),
        ("preserved", period(-1), "42(8)"),
        ("preserved", {**period(60), "custodian": ""}, None),
        ("preserved", {**period(60), "custodian": "x" * 301}, None),
        ("preserved", {**period(60), "began": "yesterday"}, None),
        ("extension-request", {"until": "2028-06-01T00:00:00Z"}, None),
        ("extension", {"granted": "yes"}, "42(9)"),
        ("extension", {"granted": True}, None),
        ("extension", {"granted": False}, "40(25)"),
        ("warning", {"concern": "weather", "text": "rain"}, "42(7)"),
        ("warning", {"concern": "availability"}, "42(7)"),
        ("question", {"text": "x" * 20_001}, None),
        ("question", {"text": ["words"]}, None),
        ("delivery", {**body_of("delivery"), "exhibit": "one"}, None),
        ("delivery", {**body_of("delivery"), "manifest": ""}, None),
        ("delivery", {**body_of("delivery"), "manifest": "x" * 200_001}, None),
        ("delivery", {**body_of("delivery"), "custody": []}, None),
        ("delivery", {**body_of("delivery"), "custody": ["x"] * 1_001}, None),
        ("custody-entry", {**body_of("custody-entry"), "custody": ["x" * 20_000]}, None),
        ("custody-receipt", {**body_of("custody-receipt"), "custody": [1]}, None),
        ("outcome", {**body_of("outcome"), "result": "done"}, "40(26)"),
        ("outcome", {**body_of("outcome"), "on": "2028-02-30"}, None),
        ("outcome", {**body_of("outcome"), "on": "2028-03-01T09:00:00Z"}, None),
        ("outcome", {**body_of("outcome"), "text": " "}, "40(26)"),
        ("onward-request", {**body_of("onward-request"), "to": "Brazil"}, None),
        ("onward-request", {**body_of("onward-request"), "exhibit": None}, None),
        ("onward-request", {**body_of("onward-request"), "purpose": " "}, "36(3)"),
        ("onward-request", {**body_of("onward-request"), "part": ""}, None),
        ("onward-leave", {**body_of("onward-leave"), "granted": "yes"}, "36(3)"),
        ("onward-leave", {**body_of("onward-leave"), "granted": False}, "40(25)"),
        ("onward-leave", {**body_of("onward-leave"), "to": "BRA"}, None),
        ("onward-leave", {**body_of("onward-leave"), "conditions": ""}, None),
        ("onward-leave", {**body_of("onward-leave"), "until": "next year"}, None),
        ("disclosure-notice", {**body_of("disclosure-notice"), "exhibit": "one"}, None),
        ("disclosure-notice", {**body_of("disclosure-notice"), "to": ""}, "40(19)"),
        ("disclosure-notice", {**body_of("disclosure-notice"), "clears": ""}, "40(19)"),
        ("disclosure-notice", {**body_of("disclosure-notice"), "in_advance": None}, "40(19)"),
        ("disclosure-notice", {**body_of("disclosure-notice"), "in_advance": False}, "40(19)"),
        ("withdrawal", {}, None),
        ("release", {"reason": "\n"}, None),
        ("acknowledgement", {"note": ""}, None),
        ("closure", {"note": 7}, None),
    ],
)
def test_what_is_missing_too_long_or_impossible_is_refused(kind: str, body: dict[str, Any], cite: str | None) -> None:
    with pytest.raises(RogatoryError) as caught:
        bodies.check(kind, body)
    assert caught.value.cite == cite
    assert caught.value.code in ("bad-body", "bad-time", "bad-digest", "bad-identifier")


@given(st.sampled_from(sorted(bodies.READERS)), st.dictionaries(st.text(max_size=12), JSON, max_size=6))
def test_any_body_is_accepted_or_refused_with_a_code(kind: str, body: dict[str, Any]) -> None:
    # Anything but a coded refusal comes out and fails.
    with suppress(RogatoryError):
        bodies.check(kind, body)


@given(st.sampled_from(STEPS), st.data())
def test_a_good_body_with_any_one_value_replaced_is_accepted_or_refused_with_a_code(step: str, data: Any) -> None:
    body = body_of(step)
    key = data.draw(st.sampled_from(sorted(body)))
    with suppress(RogatoryError):
        bodies.check(step.partition(":")[0], body | {key: data.draw(JSON)})


def test_unknown_fields_are_left_alone() -> None:
    body = request_body(later={"a": 1})
    bodies.check("request", body)
    assert body["later"] == {"a": 1}


def test_the_text_that_is_read_is_returned_unchanged() -> None:
    assert bodies.text({"text": "  two  words "}, "text") == "  two  words "
    with pytest.raises(BadBody, match="at most 3"):
        bodies.text({"text": "four"}, "text", longest=3)
