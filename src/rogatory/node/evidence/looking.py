"""What people are shown of exhibits: one with all that is known of it, and lists; looking at one is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rogatory.casefile import table
from rogatory.casefile.exhibits import Exhibit
from rogatory.casefile.fold import CaseFile, Request
from rogatory.evidence.custody import Entry
from rogatory.evidence.manifest import Manifest
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, hands
from rogatory.node.evidence.possible import Possible, possible
from rogatory.node.ledger import timestamps, witnessing
from rogatory.node.people import Actor
from rogatory.ports.evidence import Destruction, ExhibitRow
from rogatory.ports.exchange import DraftRow
from rogatory.ports.scrub import Finding
from rogatory.ports.sealings import SealingRow
from rogatory.ports.timestamps import TimestampRow

#: How near the last day of an exhibit is when a list says so, in days.
ENDS_SOON = 30
MOST_LISTED = 200
MOST_CASES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry of custody; *index* is its place in our ledger when we signed it, *witnessed* whether others saw it."""

    entry: Entry
    ours: bool
    index: int | None
    witnessed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitPage:
    """Everything that the page of one exhibit shows.

    *known* is what the messages of the case say of it (leaves, notices); None until it was handed over. *days* are
    left until its last day (negative when it is over), None without one. *stamp* is the newest time-stamp of a
    checkpoint that covers every entry which we signed.
    """

    row: ExhibitRow
    manifest: Manifest
    case: CaseFile
    request: Request | None
    known: Exhibit | None
    lines: tuple[Line, ...]
    acts: tuple[Possible, ...]
    destruction: Destruction | None
    may_agree: bool
    drafts: tuple[DraftRow, ...]
    rotten: tuple[Finding, ...]
    days: int | None
    witnesses: witnessing.StateOfWitnessing
    stamp: TimestampRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list of exhibits; *days* as in `ExhibitPage`."""

    row: ExhibitRow
    manifest: Manifest
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitList:
    """A list of exhibits, whether there are *more* than it holds, and what waits for this person or goes on.

    *soon* exhibits of all have their last day within `ENDS_SOON` days; *destructions* wait for a second person.
    """

    lines: tuple[Listed, ...]
    more: bool
    any: bool
    soon: int
    destructions: tuple[Destruction, ...]
    sealings: tuple[SealingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which exhibits a list shows: in these *states* (all, when none), of one *case*, *ending* within `ENDS_SOON`."""

    states: tuple[str, ...] = ()
    case: str = ""
    ending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A request of another case to whose other side *to* something could be delivered now."""

    case: str
    request: Request
    to: str


def exhibit_page(node: Node, actor: Actor, id: str) -> ExhibitPage:
    """The page of exhibit *id*; that it was looked at is recorded. Raises `NoSuchExhibit`, `RoleMissing`."""
    people.require_reader(actor)
    row = exhibits.get(node, id)
    with node.stores.atomic():
        people.note(node, actor, "exhibit:custody:read", row.case, id)
    file, seen = record.case_file(node, row.case), witnessing.state_of_witnessing(node)
    logged = {one.digest: one.ledger_index for one in node.stores.exhibits.logged_of(id)}
    asked = node.stores.exhibits.destruction(id)
    return ExhibitPage(
        row=row,
        manifest=exhibits.manifest_of(row),
        case=file,
        request=file.requests.get(row.request),
        known=file.exhibits.get(id),
        lines=tuple(_line(node, one, logged, seen.witnessed) for one in hands.read(row.custody)),
        acts=possible(node, actor, row),
        destruction=asked,
        may_agree=asked is not None
        and asked.state == "proposed"
        and "approver" in actor.roles
        and asked.asked_by != actor.id,
        drafts=tuple(one for one in node.stores.drafts.of_case(row.case) if _waits(one, id)),
        rotten=tuple(node.stores.scrubs.open_findings(id)),
        days=days_left(node, row),
        witnesses=seen,
        stamp=timestamps.newest_covering(node, max(logged.values()) + 1) if logged else None,
    )


def exhibit_list(node: Node, actor: Actor, wanted: Wanted) -> ExhibitList:
    """The exhibits that *wanted* names: the newest first, or those that end soon by their last day."""
    people.require_reader(actor)
    last = soon_day(node)
    rows = node.stores.exhibits.listed(
        states=wanted.states, case=wanted.case, ends_by=last if wanted.ending else None, limit=MOST_LISTED + 1
    )
    ending = node.stores.exhibits.listed(states=(), case="", ends_by=last, limit=MOST_LISTED)
    return ExhibitList(
        lines=tuple(
            Listed(row=row, manifest=exhibits.manifest_of(row), days=days_left(node, row)) for row in rows[:MOST_LISTED]
        ),
        more=len(rows) > MOST_LISTED,
        any=bool(rows) or bool(node.stores.exhibits.listed(states=(), case="", ends_by=None, limit=1)),
        soon=len(ending),
        destructions=tuple(node.stores.exhibits.destructions("proposed")),
        sealings=tuple(node.stores.sealings.of_authority(actor.authority)) if "custodian" in actor.roles else (),
    )


def targets(node: Node, actor: Actor, row: ExhibitRow) -> tuple[Target, ...]:
    """The requests of other cases that *row* could answer, of the `MOST_CASES` cases that changed last."""
    people.require_reader(actor)
    cases = sorted(node.stores.views.cases(), key=lambda one: one.changed_at, reverse=True)[:MOST_CASES]
    found: list[Target] = []
    for one in cases:
        if one.case == row.case or node.state not in (one.requesting[:3], one.requested[:3]):
            continue
        found += _open_to_us(node, record.case_file(node, one.case))
    return tuple(found)


def days_left(node: Node, row: ExhibitRow) -> int | None:
    """How many days are left until the last day of an exhibit whose bytes are here; None when it has none."""
    if row.retention_until is None or row.state in exhibits.GONE:
        return None
    return (row.retention_until - node.clock.now().date()).days


def soon_day(node: Node) -> date:
    """The last day that counts as soon."""
    return node.clock.now().date() + timedelta(days=ENDS_SOON)


def _open_to_us(node: Node, file: CaseFile) -> Sequence[Target]:
    side = file.side(node.state)
    return [
        Target(case=file.id, request=one, to=file.partner(node.state))
        for one in file.requests.values()
        if table.row(one.measure, one.state, "delivery", side)
    ]


def _line(node: Node, entry: Entry, logged: dict[str, int], witnessed: int) -> Line:
    index = logged.get(entry.digest)
    return Line(
        entry=entry,
        ours=entry.holder[:3] == node.state,
        index=index,
        witnessed=index is not None and index < witnessed,
    )


def _waits(draft: DraftRow, id: str) -> bool:
    return draft.state in ("open", "submitted", "returned") and draft.body.get("exhibit") == id
