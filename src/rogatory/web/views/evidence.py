"""Exhibits and bundles: files come in and go out by way of a temporary file, never through memory."""

import mimetypes
import tempfile
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from rogatory.errors import BadInput
from rogatory.evidence.plaintext import read_acquired
from rogatory.kernel import times
from rogatory.node import export, steps
from rogatory.node.evidence import exhibits as rows
from rogatory.node.evidence import handover, opening, sealings
from rogatory.node.evidence.sealings import ToSeal
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.exhibitforms import Tried
from rogatory.web.views import exhibits

#: What makes an exhibit divisible: blocks of so many bytes.
BLOCK_BYTES = 1024 * 1024
MOST_DIGESTS = 8


class NoFile(BadInput):
    """Choose the file that is to be sealed."""

    code = "no-file"


@require_POST
@signed_in
def seal(request: DeskRequest, case: str) -> HttpResponse:
    """The uploaded file, sealed to the other side and put before a second person."""
    upload = request.FILES.get("file")
    if upload is None or upload.file is None:
        raise NoFile
    row = sealings.seal(
        request.node,
        request.actor,
        case=case,
        regarding=request.POST.get("regarding", ""),
        source=cast("BinaryIO", upload.file),
        about=_about(request, upload.name or "exhibit"),
    )
    return _propose(request, case, row.id)


@require_POST
@signed_in
def propose(request: DeskRequest, case: str, id: str) -> HttpResponse:
    """A sealed exhibit is put before a second person, who decides whether it leaves."""
    return _propose(request, case, id)


@require_POST
@signed_in
def open_exhibit(request: DeskRequest, id: str) -> HttpResponseBase:
    """The plaintext of an exhibit as a download, verified; the opening and its purpose go into the chain of custody."""
    rows.get(request.node, id)  # what is not here has no page to tell it on
    sink = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        found = opening.open_exhibit(request.node, request.actor, id, sink, purpose=request.POST.get("purpose", ""))
    except exhibits.TOLD_THERE as error:
        sink.close()
        return exhibits.shown(request, id, Tried(step="open", sent=request.POST, error=error))
    sink.seek(0)
    return FileResponse(sink, as_attachment=True, filename=found.name, content_type="application/octet-stream")


@require_GET
@signed_in
def bundle(request: DeskRequest, case: str) -> FileResponse:
    """The whole case as one file that can be verified offline."""
    sink = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    export.write_bundle(request.node, request.actor, case, sink)
    sink.seek(0)
    return FileResponse(sink, as_attachment=True, filename=f"{case}.bundle", content_type="application/octet-stream")


def _propose(request: DeskRequest, case: str, id: str) -> HttpResponse:
    row, body = handover.propose_delivery(request.node, request.actor, id)
    draft = steps.take(request.node, request.actor, case=case, regarding=row.request, kind="delivery", body=body)
    messages.success(request, _("Sealed. A second person must approve the hand-over before it leaves."))
    where = redirect("draft", draft.id)
    return HttpResponseClientRedirect(where.url) if request.headers.get("HX-Request") == "true" else where


def _about(request: DeskRequest, name: str) -> ToSeal:
    until = request.POST.get("retention_until", "").strip()
    acquired = [line for line in request.POST.get("acquired", "").splitlines() if line.strip()]
    return ToSeal(
        name=name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        description=request.POST.get("description", "").strip(),
        use=request.POST.get("use", "").strip(),
        confidential=request.POST.get("confidential") == "yes",
        data_protection=request.POST.get("data_protection", "").strip(),
        onward=request.POST.get("onward", "only-with-leave"),
        retention_until=times.parse_day(until) if until else None,
        digests=tuple(request.POST.getlist("digest")),
        acquired=dict(map(read_acquired, acquired[:MOST_DIGESTS])),
        block=BLOCK_BYTES if request.POST.get("divisible") == "yes" else 0,
    )
