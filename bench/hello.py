"""The least that granian can serve from Python, for the benchmark of the conference: `python -m bench.hello PORT`.

`/wsgi` is answered by a function, `/django` by Django with one address and no middleware. The same threads as a node.
"""

import sys
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

THREADS = 4


def hello(_request: HttpRequest) -> HttpResponse:
    """Django's answer."""
    return HttpResponse("hello", headers={"Content-Length": "5"})


urlpatterns = [path("django", hello)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="benchmark", MIDDLEWARE=[])

from django.core.wsgi import get_wsgi_application

django_application = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"] == "/django":
        return django_application(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def main(port: int) -> None:
    """Serve until a signal ends it."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "bench.hello:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
