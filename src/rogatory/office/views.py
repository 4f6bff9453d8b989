"""Log-ins and roles, for the administrator: ordinary pages on ordinary rows.

Every change is put on the access record by the node. Nobody is deleted: an account that signed something stays, and
is only closed.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.node import people as roles
from rogatory.node.context import Node
from rogatory.node.people import ROLES, Actor
from rogatory.office import accounts
from rogatory.office.accounts import BadAccount
from rogatory.office.models import Member


def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a log-in, and the form that makes another."""
    node, actor = _administrator(request)
    if request.method == "POST":
        return _add(request, node, actor)
    return render(request, "office/people.html", _page(node))


@require_POST
def change_roles(request: HttpRequest, id: int) -> HttpResponse:
    """The person holds these roles from now on."""
    node, actor = _administrator(request)
    wanted = request.POST.getlist("roles")
    member = _member(id)
    if member.user.pk == request.user.pk and "administrator" not in wanted:
        messages.error(
            request, _("You cannot take the role of administrator from yourself; another administrator can.")
        )
        return redirect("people")
    accounts.set_roles(member, wanted)
    _note(node, actor, "roles", member, ", ".join(wanted))
    messages.success(request, _("The roles have been changed."))
    return redirect("people")


@require_POST
def disable(request: HttpRequest, id: int) -> HttpResponse:
    """The person can no longer log in, or can again."""
    node, actor = _administrator(request)
    member = _member(id)
    if member.user.pk == request.user.pk:
        messages.error(request, _("You cannot close your own log-in."))
        return redirect("people")
    accounts.set_open(member, open=not member.user.is_active)
    _note(node, actor, "enable" if member.user.is_active else "disable", member)
    messages.success(request, _("The log-in is open again.") if member.user.is_active else _("The log-in is closed."))
    return redirect("people")


def _administrator(request: HttpRequest) -> tuple[Node, Actor]:
    node: Node = request.node  # type: ignore[attr-defined]
    actor: Actor | None = request.actor  # type: ignore[attr-defined]
    if actor is None:
        raise PermissionDenied
    roles.require(actor, "administrator")
    return node, actor


def _member(id: int) -> Member:
    found: Member | None = Member.objects.select_related("user").filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def _add(request: HttpRequest, node: Node, actor: Actor) -> HttpResponse:
    sent = request.POST
    authority = sent.get("authority", "")
    if authority not in node.authorities:
        raise BadAccount(_("Choose one of the authorities of this node."))
    try:
        member = accounts.make_account(
            sent.get("username", "").strip(),
            sent.get("password", ""),
            name=sent.get("name", "").strip(),
            authority=authority,
            roles=sent.getlist("roles"),
        )
    except BadAccount as error:
        return render(request, "office/people.html", {**_page(node), "problem": error, "sent": sent}, status=400)
    _note(node, actor, "add", member, ", ".join(member.roles))
    messages.success(request, _("The log-in has been made. Give the person the password by another road."))
    return redirect("people")


def _note(node: Node, actor: Actor, verb: str, member: Member, detail: str = "") -> None:
    with node.stores.atomic():
        roles.note(node, actor, f"account:person:{verb}", member.user.get_username(), detail)


def _page(node: Node) -> dict[str, Any]:
    return {
        "people": Member.objects.select_related("user").order_by("authority", "name"),
        "all_roles": ROLES,
        "own_authorities": node.config.authorities,
    }
