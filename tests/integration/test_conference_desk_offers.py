"""What a chair's desk offers is what the engine takes: over a whole practice session, form by form."""

from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.meeting.possible import possible
from rogatory.conference.meeting.state import State
from rogatory.exercise.conference import script
from rogatory.web.conference import acts, chair, stepnames, steps

EVERY = 29


@pytest.fixture(scope="module")
def states() -> list[State]:
    """States of the practice session, one in so many."""
    found: list[State] = []
    state: State | None = None
    for number, event in enumerate(script.play().events):
        state = engine.begin(event) if state is None else engine.step(state, event)
        if number % EVERY == 0 or event.kind in ("point-raised", "floor-asked", "motion-moved", "ballot-opened"):
            found.append(state)
    return found


class Forms(HTMLParser):
    """The forms of a page, as they would be sent with the first choice of each list and nothing written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.wanted: list[bool] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form":
            self.found.append({})
            self.wanted.append(False)
        elif tag == "select":
            self._select = held.get("name") or ""
        elif tag == "option" and self._select:
            self.found[-1].setdefault(self._select, held.get("value") or "")
        elif tag in ("input", "textarea", "button") and held.get("name"):
            self.found[-1].setdefault(str(held["name"]), held.get("value") or "")
            self.wanted[-1] |= "required" in held and not held.get("value")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def test_every_form_that_is_offered_complete_is_taken(states: list[State]) -> None:
    taken = 0
    for state in states:
        actor = Actor("presiding", state.presiding)
        for one in steps.steps(state, possible(state, actor, state.at)):
            found = form(one)
            if not found:
                continue
            sent = QueryDict(mutable=True)
            sent.update(found)
            body = acts.body(one.kind, sent, state.seats)
            engine.step(state, Event(kind=one.kind, by=actor, at=state.at, body=body))
            taken += 1
    assert taken > 60


def form(one: steps.Step) -> dict[str, str]:
    """The form of a step as it would be sent at once; nothing when a person must fill in something first."""
    read = Forms()
    read.feed(render_to_string("web/conference/parts/step.html", {"step": one, "face": chair.CHAIR, "meeting": "x"}))
    roll_call = '"roll-call"' in read.found[0].get("body", "")
    return {} if read.wanted[0] or roll_call else read.found[0]


def test_a_lot_and_a_drawn_letter_are_never_filled_in_beforehand(states: list[State]) -> None:
    seen: set[str] = set()
    for state in states:
        for one in steps.steps(state, possible(state, Actor("presiding", state.presiding), state.at)):
            seen.add(one.kind)
            for option in one.options:
                assert '"start"' not in option.value
                assert '"drawn"' not in option.value
    assert {"vote-opened", "ballot-opened", "floor-given", "point-ruled", "motion-agreed"} <= seen


def test_every_act_of_a_chair_has_a_place_on_the_desk_and_a_name() -> None:
    kinds = {kind.id for kind in engine.KINDS.values() if "presiding" in kind.by}
    assert kinds == {kind for _, _, group in steps.GROUPS for kind in group}
    assert kinds <= set(stepnames.LABELS)
    assert set(stepnames.GRAVE) <= kinds


def test_something_comes_first_whenever_something_may_be_done_in_a_sitting(states: list[State]) -> None:
    for state in states:
        found = steps.steps(state, possible(state, Actor("presiding", state.presiding), state.at))
        first = steps.primary(found)
        shown = [one for group in steps.groups(found, without=first) for one in group.steps]
        assert sorted(one.id for one in (*first, *shown)) == sorted(one.id for one in found)
        assert len({one.id for one in found}) == len(found), "each form has a name of its own"
        if state.phase == "sitting" and any(
            one.kind in ("floor-given", "vote-closed", "motion-agreed") for one in found
        ):
            assert first


def test_names_and_small_letters_lead_to_the_code_and_two_of_a_name_to_nobody() -> None:
    seat = SimpleNamespace
    words = SimpleNamespace
    seats: Any = {
        "VNM": seat(name=words(en="Viet Nam", fr="Viet Nam")),
        "COG": seat(name=words(en="Congo", fr="Congo")),
        "COD": seat(name=words(en="Democratic Republic of the Congo", fr="Congo")),
    }
    assert acts.code_of("viet nam", seats) == "VNM"
    assert acts.code_of("vnm", seats) == "VNM"
    assert acts.code_of("congo", seats) == "congo"
    assert acts.code_of("Narnia", seats) == "Narnia"
