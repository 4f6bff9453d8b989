"""Who takes part in a new meeting: from what the depositary knows of every State, or from a table that a person gives.

What is not certain stays so: a State of which the data do not say whether it is bound, or has signed, takes the lower
place and is named among the `unsure`, for a person to look at before the meeting is made.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rogatory.conference.counting import sheets
from rogatory.conference.counting.sheets import BadSheet, Row
from rogatory.conference.rulebook.model import Rulebook
from rogatory.errors import BadInput
from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.model import Standing, State

#: Organisations of the status data whose members may be Parties, and how the data mark those members.
MEMBERS = {"EUE": "european-union"}
HEADINGS = {
    "code": "code",
    "state": "code",
    "etat": "code",
    "iso3": "code",
    "name": "name_en",
    "nom": "name_fr",
    "name en": "name_en",
    "name fr": "name_fr",
    "kind": "kind",
    "categorie": "kind",
    "group": "group",
    "groupe": "group",
    "members": "members",
    "membres": "members",
}
_YES = Answer.YES


class BadParticipants(BadInput):
    """The table of participants cannot be used."""

    code = "bad-participants"
    remedy = "Correct the line named: CSV with the columns code, and where needed name, nom, kind, group, members."


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """The seats as the first event of a record takes them, and the States of which the data are not sure."""

    seats: tuple[Mapping[str, Any], ...]
    unsure: tuple[str, ...] = ()


def of_status(status: Status, book: Rulebook, on: date, *, instrument: str = "") -> Participants:
    """Every State and regional organisation by its standing to *instrument* (or the rulebook's) on that day."""
    known = [one for one in status.states.values() if one.kind != "former"]
    standings = {one.iso3: status.standing(one.iso3, instrument or book.instrument, on) for one in known}
    seats = [_seat(one, standings, book, status.states) for one in sorted(known, key=lambda one: one.iso3)]
    unsure = [code for code, one in standings.items() if Answer.UNKNOWN in (one.bound, one.signatory)]
    return Participants(seats=tuple(seat for seat in seats if seat), unsure=tuple(sorted(unsure)))


def of_table(data: bytes, status: Status, book: Rulebook, on: date, *, name: str) -> Participants:
    """Those whom a CSV file names: `code`; `name`, `kind`, `group` and `members` where the status data say otherwise.

    Raises `BadParticipants` with the line.
    """
    by_status = of_status(status, book, on)
    known: dict[str, Mapping[str, Any]] = {
        code: {"code": code, "name": one.name.to_json()} for code, one in status.states.items()
    }
    known |= {str(seat["code"]): seat for seat in by_status.seats}
    try:
        found = _rows(data, known, book, name=name)
    except BadSheet as error:
        raise BadParticipants(error.message, where=error.where) from error
    seats = tuple(_among(seat, found) for seat in found.values())
    return Participants(seats=seats, unsure=tuple(code for code in by_status.unsure if code in found))


def _rows(
    data: bytes, known: Mapping[str, Mapping[str, Any]], book: Rulebook, *, name: str
) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in sheets.rows(data, HEADINGS, name=name):
        seat = _given(row, known, book)
        if seat["code"] in found:
            raise BadSheet(f"{seat['code']} stands twice", where=row.where)
        found[str(seat["code"])] = seat
    if not found:
        raise BadSheet("the table names nobody", where=name)
    return found


def _seat(
    one: State, standings: Mapping[str, Standing], book: Rulebook, states: Mapping[str, State]
) -> Mapping[str, Any] | None:
    """The seat of one State; none for an organisation that is neither bound nor has signed, or without a kind."""
    standing = standings[one.iso3]
    organisation = one.kind == "organisation"
    if standing.bound is _YES:
        category = "regional-organisation-party" if organisation else "party"
    elif standing.signatory is _YES:
        category = "signatory"
    else:
        category = "" if organisation else "non-signatory"
    kind = next((kind.id for kind in book.participants.values() if category and category in kind.covers), None)
    if kind is None:
        return None
    seat: dict[str, Any] = {"code": one.iso3, "name": one.name.to_json(), "kind": kind}
    if one.group:
        seat["group"] = one.group
    mark = MEMBERS.get(one.iso3)
    if category == "regional-organisation-party" and mark:
        seat["members"] = [code for code in sorted(standings) if mark in states[code].groups]
    return seat


def _given(row: Row, known: Mapping[str, Mapping[str, Any]], book: Rulebook) -> dict[str, Any]:
    code = row.cells.get("code", "")
    if not code:
        raise BadSheet("the row gives no code", where=row.where)
    seat = dict(known.get(code, {"code": code}))
    english, french = row.cells.get("name_en", ""), row.cells.get("name_fr", "")
    if english or french:
        seat["name"] = {"en": english or french, "fr": french or english}
    for column in ("kind", "group"):
        if row.cells.get(column):
            seat[column] = row.cells[column]
    if row.cells.get("members"):
        seat["members"] = row.cells["members"].replace(";", " ").replace(",", " ").split()
    for needed in ("name", "kind"):
        if needed not in seat:
            raise BadSheet(f"{code} needs its {needed}: the status data do not give it", where=row.where)
    if seat["kind"] not in book.participants:
        kinds = ", ".join(book.participants)
        raise BadSheet(f"{seat['kind'][:40]!r} is no kind of participant of {book.id}: {kinds}", where=row.where)
    return seat


def _among(seat: Mapping[str, Any], found: Collection[str]) -> Mapping[str, Any]:
    """*seat*, with only those of its members who take part."""
    if "members" not in seat:
        return seat
    return {**seat, "members": [code for code in seat["members"] if code in found]}
