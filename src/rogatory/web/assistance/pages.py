"""The pages about help that are read: the overview, the lists, matches, and one entry with all that belongs to it."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rogatory.assistance import kinds, tables
from rogatory.assistance.entries import Entry, Visibility
from rogatory.assistance.matching import Match
from rogatory.assistance.pledges import Outcome
from rogatory.errors import RogatoryError
from rogatory.node import partners
from rogatory.node.assistance import entries, exchange, files, finding
from rogatory.node.assistance.entries import Wanted
from rogatory.web.assistance.access import for_readers, may_write
from rogatory.web.doors import DeskRequest
from rogatory.web.middleware import status_of

MOST_SHOWN = 500
#: So many matches stand on the page of an entry.
FEW_MATCHES = 10
#: So many pairs are looked at for the overview, which is to open at once.
FEW_PAIRS = 1000
_LATE = (Outcome.LATE, Outcome.SOON)


@require_safe
@for_readers
def overview(request: DeskRequest) -> HttpResponse:
    """What is here of each kind, and what waits: interest shown to us, late pledges, the best matches."""
    found = entries.listed(request.node, request.actor, Wanted())
    ours, theirs = (
        Counter(one.kind for one in found if (one.owner == request.node.state) is is_) for is_ in (True, False)
    )
    pledges = finding.pledges_of(request.node, [one for one in found if one.kind == kinds.PLEDGE])
    best = finding.matches(request.node, request.actor, most=FEW_PAIRS).matches
    interests = [one for one in exchange.interests(request.node, request.actor) if not one.ours and one.interested]
    context = {
        "here_kind": "overview",
        "kinds": [(shape, ours[kind], theirs[kind]) for kind, shape in kinds.SHAPES.items()],
        "late": [one for one in pledges if one.standing.outcome in _LATE],
        "interests": [(one, titles(found).get(one.entry, "")) for one in interests],
        "matches": [one for one in best if not one.blocked][:5],
        **common(request),
    }
    return render(request, "web/assist/overview.html", context)


@require_safe
@for_readers
def listed(request: DeskRequest, kind: str) -> HttpResponse:
    """The entries of one kind that were chosen."""
    shape = kinds.shape_of(kind)
    return list_page(request, shape.kind)


def list_page(request: DeskRequest, kind: str, problem: RogatoryError | None = None) -> HttpResponse:
    """The list of *kind*, with what was not done and why."""
    asked = _asked(request, kind)
    found = entries.listed(request.node, request.actor, asked)[:MOST_SHOWN]
    context: dict[str, Any] = {
        "shape": kinds.shape_of(kind),
        "here_kind": kind,
        "asked": asked,
        "whose": {True: "ours", False: "partners"}.get(asked.ours, "") if asked.ours is not None else "",
        "filtered": bool(asked.article or asked.text or asked.ours is not None or asked.withdrawn),
        "entries": found,
        "problem": problem,
        **common(request),
        **_of_kind(request, kind, found),
    }
    return render(request, "web/assist/list.html", context, status=status_of(problem) if problem else 200)


def _of_kind(request: DeskRequest, kind: str, found: tuple[Entry, ...]) -> dict[str, Any]:
    """What the list of *kind* shows besides the entries."""
    node = request.node
    if kind == kinds.PROJECT:
        return {"projects": finding.projects_of(node, found)}
    if kind == kinds.FUNDING:
        return {"funding": finding.funding_of(found, node.clock.now().date())}
    if kind == kinds.PLEDGE:
        return {"pledges": finding.pledges_of(node, found)}
    if kind == kinds.PRACTICE:
        return {"practices": by_article(found)}
    return {}


@require_safe
@for_readers
def matches(request: DeskRequest) -> HttpResponse:
    """Needs and the offers that may answer them, with every reason and obstacle."""
    name = request.GET.get("entry", "")
    found = finding.matches(request.node, request.actor, name=name)
    context = {
        "here_kind": "matches",
        "of": entries.get(request.node, request.actor, name) if name else None,
        "matches": found.matches,
        "all_looked_at": found.all_looked_at,
        **common(request),
    }
    return render(request, "web/assist/matches.html", context)


@require_safe
@for_readers
def entry(request: DeskRequest, owner: str, id: str) -> HttpResponse:
    """One entry, its versions, who has it and who is interested."""
    return entry_page(request, f"{owner}/{id}")


def entry_page(request: DeskRequest, name: str, problem: RogatoryError | None = None) -> HttpResponse:
    """The page of the entry *name*, with what was not done and why."""
    node, actor = request.node, request.actor
    found = entries.get(node, actor, name)
    is_ours = found.owner == node.state
    matched: tuple[Match, ...] = ()
    versions = entries.history(node, actor, name)
    if found.kind in (kinds.NEED, kinds.OFFER) and not found.withdrawn:
        matched = finding.matches(node, actor, name=name, most=FEW_PAIRS).matches[:FEW_MATCHES]
    context = {
        "entry": found,
        "shape": kinds.shape_of(found.kind),
        "here_kind": found.kind,
        "ours": is_ours,
        "versions": versions,
        "may_undo": any(one.body != found.body or found.withdrawn for one in versions[1:]),
        "holders": exchange.holders(node, actor, name) if is_ours else (),
        "interests": exchange.interests(node, actor, name),
        "matches": matched,
        "partners": sorted(partners.all_cards(node)),
        "visibilities": [one for one in Visibility if one is not Visibility.PUBLIC],
        "own": _own_for(request, found),
        "project": finding.projects_of(node, [found])[0] if found.kind == kinds.PROJECT else None,
        "contribution": finding.funding_of([found], node.clock.now().date()) if found.kind == kinds.FUNDING else None,
        "pledge": finding.pledges_of(node, [found])[0] if found.kind == kinds.PLEDGE else None,
        "problem": problem,
        **common(request),
    }
    return render(request, "web/assist/entry.html", context, status=status_of(problem) if problem else 200)


@require_safe
@for_readers
def export(request: DeskRequest) -> HttpResponse:
    """Entries as an open file: `?kind=need&for=everybody&as=csv`."""
    kind, audience = request.GET.get("kind", ""), request.GET.get("for", tables.EVERYBODY)
    as_csv = request.GET.get("as") == "csv"
    data = files.export(request.node, request.actor, kind=kind, audience=audience, as_csv=as_csv)
    ending = "csv" if as_csv else "json"
    response = HttpResponse(data, content_type="text/csv; charset=utf-8" if as_csv else "application/json")
    response["Content-Disposition"] = f'attachment; filename="{kind or "assistance"}-for-{audience}.{ending}"'
    return response


def common(request: DeskRequest) -> dict[str, Any]:
    """What every page about help knows."""
    return {"may_write": may_write(request), "all_kinds": list(kinds.SHAPES.values())}


def by_article(found: tuple[Entry, ...]) -> list[tuple[str, list[Entry]]]:
    """*found* under each article that it is on, in the order of the articles."""
    under: dict[str, list[Entry]] = {}
    for one in found:
        for article in dict.fromkeys(number.partition("(")[0] for number in one.body.get("provisions", ())):
            under.setdefault(article, []).append(one)
    return sorted(under.items(), key=lambda pair: int(pair[0]))


def titles(found: tuple[Entry, ...]) -> dict[str, str]:
    """The title of each entry by its name."""
    return {one.name: one.title for one in found}


def _own_for(request: DeskRequest, found: Entry) -> list[Entry]:
    """Our entries that answer *found* of a partner and that the partner may have."""
    answers = {kinds.NEED: kinds.OFFER, kinds.OFFER: kinds.NEED}
    if found.owner == request.node.state or found.kind not in answers:
        return []
    mine = entries.listed(request.node, request.actor, Wanted(kind=answers[found.kind], ours=True))
    return [one for one in mine if one.may_go_to(found.owner)]


def _asked(request: DeskRequest, kind: str) -> Wanted:
    whose = {"ours": True, "partners": False}.get(request.GET.get("whose", ""))
    return Wanted(
        kind=kind,
        ours=whose,
        article=request.GET.get("article", "").strip()[:20],
        text=request.GET.get("q", "").strip()[:200],
        withdrawn=request.GET.get("withdrawn") == "yes",
    )
