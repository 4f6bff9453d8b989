"""What one State can ask of another, before a form is filled in."""

from datetime import date

import pytest

from rogatory.law.loader import load_law
from rogatory.law.words import Answer
from rogatory.opinion.possibilities import possibilities
from rogatory.status.engine import Status
from rogatory.status.model import UnknownState
from rogatory.status.practice import hanoi_exercise

LAW = load_law()
PRACTICE = Status.load(hanoi_exercise())
DAY = date(2028, 3, 1)


def possible(measure: str, instrument: str = "uncc", **known: str) -> Answer:
    found = {one.measure: one for one in possibilities("VNM", "FRA", DAY, known=known, law=LAW, status=PRACTICE)}
    return next(footing.possible for footing in found[measure].footings if footing.instrument == instrument)


def test_every_measure_that_has_a_form_is_there_once() -> None:
    found = [one.measure for one in possibilities("VNM", "FRA", DAY, known={}, law=LAW, status=PRACTICE)]
    assert found == list(dict.fromkeys(measure for _, measure in LAW.forms))


def test_what_is_not_known_leaves_it_open() -> None:
    assert possible("preservation") is Answer.UNKNOWN
    assert possible("preservation", offence="7") is Answer.UNKNOWN
    assert possible("preservation", offence="7", in_territory="yes") is Answer.YES
    assert possible("preservation", offence="7", in_territory="no") is Answer.NO


def test_the_threshold_decides_for_other_offences() -> None:
    assert possible("stored-data", offence="other", max_penalty_years="4", in_territory="yes") is Answer.YES
    assert possible("stored-data", offence="other", max_penalty_years="3.99", in_territory="yes") is Answer.NO


def test_the_best_footing_stands_first() -> None:
    order = [Answer.YES, Answer.UNKNOWN, Answer.NO]
    for one in possibilities("FRA", "USA", date(2026, 11, 22), known={"offence": "7"}, law=LAW, status=Status.load()):
        ranks = [order.index(footing.possible) for footing in one.footings]
        assert ranks == sorted(ranks)


def test_a_state_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownState):
        possibilities("VNM", "XXX", DAY, known={}, law=LAW, status=PRACTICE)
