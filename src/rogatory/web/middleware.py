"""Security headers on every answer, and coded errors as pages.

`STATUSES` is the one place that says which family of error is which HTTP status.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from rogatory.errors import BadData, BadInput, NotFound, NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.web.words import Label

Handler = Callable[[HttpRequest], HttpResponse]

#: Images may be data, because the code that an authenticator app reads is drawn into its page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: Family of error -> HTTP status, and what the page is called. The first family that fits is taken.
STATUSES: tuple[tuple[type[RogatoryError], int, Label], ...] = (
    (NotFound, 404, _("Not found")),
    (NotPermitted, 403, _("Not permitted")),
    (BadInput, 400, _("This cannot be used as it is")),
    (Untrusted, 400, _("This does not prove what it must prove")),
    (Unavailable, 503, _("Not possible at the moment")),
    (BadData, 500, _("The law data of this node is damaged")),
    (RogatoryError, 500, _("Something went wrong")),
)

log = logging.getLogger(__name__)


def security_headers(get_response: Handler) -> Handler:
    """A middleware that sets the content-security policy and keeps pages out of caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return handle


class ErrorsAsPages:
    """A middleware that shows a coded error as a page with its sentence, provision and remedy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a `RogatoryError`; `None` leaves any other error to Django."""
        return error_page(request, error) if isinstance(error, RogatoryError) else None


def errors_as_pages(get_response: Handler) -> ErrorsAsPages:
    """The middleware `ErrorsAsPages`."""
    return ErrorsAsPages(get_response)


def status_of(error: RogatoryError) -> int:
    """The HTTP status of the family of *error*."""
    return next(status for family, status, _title in STATUSES if isinstance(error, family))


def error_page(request: HttpRequest, error: RogatoryError) -> HttpResponse:
    """The page of *error*; what is nobody's input is logged too, by its code alone."""
    status, title = next((status, title) for family, status, title in STATUSES if isinstance(error, family))
    if status >= 500:
        log.error("%s at %s: %s", error.code, request.path, type(error).__name__)
    return render(request, "web/error.html", {"error": error, "title": title, "status": status}, status=status)
