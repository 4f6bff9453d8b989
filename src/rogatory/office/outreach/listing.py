"""Every State on one line: its stage, what holds it back, what help it asked for, what was promised, what would open.

Contacts never enter a line, nor do notes; the day of the last meeting does. A line for everybody has its public parts
only.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rogatory.office.outreach import standing
from rogatory.office.outreach.models import (
    ObstacleKind,
    OutreachHelp,
    OutreachMeeting,
    OutreachObstacle,
    OutreachPromise,
    OutreachRow,
)
from rogatory.office.outreach.opening import Opening, Openings
from rogatory.office.outreach.standing import STAGES, Place
from rogatory.status.engine import Status
from rogatory.status.matrix import Matrix

RowType = TypeVar("RowType", bound=OutreachRow)

#: Which stages a list shows: those not yet through (blank), all, or one.
EVERY = "all"
SORTS: Mapping[str, object] = {
    "name": _("name"),
    "group": _("regional group"),
    "stage": _("stage, the furthest first"),
    "since": _("longest at its stage"),
    "due": _("what is due next"),
    "pairs": _("what would open, most first"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which lines are wanted, and in which order; `need` and `late` are `yes` or blank."""

    text: str = ""
    group: str = ""
    stage: str = ""
    obstacle: str = ""
    need: str = ""
    late: str = ""
    sort: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any], groups: Iterable[str]) -> "Wish":
        """What *given* asks for; a filter that nobody offers filters nothing."""
        known = {
            "group": set(groups),
            "stage": {*STAGES, EVERY},
            "obstacle": set(ObstacleKind.values),
            "need": {"yes"},
            "late": {"yes"},
            "sort": set(SORTS),
        }
        found = {name: str(given.get(name, "")) for name in known}
        checked = {name: value if value in known[name] else "" for name, value in found.items()}
        return cls(text=str(given.get("text", ""))[:100].strip(), **checked)

    @property
    def as_dict(self) -> dict[str, str]:
        """What is not blank."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One State; rows that were settled, answered or done do not stand here."""

    place: Place
    obstacles: tuple[OutreachObstacle, ...]
    help: tuple[OutreachHelp, ...]
    promises: tuple[OutreachPromise, ...]
    late: int
    last_met: date | None
    opening: Opening | None

    @property
    def due(self) -> date | None:
        """When the next promise is due."""
        return self.promises[0].due if self.promises else None


def folded(text: str) -> str:
    """*text* as it is sorted and searched: without accents or case."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def lines(status: Status, on: date, *, matrix: Matrix | None = None, public: bool = False) -> tuple[Line, ...]:
    """A line for every State, by name; with *public*, what everybody may read and nothing of what people promised."""
    places = standing.places(status, on, public=public)
    openings = Openings(matrix, places) if matrix else None
    shown = {"public": True} if public else {}
    obstacles = by_state(OutreachObstacle.objects.filter(removed_at=None, settled_on=None, **shown))
    asked = by_state(OutreachHelp.objects.filter(removed_at=None, answered_on=None, **shown))
    promises = {} if public else by_state(OutreachPromise.objects.filter(removed_at=None, done_on=None))
    met = {} if public else by_state(OutreachMeeting.objects.filter(removed_at=None))
    lang = get_language() or "en"
    return tuple(
        Line(
            place=place,
            obstacles=tuple(obstacles.get(place.state.iso3, ())),
            help=tuple(asked.get(place.state.iso3, ())),
            promises=tuple(promises.get(place.state.iso3, ())),
            late=sum(one.due < on for one in promises.get(place.state.iso3, ())),
            last_met=max((one.held_on for one in met.get(place.state.iso3, ())), default=None),
            opening=openings.of(place.state.iso3) if openings and not place.deposited else None,
        )
        for place in sorted(places, key=lambda one: folded(one.state.name.get(lang)))
    )


def by_state(rows: Iterable[RowType]) -> dict[str, list[RowType]]:
    """The rows of each State, in their own order."""
    found: dict[str, list[RowType]] = defaultdict(list)
    for row in rows:
        found[row.iso3].append(row)
    return dict(found)


def select(every: Sequence[Line], wish: Wish) -> list[Line]:
    """Those of *every* that are wanted, in the order that is wanted."""
    found = [line for line in every if _wanted(line, wish)]
    if wish.sort and wish.sort != "name":
        found.sort(key=lambda line: _sorted_by(line, wish.sort))
    return found


def _wanted(line: Line, wish: Wish) -> bool:
    place = line.place
    state = place.state
    if wish.text and folded(wish.text) not in folded(f"{state.name.en} {state.name.fr} {state.iso3}"):
        return False
    if wish.group and place.group != wish.group:
        return False
    if wish.stage != EVERY and not (place.stage == wish.stage if wish.stage else place.deposited is None):
        return False
    if wish.obstacle and all(one.kind != wish.obstacle for one in line.obstacles):
        return False
    return not (wish.need and not line.help) and not (wish.late and not line.late)


def _sorted_by(line: Line, sort: str) -> tuple[Any, ...]:
    """A key by which what is missing comes last."""
    place = line.place
    if sort == "group":
        return (not place.state.group, place.group)
    if sort == "stage":
        return (-place.rank,)
    if sort == "since":
        return (place.since is None, place.since or date.max)
    if sort == "due":
        return (line.due is None, line.due or date.max)
    return (-(line.opening.pairs if line.opening else -1),)
