"""What the administrator and the auditor see of the node: partners, its own facts, the access record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rogatory.errors import BadInput, NotPermitted
from rogatory.node import partners, people
from rogatory.node import upkeep as keeping
from rogatory.sealing import cards
from rogatory.sealing.cards import Card
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.middleware import status_of

RECENT = 200
MAX_CARD = cards.MAX_CARD


class NotTheRecord(NotPermitted):
    """The access record is for the auditor and the administrator."""

    code = "not-the-record"


@signed_in
def all_partners(request: DeskRequest) -> HttpResponse:
    """Every partner whose card was accepted, and the form that takes another."""
    if request.method == "POST":
        return _accept(request)
    return render(request, "web/partners.html", _partners(request))


@signed_in
def own_card(request: DeskRequest) -> HttpResponse:
    """This node's contact card as a file, for a partner."""
    name = f"rogatory-{request.node.state.lower()}-card.json"
    return HttpResponse(
        partners.own_card(request.node),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@signed_in
def facts(request: DeskRequest) -> HttpResponse:
    """The node's own facts: authorities, fingerprint, ledger."""
    card = cards.read_card(partners.own_card(request.node))
    checkpoint = request.node.stores.ledger.checkpoint()
    return render(
        request,
        "web/facts.html",
        {"card": card, "fingerprint": cards.fingerprint(card.identity), "checkpoint": checkpoint},
    )


@signed_in
def upkeep(request: DeskRequest) -> HttpResponse:
    """How the node is kept: storage, backup, the keys in several hands, what stands still."""
    return render(request, "web/upkeep.html", {"found": keeping.upkeep(request.node)})


@signed_in
def record(request: DeskRequest) -> HttpResponse:
    """The last lines of the access record."""
    if not request.actor.roles & {"auditor", "administrator"}:
        raise NotTheRecord
    return render(request, "web/record.html", {"lines": request.node.stores.audit.recent(RECENT)})


def _accept(request: DeskRequest) -> HttpResponse:
    upload = request.FILES.get("card")
    try:
        people.require(request.actor, "administrator")
        data = upload.read(MAX_CARD + 1) if upload else b""
        card = partners.add_partner(request.node, request.actor, data, fingerprint=request.POST.get("fingerprint", ""))
    except BadInput as error:
        return render(request, "web/partners.html", {**_partners(request), "problem": error}, status=status_of(error))
    messages.success(request, _("The card of %(state)s has been accepted.") % {"state": card.state})
    return redirect("partners")


def _partners(request: DeskRequest) -> dict[str, object]:
    held = partners.all_cards(request.node)
    return {"partners": [(card, fingerprint_of(card)) for card in held.values()]}


def fingerprint_of(card: Card) -> str:
    """The fingerprint that people compare."""
    return cards.fingerprint(card.identity)
