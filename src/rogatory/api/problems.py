"""What a program is told when something is wrong: one JSON object with a stable code, and an HTTP status.

`code` never changes its meaning (docs/reference/errors.md), `message` says what happened, `cite` names the provision
where one applies, `remedy` what to do next; `where` names the key of what was sent that is meant.
"""

import json
import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from rogatory.api.asked import NoLength, TooLarge
from rogatory.errors import BadData, BadInput, NotFound, NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.node.conference.passes import NoSuchPass, PassRevoked
from rogatory.office.tokens import BadToken
from rogatory.ports.stores import AlreadyHeld, ChangedMeanwhile

log = logging.getLogger("rogatory.api")
JSON = "application/json; charset=utf-8"


class LogInNeeded(NotPermitted):
    """This answer is for people of this node and for the programs they gave a token."""

    code = "log-in-needed"
    remedy = "Send the header Authorization: Bearer TOKEN; `rogatory user token` makes one."


class FromElsewhere(NotPermitted):
    """The request comes with a log-in but not from a page of this node."""

    code = "from-elsewhere"
    remedy = "Send the CSRF token of the desk in the header X-CSRFToken, or use a token of your own instead."


class TooManyRequests(Unavailable):
    """Too many requests came from here within a minute."""

    code = "too-many-requests"
    remedy = "Wait as long as the header Retry-After says; the operator sets the limit."


class BadQuery(BadInput):
    """The address asks for something that this operation does not know."""

    code = "bad-query"
    remedy = "Compare the address with the description of the operation; nothing is guessed."


#: Which HTTP status tells of which error; the first that fits.
STATUS: tuple[tuple[type[RogatoryError], int], ...] = (
    (TooLarge, 413),
    (NoLength, 411),
    (LogInNeeded, 401),
    (BadToken, 401),
    (NoSuchPass, 401),
    (PassRevoked, 401),
    (TooManyRequests, 429),
    (NotFound, 404),
    (ChangedMeanwhile, 409),
    (AlreadyHeld, 409),
    (NotPermitted, 403),
    (BadInput, 400),
    (Untrusted, 400),
    (Unavailable, 503),
    (BadData, 500),
)


def status_of(error: RogatoryError) -> int:
    """The HTTP status that tells of *error*."""
    return next((status for family, status in STATUS if isinstance(error, family)), 500)


def problem(error: RogatoryError) -> dict[str, Any]:
    """What a program is told of *error*, in the language of the request as far as the sentence is a fixed one."""
    told = {
        "code": error.code,
        "message": gettext(error.message),
        "cite": error.cite,
        "remedy": gettext(error.advice),
    }
    return {**told, "where": error.where} if error.where else told


def respond(error: RogatoryError) -> HttpResponse:
    """The answer that tells of *error*."""
    status = status_of(error)
    response = HttpResponse(json.dumps(problem(error), ensure_ascii=False), status=status, content_type=JSON)
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def register(api: NinjaAPI) -> None:
    """Have every error of *api* answered as a problem; what is nobody's input is logged by its code alone."""

    def known(request: HttpRequest, error: Any) -> HttpResponse:
        if status_of(error) >= 500:
            log.error("%s at %s", error.code, request.path[:200])
        return respond(error)

    def unread(_: HttpRequest, error: Any) -> HttpResponse:
        first = error.errors[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return respond(BadQuery(f"{where}: {first['msg']}", where=where))

    def unexpected(request: HttpRequest, error: Any) -> HttpResponse:
        log.error("%s failed", request.path[:200], exc_info=error)
        return respond(RogatoryError("the node failed; its operator finds the reason in the log"))

    api.add_exception_handler(RogatoryError, known)
    api.add_exception_handler(ValidationError, unread)
    api.add_exception_handler(AuthenticationError, lambda _request, _error: respond(LogInNeeded()))
    api.add_exception_handler(Throttled, lambda _request, _error: respond(TooManyRequests()))
    api.add_exception_handler(HttpError, lambda _request, error: respond(BadQuery(str(error))))
    api.add_exception_handler(Exception, unexpected)
