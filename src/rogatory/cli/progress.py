"""How far long work has come: rate and time left, on standard error, when a person looks on."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from rogatory.cli import printing
from rogatory.cli.session import Session


@contextmanager
def progress_of(session: Session, what: str, size: int | None) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error while the block runs; none unless a person looks on."""
    if session.as_json or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn(what), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=printing.console(errors=True), transient=True) as bar:
        task = bar.add_task(what, total=size)
        yield lambda done: bar.update(task, completed=done)
