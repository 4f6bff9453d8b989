"""Procedural motions: moved when the rulebook lets them be, spoken to by so many, taken in their precedence.

A motion that yields to one already pending is out of order until that one is decided; one that goes before it is taken
first. A motion is carried by a vote, or by the presiding officer declaring that nobody objects: not when somebody spoke
against it or asks for a vote. A motion that needs notice bars nothing meanwhile; it is taken up when no other is
pending and the notice has run.
"""

from dataclasses import replace
from datetime import timedelta

from rogatory.conference.meeting import asking, carrying, readiness
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.proposals import ABOUT_PROPOSAL
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder, TooSoon, UnknownMatter
from rogatory.conference.meeting.state import Pending, State
from rogatory.conference.rulebook.model import Effect, Rulebook
from rogatory.conference.rulebook.model import Motion as MotionRule
from rogatory.law.words import Words

_NEED_ITEM = {Effect.ADJOURN_DEBATE, Effect.CLOSE_DEBATE, Effect.CLOSE_LIST}


def rule_of(state: State, motion: str) -> MotionRule:
    """What the rulebook says of the motion called *motion*; raises `UnknownMatter`."""
    found = state.book.motions.get(motion)
    if found is None:
        raise UnknownMatter(f"{state.book.id} has no motion {motion!r}: {', '.join(state.book.motions)}")
    return found


def _moved(state: State, event: Event) -> State:
    body, code = event.body, event.by.of
    asking.require_quiet(state)
    asking.require_proposer(state, code)
    rule = rule_of(state, body["motion"])
    cite = state.book.cite(rule.rule)
    if not (rule.during_voting if readiness.voting_stage(state) else rule.during_debate):
        raise OutOfOrder(f"{rule.name.en}: not at this stage", cite=cite)
    if state.floor.speaking is not None and state.floor.speaking.code != code:
        raise OutOfOrder(
            f"{state.floor.speaking.code} has the floor, and only a point of order interrupts it",
            cite=state.book.cite(state.book.speaking.rule),
        )
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
        due=event.at + timedelta(hours=rule.notice_hours) if rule.notice_hours else None,
    )
    _check_subject(state, made)
    if made.due is not None:
        if any((one.motion, one.target) == (made.motion, made.target) for one in state.floor.notices):
            raise OutOfOrder(f"{rule.name.en}: notice of it was given already", cite=cite)
        return asking.with_floor(state, notices=(*state.floor.notices, made))
    if state.motion is not None and state.rank(rule.id) >= state.rank(state.motion.motion):
        raise OutOfOrder(f"the motion {state.motion.motion} has precedence", cite=asking.cite_precedence(state))
    return asking.with_floor(state, motions=(*state.floor.motions, made))


def _check_subject(state: State, found: Pending) -> None:
    rule = rule_of(state, found.motion)
    effect, cite = rule.effect, state.book.cite(rule.rule)
    if effect in _NEED_ITEM and not state.item:
        raise OutOfOrder("no item is under discussion", cite=cite)
    if effect is Effect.CLOSE_DEBATE and state.floor.debate_closed:
        raise OutOfOrder("the debate is closed already", cite=cite)
    if effect is Effect.CLOSE_LIST and state.floor.list_closed:
        raise OutOfOrder("the list is closed already", cite=cite)
    if effect is Effect.PRIVATE_MEETING and state.private:
        raise OutOfOrder("the meeting is private already", cite=cite)
    if effect in ABOUT_PROPOSAL:
        _check_proposal(state, found, cite)
    if effect is Effect.SUSPEND_RULE:
        _check_rule(state, found.target, cite)
    if effect is Effect.AMEND_AGENDA:
        _check_new_item(state, found, cite)
    if effect is Effect.LIMIT_SPEECHES and not found.seconds:
        raise BadEvent("a motion to limit speeches says to how many seconds")


def _check_new_item(state: State, found: Pending, cite: str) -> None:
    if not state.agenda_adopted:
        raise OutOfOrder("the agenda is not adopted yet", cite=cite)
    if not found.target or not found.text:
        raise BadEvent("a motion to amend the agenda names the new item (target) and its title (text)")
    if any(one.id == found.target for one in state.items):
        raise BadEvent(f"the agenda has an item {found.target} already")


def _check_rule(state: State, target: str, cite: str) -> None:
    if target not in state.book.rules:
        raise UnknownMatter(f"{state.book.id} has no rule {target!r}")
    if asking.suspended(state, target):
        raise OutOfOrder(f"it is suspended already: {state.book.cite(target)}", cite=cite)
    if target not in liftable(state.book):
        raise OutOfOrder(
            f"{state.book.cite(target)}: what rests on the treaty is not suspended, and of the others the engine can"
            f" do without: {', '.join(sorted(liftable(state.book)))}",
            cite=cite,
        )


def liftable(book: Rulebook) -> frozenset[str]:
    """The rules that can be suspended: those whose checks the engine can leave out, none of which rests on a treaty."""
    rules = book.proposals
    found = {rules.rule, rules.order_rule, rules.withdrawal_rule, book.speaking.list_rule, book.speaking.reply_rule}
    return frozenset(one for one in found if not book.rule(one).provisions)


def _check_proposal(state: State, motion: Pending, cite: str) -> None:
    effect, target, parts = state.effect(motion.motion), motion.target, motion.parts
    if effect is Effect.RECONSIDER:
        decided = asking.proposal(state, target)
        if decided.status not in ("adopted", "rejected"):
            raise OutOfOrder(f"{target} was not decided yet: {decided.status}", cite=cite)
        if decided.amends and asking.proposal(state, decided.amends).status != "open":
            raise OutOfOrder(f"{decided.amends}, which it amends, is decided: that is reconsidered first", cite=cite)
        return
    found = asking.open_proposal(state, target)
    if effect is Effect.DIVISION:
        if len(parts) < 2 or len(set(parts)) != len(parts) or not set(motion.preambular) <= set(parts):
            raise BadEvent("a division names two or more parts, each once, and which of them are preambular")
        if found.parts:
            raise OutOfOrder(f"{target} is divided already", cite=cite)
    if effect is Effect.CHALLENGE_ORDER and not found.order:
        raise OutOfOrder(f"no order of the amendments to {target} was set", cite=cite)
    if effect in (Effect.COMPETENCE, Effect.NO_ACTION) and readiness.voting_begun(state, found):
        raise OutOfOrder(f"voting on {target} has begun", cite=cite)


def _spoken(state: State, event: Event) -> State:
    asking.require_quiet(state)
    asking.require_proposer(state, event.by.of)
    found = first(state, event.body["pending"])
    rule = rule_of(state, found.motion)
    cite = state.book.cite(rule.rule)
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
    found = taken(state, event.body["pending"], event)
    rule = rule_of(state, found.motion)
    if found.spoken_against:
        raise OutOfOrder(
            f"{found.spoken_against[0]} spoke against it: it is put to the vote", cite=state.book.cite(rule.rule)
        )
    asking.require_unopposed(state, found.id)
    changed = carrying.carry(without(state, found), found)
    what = named(state, found)
    return asking.decided(changed, event, what, about="motion", target=found.id, how="no-objection", rule=rule.rule)


def named(state: State, found: Pending) -> Words:
    """The motion and what it is about: `Vote on parts separately: L.1`."""
    name = rule_of(state, found.motion).name
    return Words(f"{name.en}: {found.target}", f"{name.fr} : {found.target}") if found.target else name


def taken(state: State, id: str, event: Event) -> Pending:
    """The motion *id*, when it may be decided now; raises `OutOfOrder`, `TooSoon` or `NoQuorum`.

    To suspend or adjourn the meeting no quorum is needed: the room must be free to leave.
    """
    found = first(state, id)
    rule = rule_of(state, found.motion)
    if found.due is not None:
        if event.at < found.due:
            raise TooSoon(f"{rule.name.en}: {rule.notice_hours} hours' notice", cite=state.book.cite(rule.rule))
        _check_subject(state, found)
    if rule.effect not in (Effect.SUSPEND_MEETING, Effect.ADJOURN_MEETING):
        asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    return found


def pending(state: State, id: str) -> Pending:
    """The pending motion *id*; raises `UnknownMatter`."""
    for one in (*state.floor.motions, *state.floor.notices):
        if one.id == id:
            return one
    raise UnknownMatter(f"no motion {id} is pending")


def first(state: State, id: str) -> Pending:
    """The same, when it is the one to be taken now; raises `OutOfOrder`."""
    found = pending(state, id)
    if state.motion is not None and state.motion.id != found.id:
        raise OutOfOrder(f"the motion {state.motion.motion} is taken first", cite=asking.cite_precedence(state))
    return found


def without(state: State, found: Pending) -> State:
    """*state* with that motion no longer pending."""
    return asking.with_floor(
        state,
        motions=tuple(one for one in state.floor.motions if one.id != found.id),
        notices=tuple(one for one in state.floor.notices if one.id != found.id),
        requests=tuple(one for one in state.floor.requests if one.target != found.id),
    )


def _with_pending(state: State, changed: Pending) -> State:
    motions = tuple(changed if one.id == changed.id else one for one in state.floor.motions)
    notices = tuple(changed if one.id == changed.id else one for one in state.floor.notices)
    return asking.with_floor(state, motions=motions, notices=notices)


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
