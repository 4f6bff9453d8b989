"""National laws at the desk: the list, a law with its texts, a text to read and search, and what changed between two.

A text is shown a page of provisions at a time, beside a table of its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.alignment.assessment.progress import progress
from rogatory.alignment.national import versions
from rogatory.alignment.proposing.glossaries import languages
from rogatory.node.alignment import assessments, proposals, texts
from rogatory.node.alignment import changes as changing
from rogatory.ports.alignment import ProvisionRow
from rogatory.web.alignment.access import for_readers, may_write
from rogatory.web.alignment.finding import MAX_QUERY, find
from rogatory.web.doors import DeskRequest, require_confirmation

PAGE = 50
#: Changes that one page shows.
MOST_CHANGES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfText:
    """A heading of a text, how deep it stands, and the page on which its first provision is."""

    title: str
    depth: int
    page: int
    key: str


@for_readers
def home(request: DeskRequest) -> HttpResponse:
    """Every national law and every assessment of this node, with what to do next where there is none."""
    node = request.node
    held = [assessments.held(node, row.id) for row in assessments.every(node)]
    context = {
        "laws": texts.laws(node),
        "assessments": [(one, progress(node.law, one.assessment).count) for one in held],
        "may_write": may_write(request),
    }
    return render(request, "web/align/home.html", context)


@for_readers
def law(request: DeskRequest, id: str) -> HttpResponse:
    """One law: its texts, and the assessments that look at one of them."""
    held = request.node.stores.alignment.law(id)
    if held is None:
        raise texts.NoSuchNationalLaw(f"there is no law {id[:60]!r} here")
    rows = list(request.node.stores.alignment.texts(id))
    known = {row.id for row in rows}
    context = {
        "law": held,
        "texts": list(zip(rows, [None, *rows[:-1]], strict=True)),
        "assessments": [one for one in assessments.every(request.node) if known & set(one.texts)],
        "may_write": may_write(request),
    }
    return render(request, "web/align/law.html", context)


@for_readers
def text(request: DeskRequest, id: str) -> HttpResponse:
    """A text: its parts, a page of its provisions, or those in which every word of a search stands."""
    row = texts.text_row(request.node, id)
    rows = request.node.stores.alignment.provisions(id)
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    page = _page(request, rows)
    hits, more = find(request.node, (row,), query, limit=PAGE) if query else ((), False)
    context = {
        "text": row,
        "law": request.node.stores.alignment.law(row.law),
        "query": query,
        "hits": hits,
        "more": more,
        "provisions": [texts.provision(one) for one in rows[page * PAGE : (page + 1) * PAGE]],
        "parts": _parts(rows),
        "page": page,
        "pages": [
            (number, rows[number * PAGE], rows[min((number + 1) * PAGE, len(rows)) - 1])
            for number in range(-(-len(rows) // PAGE))
        ],
        "current": proposals.is_current(request.node, id),
        "ranked": row.lang in languages(),
        "fresh": request.GET.get("fresh") == "1",
        "others": [one for one in request.node.stores.alignment.texts(row.law) if one.id != id],
        "used_by": [one for one in assessments.every(request.node) if id in one.texts],
        "may_write": may_write(request),
    }
    return render(request, "web/align/text.html", context)


@for_readers
def changes(request: DeskRequest, id: str, before: str) -> HttpResponse:
    """What changed from the text *before* to the text *id*, provision by provision and word by word."""
    found = changing.changes(request.node, before, id)
    counts = versions.counted(found.changes)
    kinds = [one for one in request.GET.getlist("what") if one in counts]
    shown = [one for one in found.changes if one.what in (kinds or set(counts) - {versions.UNCHANGED})]
    context = {
        "after": found.after,
        "before": found.before,
        "law": request.node.stores.alignment.law(found.after.law),
        "counts": counts,
        "kinds": kinds,
        "changes": shown[:MOST_CHANGES],
        "left_out": max(0, len(shown) - MOST_CHANGES),
    }
    return render(request, "web/align/changes.html", context)


@require_POST
@for_readers
def remove(request: DeskRequest, id: str) -> HttpResponse:
    """A text that no assessment looks at is removed, after a mark that says so."""
    require_confirmation(request)
    texts.remove_text(request.node, request.actor, id)
    messages.success(request, _("The text has been removed."))
    return redirect("align")


def _page(request: DeskRequest, rows: Sequence[ProvisionRow]) -> int:
    """The page that is asked for, by its number or by the key of a provision on it, counted from 0."""
    if key := request.GET.get("at", ""):
        return next((place // PAGE for place, one in enumerate(rows) if one.key == key), 0)
    asked = request.GET.get("page", "")
    number = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    return min(max(number, 0), max(0, (len(rows) - 1) // PAGE))


def _parts(rows: Sequence[ProvisionRow]) -> list[PartOfText]:
    """The headings under which the provisions stand, each once where it begins."""
    found: list[PartOfText] = []
    before: list[str] = []
    for place, one in enumerate(rows):
        above = list(one.above)
        same = next((deep for deep, pair in enumerate(zip(above, before, strict=False)) if pair[0] != pair[1]), None)
        first = min(len(above), len(before)) if same is None else same
        found += [
            PartOfText(title=title, depth=min(deep, 4), page=place // PAGE + 1, key=one.key)
            for deep, title in enumerate(above)
            if deep >= first
        ]
        before = above
    return found
