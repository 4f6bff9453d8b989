"""What a drill took, how it stands, and what many of them came to."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rogatory.correspondence import drills, drilltable
from rogatory.correspondence.drills import Drill, Standing, Way
from rogatory.correspondence.letters import Writer

SENT = datetime(2028, 3, 1, 3, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = SENT + timedelta(days=2)
PLANNED = Drill(
    id="0" * 26,
    way=Way.OUT,
    asking="VNM/contact-point",
    asked="FRA/contact-point",
    planned_by=Writer(name="Trần Thị Bình", role="approver"),
    planned_at=SENT - timedelta(days=1),
    until=SENT + timedelta(days=6),
    answer_within=timedelta(hours=2),
    note="",
)
ON_ITS_WAY = replace(PLANNED, sent_at=SENT)
DELIVERED = replace(ON_ITS_WAY, delivered_at=SENT + MINUTE, received_at=SENT + MINUTE)
ANSWERED = replace(
    DELIVERED,
    opened_at=SENT + 10 * MINUTE,
    answered_at=SENT + 15 * MINUTE,
    arrived_at=SENT + 16 * MINUTE,
    answered_by=Writer(name="Lucie Bernard", role="duty-officer"),
)


def test_a_drill_stands_as_its_times_say() -> None:
    soon = SENT + 30 * MINUTE
    assert PLANNED.standing(soon) is Standing.PLANNED
    assert replace(PLANNED, cancelled=True).standing(LATER) is Standing.CANCELLED
    assert ON_ITS_WAY.standing(soon) is Standing.WAITING
    assert ON_ITS_WAY.standing(LATER) is Standing.UNDELIVERED
    assert DELIVERED.standing(soon) is Standing.WAITING
    assert DELIVERED.standing(LATER) is Standing.MISSED
    assert ANSWERED.standing(LATER) is Standing.PASSED
    assert replace(ANSWERED, arrived_at=SENT + timedelta(hours=3)).standing(LATER) is Standing.LATE


def test_the_time_to_answer_is_ours_and_what_they_say_only_divides_it() -> None:
    assert dict(ANSWERED.seconds()) == {"road": 60, "opening": 540, "answering": 300, "whole": 960}
    boasting = replace(ANSWERED, answered_at=SENT + 2 * MINUTE, opened_at=SENT + 2 * MINUTE)
    assert boasting.seconds()["whole"] == 960
    late = replace(boasting, arrived_at=SENT + timedelta(hours=5))
    assert late.standing(LATER) is Standing.LATE


def test_a_drill_that_a_partner_asks_of_us_runs_from_when_it_came() -> None:
    ours = replace(ANSWERED, way=Way.IN, sent_at=SENT - timedelta(hours=9), delivered_at=None)
    assert ours.deadline == SENT + MINUTE + timedelta(hours=2)
    assert ours.seconds()["whole"] == 14 * 60
    assert ours.standing(LATER) is Standing.PASSED


def test_a_report_counts_each_state_and_each_hour_of_the_day() -> None:
    slow = replace(ANSWERED, id="1" * 26, arrived_at=SENT + 20 * MINUTE)
    slower = replace(ANSWERED, id="2" * 26, sent_at=SENT + timedelta(hours=12), arrived_at=SENT + timedelta(hours=15))
    kenya = replace(DELIVERED, id="3" * 26, asked="KEN/contact-point")
    found = drills.report([ANSWERED, slow, slower, kenya, PLANNED], now=LATER)
    france, other = found.scores
    assert (france.state, france.ended) == ("FRA", 3)
    assert (france.standings[Standing.PASSED], france.standings[Standing.LATE]) == (2, 1)
    assert france.standings[Standing.PLANNED] == 1
    assert france.medians["whole"] == 1200
    assert (other.state, other.standings[Standing.MISSED], other.medians["whole"]) == ("KEN", 1, None)
    hours = {one.hour: (one.sent, one.passed) for one in found.hours if one.sent}
    assert hours == {3: (3, 2), 15: (1, 0)}


@given(answered=st.lists(st.none() | st.integers(0, 300), max_size=30))
def test_no_drill_is_counted_twice_or_lost(answered: list[int | None]) -> None:
    all_ = [
        DELIVERED if minutes is None else replace(ANSWERED, arrived_at=SENT + minutes * MINUTE) for minutes in answered
    ]
    found = drills.report(all_, now=LATER)
    assert sum(sum(score.standings.values()) for score in found.scores) == len(all_)
    assert sum(hour.sent for hour in found.hours) == len(all_)
    assert sum(hour.passed for hour in found.hours) == sum(
        minutes is not None and minutes <= 120 for minutes in answered
    )


def test_the_table_has_a_line_a_drill_and_no_name_becomes_a_formula() -> None:
    bad = replace(ANSWERED, answered_by=Writer(name=' =HYPERLINK("x")', role="duty-officer"))
    data = drilltable.to_csv(drills.report([bad, PLANNED], now=LATER)).decode()
    [first, second] = csv.DictReader(io.StringIO(data))
    assert first["answered_by"].startswith("'")
    assert (first["standing"], first["whole_seconds"], first["answer_within_minutes"]) == ("passed", "960.0", "120")
    assert (second["standing"], second["sent"], second["whole_seconds"]) == ("planned", "", "")
