"""Who may come in to the pages about help: liaisons, assessors and auditors; only liaisons write."""

from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rogatory.node.assistance import entries
from rogatory.web.doors import DeskRequest, View, signed_in


def for_readers(view: View) -> View:
    """*view* for people who may read entries; raises `RoleMissing` for others who are logged in."""

    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        entries.require_reader(request.actor)
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def may_write(request: HttpRequest) -> bool:
    """Whether the person may make and change entries."""
    actor = getattr(request, "actor", None)
    return actor is not None and entries.LIAISON in actor.roles
