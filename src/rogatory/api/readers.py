"""Who may ask: a person at the desk, a program with a person's token, the holder of a pass about its own meeting, or
anybody where the operator opened a part.

Nothing changes anything but an act of the holder of a pass, the work of an assessor on national law and readiness, and
drills; no case is ever in an answer. A session opens a POST only together with the desk's CSRF token, because a browser
sends its cookie for any page; a token or pass needs none.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import BaseThrottle
from ninja.utils import check_csrf

from rogatory.api.problems import FromElsewhere
from rogatory.node.conference import passes
from rogatory.node.conference.passes import Pass
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts, tokens

WINDOW_SECONDS = 60


class ApiRequest(HttpRequest):
    """A request to which the wiring has added the node, and its door the person or the pass that asks."""

    node: Node
    actor: Actor | None
    auth: str


class Token(HttpBearer):
    """A personal token in the header `Authorization: Bearer …`; made with `rogatory user token`."""

    def authenticate(self, request: HttpRequest, token: str) -> str:
        """Whose token it is; raises `BadToken`."""
        node: Node = request.node  # type: ignore[attr-defined]
        found = tokens.used(token, now=node.clock.now())
        request.actor = accounts.actor_or_nobody(found.user)  # type: ignore[attr-defined]
        return f"token:{found.pk}"


def pass_shown(request: HttpRequest) -> Pass | None:
    """The pass that was shown, if one was."""
    return getattr(request, "held", None)


class MeetingPass(HttpBearer):
    """The secret of a pass in the header `Authorization: Bearer …`; the secretariat of the meeting issues it."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """Whose pass it is, nobody's for a personal token; raises `NoSuchPass` and `PassRevoked`."""
        if token.startswith(tokens.PREFIX) or request.resolver_match is None:
            return None
        node: Node = request.node  # type: ignore[attr-defined]
        held = passes.holder(node, request.resolver_match.kwargs["meeting"], token)
        request.held = held  # type: ignore[attr-defined]
        return f"pass:{held.id}"


class Desk(APIKeyCookie):
    """The log-in of the desk."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        """The person at the desk, if one is there; raises `FromElsewhere` for a POST from another site."""
        actor: Actor | None = getattr(request, "actor", None)
        if not key or actor is None:
            return None
        if check_csrf(request) is not None:
            raise FromElsewhere
        return f"person:{actor.id}"


def anybody(part: str, request: HttpRequest) -> str | None:
    """A stranger, where the operator opened *part* to everybody."""
    return f"address:{request.META.get('REMOTE_ADDR', '')}" if part in settings.PUBLIC_PARTS else None


def anybody_for_law(request: HttpRequest) -> str | None:
    """A stranger who asks about the law."""
    return anybody("law", request)


def anybody_for_status(request: HttpRequest) -> str | None:
    """A stranger who asks about status."""
    return anybody("status", request)


def anybody_for_conference(request: HttpRequest) -> str | None:
    """A stranger who asks about meetings and rules of procedure."""
    return anybody("conference", request)


class OncePerWindow(BaseThrottle):
    """At most `settings.API_REQUESTS_A_MINUTE` requests a minute for each token, pass, person or address."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this one still is within the limit."""
        node: Node = request.node  # type: ignore[attr-defined]
        window, self.spent = divmod(int(node.clock.now().timestamp()), WINDOW_SECONDS)
        key = f"api-{window}-{request.auth}"  # type: ignore[attr-defined]
        cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
        limit: int = settings.API_REQUESTS_A_MINUTE
        return int(cache.incr(key)) <= limit

    def wait(self) -> float:
        """Seconds until the next window."""
        return WINDOW_SECONDS - self.spent
