"""Who may come in: a page of the desk is for a person who is logged in and has a place at an authority."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from rogatory.errors import BadInput, NotPermitted
from rogatory.node.context import Node
from rogatory.node.people import Actor

View = Callable[..., HttpResponseBase]


class NoPlace(NotPermitted):
    """This account has no place at an authority of this node."""

    code = "no-place"
    remedy = "Ask the administrator of this node to give you an authority and roles."


class NotConfirmed(BadInput):
    """Please confirm first: this step cannot be taken back."""

    code = "not-confirmed"
    remedy = "Go back, set the mark beside the sentence, and send it again."


class DeskRequest(HttpRequest):
    """A request to which the wiring has added the node and the person who acts."""

    node: Node
    actor: Actor


def signed_in(view: View) -> View:
    """*view* for people who are logged in; others are shown the log-in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise NoPlace
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(resolve_url(settings.LOGIN_URL))
        return redirect_to_login(request.get_full_path())

    return guarded


def require_confirmation(request: HttpRequest) -> None:
    """Nothing, when the person has set the mark; raises `NotConfirmed`."""
    if request.POST.get("confirm") != "yes":
        raise NotConfirmed
