"""Identifiers and times: built from what the caller supplies, refused when they are not well formed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import BadInput
from rogatory.kernel import digests, ids, times


@given(st.binary(min_size=17, max_size=40))
def test_an_identifier_made_from_random_bytes_is_well_formed(random: bytes) -> None:
    assert ids.require_id(ids.new_id(random)) == ids.new_id(random[:17])


def test_a_case_names_both_states() -> None:
    case = ids.case_id("VNM", "FRA", year=2028, number=1, random=bytes(range(7)))
    assert case.startswith("VNM-FRA-2028-0001-")
    assert ids.case_states(case) == ("VNM", "FRA")


@pytest.mark.parametrize("text", ["", "VNM", "VNM-FRA-2028-0001-7Q4K2M9XA", "vnm-FRA-2028-0001-7Q4K2M9XAB", None, 7])
def test_what_does_not_name_a_case_is_refused(text: object) -> None:
    with pytest.raises(ids.BadIdentifier):
        ids.require_case_id(text)


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)))
def test_a_time_written_is_read_again_to_the_millisecond(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    assert abs(times.parse_stamp(times.stamp(at)) - at) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "text", ["2028-03-01", "2028-03-01T09:00:00", "2028-13-01T09:00:00Z", "2028-03-01T09:00:00+01:00", 5]
)
def test_what_is_not_a_utc_time_is_refused(text: object) -> None:
    with pytest.raises(times.BadTime):
        times.parse_stamp(text)


def test_a_time_without_zone_or_in_another_one_is_refused() -> None:
    for at in (datetime(2028, 3, 1), datetime(2028, 3, 1, tzinfo=timezone(timedelta(hours=7)))):
        with pytest.raises(times.BadTime):
            times.stamp(at)


def test_a_digest_is_what_sha256sum_prints() -> None:
    assert digests.sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    with pytest.raises(BadInput):
        digests.require_digest(digests.sha256(b"").upper())
