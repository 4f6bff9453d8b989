"""Before the session: the meeting is made, announced, given an agenda and documents. Deadlines are not enforced:
what comes late has come all the same, the record says when, and `calendar.py` shows what was due. Only what the rules
make a condition (a new item after the agenda was adopted) is refused.

The agenda is adopted as a whole when nobody objects, or item by item; an item that a delegation opposes is voted on.
A special session is announced when the body decided on it, or a Party asked and enough of the others support it.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind, read
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder
from rogatory.conference.meeting.state import Document, Facts, Item, Place, Seat, State
from rogatory.conference.rulebook.model import ParticipantKind, Rulebook
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
    "exercise": "flag?",
}
_FACTS = ("id", "title", "body", "kind", "venue", "opens", "closes")


def begin(event: Event, book: Rulebook) -> State:
    """The meeting that the first event makes under *book*; raises `BadEvent`."""
    if event.kind != MADE:
        raise BadEvent(f"a record begins with {MADE}, not with {event.kind}")
    body = read(MADE_FORM, event.body)
    if body["closes"] < body["opens"]:
        raise BadEvent("the session closes before it opens")
    facts = Facts(**{name: body[name] for name in _FACTS}, exercise=body.get("exercise", False))
    seats = {}
    for row in body["seats"]:
        made = _seat(read(SEAT_FORM, row), book, facts.body)
        if made.code in seats:
            raise BadEvent(f"{made.code} stands twice among the participants")
        seats[made.code] = made
    _check_members(seats, book)
    chair = body.get("presiding", "")
    if chair and (chair not in seats or not book.participants[seats[chair].kind].votes):
        raise BadEvent(f"{chair} cannot preside: it is no State Party of this session")
    return State(facts=facts, book=book, number=1, at=event.at, seats=seats, presiding=chair)


def _seat(row: dict[str, object], book: Rulebook, body: str) -> Seat:
    kind = book.participants.get(str(row["kind"]))
    if kind is None:
        raise BadEvent(f"{row['kind']!r} is no kind of participant of {book.id}: {', '.join(book.participants)}")
    return Seat(**{**row, "place": entry(kind, body)})  # type: ignore[arg-type]


def entry(kind: ParticipantKind, body: str) -> Place:
    """Where the admission of a participant of *kind* to a *body* stands before anybody has decided on it."""
    if kind.admission.how == "not-admitted" or (body != "conference" and not kind.subsidiary_bodies):
        return Place.REFUSED
    of_right = kind.admission.how in ("of-right", "written-notice", "standing-invitation")
    return Place.SEATED if of_right else Place.APPLIED


def _check_members(seats: dict[str, Seat], book: Rulebook) -> None:
    for one in seats.values():
        if one.members and "regional-organisation-party" not in book.participants[one.kind].covers:
            raise BadEvent(f"{one.code} has members, and is no regional organisation")
        if len(set(one.members)) != len(one.members):
            raise BadEvent(f"{one.code} names a member twice")
        for code in one.members:
            if code not in seats:
                raise BadEvent(f"{one.code} names the member {code}, which is no participant")
            if seats[code].members or code == one.code:
                raise BadEvent(f"{one.code} names the member {code}, which is an organisation")


def _supported(state: State, event: Event) -> State:
    """A Party asks for a special session, or supports another's request."""
    cite = state.book.cite(state.book.sessions.rule)
    kind = state.kind(asking.seat(state, event.by.of).code)
    if not kind.votes or asking.organisation(state, event.by.of):
        raise NoRight("States Parties ask for a special session", cite=cite)
    if state.facts.kind != "special" or state.notified_at is not None:
        raise OutOfOrder("no special session waits for support", cite=cite)
    if event.by.of in state.supporters:
        raise OutOfOrder(f"{event.by.of} supports it already", cite=cite)
    return replace(state, supporters=(*state.supporters, event.by.of))


def _notified(state: State, event: Event) -> State:
    if state.notified_at is not None:
        raise OutOfOrder("the session was announced already", cite=state.book.cite(state.book.sessions.notice_rule))
    wanted = state.book.sessions.special_request
    if state.facts.kind == "special" and wanted and "decided" not in event.body:
        number = asking.base(state, wanted.of)
        if not wanted.reached(len(state.supporters), number):
            raise OutOfOrder(
                f"{len(state.supporters)} Parties support the special session; {wanted.needed(number)} are needed",
                cite=state.book.cite(state.book.sessions.rule),
                remedy="Record the support, or name the decision by which the body called the session.",
            )
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
        asking.require_proposer(state, event.by.of, present=False)
    made = Item(id=body["item"], title=body["title"], proposed_by=event.by.of)
    return replace(state, items=(*state.items, made))


def _item_struck(state: State, event: Event) -> State:
    found = asking.item(state, event.body["item"])
    cite = state.book.cite(state.book.sessions.adoption_rule)
    if state.opened or state.agenda_adopted:
        raise OutOfOrder("the session is open: the agenda is for the body to decide", cite=cite)
    under = [one.id for one in state.proposals.values() if one.item == found.id]
    if under:
        raise OutOfOrder(f"{under[0]} was submitted under item {found.id}", cite=cite)
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
    files = body.get("files", {})
    if set(files) - set(body["languages"]):
        raise BadEvent("a file is in a language that the document is out in")
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
        files=tuple(sorted(files.items())),
        private=state.private,
        earlier=(*before.earlier, replace(before, earlier=())) if before else (),
    )
    return replace(state, documents=asking.with_one(state.documents, made.symbol, made))


def _agenda_adopted(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    rule = state.book.sessions.adoption_rule
    if state.agenda_adopted:
        raise OutOfOrder("the agenda is adopted already", cite=state.book.cite(rule))
    asking.require_free(state)
    waiting = [one for one in state.items if one.status == "proposed"]
    if not waiting and not any(one.status == "adopted" for one in state.items):
        raise OutOfOrder("there is no provisional agenda", cite=state.book.cite(rule))
    if waiting:  # what was decided item by item needs no agreement on the whole
        for target in ("agenda", *(one.id for one in waiting)):
            asking.require_unopposed(state, target)
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    items = tuple(replace(one, status="adopted") if one in waiting else one for one in state.items)
    changed = replace(state, items=items, agenda_adopted=True)
    what = Words("Adoption of the agenda", "Adoption de l'ordre du jour")
    return asking.decided(changed, event, what, about="agenda", target="agenda", how="no-objection", rule=rule)


def _item_adopted(state: State, event: Event) -> State:
    """The agenda is adopted item by item: nobody objects to this one."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    found = proposed_item(state, event.body["item"])
    asking.require_unopposed(state, found.id)
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    changed = decide_item(state, found.id, adopted=True)
    rule = state.book.sessions.adoption_rule
    what = item_words(found)
    return asking.decided(changed, event, what, about="item", target=found.id, how="no-objection", rule=rule)


def proposed_item(state: State, id: str) -> Item:
    """The item *id* of the provisional agenda, still to be decided on; raises `OutOfOrder`."""
    found = asking.item(state, id)
    if state.agenda_adopted or found.status != "proposed":
        raise OutOfOrder(
            f"item {id} is decided on: {found.status}", cite=state.book.cite(state.book.sessions.adoption_rule)
        )
    return found


def decide_item(state: State, id: str, *, adopted: bool) -> State:
    """What a decision on an item of the provisional agenda does."""
    return asking.with_item(state, replace(asking.item(state, id), status="adopted" if adopted else "dropped"))


def item_words(found: Item) -> Words:
    """What is decided: that the item stands on the agenda."""
    return Words(f"Agenda item {found.id}: {found.title.en}", f"Point {found.id} : {found.title.fr}")


def _item_opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    rule = state.book.cite(state.book.sessions.adoption_rule)
    found = asking.item(state, event.body["item"])
    if not state.agenda_adopted:
        raise OutOfOrder("the agenda is not adopted yet", cite=rule)
    if state.item:
        raise OutOfOrder(f"item {state.item} is under discussion; conclude or adjourn it first", cite=rule)
    if found.status in ("closed", "dropped"):
        raise OutOfOrder(f"item {found.id} is {found.status}", cite=rule)
    changed = asking.with_item(state, replace(found, status="open"))
    changed = asking.with_floor(
        changed,
        waiting=(),
        list_closed=False,
        debate_closed=False,
        replies={},
        seconds=state.floor.usual_seconds,
    )
    return replace(changed, item=found.id)


def _item_closed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    rule = state.book.cite(state.book.sessions.adoption_rule)
    if not state.item:
        raise OutOfOrder("no item is under discussion", cite=rule)
    asking.require_free(state)
    asking.require_heard(state)
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
        form={"decided": "text?"},
    ),
    Kind(
        id="session-supported",
        name=Words("Support for a special session", "Appui à une session extraordinaire"),
        by=("delegation",),
        apply=_supported,
        rule=lambda book: book.sessions.rule,
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
        form={
            "symbol": "name",
            "title": "words",
            "languages": "list:name",
            "item": "item?",
            "sha256": "name?",
            "files": "digests?",
        },
    ),
    Kind(
        id="agenda-adopted",
        name=Words("Adoption of the agenda", "Adoption de l'ordre du jour"),
        by=("presiding",),
        apply=_agenda_adopted,
        rule=lambda book: book.sessions.adoption_rule,
    ),
    Kind(
        id="item-adopted",
        name=Words("Item put on the agenda", "Point inscrit à l'ordre du jour"),
        by=("presiding",),
        apply=_item_adopted,
        rule=lambda book: book.sessions.adoption_rule,
        form={"item": "item"},
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
