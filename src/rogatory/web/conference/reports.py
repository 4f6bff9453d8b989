"""The report of a session, made when it is asked for: page, PDF and open data, in English and French.

Rules in words. It is made from the record as it stood when it was asked for, and kept by its head, so that the same
report is made once. One is made at a time; who waits too long is asked to come again. The public is given it when it is
given the record: of a public meeting, no part of which was private, and not while a vote or a ballot is being taken.
"""

import io
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from itertools import islice

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from rogatory.conference.report import source, summary
from rogatory.documents import sessionreport
from rogatory.errors import Unavailable
from rogatory.law.words import LANGUAGES
from rogatory.node.conference import meetings
from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference import public
from rogatory.web.conference.access import FaceRequest, for_secretaries

WAIT_SECONDS = 20.0
#: Files that are kept, the last asked for; a report of a long session has about a megabyte.
KEPT = 12
_TYPES: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
    "csv": "application/zip",
}
_kept: OrderedDict[tuple[str, str, str], tuple[str, bytes]] = OrderedDict()
_one_at_a_time = threading.Lock()


class ReportsBusy(Unavailable):
    """Other reports are being made."""

    code = "reports-busy"
    remedy = "Wait a moment, then ask for it again."


@for_secretaries
@require_safe
def for_the_desk(request: FaceRequest, meeting: str, lang: str, format: str) -> HttpResponse:
    """The report of the session as it stands; raises `ReportsBusy`, and as `typesetting.pdf` does."""
    return _file(request, meetings.sitting(request.node, meeting), lang, format)


@require_safe
def for_the_public(request: FaceRequest, meeting: str, lang: str, format: str) -> HttpResponse:
    """The report, where the record is public too; raises `NotPublic`, `NotNow` and as `for_the_desk`."""
    sitting = meetings.sitting(request.node, meeting)
    public.require_given(request, sitting)
    return _file(request, sitting, lang, format)


def _file(request: FaceRequest, sitting: Sitting, lang: str, format: str) -> HttpResponse:
    if format not in sessionreport.FORMATS or lang not in LANGUAGES:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse(content_type=_TYPES[format])
    name, data = _made(request, sitting, lang, format)
    answer = HttpResponse(data, content_type=_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{sitting.meeting}-{name}"'
    return answer


def _made(request: FaceRequest, sitting: Sitting, lang: str, format: str) -> tuple[str, bytes]:
    key = (sitting.head, lang, format)
    if not _one_at_a_time.acquire(timeout=WAIT_SECONDS):
        raise ReportsBusy
    try:
        if key not in _kept:
            lines = islice(meetings.record(request.node, sitting.meeting), sitting.number)
            read = source.read(line.rstrip(b"\n") for line in lines)
            files = sessionreport.made(summary.report(read.events, head=read.head), format, lang)
            _kept[key] = _zipped(files, f"tables-{lang}.zip") if format == "csv" else next(iter(files.items()))
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        return _kept[key]
    finally:
        _one_at_a_time.release()


def _zipped(files: Mapping[str, bytes], name: str) -> tuple[str, bytes]:
    """*files* as one zip called *name*, the same bytes for the same files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(one), data)
    return name, whole.getvalue()
