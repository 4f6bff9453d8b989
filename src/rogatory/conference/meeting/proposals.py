"""Proposals and amendments: submitted in writing, circulated, amended, withdrawn, divided, adopted without a vote.

Amendments are decided before what they amend, the one furthest removed in substance first: the presiding officer sets
and gives reasons for that order, and it can be challenged; an order challenged with success is not set again. Proposals
on one item are taken as they were submitted. Consensus is found when nobody objects or asks for a vote; a vote on
substance needs the efforts at it on record. Once voting has begun nothing is amended or withdrawn any more. What is
decided or withdrawn takes its open amendments with it, and the motions about it.
"""

from dataclasses import replace

from rogatory.conference.meeting import asking, readiness
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder
from rogatory.conference.meeting.state import Pending, Proposal, State
from rogatory.conference.rulebook.model import Effect
from rogatory.law.words import Words

#: Motions about one proposal.
ABOUT_PROPOSAL = frozenset(
    {Effect.DIVISION, Effect.RECONSIDER, Effect.CHALLENGE_ORDER, Effect.COMPETENCE, Effect.NO_ACTION}
)


def _submitted(state: State, event: Event) -> State:
    body = event.body
    asking.require_proposer(state, event.by.of, present=state.opened)
    if body["proposal"] in state.proposals:
        raise BadEvent(f"there is a proposal {body['proposal']} already")
    if "amends" in body:
        amended = _amendable(state, body["amends"])
        item, subject = amended.item, amended.subject
    else:
        item, subject = _under(state, body.get("item", "")), body.get("subject", "substance")
    if subject not in (allowed := readiness.subjects(state.book)):
        raise BadEvent(f"{subject!r} is nothing a proposal can be on: {', '.join(allowed)}")
    for code in body.get("sponsors", ()):
        asking.require_proposer(state, code, present=False)
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


def _under(state: State, id: str) -> str:
    if not id:
        raise BadEvent("a proposal is made under an item of the agenda (item), or amends another (amends)")
    if asking.item(state, id).status in ("closed", "dropped"):
        raise OutOfOrder(f"item {id} is concluded", cite=state.book.cite(state.book.proposals.rule))
    return id


def _amendable(state: State, id: str) -> Proposal:
    found, rules = asking.open_proposal(state, id), state.book.proposals
    if found.amends and asking.proposal(state, found.amends).amends:
        raise OutOfOrder(
            "an amendment to an amendment is not amended again", cite=state.book.cite(rules.amendments_rule)
        )
    above: Proposal | None = found
    while above is not None:
        if readiness.voting_begun(state, above):
            raise OutOfOrder(
                f"voting on {above.id} has begun: it is not amended any more",
                cite=state.book.cite(state.book.voting.conduct_rule),
            )
        above = asking.proposal(state, above.amends) if above.amends else None
    return found


def _sponsored(state: State, event: Event) -> State:
    """A delegation joins the sponsors of a proposal, or leaves them; the last one withdraws the proposal instead."""
    found, code = asking.open_proposal(state, event.body["proposal"]), event.by.of
    cite = state.book.cite(state.book.proposals.rule)
    asking.require_proposer(state, code, present=state.opened)
    asking.require_no_vote(state)
    if (code in found.sponsors) is event.body["joins"]:
        raise OutOfOrder(f"{code} {'is' if event.body['joins'] else 'is not'} a sponsor of {found.id}", cite=cite)
    if event.body["joins"]:
        return asking.with_proposal(state, replace(found, sponsors=(*found.sponsors, code)))
    left = tuple(one for one in found.sponsors if one != code)
    if not left:
        raise OutOfOrder(f"{code} is the only sponsor of {found.id}", cite=cite, remedy="Withdraw the proposal.")
    return asking.with_proposal(state, replace(found, sponsors=left))


def _circulated(state: State, event: Event) -> State:
    found = asking.open_proposal(state, event.body["proposal"])
    if found.circulated_at is not None:
        raise OutOfOrder(f"{found.id} was circulated already", cite=state.book.cite(state.book.proposals.rule))
    return asking.with_proposal(state, replace(found, circulated_at=event.at))


def _waived(state: State, event: Event) -> State:
    """The presiding officer lets an amendment be taken although it was not circulated in time."""
    asking.require_presiding(state, event)
    found, rules = asking.open_proposal(state, event.body["proposal"]), state.book.proposals
    if not ((found.amends or found.subject == "procedure") and rules.may_waive_for_amendments):
        raise OutOfOrder(
            "only amendments and matters of procedure may be taken before they are circulated",
            cite=state.book.cite(rules.rule),
        )
    if found.waived:
        raise OutOfOrder(f"{found.id} is taken already", cite=state.book.cite(rules.rule))
    return asking.with_proposal(state, replace(found, waived=True))


def _withdrawn(state: State, event: Event) -> State:
    rules, found = state.book.proposals, asking.open_proposal(state, event.body["proposal"])
    cite = state.book.cite(rules.withdrawal_rule)
    if found.sponsors[0] != event.by.of:
        raise NoRight(f"{found.sponsors[0]} submitted {found.id}", cite=cite)
    asking.require_no_vote(state)
    lifted = asking.suspended(state, rules.withdrawal_rule)
    if found.amended and not (rules.withdraw_if_amended or lifted):
        raise OutOfOrder(f"{found.id} was amended and can no longer be withdrawn", cite=cite)
    if readiness.voting_begun(state, found):
        raise OutOfOrder(f"voting on {found.id} has begun", cite=cite)
    return settle(state, replace(found, status="withdrawn"))


def settle(state: State, changed: Proposal) -> State:
    """*state* with a proposal open no more: its open amendments are not put, and motions and requests on it lapse."""
    state = asking.with_proposal(state, changed)
    for one in tuple(readiness.descendants(state, changed.id)):
        if one.status == "open":
            state = asking.with_proposal(state, replace(one, status="not-put"))
    return asking.with_floor(
        state,
        motions=tuple(one for one in state.floor.motions if _stands(state, one)),
        notices=tuple(one for one in state.floor.notices if _stands(state, one)),
        requests=tuple(one for one in state.floor.requests if one.target != changed.id),
    )


def _stands(state: State, motion: Pending) -> bool:
    if state.effect(motion.motion) not in ABOUT_PROPOSAL:
        return True
    still_open = state.proposals[motion.target].status == "open"
    return still_open is not (state.effect(motion.motion) is Effect.RECONSIDER)


def _ordered(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    found = asking.open_proposal(state, event.body["proposal"])
    cite = state.book.cite(state.book.proposals.amendments_rule)
    waiting = {one.id for one in readiness.pending_amendments(state, found.id)}
    if set(event.body["order"]) != waiting or len(event.body["order"]) != len(waiting):
        raise OutOfOrder(f"name each amendment once: {', '.join(sorted(waiting)) or 'there is none'}", cite=cite)
    if len(waiting) < 2:
        raise OutOfOrder("with fewer than two amendments there is nothing to order", cite=cite)
    if event.body["order"] in found.refused_orders:
        raise OutOfOrder("this order was challenged with success", cite=cite)
    return asking.with_proposal(state, replace(found, order=event.body["order"], order_reasons=event.body["reasons"]))


def _not_put(state: State, event: Event) -> State:
    """The adoption of another amendment implies the rejection of this one: it is not put to the vote."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    found = asking.open_proposal(state, event.body["proposal"])
    cite = state.book.cite(state.book.proposals.amendments_rule)
    others = [one for one in state.proposals.values() if found.amends and one.amends == found.amends]
    if not any(one.status == "adopted" for one in others):
        raise OutOfOrder("no other amendment was adopted that would imply its rejection", cite=cite)
    return settle(state, replace(found, status="not-put"))


def _sought(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_no_vote(state)
    found = asking.open_proposal(state, event.body["proposal"])
    return asking.with_proposal(state, replace(found, efforts=(*found.efforts, event.body["text"])))


def _consensus(state: State, event: Event) -> State:
    """Adopted without a vote: the presiding officer asks, and nobody objects."""
    asking.require_presiding(state, event)
    found = asking.open_proposal(state, event.body["proposal"])
    readiness.require_ready(state, found, event)
    asking.require_unopposed(state, found.id)
    rule = state.book.voting.consensus_rule
    if len({one.status == "open" for one in found.parts}) > 1:
        raise OutOfOrder("it is being voted in parts", cite=state.book.cite(rule))
    return adopt(state, found, event, how="consensus", rule=rule)


def adopt(state: State, found: Proposal, event: Event, *, how: str, rule: str) -> State:
    """*state* with *found* adopted, and what it amends amended."""
    changed = settle(state, replace(found, status="adopted"))
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


def _kind(id: str, name: Words, by: str, apply: object, form: dict[str, str], *, rule: str = "rule") -> Kind:
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
        rule="withdrawal_rule",
    ),
    _kind(
        "sponsorship",
        Words("Sponsors of a proposal", "Auteurs d'une proposition"),
        "delegation",
        _sponsored,
        {"proposal": "proposal", "joins": "flag"},
    ),
    _kind(
        "amendments-ordered",
        Words("Order of voting on amendments", "Ordre du vote sur les amendements"),
        "presiding",
        _ordered,
        {"proposal": "proposal", "order": "list:proposal", "reasons": "text"},
        rule="amendments_rule",
    ),
    _kind(
        "amendment-not-put",
        Words("Amendment not put to the vote", "Amendement non mis aux voix"),
        "presiding",
        _not_put,
        {"proposal": "proposal"},
        rule="amendments_rule",
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
