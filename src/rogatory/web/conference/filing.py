"""The files of a session's documents on the pages: given away to whoever may read them, and taken in from a form.

One address serves every face. Who asks is known by a log-in, by the pass of a badge, or not at all: then only what the
public page lists is given. The file carries its digest as its tag, and is never shown inside a page.
"""

import re
from typing import BinaryIO, cast

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.state import State
from rogatory.node.conference import documents, meetings
from rogatory.node.conference.documents import TYPES, DocumentFile
from rogatory.node.conference.meetings import SECRETARY, Sitting
from rogatory.node.conference.publishing import Reader
from rogatory.web.conference import access, public
from rogatory.web.conference.access import FaceRequest, NoPass

FIELD = "file."


@require_safe
def document_file(request: FaceRequest, meeting: str, language: str, version: int, symbol: str) -> HttpResponse:
    """One file as a download; raises `NotPublic`, `MeetingPrivate`, `NoSuchDocumentFile` and `BlobDamaged`."""
    sitting = meetings.sitting(request.node, meeting)
    file = documents.file_of(sitting, symbol, language, version, reader=reader(request, sitting))
    tag = f'"{file.sha256}"'
    answer: HttpResponse
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        answer = HttpResponseNotModified()
    else:
        answer = _download(file, documents.read(request.node, file))
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _download(file: DocumentFile, data: bytes) -> HttpResponse:
    extension = documents.type_of(data)
    symbol = re.sub(r"[^A-Za-z0-9.-]+", "-", file.document.symbol)
    name = f"{file.meeting}-{symbol}-v{file.document.version}-{file.language}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=TYPES[extension], headers=headers)


def reader(request: FaceRequest, sitting: Sitting) -> Reader:
    """Who asks: a secretary, the holder of a pass of this meeting, else the public; raises `NotPublic`."""
    person = getattr(request, "actor", None)
    if person is not None and SECRETARY in person.roles:
        return Reader(person=person)
    held = _held(request, sitting.meeting)
    if held:
        return _best(held, sitting.state)
    public.allowed(request, sitting)
    return Reader()


def _held(request: FaceRequest, meeting: str) -> list[Reader]:
    """A reader for each pass of *meeting* that this device holds."""
    found = []
    for role in access.FACES:
        value = request.COOKIES.get(access.cookie_name(role))
        if value:
            try:
                holder = access.holder_of(request.node, value, meeting, role)
            except NoPass:
                continue
            found.append(Reader(holder=Actor(role, holder.of)))
    return found


def _best(held: list[Reader], state: State) -> Reader:
    return next((one for one in held if one.may_attend(state)), held[0])


def sent(request: FaceRequest) -> dict[str, BinaryIO]:
    """The files that a form carries, by language."""
    return {
        name.removeprefix(FIELD): cast("BinaryIO", upload)
        for name, upload in request.FILES.items()
        if name.startswith(FIELD)
    }
