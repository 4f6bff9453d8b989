"""A new meeting: choose its rules and answer their open questions, say what it is, look at who takes part, make it.

Nothing is made before the secretary has seen how many take part as what, and of which States the data are not sure.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rogatory.conference.rulebook import loader
from rogatory.conference.rulebook.model import Rulebook
from rogatory.errors import BadInput, RogatoryError
from rogatory.kernel import times
from rogatory.node.conference import meetings, participants
from rogatory.node.conference.participants import Participants
from rogatory.web.conference.access import FaceRequest, for_secretaries
from rogatory.web.conference.words import BODIES, SESSIONS
from rogatory.web.middleware import status_of

MAX_TABLE = 512 * 1024
#: The fields of the form that are texts, and how long they may be.
TEXTS = {"title_en": 200, "title_fr": 200, "id": 40, "venue": 200, "opens": 10, "closes": 10, "presiding": 10}


class MissingFact(BadInput):
    """Something that a meeting cannot be made without is missing."""

    code = "meeting-fact-missing"
    remedy = "Give its title, its place, and the days on which it opens and closes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The form as it was sent: texts as they stand, the answers to the open questions, the table of participants."""

    texts: Mapping[str, str]
    choices: Mapping[str, str]
    table: str

    def facts(self, seats: Participants) -> dict[str, Any]:
        """The members of the first event; raises `MissingFact`."""
        texts = self.texts
        if not (texts["title_en"] or texts["title_fr"]) or not texts["venue"]:
            raise MissingFact
        title = {"en": texts["title_en"] or texts["title_fr"], "fr": texts["title_fr"] or texts["title_en"]}
        found = {name: texts[name] for name in ("body", "kind", "venue", "opens", "closes")}
        optional = {name: texts[name] for name in ("id", "presiding") if texts[name]}
        return {**found, **optional, "title": title, "seats": [dict(one) for one in seats.seats]}

    def day(self) -> date:
        """The day of opening; raises `MissingFact` and `BadTime`."""
        if not self.texts["opens"] or not self.texts["closes"]:
            raise MissingFact
        return times.parse_day(self.texts["opens"])


@for_secretaries
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: FaceRequest) -> HttpResponse:
    """Choose the rules; fill in the form and look; make the meeting."""
    name = request.POST.get("rulebook", "") or request.GET.get("rulebook", "")
    if not name:
        books = [loader.delivered(one) for one in loader.DELIVERED]
        return render(request, "web/conference/new.html", {"books": books})
    wanted = _wanted(request, loader.delivered(name))
    try:
        book = loader.delivered(name, choices=wanted.choices)
        if request.method != "POST":
            return _form(request, book, wanted)
        found = _participants(request, book, wanted)
        facts = wanted.facts(found)
        if request.POST.get("step") != "make":
            return _form(request, book, wanted, found=found)
        made = meetings.create(request.node, request.actor, facts, rulebook=name, choices=wanted.choices)
    except RogatoryError as error:
        if not isinstance(error, BadInput) and status_of(error) != 403:
            raise
        return _form(request, loader.delivered(name), wanted, error=error)
    return redirect("conference-desk", made)


def _wanted(request: FaceRequest, book: Rulebook) -> Wanted:
    sent = request.POST
    texts = {name: sent.get(name, "").strip()[:most] for name, most in TEXTS.items()}
    texts["body"] = sent.get("body", "conference")
    texts["kind"] = sent.get("kind", "regular")
    upload = request.FILES.get("file")
    table = upload.read(MAX_TABLE).decode("utf-8-sig", "replace") if upload else sent.get("table", "")[:MAX_TABLE]
    choices = {one.id: sent[f"option.{one.id}"] for one in book.options if f"option.{one.id}" in sent}
    return Wanted(texts=texts, choices=choices, table=table)


def _participants(request: FaceRequest, book: Rulebook, wanted: Wanted) -> Participants:
    if wanted.table.strip():
        data = wanted.table.encode()
        return participants.of_table(data, request.node.status, book, wanted.day(), name="participants.csv")
    return participants.of_status(request.node.status, book, wanted.day())


def _form(
    request: FaceRequest,
    book: Rulebook,
    wanted: Wanted,
    *,
    found: Participants | None = None,
    error: RogatoryError | None = None,
) -> HttpResponse:
    by_kind = Counter(str(seat["kind"]) for seat in found.seats) if found else {}
    context = {
        "book": book,
        "wanted": wanted,
        "options": [
            {"option": one, "rule": book.rules.get(one.rule), "chosen": wanted.choices.get(one.id, book.chosen[one.id])}
            for one in book.options
        ],
        "bodies": BODIES.items(),
        "sessions": SESSIONS.items(),
        "found": found,
        "number": len(found.seats) if found else 0,
        "by_kind": [(book.participants[kind].name, number) for kind, number in by_kind.items()],
        "unsure": [request.node.status.state(code).name for code in found.unsure] if found else [],
        "refusal": error,
    }
    return render(request, "web/conference/new_form.html", context, status=status_of(error) if error else 200)
