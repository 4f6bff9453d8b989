"""What `rogatory status` rests on: what ships, what the node of the data folder took, and the node's own day.

No node is needed. Where there is one, the deposits that it took from the depositary stand in place of those that ship,
and what its State filed itself is added; in an exercise its practice deposits and its practice day hold.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from rogatory.cli.session import Session
from rogatory.law.loader import load_law
from rogatory.status.asking import day_asked
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise
from rogatory.stores.deposits import held_deposits, own_deposits


def status_here(session: Session) -> Status:
    """The status as the node of the data folder sees it, or as it ships where there is no node."""
    data, exercise = session.services.data, bool(_facts(session).get("exercise"))
    own = own_deposits(data, practice=exercise)
    return Status.load(hanoi_exercise() if exercise else (), held=held_deposits(data), own=own)


def day_of(session: Session, given: str) -> date:
    """The day that was *given*, or today as the node of the data folder counts; raises `BadTime` or `BadDay`."""
    return day_asked(given, today=_today(session))


def day_with(session: Session, given: str, instrument: str) -> date:
    """The day that was *given*, or today; raises `BadDay` for one before *instrument* was adopted."""
    one = load_law().instrument(instrument)
    return day_asked(given, today=_today(session), instrument=one, lang=session.lang)


def _today(session: Session) -> date:
    facts = _facts(session)
    ahead = facts.get("clock_ahead_seconds", 0) if facts.get("exercise") else 0
    return (datetime.now(UTC) + timedelta(seconds=ahead)).date()


def _facts(session: Session) -> dict[str, Any]:
    """What `node.toml` says; nothing where there is no node."""
    if not (session.services.data / "node.toml").exists():
        return {}
    return session.services.facts()
