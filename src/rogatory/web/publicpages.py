"""Pages that anybody may read when the operator wishes (`ROGATORY_PUBLIC=law,status`); off unless it is set.

A part is named by the first word of the address: `/law/…`, `/status/…`. Only reading is opened, never a form that
changes something. Such a page shows law and status, or the public page of a meeting (`conference`), and nothing of the
node: no partner, no person, no case.
"""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from rogatory.web.doors import View, signed_in

READING = ("GET", "HEAD")


def readable_by_public(view: View) -> View:
    """*view* for people who are logged in, and for everybody when the operator opened this part of the desk."""
    for_people = signed_in(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_open(request):
            return view(request, *args, **kwargs)
        return for_people(request, *args, **kwargs)

    return shown


def is_open(request: HttpRequest) -> bool:
    """Whether anybody may read what stands at the address of *request*."""
    part = request.path.lstrip("/").partition("/")[0]
    return request.method in READING and part in settings.PUBLIC_PARTS
