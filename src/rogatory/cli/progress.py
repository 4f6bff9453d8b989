"""How far long work has come: rate and time left, on standard error, when a person looks on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from rogatory.cli import printing
from rogatory.cli.session import Session


@contextmanager
def progress_of(session: Session, what: str, size: int | None) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error while the block runs, of bytes; none unless a person looks on."""
    with _bar(session, what, size, DownloadColumn(), TransferSpeedColumn()) as progress:
        yield progress


@contextmanager
def counting(session: Session, what: str, total: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error while the block runs, of things that are counted; none unless a person looks on."""
    with _bar(session, what, total, MofNCompleteColumn()) as progress:
        yield progress


@contextmanager
def _bar(
    session: Session, what: str, total: int | None, *columns: ProgressColumn
) -> Iterator[Callable[[int], None] | None]:
    if session.as_json or not sys.stderr.isatty():
        yield None
        return
    shown = (TextColumn(what), BarColumn(), *columns, TimeRemainingColumn())
    with Progress(*shown, console=printing.console(errors=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
