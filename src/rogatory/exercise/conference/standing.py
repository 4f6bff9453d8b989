"""A second meeting, left standing in mid-session for whoever ran the first one to watch, and now wants to act.

It is the same script, played to the moment before the proposal on the working group is put to the vote: the meeting is
quorate, the item is open, the proposal was circulated in time, and the effort at consensus stands in the record.
"""

from collections.abc import Mapping
from datetime import date

from rogatory.exercise.conference import before, cast, stage
from rogatory.exercise.conference.acts import Act
from rogatory.exercise.conference.stage import SHOWN, Stage
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.conference.passes import Issued
from rogatory.node.context import Node

MEETING = "PRACTICE-2"
PROPOSAL = "L.2"
#: The two delegations whose telephones the newcomer holds.
HELD = (SHOWN, "XBA")
CHAIR, SCREEN = "president", "screen"


def reached(act: Act) -> bool:
    """Whether *act* is the one that is left to the newcomer: the proposal is put to the vote."""
    return act.kind == "vote-opened" and act.body.get("target") == PROPOSAL and not act.refused


def leave(node: Node, secretary: people.Actor, *, opens: date) -> tuple[Stage, Mapping[str, Issued]]:
    """The meeting brought to that moment, and the passes of chair, screen and two delegations.

    Raises what `stage.make` does, and `ExerciseFailed` when an act comes out otherwise than the script says.
    """
    left = stage.make(node, secretary, opens=opens, meeting=MEETING)
    for _ in left.play(until=reached):
        pass
    left.clock.days_before = 0
    return left, left.badges(CHAIR, SCREEN, *HELD)


def what_to_press(links: Mapping[str, str]) -> tuple[tuple[Words, str], ...]:
    """What to do, step by step, each with the address that it happens at; *links* by the names of the passes."""
    names = {code: Words(english, french) for code, english, french in cast.STATES}
    chair, (first, second) = names[before.PRESIDENT], (names[code] for code in HELD)
    steps = (
        ("the room's screen: leave it open", "l’écran de la salle : laissez-le ouvert"),
        (f"the desk of the chair, {chair.en}: under {PROPOSAL} choose “Recorded vote”, press “Open the vote”",
         f"le bureau de la présidence ({chair.fr}) : sous {PROPOSAL}, « Vote enregistré », puis « Ouvrir le vote »"),
        (f"the telephone of {first.en}: vote", f"le téléphone d’une délégation ({first.fr}) : votez"),
        (f"the telephone of {second.en}, in a private window: vote",
         f"celui d’une autre ({second.fr}), dans une fenêtre privée : votez"),
        ("the chair again: “Close the vote…” and confirm; the screen shows what came out",
         "de nouveau la présidence : « Clore le vote… », confirmez ; l’écran montre le résultat"),
    )  # fmt: skip
    where = (*(links[name] for name in (SCREEN, CHAIR, *HELD)), "")
    return tuple(
        (Words(f"{number}. {english}", f"{number}. {french}"), link)
        for number, ((english, french), link) in enumerate(zip(steps, where, strict=True), 1)
    )
