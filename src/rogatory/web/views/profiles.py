"""National profiles on the desk: all of them, and for an administrator the adding and withdrawing, confirmed first."""

import base64
import binascii

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rogatory.errors import BadInput, NotPermitted
from rogatory.node import people, profiles
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.status.asking import day_asked
from rogatory.web import profilepage
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.middleware import status_of
from rogatory.web.stateorder import in_order
from rogatory.web.statusquery import asked
from rogatory.web.views.status import common


class NoProfileFile(BadInput):
    """Choose the file of the profile first."""

    code = "no-profile-file"
    remedy = "Choose the TOML file of the profile, and look at it."


@signed_in
def every(request: DeskRequest) -> HttpResponse:
    """The list; what an uploaded profile would do; its adding; and the withdrawal of one."""
    if request.method != "POST":
        return _page(request)
    people.require(request.actor, "administrator")
    steps = {"add": _added, "withdraw": _withdrawn}
    try:
        return steps.get(request.POST.get("step", ""), _looked_at)(request)
    except (BadInput, NotPermitted) as error:
        return _page(request, status=status_of(error), problem=error)


def _page(request: DeskRequest, *, status: int = 200, **more: object) -> HttpResponse:
    about, found = asked(request), profiles.notified(request.node)
    context = {
        **common(about),
        "kept": [profilepage.shown(one, request.node.law, about.on) for one in reversed(found)],
        "states": in_order(about.status.state(code) for code in {one.row.state for one in found}),
        "limit": profiles.MAX_BYTES // 1024,
        **more,
    }
    return render(request, "web/profiles.html", context, status=status)


def _looked_at(request: DeskRequest) -> HttpResponse:
    upload = request.FILES.get("profile")
    if upload is None:
        raise NoProfileFile
    data, name = upload.read(profiles.MAX_BYTES + 1), upload.name or "profile.toml"
    seen = profiles.look_at(request.node, data, name=name)
    return _page(
        request,
        seen=seen,
        told=profilepage.told(seen.profile, request.node.law),
        file_name=name,
        file_data=base64.b64encode(data).decode(),
    )


def _added(request: DeskRequest) -> HttpResponse:
    require_confirmation(request)
    try:
        data = base64.b64decode(request.POST.get("file_data", ""), validate=True)
    except binascii.Error as error:
        raise ChangedMeanwhile("the file that was looked at did not come back whole") from error
    name = request.POST.get("file_name", "") or "profile.toml"
    added = profiles.add(request.node, request.actor, data, name=name)
    messages.success(request, _("The profile is added; opinions rest on it from its day on."))
    return redirect("status-state", added.profile.state)


def _withdrawn(request: DeskRequest) -> HttpResponse:
    require_confirmation(request)
    state, instrument = request.POST.get("state", ""), request.POST.get("instrument", "")
    since = day_asked(request.POST.get("since", ""), today=request.node.clock.now().date())
    profiles.withdraw(request.node, request.actor, state, instrument, since=since)
    messages.success(request, _("The profile counts no more from that day on."))
    return redirect("status-profiles")
