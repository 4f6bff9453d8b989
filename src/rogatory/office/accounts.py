"""Accounts are made by the node's administrator; nobody signs up."""

from collections.abc import Iterable

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from rogatory.errors import BadInput, NotPermitted
from rogatory.node.people import ROLES, Actor
from rogatory.office.models import Member


class NoSuchPerson(NotPermitted):
    """The name or the password is wrong."""

    code = "wrong-log-in"


class BadAccount(BadInput):
    """The account cannot be made."""

    code = "bad-account"


class NoOpenSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's adapter, with the door for strangers closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False


def make_account(username: str, password: str, *, name: str, authority: str, roles: Iterable[str]) -> Member:
    """A new account; raises `BadAccount` for a taken name, a weak password or an unknown role."""
    wanted = _known_roles(roles)
    if not username or not name:
        raise BadAccount("an account needs a log-in name and the person's name")
    users = get_user_model().objects
    try:
        validate_password(password)
    except ValidationError as error:
        raise BadAccount(" ".join(error.messages)) from error
    with transaction.atomic():
        if users.filter(username=username).exists():
            raise BadAccount(f"there is an account {username!r} already")
        user = users.create_user(username=username, password=password)
        return Member.objects.create(user=user, name=name, authority=authority, roles=wanted)


def actor_of(user: AbstractBaseUser | AnonymousUser) -> Actor:
    """The person behind the log-in *user*; raises `NotPermitted` for an account without a place."""
    member = Member.objects.filter(user__username=user.get_username()).first()
    if member is None:
        raise NotPermitted("this account has no place at an authority")
    return Actor(id=user.get_username(), name=member.name, authority=member.authority, roles=frozenset(member.roles))


def actor_or_nobody(user: AbstractBaseUser | AnonymousUser) -> Actor | None:
    """The person behind *user*, or `None` for a stranger and for an account without a place."""
    return actor_of(user) if isinstance(user, AbstractBaseUser) and hasattr(user, "member") else None


def log_in(username: str, password: str) -> Actor:
    """The person who knows *password*; raises `NoSuchPerson`."""
    user = authenticate(username=username, password=password)
    if user is None:
        raise NoSuchPerson
    return actor_of(user)


def set_roles(member: Member, roles: Iterable[str]) -> None:
    """*member* holds *roles* from now on; raises `BadAccount` for an unknown role."""
    member.roles = _known_roles(roles)
    member.save(update_fields=["roles"])


def set_open(member: Member, *, open: bool) -> None:
    """Let the person log in, or no longer; running sessions end, because Django asks for an active account."""
    member.user.is_active = open
    member.user.save(update_fields=["is_active"])


def _known_roles(roles: Iterable[str]) -> list[str]:
    wanted = list(roles)
    unknown = [role for role in wanted if role not in ROLES]
    if unknown:
        raise BadAccount(f"{unknown[0]!r} is not one of the roles {', '.join(ROLES)}")
    return wanted
