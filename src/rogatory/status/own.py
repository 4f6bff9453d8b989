"""What a State's own node filed with the depositary, beside the lists that everybody reads.

The depositary's list prevails: an act of ours that a list has too is left to the list, which has the day of receipt. A
consent is the same act whatever its day, and so is a signature; a reservation, declaration or notification only with
the same provision and day, for a State may notify again. Practice acts are held against practice acts alone.
"""

import csv
import io
from collections.abc import Collection, Iterable

from rogatory.status.deposits import COLUMNS, read_deposits
from rogatory.status.model import CONSENTS, Deposit

FILE_NAME = "own.csv"


def unlisted(own: Iterable[Deposit], lists: Iterable[Deposit]) -> tuple[Deposit, ...]:
    """Those of *own* that no list has."""
    mine = tuple(own)
    if not mine:
        return ()
    known = {_act(item) for item in lists}
    return tuple(item for item in mine if _act(item) not in known)


def _act(item: Deposit) -> tuple[object, ...]:
    whose = (item.state, item.instrument, item.practice)
    if item.action in CONSENTS:
        return (*whose, "consent")
    if item.action == "signature":
        return (*whose, item.action)
    return (*whose, item.action, item.provision, item.on)


def write_own(deposits: Iterable[Deposit]) -> bytes:
    """The deposits as CSV, with the column `instrument` first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("instrument", *COLUMNS))
    for item in deposits:
        day = f"{item.on:%Y-%m-%d}" if item.on else ""
        about = (item.provision, item.value, item.certainty, item.source)
        writer.writerow((item.instrument, item.state, item.action, day, *about))
    return out.getvalue().encode("utf-8")


def read_own(data: bytes, *, states: Collection[str], practice: bool) -> tuple[Deposit, ...]:
    """The deposits that `write_own` wrote; raises `BadDeposits` with the line."""
    return read_deposits(data.decode("utf-8", "replace"), name=FILE_NAME, states=states, practice=practice)
