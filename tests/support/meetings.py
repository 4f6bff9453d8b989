"""A meeting to play with: Parties S00, S01 … in five groups, an organisation, signatories and observers, at any stage.

`Table.do` takes an event or raises; `Table.refused` expects a refusal and looks that nothing changed.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.state import State
from rogatory.conference.rulebook import loader
from rogatory.errors import RogatoryError

OPENS = datetime(2030, 1, 7, 9, tzinfo=UTC)
OFFICE = Actor("secretariat", "Secretary")
CHAIR = "S00"
UNION, SIGNATORY, NGO, LISTED, INVITED = "UNION", "SIGN", "NGO", "NGO-2", "IGO"


def code(number: int) -> str:
    """The code of the Party *number*."""
    return f"S{number:02}"


def words(text: str) -> dict[str, str]:
    return {"en": text, "fr": f"{text} (fr)"}


def first(
    parties: int = 9,
    *,
    book: str = "hanoi-draft",
    choices: Mapping[str, str] | None = None,
    members: tuple[str, ...] = (),
    kind: str = "regular",
    body: str = "conference",
    toml: str = "",
) -> Event:
    """The event that makes the meeting: *parties* Parties, the union of *members*, a signatory and three observers."""
    groups = ("african", "asia-pacific", "eastern-european", "latin-american-caribbean", "western-european-and-others")
    seats: list[dict[str, Any]] = [
        {
            "code": code(number),
            "name": words(f"{chr(65 + number % 26)}land {number:02}"),
            "kind": "party",
            "group": groups[number % 5],
        }
        for number in range(parties)
    ]
    if members:
        organisation = {"code": UNION, "name": words("The Union"), "kind": "regional-organisation"}
        seats.append({**organisation, "members": list(members)})
    seats += [
        {"code": SIGNATORY, "name": words("Signatory"), "kind": "signatory"},
        {"code": INVITED, "name": words("Invited entity"), "kind": "igo-invited"},
        {"code": NGO, "name": words("Society with status"), "kind": "ngo-ecosoc"},
        {"code": LISTED, "name": words("Society without"), "kind": "ngo-other"},
    ]
    return Event(
        kind="meeting-made",
        by=OFFICE,
        at=OPENS - timedelta(days=100),
        body={
            "id": "COP-1",
            "title": words("First session"),
            "body": body,
            "kind": kind,
            "venue": "Vienna",
            "opens": "2030-01-07",
            "closes": "2030-01-11",
            "presiding": CHAIR,
            "seats": seats,
            "rulebook": {"toml": toml or loader.delivered_text(book), "choices": dict(choices or {})},
        },
    )


class Table:
    """A meeting in play: `state` is what it is now, `events` what was taken, `at` the time."""

    def __init__(self, state: State, *, events: tuple[Event, ...] = ()) -> None:
        self.state = state
        self.events = list(events)
        self.at = state.at

    def wait(self, *, days: float = 0, hours: float = 0) -> None:
        self.at += timedelta(days=days, hours=hours)

    def event(self, by: str | Actor, kind: str, **body: Any) -> Event:
        """By the chair, by the office, by a teller (`teller:S01`), or by the delegation of this code."""
        return Event(kind=kind, by=by if isinstance(by, Actor) else self.actor(by), at=self.at, body=body)

    def actor(self, who: str) -> Actor:
        if who == "chair":
            return Actor("presiding", self.state.presiding)
        if who == "office":
            return OFFICE
        role, colon, of = who.partition(":")
        return Actor(role, of) if colon else Actor("delegation", who)

    def do(self, by: str | Actor, kind: str, **body: Any) -> State:
        event = self.event(by, kind, **body)
        self.state = engine.step(self.state, event)
        self.events.append(event)
        return self.state

    def refused(self, code: str, by: str | Actor, kind: str, *, cites: str = "", **body: Any) -> RogatoryError:
        """The refusal, which has this code and cites the rule that the rulebook calls *cites*; nothing changed."""
        before = self.state
        with pytest.raises(RogatoryError) as caught:
            engine.step(self.state, self.event(by, kind, **body))
        assert caught.value.code == code, caught.value
        assert self.state == before
        if cites:
            assert caught.value.cite == self.state.book.cite(cites)
        return caught.value

    def propose(self, proposal: str, by: str = "S01", *, circulated: bool = True, **body: Any) -> None:
        """A proposal, circulated a day and a half ago."""
        self.do(by, "proposal-submitted", proposal=proposal, title=words(proposal), **body)
        if circulated:
            self.do("office", "proposal-circulated", proposal=proposal)

    def vote(self, votes: Mapping[str, str], **question: Any) -> State:
        """A recorded vote from its opening to its close."""
        self.do("chair", "vote-opened", **{"method": "recorded", **question})
        assert self.state.vote
        running = self.state.vote.id
        for one, choice in votes.items():
            self.do(one, "vote-cast", vote=running, choice=choice)
        return self.do("chair", "vote-closed", vote=running)

    def carry(self, motion: str, by: str = "S02", **body: Any) -> State:
        """A motion that nobody objects to."""
        self.do(by, "motion-moved", motion=motion, **body)
        return self.do("chair", "motion-agreed", pending=self.state.floor.motions[-1].id)


def choices(yes: int, no: int = 0, abstain: int = 0, *, start: int = 0) -> dict[str, str]:
    """So many Parties for, against and abstaining, from S00 on."""
    sides = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
    return {code(start + number): side for number, side in enumerate(sides)}


@cache
def _convened(parties: int, book: str, chosen: tuple[tuple[str, str], ...], members: tuple[str, ...]) -> State:
    return engine.begin(first(parties, book=book, choices=dict(chosen), members=members))


def convened(
    parties: int = 9,
    *,
    book: str = "hanoi-draft",
    choices: Mapping[str, str] | None = None,
    members: tuple[str, ...] = (),
) -> Table:
    """A meeting that was made and not announced."""
    return Table(_convened(parties, book, tuple(sorted((choices or {}).items())), members))


def arrived(table: Table, *, absent: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Table:
    """Announced; the day has come; all but the *absent* are in the room, all but those *without* with credentials."""
    table.do("office", "session-notified")
    for item in ("1", "2"):
        table.do("office", "item-proposed", item=item, title=words(f"Item {item}"))
    table.do("office", "agenda-circulated")
    table.at = OPENS - timedelta(days=2)
    for one in sorted(table.state.seats):
        if table.state.kind(one).credentials and one not in without:
            table.do("office", "credentials-submitted", seat=one, signed_by="foreign-minister")
    table.at = OPENS
    for one, seat in sorted(table.state.seats.items()):
        if seat.place == "seated" and one not in absent:
            table.do(one, "attendance", present=True)
    return table


def sitting(parties: int = 9, **how: Any) -> Table:
    """The first meeting is open; nothing is decided yet."""
    there = {name: how.pop(name) for name in ("absent", "without") if name in how}
    table = arrived(convened(parties, **how), **there)
    table.do("chair", "meeting-opened")
    return table


def debating(parties: int = 9, **how: Any) -> Table:
    """Credentials approved, the agenda adopted, item 1 under discussion."""
    table = sitting(parties, **how)
    submitted = [one for one, seat in sorted(table.state.seats.items()) if seat.credentials == "submitted"]
    table.do("chair", "credentials-approved", accepted=submitted)
    table.do("chair", "agenda-adopted")
    table.do("chair", "item-opened", item="1")
    return table


def ready(parties: int = 9, *proposals: str, **how: Any) -> Table:
    """The same with proposals that were circulated in time and on which consensus was sought."""
    table = debating(parties, **how)
    for one in proposals or ("P1",):
        table.propose(one, item="1")
        table.do("chair", "consensus-sought", proposal=one, text="Two rounds of consultations.")
    table.wait(hours=25)
    return table
