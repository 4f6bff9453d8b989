"""What an entry-into-force clause says, as plain values: how many instruments, which count, and how long after them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rogatory.law.checked import Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How long after an event something takes effect.

    `days-after`, `months-after` and `years-after` end on that day (a shorter month: on its last day). The others end
    on the first day of a month: the one that follows the expiry of that many days (`month-after-days`) or months
    (`month-after-months`), or the n-th one after the month of the event (`nth-month-after`).
    """

    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a clause asks for besides the number of instruments; which fields count depends on the kind.

    `members-of`: *number* of them from *group*. `named-states`: *number* of them from *states*. `share`: together
    *percent* of something. `parent-in-force`: not before the treaty *parent*, in force since *day* if that is known.
    `not-before`: not before *day*. `fixed-day`: on *day* when all was there by then.
    """

    kind: str
    number: int = 0
    group: str = ""
    states: tuple[str, ...] = ()
    percent: Decimal = Decimal(0)
    parent: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """An entry-into-force clause: how many instruments, of which kind, the delay, and the delay for late joiners.

    The instrument of a regional organisation does not count on top of its members' unless *organisations_count*.
    """

    threshold: int
    counts: tuple[str, ...]
    delay: Delay
    late: Delay
    leaving: Delay | None
    cite: tuple[str, ...]
    checked: Checked
    conditions: tuple[Condition, ...] = ()
    organisations_count: bool = False
