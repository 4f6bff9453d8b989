"""Every log-in at the desk, and every refused one, is a line of the access record; the command line records its own."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from rogatory.node import people


def connect() -> None:
    """Listen to Django's own signals."""
    user_logged_in.connect(_logged_in, dispatch_uid="rogatory-log-in")
    user_login_failed.connect(_refused, dispatch_uid="rogatory-log-in-refused")


def _logged_in(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    node = getattr(request, "node", None)
    if node is not None:
        people.note_log_in(node, user.get_username(), succeeded=True)


def _refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    node = getattr(request, "node", None)
    if node is not None:
        name = credentials.get("username") or credentials.get("login") or ""
        people.note_log_in(node, str(name), succeeded=False)
