"""`make bench`: measures, prints one table each and keeps them as JSON in `bench/out/`.

`python -m bench` runs everything; `python -m bench exchange sealing` only these. `--quick` is for trying the
benchmark itself: fewer rounds, a smaller file, and figures that mean little.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from bench import (
    alignment,
    alignment_pages,
    conference,
    exchange,
    folders,
    ledger,
    matrix,
    measure,
    micro,
    opinion,
    sealing,
    search,
    startup,
    transfer,
    verify,
)
from bench.measure import Table

Bench = Callable[[bool], Table]
#: Where laws with a known mapping lie, as the command line says.
LAWS: list[Path] = []
ALL: dict[str, Bench] = {
    "exchange": lambda quick: exchange.run(rounds=1 if quick else 5, count=80 if quick else 800),
    "sealing": lambda quick: sealing.run(
        rounds=1 if quick else 3,
        sizes=[size * sealing.MEBIBYTE for size in ((16, 64) if quick else (64, 256, 1024, 4096))],
        draw=not quick,
    ),
    "transfer": lambda quick: transfer.run(rounds=1 if quick else 3, size=(64 if quick else 1024) * 1024 * 1024),
    "folders": lambda quick: folders.run(rounds=1 if quick else 3, count=2_000 if quick else 100_000),
    "verify": lambda quick: verify.run(rounds=1 if quick else 7, counts=(10, 100) if quick else (10, 100, 1000, 2000)),
    "ledger": lambda quick: ledger.run(
        rounds=50 if quick else 1000,
        proofs=200 if quick else 5000,
        sizes=ledger.SIZES[:1] if quick else ledger.SIZES,
        draw=not quick,
    ),
    "conference": lambda quick: conference.run(rounds=1 if quick else 8, count=30 if quick else 300),
    "startup": lambda quick: startup.run(rounds=2 if quick else 9),
    "search": lambda quick: search.run(count=100 if quick else 1000, words=2_000 if quick else 18_000),
    "matrix": lambda quick: matrix.run(rounds=3 if quick else 15, sample=20 if quick else 60),
    "opinion": lambda quick: opinion.run(rounds=1 if quick else 9, sample=30 if quick else 150),
    "alignment": lambda quick: alignment.run(folders=LAWS, provisions=200 if quick else 5_000),
    "alignment-pages": lambda quick: alignment_pages.run(
        codes=2 if quick else 10, provisions=200 if quick else 5_000, rounds=1 if quick else 3
    ),
    "micro": lambda quick: micro.run(rounds=3 if quick else 15),
}


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ALL, []], metavar="NAME", help=f"of {', '.join(ALL)}")
    parser.add_argument("--laws", type=Path, action="append", help="folders of laws with a mapping, for alignment")
    parser.add_argument("--quick", action="store_true", help="try the benchmark itself")
    given = parser.parse_args()
    LAWS.extend(given.laws or [alignment.LAWS])
    for name, value in measure.machine().items():
        print(f"  {name:<20} {value}")
    for name in given.names or ALL:
        measure.show(ALL[name](given.quick))


if __name__ == "__main__":
    main()
