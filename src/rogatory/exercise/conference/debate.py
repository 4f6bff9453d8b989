"""A debate: speakers in their order, a limit, a list closed, a reply, a point of order and an appeal."""

from random import Random

from rogatory.conference.meeting.state import State
from rogatory.exercise.conference import before
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
    speak,
)
from rogatory.exercise.conference.acts import cast as everybody_votes

SPEAKERS = ("XCY", "XMV", "XJA", before.OBJECTED_TO, "XJU", "XPO")
LIMIT_SECONDS = 180


def statements(state: State) -> Script:
    """The list fills up; a limit is agreed; the first statements."""
    state = yield Act(
        kind="item-opened",
        by=chair(state),
        body={"item": "2"},
        scene=said("The debate", "Le débat"),
        says=said("item 2 is taken up", "le point 2 est abordé"),
    )
    for code in SPEAKERS:
        state = yield Act(kind="floor-asked", by=delegation(code), body={"purpose": "statement"})
    state = yield Act(
        kind="motion-moved",
        by=delegation("XCY"),
        body={"motion": "limit-speeches", "seconds": LIMIT_SECONDS},
        says=said("Cypress moves that statements last three minutes", "Cyprès propose trois minutes par intervention"),
    )
    motion = state.floor.motions[-1].id
    state = yield Act(kind="motion-spoken", by=delegation("XLA"), body={"pending": motion, "side": "for"})
    state = yield Act(
        kind="motion-agreed",
        by=chair(state),
        body={"pending": motion},
        says=said("nobody objects", "personne ne s’y oppose"),
    )
    for code in SPEAKERS[:3]:
        name = state.seats[code].name
        state = yield from speak(state, code, says=said(f"{name.en} has the floor", f"la parole est à : {name.fr}"))
    watch = SPEAKERS[3]
    state = yield Act(
        kind="floor-given",
        by=chair(state),
        body={"seat": watch},
        refused="no-such-right",
        says=said("an observer is called without being invited", "un observateur est appelé sans être invité"),
    )
    return (yield from speak(state, watch, invited=True, says=said("it is invited", "il est invité")))


def closed_list(state: State) -> Script:
    """The list of speakers is closed by a vote; who asks later is refused."""
    state = yield Act(
        kind="motion-moved",
        by=delegation("XEL"),
        body={"motion": "close-list"},
        says=said("Elm moves to close the list of speakers", "Orme propose de clore la liste des orateurs"),
    )
    state = yield from open_vote(state, "motion", state.floor.motions[-1].id, method="show-of-hands")
    counted = {"vote": running(state), "yes": 41, "no": 6, "abstain": 2}
    state = yield Act(kind="votes-counted", by=SECRETARIAT, body=counted)
    state = yield from close_vote(state, says=said("by show of hands, 41 to 6", "à main levée, 41 contre 6"))
    return (
        yield Act(
            kind="floor-asked",
            by=delegation("XCK"),
            body={"purpose": "statement"},
            refused="out-of-order",
            says=said("Cork Oak asks for the floor", "Chêne-liège demande la parole"),
        )
    )


def appeal(state: State, chance: Random) -> Script:
    """A point of order is ruled on at once; the ruling is appealed and stands."""
    state = yield Act(kind="floor-given", by=chair(state), body={"seat": "XJU"})
    state = yield Act(
        kind="point-raised",
        by=delegation("XLI"),
        body={"text": "The statement does not concern the item."},
        scene=said("A point of order", "Une motion d’ordre"),
        says=said("Linden: the statement does not concern the item", "Tilleul : l’intervention est hors sujet"),
    )
    state = yield Act(
        kind="point-ruled",
        by=chair(state),
        body={"ruling": "not-upheld", "reasons": "It names a measure of the Convention."},
        says=said("the President does not uphold it", "le Président ne l’accueille pas"),
    )
    state = yield Act(
        kind="ruling-appealed",
        by=delegation("XLI"),
        says=said("Linden appeals: the ruling stands unless a majority overrules it",
                  "Tilleul fait appel : la décision est maintenue sauf si la majorité l’annule"),
    )  # fmt: skip
    state = yield from open_vote(state, "ruling")
    state = yield from everybody_votes(state, chance, Wanted(yes=17, no=28, abstain=5), XLI="yes")
    state = yield from close_vote(state, says=said("shall the ruling be overruled?", "la décision est-elle annulée ?"))
    return (yield Act(kind="floor-ended", by=delegation("XJU")))


def replies(state: State) -> Script:
    """The last speaker, a right of reply, and the end of the item."""
    state = yield Act(kind="floor-asked", by=delegation("XMH"), body={"purpose": "reply"})
    state = yield from speak(state, SPEAKERS[-1])
    state = yield from speak(
        state, "XMH", says=said("Mahogany replies, after the list was closed", "Acajou répond, la liste étant close")
    )
    return (yield Act(kind="item-closed", by=chair(state)))


def debate(state: State, chance: Random) -> Script:
    """All of it, in the order in which it happens."""
    state = yield from statements(state)
    state = yield from closed_list(state)
    state = yield from appeal(state, chance)
    return (yield from replies(state))
