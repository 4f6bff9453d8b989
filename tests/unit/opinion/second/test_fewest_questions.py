"""What an opinion calls missing settles the answer, and nothing in it is asked for nothing.

For every request one fact away from one with nothing against it, and for one about which nothing is known: once all
that is missing has been given, in any way, the answer is settled, or only questions that those answers raised are
open; and each missing fact, left out or answered one way or the other, makes a difference to the answer or to what it
says. Where something known stands in the way that the requesting State can mend, the answer waits for that instead.
"""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from tests.unit.opinion.second.solver import BLANK, CHAIRS, LAW, MEASURES, REQUESTING, SecondOpinion, facts_of
from tests.unit.opinion.second.test_second_opinion import COMPLETE, STATUS

from rogatory.law.words import Answer
from rogatory.opinion.engine import assess
from rogatory.opinion.findings import Missing, Opinion, Verdict

pytestmark = pytest.mark.slow
Values = Mapping[str, str]
#: Values that the form does not take.
REFUSED = {("intends_mla", "no")}


class Asked:
    """One measure as it is asked about: what can be answered, and which answer has nothing against it."""

    def __init__(self, measure: str) -> None:
        second = SecondOpinion(measure)
        self.measure = measure
        self.best = next(second.near("best", 0)).values
        self.starts = [reading.values for reading in (*second.near("best", 1), *second.near("open", 0))]
        self.known = {
            key: [value for value in values if value not in BLANK and (key, value) not in REFUSED]
            for key, values in second.values.items()
        }

    def opinion(self, values: Values, chair: str) -> Opinion:
        facts = facts_of(self.measure, values, COMPLETE[self.measure])
        return assess(facts, law=LAW, status=STATUS, chair=chair)

    def open(self) -> Iterator[tuple[Values, str, tuple[str, ...]]]:
        """The starts that leave the answer open for want of facts, for each chair, and the facts they lack."""
        for values in self.starts:
            for chair in CHAIRS:
                opinion = self.opinion(values, chair)
                if opinion.answer is Answer.UNKNOWN and not _to_be_mended(opinion):
                    yield values, chair, tuple(_key(gap) for gap in opinion.missing)

    def settled(self, values: Values, chair: str) -> Values:
        """*values* with every question that is still open given its best answer."""
        asked: set[str] = set()
        while (opinion := self.opinion(values, chair)).answer is Answer.UNKNOWN and opinion.missing:
            keys = [_key(gap) for gap in opinion.missing]
            assert not asked & set(keys), "asked twice"
            asked.update(keys)
            values = {**values, **{key: self.best[key] for key in keys}}
        return values


@cache
def asked_about(measure: str) -> Asked:
    return Asked(measure)


def _key(gap: Missing) -> str:
    if gap.kind == "deposit":
        return "bound_one" if gap.key.removeprefix("bound:") in REQUESTING.values() else "bound_other"
    return "penalty" if gap.key == "max_penalty_years" else gap.key


def _to_be_mended(opinion: Opinion) -> bool:
    """Whether something is known to be wrong, other than that the form says too little."""
    against = (one for one in opinion.findings if one.decisive and one.verdict is Verdict.NOT_MET)
    return any(one.topic != "contents" for one in against)


@pytest.mark.parametrize("measure", MEASURES)
def test_whatever_is_answered_to_all_that_is_missing_only_new_questions_can_be_open(measure: str) -> None:
    asked = asked_about(measure)
    for values, chair, missing in asked.open():
        assert missing, (chair, values)
        best = {**values, **{key: asked.best[key] for key in missing}}
        for key in missing:
            for value in asked.known[key]:
                left = {_key(gap) for gap in asked.opinion({**best, key: value}, chair).missing}
                assert not left & set(missing), (chair, key, value, left)
        assert asked.opinion(asked.settled(values, chair), chair).answer is not Answer.UNKNOWN


@pytest.mark.parametrize("measure", MEASURES)
def test_each_missing_fact_can_make_a_difference_to_the_answer(measure: str) -> None:
    asked = asked_about(measure)
    for values, chair, missing in asked.open():
        for key in missing:
            assert any(_differs(asked, given, chair, key) for given in _ways(asked, values, chair, missing)), (
                chair,
                key,
            )


def _ways(asked: Asked, values: Values, chair: str, missing: tuple[str, ...]) -> Iterator[Values]:
    """The best answers to all that is missing, and those with one other answer among them."""
    yield asked.settled(values, chair)
    for key in missing:
        for value in asked.known[key]:
            yield asked.settled({**values, key: value}, chair)


def _differs(asked: Asked, given: Values, chair: str, key: str) -> bool:
    """Whether what the answer says depends on *key*, left out or answered."""
    blank = "unsaid" if key in LAW.form(asked.measure).fields_by_key or key == "penalty" else "unknown"
    said = {asked.opinion({**given, key: value}, chair).sentence for value in (blank, *asked.known[key])}
    return len(said) > 1


@pytest.mark.parametrize("measure", MEASURES)
def test_an_answer_that_stays_open_with_nothing_missing_names_what_can_be_mended(measure: str) -> None:
    asked = asked_about(measure)
    for values in asked.starts:
        opinion = asked.opinion(values, "requested")
        if opinion.answer is Answer.UNKNOWN and not opinion.missing:
            mendable = [one for one in opinion.findings if one.decisive and one.verdict is Verdict.NOT_MET]
            assert mendable
            assert all(one.provision in opinion.sentence.en for one in mendable)
