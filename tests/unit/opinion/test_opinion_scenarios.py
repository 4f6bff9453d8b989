"""The scenarios, which a jurist can read: each states the facts, the chair, and what the opinion must say.

`rest = "in order"` says that every other question is answered so that nothing stands in the way; an answer `unknown`
leaves one of them open all the same.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rogatory.law.loader import load_law
from rogatory.law.model import Requirement
from rogatory.law.words import Answer
from rogatory.opinion.case import Plan, plan
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import FIND, Declared, Facts
from rogatory.opinion.findings import Opinion
from rogatory.opinion.profile_files import read_profile
from rogatory.opinion.profiles import Profile
from rogatory.status.engine import Status
from rogatory.status.model import Deposit
from rogatory.status.practice import hanoi_exercise

HOME = "uncc"
FOLDER = Path(__file__).parent / "scenarios"
#: A complete request for each measure under each instrument: `complete.toml`, and `complete-budapest.toml` …
COMPLETE = {
    file.stem.removeprefix("complete").removeprefix("-") or HOME: tomllib.loads(file.read_text("utf-8"))
    for file in FOLDER.glob("complete*.toml")
}
PRACTICE_DAY = date(2028, 3, 1)
KEYS = {
    "title", "world", "measure", "requesting", "requested", "on", "chair", "contents", "without", "answers", "events",
    "declarations", "answer", "findings", "grounds", "missing", "alternatives", "exercise", "because", "remedy",
    "sentence", "duties", "absent_duties", "ground_keys", "under", "deadlines", "because_deadline", "rest", "instrument",
    "deposits", "profiles",
}  # fmt: skip


def scenarios() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for file in sorted(FOLDER.glob("*.toml")):
        if not file.name.startswith("complete"):
            found.extend(tomllib.loads(file.read_text("utf-8"))["scenario"])
    return found


@pytest.fixture(scope="module")
def worlds() -> dict[str, Status]:
    return {"real": Status.load(), "practice": Status.load(hanoi_exercise())}


def nothing_against(scenario: dict[str, Any]) -> dict[str, str]:
    """What an officer answers when nothing stands in the way: to the grounds, and to what is asked besides the form."""
    measure, instrument = scenario["measure"], scenario.get("instrument", HOME)
    found: dict[str, str] = {}
    for name in reversed([one for one, carried in load_law().forms if carried == measure]):
        if instrument in (name, FIND):
            found |= _all_in_order(plan(load_law(), name, measure, scenario["chair"]))
    return found


def _all_in_order(bearing: Plan) -> dict[str, str]:
    opposite = {Answer.YES: "no", Answer.NO: "yes"}
    found = {ground.key: opposite[ground.available_when] for _, ground in bearing.grounds if ground.effect != "barred"}
    for _, requirement in bearing.requirements:
        if requirement.key not in bearing.form.fields_by_key:
            found[requirement.key] = _enough(bearing, requirement)
    return found


def _enough(bearing: Plan, requirement: Requirement) -> str:
    """An answer that meets *requirement*: the first that does, or a number beyond any threshold."""
    return str(bearing.asks[requirement.key].maximum) if requirement.at_least else requirement.met_when[0]


def opinion_on(scenario: dict[str, Any], worlds: dict[str, Status]) -> Opinion:
    instrument = scenario.get("instrument", HOME)
    stated = COMPLETE[HOME if instrument == FIND else instrument][scenario["measure"]]
    contents = {**stated, **scenario.get("contents", {})}
    for key in scenario.get("without", []):
        del contents[key]
    world = scenario.get("world", "practice")
    facts = Facts(
        measure=scenario["measure"],
        requesting=scenario.get("requesting", "VNM"),
        requested=scenario.get("requested", "FRA"),
        on=scenario.get("on", PRACTICE_DAY),
        instrument=instrument,
        exercise=world == "practice",
        contents=contents,
        answers={**_rest(scenario), **scenario.get("answers", {})},
        events=scenario.get("events", {}),
        declarations=tuple(Declared(**item) for item in scenario.get("declarations", [])),
        profiles=tuple(notified(text, worlds[world]) for text in scenario.get("profiles", [])),
    )
    status = with_deposits(scenario["deposits"]) if "deposits" in scenario else worlds[world]
    return assess(facts, law=load_law(), status=status, chair=scenario["chair"])


def notified(text: str, status: Status) -> Profile:
    """The profile that a scenario states; France notified it under the Convention unless the text says otherwise."""
    head = "" if "state =" in text else 'state = "FRA"\ninstrument = "uncc"\n'
    day = "" if "notified =" in text else "notified = 2028-01-20\n"
    source = 'source = "Note to the depositary"\n'
    return read_profile(head + day + source + text, name="profile.toml", law=load_law(), states=status.states)


def with_deposits(deposits: list[dict[str, Any]]) -> Status:
    """The practice world with some more deposits."""
    more = [
        Deposit(
            state=item["state"],
            instrument="uncc",
            action=item["action"],
            earliest=item["on"],
            latest=item["on"],
            provision=item.get("provision", ""),
            value=item.get("value", ""),
            practice=True,
        )
        for item in deposits
    ]
    return Status.load((*hanoi_exercise(), *more))


def _rest(scenario: dict[str, Any]) -> dict[str, str]:
    assert scenario.get("rest", "in order") == "in order"
    return nothing_against(scenario) if "rest" in scenario else {}


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario["title"])
def test_the_opinion_says_what_the_scenario_says(scenario: dict[str, Any], worlds: dict[str, Status]) -> None:
    assert set(scenario) <= KEYS
    opinion = opinion_on(scenario, worlds)
    if "answer" in scenario:
        assert opinion.answer.value == scenario["answer"], opinion.sentence.en
    check_findings(scenario, opinion)
    available = {ground.provision: ground.available.value for ground in reversed(opinion.grounds)}
    available |= {ground.key: ground.available.value for ground in opinion.grounds}
    for number, wanted in scenario.get("grounds", {}).items():
        assert available.get(number, "absent") == wanted, number
    by_key = {ground.key: ground.available.value for ground in opinion.grounds}
    assert {key: by_key.get(key, "absent") for key in scenario.get("ground_keys", {})} == scenario.get(
        "ground_keys", {}
    )
    if "missing" in scenario:
        assert sorted(gap.key for gap in opinion.missing) == sorted(scenario["missing"])
    if "alternatives" in scenario:
        assert [other.instrument for other in opinion.alternatives] == scenario["alternatives"]
    assert opinion.exercise is scenario.get("exercise", scenario.get("world", "practice") == "practice")
    assert scenario.get("sentence", "") in opinion.sentence.en
    duties = {duty.provision for duty in opinion.duties}
    assert set(scenario.get("duties", [])) <= duties
    assert not set(scenario.get("absent_duties", [])) & duties
    assert opinion.instrument == scenario.get("under", opinion.instrument)
    check_deadlines(scenario, opinion)


def check_findings(scenario: dict[str, Any], opinion: Opinion) -> None:
    verdicts = [(finding.provision, finding.verdict.value) for finding in opinion.findings]
    for pair in scenario.get("findings", {}).items():
        if pair[1] == "absent":
            assert pair[0] not in dict(verdicts)
        else:
            assert pair in verdicts, verdicts
    for number, text in scenario.get("because", {}).items():
        said = [words.en for item in opinion.findings if item.provision == number for words in item.because]
        assert any(text in sentence for sentence in said), said
    for number, text in scenario.get("remedy", {}).items():
        assert any(text in item.remedy.en for item in opinion.findings if item.provision == number)


def check_deadlines(scenario: dict[str, Any], opinion: Opinion) -> None:
    due = {(item.provision, item.due) for item in opinion.deadlines if item.due is not None}
    assert set(scenario.get("deadlines", {}).items()) <= due
    if "because_deadline" in scenario:
        assert any(scenario["because_deadline"] in item.sentence.en for item in opinion.deadlines)


def test_there_are_enough_scenarios_and_no_title_stands_twice() -> None:
    titles = [scenario["title"] for scenario in scenarios()]
    assert len(titles) >= 25
    assert len(set(titles)) == len(titles)
