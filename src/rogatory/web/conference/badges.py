"""Passes of a meeting: issued for devices, printed on badges, withdrawn; secrets are shown once, on that page."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rogatory.conference.meeting.state import Place, State
from rogatory.errors import RogatoryError
from rogatory.law.words import Words
from rogatory.node.conference import meetings, passes
from rogatory.node.conference.passes import Issued, Wish
from rogatory.office.programme import badges as sheet
from rogatory.office.programme.badges import Badge, BadgeCategory
from rogatory.web.conference import acts, live, matters
from rogatory.web.conference.access import FaceRequest, for_secretaries
from rogatory.web.conference.words import ROLES
from rogatory.web.doors import require_confirmation
from rogatory.web.middleware import status_of

MAX_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One pass in the list."""

    id: str
    role: str
    of: str
    of_name: Words | None
    name: str
    issued_at: object
    issued_by: str
    revoked_at: object


@for_secretaries
@require_safe
def passes_page(request: FaceRequest, meeting: str) -> HttpResponse:
    """The passes of the meeting, and the forms that issue more."""
    return _page(request, meeting)


@for_secretaries
@require_POST
def issue_all(request: FaceRequest, meeting: str) -> HttpResponse:
    """A pass for every delegation that has none, and the sheet of badges to print."""
    state = meetings.sitting(request.node, meeting).state
    held = {
        one.of
        for one in passes.listed(request.node, request.actor, meeting)
        if one.role == "delegation" and not one.revoked_at
    }
    wishes = [
        Wish(role="delegation", of=one.code, name=one.name.en)
        for one in sorted(state.seats.values(), key=lambda seat: seat.name.en)
        if one.place is Place.SEATED and one.code not in held
    ]
    return _sheet(request, meeting, state, passes.issue_all(request.node, request.actor, meeting, wishes))


@for_secretaries
@require_POST
def issue(request: FaceRequest, meeting: str) -> HttpResponse:
    """One pass, and its badge to print."""
    state = meetings.sitting(request.node, meeting).state
    role = request.POST.get("role", "")
    of = str(acts.code_of(request.POST.get("of", "").strip(), state.seats))
    if role.startswith("screen"):
        role, of = "screen", passes.AS_IT_STANDS if role == f"screen-{passes.AS_IT_STANDS}" else ""
    usual = str(_("Screen")) if role == "screen" else matters.name(state, of).en
    name = request.POST.get("name", "").strip()[:MAX_NAME] or usual
    try:
        issued = passes.issue_all(request.node, request.actor, meeting, [Wish(role=role, of=of, name=name)])
    except RogatoryError as error:
        return _page(request, meeting, error)
    return _sheet(request, meeting, state, issued)


@for_secretaries
@require_POST
def revoke(request: FaceRequest, meeting: str, id: str) -> HttpResponse:
    """Withdraw a pass: whoever holds it is out at the next request."""
    require_confirmation(request)
    passes.revoke(request.node, request.actor, meeting, id)
    live.watch().forget_passes()
    return redirect("conference-passes", meeting)


def _page(request: FaceRequest, meeting: str, error: RogatoryError | None = None) -> HttpResponse:
    state = meetings.sitting(request.node, meeting).state
    every = passes.listed(request.node, request.actor, meeting)
    context = {
        "meeting": meeting,
        "state": state,
        "rows": [
            Row(
                id=one.id,
                role=one.role,
                of=one.of,
                of_name=_whose(state, one.of),
                name=one.name,
                issued_at=one.issued_at,
                issued_by=one.issued_by,
                revoked_at=one.revoked_at,
            )
            for one in sorted(every, key=lambda one: (one.revoked_at is not None, one.role, one.of))
        ],
        "roles": ROLES,
        "without": sum(
            1
            for code, one in state.seats.items()
            if one.place is Place.SEATED
            and not any(row.of == code and row.role == "delegation" and not row.revoked_at for row in every)
        ),
        "delegations": [(code, matters.name(state, code)) for code in sorted(state.seats)],
        "refusal": error,
        "refusal_rule": None,
    }
    return render(request, "web/conference/passes.html", context, status=status_of(error) if error else 200)


def _whose(state: State, of: str) -> Words | None:
    """For whom a pass is; for a screen, when it shows the count of a vote."""
    if of == passes.AS_IT_STANDS:
        return Words("shows votes as they come", "montre les votes à mesure")
    return matters.name(state, of) if of else None


def _sheet(request: FaceRequest, meeting: str, state: State, issued: tuple[Issued, ...]) -> HttpResponse:
    found = [
        Badge(
            name=one.held.name,
            delegation=matters.name(state, one.held.of).en if one.held.of in state.seats else "",
            function=str(ROLES[one.held.role]),
            category=_category(state, one.held.role, one.held.of),
            link=request.build_absolute_uri(reverse("conference-enter", args=[meeting, one.secret])),
        )
        for one in issued
    ]
    context = {"meeting": meeting, "state": state, "sheets": sheet.sheets(found), "number": len(found)}
    return render(request, "web/conference/badge_sheet.html", context)


def _category(state: State, role: str, of: str) -> BadgeCategory:
    if role == "screen":
        return BadgeCategory.SECRETARIAT
    observer = role == "delegation" and not state.kind(of).votes
    return BadgeCategory.OBSERVER if observer else BadgeCategory.DELEGATE
