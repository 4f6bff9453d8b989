"""Observers: they apply, a list is circulated, Parties object or do not, and they are admitted or the body decides.

Who comes of right, by notice or by a standing invitation needs no admission. An application that is listed is granted
when nobody objects in time; what an objection does is the rulebook's to say. Whoever objects may withdraw it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.convening import SEAT_FORM, entry
from rogatory.conference.meeting.events import Event, Kind, read
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder, TooSoon
from rogatory.conference.meeting.state import Objection, Place, Seat, State
from rogatory.conference.rulebook.model import Rulebook
from rogatory.kernel import times
from rogatory.law.words import Words


def _applied(state: State, event: Event) -> State:
    row = read(SEAT_FORM, event.body["seat"])
    kind = state.book.participants.get(row["kind"])
    if kind is None:
        raise BadEvent(f"{row['kind']!r} is no kind of participant: {', '.join(state.book.participants)}")
    if kind.votes:
        raise NoRight("a State Party does not apply: it takes part of right", cite=state.book.cite(kind.rule))
    if row["code"] in state.seats:
        raise BadEvent(f"{row['code']} stands among the participants already")
    if row.get("members"):
        raise BadEvent(f"{row['code']} has members, and is no regional organisation")
    place = entry(kind, state.facts.body)
    if place is Place.REFUSED:
        raise NoRight(f"{kind.name.en}: not admitted to this body", cite=state.book.cite(kind.rule))
    return asking.with_seat(state, Seat(**{**row, "place": place}))


def _listed(state: State, event: Event) -> State:
    waiting = [one for one in state.seats.values() if one.place is Place.APPLIED and one.listed_at is None]
    if not waiting:
        raise OutOfOrder("no application waits to be circulated", cite=state.book.cite(observer_rule(state.book)))
    for one in waiting:
        state = asking.with_seat(state, replace(one, listed_at=event.at))
    return state


def observer_rule(book: Rulebook) -> str:
    """The rule on observers who apply: that on lists, where there is one."""
    kinds = sorted(book.participants.values(), key=lambda one: one.admission.how != "listed-application")
    return next((one.rule for one in kinds if one.admission.how.endswith("application")), book.credentials.rule)


def _objected(state: State, event: Event) -> State:
    found, kind = asking.seat(state, event.body["seat"]), state.kind(event.body["seat"])
    voter = state.kind(asking.seat(state, event.by.of).code)
    cite = state.book.cite(kind.rule)
    if not voter.votes:
        raise NoRight("only States Parties object to an observer", cite=cite)
    if kind.admission.objection == "none":
        raise OutOfOrder("these rules know no objection to such a participant", cite=cite)
    if found.place not in (Place.APPLIED, Place.OBJECTED):
        raise OutOfOrder(f"the application of {found.code} is decided: {found.place}", cite=cite)
    if any(one.by == event.by.of for one in found.objections):
        raise OutOfOrder(f"{event.by.of} has objected already", cite=cite)
    until = objections_until(state, found)
    if until is not None and event.at > until and found.place is Place.APPLIED:
        raise OutOfOrder(f"objections were to be made until {times.stamp(until)}", cite=cite)
    if kind.admission.reasons_owed and "reasons" not in event.body:
        raise OutOfOrder("an objection gives its reasons", cite=cite)
    objection = Objection(by=event.by.of, reasons=event.body.get("reasons", ""))
    place = Place.REFUSED if kind.admission.objection == "excludes" else Place.OBJECTED
    return asking.with_seat(state, replace(found, place=place, objections=(*found.objections, objection)))


def objections_until(state: State, found: Seat) -> datetime | None:
    """When the time for objecting to an application that is listed is over; None while it is not circulated."""
    if state.kind(found.code).admission.how != "listed-application" or found.listed_at is None:
        return None
    return found.listed_at + timedelta(days=state.kind(found.code).admission.days_before)


def _objection_withdrawn(state: State, event: Event) -> State:
    found = asking.seat(state, event.body["seat"])
    asking.require_no_vote(state)
    kept = tuple(one for one in found.objections if one.by != event.by.of)
    if len(kept) == len(found.objections) or found.place is Place.SEATED:
        cite = state.book.cite(state.kind(found.code).rule)
        raise OutOfOrder(f"{event.by.of} has no objection to {found.code} that could be withdrawn", cite=cite)
    return asking.with_seat(state, replace(found, objections=kept, place=found.place if kept else Place.APPLIED))


def _admitted(state: State, event: Event) -> State:
    """An application that nobody objected to, once the time for objections is over."""
    found, kind = asking.seat(state, event.body["seat"]), state.kind(event.body["seat"])
    cite = state.book.cite(kind.rule)
    if found.place is not Place.APPLIED:
        raise OutOfOrder(
            f"the application of {found.code}: {found.place}",
            cite=cite,
            remedy="An application that met an objection is put to the body.",
        )
    if kind.admission.how == "listed-application":
        if found.listed_at is None:
            raise OutOfOrder(f"the application of {found.code} has not been circulated", cite=cite)
        until = objections_until(state, found)
        if until is not None and event.at < until:
            raise TooSoon(f"objections may still come: {kind.admission.days_before} days from the list", cite=cite)
    return asking.with_seat(state, replace(found, place=Place.SEATED))


def decide_admission(state: State, code: str, *, admitted: bool) -> State:
    """What a vote on a contested application does."""
    found = asking.seat(state, code)
    return asking.with_seat(state, replace(found, place=Place.SEATED if admitted else Place.REFUSED))


KINDS = (
    Kind(
        id="observer-applied",
        name=Words("Application of an observer", "Demande d'un observateur"),
        by=("secretariat",),
        apply=_applied,
        rule=observer_rule,
        form={"seat": "row"},
    ),
    Kind(
        id="observers-listed",
        name=Words("List of applications circulated", "Liste des demandes distribuée"),
        by=("secretariat",),
        apply=_listed,
        rule=observer_rule,
    ),
    Kind(
        id="observer-objected",
        name=Words("Objection to an observer", "Objection à un observateur"),
        by=("delegation",),
        apply=_objected,
        rule=observer_rule,
        form={"seat": "seat", "reasons": "text?"},
    ),
    Kind(
        id="objection-withdrawn",
        name=Words("Objection withdrawn", "Objection retirée"),
        by=("delegation",),
        apply=_objection_withdrawn,
        rule=observer_rule,
        form={"seat": "seat"},
    ),
    Kind(
        id="observer-admitted",
        name=Words("Observer admitted", "Observateur admis"),
        by=("secretariat",),
        apply=_admitted,
        rule=observer_rule,
        form={"seat": "seat"},
    ),
)
