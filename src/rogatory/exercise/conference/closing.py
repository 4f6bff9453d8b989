"""The second meeting: a proposal withdrawn, one adopted by consensus, the session closed, its decisions numbered."""

from rogatory.conference.meeting.state import State
from rogatory.exercise.conference import before
from rogatory.exercise.conference.acts import SECRETARIAT, Act, Script, arrive, chair, delegation, said


def afternoon(state: State) -> Script:
    """The meeting rises, and another opens."""
    state = yield Act(
        kind="meeting-adjourned",
        by=chair(state),
        scene=said("The second meeting", "La deuxième séance"),
        says=said("the first meeting rises", "la première séance est levée"),
    )
    state = yield from arrive(state, before.HERE)
    return (yield Act(kind="meeting-opened", by=chair(state), says=said("the second opens", "la deuxième s’ouvre")))


def consensus(state: State) -> Script:
    """One proposal is withdrawn and can no longer be put; the other is adopted without a vote."""
    state = yield Act(kind="item-opened", by=chair(state), body={"item": "5"})
    state = yield Act(
        kind="proposal-withdrawn",
        by=delegation("XHZ"),
        body={"proposal": "L.3"},
        says=said("Hazel withdraws L.3", "Noisetier retire L.3"),
    )
    state = yield Act(
        kind="vote-opened",
        by=chair(state),
        body={"about": "proposal", "target": "L.3", "method": "recorded"},
        refused="proposal-withdrawn",
        says=said("L.3 is put to the vote all the same", "L.3 est tout de même mis aux voix"),
    )
    state = yield Act(
        kind="consensus-found",
        by=chair(state),
        body={"proposal": "L.4"},
        says=said("L.4 is adopted by consensus", "L.4 est adopté par consensus"),
    )
    return (yield Act(kind="item-closed", by=chair(state)))


def closing(state: State) -> Script:
    """The session closes; its decisions are given their symbols; nothing more can happen."""
    state = yield from afternoon(state)
    state = yield from consensus(state)
    state = yield Act(
        kind="session-closed",
        by=chair(state),
        scene=said("The end", "La fin"),
        says=said("the session is closed", "la session est close"),
    )
    state = yield Act(
        kind="floor-asked",
        by=delegation("XOA"),
        body={"purpose": "statement"},
        refused="out-of-order",
        says=said("Oak has one more word", "Chêne a encore un mot"),
    )
    adopted = [one.number for one in state.decisions if one.about == "proposal" and one.how in ("vote", "consensus")]
    for place, number in enumerate(adopted, 1):
        symbol = f"PRACTICE/1/DEC/{place}"
        state = yield Act(
            kind="decision-numbered",
            by=SECRETARIAT,
            body={"decision": number, "symbol": symbol},
            says=said(f"decision {number} is {symbol}", f"la décision {number} porte la cote {symbol}"),
        )
    return state
