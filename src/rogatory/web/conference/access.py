"""Who is at a face of a meeting: the holder of a pass, or an account that runs the secretariat's desk.

A pass is a link on a badge. Opening it sets a signed cookie, for that meeting only and out of reach of scripts, and
leads on at once, so that the secret stays neither in the address bar nor in a log. One device may hold one pass of
each role. There is no account and no session behind a pass: whoever revokes it ends it at the next request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from rogatory.conference.meeting.events import Actor
from rogatory.errors import NotFound, NotPermitted
from rogatory.node import people
from rogatory.node.conference import passes
from rogatory.node.context import Node
from rogatory.web.doors import DeskRequest, signed_in

#: Which face a pass of each role opens.
FACES = {"presiding": "chair", "delegation": "phone", "teller": "tellers", "screen": "screen"}
SALT = "rogatory.conference.pass"
COOKIE_SECONDS = 7 * 24 * 3600
#: Acts that one pass may send in a minute: more than a person can do, and less than fills a record or keeps all busy.
ACTS_A_MINUTE = 120
#: Wrong links that one address may try in a minute, as log-in allows.
TRIES_A_MINUTE = 10


class NoPass(NotPermitted):
    """This device holds no pass for this page."""

    code = "no-pass"
    remedy = "Open the link on your badge, or scan its code; the secretariat prints a new one."


class TooManyTries(NotPermitted):
    """Too many links that do not hold were tried from this address."""

    code = "too-many-tries"
    remedy = "Wait a minute, then open the link on your badge again."


class TooManyActs(NotPermitted):
    """This pass sent more acts within a minute than a person does."""

    code = "too-many-acts"
    remedy = "Wait a minute, then do it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is at a face: the role and for whom; `account` is the log-in of a secretary who enters for them."""

    meeting: str
    role: str
    of: str
    name: str
    account: people.Actor | None = None

    @property
    def actor(self) -> Actor:
        """Who acts, as the record says it."""
        return Actor(self.role, self.of)


class FaceRequest(DeskRequest):
    """A request to a face, to which its door has added who is there."""

    holder: Holder


View = Callable[..., HttpResponseBase]


def cookie_name(role: str) -> str:
    """The cookie of a pass: one for each role, so that one device may hold the chair's and a delegation's."""
    return f"rogatory-pass-{role}"


def cookie_path(meeting: str) -> str:
    """Where the cookie is sent: to the pages of its meeting and nowhere else."""
    return f"/conference/{meeting}/"


def signed(meeting: str, secret: str) -> str:
    """The value of the cookie."""
    return signing.dumps([meeting, secret], salt=SALT)


def secret_of(value: str, meeting: str) -> str:
    """The secret that the cookie *value* carries for *meeting*; raises `NoPass`."""
    try:
        named, secret = signing.loads(value, salt=SALT, max_age=COOKIE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NoPass from error
    if named != meeting or not isinstance(secret, str):
        raise NoPass
    return secret


def holder_of(node: Node, value: str, meeting: str, role: str) -> Holder:
    """Who holds the pass that the cookie *value* carries; raises `NoPass`, also when it was revoked."""
    try:
        found = passes.holder(node, meeting, secret_of(value, meeting))
    except (NotFound, NotPermitted) as error:
        raise NoPass from error
    if found.role != role:
        raise NoPass
    return Holder(meeting=meeting, role=found.role, of=found.of, name=found.name)


def at_face(role: str, *, secretary: bool = False, anybody: bool = False) -> Callable[[View], View]:
    """A guard for the holders of a pass of *role*, for secretaries too, or for anybody (a holder without a name)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: FaceRequest, meeting: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.holder = _holder(request, meeting, role, secretary=secretary, anybody=anybody)
            return view(request, meeting, *args, **kwargs)

        return guarded

    return guard


def _holder(request: FaceRequest, meeting: str, role: str, *, secretary: bool, anybody: bool) -> Holder:
    value = request.COOKIES.get(cookie_name(role))
    if value:
        try:
            return holder_of(request.node, value, meeting, role)
        except NoPass:
            if not (secretary or anybody):
                raise
    if secretary and request.actor and "secretary" in request.actor.roles:
        return Holder(meeting=meeting, role=role, of="", name=request.actor.name, account=request.actor)
    if anybody:
        return Holder(meeting=meeting, role=role, of="", name="")
    raise NoPass


def for_secretaries(view: View) -> View:
    """*view* for accounts with the role of secretary; raises `RoleMissing` for others who are logged in."""

    @wraps(view)
    def guarded(request: FaceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        people.require(request.actor, "secretary")
        meeting = str(kwargs.get("meeting", args[0] if args else ""))
        request.holder = Holder(
            meeting=meeting, role="secretariat", of=request.actor.name, name=request.actor.name, account=request.actor
        )
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def enter(request: DeskRequest, meeting: str, secret: str) -> HttpResponseBase:
    """Open the link of a badge: set the cookie and lead on to the face; raises `NoPass` and `TooManyTries`."""
    # Whatever is logged of this request names its path: the secret must not be in it.
    request.path = request.path_info = f"{cookie_path(meeting)}in/…/"
    return _entered(request, meeting, secret)


@require_safe
def _entered(request: DeskRequest, meeting: str, secret: str) -> HttpResponse:
    try:
        found = passes.holder(request.node, meeting, secret)
    except (NotFound, NotPermitted) as error:
        # A link that holds always opens: a whole room comes from one address, and nobody in it may shut the others out.
        _require_few_tries(request)
        _count_try(request)
        raise NoPass("this link does not hold, or was revoked") from error
    response = redirect(f"{cookie_path(meeting)}{FACES[found.role]}/")
    response.set_cookie(
        cookie_name(found.role),
        signed(meeting, secret),
        max_age=COOKIE_SECONDS,
        path=cookie_path(meeting),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"
    response["Expires"] = http_date(0)
    return response


def require_few_acts(request: FaceRequest) -> None:
    """Count an act of the pass that is at a face; raises `TooManyActs`. A secretary's account is not counted."""
    holder = request.holder
    if holder.account is not None:
        return
    minute = int(request.node.clock.now().timestamp()) // 60
    key = f"pass-acts-{minute}-{holder.meeting}-{holder.role}-{holder.of}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > ACTS_A_MINUTE:
        raise TooManyActs


def _tries(request: DeskRequest) -> str:
    minute = int(request.node.clock.now().timestamp()) // 60
    return f"pass-tries-{minute}-{request.META.get('REMOTE_ADDR', '')}"


def _require_few_tries(request: DeskRequest) -> None:
    if int(cache.get(_tries(request), 0)) >= TRIES_A_MINUTE:
        raise TooManyTries


def _count_try(request: DeskRequest) -> None:
    key = _tries(request)
    cache.add(key, 0, timeout=120)
    cache.incr(key)
