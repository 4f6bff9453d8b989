"""One State as plain values for programs: what colleagues may read, and never a contact, a note or whom one met."""

from datetime import date
from typing import Any

from django.utils.translation import get_language

from rogatory.node.context import Node
from rogatory.office.outreach import listing
from rogatory.office.outreach.models import OutreachMeeting, OutreachStep
from rogatory.status.matrix import Matrix


def state(node: Node, iso3: str) -> dict[str, Any]:
    """Where the State stands, with everything that colleagues may read of it; raises `UnknownState`."""
    on = node.clock.now().date()
    found = node.status.state(iso3)
    every = listing.lines(node.status, on, matrix=Matrix(node.status, on))
    line = next(one for one in every if one.place.state.iso3 == iso3)
    place, opening = line.place, line.opening
    return {
        "state": iso3,
        "name": found.name.get(get_language() or "en"),
        "group": place.group,
        "stage": place.stage,
        "since": _day(place.since),
        "unsure": place.unsure,
        "signed": _day(place.signed.on) if place.signed else None,
        "deposited": _day(place.deposited.on) if place.deposited else None,
        "steps": [step(one) for one in place.steps],
        "obstacles": [
            {"kind": one.kind, "says": one.says, "declared": one.declared, "source": one.source, "public": one.public}
            for one in line.obstacles
        ],
        "help_asked": [
            {"what": one.what, "asked_on": _day(one.asked_on), "need": one.need, "source": one.source}
            for one in line.help
        ],
        "promises": [
            {"what": one.what, "by_whom": one.by_whom, "due": _day(one.due), "late": one.due < on}
            for one in line.promises
        ],
        "meetings": [
            {"on": _day(one.held_on), "kind": one.kind, "subject": one.subject}
            for one in OutreachMeeting.objects.filter(iso3=iso3, removed_at=None)
        ],
        "opening": None
        if opening is None
        else {
            "pairs": opening.pairs,
            "with_signatories": opening.with_signatories,
            "with": opening.codes,
        },
    }


def step(row: OutreachStep) -> dict[str, Any]:
    """One step as values."""
    return {
        "number": row.pk,
        "kind": row.kind,
        "taken_on": _day(row.taken_on),
        "note": row.note,
        "source": row.source,
        "source_address": row.source_address,
        "certainty": row.certainty,
        "public": row.public,
        "entered_by": row.entered_by.name,
        "corrects": row.corrects_id,
        "taken_back": row.taken_back,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
