"""Decisions: amendments in their order, an organisation that votes for its members, parts, a majority too small."""

from random import Random

from rogatory.conference.meeting.state import State
from rogatory.exercise.conference import cast
from rogatory.exercise.conference.acts import (
    SECRETARIAT,
    Act,
    Script,
    Wanted,
    chair,
    close_vote,
    delegation,
    open_vote,
    running,
    said,
)
from rogatory.exercise.conference.acts import cast as everybody_votes
from rogatory.law.words import Words

FAR, NEAR = "L.1/A.1", "L.1/A.2"
PARTS = ("preamble", "paragraphs-1-3", "paragraph-4")


def amendments(state: State) -> Script:
    """Two amendments are submitted from the floor, and the order of voting on them is set."""
    state = yield Act(
        kind="item-opened",
        by=chair(state),
        body={"item": "3"},
        scene=said("A proposal and its amendments", "Une proposition et ses amendements"),
        says=said("L.1 of Maple and two others", "L.1 d’Érable et de deux autres"),
    )
    titles = {
        FAR: said("Every second year", "Tous les deux ans"),
        NEAR: said("With providers", "Avec les fournisseurs"),
    }
    for amendment, by in ((FAR, "XPI"), (NEAR, "XRO")):
        body = {"proposal": amendment, "title": titles[amendment].to_json(), "amends": "L.1"}
        name = state.seats[by].name
        says = said(
            f"{amendment} by {name.en}: {titles[amendment].en}", f"{amendment}, {name.fr} : {titles[amendment].fr}"
        )
        state = yield Act(kind="proposal-submitted", by=delegation(by), body=body, says=says)
        state = yield Act(kind="circulation-waived", by=chair(state), body={"proposal": amendment})
    state = yield Act(
        kind="amendments-ordered",
        by=chair(state),
        body={
            "proposal": "L.1",
            "order": [FAR, NEAR],
            "reasons": "The first changes how often; the second adds to it.",
        },
        says=said(f"{FAR} is furthest removed and comes first", f"{FAR} est le plus éloigné et passe d’abord"),
    )
    return state


def put_too_soon(state: State) -> Script:
    """An amendment is put before any effort at consensus, then out of its order."""
    state = yield Act(
        kind="vote-opened",
        by=chair(state),
        body={"about": "proposal", "target": FAR, "method": "recorded"},
        refused="consensus-first",
        says=said("a vote before any effort at consensus", "un vote avant tout effort de consensus"),
    )
    effort = {"proposal": "L.1", "text": "The President held consultations; two delegations could not join."}
    state = yield Act(kind="consensus-sought", by=chair(state), body=effort)
    return (
        yield Act(
            kind="vote-opened",
            by=chair(state),
            body={"about": "proposal", "target": NEAR, "method": "recorded"},
            refused="out-of-order",
            says=said("the nearer amendment is put first", "l’amendement le plus proche est mis aux voix d’abord"),
        )
    )


def first_amendment(state: State, chance: Random) -> Script:
    """It fails; votes that cannot count are refused, and so is one that comes too late."""
    state = yield from open_vote(
        state, "proposal", FAR, says=said(f"recorded vote on {FAR}", f"vote enregistré, {FAR}")
    )
    vote = running(state)
    refusals: tuple[tuple[str, str, str, Words], ...] = (
        (cast.ENTITY, "yes", "no-right-to-vote", said("an observer votes", "un observateur vote")),
        ("XFG", "no", "no-right-to-vote", said("a signatory votes", "un signataire vote")),
        (cast.ORGANISATION, "yes", "organisation-and-members",
         said("the Orchard Union votes, as do its members", "l’Union des vergers vote, comme ses membres")),
    )  # fmt: skip
    for code, choice, refused, says in refusals:
        body = {"vote": vote, "choice": choice}
        state = yield Act(kind="vote-cast", by=delegation(code), body=body, refused=refused, says=says)
    wanted = Wanted(yes=16, no=30, abstain=3)
    state = yield from everybody_votes(state, chance, wanted, XPI="yes", XAC="no")
    state = yield Act(
        kind="vote-cast",
        by=delegation("XAC"),
        body={"vote": vote, "choice": "no"},
        refused="voted-already",
        says=said("Acacia votes again, the same", "Acacia vote encore, de même"),
    )
    state = yield Act(
        kind="point-raised",
        by=delegation("XLI"),
        body={"text": "The agenda should be looked at again."},
        refused="out-of-order",
        says=said("a point of order that is not on the conduct of the vote", "une motion d’ordre étrangère au scrutin"),
    )
    state = yield from close_vote(state)
    return (
        yield Act(
            kind="vote-cast",
            by=delegation("XCO"),
            body={"vote": vote, "choice": "yes"},
            refused="vote-closed",
            says=said("a vote comes after closing", "un vote arrive après la clôture"),
        )
    )


def second_amendment(state: State, chance: Random) -> Script:
    """The organisation votes for its six members; the amendment is adopted by a recorded vote."""
    union = delegation(cast.ORGANISATION)
    state = yield Act(
        kind="organisation-declares",
        by=union,
        body={"casts": True},
        says=said("the Orchard Union declares that it votes for its six members",
                  "l’Union des vergers déclare voter pour ses six membres"),
    )  # fmt: skip
    state = yield from open_vote(
        state, "proposal", NEAR, says=said(f"recorded vote on {NEAR}", f"vote enregistré, {NEAR}")
    )
    state = yield from everybody_votes(state, chance, Wanted(yes=30, no=10, abstain=4), XOU="yes", XRO="yes")
    state = yield Act(
        kind="vote-cast",
        by=delegation(cast.MEMBERS[0]),
        body={"vote": running(state), "choice": "no"},
        refused="organisation-and-members",
        says=said("Apple, one of its members, votes too", "Pommier, un de ses membres, vote aussi"),
    )
    state = yield from close_vote(state, says=said("35 votes for, 10 against: adopted", "35 pour, 10 contre : adopté"))
    return (yield Act(kind="organisation-declares", by=union, body={"casts": False}))


def division(state: State, chance: Random) -> Script:
    """A separate vote on parts is asked for and opposed; then the parts, then the whole as amended."""
    state = yield Act(
        kind="motion-moved",
        by=delegation("XSP"),
        body={"motion": "division", "target": "L.1", "parts": list(PARTS), "preambular": [PARTS[0]]},
        scene=said("Division", "La division"),
        says=said("Spruce asks for separate votes on the parts of L.1", "Épicéa demande un vote par division sur L.1"),
    )
    motion = state.floor.motions[-1].id
    for code, side in (("XTE", "for"), ("XBI", "against"), ("XMN", "against")):
        state = yield Act(kind="motion-spoken", by=delegation(code), body={"pending": motion, "side": side})
    state = yield Act(
        kind="motion-spoken",
        by=delegation("XOL"),
        body={"pending": motion, "side": "against"},
        refused="out-of-order",
        says=said("a third delegation speaks against", "une troisième délégation s’y oppose"),
    )
    state = yield from open_vote(state, "motion", motion, method="show-of-hands")
    counted = {"vote": running(state), "yes": 27, "no": 18, "abstain": 4}
    state = yield Act(kind="votes-counted", by=SECRETARIAT, body=counted)
    state = yield from close_vote(state, says=said("the division is granted, 27 to 18", "la division est accordée"))
    wanted = {
        PARTS[0]: Wanted(yes=41, no=4),
        PARTS[1]: Wanted(yes=39, no=8, abstain=2),
        PARTS[2]: Wanted(yes=22, no=23),
    }
    for part in PARTS:
        says = said(f"L.1, {part}", f"L.1, {part}")
        state = yield from open_vote(state, "part", "L.1", part=part, says=says)
        state = yield from everybody_votes(state, chance, wanted[part])
        state = yield from close_vote(state)
    state = yield from open_vote(
        state, "proposal", "L.1", says=said("L.1 as a whole, as amended", "L.1 dans son ensemble")
    )
    state = yield from everybody_votes(state, chance, Wanted(yes=36, no=9, abstain=5), XMP="yes", XPI="no")
    return (yield from close_vote(state))


def explanations(state: State) -> Script:
    """Who voted against explains; the sponsor may not."""
    body = {"proposal": "L.1", "text": "An exercise every year costs more than it teaches."}
    says = said("Pine explains its vote", "Pin explique son vote")
    state = yield Act(kind="vote-explained", by=delegation("XPI"), body=body, says=says)
    state = yield Act(
        kind="vote-explained",
        by=delegation("XMP"),
        body={"proposal": "L.1", "text": "We wrote it."},
        refused="no-such-right",
        says=said("Maple, its sponsor, explains too", "Érable, son auteur, explique aussi"),
    )
    return (yield Act(kind="item-closed", by=chair(state)))


def two_thirds(state: State, chance: Random) -> Script:
    """A roll-call: more than half are for it, fewer than two thirds, and it fails."""
    state = yield Act(
        kind="item-opened",
        by=chair(state),
        body={"item": "4"},
        scene=said("A majority that is not enough", "Une majorité qui ne suffit pas"),
    )
    effort = {"proposal": "L.2", "text": "Three rounds of consultations in the week before the session."}
    state = yield Act(kind="consensus-sought", by=chair(state), body=effort)
    state = yield from open_vote(
        state,
        "proposal",
        "L.2",
        method="roll-call",
        start="M",
        says=said(
            "roll-call on L.2, from the letter M that was drawn", "appel nominal sur L.2, à partir de la lettre M"
        ),
    )
    vote = running(state)
    called = [code for code in state.vote.order if state.seats[code].present] if state.vote else []
    shares = Wanted(yes=30, no=18, abstain=len(called) - 49).shares(called, chance, {"XBA": "yes", "XMN": "no"})
    while state.vote and state.vote.asked < len(state.vote.order):
        code = state.vote.order[state.vote.asked]
        if shares.get(code):
            state = yield Act(kind="vote-cast", by=delegation(code), body={"vote": vote, "choice": shares[code]})
        else:
            state = yield Act(kind="roll-call-missed", by=SECRETARIAT, body={"vote": vote})
    state = yield from close_vote(state, says=said("30 to 18: two thirds are 32", "30 contre 18 : il en fallait 32"))
    body = {"proposal": "L.2", "text": "We would have joined a consensus on a group with an end date."}
    state = yield Act(kind="vote-explained", by=delegation("XMN"), body=body)
    return (yield Act(kind="item-closed", by=chair(state)))


def deciding(state: State, chance: Random) -> Script:
    """All of it, in the order in which it happens."""
    state = yield from amendments(state)
    state = yield from put_too_soon(state)
    state = yield from first_amendment(state, chance)
    state = yield from second_amendment(state, chance)
    state = yield from division(state, chance)
    state = yield from explanations(state)
    return (yield from two_thirds(state, chance))
