"""Before the session: the meeting is made, announced, given an agenda and documents. Deadlines are not enforced:
what comes late has come all the same, the record says when, and `calendar.py` shows what was due. Only what the rules
make a condition (a new item after the agenda was adopted) is refused.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind, read
from rogatory.conference.meeting.refusals import BadEvent, OutOfOrder
from rogatory.conference.meeting.state import Document, Facts, Item, Seat, State
from rogatory.conference.rulebook.model import Rulebook
from rogatory.law.words import Words

MADE = "meeting-made"
SEAT_FORM = {
    "code": "name", "name": "words", "kind": "name", "group": "text?", "members": "list:name?", "registered": "flag?"
}  # fmt: skip
MADE_FORM = {
    "id": "name",
    "title": "words",
    "body": "conference|committee|working-group|ad-hoc-committee",
    "kind": "regular|special",
    "venue": "text",
    "opens": "day",
    "closes": "day",
    "presiding": "name?",
    "seats": "list:row",
    "rulebook": "row",
    "signer": "row?",
    "parent": "name?",
}


def begin(event: Event, book: Rulebook) -> State:
    """The meeting that the first event makes under *book*; raises `BadEvent`."""
    if event.kind != MADE:
        raise BadEvent(f"a record begins with {MADE}, not with {event.kind}")
    body = read(MADE_FORM, event.body)
    if body["closes"] < body["opens"]:
        raise BadEvent("the session closes before it opens")
    facts = Facts(**{name: body[name] for name in ("id", "title", "body", "kind", "venue", "opens", "closes")})
    seats = {}
    for row in body["seats"]:
        made = _seat(read(SEAT_FORM, row), book)
        if made.code in seats:
            raise BadEvent(f"{made.code} stands twice among the participants")
        seats[made.code] = made
    _check_members(seats)
    return State(facts=facts, book=book, number=1, at=event.at, seats=seats, presiding=body.get("presiding", ""))


def _seat(row: dict[str, object], book: Rulebook) -> Seat:
    if row["kind"] not in book.participants:
        raise BadEvent(f"{row['kind']!r} is no kind of participant of {book.id}: {', '.join(book.participants)}")
    return Seat(**row)  # type: ignore[arg-type]


def _check_members(seats: dict[str, Seat]) -> None:
    for one in seats.values():
        missing = [code for code in one.members if code not in seats]
        if missing:
            raise BadEvent(f"{one.code} names the member {missing[0]}, which is no participant")


def _notified(state: State, event: Event) -> State:
    if state.notified_at is not None:
        raise OutOfOrder("the session was announced already", cite=state.book.cite(state.book.sessions.notice_rule))
    return replace(state, notified_at=event.at)


def _item_proposed(state: State, event: Event) -> State:
    body = event.body
    if any(one.id == body["item"] for one in state.items):
        raise BadEvent(f"the agenda has an item {body['item']} already")
    if state.agenda_adopted:
        raise OutOfOrder(
            "the agenda is adopted: an item is added by a motion to amend it",
            cite=state.book.cite(state.book.sessions.adoption_rule),
        )
    if event.by.role == "delegation":
        kind = state.kind(asking.seat(state, event.by.of).code)
        if not kind.proposes:
            raise OutOfOrder(f"{kind.name.en}: may not propose items", cite=state.book.cite(kind.rule))
    made = Item(id=body["item"], title=body["title"], proposed_by=event.by.of)
    return replace(state, items=(*state.items, made))


def _item_struck(state: State, event: Event) -> State:
    found = asking.item(state, event.body["item"])
    if state.agenda_adopted:
        raise OutOfOrder("the agenda is adopted", cite=state.book.cite(state.book.sessions.adoption_rule))
    return replace(state, items=tuple(one for one in state.items if one.id != found.id))


def _agenda_circulated(state: State, event: Event) -> State:
    if not state.items:
        raise OutOfOrder("the agenda has no items yet", cite=state.book.cite(state.book.sessions.agenda_rule))
    return replace(state, agenda_circulated_at=event.at)


def _document_issued(state: State, event: Event) -> State:
    body = event.body
    unknown = [code for code in body["languages"] if code not in state.book.languages]
    if unknown:
        raise BadEvent(f"{unknown[0]!r} is no language of this session: {', '.join(state.book.languages)}")
    if not body["languages"]:
        raise BadEvent("a document is out in one language at least")
    if "item" in body:
        asking.item(state, body["item"])
    before = state.documents.get(body["symbol"])
    made = Document(
        symbol=body["symbol"],
        title=body["title"],
        languages=tuple(dict.fromkeys(body["languages"])),
        version=before.version + 1 if before else 1,
        item=body.get("item", ""),
        at=event.at,
        sha256=body.get("sha256", ""),
    )
    return replace(state, documents=asking.with_one(state.documents, made.symbol, made))


def _agenda_adopted(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    rule = state.book.sessions.adoption_rule
    if state.agenda_adopted:
        raise OutOfOrder("the agenda is adopted already", cite=state.book.cite(rule))
    if not state.items:
        raise OutOfOrder("there is no provisional agenda", cite=state.book.cite(rule))
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    items = tuple(replace(one, status="adopted") for one in state.items)
    changed = replace(state, items=items, agenda_adopted=True)
    what = Words("Adoption of the agenda", "Adoption de l'ordre du jour")
    return asking.decided(changed, event, what, about="agenda", target="agenda", how="no-objection", rule=rule)


def _item_opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    rule = state.book.cite(state.book.sessions.adoption_rule)
    found = asking.item(state, event.body["item"])
    if not state.agenda_adopted:
        raise OutOfOrder("the agenda is not adopted yet", cite=rule)
    if state.item:
        raise OutOfOrder(f"item {state.item} is under discussion; conclude or adjourn it first", cite=rule)
    if found.status == "closed":
        raise OutOfOrder(f"item {found.id} is concluded", cite=rule)
    changed = asking.with_item(state, replace(found, status="open"))
    return replace(
        asking.with_floor(changed, waiting=(), list_closed=False, debate_closed=False, replies={}), item=found.id
    )


def _item_closed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    rule = state.book.cite(state.book.sessions.adoption_rule)
    if not state.item:
        raise OutOfOrder("no item is under discussion", cite=rule)
    if state.floor.speaking is not None or state.floor.motions:
        raise OutOfOrder("somebody has the floor, or a motion is pending", cite=rule)
    left = [one.id for one in state.proposals.values() if one.item == state.item and one.status == "open"]
    if left:
        raise OutOfOrder(f"{left[0]} is still to be decided", cite=rule)
    changed = asking.with_item(state, replace(asking.item(state, state.item), status="closed"))
    return replace(changed, item="")


KINDS = (
    Kind(
        id="session-notified",
        name=Words("Notification of the session", "Notification de la session"),
        by=("secretariat",),
        apply=_notified,
        rule=lambda book: book.sessions.notice_rule,
    ),
    Kind(
        id="item-proposed",
        name=Words("Item proposed for the agenda", "Point proposé pour l'ordre du jour"),
        by=("secretariat", "delegation"),
        apply=_item_proposed,
        rule=lambda book: book.sessions.agenda_rule,
        form={"item": "name", "title": "words"},
    ),
    Kind(
        id="item-struck",
        name=Words("Item struck from the provisional agenda", "Point retiré de l'ordre du jour provisoire"),
        by=("secretariat",),
        apply=_item_struck,
        rule=lambda book: book.sessions.agenda_rule,
        form={"item": "item"},
    ),
    Kind(
        id="agenda-circulated",
        name=Words("Provisional agenda circulated", "Ordre du jour provisoire distribué"),
        by=("secretariat",),
        apply=_agenda_circulated,
        rule=lambda book: book.sessions.agenda_rule,
    ),
    Kind(
        id="document-issued",
        name=Words("Document issued", "Document publié"),
        by=("secretariat",),
        apply=_document_issued,
        rule=lambda book: book.sessions.agenda_rule,
        form={"symbol": "name", "title": "words", "languages": "list:name", "item": "item?", "sha256": "name?"},
    ),
    Kind(
        id="agenda-adopted",
        name=Words("Adoption of the agenda", "Adoption de l'ordre du jour"),
        by=("presiding",),
        apply=_agenda_adopted,
        rule=lambda book: book.sessions.adoption_rule,
    ),
    Kind(
        id="item-opened",
        name=Words("Item taken up", "Examen d'un point"),
        by=("presiding",),
        apply=_item_opened,
        rule=lambda book: book.sessions.adoption_rule,
        form={"item": "item"},
    ),
    Kind(
        id="item-closed",
        name=Words("Item concluded", "Point achevé"),
        by=("presiding",),
        apply=_item_closed,
        rule=lambda book: book.sessions.adoption_rule,
    ),
)
