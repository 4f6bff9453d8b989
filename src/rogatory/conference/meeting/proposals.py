"""Proposals and amendments: submitted in writing, circulated, amended, withdrawn, divided, adopted without a vote.

Amendments are decided before what they amend, the one furthest removed in substance first: the presiding officer sets
and gives reasons for that order, and it can be challenged. Proposals on one item are taken as they were submitted.
Consensus is found when nobody objects; a vote on substance needs the efforts at it on record.
"""

from dataclasses import replace
from datetime import timedelta

from rogatory.conference.meeting import asking
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import BadEvent, ConsensusFirst, NoRight, OutOfOrder, TooSoon
from rogatory.conference.meeting.state import Proposal, State
from rogatory.law.words import Words


def _submitted(state: State, event: Event) -> State:
    body, rules = event.body, state.book.proposals
    asking.require_proposer(state, event.by.of)
    if body["proposal"] in state.proposals:
        raise BadEvent(f"there is a proposal {body['proposal']} already")
    item, subject = body.get("item", ""), body.get("subject", "substance")
    if "amends" in body:
        amended = asking.open_proposal(state, body["amends"])
        if amended.amends and asking.proposal(state, amended.amends).amends:
            raise OutOfOrder(
                "an amendment to an amendment is not amended again", cite=state.book.cite(rules.amendments_rule)
            )
        item, subject = amended.item, amended.subject
    asking.item(state, item)
    state.book.majority(subject)
    for code in body.get("sponsors", ()):
        if not state.kind(asking.seat(state, code).code).proposes:
            raise NoRight(f"{code} may not sponsor a proposal", cite=state.book.cite(state.kind(code).rule))
    made = Proposal(
        id=body["proposal"],
        title=body["title"],
        item=item,
        subject=subject,
        sponsors=tuple(dict.fromkeys((event.by.of, *body.get("sponsors", ())))),
        submitted_at=event.at,
        place=len(state.proposals) + 1,
        amends=body.get("amends", ""),
    )
    return asking.with_proposal(state, made)


def _circulated(state: State, event: Event) -> State:
    found = asking.open_proposal(state, event.body["proposal"])
    if found.circulated_at is not None:
        raise OutOfOrder(f"{found.id} was circulated already", cite=state.book.cite(state.book.proposals.rule))
    return asking.with_proposal(state, replace(found, circulated_at=event.at))


def _waived(state: State, event: Event) -> State:
    """The presiding officer lets an amendment be taken although it was not circulated in time."""
    asking.require_presiding(state, event)
    found, rules = asking.open_proposal(state, event.body["proposal"]), state.book.proposals
    if not (found.amends and rules.may_waive_for_amendments):
        raise OutOfOrder("only amendments may be taken before they are circulated", cite=state.book.cite(rules.rule))
    return asking.with_proposal(state, replace(found, waived=True))


def _withdrawn(state: State, event: Event) -> State:
    rules, found = state.book.proposals, asking.open_proposal(state, event.body["proposal"])
    cite = state.book.cite(rules.withdrawal_rule)
    if found.sponsors[0] != event.by.of:
        raise NoRight(f"{found.sponsors[0]} submitted {found.id}", cite=cite)
    if found.amended and not rules.withdraw_if_amended:
        raise OutOfOrder(f"{found.id} was amended and can no longer be withdrawn", cite=cite)
    if voting_begun(state, found):
        raise OutOfOrder(f"voting on {found.id} has begun", cite=cite)
    for one in state.proposals.values():
        if one.amends == found.id and one.status == "open":
            state = asking.with_proposal(state, replace(one, status="not-put"))
    return asking.with_proposal(state, replace(found, status="withdrawn"))


def voting_begun(state: State, found: Proposal) -> bool:
    """Whether a vote on it, on a part of it or on an amendment to it is being or was taken."""
    if any(one.status != "open" for one in found.parts):
        return True
    targets = {found.id, *(one.id for one in state.proposals.values() if one.amends == found.id)}
    votes = (*state.votes, *((state.vote,) if state.vote else ()))
    return any(one.question.about in ("proposal", "part") and one.question.target in targets for one in votes)


def pending_amendments(state: State, id: str) -> tuple[Proposal, ...]:
    """The amendments to *id* that are still to be decided, in the order of voting, else as they were submitted."""
    found = [one for one in state.proposals.values() if one.amends == id and one.status == "open"]
    order = asking.proposal(state, id).order
    return tuple(sorted(found, key=lambda one: (order.index(one.id) if one.id in order else len(order), one.place)))


def _ordered(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    found = asking.open_proposal(state, event.body["proposal"])
    cite = state.book.cite(state.book.proposals.amendments_rule)
    waiting = {one.id for one in pending_amendments(state, found.id)}
    if set(event.body["order"]) != waiting or len(event.body["order"]) != len(waiting):
        raise OutOfOrder(f"name each amendment once: {', '.join(sorted(waiting)) or 'there is none'}", cite=cite)
    if len(waiting) < 2:
        raise OutOfOrder("with fewer than two amendments there is nothing to order", cite=cite)
    return asking.with_proposal(state, replace(found, order=event.body["order"], order_reasons=event.body["reasons"]))


def _not_put(state: State, event: Event) -> State:
    """The adoption of another amendment implies the rejection of this one: it is not put to the vote."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    found = asking.open_proposal(state, event.body["proposal"])
    cite = state.book.cite(state.book.proposals.amendments_rule)
    others = [one for one in state.proposals.values() if found.amends and one.amends == found.amends]
    if not any(one.status == "adopted" for one in others):
        raise OutOfOrder("no other amendment was adopted that would imply its rejection", cite=cite)
    return asking.with_proposal(state, replace(found, status="not-put"))


def _sought(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    found = asking.open_proposal(state, event.body["proposal"])
    return asking.with_proposal(state, replace(found, efforts=(*found.efforts, event.body["text"])))


def _consensus(state: State, event: Event) -> State:
    """Adopted without a vote: the presiding officer asks, and nobody objects."""
    asking.require_presiding(state, event)
    found = asking.open_proposal(state, event.body["proposal"])
    require_ready(state, found, event)
    rule = state.book.voting.consensus_rule
    if any(one.status != "open" for one in found.parts):
        raise OutOfOrder("it is being voted in parts", cite=state.book.cite(rule))
    return adopt(state, found, event, how="consensus", rule=rule)


def require_ready(state: State, found: Proposal, event: Event) -> None:
    """Nothing, when *found* may be decided now; raises the refusal that says what comes first."""
    asking.require_quiet(state)
    book, rules = state.book, state.book.proposals
    if state.item != found.item:
        raise OutOfOrder(f"item {found.item} is not under discussion", cite=book.cite(rules.rule))
    if state.floor.motions or state.floor.speaking is not None:
        raise OutOfOrder("a motion is pending, or somebody has the floor", cite=book.cite(rules.rule))
    asking.require_quorum(state, book.quorum.decide, "take a decision")
    _require_circulated(state, found, event)
    waiting = pending_amendments(state, found.id)
    if waiting:
        raise OutOfOrder(f"amendment {waiting[0].id} is decided first", cite=book.cite(rules.amendments_rule))
    if found.amends:
        _require_turn(state, found)
    else:
        earlier = [
            one.id
            for one in state.proposals.values()
            if one.item == found.item and not one.amends and one.status == "open" and one.place < found.place
        ]
        if earlier:
            raise OutOfOrder(f"{earlier[0]} was submitted before", cite=book.cite(rules.order_rule))


def _require_circulated(state: State, found: Proposal, event: Event) -> None:
    rules = state.book.proposals
    if found.waived or rules.rule in state.suspended_rules:
        return
    cite = state.book.cite(rules.rule)
    if found.circulated_at is None:
        raise TooSoon(
            f"{found.id} was not circulated", cite=cite, remedy="Circulate it in the languages of the session."
        )
    if event.at < found.circulated_at + timedelta(hours=rules.hours_before):
        raise TooSoon(f"{found.id} was circulated less than {rules.hours_before} hours ago", cite=cite)


def _require_turn(state: State, found: Proposal) -> None:
    cite = state.book.cite(state.book.proposals.amendments_rule)
    waiting = pending_amendments(state, found.amends)
    if len(waiting) > 1 and not {one.id for one in waiting} <= set(asking.proposal(state, found.amends).order):
        raise OutOfOrder("the order of voting on the amendments is not set", cite=cite)
    if waiting and waiting[0].id != found.id:
        raise OutOfOrder(f"{waiting[0].id} is furthest removed and is voted first", cite=cite)


def require_effort(state: State, found: Proposal) -> None:
    """Nothing, when the majority of its subject may be asked for; raises `ConsensusFirst`."""
    majority = state.book.majority(found.subject)
    cite = state.book.cite(majority.rule)
    if majority.consensus_only:
        raise ConsensusFirst(f"{majority.name.en}: by consensus only", cite=cite)
    efforts = found.efforts or (found.amends and asking.proposal(state, found.amends).efforts)
    if majority.after_consensus and not efforts:
        raise ConsensusFirst("no effort at consensus is on record", cite=cite)


def adopt(state: State, found: Proposal, event: Event, *, how: str, rule: str) -> State:
    """*state* with *found* adopted, and what it amends amended."""
    changed = asking.with_proposal(state, replace(found, status="adopted"))
    if found.amends:
        changed = asking.with_proposal(changed, replace(asking.proposal(changed, found.amends), amended=True))
    about = "amendment" if found.amends else "proposal"
    return asking.decided(changed, event, found.title, about=about, target=found.id, how=how, rule=rule)


def _numbered(state: State, event: Event) -> State:
    number, symbol = event.body["decision"], event.body["symbol"]
    if not 1 <= number <= len(state.decisions):
        raise BadEvent(f"there is no decision {number}")
    if any(one.symbol == symbol for one in state.decisions):
        raise BadEvent(f"the symbol {symbol} is taken")
    made = replace(state.decisions[number - 1], symbol=symbol)
    return replace(state, decisions=(*state.decisions[: number - 1], made, *state.decisions[number:]))


def _kind(id: str, name: Words, by: str, apply: object, form: dict[str, str], rule: str = "rule") -> Kind:
    return Kind(
        id=id,
        name=name,
        by=(by,),
        apply=apply,  # type: ignore[arg-type]
        rule=lambda book: getattr(book.proposals, rule),
        form=form,
    )


KINDS = (
    _kind(
        "proposal-submitted",
        Words("Proposal submitted", "Proposition présentée"),
        "delegation",
        _submitted,
        {
            "proposal": "name",
            "title": "words",
            "item": "item?",
            "subject": "name?",
            "amends": "proposal?",
            "sponsors": "list:seat?",
        },
    ),
    _kind(
        "proposal-circulated",
        Words("Proposal circulated", "Proposition distribuée"),
        "secretariat",
        _circulated,
        {"proposal": "proposal"},
    ),
    _kind(
        "circulation-waived",
        Words("Amendment taken before circulation", "Amendement examiné avant distribution"),
        "presiding",
        _waived,
        {"proposal": "proposal"},
    ),
    _kind(
        "proposal-withdrawn",
        Words("Proposal withdrawn", "Proposition retirée"),
        "delegation",
        _withdrawn,
        {"proposal": "proposal"},
        "withdrawal_rule",
    ),
    _kind(
        "amendments-ordered",
        Words("Order of voting on amendments", "Ordre du vote sur les amendements"),
        "presiding",
        _ordered,
        {"proposal": "proposal", "order": "list:proposal", "reasons": "text"},
        "amendments_rule",
    ),
    _kind(
        "amendment-not-put",
        Words("Amendment not put to the vote", "Amendement non mis aux voix"),
        "presiding",
        _not_put,
        {"proposal": "proposal"},
        "amendments_rule",
    ),
    Kind(
        id="consensus-sought",
        name=Words("Effort at consensus recorded", "Effort de consensus consigné"),
        by=("presiding",),
        apply=_sought,
        rule=lambda book: book.voting.consensus_rule,
        form={"proposal": "proposal", "text": "text"},
    ),
    Kind(
        id="consensus-found",
        name=Words("Adopted by consensus", "Adopté par consensus"),
        by=("presiding",),
        apply=_consensus,
        rule=lambda book: book.voting.consensus_rule,
        form={"proposal": "proposal"},
    ),
    _kind(
        "decision-numbered",
        Words("Symbol given to a decision", "Cote attribuée à une décision"),
        "secretariat",
        _numbered,
        {"decision": "number", "symbol": "name"},
    ),
)
