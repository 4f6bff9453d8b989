"""What `rogatory verify` does with the address of a running node: read its public log and climb the ladder."""

import random
from collections.abc import Callable, Sequence

from rogatory.bundle.log_check import LogReport, Wanted, examine_log
from rogatory.cli import verifying_files
from rogatory.cli.verifying_files import Wishes
from rogatory.ledger import notes
from rogatory.sealing import cards
from rogatory.transports.logs import HttpLog


def examine(address: str, wishes: Wishes, progress: Callable[[int], None] | None) -> LogReport:
    """What the ladder finds at *address*; raises `BadAddress` and what the files given raise."""
    wanted = Wanted(
        trust=verifying_files.trusted(wishes.trust),
        since=verifying_files.read(wishes.since, notes.MAX_NOTE_BYTES) if wishes.since else None,
        witnesses=[cards.read_card(verifying_files.read(path, cards.MAX_CARD)) for path in wishes.cards],
        full=wishes.full,
        draw=draw,
    )
    log = HttpLog(address)
    try:
        return examine_log(log, wanted, progress=progress)
    finally:
        log.close()


def draw(size: int, count: int) -> Sequence[int]:
    """At most *count* different places below *size*, which nobody can foresee."""
    return sorted(random.SystemRandom().sample(range(size), min(size, count)))
