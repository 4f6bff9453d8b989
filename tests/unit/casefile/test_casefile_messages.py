"""Messages: what is written is read back, unknown fields stay, and a wrong form is refused with a code."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_case import CASE, FRA, START, VNM, Story, read

from rogatory.casefile import messages
from rogatory.casefile.messages import BadMessage, Person
from rogatory.errors import RogatoryError
from rogatory.kernel import canonical, digests

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
NAME = st.text(min_size=1, max_size=200)


def payload(**changes: Any) -> dict[str, Any]:
    made = messages.payload(
        kind="note",
        case=CASE,
        id="0" * 26,
        number=2,
        follows=("b" * 64, "a" * 64),
        sender=VNM,
        receiver=FRA,
        at=START,
        exercise=True,
        drafted_by=Person(name="Nguyễn Văn An", role="drafter"),
        approved_by=None,
        regarding="c" * 64,
        body={"text": "xin chào"},
    )
    return made | changes


@given(
    name=NAME,
    number=st.integers(1, 1_000_000),
    at=st.integers(0, 2**34).map(lambda second: datetime.fromtimestamp(second, tz=UTC)),
    body=st.dictionaries(st.text(max_size=10), JSON, max_size=4),
    second=st.booleans(),
)
def test_what_is_written_is_read_back(
    name: str, number: int, at: datetime, body: dict[str, Any], *, second: bool
) -> None:
    approved = Person(name=name, role="approver") if second else None
    made = messages.payload(
        kind="note",
        case=CASE,
        id="0" * 26,
        number=number,
        follows=("b" * 64, "a" * 64),
        sender=VNM,
        receiver=FRA,
        at=at,
        exercise=False,
        drafted_by=Person(name=name, role="drafter"),
        approved_by=approved,
        regarding=None,
        body=body,
    )
    message = messages.parse(made, b"signed")
    assert (message.number, message.at, message.body, message.approved_by) == (number, at, body, approved)
    assert (message.drafted_by.name, message.follows) == (name, ("a" * 64, "b" * 64))
    assert (message.state, message.order) == ("VNM", (number, digests.sha256(b"signed")))


def test_the_digest_is_that_of_the_signed_bytes_and_unknown_fields_stay_in_them() -> None:
    message = read(payload(later={"a": [1]}))
    assert message.digest == digests.sha256(message.jws)
    assert canonical.loads(message.jws)["later"] == {"a": [1]}


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": None},
        {"kind": ""},
        {"kind": "x" * 41},
        {"kind": 7},
        {"case": "VNM-FRA-28-1-X"},
        {"id": "short"},
        {"number": 0},
        {"number": 1_000_001},
        {"number": True},
        {"number": "2"},
        {"follows": "a" * 64},
        {"follows": ["A" * 64]},
        {"follows": ["a" * 64] * 65},
        {"from": "VNM"},
        {"to": "fra/contact-point"},
        {"at": "2028-03-01T09:00:00+07:00"},
        {"at": "2028-02-30T09:00:00Z"},
        {"exercise": "yes"},
        {"exercise": None},
        {"drafted_by": None},
        {"drafted_by": {"name": "An"}},
        {"drafted_by": {"name": "x" * 201, "role": "drafter"}},
        {"approved_by": "Binh"},
        {"regarding": "c" * 63},
        {"body": ["a"]},
        {"body": None},
    ],
)
def test_a_wrong_form_is_refused_with_a_code(changes: dict[str, Any]) -> None:
    with pytest.raises(RogatoryError) as caught:
        read(payload(**changes))
    assert caught.value.code in ("bad-message", "bad-identifier", "bad-digest", "bad-time")
    assert caught.value.message


@pytest.mark.parametrize("field", sorted(payload().keys() - {"approved_by", "regarding"}))
def test_a_missing_field_is_refused(field: str) -> None:
    made = payload()
    del made[field]
    with pytest.raises(RogatoryError):
        read(made)


@given(st.dictionaries(st.sampled_from(sorted(payload())), JSON, min_size=1))
def test_any_json_in_any_field_is_read_or_refused_with_a_code(changes: dict[str, Any]) -> None:
    # Anything but a coded refusal comes out and fails.
    with suppress(RogatoryError):
        assert read(payload(**changes)).jws


def test_a_later_version_says_that_it_is_later() -> None:
    with pytest.raises(BadMessage, match="version 3"):
        read(payload(v=3))


def test_the_representation_of_a_message_does_not_spill_its_bytes() -> None:
    assert "jws" not in repr(Story().ask())
