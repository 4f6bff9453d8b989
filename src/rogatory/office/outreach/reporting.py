"""Reports by regional group: how many States stand at each stage, how that grew, and the lines as CSV and JSON.

A file for everybody is made of lines that were read with `public`; no file holds a contact or a note.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from rogatory.law.words import Answer
from rogatory.office.outreach.listing import Line
from rogatory.office.outreach.models import OutreachStep, StepKind
from rogatory.office.outreach.standing import INSTRUMENT, STAGES, standing_steps
from rogatory.status.engine import Status
from rogatory.status.model import CONSENTS

GROUPS = (
    "african",
    "asia-pacific",
    "eastern-european",
    "latin-american-caribbean",
    "western-european-and-others",
    "none",
)
#: How wide a bar is drawn, and how wide a piece must be for its letter, and for its number too.
BAR, ROOM_FOR_LETTER, ROOM_FOR_WORDS = 600, 10, 32
COLUMNS = (
    *("state", "name", "group", "stage", "since", "unsure", "signed", "deposited", "source", "source_address"),
    *("obstacles", "help_asked", "pairs_that_would_open"),
)
#: A cell that begins with one of these would be taken for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One regional group: its States, and how many of them stand at each stage, in the order of the stages."""

    group: str
    lines: tuple[Line, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def size(self) -> int:
        """How many States it has."""
        return len(self.lines)

    @property
    def deposited(self) -> int:
        """How many have deposited."""
        return dict(self.counts)["deposited"]

    @property
    def bars(self) -> list[dict[str, Any]]:
        """The stages as pieces of a bar of `BAR` units, with letter and word; those that have none are left out."""
        found, at = [], 0.0
        for stage, number in self.counts:
            if number:
                width = BAR * number / self.size
                letter, word = STAGES[stage]
                place = {"x": f"{at:.1f}", "width": f"{width:.1f}", "middle": f"{at + width / 2:.1f}"}
                label = f"{letter} {number}" if width >= ROOM_FOR_WORDS else letter if width >= ROOM_FOR_LETTER else ""
                found.append({"stage": stage, "label": label, "word": word, "number": number, **place})
                at += width
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """How far a group was at the end of a quarter: how many had signed, were further by steps, had deposited."""

    until: date
    signed: int
    under_way: int
    deposited: int


def regions(lines: Sequence[Line]) -> list[Region]:
    """The groups that have any State, in their usual order."""
    found = []
    for group in GROUPS:
        mine = tuple(line for line in lines if line.place.group == group)
        if mine:
            found.append(Region(group=group, lines=mine, counts=counted(mine)))
    return found


def counted(lines: Sequence[Line]) -> tuple[tuple[str, int], ...]:
    """How many of *lines* stand at each stage."""
    numbers = Counter(line.place.stage for line in lines)
    return tuple((stage, numbers[stage]) for stage in STAGES)


def over_time(status: Status, on: date, group: str = "", *, public: bool = False) -> list[Quarter]:
    """The quarters from the first signature until *on*, of all States or one group, the newest first."""
    states = {code for code, one in status.states.items() if not group or (one.group or "none") == group}
    acts = [one for one in status.deposits(INSTRUMENT) if one.state in states and one.done_by(on) is not Answer.NO]
    steps = [one for one in standing_steps(OutreachStep.objects.all()) if one.public or not public]
    first = min((one.latest for one in acts if one.latest and one.action == "signature"), default=None)
    if first is None:
        return []
    found = []
    for end in quarter_ends(first, on):
        done = [one for one in acts if (one.latest or date.min) <= end]
        deposited = {one.state for one in done if one.action in CONSENTS}
        last = {one.iso3: one.kind for one in steps if one.iso3 in states and one.taken_on <= end}
        under_way = {code for code, kind in last.items() if kind != StepKind.RETURNED} - deposited
        signed = {one.state for one in done if one.action == "signature"}
        quarter = Quarter(until=end, signed=len(signed), under_way=len(under_way), deposited=len(deposited))
        found.append(quarter)
    return found[::-1]


def quarter_ends(first: date, on: date) -> list[date]:
    """The ends of the quarters from that of *first* until *on*, which itself is the last."""
    found: list[date] = []
    year, month = first.year, (first.month - 1) // 3 * 3 + 4
    while True:
        year, month = (year + 1, month - 12) if month > 12 else (year, month)
        end = date.fromordinal(date(year, month, 1).toordinal() - 1)
        if end >= on:
            return [*found, on]
        found.append(end)
        month += 3


def as_rows(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as values of JSON, days as RFC 3339 writes them, names in the active language."""
    lang = get_language() or "en"
    found = []
    for line in lines:
        place = line.place
        basis = place.deposited or (None if place.step else place.signed)
        found.append(
            {
                "state": place.state.iso3,
                "name": place.state.name.get(lang),
                "group": place.group,
                "stage": place.stage,
                "since": place.since.isoformat() if place.since else None,
                "unsure": place.unsure,
                "signed": place.signed.on.isoformat() if place.signed and place.signed.on else None,
                "deposited": place.deposited.on.isoformat() if place.deposited and place.deposited.on else None,
                "source": place.step.source if place.step else basis.source if basis else "",
                "source_address": place.step.source_address if place.step else "",
                "obstacles": [one.kind for one in line.obstacles],
                "help_asked": [one.what for one in line.help],
                "pairs_that_would_open": line.opening.pairs if line.opening else None,
            }
        )
    return found


def as_csv(lines: Sequence[Line]) -> str:
    """The same rows as CSV, lists with semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in as_rows(lines):
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
