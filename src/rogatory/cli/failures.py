"""From an error to what a person, or a program, is told, and to the exit status: the one place that knows both."""

import errno
from typing import Any

from rogatory import errors
from rogatory.cli import printing
from rogatory.errors import RogatoryError
from rogatory.node.drafting import FormIncomplete
from rogatory.ports.blobs import StorageFull

#: Whose fault it is -> the exit status. `docs/reference/commands.md` lists the same.
STATUSES: tuple[tuple[type[RogatoryError], int], ...] = (
    (errors.BadInput, 2),
    (errors.NotFound, 3),
    (errors.NotPermitted, 4),
    (errors.Untrusted, 5),
    (errors.Unavailable, 6),
    (errors.BadData, 7),
)
OTHER = 1
INTERRUPTED = 130


class FileMissing(errors.NotFound):
    """There is no such file."""

    code = "no-such-file"


class FileTrouble(errors.Unavailable):
    """The system refuses to read or write a file."""

    code = "file-trouble"
    remedy = "Look at the file's permissions and at the disk, then try again; nothing was changed."


def status_of(error: RogatoryError) -> int:
    """The exit status for *error*."""
    return next((status for family, status in STATUSES if isinstance(error, family)), OTHER)


def translated(error: OSError) -> RogatoryError:
    """What an error of the operating system means to a person."""
    if error.errno == errno.ENOSPC:
        return StorageFull()
    what = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
    return FileMissing(what) if isinstance(error, FileNotFoundError) else FileTrouble(what)


def report(error: RogatoryError, *, as_json: bool) -> int:
    """Tell about *error*: an object on standard output with *as_json*, else lines on standard error."""
    if as_json:
        printing.write_json({"error": _object(error)})
        return status_of(error)
    out = printing.console(errors=True)
    cite = f" [{error.cite}]" if error.cite else ""
    where = f"{error.where}: " if error.where else ""
    out.print(printing.text(f"error [{error.code}]: {where}{error.message}{cite}"), soft_wrap=True)
    if isinstance(error, FormIncomplete):
        for problem in error.problems:
            out.print(printing.text(f"  {problem.key} [{problem.provision}]: {problem.message.en}"), soft_wrap=True)
    if error.advice:
        out.print(printing.text(f"→ {error.advice}"), soft_wrap=True)
    return status_of(error)


def _object(error: RogatoryError) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": error.code,
        "message": error.message,
        "provision": error.cite,
        "remedy": error.advice,
    }
    if error.where:
        found["where"] = error.where
    if isinstance(error, FormIncomplete):
        found["problems"] = printing.plain(error.problems)
    return found
