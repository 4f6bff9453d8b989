"""Drills as a table that any program for tables reads: a line each, times in UTC, CSV as RFC 4180 has it."""

import csv
import io
from datetime import datetime

from rogatory.correspondence.drills import Drill, Report
from rogatory.kernel.times import stamp

#: What makes a cell a formula: also in full width, and behind white space.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n|")
COLUMNS = (
    *("drill", "way", "asking", "asked", "standing", "planned", "answer_within_minutes", "sent", "delivered"),
    *("received", "opened", "answered", "arrived", "answered_by", "role"),
    *("road_seconds", "opening_seconds", "answering_seconds", "whole_seconds"),
)


def to_csv(report: Report) -> bytes:
    """The drills of *report*, UTF-8, under a line with `COLUMNS`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_line(drill, report.at) for drill in report.drills)
    return text.getvalue().encode()


def _line(drill: Drill, now: datetime) -> tuple[str, ...]:
    times = (drill.sent_at, drill.delivered_at, drill.received_at, drill.opened_at, drill.answered_at, drill.arrived_at)
    answered = drill.answered_by
    return (
        *(drill.id, drill.way, drill.asking, drill.asked, drill.standing(now), stamp(drill.planned_at)),
        str(int(drill.answer_within.total_seconds() // 60)),
        *("" if one is None else stamp(one) for one in times),
        *((_text(answered.name), _text(answered.role)) if answered else ("", "")),
        *("" if one is None else f"{one:.1f}" for one in drill.seconds().values()),
    )


def _text(written: str) -> str:
    """*written* by people, so that no program takes it for a formula."""
    return f"'{written}" if {written[:1], written.lstrip()[:1]} & _FORMULA else written
