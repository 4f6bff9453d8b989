"""Procedural motions: moved when the rulebook lets them be, spoken to by so many, taken in their precedence.

A motion that yields to one already pending is out of order until that one is decided; one that goes before it is taken
first. A motion is carried by a vote, or by the presiding officer declaring that nobody objects.
"""

from dataclasses import replace
from datetime import timedelta

from rogatory.conference.meeting import asking, sitting
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder, TooSoon, UnknownMatter
from rogatory.conference.meeting.state import Item, Part, Pending, State
from rogatory.conference.rulebook.model import Effect
from rogatory.conference.rulebook.model import Motion as MotionRule
from rogatory.law.words import Words

#: Motions about one proposal, about one rule, about nothing but the meeting itself.
_ABOUT_PROPOSAL = {Effect.DIVISION, Effect.RECONSIDER, Effect.CHALLENGE_ORDER, Effect.COMPETENCE, Effect.NO_ACTION}
_NEED_ITEM = {Effect.ADJOURN_DEBATE, Effect.CLOSE_DEBATE, Effect.CLOSE_LIST}


def rule_of(state: State, motion: str) -> MotionRule:
    """What the rulebook says of the motion called *motion*; raises `UnknownMatter`."""
    found = state.book.motions.get(motion)
    if found is None:
        raise UnknownMatter(f"{state.book.id} has no motion {motion!r}: {', '.join(state.book.motions)}")
    return found


def _moved(state: State, event: Event) -> State:
    body, code = event.body, event.by.of
    asking.require_sitting(state)
    asking.require_settled(state)
    asking.require_proposer(state, code)
    asking.require_no_vote(state)
    rule = rule_of(state, body["motion"])
    cite = state.book.cite(rule.rule)
    if state.motion is not None and state.rank(rule.id) >= state.rank(state.motion.motion):
        raise OutOfOrder(f"the motion {state.motion.motion} has precedence", cite=cite)
    voting = any(one.status == "open" and _being_voted(one.parts) for one in state.proposals.values())
    if not (rule.during_voting if voting else rule.during_debate):
        raise OutOfOrder(f"{rule.name.en}: not at this stage", cite=cite)
    if state.floor.speaking is not None and state.floor.speaking.code != code:
        raise OutOfOrder(f"{state.floor.speaking.code} has the floor", cite=cite)
    _check_subject(state, rule, event)
    made = Pending(
        id=f"M{state.number + 1}",
        motion=rule.id,
        by=code,
        at=event.at,
        target=body.get("target", ""),
        text=body.get("text", ""),
        parts=body.get("parts", ()),
        preambular=body.get("preambular", ()),
        seconds=body.get("seconds", 0),
    )
    return asking.with_floor(state, motions=(*state.floor.motions, made))


def _being_voted(parts: tuple[Part, ...]) -> bool:
    return any(one.status != "open" for one in parts)


def _check_subject(state: State, rule: MotionRule, event: Event) -> None:
    body, cite = event.body, state.book.cite(rule.rule)
    if rule.effect in _NEED_ITEM and not state.item:
        raise OutOfOrder("no item is under discussion", cite=cite)
    if rule.effect is Effect.CLOSE_DEBATE and state.floor.debate_closed:
        raise OutOfOrder("the debate is closed already", cite=cite)
    if rule.effect is Effect.CLOSE_LIST and state.floor.list_closed:
        raise OutOfOrder("the list is closed already", cite=cite)
    if rule.effect in _ABOUT_PROPOSAL:
        _check_proposal(state, rule, body.get("target", ""), body.get("parts", ()))
    if rule.effect is Effect.SUSPEND_RULE and body.get("target", "") not in state.book.rules:
        raise UnknownMatter(f"{state.book.id} has no rule {body.get('target', '')!r}")
    if rule.effect is Effect.AMEND_AGENDA:
        _check_new_item(state, body.get("target", ""), titled="text" in body, cite=cite)
    if rule.effect is Effect.LIMIT_SPEECHES and not body.get("seconds"):
        raise BadEvent("a motion to limit speeches says to how many seconds")


def _check_new_item(state: State, id: str, *, titled: bool, cite: str) -> None:
    if not state.agenda_adopted:
        raise OutOfOrder("the agenda is not adopted yet", cite=cite)
    if not id or not titled:
        raise BadEvent("a motion to amend the agenda names the new item (target) and its title (text)")
    if any(one.id == id for one in state.items):
        raise BadEvent(f"the agenda has an item {id} already")


def _check_proposal(state: State, rule: MotionRule, target: str, parts: tuple[str, ...]) -> None:
    if rule.effect is Effect.RECONSIDER:
        found = asking.proposal(state, target)
        if found.status not in ("adopted", "rejected"):
            raise OutOfOrder(f"{target} was not decided yet: {found.status}", cite=state.book.cite(rule.rule))
        return
    found = asking.open_proposal(state, target)
    if rule.effect is Effect.DIVISION and (len(parts) < 2 or len(set(parts)) != len(parts)):
        raise BadEvent("a division names two or more parts, each once")
    if rule.effect is Effect.CHALLENGE_ORDER and not found.order:
        raise OutOfOrder(f"no order of the amendments to {target} was set", cite=state.book.cite(rule.rule))


def _spoken(state: State, event: Event) -> State:
    asking.require_quiet(state)
    found = pending(state, event.body["pending"])
    asking.require_proposer(state, event.by.of)
    rule = rule_of(state, found.motion)
    cite = state.book.cite(rule.rule)
    if state.motion is None or found.id != state.motion.id:
        raise OutOfOrder("another motion has precedence", cite=cite)
    if event.by.of == found.by:
        raise OutOfOrder("the mover has spoken in moving it", cite=cite)
    if event.by.of in (*found.spoken_for, *found.spoken_against):
        raise OutOfOrder(f"{event.by.of} has spoken to this motion", cite=cite)
    in_favour = event.body["side"] == "for"
    most = rule.speakers_for if in_favour else rule.speakers_against
    had = found.spoken_for if in_favour else found.spoken_against
    if len(had) >= most:
        side = "in favour" if in_favour else "against"
        raise OutOfOrder(f"{most} may speak {side} of this motion, and {len(had)} have", cite=cite)
    changed = (
        replace(found, spoken_for=(*had, event.by.of))
        if in_favour
        else replace(found, spoken_against=(*had, event.by.of))
    )
    return _with_pending(state, changed)


def _withdrawn(state: State, event: Event) -> State:
    asking.require_no_vote(state)
    found = pending(state, event.body["pending"])
    if found.by != event.by.of:
        raise NoRight(f"{found.by} moved it", cite=state.book.cite(state.book.proposals.withdrawal_rule))
    return without(state, found)


def _agreed(state: State, event: Event) -> State:
    """Nobody objects: the motion is carried without a vote."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    found = first(state, event.body["pending"])
    rule = rule_of(state, found.motion)
    needs_decision_quorum(state, rule)
    notice_passed(state, found, event)
    changed = carry(without(state, found), found)
    return asking.decided(
        changed, event, rule.name, about="motion", target=found.id, how="no-objection", rule=rule.rule
    )


def needs_decision_quorum(state: State, rule: MotionRule) -> None:
    """Nothing, when the motion may be decided with who is here: leaving the room open to suspend or adjourn always."""
    if rule.effect not in (Effect.SUSPEND_MEETING, Effect.ADJOURN_MEETING):
        asking.require_quorum(state, state.book.quorum.decide, "take a decision")


def pending(state: State, id: str) -> Pending:
    """The pending motion *id*; raises `UnknownMatter`."""
    for one in state.floor.motions:
        if one.id == id:
            return one
    raise UnknownMatter(f"no motion {id} is pending")


def first(state: State, id: str) -> Pending:
    """The same, when it is the one to be taken now; raises `OutOfOrder`."""
    found = pending(state, id)
    if state.motion is None or state.motion.id != found.id:
        raise OutOfOrder(
            f"the motion {state.motion.motion if state.motion else ''} is taken first",
            cite=state.book.cite(rule_of(state, found.motion).rule),
        )
    return found


def without(state: State, found: Pending) -> State:
    """*state* with that motion no longer pending."""
    return asking.with_floor(state, motions=tuple(one for one in state.floor.motions if one.id != found.id))


def _with_pending(state: State, changed: Pending) -> State:
    motions = tuple(changed if one.id == changed.id else one for one in state.floor.motions)
    return asking.with_floor(state, motions=motions)


def carry(state: State, found: Pending) -> State:
    """What the motion does once it is carried."""
    effect = rule_of(state, found.motion).effect
    if effect is Effect.SUSPEND_MEETING:
        return sitting.suspend(state)
    if effect is Effect.ADJOURN_MEETING:
        return sitting.adjourn(asking.with_floor(state, motions=()))
    if effect is Effect.ADJOURN_DEBATE:
        changed = asking.with_item(state, replace(asking.item(state, state.item), status="adjourned"))
        return replace(asking.with_floor(changed, waiting=(), motions=()), item="")
    if effect is Effect.CLOSE_DEBATE:
        return asking.with_floor(state, debate_closed=True, list_closed=True, waiting=())
    if effect is Effect.CLOSE_LIST:
        return asking.with_floor(state, list_closed=True)
    if effect is Effect.LIMIT_SPEECHES:
        return asking.with_floor(state, seconds=found.seconds)
    if effect is Effect.PRIVATE_MEETING:
        return replace(state, private=True)
    if effect is Effect.SUSPEND_RULE:
        return replace(state, suspended_rules=(*state.suspended_rules, found.target))
    if effect is Effect.AMEND_AGENDA:
        made = Item(id=found.target, title=Words(found.text, found.text), proposed_by=found.by, status="adopted")
        return replace(state, items=(*state.items, made))
    return _carry_on_proposal(state, found, effect)


def _carry_on_proposal(state: State, found: Pending, effect: Effect) -> State:
    proposal = asking.proposal(state, found.target)
    if effect is Effect.DIVISION:
        parts = tuple(Part(id=name, operative=name not in found.preambular) for name in found.parts)
        return asking.with_proposal(state, replace(proposal, parts=parts))
    if effect is Effect.RECONSIDER:
        parts = tuple(replace(one, status="open") for one in proposal.parts)
        return asking.with_proposal(state, replace(proposal, status="open", parts=parts))
    if effect is Effect.CHALLENGE_ORDER:
        return asking.with_proposal(state, replace(proposal, order=(), order_reasons=""))
    return asking.with_proposal(state, replace(proposal, status="not-put"))


def notice_passed(state: State, found: Pending, event: Event) -> None:
    """Nothing, when the notice that the motion needs has run; raises `TooSoon`."""
    rule = rule_of(state, found.motion)
    if rule.notice_hours and event.at < found.at + timedelta(hours=rule.notice_hours):
        raise TooSoon(f"{rule.name.en}: {rule.notice_hours} hours' notice", cite=state.book.cite(rule.rule))


KINDS = (
    Kind(
        id="motion-moved",
        name=Words("Motion", "Motion"),
        by=("delegation",),
        apply=_moved,
        rule=lambda book: book.proposals.rule,
        form={
            "motion": "motion",
            "target": "name?",
            "text": "text?",
            "parts": "list:text?",
            "preambular": "list:text?",
            "seconds": "number?",
        },
    ),
    Kind(
        id="motion-spoken",
        name=Words("Speaks to the motion", "Intervient sur la motion"),
        by=("delegation",),
        apply=_spoken,
        rule=lambda book: book.proposals.rule,
        form={"pending": "pending", "side": "for|against"},
    ),
    Kind(
        id="motion-withdrawn",
        name=Words("Motion withdrawn", "Motion retirée"),
        by=("delegation",),
        apply=_withdrawn,
        rule=lambda book: book.proposals.withdrawal_rule,
        form={"pending": "pending"},
    ),
    Kind(
        id="motion-agreed",
        name=Words("Motion carried without objection", "Motion adoptée sans objection"),
        by=("presiding",),
        apply=_agreed,
        rule=lambda book: book.voting.consensus_rule,
        form={"pending": "pending"},
    ),
)
