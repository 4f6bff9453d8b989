"""`rogatory status import`: the depositary's own list, its differences shown before anything is taken."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing, reading
from rogatory.cli.session import Session, session_of
from rogatory.cli.statusdata import day_of, status_here
from rogatory.cli.statuses import InstrumentOption
from rogatory.node.deposits import note_taking, require_real
from rogatory.status.depositary import MAX_BYTES, DepositaryList, Source, read_depositary
from rogatory.status.taking import SAME, Difference, differences, taken, write_held
from rogatory.stores import deposits


def import_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The list, XML or CSV; - reads input.")],
    *,
    instrument: InstrumentOption = "uncc",
    as_of: Annotated[str, typer.Option("--as-of", metavar="DAY", help="The day of the list; else today.")] = "",
    take: Annotated[bool, typer.Option("--take", help="Hold it from now on (administrator).")] = False,
) -> None:
    """Compare the depositary's list with what is held; with --take, hold it from now on."""
    session = session_of(context)
    day, status = day_of(session, as_of), status_here(session)
    if take:
        require_real(status)
    source = Source(
        name="standard input" if file == "-" else Path(file).name,
        instrument=instrument,
        adopted=status.law.instrument(instrument).adopted,
        until=day,
        states=status.states,
    )
    read = read_depositary(reading.bytes_of(file, limit=MAX_BYTES), source)
    held = status.listed(instrument)
    found = differences(held, read.deposits)
    if take:
        _take(session, instrument, write_held(taken(held, read.deposits), as_of=day))
    value = {
        "instrument": instrument,
        "as_of": day,
        "read": len(read.deposits),
        "differences": [one for one in found if one.what != SAME],
        "same": sum(one.what == SAME for one in found),
        "unread": read.unread,
        "totals": read.totals,
        "counted": read.counted,
        "taken": take,
    }
    session.answer(value, *_view(found, read, took=take))


def _take(session: Session, instrument: str, texts: tuple[bytes, bytes]) -> None:
    """Write the list into the data folder, durably; the record of it comes first."""
    note_taking(session.node, session.actor, instrument, f"sha256 {hashlib.sha256(texts[0]).hexdigest()[:16]}")
    deposits.hold(session.services.data, instrument, texts)


def _view(found: tuple[Difference, ...], read: DepositaryList, *, took: bool) -> list[RenderableType | str]:
    rows = [(one.what, one.state, one.action, one.provision, one.held, one.given) for one in found if one.what != SAME]
    headings = ("what", "State", "act", "provision", "held", "in the list")
    same = sum(one.what == SAME for one in found)
    said = [f"{len(read.deposits)} acts read; {same} are the same as held."]
    if read.unread:
        counted = ", ".join(f"{count} {name}" for name, count in read.unread.items())
        said.append(f"Not read, because they are free text: {counted}. Enter them by CSV.")
    for name, number in read.totals.items():
        if number != read.counted[name]:
            said.append(
                f"The list itself says {number} {name}; its table has {read.counted[name]}. Look before you take it."
            )
    after = "Taken. A node that is being served answers from it at once." if took else "Nothing was taken."
    return [printing.table(headings, rows, title="differences"), *said, after]
