"""`rogatory keys split`, `recover`, `rehearse` and `custodians`: the keys in the hands of several people.

A share is typed in or read from a file, and never stands in a command line, where other users of the machine see it.
"""

import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli import files, keyfiles, printing, sharepages
from rogatory.cli.services import Services
from rogatory.cli.session import Session, session_of
from rogatory.cli.sharepages import SharePage
from rogatory.errors import NotPermitted, RogatoryError
from rogatory.node import keyholding
from rogatory.node.keyholding import Holding
from rogatory.sealing import splitting
from rogatory.sealing.keystore import BadKeystore, Keystore, WrongPassphrase
from rogatory.sealing.splitting import KeyShare

MAX_SHARE_FILE = 16 * 1024
ShareFiles = Annotated[
    list[Path] | None,
    typer.Option("--share", metavar="FILE", help="A file with a share; once for each. Else they are asked for."),
]


class KeysNotLost(NotPermitted):
    """The keys of this node open with the passphrase that is set: there is nothing to recover."""

    code = "keys-not-lost"
    remedy = "To try the shares, use: rogatory keys rehearse. For another passphrase: rogatory keys passphrase."


def split(
    context: typer.Context,
    *,
    threshold: Annotated[int, typer.Option(metavar="M", help="How many custodians are needed together; 2 or more.")],
    shares: Annotated[int, typer.Option(metavar="N", help="How many custodians there are.")],
    custodian: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Who gets a share; once for each, in order.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write one file for each custodian here, not to the screen.")
    ] = None,
) -> None:
    """Split the keys among custodians (administrator).

    Each share is shown once and kept nowhere. A former split ends: its shares open nothing any more.
    """
    session = session_of(context)
    names = custodian or [f"custodian {number}" for number in range(1, shares + 1)]
    if len(names) != shares:
        raise keyholding.BadCustodian(f"{len(names)} custodians are named for {shares} shares")
    folder, actor = session.services.data, session.actor
    with keyfiles.changing(folder):
        keys, made = keyholding.split(session.node, actor, threshold=threshold, custodians=names)
        recovery = keys.recovery
        if recovery is None:
            raise RuntimeError("keys that were split name no custodians")
        pages = [
            SharePage(state=keys.state, recovery=recovery, number=number, words=words)
            for number, words in enumerate(made, start=1)
        ]
        # Handed out first: were the program stopped in between, the custodians of before still hold the key.
        _hand_out(session, pages, out)
        keyfiles.keep(folder, keys, passphrase=session.services.passphrase())
        keyholding.record_split(session.node, actor, recovery)
    value = {"set": recovery.set, "threshold": threshold, "custodians": names, "since": recovery.at}
    shown = {"shares": [page.words for page in pages]} if out is None else {"files": [page.file_name for page in pages]}
    session.answer(
        {**value, **shown},
        f"Any {threshold} of {shares} custodians can bring the keys back from now on. The set is {recovery.set}.",
        f"Keep {keyfiles.RECOVERY} with every backup, and rehearse now: rogatory keys rehearse.",
    )


def recover(
    context: typer.Context,
    *,
    share: ShareFiles = None,
    new_file: Annotated[
        Path,
        typer.Option(
            "--new-passphrase-file",
            envvar="ROGATORY_PASSPHRASE_FILE",
            metavar="FILE",
            help="The file with the new passphrase; made with a strong one when it does not exist.",
        ),
    ],
) -> None:
    """Bring the keys back with the shares of enough custodians (administrator).

    They open keys-recovery.age; keys.age is written anew under a new passphrase.
    """
    session = session_of(context)
    folder, actor = session.services.data, session.actor
    with keyfiles.changing(folder):
        _refuse_unless_lost(session.services)
        sealed = keyfiles.read_recovery(folder)
        given = _shares(session, share or ())
        keys = keyholding.recovered(session.node, actor, given, sealed)
        new = keyfiles.passphrase_in(new_file)
        keyfiles.keep(folder, keys, passphrase=new)
        put = keyfiles.replace_passphrase_file(new, new_file)
        keyholding.record_recovery(session.node, actor, keys, given)
    session.answer(
        {"state": keys.state, "shares": sorted(one.number for one in given), "passphrase_file": str(new_file)},
        f"The keys of {keys.state} are back, under the passphrase in {new_file}.",
        *(() if put else (f"Point ROGATORY_PASSPHRASE_FILE to {new_file}.",)),
        "If the keys were lost because somebody took them, renew them now: rogatory keys renew.",
    )


def rehearse(context: typer.Context, *, share: ShareFiles = None) -> None:
    """Show that these custodians could bring the keys back (administrator).

    Nothing is revealed, and nothing is changed; that it was done is recorded.
    """
    session = session_of(context)
    actor = session.actor
    sealed = keyfiles.read_recovery(session.services.data)
    given = _shares(session, share or ())
    found = keyholding.rehearse(session.node, actor, given, sealed)
    numbers = sorted(one.number for one in given)
    session.answer(
        {"set": found.set, "shares": numbers, "rehearsed": found.rehearsed},
        f"Shares {', '.join(map(str, numbers))} open the recovery file, and it holds the present keys.",
    )


def custodians(context: typer.Context) -> None:
    """Say among whom the keys are split, since when, and when that was last rehearsed."""
    session = session_of(context)
    found = keyholding.holding(session.node)
    if found is None:
        raise keyholding.NotSplit
    session.answer(found, printing.pairs(holding_lines(found)), *due(found))


def holding_lines(found: Holding) -> dict[str, object]:
    """A holding as lines for a person."""
    return {
        "set": found.set,
        "custodians": ", ".join(f"{number} {name}" for number, name in enumerate(found.custodians, start=1)),
        "needed": f"{found.threshold} of {len(found.custodians)}",
        "split": found.since,
        "last rehearsed": found.rehearsed or "never",
        "with": found.result,
    }


def due(found: Holding) -> tuple[str, ...]:
    """A sentence when a drill is due, or none."""
    return ("It is more than a year: rehearse now (rogatory keys rehearse).",) if found.due else ()


def _hand_out(session: Session, pages: Sequence[SharePage], out: Path | None) -> None:
    if out is not None:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        for page in pages:
            with files.new_file(out / page.file_name) as file:
                file.write(page.text().encode())
    elif not session.as_json:
        for page in pages:
            _show(session, page)


def _show(session: Session, page: SharePage) -> None:
    name = page.recovery.custodians[page.number - 1]
    if session.may_ask:
        _wait(f"Share {page.number}, for {name}. Nobody else looks on? Press Enter")
    session.console.print(printing.text(page.text()), soft_wrap=True)
    if session.may_ask:
        _wait("Written down and compared? Press Enter, and the screen is cleared")
        # The lines that have scrolled away are cleared too.
        sys.stdout.write("\x1b[3J\x1b[2J\x1b[H")
        sys.stdout.flush()


def _wait(question: str) -> None:
    typer.prompt(question, default="", show_default=False)


def _refuse_unless_lost(services: Services) -> None:
    try:
        Keystore.from_bytes((services.data / keyfiles.KEYS).read_bytes(), services.passphrase())
    except (FileNotFoundError, WrongPassphrase, BadKeystore):
        return
    except RogatoryError as error:
        if error.code == "no-passphrase":
            return
        raise
    raise KeysNotLost


def _shares(session: Session, named: Sequence[Path]) -> list[KeyShare]:
    if named:
        return [_read(path) for path in named]
    if not session.may_ask:
        lines = [line for line in sys.stdin.read(MAX_SHARE_FILE * splitting.MAX_SHARES).splitlines() if line.strip()]
        return [
            splitting.read_share(sharepages.words_of(line), place=f"the share on line {number}")
            for number, line in enumerate(lines, start=1)
        ]
    found: list[KeyShare] = []
    while not found or len(found) < found[0].threshold:
        place = f"share {len(found) + 1}"
        try:
            found.append(splitting.read_share(getpass(f"{place.capitalize()}, 33 words (not shown): "), place=place))
        except splitting.ShareMistyped as error:
            session.console.print(printing.text(f"{error.message}. Again."))
    return found


def _read(path: Path) -> KeyShare:
    with path.open(encoding="utf-8", errors="replace") as file:
        text = file.read(MAX_SHARE_FILE)
    return splitting.read_share(sharepages.words_of(text), place=f"the share in {path.name}")
