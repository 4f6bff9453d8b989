"""The rules of the Hanoi Convention, stated a second time for a solver and compared with the program's opinions.

For each of the fourteen measures the solver draws the facts that matter, and the program is asked from both chairs:
each finding with its verdict and whether the answer depends on it, each ground with its effect and whether it is
available, and the answer must be the same. Drawn are

- everything up to two facts away from a request with nothing against it (texts, and what decides
  nothing, one at a time);
- everything one fact away from a request about which nothing is known, and from one with everything against it;
- every combination of the facts of each theme of the rules (`in_theme` in the `.lp` files: the offence and its penalty
  with the reservation of 42(5), the channel, the form, another treaty, rights and safeguards, and so on), the rest
  being in order.

`python -m tests.unit.opinion.second` draws more: three facts away from the best, two from the others (up to some
minutes for a measure). Not drawn: several reservations, notifications other than languages, national profiles, dates and
periods, values that a form refuses.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from tests.unit.opinion.second.solver import (
    BLANK,
    CHAIRS,
    DAY,
    MEASURES,
    REQUESTED,
    REQUESTING,
    Reading,
    SecondOpinion,
    complete,
    differences,
    facts_of,
    opinions,
    world,
)

from rogatory.law.words import Answer

pytestmark = pytest.mark.slow
COMPLETE = complete()
SENTENCES = Path(__file__).parents[4] / "src/rogatory/opinion/data/sentences.toml"
STATUS = world()

#: The values of the facts of one measure, in their order.
Drawn = tuple[str, ...]

#: What is taken to be so until someone says otherwise: nobody is asked to prove it, and a yes may rest on it.
TAKEN_AS_SO = {
    "made": "a request that is there was made somehow; 40(13) asks for a written record",
    "genuine": "40(13) lets the requested State check; it need not before it doubts",
    "channel": "40(12): who received it through another channel says so",
    "diplomatic_only": "40(12) lets a State require it; who does says so",
    "other_treaty": "40(7): paragraphs 8 to 31 apply unless a treaty is known to bind",
    "paragraphs_chosen": "40(7): that treaty applies unless the two States are known to have chosen otherwise",
    "preservation_secures": "42(7): the requested State says so if it believes that it will not",
    "clears_accused": "40(5): a duty of the receiver who means to disclose",
    "confidential": "40(5): a limit is one that the giver states",
    "use_limited": "40(5): a limit is one that the giver states",
}
#: What only the other State can answer: open, it does not count for this chair; known and against it, it counts.
FOR_THE_OTHER_TO_SAY = {
    "requesting": (
        "rights_kept", "suppresses_freedoms", "40(21)(c)", "other_provider", "interception_permitted", "kind_allowed",
        "legal_persons_covered", "detained_consents", "transfer_agreed", "video_allowed", "transfer_favoured",
        "better_served", "police_help_allowed", "joint_agreed", "law_permits_return",
    ),
    "requested": ("could_help", "unasked_allowed"),
}  # fmt: skip
#: Verdicts that no facts can lead to, by the tag of the rule in the solver's files.
NEVER = {
    ("free", "not_met"): "42(4) and 43(2) say that dual criminality is no condition; nothing is asked",
    ("free", "unknown"): "as before",
    ("direct", "not_met"): "47(2): without an agreement the Convention may be the basis",
    ("footing", "not_met"): "37(5): a footing is named, or it is not known",
    ("ground", "not_met"): "39(2): as before",
    ("reason", "not_met"): "22(1): any rule of jurisdiction will do",
    ("proceeds", "not_met"): "51 adds a duty where it is about proceeds, and is silent otherwise",
    ("proceeds", "unknown"): "as before",
}


@dataclass
class Comparison:
    """What one measure showed over everything that was drawn."""

    second: SecondOpinion
    readings: int = 0
    unlike: Counter[str] = field(default_factory=Counter)
    example: dict[str, Drawn] = field(default_factory=dict)
    contradictions: list[tuple[str, ...]] = field(default_factory=list)
    answers: dict[Drawn, Mapping[str, str]] = field(default_factory=dict)
    tags: set[tuple[str, str]] = field(default_factory=set)
    grounds: set[tuple[str, str, str]] = field(default_factory=set)
    sentences: set[tuple[str, str]] = field(default_factory=set)

    def take(self, measure: str, reading: Reading) -> None:
        """Count one reading, and hold it against the program."""
        drawn = tuple(reading.values[key] for key in self.second.values)
        if drawn in self.answers:
            return
        found = opinions(facts_of(measure, reading.values, COMPLETE[measure]), STATUS)
        self.readings += 1
        self.answers[drawn] = reading.answers
        self.contradictions.extend(reading.contradictions)
        self.tags |= reading.tags
        self.grounds |= {(key, effect, free) for key, (_, effect, free) in reading.grounds.items()}
        self.sentences |= {(chair, _name_of(opinion.sentence.en)) for chair, opinion in found.items()}
        for told in differences(reading, found):
            self.unlike[told] += 1
            self.example.setdefault(told, drawn)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences of answers, as patterns of what they become once filled."""
    known = tomllib.loads(SENTENCES.read_text("utf-8"))
    return tuple(
        (name, re.compile(re.sub(r"\\{[a-z_]+\\}", ".*", re.escape(words["en"]))))
        for name, words in known.items()
        if name.startswith("answer-")
    )


def _name_of(sentence: str) -> str:
    return next(name for name, pattern in _patterns() if pattern.fullmatch(sentence))


def drawn_for(second: SecondOpinion, *, near: int, far: int) -> Iterator[Reading]:
    """The readings that the module's docstring names."""
    yield from second.near("best", near)
    yield from second.near("open", far)
    yield from second.near("worst", far)
    for theme in second.themes:
        yield from second.theme(theme)


def compare(measure: str, *, near: int = 2, far: int = 1) -> Comparison:
    """Everything drawn for *measure*, held against the program."""
    found = Comparison(second=SecondOpinion(measure))
    for reading in drawn_for(found.second, near=near, far=far):
        found.take(measure, reading)
    return found


@cache
def compared(measure: str) -> Comparison:
    return compare(measure)


def test_the_invented_world_has_a_state_of_each_standing_on_either_side() -> None:
    for state, bound in [(one, bound) for side in (REQUESTING, REQUESTED) for bound, one in side.items()]:
        assert STATUS.standing(state, "uncc", DAY).bound.value == bound


@pytest.mark.parametrize("measure", MEASURES)
def test_program_and_solver_agree_on_every_finding_ground_and_answer(measure: str) -> None:
    found = compared(measure)
    assert found.readings > 250
    assert not found.unlike, [
        (told, count, dict(zip(found.second.values, found.example[told], strict=True)))
        for told, count in found.unlike.most_common(5)
    ]


@pytest.mark.parametrize("measure", MEASURES)
def test_no_facts_make_the_rules_contradict_themselves(measure: str) -> None:
    assert compared(measure).contradictions == []


@pytest.mark.parametrize("measure", MEASURES)
def test_no_yes_rests_on_an_unknown_fact_that_could_turn_it_unless_it_is_taken_as_so(measure: str) -> None:
    known = {(chair, key) for chair in CHAIRS for key in (*TAKEN_AS_SO, *FOR_THE_OTHER_TO_SAY[chair])}
    assert passing_for_yes(measure) <= known


def test_whatever_is_taken_as_so_is_taken_as_so_somewhere() -> None:
    found = {one for measure in MEASURES for one in passing_for_yes(measure)}
    assert {key for _, key in found} >= set(TAKEN_AS_SO)
    for chair, named in FOR_THE_OTHER_TO_SAY.items():
        assert {key for one, key in found if one == chair} - set(TAKEN_AS_SO) == set(named)


@cache
def passing_for_yes(measure: str) -> frozenset[tuple[str, str]]:
    """The chairs and facts that, left open, give a yes which one of their values would not give."""
    found = compared(measure)
    passing: set[tuple[str, str]] = set()
    for drawn, answers in found.answers.items():
        content = {chair for chair in CHAIRS if answers[chair] == "yes"}
        for place, key in enumerate(found.second.values):
            if not content or drawn[place] not in BLANK:
                continue
            for other in _others(found, drawn, place):
                passing |= {(chair, key) for chair in content if found.answers[other][chair] != "yes"}
    return frozenset(passing)


def _others(found: Comparison, drawn: Drawn, place: int) -> Iterator[Drawn]:
    """The same facts but for a known value of the one at *place*, as far as they were drawn."""
    for value in tuple(found.second.values.values())[place]:
        other = (*drawn[:place], value, *drawn[place + 1 :])
        if value not in BLANK and other in found.answers:
            yield other


@pytest.mark.parametrize("measure", MEASURES)
def test_every_verdict_of_every_rule_is_reached(measure: str) -> None:
    found = compared(measure)
    wanted = {(tag, verdict) for tag, _ in found.tags for verdict in ("met", "not_met", "unknown")}
    special = {"basis", "offence", "contents", "language", "other"}
    missing = {one for one in wanted - found.tags if one not in NEVER and one[0] not in special}
    assert not missing


@pytest.mark.parametrize("measure", MEASURES)
def test_every_ground_is_at_times_available_at_times_open_and_at_times_not(measure: str) -> None:
    found = compared(measure)
    for key, effect in {(key, effect) for key, effect, _ in found.grounds}:
        states = {free for other, _, free in found.grounds if other == key}
        assert states == ({"no"} if effect == "barred" else {"yes", "no", "unknown"}), key


@pytest.mark.parametrize("measure", MEASURES)
def test_every_answer_is_reached_from_both_chairs_and_for_every_effect_of_a_ground(measure: str) -> None:
    found = compared(measure)
    for chair in CHAIRS:
        assert {answers[chair] for answers in found.answers.values()} == {answer.value for answer in Answer}
    effects = {effect for _, effect, _ in found.grounds}
    said = {name for _, name in found.sentences}
    for effect, name in (("no-duty", "no-duty"), ("may-refuse", "may-decline"), ("may-postpone", "postpone")):
        assert (f"answer-requested-{name}" in said) is (effect in effects)


def test_every_sentence_of_an_answer_is_said_to_someone() -> None:
    assert {name for measure in MEASURES for _, name in compared(measure).sentences} == dict(_patterns()).keys()
