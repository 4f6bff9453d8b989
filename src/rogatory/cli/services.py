"""What the command line asks of the site, which alone knows settings, wiring and the database.

Nothing here is made before a command needs it: `rogatory law show` starts no Django and opens no database.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from rogatory.errors import RogatoryError
from rogatory.node.context import Node
from rogatory.node.people import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One log-in of the node: who it is, for which authority, with which roles, and whether it still opens."""

    name: str
    full_name: str
    authority: str
    roles: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenLine:
    """One token that a program uses: its number, whose it is, its name, its days, and whether it still opens."""

    number: int
    owner: str
    name: str
    made: datetime
    expires: datetime
    revoked: datetime | None
    last_used: date | None
    alive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How the node is served: address, threads a process, processes, and whether the worker runs inside."""

    host: str
    port: int
    threads: int
    workers: int
    worker_inside: bool


class Services(Protocol):
    """The site, as the command line sees it."""

    @property
    def data(self) -> Path:
        """The data folder."""

    def use(self, data: Path) -> None:
        """Take *data* for the data folder; called before anything else."""

    def node(self) -> Node:
        """The node of the data folder; raises `NoNodeHere`."""

    def facts(self) -> dict[str, object]:
        """What `node.toml` says; raises `NoNodeHere`."""

    def passphrase(self) -> str:
        """What opens the keys of the node; raises `NoPassphrase`."""

    def log_in(self, name: str, password: str) -> Actor:
        """The person who knows *password*; raises `NoSuchPerson`."""

    def sentence(self, error: RogatoryError, lang: str) -> str:
        """What *error* means, as a page says it in *lang*; empty for one that no page shows."""

    def make_database(self) -> None:
        """Bring the tables of the node up to date, without a word."""

    def make_first_account(self, name: str, password: str, *, full_name: str, authority: str) -> None:
        """The administrator of a new node, in place of what an interrupted `init` left; raises `NodeExists`."""

    def make_account(self, name: str, password: str, *, full_name: str, authority: str, roles: Iterable[str]) -> None:
        """A new account; raises `BadAccount`."""

    def accounts(self) -> Sequence[Account]:
        """All accounts, by name."""

    def disable_account(self, name: str) -> None:
        """The account *name* opens nothing any more; raises `NoSuchAccount`."""

    def make_token(self, owner: str, name: str, *, days: int) -> tuple[TokenLine, str]:
        """A new token of *owner*, and the text that is shown once; raises `BadTokenWish`."""

    def tokens(self, owner: str) -> Sequence[TokenLine]:
        """The tokens of *owner*, or of everybody for an empty name."""

    def revoke_token(self, number: int, *, owner: str) -> TokenLine:
        """The token *number* of *owner* (anybody's for an empty name) opens nothing more; raises `NoSuchToken`."""

    def back_up(self, folder: Path, actor: Actor, progress: Callable[[int], None] | None) -> dict[str, Any]:
        """What backing the node up into *folder* did; raises `StorageFull`, `BackupUnderWay`, `DumpFailed`."""

    def check_backup(self, folder: Path, progress: Callable[[int], None] | None) -> dict[str, Any]:
        """What the backup in *folder* says of itself, all of it read; raises `NoBackup`, `BackupDamaged`."""

    def restore_backup(self, folder: Path, progress: Callable[[int], None] | None) -> dict[str, Any]:
        """Make the node of the backup in *folder* in the data folder, which must be fresh; raises `FolderInUse`."""

    def restored(self) -> dict[str, Any]:
        """When the node was restored, and from when its backup is; empty once partners confirmed its ledger."""

    def confirm_restored(self) -> None:
        """Partners know no more of the ledger than this node does."""

    def serve(self, how: Serving) -> None:
        """Serve the node until a signal ends it."""

    def work(self) -> None:
        """Run the worker of the node until a signal ends it."""

    def translated(self, error: Exception) -> RogatoryError | None:
        """What an error of the database means to a person; `None` for any other error."""
