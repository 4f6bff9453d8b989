"""What meets in time: clashes between entries, and a day as a table of rooms and hours.

Two entries clash when their times overlap (one may begin at the moment the other ends) and they share a room that is
not a shared hall, a team of interpreters, or an organiser (who may well have a stand and do something else). Between
two accepted entries the first two are refused; everything else is only shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rogatory.office.programme.models import Body, Entry, Kind, Room, Standing


class Shared(StrEnum):
    """What two entries have in common."""

    ROOM = "room"
    TEAM = "team"
    ORGANISER = "organiser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """That *entry* and *other* need the same thing at the same time; *refused* when both are accepted."""

    entry: Entry
    other: Entry
    shared: Shared
    what: str
    body: Body | None = None

    @property
    def refused(self) -> bool:
        """Whether the two cannot both be accepted."""
        both = self.entry.status == Standing.ACCEPTED == self.other.status
        return both and self.shared is not Shared.ORGANISER


def overlap(one: Entry, other: Entry) -> bool:
    """Whether the times of two entries meet."""
    if not (one.starts and one.ends and other.starts and other.ends):
        return False
    return one.starts < other.ends and other.starts < one.ends


def clashes(entry: Entry, organisers: Iterable[Body], others: Iterable[Entry]) -> tuple[Clash, ...]:
    """What *entry*, organised by *organisers*, shares with those of *others* that take place at the same time."""
    if not entry.takes_place:
        return ()
    mine, found = {one.pk: one for one in organisers}, []
    for other in others:
        if other.pk == entry.pk or not other.takes_place or not overlap(entry, other):
            continue
        if entry.room and entry.room_id == other.room_id and not entry.room.shared:
            found.append(Clash(entry=entry, other=other, shared=Shared.ROOM, what=entry.room.name))
        if entry.team and entry.team.casefold() == other.team.casefold():
            found.append(Clash(entry=entry, other=other, shared=Shared.TEAM, what=entry.team))
        found += [
            Clash(entry=entry, other=other, shared=Shared.ORGANISER, what=body.name, body=body)
            for body in other.organisers.all()
            if body.pk in mine and Kind.STAND not in (entry.kind, other.kind)
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of a day's table: entries that follow from each other or overlap, over *span* rows."""

    entries: tuple[Entry, ...]
    span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One stretch of a day, and the cells that begin in it, by column."""

    starts: datetime
    ends: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day: its columns (a room, or `None` for what has no room yet), its rows, and its entries by time.

    What lasts for a day and longer, such as a stand, is told apart and has no place in the table.
    """

    on: date
    columns: tuple[Room | None, ...]
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    lasting: tuple[Entry, ...]


@dataclass(slots=True)
class _Cluster:
    starts: datetime
    ends: datetime
    entries: list[Entry]


def day_of(on: date, entries: Iterable[Entry], zone: ZoneInfo) -> Day:
    """The day *on* in *zone*, with those of *entries* that fall into it; only rooms in use get a column."""
    first = datetime.combine(on, time(), zone)
    last = datetime.combine(on + timedelta(days=1), time(), zone)
    every = [one for one in entries if one.starts and one.ends and one.starts < last and one.ends > first]
    todays = tuple(one for one in every if not _lasts(one))
    rooms: dict[int | None, Room | None] = {}
    clusters: dict[int | None, list[_Cluster]] = {}
    for entry in sorted(todays, key=lambda one: (one.starts, one.ends)):
        rooms[entry.room_id] = entry.room
        _put(clusters.setdefault(entry.room_id, []), entry, first.astimezone(zone), last.astimezone(zone))
    columns = sorted(rooms, key=lambda key: (key is None, room.name.casefold() if (room := rooms[key]) else "", key))
    moments = sorted({at for mine in clusters.values() for one in mine for at in (one.starts, one.ends)})
    return Day(
        on=on,
        columns=tuple(rooms[key] for key in columns),
        rows=_rows(moments, [clusters[key] for key in columns]),
        entries=todays,
        lasting=tuple(one for one in every if _lasts(one)),
    )


def _lasts(entry: Entry) -> bool:
    return bool(entry.starts and entry.ends and entry.ends - entry.starts >= timedelta(days=1))


def _put(clusters: list[_Cluster], entry: Entry, first: datetime, last: datetime) -> None:
    """Add *entry* to the last cluster of its room when they overlap, else begin another."""
    if entry.starts is None or entry.ends is None:
        return
    starts, ends = max(entry.starts, first), min(entry.ends, last)
    if clusters and starts < clusters[-1].ends:
        clusters[-1].ends = max(clusters[-1].ends, ends)
        clusters[-1].entries.append(entry)
    else:
        clusters.append(_Cluster(starts, ends, [entry]))


def _rows(moments: Sequence[datetime], columns: Sequence[Sequence[_Cluster]]) -> tuple[Row, ...]:
    rows = []
    for number, starts in enumerate(moments[:-1]):
        cells = []
        for clusters in columns:
            now = next((one for one in clusters if one.starts <= starts < one.ends), None)
            if now is None:
                cells.append(Cell(entries=()))
            elif now.starts == starts:
                cells.append(Cell(entries=tuple(now.entries), span=moments.index(now.ends) - number))
        rows.append(Row(starts=starts, ends=moments[number + 1], cells=tuple(cells)))
    return tuple(rows)
