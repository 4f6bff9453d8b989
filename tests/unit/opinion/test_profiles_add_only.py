"""Whatever a profile says: it adds to an opinion, and takes away nothing that the treaty's own rules find.

Two things alone may turn out better for the one who asks: a language that the profile accepts, and dual criminality
on which the State does not insist.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from tests.support.filled_forms import filled

from rogatory.law.loader import load_law
from rogatory.law.provisions import EFFECTS
from rogatory.law.words import Answer
from rogatory.opinion.case import CHAIRS, Plan, plan
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import Facts
from rogatory.opinion.findings import Opinion
from rogatory.opinion.profile_entries import channel_options, entries, language_options
from rogatory.opinion.profile_files import BadProfile, LowersDuty, read_profile
from rogatory.opinion.profiles import Profile
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise

LAW = load_law()
PRACTICE = Status.load(hanoi_exercise())
DAY = date(2028, 3, 1)
#: Two States that each instrument binds on that day.
PAIRS = {"uncc": ("VNM", "EGY"), "budapest": ("FRA", "CAN"), "untoc": ("VNM", "FRA"), "uncac": ("FRA", "USA")}
RANK = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}
KINDS = ("penalty", "dual_criminality", "form", "who_decides", "condition", "ground")
LEFT = {"dual_criminality": "dual-criminality", "who_decides": "who-decides"}
WORDS = '{ en = "Is it so?", fr = "Est-ce ainsi ?" }'
answers = st.sampled_from(["yes", "no", "unknown"])


@st.composite
def entry(draw: st.DrawFn, instrument: str, measure: str, kind: str, place: int) -> str:
    """The text of one entry: most often on a provision that leaves its kind to law for *measure*."""
    every = [one for one in LAW.provisions(instrument) if one.measures]
    able = [one for one in every if LEFT.get(kind, kind) in one.leaves_to_law]
    near = [one for one in able if measure in one.measures]
    provision = draw(st.sampled_from(draw(st.sampled_from([one for one in (every, able, near, near) if one]))))
    lines = [f"[[{kind}]]", f'provision = "{provision.number}"']
    if draw(st.integers(0, 3)) == 3:
        chosen = draw(st.lists(st.sampled_from(provision.measures), min_size=1, unique=True))
        lines.append(f"measures = {json.dumps(chosen)}")
    lines += {
        "penalty": [f"years = {draw(st.integers(0, 30))}"],
        "dual_criminality": [f'policy = "{draw(st.sampled_from(["required", "not-required"]))}"'],
        "form": [f"what = {WORDS}"],
        "who_decides": [f"what = {WORDS}"],
        "condition": [f'key = "c{place}"', f"question = {WORDS}"],
        "ground": [f'key = "g{place}"', f'effect = "{draw(st.sampled_from(EFFECTS))}"', f"question = {WORDS}"],
    }[kind]
    return "\n".join(lines)


@st.composite
def accepted(draw: st.DrawFn, instrument: str, head: str) -> str:
    """The text of the languages or of the channels; nothing where the instrument leaves none to law."""
    kind, known = {
        "languages": ("language", language_options(LAW, instrument)),
        "channels": ("channel", channel_options(LAW, instrument)),
    }[head]
    able = [one.number for one in LAW.provisions(instrument) if kind in one.leaves_to_law]
    if not able or not known or draw(st.booleans()):
        return ""
    values = draw(st.lists(st.sampled_from(sorted(known)), min_size=1, unique=True))
    return f'[{head}]\nprovision = "{draw(st.sampled_from(able))}"\naccepted = {json.dumps(values)}'


@st.composite
def profiles(draw: st.DrawFn, instrument: str, measure: str) -> Profile:
    """A profile made of those entries that alone would load."""
    state = PAIRS[instrument][1]
    head = f'state = "{state}"\ninstrument = "{instrument}"\nnotified = 2028-01-20\nsource = "A note"\n'
    parts = [draw(accepted(instrument, "languages")), draw(accepted(instrument, "channels"))]
    for place, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=6))):
        parts.append(draw(entry(instrument, measure, kind, place)))
    kept = [part for part in parts if part and _loads(head + part)]
    return read_profile("\n".join([head, *kept]), name="p.toml", law=LAW, states=PRACTICE.states)


def _loads(text: str) -> bool:
    try:
        read_profile(text, name="p.toml", law=LAW, states=PRACTICE.states)
    except (LowersDuty, BadProfile) as error:
        event(error.code)
        return False
    return True


@st.composite
def asked(draw: st.DrawFn) -> tuple[Facts, Profile, str]:
    """Facts without a profile, a profile of the requested State, and a chair."""
    instrument = draw(st.sampled_from(sorted(PAIRS)))
    measure = draw(st.sampled_from(sorted(found for name, found in LAW.forms if name == instrument)))
    chair, profile = draw(st.sampled_from(CHAIRS)), draw(profiles(instrument, measure))
    form = LAW.form(measure, instrument=instrument)
    contents: dict[str, Any] = filled(form)
    for key in draw(st.sets(st.sampled_from(sorted(contents)), max_size=2)):
        del contents[key]
    for key, options in {
        "language": sorted(language_options(LAW, instrument)),
        "max_penalty_years": ["1", "9"],
    }.items():
        if key in form.fields_by_key:
            contents[key] = draw(st.sampled_from(options))
    bearing = plan(LAW, instrument, measure, chair)
    given = in_order(bearing)
    for key in draw(st.sets(st.sampled_from(sorted(given)), max_size=2)) if given else ():
        given[key] = draw(answers) if bearing.questions[key].type == "yesno" else "unknown"
    for number in (one.number for one in LAW.provisions(instrument) if "dual-criminality" in one.leaves_to_law):
        if number in given:
            given[number] = draw(answers)
    of_profile = (*profile.conditions, *profile.grounds)
    given |= {f"profile:{one.key}": draw(answers) for one in of_profile if draw(st.booleans())}
    facts = Facts(
        measure=measure,
        instrument=instrument,
        requesting=PAIRS[instrument][0],
        requested=PAIRS[instrument][1],
        on=DAY,
        contents=contents,
        answers=given,
    )
    return facts, profile, chair


def in_order(bearing: Plan) -> dict[str, str]:
    """Answers with which nothing stands in the way, so that a profile can make a difference."""
    opposite = {Answer.YES: "no", Answer.NO: "yes"}
    found = {ground.key: opposite[ground.available_when] for _, ground in bearing.grounds if ground.effect != "barred"}
    for _, one in bearing.requirements:
        if one.key not in bearing.form.fields_by_key:
            found[one.key] = str(bearing.asks[one.key].maximum) if one.at_least else one.met_when[0]
    return found


def findings(opinion: Opinion) -> Counter[tuple[str, str, str]]:
    """What the treaty's own rules found, the language of the request apart."""
    own = (one for one in opinion.findings if one.topic not in ("profile", "language"))
    return Counter((one.provision, one.topic, one.verdict.value) for one in own)


def of_language(opinion: Opinion) -> list[tuple[str, str]]:
    return [(one.provision, one.verdict.value) for one in opinion.findings if one.topic == "language"]


def waived(profile: Profile, measure: str) -> set[str]:
    """The provisions on whose dual criminality the profile does not insist for *measure*."""
    return {one.provision for one in profile.dual_criminality if measure in one.measures and not one.required}


@given(asked())
def test_all_that_the_treaty_finds_is_found_with_a_profile_too(case: tuple[Facts, Profile, str]) -> None:
    facts, profile, chair = case
    bare = assess(facts, law=LAW, status=PRACTICE, chair=chair)
    full = assess(replace(facts, profiles=(profile,)), law=LAW, status=PRACTICE, chair=chair)
    assert findings(full) == findings(bare)
    assert full.duties == bare.duties
    assert full.deadlines == bare.deadlines
    assert {one.key for one in bare.questions} <= {one.key for one in full.questions}
    may_wane = waived(profile, facts.measure)
    with_it = {ground.key: ground for ground in full.grounds}
    for ground in bare.grounds:
        same = with_it[ground.key]
        assert (same.provision, same.effect, same.question) == (ground.provision, ground.effect, ground.question)
        assert same.available is ground.available or (ground.key in may_wane and same.available is Answer.NO)
    added = [one for one in full.grounds if one.key not in {ground.key for ground in bare.grounds}]
    assert all(one.key.startswith("profile:") and one.effect != "no-duty" for one in added)


@given(asked())
def test_a_profile_makes_an_answer_no_better_but_by_languages_and_dual_criminality(
    case: tuple[Facts, Profile, str],
) -> None:
    facts, profile, chair = case
    bare = assess(facts, law=LAW, status=PRACTICE, chair=chair)
    full = assess(replace(facts, profiles=(profile,)), law=LAW, status=PRACTICE, chair=chair)
    event(f"{chair}: {bare.answer} to {full.answer}")
    if RANK[full.answer] > RANK[bare.answer]:
        eased = {ground.key for ground in full.grounds if ground.available is Answer.NO}
        dual = waived(profile, facts.measure) & eased
        assert dual or of_language(full) != of_language(bare)


@given(asked())
def test_what_a_profile_says_is_answered_by_its_source_and_by_provisions_that_leave_it_to_law(
    case: tuple[Facts, Profile, str],
) -> None:
    facts, profile, chair = case
    full = assess(replace(facts, profiles=(profile,)), law=LAW, status=PRACTICE, chair=chair)
    for finding in (one for one in full.findings if one.topic == "profile"):
        assert LAW.provision(facts.instrument, finding.provision).leaves_to_law
        assert any("A note" in words.en for words in finding.because)
    for one in entries(profile, LAW):
        assert one.kind in LAW.provision(profile.instrument, one.provision).leaves_to_law


@given(asked(), st.integers(1, 400))
def test_a_profile_of_another_day_or_state_changes_nothing(case: tuple[Facts, Profile, str], days: int) -> None:
    facts, profile, chair = case
    later = DAY + timedelta(days=days)
    strangers = (
        replace(profile, notified=later, effective=later),
        replace(profile, until=DAY - timedelta(days=days - 1)),
        replace(profile, state=facts.requesting),
    )
    bare = assess(facts, law=LAW, status=PRACTICE, chair=chair)
    assert assess(replace(facts, profiles=strangers), law=LAW, status=PRACTICE, chair=chair) == bare
