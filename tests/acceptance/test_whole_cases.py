"""Whole cases between two real nodes, by the commands that people type: assistance one way, extradition the other."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.filled_forms import filled
from tests.support.forked_stage import commands_are_forks

from rogatory.exercise import demo, scenes
from rogatory.exercise.node import ExerciseNode
from rogatory.exercise.stage import Stage, build
from rogatory.exercise.transcript import Transcript
from rogatory.law.loader import load_law

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class Desk:
    """The people of one State, who take steps on the case of the stage."""

    def __init__(self, stage: Stage, node: ExerciseNode) -> None:
        self.stage, self.node = stage, node

    def take(self, *words: str, role: str, approved: bool = False) -> str:
        """The message that the command becomes; *approved*: only once a second person has let it go."""
        told = self.node.run(*words, who=self.node.country.holder(role))
        if not approved:
            assert told["result"] == "issued", told
            return str(told["message"])
        assert told.get("state", "submitted") == "submitted", told
        done = self.node.run("draft", "approve", told["id"], who=self.node.country.holder("approver"))
        return str(done["message"])

    def ask(self, measure: str, whom: ExerciseNode) -> None:
        """A request for *measure*, its form filled in, approved, and held by *whom*."""
        file = self.stage.folder / f"{measure}.json"
        file.write_text(json.dumps(filled(load_law().form(measure))), encoding="utf-8")
        words = ("request", "new", "--measure", measure, "--to", f"{whom.state}/contact-point")
        given = ("--contents", str(file), "--submit")
        drafter, approver = (self.node.country.holder(role) for role in ("drafter", "approver"))
        draft = self.node.run(*words, *given, who=drafter)
        issued = self.node.run("draft", "approve", draft["id"], who=approver)
        self.stage.known |= {"case": issued["case"], measure: issued["message"]}
        self.stage.wait_for_message(whom, issued["message"])

    def sees(self) -> dict[str, Any]:
        """The case as this State holds it: what was said, and where each request stands."""
        case = self.stage.case(self.node)
        return {
            "messages": [(one["digest"], one["kind"], one["cite"], one["ineffective"]) for one in case["timeline"]],
            "requests": [(one["measure"], one["state"], one["outcomes"]) for one in case["requests"]],
        }


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("cases")
    evidence = folder / "statement.txt"
    evidence.write_text("The statement of a witness, taken as asked.\n" * 50, encoding="utf-8")
    made = build(folder, Transcript(), evidence)
    with commands_are_forks():
        try:
            demo.set_up(made)
            scenes.exchange_cards(made)
            yield made
        finally:
            made.close()


def verified(stage: Stage, node: ExerciseNode) -> str:
    """What `rogatory verify` says of the bundle that *node* exports."""
    bundle: Path = stage.folder / f"{stage.known['case']}.zip"
    node.run("export", stage.known["case"], "--out", str(bundle), who=node.country.holder("auditor"))
    status, told = node.verify(str(bundle))
    assert status == 0, told
    return told


def test_assistance_is_asked_for_given_as_outcome_and_exhibit_and_closed(stage: Stage) -> None:
    asking, asked = Desk(stage, stage.viet_nam), Desk(stage, stage.france)
    asking.ask("mla", stage.france)
    case = stage.known["case"]
    asked.take("acknowledge", case, role="duty-officer")
    asked.take("decide", case, "--accept", role="duty-officer", approved=True)
    served = ("--text", "The summons was served in person.", "--on", "2028-03-01")
    asked.take("outcome", case, *served, role="duty-officer", approved=True)
    stage.wait_for_state(stage.viet_nam, "mla", "reported")
    sealed = asked.node.run(
        *("exhibit", "seal", case, str(stage.evidence), "--media-type", "text/plain"),
        *("--description", "A statement", "--use", "Only for the case named"),
        who=asked.node.country.holder("custodian"),
    )
    assert sealed["manifest"]["provision"] == "40(17)"
    asked.take("exhibit", "deliver", sealed["id"], role="custodian", approved=True)
    for node in (stage.viet_nam, stage.france):
        stage.wait_for_state(node, "mla", "received")
    asking.take("close", case, role="drafter")
    stage.wait_for_state(stage.france, "mla", "closed")
    assert asking.sees() == asked.sees()
    said = asking.sees()
    assert [kind for _, kind, _, _ in said["messages"]] == [
        *("request", "acknowledgement", "decision", "outcome", "delivery", "custody-receipt", "closure")
    ]
    assert not [why for *_, why in said["messages"] if why]
    assert said["requests"][0][2][0]["text"] == "The summons was served in person."
    assert "mla" in verified(stage, stage.viet_nam)


def test_extradition_is_asked_for_decided_by_two_and_the_surrender_is_reported(stage: Stage) -> None:
    asking, asked = Desk(stage, stage.france), Desk(stage, stage.viet_nam)
    asking.ask("extradition", stage.viet_nam)
    case, officer = stage.known["case"], stage.viet_nam.country.holder("duty-officer")
    asked.take("acknowledge", case, role="duty-officer")
    status, told = asked.node.try_run("decide", case, "--postpone", "--reasons", "a trial", who=officer)
    assert (status != 0, told["error"]["code"]) == (True, "no-request-fits")
    status, told = asked.node.try_run("outcome", case, "--text", "too early", who=officer)
    assert (status != 0, told["error"]["code"]) == (True, "no-request-fits")
    asked.take("decide", case, "--accept", role="duty-officer", approved=True)
    asked.take("outcome", case, "--text", "Surrendered at the airport.", role="duty-officer", approved=True)
    stage.wait_for_state(stage.france, "extradition", "reported")
    asking.take("close", case, role="drafter")
    stage.wait_for_state(stage.viet_nam, "extradition", "closed")
    assert asking.sees() == asked.sees()
    said = asking.sees()["messages"]
    assert [(kind, cite) for _, kind, cite, _ in said] == [
        ("request", "37(1)"),
        ("acknowledgement", "37(9)"),
        ("decision", "37(18)"),
        ("outcome", "37(18)"),
        ("closure", "37(9)"),
    ]
    assert "extradition" in verified(stage, stage.france)
