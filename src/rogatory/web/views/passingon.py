"""Passing an exhibit on, whole or in part, to the other side of another case: chosen, sealed anew, not sent yet."""

import re
import tempfile

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rogatory.errors import BadInput, NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.node import people
from rogatory.node.evidence import conditions, exhibits, extracts, looking, onward
from rogatory.node.evidence.extracts import ToExtract
from rogatory.node.evidence.looking import Target
from rogatory.ports.evidence import ExhibitRow
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.middleware import status_of

_STRETCH = re.compile(r"([0-9]{1,16})\s*[:-]\s*([0-9]{1,16})")
MOST_PATHS = 1_000


class NoTarget(BadInput):
    """Choose the case and the request that the exhibit answers there."""

    code = "no-target"


class NotAStretch(BadInput):
    """That is not a stretch of bytes such as 0:1048576."""

    code = "not-a-stretch"


@signed_in
def pass_on(request: DeskRequest, id: str) -> HttpResponse:
    """The form, and what was sent from it: a new exhibit that waits for its delivery."""
    if request.method != "POST":
        return _page(request, id)
    try:
        made = _made(request, id)
    except (BadInput, NotPermitted, Untrusted, Unavailable) as error:
        return _page(request, id, error)
    messages.success(request, _("Sealed anew. It stays here until its hand-over is proposed and approved."))
    return redirect("exhibit", made.id)


def _page(request: DeskRequest, id: str, problem: RogatoryError | None = None) -> HttpResponse:
    people.require(request.actor, "custodian")
    row = exhibits.get(request.node, id)
    manifest = exhibits.manifest_of(row)
    found = looking.targets(request.node, request.actor, row)
    context = {
        "row": row,
        "manifest": manifest,
        "targets": [(one, _why_not(request, row, one)) for one in found],
        "divisible": manifest.contents,
        "problem": problem,
        "sent": request.POST,
        "most": looking.MOST_CASES,
    }
    return render(request, "web/passon.html", context, status=status_of(problem) if problem else 200)


def _why_not(request: DeskRequest, row: ExhibitRow, target: Target) -> RogatoryError | None:
    """What the conditions say against passing it on to that side, or None."""
    leave = conditions.fitting_leave(request.node, row, to=target.to)
    try:
        conditions.require_onward(request.node, row, to=target.to, leave=leave)
    except NotPermitted as error:
        return error
    return None


def _made(request: DeskRequest, id: str) -> ExhibitRow:
    row = exhibits.get(request.node, id)
    people.require(request.actor, "custodian")
    case, _bar, regarding = request.POST.get("target", "").partition("|")
    chosen = next(
        (
            one
            for one in looking.targets(request.node, request.actor, row)
            if (one.case, one.request.digest) == (case, regarding)
        ),
        None,
    )
    if chosen is None:
        raise NoTarget
    leave = conditions.fitting_leave(request.node, row, to=chosen.to)
    purpose = request.POST.get("purpose", "").strip()
    if request.POST.get("what") != "part":
        return onward.forward(
            request.node, request.actor, id, case=case, regarding=regarding, purpose=purpose, leave=leave
        )
    wanted = _wanted(request, row, chosen, leave)
    with tempfile.TemporaryFile() as lines, tempfile.TemporaryFile() as listing:
        return extracts.extract(request.node, request.actor, id, wanted, spools=(lines, listing))


def _wanted(request: DeskRequest, row: ExhibitRow, target: Target, leave: str | None) -> ToExtract:
    name = exhibits.manifest_of(row).name
    paths = tuple(line.strip() for line in request.POST.get("paths", "").splitlines() if line.strip())[:MOST_PATHS]
    return ToExtract(
        case=target.case,
        regarding=target.request.digest,
        purpose=request.POST.get("purpose", "").strip(),
        left_out=request.POST.get("left_out", "").strip(),
        description=request.POST.get("description", "").strip() or _("Extract of %(name)s") % {"name": name},
        name=f"extract-of-{name.removesuffix('.tar')[:200]}.tar",
        paths=paths,
        stretch=None if paths else _stretch(request.POST.get("stretch", "")),
        leave=leave,
    )


def _stretch(text: str) -> tuple[int, int]:
    found = _STRETCH.fullmatch(text.strip())
    if found is None:
        raise NotAStretch(f"{text.strip()[:60]!r} is no stretch of bytes such as 0:1048576")
    return int(found[1]), int(found[2])
