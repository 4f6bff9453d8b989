"""Who may come in to the pages of alignment: whoever may read national laws and assessments; only assessors write."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rogatory.node.alignment import texts
from rogatory.web.doors import DeskRequest, View, signed_in


def for_readers(view: View) -> View:
    """*view* for people who may read assessments; raises `RoleMissing` for others who are logged in."""

    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        texts.require_reader(request.actor)
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def may_write(request: HttpRequest) -> bool:
    """Whether the person may import laws and judge."""
    actor = getattr(request, "actor", None)
    return actor is not None and texts.ASSESSOR in actor.roles
