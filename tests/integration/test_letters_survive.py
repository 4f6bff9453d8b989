"""A letter is taken in once: whatever comes at the same moment, and wherever the power fails."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connections
from tests.integration.test_at_once import at_once
from tests.support import killing
from tests.support.letterwriting import Correspondent
from tests.support.partner import Partner

from rogatory.node import intake
from rogatory.node.context import Node
from rogatory.node.correspondence import drills, letters
from rogatory.node.ledger import checking
from rogatory.node.people import Actor

BODY = {"practice": True, "answer_minutes": 60}


def require_once(node: Node) -> None:
    """One letter, one drill and one entry of the ledger, all of the same."""
    [row] = node.stores.letters.newest(limit=9)
    [drill] = node.stores.drills.newest(9)
    assert drill.id == letters.from_row(row).thread
    assert node.stores.ledger.size() == 1
    checked = checking.check(node)
    assert (checked.messages, checked.findings) == (1, ())


def test_copies_of_a_letter_at_once_have_one_effect_and_one_receipt(shared: Node, partner: Partner) -> None:
    data = Correspondent(shared, partner).seal(Correspondent(shared, partner).letter("drill", BODY).jws)
    found = at_once(lambda: intake.receive(shared, data))
    assert len([one for one in found if one != "envelope-replayed"]) == 1
    require_once(shared)


def test_answers_of_two_officers_at_once_are_one_answer(
    shared: Node, partner: Partner, people: dict[str, Actor]
) -> None:
    drill = Correspondent(shared, partner).write("drill", BODY).thread
    found = at_once(lambda: drills.answer(shared, people["duty-officer"], drill).id)
    assert sorted(found) == [drill, *["drill-ended"] * 5]
    assert len(letters.of_thread(shared, drill)) == 2


@pytest.mark.any_database
def test_a_node_that_is_killed_at_any_step_of_taking_a_letter_in_keeps_it_once(
    shared: Node, partner: Partner, tmp_path: Path
) -> None:
    them = Correspondent(shared, partner)
    data = them.seal(them.letter("drill", BODY).jws)
    connections.close_all()
    killed = 0
    for at in range(1, 60):

        def act(at: int = at) -> None:
            killing.Kills(at).arm()
            with suppress(intake.Replayed):
                intake.receive(shared, data)

        if killing.in_a_child(act, tmp_path / "told") == 0:
            break
        killed += 1
    assert 2 <= killed < 59, (tmp_path / "told").read_text(encoding="utf-8")
    require_once(shared)
