"""Official copies at the desk: what is loaded, a new one with its differences before it is taken, comparisons.

Between the look at the differences and the yes to them nothing is kept on the node: the page itself carries what was
read, signed, so that what is taken is what was shown.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from rogatory.documents import reading
from rogatory.documents.limits import MAX_BYTES, MEGABYTE, DocumentTooLarge
from rogatory.errors import BadInput
from rogatory.law.copies import recognising
from rogatory.law.copies.comparing import compare
from rogatory.law.copies.official import AUTHENTIC, OfficialCopy, articles_as_json, articles_from_json, right_to_left
from rogatory.node import officialcopies, people
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.middleware import status_of

SALT = "rogatory.law.copy"
HOUR = 3600
#: What a page may carry of a copy that was read, in characters; well under what the desk takes in a form.
MAX_CARRIED = 1_500_000
#: What a form may weigh besides its file, in bytes.
BESIDES = MEGABYTE


class NoCopyFile(BadInput):
    """Choose the file of the official text."""

    code = "no-copy-file"


class CopyNotShown(BadInput):
    """What was shown cannot be taken any more."""

    code = "copy-not-shown"
    remedy = "Choose the file again, and look at the differences anew."


def within_limit(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """*view*, for a request whose body is within the limit: a larger one is refused before it is received."""
    protected = csrf_protect(view)

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MAX_BYTES + BESIDES:
            raise DocumentTooLarge(f"the form weighs more than the limit of {MAX_BYTES // MEGABYTE} MB for a file")
        return protected(request, *args, **kwargs)

    return csrf_exempt(guarded)


@within_limit
@signed_in
def copies(request: DeskRequest) -> HttpResponse:
    """The copies of this node and the form that looks at another one."""
    if request.method != "POST":
        return render(request, "web/lawcopies.html", _listed(request))
    try:
        people.require(request.actor, "administrator")
        copy = _read(request)
    except BadInput as error:
        return render(request, "web/lawcopies.html", {**_listed(request), "problem": error}, status=status_of(error))
    context = {
        "copy": copy,
        "dir": _direction(copy.lang),
        "found": compare(request.node.law, copy),
        "carried": _carried(copy),
        "replaces": (copy.instrument, copy.lang) in request.node.stores.official.digests(),
        "instrument": request.node.law.instrument(copy.instrument),
    }
    return render(request, "web/lawcopy_check.html", context)


@require_POST
@signed_in
def take(request: DeskRequest) -> HttpResponse:
    """The copy that was shown is kept."""
    copy = _uncarried(request.POST.get("carried", ""))
    officialcopies.keep_copy(request.node, request.actor, copy)
    messages.success(request, _("The copy has been loaded."))
    return redirect("law-copy", copy.instrument, copy.lang)


@signed_in
def show(request: DeskRequest, instrument: str, lang: str) -> HttpResponse:
    """One copy: where it came from, what differs from our data, who compared what."""
    copy = officialcopies.copy_of(request.node, instrument, lang)
    row = request.node.stores.official.get(instrument, lang)
    made = [one for one in officialcopies.comparisons(request.node, instrument) if one.row.lang == lang]
    context = {
        "copy": copy,
        "row": row,
        "dir": _direction(lang),
        "found": compare(request.node.law, copy),
        "made": made,
        "instrument": request.node.law.instrument(instrument),
    }
    return render(request, "web/lawcopy.html", context)


@require_POST
@signed_in
def remove(request: DeskRequest, instrument: str, lang: str) -> HttpResponse:
    """The copy is removed, after a mark that says so."""
    require_confirmation(request)
    officialcopies.remove_copy(request.node, request.actor, instrument, lang)
    messages.success(request, _("The copy has been removed. Comparisons made with it stay on record."))
    return redirect("law-copies")


@require_POST
@signed_in
def compared(request: DeskRequest, instrument: str, number: str) -> HttpResponse:
    """Somebody held our words on a provision against the official text."""
    provision = request.node.law.provision(instrument, number)
    officialcopies.mark_compared(
        request.node,
        request.actor,
        provision,
        request.POST.get("lang", ""),
        verdict=request.POST.get("verdict", ""),
        note=request.POST.get("note", ""),
    )
    messages.success(request, _("The comparison has been recorded."))
    return redirect("provision", instrument, number)


def _listed(request: DeskRequest) -> dict[str, object]:
    law = request.node.law
    return {
        "rows": [(law.instrument(row.instrument), row) for row in officialcopies.all_copies(request.node)],
        "instruments": law.instruments.values(),
        "languages": AUTHENTIC,
        "chosen": (request.POST.get("instrument", "uncc"), request.POST.get("lang", "")),
        "limit": MAX_BYTES // MEGABYTE,
    }


def _read(request: DeskRequest) -> OfficialCopy:
    upload = request.FILES.get("file")
    if upload is None:
        raise NoCopyFile
    if upload.size is None or upload.size > MAX_BYTES:
        raise DocumentTooLarge(f"the file has more than {MAX_BYTES // MEGABYTE} MB", where=upload.name)
    document = reading.read(upload.read(), name=upload.name or "copy")
    lang = request.POST.get("lang", "") or recognising.language(document)
    instrument = request.POST.get("instrument", "")
    return recognising.read_copy(document, request.node.law, instrument=instrument, lang=lang)


def _carried(copy: OfficialCopy) -> str:
    """What was read, signed, for the page to carry; raises `DocumentTooLarge`."""
    value = {
        "instrument": copy.instrument,
        "lang": copy.lang,
        "title": copy.title,
        "file_name": copy.file_name,
        "format": copy.format,
        "sha256": copy.sha256,
        "articles": articles_as_json(copy.articles.values()),
    }
    carried = signing.dumps(value, salt=SALT, compress=True)
    if len(carried) > MAX_CARRIED:
        raise DocumentTooLarge("its text is too long for the desk", remedy="Load it by command: rogatory law load FILE")
    return carried


def _uncarried(carried: str) -> OfficialCopy:
    try:
        value = signing.loads(carried, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise CopyNotShown from error
    return OfficialCopy(**{**value, "articles": articles_from_json(value["articles"])})


def _direction(lang: str) -> str:
    return "rtl" if right_to_left(lang) else "ltr"
