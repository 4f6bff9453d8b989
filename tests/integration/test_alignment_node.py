"""National laws, proposals and judgements on a node, on the real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.support.world import Stopwatch

from rogatory.alignment.assessment.judging import EvidenceNeeded
from rogatory.alignment.assessment.reuse import Earlier
from rogatory.alignment.national.model import NationalProvision, NationalText, Passage
from rogatory.node.alignment import assessments, earlier, proposals, reports, texts
from rogatory.node.alignment.assessments import Answer, JudgedMeanwhile, NothingToUndo
from rogatory.node.context import Node
from rogatory.node.people import Actor, RoleMissing
from rogatory.ports.alignment import AssessmentRow
from rogatory.ports.stores import AlreadyHeld, ChangedMeanwhile

People = dict[str, Actor]


def provision(key: str, heading: str, *said: str) -> NationalProvision:
    passages = tuple(Passage(number=str(place), text=one) for place, one in enumerate(said, 1))
    return NationalProvision(key=key, number=key, label=f"{key}. {heading}", heading=heading, passages=passages)


def law(**changed: object) -> NationalText:
    provisions = (
        provision("1", "Short title", "This Act may be cited as the Computer Crimes Act of Freedonia."),
        provision(
            "2",
            "Unauthorised access",
            "Whoever intentionally gains access to a computer system without authority commits an offence and is "
            "liable to imprisonment.",
            "A security measure need not be infringed.",
        ),
        provision("3", "Parking", "Nobody leaves a vehicle on a bridge."),
        provision(
            "4", "Preservation", "A police officer may order a person to preserve stored computer data for 90 days."
        ),
    )
    made = NationalText(
        title="Computer Crimes Act",
        lang="en",
        sha256="a" * 64,
        file_name="act.txt",
        format="text",
        provisions=provisions,
        since=date(2020, 1, 1),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.fixture
def assessor(people: People) -> Actor:
    return people["assessor"]


@pytest.fixture
def begun(node: Node, assessor: Actor) -> AssessmentRow:
    text = texts.import_text(node, assessor, law(), law="computer-crimes").text
    proposals.propose(node, assessor, text.id)
    return assessments.begin(node, assessor, title="First look", texts_=[text.id])


def saying(node: Node, begun: AssessmentRow, answer: str = "implemented", **more: object) -> Answer:
    made = Answer(
        number="7(1)",
        answer=answer,
        after=assessments.held(node, begun.id).assessment.standing("7(1)").last,
        elements={},
        evidence=[assessments.evidence(node, begun.texts[0], "2", 0)],
        remark="Looked at closely.",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_text_comes_back_as_it_was_imported(node: Node, assessor: Actor) -> None:
    kept = texts.import_text(node, assessor, law(), law="computer-crimes")
    assert texts.text(node, kept.text.id) == law()
    assert kept.before is None
    amended = texts.import_text(
        node, assessor, law(sha256="b" * 64, since=date(2024, 1, 1)), law="computer-crimes", version="as amended"
    )
    assert amended.before == kept.text
    with pytest.raises(AlreadyHeld):
        texts.import_text(node, assessor, law(), law="computer-crimes")
    assert [len(found) for _, found in texts.laws(node)] == [2]


def test_only_an_assessor_imports_and_judges(node: Node, people: People, begun: AssessmentRow) -> None:
    for role in ("drafter", "administrator", "auditor", "liaison"):
        with pytest.raises(RoleMissing):
            texts.import_text(node, people[role], law(sha256="c" * 64), law="other")
        with pytest.raises(RoleMissing):
            assessments.judge(node, people[role], begun.id, saying(node, begun))
    with pytest.raises(RoleMissing):
        reports.report(node, people["drafter"], begun.id)


def test_what_is_proposed_is_kept_and_never_judges(node: Node, begun: AssessmentRow) -> None:
    held = assessments.held(node, begun.id)
    found = proposals.proposed_each(node, held.texts, ("7", "7(1)", "25", "37"))
    assert found["7"].proposed[0].provision.key == "2"
    assert found["7(1)"].found
    assert found["25"].proposed[0].provision.key == "4"
    assert not found["37"].found
    assert not found["7"].waiting
    assert {one.state for one in held.assessment.standings.values()} == {"unseen"}


def test_two_people_who_save_the_same_answer_are_told_and_nothing_is_lost(
    node: Node, people: People, begun: AssessmentRow
) -> None:
    other = replace(people["assessor"], id="second", name="Second Reader")
    first, second = saying(node, begun), saying(node, begun, answer="partly")
    assessments.keep_unsaved(node, other, begun.id, "7(1)", {"remark": "half written"})
    assessments.judge(node, people["assessor"], begun.id, first)
    with pytest.raises(JudgedMeanwhile, match="Mai Quỳnh Hoa judged"):
        assessments.judge(node, other, begun.id, second)
    assert assessments.unsaved(node, other, begun.id)["7(1)"].body == {"remark": "half written"}
    assessments.judge(node, other, begun.id, saying(node, begun, answer="partly"))
    standing = assessments.held(node, begun.id).assessment.standing("7(1)")
    assert standing.state == "disputed"
    assert assessments.unsaved(node, other, begun.id) == {}
    assessments.judge(node, other, begun.id, saying(node, begun, settles=True, remark="We agreed on it."))
    assert assessments.held(node, begun.id).assessment.standing("7(1)").state == "implemented"


def test_an_answer_is_taken_back_by_its_reader_only(node: Node, people: People, begun: AssessmentRow) -> None:
    assessments.judge(node, people["assessor"], begun.id, saying(node, begun))
    assessments.judge(node, people["assessor"], begun.id, saying(node, begun, answer="partly"))
    assessments.undo(node, people["assessor"], begun.id, "7(1)")
    assert assessments.held(node, begun.id).assessment.standing("7(1)").state == "implemented"
    assessments.undo(node, people["assessor"], begun.id, "7(1)")
    assert assessments.held(node, begun.id).assessment.standing("7(1)").state == "unseen"
    with pytest.raises(NothingToUndo):
        assessments.undo(node, people["assessor"], begun.id, "7(1)")
    with pytest.raises(NothingToUndo):
        assessments.undo(node, replace(people["assessor"], id="second"), begun.id, "7(1)")


def test_the_last_answer_counts_even_where_the_clock_was_set_back(
    node: Node, people: People, begun: AssessmentRow
) -> None:
    assert isinstance(node.clock, Stopwatch)
    assessments.judge(node, people["assessor"], begun.id, saying(node, begun))
    node.clock.time -= timedelta(hours=1)
    last = assessments.judge(node, people["assessor"], begun.id, saying(node, begun, answer="partly"))
    standing = assessments.held(node, begun.id).assessment.standing("7(1)")
    assert (standing.state, standing.last) == ("partly", last.id)
    assessments.undo(node, people["assessor"], begun.id, "7(1)")
    assert assessments.held(node, begun.id).assessment.standing("7(1)").state == "implemented"


def test_an_answer_without_a_reason_is_refused_and_leaves_nothing(
    node: Node, assessor: Actor, begun: AssessmentRow
) -> None:
    with pytest.raises(EvidenceNeeded):
        assessments.judge(node, assessor, begun.id, saying(node, begun, evidence=(), remark=""))
    assert not node.stores.alignment.judgements(begun.id)


def test_the_texts_of_an_assessment_change_under_one_hand_at_a_time(
    node: Node, assessor: Actor, begun: AssessmentRow
) -> None:
    added = texts.import_text(node, assessor, law(sha256="b" * 64), law="procedure").text
    after = assessments.change_texts(node, assessor, begun.id, texts_=[*begun.texts, added.id], version=begun.version)
    assert list(after.texts) == [*begun.texts, added.id]
    with pytest.raises(ChangedMeanwhile):
        assessments.change_texts(node, assessor, begun.id, texts_=begun.texts, version=begun.version)
    with pytest.raises(texts.TextInUse):
        texts.remove_text(node, assessor, added.id)
    assessments.change_texts(node, assessor, begun.id, texts_=begun.texts, version=after.version)
    texts.remove_text(node, assessor, added.id)
    with pytest.raises(texts.NoSuchText):
        texts.text(node, added.id)


def test_an_earlier_answer_is_offered_and_counts_once_confirmed(
    node: Node, assessor: Actor, begun: AssessmentRow
) -> None:
    told = Earlier(
        cite="budapest:2", answer="implemented", evidence="Section 2", source="questionnaire", on=date(2021, 5, 1)
    )
    assert earlier.take(node, assessor, begun.id, [told, told]) == 1
    assert earlier.take(node, assessor, begun.id, [told]) == 1
    assert earlier.of(node, begun.id) == (told,)
    assert [one.earlier for one in earlier.offered_at(node, begun.id, "7(1)")] == [told]
    assert assessments.held(node, begun.id).assessment.standing("7(1)").state == "unseen"
    assessments.judge(node, assessor, begun.id, saying(node, begun, reused_from="budapest:2"))
    assert assessments.held(node, begun.id).assessment.standing("7(1)").counted[0].reused_from == "budapest:2"


def test_a_report_says_what_stood_at_its_moment(node: Node, people: People, begun: AssessmentRow) -> None:
    assessments.judge(node, people["assessor"], begun.id, saying(node, begun, answer="not-implemented"))
    report = reports.report(node, people["auditor"], begun.id)
    assert [gap.number for chapter in report.chapters for gap in chapter.gaps] == ["7(1)"]
    before = datetime(2000, 1, 1, tzinfo=UTC)
    early = reports.report(node, people["auditor"], begun.id, until=before)
    assert not [gap for chapter in early.chapters for gap in chapter.gaps]
    change = reports.comparison(node, people["auditor"], (begun.id, before), (begun.id, None)).changed
    assert [one.number for one in change] == ["7(1)"]


def test_a_remark_is_kept_without_signs_that_nobody_sees(node: Node, people: People, begun: AssessmentRow) -> None:
    made = assessments.judge(
        node, people["assessor"], begun.id, saying(node, begun, remark="\x00Two\nlines\x1b[2J of it\x07")
    )
    assert made.remark == "Two\nlines[2J of it"


def test_a_language_that_is_none_takes_no_more_room_than_one(node: Node, assessor: Actor) -> None:
    kept = texts.import_text(node, assessor, law(lang="x" * 300, sha256="d" * 64), law="other")
    assert kept.text.lang == "x" * 8
