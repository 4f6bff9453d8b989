"""Exhibits and bundles: files come in and go out by way of a temporary file, never through memory."""

import tempfile
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from rogatory.errors import BadInput
from rogatory.kernel import times
from rogatory.node import export, steps
from rogatory.node.evidence import handover, opening, sealings
from rogatory.node.evidence.sealings import ToSeal
from rogatory.web.doors import DeskRequest, signed_in


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
def open_exhibit(request: DeskRequest, id: str) -> FileResponse:
    """The plaintext of an exhibit as a download, verified; the opening and its purpose go into the chain of custody."""
    sink = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    found = opening.open_exhibit(request.node, request.actor, id, sink, purpose=request.POST.get("purpose", ""))
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
    return ToSeal(
        name=name,
        media_type="application/octet-stream",
        description=request.POST.get("description", "").strip(),
        use=request.POST.get("use", "").strip(),
        confidential=request.POST.get("confidential") == "yes",
        retention_until=times.parse_day(until) if until else None,
    )
