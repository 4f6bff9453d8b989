"""The ledger on the desk: how our log is witnessed, whose logs we follow, and the alarms that people acknowledge."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.node import partners
from rogatory.node.ledger import alarms, timestamps, witnessing
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.middleware import status_of


@signed_in
def ledger(request: DeskRequest) -> HttpResponse:
    """The page; and what was sent from it: a witness added or removed, the policy, an alarm acknowledged."""
    if request.method != "POST":
        return _page(request)
    steps = {"add": _added, "remove": _removed, "policy": _policy, "acknowledge": _acknowledged}
    try:
        told = steps.get(request.POST.get("step", ""), _nothing)(request)
    except (BadInput, NotFound, NotPermitted) as error:
        return _page(request, status=status_of(error), problem=error)
    messages.success(request, told)
    return redirect("ledger")


def _page(request: DeskRequest, *, status: int = 200, **more: object) -> HttpResponse:
    node, found = request.node, witnessing.state_of_witnessing(request.node)
    shown, asked = alarms.newest(node), {row.state for row in found.witnesses}
    known = partners.all_cards(node)
    context = {
        "found": found,
        "checkpoint": node.stores.ledger.checkpoint(),
        "stamps": timestamps.state_of_timestamps(node),
        "witnessed": witnessing.newest_witnessed(node),
        "watched": node.stores.witnesses.watched(),
        "open_alarms": [one for one in shown if one.seen is None],
        "past_alarms": [one for one in shown if one.seen is not None],
        "can_be_added": [state for state, card in known.items() if card.ledger.witness and state not in asked],
        "partners": known,
        **more,
    }
    return render(request, "web/witness.html", context, status=status)


def _added(request: DeskRequest) -> str:
    witnessing.add(request.node, request.actor, request.POST.get("state", ""))
    return _("The State is asked to cosign from now on.")


def _removed(request: DeskRequest) -> str:
    witnessing.remove(request.node, request.actor, request.POST.get("state", ""))
    return _("The State is asked no more. What it cosigned stays.")


def _policy(request: DeskRequest) -> str:
    witnessing.set_policy(request.node, request.actor, _number(request, "needed"))
    return _("The number of cosignatures that are needed has been set.")


def _acknowledged(request: DeskRequest) -> str:
    alarms.acknowledge(request.node, request.actor, _number(request, "number"), remark=request.POST.get("remark", ""))
    return _("The alarm is acknowledged, with your remark.")


def _nothing(_request: DeskRequest) -> str:
    raise BadInput("no such step")


def _number(request: DeskRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadInput(f"'{name}' is not a number")
    return int(text)
