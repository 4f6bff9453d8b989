"""The exhibits of a case and who held them, on one page to print, and as files for a court."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from rogatory.evidence.court import case_uco, tables
from rogatory.evidence.court.paper import Paper, Part, paper
from rogatory.node.evidence.court import exports, records
from rogatory.node.evidence.court.exports import NoSuchForm
from rogatory.web.doors import DeskRequest, signed_in

#: The files by the name under which they are offered: the form, and the media type.
FILES = {
    "record.html": ("html", "text/html; charset=utf-8"),
    tables.EXHIBITS: ("csv", "text/csv; charset=utf-8"),
    tables.CUSTODY: ("csv", "text/csv; charset=utf-8"),
    exports.CASE_UCO: ("case-uco", case_uco.MEDIA_TYPE),
}


@require_GET
@signed_in
def show(request: DeskRequest, case: str) -> HttpResponse:
    """The record on one page; the reading is recorded."""
    made = paper(records.page(request.node, request.actor, case), _language())
    return render(request, "web/custodyrecord.html", {"paper": made, "parts": _shown(made)})


@require_GET
@signed_in
def file(request: DeskRequest, case: str, name: str) -> HttpResponse:
    """One file of the record, to be kept; the export is recorded."""
    if name not in FILES:
        raise NoSuchForm(f"{name[:40]!r} is not one of {', '.join(FILES)}")
    form, media_type = FILES[name]
    made = exports.documents(request.node, request.actor, case, form, lang=_language())
    data = made[name] if name in made else next(iter(made.values()))
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{case}-{name}"'
    return response


def _language() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def _shown(made: Paper) -> list[dict[str, Any]]:
    """The parts of the paper, each row of a table with its headings beside its cells."""
    return [{"part": part, "rows": _rows(part)} for part in made.parts]


def _rows(part: Part) -> list[dict[str, Any]]:
    if part.table is None:
        return []
    headings = part.table.headings
    return [{"cells": tuple(zip(headings, row.cells, strict=True)), "below": row.below} for row in part.table.rows]
