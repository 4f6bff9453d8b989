"""Exchange: messages of 10 KB node to node, beside S/MIME e-mail and beside the floor, in turns within one run.

Rogatory goes through its use cases: a process on the sender's data folder issues (signed, in the ledger, sealed, laid
in the outbox), the sender's node carries, the receiver's node takes in at its door and answers with a receipt that
the sender verifies and keeps. Two node processes and a third that issues, on SQLite with `synchronous=FULL`.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import floor, mail, pair
from bench.measure import ROOT, Table, median, percentile, spread
from bench.pair import Pair

CONTENT_BYTES = 10_000
TEXT = ("Log-in records of the mailbox named in the request, from the provider's own archive. " * 200)[:CONTENT_BYTES]
FLOOR_AT_ONCE = (4, 8)
MAIL_AT_ONCE = 4
SMTP_ONE, SMTP_MANY = "S/MIME e-mail, one at a time", f"S/MIME e-mail, {MAIL_AT_ONCE} at once"
FLOOR, ROGATORY = "floor", "Rogatory"


@dataclass(slots=True)
class Measured:
    """Messages per second of each round, and the seconds of single messages, of one way of exchange."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)


def run(*, rounds: int, count: int) -> Table:
    """The table of *rounds* rounds with *count* messages each (a quarter as many mails)."""
    found = {name: Measured() for name in (SMTP_ONE, SMTP_MANY, FLOOR, ROGATORY)}
    with pair.scratch() as folder, pair.running() as nodes:
        _issue(nodes, "queue", 40)
        for _ in range(rounds):
            _round(found, folder, nodes, count)
    return _table(found, rounds, count)


def _round(found: dict[str, Measured], folder: Path, nodes: Pair, count: int) -> None:
    mails = max(20, count // 8)
    found[SMTP_MANY].rates.append(_rate(mails, mail.measure(folder, TEXT.encode(), mails, MAIL_AT_ONCE)[0]))
    rates = [_rate(count, floor.measure(folder, _payload(), count, at_once)[0]) for at_once in FLOOR_AT_ONCE]
    found[FLOOR].rates.append(max(rates))
    found[ROGATORY].rates.append(_rate(count, _issue(nodes, "queue", count)["seconds"]))
    seconds, latencies = mail.measure(folder, TEXT.encode(), mails, 1)
    found[SMTP_ONE].rates.append(_rate(mails, seconds))
    found[SMTP_ONE].latencies += latencies
    found[FLOOR].latencies += floor.measure(folder, _payload(), count // 2, 1)[1]
    found[ROGATORY].latencies += _issue(nodes, "single", count // 8)["latencies"]


def _table(found: dict[str, Measured], rounds: int, count: int) -> Table:
    rows = []
    for name, measured in found.items():
        rates, late = measured.rates, measured.latencies
        ratios = [_ratios(found[ROGATORY].rates, rates)] if name != ROGATORY else [""]
        rows.append(
            (
                name,
                f"{median(rates):.0f}",
                spread(rates, 0),
                f"{percentile(late, 0.5) * 1000:.1f}" if late else "",
                f"{percentile(late, 0.99) * 1000:.1f}" if late else "",
                *ratios,
            )
        )
    return Table(
        name="Exchange of messages of 10 KB, durable on both sides",
        command="python -m bench exchange",
        headings=("way", "messages/s", "of the rounds", "one p50 ms", "one p99 ms", "Rogatory is x times it"),
        rows=tuple(rows),
        notes=(
            f"{rounds} rounds of {count} messages ({max(20, count // 8)} mails), in turns",
            f"the floor is the better of {' and '.join(map(str, FLOOR_AT_ONCE))} messages at once",
            "single messages of Rogatory wait for the postman of another process, who looks every 30 ms",
            "aimed at: 6 times e-mail, half of the floor",
        ),
    )


def _ratios(ours: Sequence[float], theirs: Sequence[float]) -> str:
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return f"{median(ratios):.2f} ({spread(ratios)})"


def _rate(count: int, seconds: float) -> float:
    return count / seconds


def _issue(nodes: Pair, what: str, count: int) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "bench.exchange_driver", what, str(count)],
        env=nodes.environment(nodes.sender),
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return json.loads(done.stdout)


def _payload() -> dict[str, Any]:
    """What the floor signs: a message of the same members and size as Rogatory's."""
    return {
        "v": 1,
        "kind": "status-question",
        "case": "VNM-FRA-2028-0001-7Q4K2M9XAB",
        "number": 2,
        "follows": ["0" * 64],
        "from": floor.SENDER,
        "to": floor.RECEIVER,
        "at": "2028-03-01T00:00:00.000Z",
        "exercise": True,
        "drafted_by": {"name": "Nguyễn Văn An", "role": "drafter"},
        "approved_by": None,
        "regarding": "0" * 64,
        "body": {"text": TEXT},
    }
