"""The check of a bundle, offline: a numbered ladder from the file itself to what it proves.

    1 whole      every byte is accounted for; the signed page lists every member with its size and SHA-256
    2 cards      whose keys these are; compared with the fingerprints that the reader was told
    3 signatures every message, by a key its author had at that time
    4 chain      one case, none missing, each step permitted when it was taken
    5 receipts   what the receivers acknowledged
    6 exhibits   manifest, custody, sealed bytes; contents when a key is given
    7 ledger     every message, under the one signed checkpoint
    8 world      an exercise, or not

A step that fails does not stop the others, unless they rest on it. Nothing is read but the source: no network, no
database, no clock. Without fingerprints the check shows that the bundle agrees with itself, not whose keys signed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from rogatory.bundle.climb import Climb
from rogatory.bundle.container import Container
from rogatory.bundle.members import Members
from rogatory.bundle.report import Note, Report, climb_one
from rogatory.bundle.rung_exhibits import exhibits
from rogatory.bundle.rung_ledger import logged
from rogatory.bundle.rung_whole import whole
from rogatory.bundle.rungs import chain, one_world, receipted, signatures, whose_keys
from rogatory.evidence.sealer import Progress
from rogatory.kernel import ids
from rogatory.kernel.times import stamp
from rogatory.sealing.recipients import Identity

Check = Callable[[Climb], Iterator[Note]]

LADDER: tuple[tuple[str, Check], ...] = (
    ("whole", whole),
    ("cards", whose_keys),
    ("signatures", signatures),
    ("chain", chain),
    ("receipts", receipted),
    ("exhibits", exhibits),
    ("ledger", logged),
    ("world", one_world),
)


def examine(
    source: BinaryIO,
    *,
    trust: Mapping[str, str] | None = None,
    identities: Sequence[Identity] = (),
    roots: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Report:
    """What the whole ladder finds in the bundle *source* (seekable), failures included; see `verify`.

    *trust* gives by State (`FRA`) the fingerprint that the reader was told; *identities* open exhibits; *roots* are
    the certificates (DER) of time-stamp authorities that the reader trusts; *progress* is called with the bytes read.
    """
    return examine_members(
        lambda: Container(source), trust=trust, identities=identities, roots=roots, progress=progress
    )


def examine_members(
    open_members: Callable[[], Members],
    *,
    trust: Mapping[str, str] | None = None,
    identities: Sequence[Identity] = (),
    roots: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Report:
    """As `examine`, of the members that *open_members* gives: an unpacked bundle, whose container is gone."""
    climb = Climb(open=open_members, trust=trust or {}, identities=identities, roots=roots, progress=progress)
    rungs = tuple(
        climb_one(number, name, partial(_begin, check, climb), lambda: climb.member)
        for number, (name, check) in enumerate(LADDER, start=1)
    )
    if climb.container and not climb.container.is_container:
        rungs = (replace(rungs[0], heading="unpacked"), *rungs[1:])
    index = climb.index
    return Report(
        case=index.case if index else "",
        exported_by=index.exported_by if index else "",
        exported_at=stamp(index.exported_at) if index else "",
        program=index.program if index else "",
        exercise=index.exercise if index else None,
        all_compared=index is not None and climb.compared >= set(ids.case_states(index.case)),
        rungs=rungs,
    )


def verify(
    source: BinaryIO,
    *,
    trust: Mapping[str, str] | None = None,
    identities: Sequence[Identity] = (),
    roots: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Report:
    """As `examine`, and raises `BundleNotVerified`, which carries the report, when a step failed."""
    return examine(source, trust=trust, identities=identities, roots=roots, progress=progress).require()


def _begin(check: Check, climb: Climb) -> Iterator[Note]:
    climb.member = ""
    return check(climb)
