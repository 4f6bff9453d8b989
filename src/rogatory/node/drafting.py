"""Drafting a request, showing it to a second person, and letting it go.

A draft is `open` while its drafter writes, `submitted` while it awaits a second person, `returned` when that person
sent it back with a remark, `issued` once it has become a message, `discarded` when it never will. The form is read
from the law data. The drafter never approves: that is checked here, against the log-in and not against the name.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rogatory.casefile import cites, fold, table
from rogatory.casefile.measures import MEASURES
from rogatory.casefile.messages import Message, Person
from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.kernel import ids
from rogatory.law.form import FieldProblem, Form
from rogatory.node import issuing, opinions, partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import hands
from rogatory.node.people import Actor
from rogatory.ports.exchange import DraftRow

MAX_REMARK = 2_000


class FormIncomplete(BadInput):
    """The request is not complete."""

    code = "form-incomplete"
    remedy = "Fill in what is marked; the provision beside each field says why it is asked."

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        first = problems[0]
        super().__init__(
            f"{len(problems)} missing or impossible in the form; first: {first.message.en}",
            cite=first.provision,
        )
        self.problems = problems


class NoSuchDraft(NotFound):
    """There is no such draft."""

    code = "no-such-draft"


class NotInThatState(NotPermitted):
    """The draft is not in a state that allows this."""

    code = "draft-not-in-state"
    remedy = "Load it again: somebody may have taken the step before you."


class UnknownMeasure(BadInput):
    """That measure is not known here."""

    code = "not-a-measure"


def start_request(
    node: Node,
    actor: Actor,
    *,
    measure: str,
    receiver: str,
    instrument: str = cites.HOME,
    contents: Mapping[str, Any] | None = None,
    case: str | None = None,
    follows_request: str | None = None,
) -> DraftRow:
    """A new, open draft of a request for *measure* to the authority *receiver*, made under *instrument*.

    With *case* the request joins that case; *follows_request* names the preservation that a request for the data
    follows. Raises `UnknownMeasure` (also the law's, for an instrument that has no form for it), `UnknownInstrument`,
    `NoSuchPartner`, `NoSuchCase`, `RoleMissing`.
    """
    people.require(actor, "drafter")
    if measure not in MEASURES:
        raise UnknownMeasure(f"{measure!r} is not one of {', '.join(MEASURES)}")
    node.law.form(measure, instrument=instrument)
    card = partners.card_of(node, ids.require_authority(receiver)[:3])
    if receiver not in {authority.id for authority in card.authorities}:
        raise partners.NoSuchPartner(f"the card of {card.state} names no authority {receiver}")
    if case is not None and follows_request is not None:
        fold.check_follows(measure, record.case_file(node, case).requests.get(follows_request))
    now = node.clock.now()
    draft = DraftRow(
        id=ids.new_id(node.random(17)),
        case=case,
        kind="request",
        measure=measure,
        regarding=None,
        sender=actor.authority,
        receiver=receiver,
        body={
            "measure": measure,
            "instrument": instrument,
            "contents": dict(contents or {}),
            "follows_request": follows_request,
        },
        state="open",
        drafted_by=actor.id,
        drafter_name=actor.name,
        created_at=now,
        changed_at=now,
    )
    with node.stores.atomic():
        node.stores.drafts.add(draft)
        people.note(node, actor, "draft:request:start", draft.id, measure)
    return draft


def save(node: Node, actor: Actor, id: str, contents: Mapping[str, Any], *, version: int) -> DraftRow:
    """The draft with new *contents*; raises `ChangedMeanwhile` unless *version* is the one held."""
    draft = _own(node, actor, id, "open", "returned")
    body = {**draft.body, "contents": dict(contents)}
    with node.stores.atomic():
        return node.stores.drafts.put(
            replace(draft, body=body, state="open", version=version, changed_at=node.clock.now())
        )


def answer(node: Node, actor: Actor, id: str, answers: Mapping[str, str]) -> DraftRow:
    """The draft with what its drafter *answers* to the opinion's questions; it stays on this node.

    Raises `BadFacts` for an answer that the opinion cannot use.
    """
    draft = _own(node, actor, id, "open", "returned")
    answered = replace(draft, internal={**draft.internal, "answers": dict(answers)}, changed_at=node.clock.now())
    opinions.on_draft(node, answered)
    with node.stores.atomic():
        return node.stores.drafts.put(answered)


def problems(node: Node, draft: DraftRow) -> tuple[FieldProblem, ...]:
    """What the form still finds missing or impossible."""
    return form_of(node, draft).check(draft.body.get("contents", {}))


def form_of(node: Node, draft: DraftRow) -> Form:
    """The form of the request that *draft* is; raises `UnknownMeasure` when its instrument has none for it."""
    return node.law.form(draft.measure, instrument=str(draft.body.get("instrument", cites.HOME)))


def submit(node: Node, actor: Actor, id: str) -> DraftRow:
    """The draft, now waiting for a second person, with the opinion that was shown; raises `FormIncomplete`."""
    draft = _own(node, actor, id, "open", "returned")
    found = problems(node, draft)
    if found:
        raise FormIncomplete(found)
    opinion = opinions.on_draft(node, draft)
    with node.stores.atomic():
        people.note(node, actor, "draft:request:submit", draft.id)
        return node.stores.drafts.put(
            replace(
                draft,
                state="submitted",
                internal={**draft.internal, "opinion": opinion.to_json()},
                changed_at=node.clock.now(),
                remark="",
            )
        )


def approve(node: Node, actor: Actor, id: str) -> Message:
    """The message that the submitted draft becomes; raises `SamePerson` for the drafter."""
    people.require(actor, "approver")
    with node.stores.atomic():
        draft = _second_person(node, actor, id)
        step = issuing.Step(
            kind=draft.kind,
            case=draft.case,
            regarding=draft.regarding,
            sender=draft.sender,
            receiver=draft.receiver,
            body=draft.body,
            drafted_by=Person(name=draft.drafter_name, role=table.ROLE[draft.kind]),
            approved_by=actor.as_person("approver"),
        )
        message = issuing.issue(node, step)
        node.stores.drafts.put(
            replace(
                draft,
                state="issued",
                case=message.case,
                decided_by=actor.id,
                message=message.digest,
                changed_at=node.clock.now(),
            )
        )
        hands.follow(node, message)
        people.note(node, actor, f"case:{draft.kind}:approve", message.case, message.digest[:16])
    return message


def send_back(node: Node, actor: Actor, id: str, remark: str) -> DraftRow:
    """The draft, back with its drafter and with the *remark* that says why."""
    people.require(actor, "approver")
    if not remark.strip() or len(remark) > MAX_REMARK:
        raise BadInput(f"say in 1 to {MAX_REMARK} characters what is to be changed")
    with node.stores.atomic():
        draft = _second_person(node, actor, id)
        people.note(node, actor, "draft:request:return", draft.id)
        return node.stores.drafts.put(
            replace(draft, state="returned", remark=remark.strip(), changed_at=node.clock.now())
        )


def discard(node: Node, actor: Actor, id: str) -> None:
    """The draft will never be sent; it stays in the record."""
    draft = _own(node, actor, id, "open", "returned", "submitted")
    with node.stores.atomic():
        node.stores.drafts.put(replace(draft, state="discarded", changed_at=node.clock.now()))
        people.note(node, actor, "draft:request:discard", draft.id)


def get(node: Node, actor: Actor, id: str) -> DraftRow:
    """The draft *id*, for any reader of its authority; raises `NoSuchDraft`."""
    people.require_reader(actor)
    draft = node.stores.drafts.get(id)
    if draft is None or draft.sender != actor.authority:
        raise NoSuchDraft(f"there is no draft {id} here")
    return draft


def _own(node: Node, actor: Actor, id: str, *states: str) -> DraftRow:
    draft = get(node, actor, id)
    people.require(actor, table.ROLE[draft.kind])
    if draft.state not in states:
        raise NotInThatState(f"the draft is {draft.state}")
    return draft


def _second_person(node: Node, actor: Actor, id: str) -> DraftRow:
    draft = get(node, actor, id)
    if draft.state != "submitted":
        raise NotInThatState(f"the draft is {draft.state}")
    if draft.drafted_by == actor.id:
        raise people.SamePerson(f"{actor.name} drafted this and cannot approve it")
    return draft
