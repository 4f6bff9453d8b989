"""Drills of a contact point: planned, sent by the worker at an hour nobody was told, answered by a person, reported.

A drill of a partner goes as a letter of the kind `drill`, and its answer as one of the kind `drill-answer`. A drill of
our own contact point needs no letter: the same row, seen and answered at the same desk. The hour is drawn when the
drill is planned, evenly over the window, and shown to nobody before it has come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rogatory.correspondence import bodies, drills
from rogatory.correspondence.drills import Drill, Report, Standing, Way
from rogatory.correspondence.letters import Letter, Place, Writer
from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError
from rogatory.kernel import ids, times
from rogatory.node import partners, people
from rogatory.node.context import Node
from rogatory.node.correspondence import drillkinds, letters
from rogatory.node.correspondence.drillkinds import PLANNERS
from rogatory.node.people import Actor
from rogatory.ports.correspondence import DrillRow
from rogatory.sealing import receipts

#: Who reads them when they have been sent: those, those who answer, and those who look at what was done.
READERS = frozenset({*PLANNERS, "duty-officer", "auditor"})
LONGEST_WINDOW = timedelta(days=90)
#: So many are listed and reported on.
MOST = 2000
AGAIN = timedelta(minutes=1)


class NoSuchDrill(NotFound):
    """There is no such drill here."""

    code = "no-such-drill"


class NotAContactPoint(BadInput):
    """That State names no contact point that a drill could reach."""

    code = "no-contact-point"
    remedy = "Ask the State for a contact card that names its 24/7 contact point, or name the authority: --to FRA/desk."


class BadPlan(BadInput):
    """The drill cannot be planned so."""

    code = "bad-drill-plan"


class DrillEnded(NotPermitted):
    """The drill does not stand where this is possible."""

    code = "drill-ended"
    remedy = "Look at the list of drills: it may be answered, cancelled, or on its way already."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be tried: *to* is a State, ours or a partner's, or one of its authorities.

    The hour is drawn from now until *window* has passed; without one it is sent at once. *answer_within* is the time
    that is given for the answer; the node's own setting when it is `None`.
    """

    to: str
    window: timedelta = timedelta(0)
    answer_within: timedelta | None = None
    note: str = ""


def plan(node: Node, actor: Actor, wanted: Plan) -> Drill:
    """The drill that *actor* plans; the worker sends it when its hour has come, which nobody is told.

    Raises `RoleMissing`, `BadPlan`, `NoSuchPartner`, `NotAContactPoint` and `UnknownAuthority`.
    """
    role = next((one for one in PLANNERS if one in actor.roles), None)
    if role is None:
        raise people.RoleMissing(f"{actor.name} does not plan drills")
    minutes = _check(node, wanted)
    asked = _asked(node, wanted.to)
    now = node.clock.now()
    own = asked[:3] == node.state
    row = DrillRow(
        id=ids.new_id(node.random(17)),
        way=Way.OWN if own else Way.OUT,
        state="planned",
        asking=actor.authority,
        asked=asked,
        planned_by=actor.id,
        planner=actor.name,
        planner_role=role,
        planned_at=now,
        until=now + wanted.window,
        due_at=now + wanted.window * (int.from_bytes(node.random(8)) / 2**64),
        answer_minutes=minutes,
        note=wanted.note,
    )
    with node.stores.atomic():
        node.stores.drills.add(row)
        people.note(node, actor, "drill:request:plan", row.id, asked)
    return _drill(node, row)


def cancel(node: Node, actor: Actor, id: str) -> Drill:
    """The drill *id*, which will not be sent any more; raises `NoSuchDrill` and `DrillEnded`."""
    _require(actor, frozenset(PLANNERS))
    with node.stores.atomic():
        row = _held(node, id)
        if row.state != "planned":
            raise DrillEnded("only a drill that was not sent can be cancelled")
        row = replace(row, state="cancelled")
        node.stores.drills.put(row)
        people.note(node, actor, "drill:request:cancel", id, row.asked)
    return _drill(node, row)


def due(node: Node) -> Sequence[str]:
    """The drills whose hour has come."""
    return node.stores.drills.due(node.clock.now())


def carry_out(node: Node, id: str) -> bool:
    """Send the drill *id*, once; whether it is on its way. What hinders is kept with it, and it is tried again."""
    try:
        with node.stores.atomic():
            row = _held(node, id)
            if row.state != "planned":
                return False
            now = node.clock.now()
            if row.way == Way.OWN:
                row = replace(row, state="sent", sent_at=now, received_at=now, trouble="")
            else:
                row = replace(row, state="sent", sent_at=_send(node, row).at, trouble="")
            node.stores.drills.put(row)
            people.note(node, None, "drill:request:send", id, row.asked)
    except RogatoryError as error:
        _hinder(node, id, str(error))
        return False
    return True


def waiting(node: Node, actor: Actor) -> tuple[Drill, ...]:
    """Drills that wait for an answer of ours, the oldest first, for the banner of a desk; none who may not answer."""
    if "duty-officer" not in actor.roles:
        return ()
    return tuple(_drill(node, row) for row in node.stores.drills.waiting())


def look(node: Node, actor: Actor, id: str) -> Drill:
    """The drill *id*; that a duty officer opened one that waits for an answer is kept. Raises `NoSuchDrill`."""
    _require(actor, READERS)
    row = node.stores.drills.get(id)
    if row is None or (row.state == "planned" and not actor.roles & {*PLANNERS, "auditor"}):
        raise NoSuchDrill
    if "duty-officer" in actor.roles and _waits(row) and row.opened_at is None:
        with node.stores.atomic():
            row = _open(node, _held(node, id))
            people.note(node, actor, "drill:request:open", id, row.asking)
    return _drill(node, row)


def answer(node: Node, actor: Actor, id: str, *, note: str = "") -> Drill:
    """The drill *id*, which *actor*, a duty officer, has answered; raises `NoSuchDrill` and `DrillEnded`."""
    people.require(actor, "duty-officer")
    with node.stores.atomic():
        row = _held(node, id)
        if not _waits(row):
            raise DrillEnded("the drill waits for no answer of ours")
        row = _open(node, row)
        at = _answer_partner(node, actor, row, note) if row.way == Way.IN else node.clock.now()
        row = replace(
            row,
            state="answered",
            answered_at=at,
            arrived_at=at,
            answered_by=actor.name,
            answered_role="duty-officer",
            answer_note=note,
        )
        node.stores.drills.put(row)
        people.note(node, actor, "drill:request:answer", id, row.asking)
    return _drill(node, row)


def listed(node: Node, actor: Actor, *, limit: int = MOST) -> tuple[Drill, ...]:
    """All drills, the newest first; those that were not sent only for who plans them. Raises `RoleMissing`."""
    _require(actor, READERS)
    planner = bool(actor.roles & {*PLANNERS, "auditor"})
    rows = [row for row in node.stores.drills.newest(limit) if planner or row.state not in ("planned", "cancelled")]
    return tuple(_drill(node, row) for row in rows)


def report(node: Node, actor: Actor, *, since: datetime | None = None) -> Report:
    """What the drills planned or received *since* then came to; reading it is recorded. Raises `RoleMissing`."""
    found = [one for one in listed(node, actor) if since is None or one.planned_at >= since]
    with node.stores.atomic():
        people.note(node, actor, "drill:report:read", node.state, str(len(found)))
    return drills.report(found, now=node.clock.now())


def passed(node: Node) -> Drill | None:
    """The newest drill that our own contact point answered in time, a partner's or our own; `None` without one."""
    now = node.clock.now()
    ours = (row for row in node.stores.drills.newest(MOST) if row.way != Way.OUT and row.state == "answered")
    return next((one for one in (_drill(node, row) for row in ours) if one.standing(now) is Standing.PASSED), None)


def _check(node: Node, wanted: Plan) -> int:
    """The minutes that are given for the answer; raises `BadPlan`."""
    if not timedelta(0) <= wanted.window <= LONGEST_WINDOW:
        raise BadPlan(f"the window of a drill is at most {LONGEST_WINDOW.days} days")
    given = wanted.answer_within
    minutes = node.config.drill_minutes if given is None else int(given.total_seconds() // 60)
    try:
        bodies.check_drill(_body(minutes, wanted.note))
    except bodies.BadLetterBody as error:
        raise BadPlan(error.message) from error
    return minutes


def _asked(node: Node, to: str) -> str:
    """The authority that a drill to *to* reaches: the one named, or the contact point of the State."""
    state = ids.require_state(to.partition("/")[0])
    if state == node.state:
        listed = [(one.id, one.functions) for one in node.config.authorities]
    else:
        listed = [(one.id, one.functions) for one in partners.card_of(node, state).authorities]
    if "/" in to:
        found = [name for name, _ in listed if name == to]
    else:
        found = [name for name, functions in listed if any(one.partition("(")[0] == "41" for one in functions)]
    if not found:
        raise NotAContactPoint(f"{to} names no contact point")
    return found[0]


def _body(minutes: int, note: str) -> dict[str, object]:
    return {"practice": True, "answer_minutes": minutes, **({"note": note} if note else {})}


def _send(node: Node, row: DrillRow) -> Letter:
    return letters.write(
        node,
        Place(thread=row.id),
        kind=drillkinds.DRILL,
        writer=Writer(name=row.planner, role=row.planner_role),
        sender=row.asking,
        receiver=row.asked,
        body=_body(row.answer_minutes, row.note),
    )


def _hinder(node: Node, id: str, trouble: str) -> None:
    with node.stores.atomic():
        row = _held(node, id)
        if row.state == "planned":
            node.stores.drills.put(replace(row, trouble=trouble, due_at=node.clock.now() + AGAIN))


def _answer_partner(node: Node, actor: Actor, row: DrillRow, note: str) -> datetime:
    body = {"opened": times.stamp(row.opened_at) if row.opened_at else None, **({"note": note} if note else {})}
    return letters.send(node, actor, kind=drillkinds.ANSWER, receiver=row.asking, body=body, thread=row.id).at


def _open(node: Node, row: DrillRow) -> DrillRow:
    if row.opened_at is None:
        row = replace(row, opened_at=node.clock.now())
        node.stores.drills.put(row)
    return row


def _waits(row: DrillRow) -> bool:
    return row.state == "sent" and row.way != Way.OUT


def _held(node: Node, id: str) -> DrillRow:
    """The row of that drill, which nobody else changes until the transaction ends; raises `NoSuchDrill`."""
    node.stores.ledger.lock()
    row = node.stores.drills.get(id)
    if row is None:
        raise NoSuchDrill
    return row


def _require(actor: Actor, roles: frozenset[str]) -> None:
    if not actor.roles & roles:
        raise people.RoleMissing(f"{actor.name} holds no role that has to do with drills")


def _drill(node: Node, row: DrillRow) -> Drill:
    """The drill as people may see it: without its hour, and with what the receipt of its letter says."""
    delivered, received = (None, row.received_at) if row.way != Way.OUT else _delivered(node, row)
    return Drill(
        id=row.id,
        way=Way(row.way),
        asking=row.asking,
        asked=row.asked,
        planned_by=Writer(name=row.planner, role=row.planner_role),
        planned_at=row.planned_at,
        until=row.until,
        answer_within=timedelta(minutes=row.answer_minutes),
        note=row.note,
        cancelled=row.state == "cancelled",
        sent_at=row.sent_at,
        delivered_at=delivered,
        received_at=received,
        opened_at=row.opened_at,
        answered_at=row.answered_at,
        arrived_at=row.arrived_at,
        answered_by=Writer(name=row.answered_by, role=row.answered_role) if row.answered_by else None,
        answer_note=row.answer_note,
        trouble=row.trouble,
    )


def _delivered(node: Node, row: DrillRow) -> tuple[datetime | None, datetime | None]:
    """When the drill was delivered by our clock, and by theirs as their receipt says, which was verified when kept."""
    if row.sent_at is None:
        return None, None
    found = next(iter(node.stores.outbox.of_case(row.id)), None)
    if found is None or not found.receipt:
        return None, None
    return found.delivered_at, receipts.read_receipt(found.receipt.encode()).receipt.at
