"""The brief for one capital: why join. It goes out of the house, so nothing private and nothing undeclared is in it.

It says where the State stands by what is public, what would open, what others of its region did, which obligations the
obstacles concern that the State itself declared, and which occasions come next. Which articles a kind of obstacle
concerns is data (`data/concerns.toml`), unless whoever entered the obstacle named provisions.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rogatory.law.model import Law
from rogatory.law.words import Words
from rogatory.office.outreach import standing, timetable
from rogatory.office.outreach.listing import Line
from rogatory.office.outreach.models import OutreachObstacle
from rogatory.office.outreach.standing import INSTRUMENT, Place
from rogatory.office.outreach.timetable import Coming
from rogatory.status.engine import Status
from rogatory.status.model import Progress
from rogatory.status.profile import within

MOST_OCCASIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One obstacle that the State declared, and the provisions that it concerns, with their titles."""

    obstacle: OutreachObstacle
    provisions: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What stands in the brief of one State; `peers` are the others of its group that signed or deposited.

    `place` rests on public steps alone; of `line` only what would open is shown.
    """

    line: Line
    place: Place
    on: date
    progress: Progress
    peers: tuple[Line, ...]
    group_size: int
    concerns: tuple[Concern, ...]
    coming: tuple[Coming, ...]

    @property
    def peers_deposited(self) -> int:
        """How many of the others of its group have deposited."""
        return sum(one.place.deposited is not None for one in self.peers)

    @property
    def peers_signed(self) -> int:
        """How many of the others of its group have signed."""
        return sum(one.place.signed is not None for one in self.peers)


def brief(status: Status, lines: Sequence[Line], iso3: str, on: date) -> Brief:
    """The brief of that State, from the lines that colleagues read; raises `UnknownState`."""
    state = status.state(iso3)
    line = next(one for one in lines if one.place.state.iso3 == iso3)
    group = [one for one in lines if state.group and one.place.state.group == state.group and one is not line]
    return Brief(
        line=line,
        place=standing.place(status, iso3, on, public=True),
        on=on,
        progress=status.progress(INSTRUMENT, on),
        peers=tuple(one for one in group if one.place.signed or one.place.deposited),
        group_size=len(group),
        concerns=tuple(concern(status.law, one) for one in line.obstacles if one.declared),
        coming=tuple(timetable.coming(status, on, iso3=iso3, public=True)[:MOST_OCCASIONS]),
    )


def concern(law: Law, obstacle: OutreachObstacle) -> Concern:
    """The provisions that *obstacle* concerns: those that were named, else the usual ones of its kind."""
    numbers = obstacle.provisions.split() or usual()[obstacle.kind]
    return Concern(obstacle=obstacle, provisions=tuple((one, title(law, one)) for one in numbers))


def title(law: Law, number: str) -> Words:
    """The title of a provision, or of the article that has this number."""
    return next(one.title for name, one in law.by_number[INSTRUMENT].items() if within(name, number))


@cache
def usual() -> Mapping[str, Sequence[str]]:
    """The articles and paragraphs that each kind of obstacle usually concerns."""
    return tomllib.loads((files("rogatory.office.outreach") / "data/concerns.toml").read_text("utf-8"))
