"""The console entry: what the command line asks of the site, made only when a command needs it."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from rogatory.cli import app
from rogatory.cli.services import Account, Serving, TokenLine
from rogatory.cli.setting import NodeExists
from rogatory.errors import NotFound, NotPermitted, RogatoryError, Unavailable
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.site import datafolder, keyfile


class NoSuchAccount(NotFound):
    """There is no account of that name."""

    code = "no-such-account"


class DatabaseTrouble(Unavailable):
    """The database cannot be used."""

    code = "database-trouble"
    remedy = "Is it running, and are its tables up to date? `rogatory serve` brings them up to date."


def main() -> None:
    """Run the command line."""
    sys.exit(app.run(sys.argv[1:], Site()))


class Site:
    """`cli.services.Services` on Django, started at the first need."""

    @property
    def data(self) -> Path:
        """The data folder."""
        return datafolder.data_folder(os.environ)

    def use(self, data: Path) -> None:
        """Take *data* for the data folder."""
        os.environ["ROGATORY_DATA"] = str(data.absolute())

    def node(self) -> Node:
        """The node of the data folder."""
        self.facts()
        _django()
        from rogatory.site import wiring

        return wiring.node()

    def facts(self) -> dict[str, object]:
        """What `node.toml` says."""
        found: dict[str, object] = datafolder.node_facts(self.data)
        if not found:
            raise datafolder.NoNodeHere(f"there is no node in {self.data}")
        return found

    def passphrase(self) -> str:
        """What opens the keys of the node."""
        return keyfile.passphrase()

    def log_in(self, name: str, password: str) -> Actor:
        """The person who knows *password*."""
        _django()
        from rogatory.office import accounts

        try:
            actor = accounts.log_in(name, password)
        except NotPermitted:
            people.note_log_in(self.node(), name, succeeded=False)
            raise
        people.note_log_in(self.node(), name, succeeded=True)
        return actor

    def sentence(self, error: RogatoryError, lang: str) -> str:
        """What *error* means, as a page says it in *lang*."""
        _django()
        from django.utils.translation import override

        from rogatory.web import faults
        from rogatory.web.conference import refusals

        with override(lang):
            return str(refusals.SENTENCES.get(error.code) or faults.SENTENCES.get(error.code, ""))

    def make_database(self) -> None:
        """Bring the tables up to date."""
        _django()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0, interactive=False)
        # Server processes open connections of their own.
        connections.close_all()

    def make_first_account(self, name: str, password: str, *, full_name: str, authority: str) -> None:
        """The administrator of a new node, in place of what an interrupted `init` left."""
        _django()
        from django.contrib.auth import get_user_model
        from django.db import transaction

        from rogatory.office import accounts
        from rogatory.office.models import Member
        from rogatory.stores.models import AuditEvent, Message, Partner

        with transaction.atomic():
            if any(model.objects.exists() for model in (AuditEvent, Message, Partner)):
                raise NodeExists("the database holds the rows of a node already")
            Member.objects.all().delete()
            get_user_model().objects.all().delete()
            accounts.make_account(name, password, name=full_name, authority=authority, roles=["administrator"])

    def make_account(self, name: str, password: str, *, full_name: str, authority: str, roles: Iterable[str]) -> None:
        """A new account."""
        _django()
        from rogatory.office import accounts

        accounts.make_account(name, password, name=full_name, authority=authority, roles=roles)

    def accounts(self) -> Sequence[Account]:
        """All accounts, by name."""
        _django()
        from rogatory.office.models import Member

        return [
            Account(
                name=member.user.get_username(),
                full_name=member.name,
                authority=member.authority,
                roles=tuple(member.roles),
                active=member.user.is_active,
            )
            for member in Member.objects.select_related("user").order_by("user__username")
        ]

    def disable_account(self, name: str) -> None:
        """The account *name* opens nothing any more."""
        _django()
        from rogatory.office import accounts
        from rogatory.office.models import Member

        member = Member.objects.select_related("user").filter(user__username=name).first()
        if member is None:
            raise NoSuchAccount(f"there is no account {name!r}")
        accounts.set_open(member, open=False)

    def make_token(self, owner: str, name: str, *, days: int) -> tuple[TokenLine, str]:
        """A new token of *owner*, and the text that is shown once."""
        node = self.node()
        from rogatory.office import tokens

        now = node.clock.now()
        row, text = tokens.make(owner, name, days=days, now=now, random=node.random)
        return _token_line(row, now), text

    def tokens(self, owner: str) -> Sequence[TokenLine]:
        """The tokens of *owner*, or of everybody for an empty name."""
        now = self.node().clock.now()
        from rogatory.office import tokens

        return [_token_line(row, now) for row in tokens.listed(owner)]

    def revoke_token(self, number: int, *, owner: str) -> TokenLine:
        """The token *number* of *owner* (anybody's for an empty name) opens nothing more."""
        now = self.node().clock.now()
        from rogatory.office import tokens

        return _token_line(tokens.revoke(number, username=owner, now=now), now)

    def back_up(self, folder: Path, actor: Actor, progress: Callable[[int], None] | None) -> dict[str, Any]:
        """What backing the node up into *folder* did."""
        node, facts = self.node(), self.facts()
        from django.conf import settings

        from rogatory.site import blobplaces
        from rogatory.site.backups import making

        apart = blobplaces.folders(facts, self.data)
        made = making.make(
            node, self.data, settings.DATABASES["default"], folder.absolute(), left_out=apart, progress=progress
        )
        with node.stores.atomic():
            people.note(node, actor, "node:data:backup", node.state, f"backup {made.number}")
        return asdict(made)

    def check_backup(self, folder: Path, progress: Callable[[int], None] | None) -> dict[str, Any]:
        """What the backup in *folder* says of itself."""
        from rogatory.site.backups import restoring

        found = restoring.check(folder.absolute(), progress=progress)
        return {**asdict(found.head), "bytes": found.bytes}

    def restore_backup(self, folder: Path, progress: Callable[[int], None] | None) -> dict[str, Any]:
        """Make the node of the backup in *folder* in the data folder."""
        from rogatory.site.backups import restoring

        return asdict(restoring.restore(folder.absolute(), self.data, os.environ, progress=progress))

    def restored(self) -> dict[str, Any]:
        """When the node was restored, and from when its backup is."""
        from rogatory.site.backups import restoring

        return restoring.was_restored(self.data)

    def confirm_restored(self) -> None:
        """Partners know no more of the ledger than this node does."""
        from rogatory.site.backups import restoring

        restoring.forget(self.data)

    def serve(self, how: Serving) -> None:
        """Serve the node with granian until a signal ends it."""
        os.environ["ROGATORY_DATA"] = str(self.data)
        os.environ["ROGATORY_WORKER"] = "inside" if how.worker_inside else "outside"
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        Granian(
            "rogatory.site.wsgi:application",
            address=how.host,
            port=how.port,
            interface=Interfaces.WSGI,
            workers=how.workers,
            blocking_threads=how.threads,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()

    def work(self) -> None:
        """Run the worker until a signal ends it."""
        node = self.node()
        from rogatory.site import wiring
        from rogatory.worker import runner, tasks

        tasks.bind(wiring.node)
        runner.run(node)

    def translated(self, error: Exception) -> RogatoryError | None:
        """What an error of the database means to a person; `None` for any other error."""
        from django.db.utils import DatabaseError

        return DatabaseTrouble(f"the database cannot be used: {error}") if isinstance(error, DatabaseError) else None


def _token_line(row: Any, now: datetime) -> TokenLine:
    return TokenLine(
        number=row.pk,
        owner=row.user.get_username(),
        name=row.name,
        made=row.made,
        expires=row.expires,
        revoked=row.revoked,
        last_used=row.last_used,
        alive=row.revoked is None and row.expires > now and row.user.is_active,
    )


def _django() -> None:
    """Start Django once, for the data folder that was named."""
    from django.apps import apps

    if apps.ready:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rogatory.site.settings")
    import django

    django.setup()
    logging.captureWarnings(capture=True)
