"""The administrator takes the depositary's own list: first what it would change is shown, then it is confirmed."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.errors import BadInput
from rogatory.kernel import digests
from rogatory.node import people
from rogatory.node.deposits import note_taking, require_real
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.status.asking import day_asked
from rogatory.status.depositary import MAX_BYTES, DepositaryList, Source, read_depositary
from rogatory.status.taking import GONE, SAME, Difference, differences, taken, write_held
from rogatory.stores import deposits
from rogatory.web.doors import DeskRequest, require_confirmation, signed_in
from rogatory.web.middleware import status_of
from rogatory.web.statusquery import asked
from rogatory.web.views.status import common


class NoList(BadInput):
    """Choose the depositary's list first."""

    code = "no-list"
    remedy = "Choose the XML or CSV file of the list, and compare it."


@signed_in
def take(request: DeskRequest) -> HttpResponse:
    """The form; what an uploaded list would change; and the taking of it."""
    people.require(request.actor, "administrator")
    if request.method != "POST":
        return _page(request)
    try:
        require_real(request.node.status)
        return _taken(request) if request.POST.get("step") == "take" else _compared(request)
    except BadInput as error:
        return _page(request, status=status_of(error), problem=error)


def _page(request: DeskRequest, *, status: int = 200, **more: object) -> HttpResponse:
    given = {name: request.POST.get(name, "") for name in ("instrument", "as_of")}
    return render(request, "web/status_import.html", {**common(asked(request)), "given": given, **more}, status=status)


def _compared(request: DeskRequest) -> HttpResponse:
    upload = request.FILES.get("list")
    if upload is None:
        raise NoList
    data = upload.read(MAX_BYTES + 1)
    instrument, day = _about(request)
    read = _read(request, data, instrument, day, name=upload.name or "list")
    held = request.node.status.listed(instrument)
    found = differences(held, read.deposits)
    return _page(
        request,
        read=read,
        differences=_by_weight(found),
        gone=sum(one.what == GONE for one in found),
        same=sum(one.what == SAME for one in found),
        totals=[(name, number, read.counted[name]) for name, number in read.totals.items()],
        chosen=request.node.law.instrument(instrument),
        as_of=day,
        offered=deposits.offer(settings.DATA, instrument, data),
        seen=_seen(request, instrument),
    )


def _taken(request: DeskRequest) -> HttpResponse:
    require_confirmation(request)
    instrument, day = _about(request)
    data = deposits.offered(settings.DATA, instrument, request.POST.get("offered", ""))
    if _seen(request, instrument) != request.POST.get("seen"):
        raise ChangedMeanwhile("what is held changed after the list was compared with it")
    read = _read(request, data, instrument, day, name="list")
    texts = write_held(taken(request.node.status.listed(instrument), read.deposits), as_of=day)
    note_taking(request.node, request.actor, instrument, f"sha256 {digests.sha256(texts[0])[:16]}")
    deposits.hold(settings.DATA, instrument, texts)
    messages.success(request, _("The list is held now, and answers rest on it."))
    return redirect(f"{reverse('status')}?instrument={instrument}")


def _about(request: DeskRequest) -> tuple[str, date]:
    instrument = request.node.law.instrument(request.POST.get("instrument", ""))
    today = request.node.clock.now().date()
    return instrument.id, day_asked(request.POST.get("as_of", ""), today=today, instrument=instrument)


def _read(request: DeskRequest, data: bytes, instrument: str, day: date, *, name: str) -> DepositaryList:
    source = Source(
        name=name,
        instrument=instrument,
        adopted=request.node.law.instrument(instrument).adopted,
        until=day,
        states=request.node.status.states,
    )
    return read_depositary(data, source)


def _seen(request: DeskRequest, instrument: str) -> str:
    """A mark of what is held now, which the confirmation must still find."""
    status = request.node.status
    held = status.listed(instrument)
    return digests.sha256(write_held(held, as_of=status.progress(instrument).as_of)[0])


def _by_weight(found: tuple[Difference, ...]) -> list[Difference]:
    """The differences, those that take something away first."""
    order = ("gone", "changed", "new", "kept")
    return sorted((one for one in found if one.what != SAME), key=lambda one: order.index(one.what))
