"""The gap report and the comparison at the desk: as pages to read and print, and as files in English and French."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from rogatory.alignment.report import tables
from rogatory.alignment.report.comparison import Comparison
from rogatory.alignment.report.comparison_paper import comparison_paper
from rogatory.alignment.report.paper import paper
from rogatory.documents import gapreport
from rogatory.errors import BadInput, NotFound, RogatoryError
from rogatory.kernel import times
from rogatory.law.words import LANGUAGES
from rogatory.node.alignment import assessments, reports
from rogatory.web.alignment.access import for_readers
from rogatory.web.doors import DeskRequest
from rogatory.web.middleware import status_of

_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
#: The files of a report and of a comparison; a table in one language, an object in both.
REPORT_FILES = ("gap-report.pdf", "gap-report.docx", "gaps.csv", "gaps.json", "assessment.csv", "assessment.json")
COMPARISON_FILES = ("comparison.pdf", "comparison.docx", "comparison.csv", "comparison.json")


@for_readers
def report(request: DeskRequest, id: str) -> HttpResponse:
    """The gap report of an assessment, as it stands now or stood at the end of a day."""
    asked, problem = request.GET.get("on", "")[:10], None
    try:
        until = _until(asked)
    except BadInput as error:
        until, asked, problem = None, "", error
    made = reports.report(request.node, request.actor, id, until=until)
    context = {
        "id": id,
        "about": made.about,
        "paper": paper(made, get_language() or "en"),
        "on": asked,
        "problem": problem,
        "query": f"?{urlencode({'on': asked})}" if asked else "",
        "languages": LANGUAGES,
        "files": REPORT_FILES,
    }
    return render(request, "web/align/report.html", context, status=status_of(problem) if problem else 200)


@for_readers
def report_file(request: DeskRequest, id: str, lang: str, name: str) -> HttpResponse:
    """The report as a file; raises as `typesetting.pdf` does."""
    if lang not in LANGUAGES or name not in REPORT_FILES:
        raise Http404
    node, actor, until = request.node, request.actor, _until(request.GET.get("on", ""))
    stem, _, kind = name.partition(".")
    if stem == "assessment":
        held, about = reports.exported(node, actor, id, until=until)
        made = (
            tables.assessment_csv(node.law, held, lang)
            if kind == "csv"
            else tables.assessment_json(node.law, held, about)
        )
        return _file(made, name, lang)
    found = reports.report(node, actor, id, until=until)
    if kind in ("csv", "json"):
        return _file(tables.gaps_csv(found, lang) if kind == "csv" else tables.gaps_json(found), name, lang)
    make = gapreport.gap_report_pdf if kind == "pdf" else gapreport.gap_report_docx
    return _file(make(found, lang), name, lang)


@for_readers
def compare(request: DeskRequest) -> HttpResponse:
    """Two assessments, or one at two dates, side by side."""
    problem: RogatoryError | None = None
    found: Comparison | None = None
    asked = _sides(request)
    try:
        if asked["before"] and asked["after"]:
            found = _compared(request, asked)
    except (BadInput, NotFound) as error:
        problem = error
    context = {
        "asked": asked,
        "found": found,
        "paper": comparison_paper(found, get_language() or "en") if found else None,
        "assessments": assessments.every(request.node),
        "problem": problem,
        "query": f"?{urlencode(asked)}",
        "languages": LANGUAGES,
        "files": COMPARISON_FILES,
    }
    return render(request, "web/align/compare.html", context, status=status_of(problem) if problem else 200)


@for_readers
def compare_file(request: DeskRequest, lang: str, name: str) -> HttpResponse:
    """The comparison as a file."""
    if lang not in LANGUAGES or name not in COMPARISON_FILES:
        raise Http404
    found = _compared(request, _sides(request))
    kind = name.partition(".")[2]
    if kind in ("csv", "json"):
        made = tables.comparison_csv(found, lang) if kind == "csv" else tables.comparison_json(found)
    else:
        made = (gapreport.comparison_pdf if kind == "pdf" else gapreport.comparison_docx)(found, lang)
    return _file(made, name, lang)


def _sides(request: DeskRequest) -> dict[str, str]:
    """What is compared with what: the ids, and the days at whose end they are looked at."""
    asked = {name: request.GET.get(name, "")[:40] for name in ("before", "from", "after", "to")}
    return asked | {"before": asked["before"] or (asked["after"] if asked["from"] else "")}


def _compared(request: DeskRequest, asked: Mapping[str, str]) -> Comparison:
    before = (asked["before"], _until(asked["from"]))
    after = (asked["after"], _until(asked["to"]))
    return reports.comparison(request.node, request.actor, before, after)


def _until(day: str) -> datetime | None:
    """The end of *day* in UTC; `None` for no day. Raises `BadTime`."""
    if not day:
        return None
    return datetime.combine(times.parse_day(day) + timedelta(days=1), time.min, tzinfo=UTC) - timedelta(microseconds=1)


def _file(made: bytes, name: str, lang: str) -> HttpResponse:
    stem, _, kind = name.partition(".")
    named = name if kind == "json" else f"{stem}-{lang}.{kind}"
    return HttpResponse(
        made, content_type=_TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{named}"'}
    )
