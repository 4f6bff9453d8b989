"""What a judgement must be before it is kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rogatory.alignment.assessment import judging
from rogatory.alignment.assessment.model import Evidence, Judgement
from rogatory.alignment.obligations import UnknownObligation, obligation
from rogatory.errors import RogatoryError
from rogatory.law.loader import load_law

LAW = load_law()
QUOTE = Evidence(law="penal", text="00", key="12", label="Section 12", passage=None, quote="Whoever enters a system")
GOOD = Judgement(
    id="j1",
    number="7(1)",
    reader="ana",
    reader_name="Ana",
    at=datetime(2029, 1, 1, tzinfo=UTC),
    answer="implemented",
    elements=(("e1", "present"), ("e2", "present"), ("e3", "present"), ("e4", "present")),
    options=("o1",),
    evidence=(QUOTE,),
)
SOME = (("e1", "present"), ("e2", "missing"))


def test_a_judgement_that_fits_is_kept() -> None:
    judging.check(LAW, GOOD)
    judging.check(LAW, replace(GOOD, evidence=(), remark="The constitution applies the treaty directly."))
    judging.check(LAW, replace(GOOD, answer="partly", elements=SOME, evidence=()))
    judging.check(LAW, replace(GOOD, answer="not-implemented", elements=(), options=(), evidence=()))
    judging.check(LAW, replace(GOOD, number="25(1)", elements=(), options=()))
    judging.check(LAW, replace(GOOD, elements=(), options=(), evidence=(), undoes="j0"))
    judging.check(LAW, replace(GOOD, reused_from="budapest:2"))


WRONG = {
    "unknown-obligation": {"number": "4(1)"},
    "nobody-judged": {"reader": " "},
    "unknown-assessment-answer": {"answer": "implemented by proposal"},
    "no-such-element": {"elements": (("e9", "present"),)},
    "evidence-needed": {"evidence": ()},
    "elements-contradict-answer": {"elements": SOME},
    "remark-needed": {"answer": "partly", "elements": ()},
    "not-parallel": {"reused_from": "budapest:3"},
    "judgement-too-long": {"remark": "x" * (judging.MAX_REMARK + 1)},
}


@pytest.mark.parametrize("code", WRONG)
def test_a_judgement_that_does_not_fit_is_refused_by_name(code: str) -> None:
    with pytest.raises(RogatoryError) as caught:
        judging.check(LAW, replace(GOOD, **WRONG[code]))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"reader_name": ""}, judging.NobodyJudged),
        ({"options": ("o4",)}, judging.NoSuchElement),
        ({"number": "25(1)", "options": ()}, judging.NoSuchElement),
        ({"number": "25(1)", "elements": ()}, judging.NoSuchElement),
        ({"elements": (("e1", "perhaps"),)}, judging.UnknownAnswer),
        ({"elements": (("e1", "present"), ("e1", "unclear"))}, judging.ElementsContradict),
        ({"answer": "not-implemented"}, judging.ElementsContradict),
        ({"answer": "not-applicable", "remark": "No such systems."}, judging.ElementsContradict),
        ({"elements": (("e1", "present"), ("e3", "missing"))}, judging.RemarkNeeded),
        ({"answer": "not-applicable", "elements": (), "options": ()}, judging.RemarkNeeded),
        ({"settles": True, "remark": "  "}, judging.RemarkNeeded),
        ({"undoes": "j0"}, judging.ElementsContradict),
        ({"evidence": (replace(QUOTE, quote="x" * (judging.MAX_QUOTE + 1)),)}, judging.JudgementTooLong),
        ({"evidence": (QUOTE,) * (judging.MAX_EVIDENCE + 1)}, judging.JudgementTooLong),
        ({"number": "0"}, UnknownObligation),
    ],
)
def test_each_rule_refuses_on_its_own(changes: dict[str, object], error: type[RogatoryError]) -> None:
    with pytest.raises(error):
        judging.check(LAW, replace(GOOD, **changes))


def test_a_law_that_reaches_further_than_asked_is_implemented_with_a_remark() -> None:
    """Who drops the intent or the lack of right punishes more, not less; who drops the object punishes less."""
    kinds = {name: element.kind for name, element in obligation(LAW, "7(1)").elements}
    further = replace(GOOD, elements=(("e3", "missing"),), remark="Negligent access is punished too.")
    assert kinds["e3"] == "mental"
    judging.check(LAW, further)
    with pytest.raises(judging.ElementsContradict, match="e2"):
        judging.check(LAW, replace(further, elements=SOME))
