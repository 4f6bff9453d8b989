"""The node as a WSGI application: the door between nodes first, then Django's pages."""

import os
from collections.abc import Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rogatory.site.settings")

from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

django_application = get_wsgi_application()

from rogatory.api import door
from rogatory.site import wiring
from rogatory.worker import runner, tasks

tasks.bind(wiring.node)
if os.environ.get("ROGATORY_WORKER", "inside") == "inside":
    runner.start_inside(wiring.node())


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer one request."""
    if environ["PATH_INFO"].startswith(door.PREFIX):
        close_old_connections()
        return door.answer(wiring.node(), environ, start_response)
    return django_application(environ, start_response)
