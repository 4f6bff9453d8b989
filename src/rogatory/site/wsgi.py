"""The node as a WSGI application: the door between nodes first, then Django's pages.

The faces of a meeting that ask whether anything has changed are told so before Django when nothing has.
"""

import gc
import os
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rogatory.site.settings")

from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve

django_application = get_wsgi_application()

from rogatory.api import door
from rogatory.site import wiring
from rogatory.web.conference import live
from rogatory.web.conference.faces import FACES
from rogatory.worker import runner, tasks

tasks.bind(wiring.node)
if os.environ.get("ROGATORY_WORKER", "inside") == "inside":
    runner.start_inside(wiring.node())
# The law, the pages and the program stay: to look through them for garbage would hold up every hundredth page.
wiring.node()
resolve("/")
gc.collect()
gc.freeze()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"].startswith(door.PREFIX):
        close_old_connections()
        return door.answer(wiring.node(), environ, start_response)
    place = live.asked(environ)
    if not place:
        return django_application(environ, start_response)
    close_old_connections()
    if not live.unchanged(wiring.node(), environ, FACES):
        with live.watch().drawing(FACES.get(place[1])) as now:
            if now:
                return django_application(environ, start_response)
    start_response("204 No Content", [("Cache-Control", "no-store")])
    return []
