"""Personal tokens for programs: they read law, status and opinions in a person's place, and nothing else.

A token is 32 random bytes. It is shown once; what is kept is its SHA-256 digest, which is safe to keep because the
token cannot be guessed. It dies with its day, by revocation, or with the account of its owner.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import F

from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.office.models import Token
from rogatory.ports.world import Random

PREFIX = "rogatory_"
TOKEN_BYTES = 32
LONGEST_DAYS = 366
MOST_ALIVE = 20


class BadToken(NotPermitted):
    """The token is not one of this node, or it has expired or been revoked."""

    code = "bad-token"
    remedy = "Have its owner make a new one with: rogatory user token"


class BadTokenWish(BadInput):
    """Such a token cannot be made."""

    code = "bad-token-wish"
    remedy = "Give it a name of at most 80 signs and a life of 1 to 366 days."


class NoSuchToken(NotFound):
    """There is no such token."""

    code = "no-such-token"
    remedy = "`rogatory user tokens` lists them with their numbers."


def make(username: str, name: str, *, days: int, now: datetime, random: Random) -> tuple[Token, str]:
    """A new token of the person *username*, and the text that is shown once; raises `BadTokenWish`."""
    if not 1 <= days <= LONGEST_DAYS or not name.strip() or len(name) > 80 or not name.isprintable():
        raise BadTokenWish
    user = get_user_model().objects.get(username=username)
    if Token.objects.filter(user=user, revoked=None, expires__gt=now).count() >= MOST_ALIVE:
        raise BadTokenWish(f"{username} has {MOST_ALIVE} tokens already", remedy="Revoke one that is not needed.")
    text = PREFIX + random(TOKEN_BYTES).hex()
    row = Token.objects.create(
        user=user, name=name.strip(), digest=_digest(text), made=now, expires=now + timedelta(days=days)
    )
    return row, text


def used(text: str, *, now: datetime) -> Token:
    """The token that *text* is, marked as used today; raises `BadToken`, the same for every cause."""
    alive = Token.objects.filter(user__is_active=True, user__member__isnull=False, revoked=None, expires__gt=now)
    row = alive.filter(digest=_digest(text)).first()
    if row is None:
        raise BadToken
    if row.last_used != now.date():
        Token.objects.filter(pk=row.pk).update(last_used=now.date())
    return row


def listed(username: str = "") -> Sequence[Token]:
    """The tokens of *username*, or of everybody, those in use first."""
    rows = Token.objects.select_related("user").order_by(F("revoked").asc(nulls_first=True), "pk")
    return list(rows.filter(user__username=username) if username else rows)


def revoke(number: int, *, username: str, now: datetime) -> Token:
    """The token *number* of *username* (of anybody when that is empty) opens nothing more; raises `NoSuchToken`."""
    row = Token.objects.select_related("user").filter(pk=number).first()
    if row is None or (username and row.user.get_username() != username):
        raise NoSuchToken(f"there is no token {number} here that you may revoke")
    if row.revoked is None:
        row.revoked = now
        row.save(update_fields=["revoked"])
    return row


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
