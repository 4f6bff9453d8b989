"""A hall for the benchmark of the conference: a meeting with many delegations, made on a node's own data folder.

Run as a process of its own, also beside one that serves the same folder: `python -m bench.conference_driver WHAT …`.
`make N M` makes a meeting of N delegations, all of them present, with M proposals that may be put to the vote, and
prints the secrets of their passes; `stands MEETING` reads and verifies the whole record anew and prints who has voted
how in the last vote; `commits N` adds N rows of the size of a vote one by one, each durable. One JSON object each.
"""

import json
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import django

django.setup()

from django.conf import settings

from rogatory.conference.meeting.events import Actor
from rogatory.node.conference import meetings, passes
from rogatory.node.conference.passes import Wish
from rogatory.node.context import Node
from rogatory.node.people import Actor as Person
from rogatory.ports.conference import EntryRow
from rogatory.ports.world import Clock
from rogatory.site import wiring

MEETING = "BENCH-1"
GROUPS = ("african", "asia-pacific", "eastern-european", "latin-american-caribbean", "western-european-and-others")
DAYS = timedelta(days=5)
SECRETARIAT = Actor("secretariat", "Secretariat")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Later:
    """A clock that goes *by* ahead of another: what a meeting needs days for is done in seconds."""

    clock: Clock
    by: timedelta

    def now(self) -> datetime:
        """The time, so much later."""
        return self.clock.now() + self.by


def codes(count: int) -> list[str]:
    """The codes of *count* States that do not exist."""
    return [f"X{one}{other}" for one, other in product(LETTERS, LETTERS)][:count]


def make(node: Node, count: int, proposals: int) -> dict[str, Any]:
    """A meeting of *count* delegations that has adopted its agenda, and the secrets of all passes."""
    states = codes(count)
    person = Person(id="sam", name="Sam", authority="VNM/contact-point", roles=frozenset({"secretary"}))
    later = replace(node, clock=Later(node.clock, DAYS))
    meetings.create(node, person, _facts(later, states), rulebook="hanoi-draft", choices={})
    _prepared(node, states, proposals)
    _opened(later, states[0], proposals)
    wishes = [Wish(role="delegation", of=code, name=f"Delegation of {code}") for code in states]
    wishes += [Wish(role="presiding", of=states[0], name="Chair"), Wish(role="screen", of="", name="Screen")]
    issued = passes.issue_all(node, person, MEETING, wishes)
    *delegations, chair, screen = (one.secret for one in issued)
    return {
        "meeting": MEETING,
        "delegations": dict(zip(states, delegations, strict=True)),
        "chair": chair,
        "screen": screen,
    }


def pass_days() -> None:
    """The node shows the day of the opening from its next start on."""
    path = settings.DATA / "node.toml"
    ahead = r"(?m)^clock_ahead_seconds = (\d+)$"
    text = path.read_text(encoding="utf-8")
    later = re.sub(ahead, lambda found: f"clock_ahead_seconds = {int(found[1]) + int(DAYS.total_seconds())}", text)
    path.write_text(later, encoding="utf-8")


def _facts(node: Node, states: list[str]) -> dict[str, Any]:
    opens = node.clock.now().date()
    rows = [
        {"code": code, "name": {"en": f"State {code}", "fr": f"État {code}"}, "kind": "party", "group": group}
        for code, group in zip(states, GROUPS * len(states), strict=False)
    ]
    return {
        "id": MEETING,
        "title": {"en": "Session of the benchmark", "fr": "Session du banc d'essai"},
        "body": "conference",
        "kind": "regular",
        "venue": "A hall (invented)",
        "opens": opens.isoformat(),
        "closes": (opens + timedelta(days=3)).isoformat(),
        "presiding": states[0],
        "seats": rows,
    }


def _prepared(node: Node, states: list[str], proposals: int) -> None:
    """Agenda, credentials, arrival and proposals, days before."""

    def secretary(kind: str, **body: Any) -> None:
        meetings.act(node, MEETING, SECRETARIAT, kind, body)

    secretary("session-notified")
    secretary("item-proposed", item="1", title={"en": "The work of the session", "fr": "Travaux de la session"})
    secretary("agenda-circulated")
    for code in states:
        secretary("delegation-registered", seat=code, delegates=[f"Representative of {code}"])
        secretary("credentials-submitted", seat=code, signed_by="foreign-minister")
        meetings.act(node, MEETING, Actor("delegation", code), "attendance", {"present": True})
    for number in range(1, proposals + 1):
        title = {"en": f"Proposal {number}", "fr": f"Proposition {number}"}
        body = {"proposal": f"L.{number}", "title": title, "item": "1", "sponsors": []}
        meetings.act(node, MEETING, Actor("delegation", states[1]), "proposal-submitted", body)
        secretary("proposal-circulated", proposal=f"L.{number}")


def _opened(node: Node, presiding: str, proposals: int) -> None:
    """The meeting is open, at the item of the proposals, and every effort at consensus is on record."""
    chair = Actor("presiding", presiding)
    meetings.act(node, MEETING, chair, "meeting-opened", {})
    meetings.act(node, MEETING, chair, "agenda-adopted", {})
    meetings.act(node, MEETING, chair, "item-opened", {"item": "1"})
    for number in range(1, proposals + 1):
        body = {"proposal": f"L.{number}", "text": "Consultations were held."}
        meetings.act(node, MEETING, chair, "consensus-sought", body)


def stands(node: Node, meeting: str) -> dict[str, Any]:
    """The record as the database has it, verified entry by entry: how long it is, and who voted how at last."""
    found = meetings.sitting(node, meeting)
    vote = found.state.vote or found.state.votes[-1]
    cast = [json.loads(row) for row in _bodies(node, meeting)]
    return {
        "entries": found.number,
        "head": found.head,
        "vote": vote.id,
        "open": found.state.vote is not None,
        "votes": {code: choice.value for code, choice in vote.votes.items()},
        "awaited": list(found.awaited),
        "entered": sum(1 for one in cast if one["kind"] == "vote-cast" and one["body"]["vote"] == vote.id),
    }


def _bodies(node: Node, meeting: str) -> list[bytes]:
    from rogatory.conference.record import entries

    lines = [line.rstrip(b"\n") for line in meetings.record(node, meeting)]
    read = (entries.read(line, number=number)[0] for number, line in enumerate(lines, 1))
    return [json.dumps({"kind": one.event.kind, "body": _plain(one.event.body)}).encode() for one in read]


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if isinstance(value, str)}


def commits(node: Node, count: int) -> dict[str, float]:
    """The seconds that *count* rows of the size of a vote take, each in a transaction of its own that is durable."""
    line = node.random(700)
    begin, spent = time.perf_counter(), time.process_time()
    for number in range(1, count + 1):
        with node.stores.atomic():
            node.stores.conference.add_entry(EntryRow(meeting=f"F-{begin:.0f}", number=number, line=line))
    return {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - spent}


def main(what: str, *given: str) -> None:
    """Do *what* and print what came of it."""
    node = wiring.node()
    if what == "make":
        print(json.dumps(make(node, int(given[0]), int(given[1]))))
        pass_days()
    elif what == "stands":
        print(json.dumps(stands(node, given[0])))
    else:
        print(json.dumps(commits(node, int(given[0]))))


if __name__ == "__main__":
    main(*sys.argv[1:])
