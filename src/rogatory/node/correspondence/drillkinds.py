"""The two kinds of letters of a drill, and what follows when one of them arrives.

A drill of a partner waits for our duty officer. An answer ends the drill of ours whose thread it stands in.
"""

from dataclasses import replace

from rogatory.correspondence import bodies, drills
from rogatory.correspondence.drills import Way
from rogatory.correspondence.letters import Letter
from rogatory.correspondence.threads import LetterDoesNotFit
from rogatory.errors import NotPermitted
from rogatory.kernel import times
from rogatory.node.context import Node
from rogatory.node.correspondence.letters import Kind
from rogatory.ports.correspondence import DrillRow

#: Who plans drills: not the duty officer, who is to be found at work.
PLANNERS = ("assessor", "approver", "administrator")
#: So many drills of one State may wait here at once.
MOST_WAITING = 10


class TooManyDrills(NotPermitted):
    """So many drills of this State wait here already that no more are taken."""

    code = "too-many-drills"
    remedy = "Wait until some are answered; a partner is tried now and then, not without end."


def _take_drill(node: Node, letter: Letter) -> None:
    """A drill of a partner now waits for our duty officer."""
    if letter.number != 1:
        raise LetterDoesNotFit("a drill opens a thread of its own")
    asking = [row for row in node.stores.drills.waiting() if row.asking[:3] == letter.sender[:3]]
    if len(asking) >= MOST_WAITING:
        raise TooManyDrills
    now = node.clock.now()
    node.stores.drills.add(
        DrillRow(
            id=letter.thread,
            way=Way.IN,
            state="sent",
            asking=letter.sender,
            asked=letter.receiver,
            planned_by="",
            planner=letter.person.name,
            planner_role=letter.person.role,
            planned_at=now,
            until=letter.at,
            due_at=letter.at,
            answer_minutes=letter.body["answer_minutes"],
            note=letter.body.get("note") or "",
            sent_at=letter.at,
            received_at=now,
        )
    )


def _take_answer(node: Node, letter: Letter) -> None:
    """A partner has answered a drill of ours."""
    row = node.stores.drills.get(letter.thread)
    if row is None or row.way != Way.OUT or row.state != "sent" or row.asked[:3] != letter.sender[:3]:
        raise LetterDoesNotFit("the letter answers no drill of ours that waits for an answer")
    opened_text = letter.body.get("opened")
    opened = times.parse_stamp(opened_text) if opened_text else None
    if opened is not None and opened > letter.at:
        raise bodies.BadLetterBody("the drill was answered before it was opened")
    node.stores.drills.put(
        replace(
            row,
            state="answered",
            opened_at=opened,
            answered_at=letter.at,
            arrived_at=node.clock.now(),
            answered_by=letter.person.name,
            answered_role=letter.person.role,
            answer_note=letter.body.get("note") or "",
        )
    )


DRILL = Kind(name=drills.DRILL, check=bodies.check_drill, roles=PLANNERS, follow=_take_drill)
ANSWER = Kind(name=drills.ANSWER, check=bodies.check_drill_answer, roles=("duty-officer",), follow=_take_answer)
KINDS = (DRILL, ANSWER)
