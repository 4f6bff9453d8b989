"""Who may ask: a person at the desk, a program with a person's token, or anybody where the operator opened a part.

Nothing that is asked here changes anything, and no case is ever in an answer. A session opens a POST only together
with the desk's CSRF token, because a browser sends its cookie for any page; a token needs none.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import BaseThrottle
from ninja.utils import check_csrf

from rogatory.api.problems import FromElsewhere
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import tokens

WINDOW_SECONDS = 60


class ApiRequest(HttpRequest):
    """A request to which the wiring has added the node and, at the desk, the person who acts."""

    node: Node
    actor: Actor | None
    auth: str


class Token(HttpBearer):
    """A personal token in the header `Authorization: Bearer …`; made with `rogatory user token`."""

    def authenticate(self, request: HttpRequest, token: str) -> str:
        """Whose token it is; raises `BadToken`."""
        node: Node = request.node  # type: ignore[attr-defined]
        return f"token:{tokens.used(token, now=node.clock.now()).pk}"


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


class OncePerWindow(BaseThrottle):
    """At most `settings.API_REQUESTS_A_MINUTE` requests a minute for each token, person or address, and process."""

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
