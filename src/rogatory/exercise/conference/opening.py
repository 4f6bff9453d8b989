"""The session opens: quorum, a President elected in three ballots, the bureau, credentials, an observer, the agenda."""

from collections.abc import Mapping
from random import Random

from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.state import State
from rogatory.exercise.conference import before, cast
from rogatory.exercise.conference.acts import (
    SECRETARIAT,
    Act,
    Script,
    Wanted,
    arrive,
    chair,
    close_vote,
    delegation,
    open_vote,
    running,
    said,
    voters,
)
from rogatory.exercise.conference.acts import cast as everybody_votes
from rogatory.law.words import Words, listed_words

CHALLENGED, CHALLENGER = "XIR", "XHZ"


def quorum(state: State) -> Script:
    """Too few are in the room; then the others come, and the meeting opens."""
    state = yield Act(
        kind="meeting-opened",
        by=chair(state),
        refused="no-quorum",
        scene=said("The opening", "L’ouverture"),
        says=said("Oak, which presided last, tries to open the meeting", "Chêne, président sortant, veut ouvrir"),
    )
    state = yield from arrive(state, (*before.HERE, cast.ENTITY, "XROOTS", "XSEEDS"))
    state = yield Act(
        kind="attendance",
        by=SECRETARIAT,
        body={"seat": "XZZ", "present": True},
        refused="unknown-participant",
        says=said("a badge of nobody's is shown at the door", "un badge inconnu est présenté à l’entrée"),
    )
    state = yield Act(
        kind="meeting-opened",
        by=Actor("presiding", "XMP"),
        refused="not-presiding",
        says=said("Maple says that it presides", "Érable se dit président"),
    )
    return (
        yield Act(
            kind="meeting-opened",
            by=chair(state),
            says=said("there is a quorum: the meeting is open", "le quorum est atteint : la séance est ouverte"),
        )
    )


def ballot(state: State, votes: Mapping[str, int], *, invalid: int, abstentions: int, says: Words) -> Script:
    """One secret ballot that both tellers count alike."""
    state = yield Act(kind="ballot-opened", by=chair(state), body={"contest": "E1"}, says=says)
    sheet = sheet_of(votes, invalid=invalid, abstentions=abstentions)
    for teller in before.TELLERS:
        state = yield Act(kind="ballot-counted", by=Actor("teller", teller), body=sheet)
    return state


def sheet_of(votes: Mapping[str, int], *, invalid: int, abstentions: int) -> dict[str, object]:
    """What a teller hands in."""
    papers = sum(votes.values()) + invalid + abstentions
    numbers = {"papers": papers, "invalid": invalid, "abstentions": abstentions}
    return {"contest": "E1", "votes": dict(votes), **numbers}


def president(state: State) -> Script:
    """Four stand for President: one free ballot, and two restricted ones."""
    state = yield Act(
        kind="tellers-appointed",
        by=chair(state),
        body={"tellers": list(before.TELLERS)},
        scene=said("A President in three ballots", "Un président en trois tours"),
        says=said("Ash and Fir are tellers", "Frêne et Sapin sont scrutateurs"),
    )
    state = yield Act(kind="election-opened", by=chair(state), body={"contest": "E1", "post": "president"})
    first, second, third, fourth = before.CANDIDATES
    rest = len(voters(state)) - 2
    votes = {first: rest - 31, second: 12, third: 12, fourth: 7}
    state = yield from ballot(
        state, votes, invalid=1, abstentions=1, says=said("first ballot, unrestricted", "premier tour, non limité")
    )
    state = yield from second_ballot(state, rest)
    return (
        yield from ballot(
            state,
            {first: rest - 22, second: 21},
            invalid=1,
            abstentions=2,
            says=said("third ballot, restricted to two", "troisième tour, limité à deux"),
        )
    )


def second_ballot(state: State, rest: int) -> Script:
    """Restricted to three, two of whom tied; a sheet names somebody who is out, another differs; both are refused."""
    first, second, third, fourth = before.CANDIDATES
    one, other = (Actor("teller", code) for code in before.TELLERS)
    state = yield Act(kind="ballot-opened", by=chair(state), body={"contest": "E1"})
    state = yield Act(
        kind="ballot-counted",
        by=one,
        body=sheet_of({first: rest - 27, second: 18, fourth: 9}, invalid=1, abstentions=1),
        refused="not-eligible",
        says=said("second ballot, restricted to three; a sheet counts votes for Olive, who is out",
                  "deuxième tour, limité à trois ; une feuille compte des voix pour Olivier, éliminé"),
    )  # fmt: skip
    right = sheet_of({first: rest - 27, second: 17, third: 10}, invalid=2, abstentions=0)
    state = yield Act(kind="ballot-counted", by=one, body=right)
    state = yield Act(
        kind="ballot-counted",
        by=other,
        body={**right, "votes": {first: rest - 26, second: 16, third: 10}},
        refused="out-of-order",
        says=said("the tellers disagree, and count again", "les scrutateurs divergent et recomptent"),
    )
    return (yield Act(kind="ballot-counted", by=other, body=right))


def bureau(state: State) -> Script:
    """The others by acclamation, group by group; who presided before presides no more."""
    state = yield Act(
        kind="election-opened",
        by=Actor("presiding", cast.OUTGOING),
        body={"contest": "E2", "post": "rapporteur"},
        refused="not-presiding",
        scene=said("The bureau", "Le bureau"),
        says=said("Oak goes on presiding, although Cedar is elected", "Chêne préside encore alors que Cèdre est élu"),
    )
    contests = [("rapporteur", "", 1)]
    contests += [("vice-president", group, len(codes)) for group, codes in before.vice_presidents().items()]
    for number, (post, group, seats) in enumerate(contests, 2):
        body = {"contest": f"E{number}", "post": post, "seats": seats, **({"group": group} if group else {})}
        state = yield Act(kind="election-opened", by=chair(state), body=body)
        standing = state.contests[f"E{number}"].balloting.candidates
        who = listed_words([state.seats[code].name for code in standing])
        state = yield Act(
            kind="elected-by-acclamation",
            by=chair(state),
            body={"contest": f"E{number}"},
            says=said(f"{who.en}: by acclamation", f"{who.fr} : par acclamation"),
        )
    return state


def credentials(state: State, chance: Random) -> Script:
    """The credentials of one delegation are challenged; a vote accepts them."""
    state = yield Act(
        kind="credentials-challenged",
        by=delegation(CHALLENGER),
        body={"seat": CHALLENGED, "reasons": "They are signed by a minister who had left office."},
        scene=said("Credentials", "Les pouvoirs"),
        says=said("Hazel challenges the credentials of Ironwood", "Noisetier conteste les pouvoirs de Bois-de-fer"),
    )
    submitted = sorted(code for code, one in state.seats.items() if one.credentials == "submitted")
    state = yield Act(
        kind="credentials-approved",
        by=chair(state),
        body={"accepted": sorted([*submitted, CHALLENGED])},
        refused="out-of-order",
        says=said("the report names Ironwood too", "le rapport nomme aussi Bois-de-fer"),
    )
    state = yield Act(
        kind="credentials-approved",
        by=chair(state),
        body={"accepted": submitted},
        says=said("the report on the others is approved", "le rapport sur les autres est approuvé"),
    )
    state = yield from open_vote(state, "credentials", CHALLENGED)
    state = yield Act(
        kind="vote-cast",
        by=delegation(before.WITHOUT_CREDENTIALS),
        body={"vote": running(state), "choice": "yes"},
        refused="credentials-missing",
        says=said("Yew, without credentials, votes", "If, sans pouvoirs, vote"),
    )
    state = yield from everybody_votes(state, chance, Wanted(yes=29, no=14, abstain=6), XIR="yes", XHZ="no")
    return (yield from close_vote(state, says=said("are they accepted?", "sont-ils acceptés ?")))


def observer(state: State, chance: Random) -> Script:
    """The Conference decides on the society that met an objection."""
    state = yield from open_vote(
        state,
        "observer",
        before.OBJECTED_TO,
        says=said("may Arboretum Watch take part?", "l’Observatoire de l’arboretum peut-il participer ?"),
    )
    state = yield from everybody_votes(state, chance, Wanted(yes=30, no=17, abstain=3), XHW="no")
    state = yield from close_vote(state)
    return (yield from arrive(state, (before.OBJECTED_TO,)))


def agenda(state: State) -> Script:
    """The agenda is adopted, and the item on organisation is done."""
    state = yield Act(
        kind="agenda-adopted",
        by=chair(state),
        scene=said("The agenda", "L’ordre du jour"),
        says=said("adopted without objection", "adopté sans objection"),
    )
    state = yield Act(kind="item-opened", by=chair(state), body={"item": "1"})
    return (yield Act(kind="item-closed", by=chair(state)))


def opening(state: State, chance: Random) -> Script:
    """All of it, in the order in which it happens."""
    state = yield from quorum(state)
    state = yield from president(state)
    state = yield from bureau(state)
    state = yield from credentials(state, chance)
    state = yield from observer(state, chance)
    return (yield from agenda(state))
