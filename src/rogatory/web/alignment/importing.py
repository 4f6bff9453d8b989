"""Importing a law at the desk: a file is read and looked at before it is kept; then provisions are proposed out of it.

A file that cannot be read leaves the form as it was, with what is wrong and what to do.
"""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rogatory.alignment.national.model import NationalText
from rogatory.alignment.national.reading import national_text
from rogatory.alignment.proposing.glossaries import languages
from rogatory.documents import reading
from rogatory.documents.limits import MAX_BYTES, MEGABYTE, DocumentTooLarge
from rogatory.errors import BadInput, NotFound, RogatoryError
from rogatory.kernel import times
from rogatory.node import people
from rogatory.node.alignment import proposals, texts
from rogatory.ports.stores import AlreadyHeld
from rogatory.web.alignment import words
from rogatory.web.alignment.access import for_readers
from rogatory.web.alignment.carrying import Asked, carried, read_back
from rogatory.web.doors import DeskRequest
from rogatory.web.middleware import status_of
from rogatory.web.stateorder import in_order
from rogatory.web.views.lawcopies import within_limit

#: How many provisions of its beginning and of its end, and how many remarks, the look at a file shows.
FIRST, LAST, MOST_REMARKS = 6, 3, 40
MAX_ASKED = 500
TOLD_IN_THE_FORM = (BadInput, NotFound, AlreadyHeld)


class NoLawFile(BadInput):
    """Choose the file of the law."""

    code = "no-law-file"
    remedy = "Choose a file: Akoma Ntoso, PDF with text, Word (.docx), HTML, Markdown or plain text."


@within_limit
@for_readers
def look(request: DeskRequest) -> HttpResponse:
    """The form that imports a law; what was sent is read and shown, and nothing is kept."""
    people.require(request.actor, texts.ASSESSOR)
    if request.method != "POST":
        return _form(request, Asked(law=request.GET.get("law", "")[:60], state=request.node.state))
    asked = _asked(request)
    try:
        text = _read(request, asked)
        asked = replace(asked, law=asked.law or slugify(asked.title or text.title)[:60].strip("-"))
        if not texts.LAW_ID.fullmatch(asked.law):
            raise texts.BadLawName(f"{asked.law!r} cannot name a law" if asked.law else "the law needs a name here")
        return _shown(request, text, asked, carried(text, asked))
    except TOLD_IN_THE_FORM as error:
        return _form(request, asked, error)


@require_POST
@for_readers
def take(request: DeskRequest) -> HttpResponse:
    """The law that was shown is kept; its page then looks for provisions."""
    given = request.POST.get("carried", "")
    text, asked = read_back(given)
    try:
        kept = texts.import_text(
            request.node,
            request.actor,
            text,
            law=asked.law,
            title=asked.title,
            state=asked.state,
            version=asked.version,
        )
    except TOLD_IN_THE_FORM as error:
        return _shown(request, text, asked, given, problem=error)
    messages.success(
        request,
        ngettext(
            "%(number)s provision has been imported.", "%(number)s provisions have been imported.", len(text.provisions)
        )
        % {"number": len(text.provisions)},
    )
    return redirect(reverse("align-text", args=[kept.text.id]) + "?fresh=1")


@require_POST
@for_readers
def propose(request: DeskRequest, id: str) -> HttpResponse:
    """Provisions are proposed out of a text for everything that the Convention asks."""
    found = proposals.propose(request.node, request.actor, id)
    messages.success(
        request,
        ngettext(
            "Something comes near for %(number)s article or obligation. Nothing has been judged.",
            "Something comes near for %(number)s articles and obligations. Nothing has been judged.",
            found,
        )
        % {"number": found},
    )
    return redirect("align-text", id)


def _asked(request: HttpRequest) -> Asked:
    def field(name: str) -> str:
        return request.POST.get(name, "").strip()[:MAX_ASKED]

    return Asked(
        law=field("law").lower(),
        title=field("title"),
        version=field("version"),
        since=field("since"),
        lang=field("lang"),
        state=field("state"),
    )


def _read(request: DeskRequest, asked: Asked) -> NationalText:
    since = times.parse_day(asked.since) if asked.since else None
    if asked.state:
        request.node.status.state(asked.state)
    upload = request.FILES.get("file")
    if upload is None:
        raise NoLawFile
    if upload.size is None or upload.size > MAX_BYTES:
        raise DocumentTooLarge(f"the file has more than {MAX_BYTES // MEGABYTE} MB", where=upload.name)
    document = reading.read(upload.read(), name=upload.name or "law")
    text = national_text(document, lang=asked.lang, since=since, title=asked.title)
    if not text.provisions:
        raise texts.NothingToImport(where=text.file_name)
    return text


def _form(request: DeskRequest, asked: Asked, problem: RogatoryError | None = None) -> HttpResponse:
    context = {
        "asked": asked,
        "problem": problem,
        "laws": request.node.stores.alignment.laws(),
        "languages": words.LANGUAGES,
        "states": in_order(request.node.status.states.values()),
        "limit": MAX_BYTES // MEGABYTE,
    }
    return render(request, "web/align/import.html", context, status=status_of(problem) if problem else 200)


def _shown(
    request: DeskRequest, text: NationalText, asked: Asked, given: str, *, problem: RogatoryError | None = None
) -> HttpResponse:
    law = request.node.stores.alignment.law(asked.law)
    short = len(text.provisions) <= FIRST + LAST
    context = {
        "text": text,
        "asked": asked,
        "carried": given,
        "problem": problem,
        "law": law,
        "held": request.node.stores.alignment.texts(asked.law) if law else (),
        "first": text.provisions if short else text.provisions[:FIRST],
        "last": () if short else text.provisions[-LAST:],
        "between": 0 if short else len(text.provisions) - FIRST - LAST,
        "remarks": text.remarks[:MOST_REMARKS],
        "more_remarks": max(0, len(text.remarks) - MOST_REMARKS),
        "ranked": text.lang in languages(),
        "sample": next((one for one in text.provisions if one.text), text.provisions[0]),
    }
    return render(request, "web/align/import_check.html", context, status=status_of(problem) if problem else 200)
