"""The gap report and its drafting checklist, read from the law data and from what people judged."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from rogatory.alignment.assessment.assessment import Assessment, assess
from rogatory.alignment.assessment.earlier_files import read_earlier
from rogatory.alignment.assessment.model import Evidence, Judgement
from rogatory.alignment.assessment.reuse import offered
from rogatory.alignment.obligations import obligation, obligations
from rogatory.alignment.report import tables
from rogatory.alignment.report.checklist import GROUPS, checklist, companions, sentences
from rogatory.alignment.report.comparison import CHANGES, compare
from rogatory.alignment.report.comparison_paper import comparison_paper
from rogatory.alignment.report.gaps import gap, gap_report
from rogatory.alignment.report.paper import is_rtl, paper
from rogatory.alignment.report.values import About, GapReport, TextRead
from rogatory.law.loader import load_law
from rogatory.law.words import Words

LAW = load_law()
START = datetime(2029, 1, 1, 9, tzinfo=UTC)
ABOUT = About(
    title="Penal Code of Valoria",
    state=Words("Valoria", "Valorie"),
    at=datetime(2029, 2, 1, tzinfo=UTC),
    texts=(TextRead(law="penal-code", title="Penal Code", since=date(2020, 1, 1), lang="en"),),
)
QUOTE = Evidence(law="penal-code", text="00", key="12", label="Section 12", passage=None, quote="Whoever enters a host")


def said(number: str, answer: str, **values: object) -> Judgement:
    given = {
        "id": f"j-{number}-{values.get('reader', 'ana')}",
        "reader": "ana",
        "reader_name": "Ana",
        "at": START,
        **values,
    }
    return Judgement(number=number, answer=answer, **given)  # type: ignore[arg-type]


JUDGED = (
    said("7(1)", "partly", elements=(("e1", "present"), ("e2", "missing")), options=("o1",), evidence=(QUOTE,)),
    said("7(2)", "not-implemented"),
    said("8(1)", "implemented", elements=(("e3", "missing"),), remark="Negligence too."),
    said("11(1)", "partly", remark="Possession only."),
    said("11(1)", "not-implemented", reader="bao", reader_name="Bao"),
    said("17(1)(a)(i)", "not-implemented"),
    said("20", "not-applicable", remark="No limitation."),
    said("21(3)", "not-implemented"),
    said("25(2)", "partly", remark="Thirty days.", at=START + timedelta(1)),
    said("29(1)", "not-implemented"),
)


def made(*judgements: Judgement) -> Assessment:
    return assess(LAW, judgements)


def report(*judgements: Judgement) -> GapReport:
    return gap_report(LAW, made(*judgements), ABOUT)


def points(number: str, group: str, *judgements: Judgement) -> list[tuple[str, str, str]]:
    items = checklist(LAW, obligation(LAW, number), made(*judgements))
    return [(item.number, item.kind, item.state) for item in items if item.group == group]


def test_gaps_stand_by_chapter_and_what_must_be_before_what_may_be() -> None:
    found = report(*JUDGED)
    assert [one.number for one in found.chapters] == ["II", "III", "IV", "V", "VI"]
    second = found.chapters[0]
    assert [(force, [one.number for one in gaps]) for force, gaps in second.forces.items()] == [
        ("shall", ["7(1)", "11(1)", "17(1)(a)(i)"]),
        ("endeavour", ["21(3)"]),
        ("may", ["7(2)"]),
    ]
    assert (second.implemented, second.not_applicable) == (("8(1)",), ("20",))
    assert found.readers == ("Ana", "Bao")


def test_what_the_convention_leaves_to_the_state_is_no_gap_and_what_nobody_saw_is_neither() -> None:
    found = report(*JUDGED)
    assert "7(2)" not in {one.number for one in found.gaps}
    assert {one.number for one in found.gaps} == {"7(1)", "11(1)", "17(1)(a)(i)", "21(3)", "25(2)", "29(1)"}
    unseen = {number for chapter in found.chapters for number in chapter.unseen}
    assert len(unseen) == len(obligations(LAW)) - len({one.number for one in JUDGED})
    assert not report().gaps


def test_every_obligation_stands_in_the_report_once() -> None:
    found = report(*JUDGED)
    numbers = [
        number
        for chapter in found.chapters
        for number in (
            *chapter.implemented, *chapter.not_applicable, *chapter.unseen, *(one.number for one in chapter.gaps)
        )
    ]  # fmt: skip
    assert sorted(numbers) == sorted(one.number for one in obligations(LAW))


def test_a_gap_says_what_is_missing_where_to_amend_and_how_sure_the_description_is() -> None:
    found = gap(LAW, obligation(LAW, "7(1)"), made(*JUDGED))
    assert [(one.name, one.state) for one in found.missing] == [("e2", "missing")]
    assert (
        found.amend[0].en == "Amend Section 12 so that it also covers: The whole of an ICT system, or any part of it."
    )
    assert "Section 12" in found.amend[0].fr
    assert found.evidence == (QUOTE,)
    assert found.sure == obligation(LAW, "7(1)").provision.checked.words
    disputed = gap(LAW, obligation(LAW, "11(1)"), made(*JUDGED))
    assert [one.reader_name for one in disputed.readings] == ["Ana", "Bao"]
    assert disputed.amend[0] == sentences().say("amend-disputed")


def test_a_law_that_reaches_further_is_met_and_says_so() -> None:
    chapter = report(*JUDGED).chapters[0]
    assert [(one.number, [each.kind for each in one.elements]) for one in chapter.further] == [("8(1)", ["mental"])]


def test_the_checklist_of_an_offence_has_its_elements_options_exclusions_and_notices() -> None:
    assert points("7(1)", "element", *JUDGED) == [("7(1)", "conduct", "present"), ("7(1)", "object", "missing")]
    assert points("7(1)", "mental") == [("7(1)", "mental", "unsaid")]
    assert [state for _, _, state in points("7(1)", "option", *JUDGED)] == ["used", "open", "open"]
    assert points("11(1)", "exclusion") == [("11(2)", "treaty", ""), ("11(3)", "reservation", "")]
    assert points("17(1)(a)(i)", "notice") == [("17(2)(d)", "notice", "unseen")]
    assert ("16(2)", "definition", "") in points("16(1)", "definition")
    assert ("20", "duty", "not-applicable") in points("7(1)", "companion", *JUDGED)


def test_the_checklist_of_a_power_has_its_safeguards_its_numbers_and_the_reservations_on_it() -> None:
    assert {number for number, _, _ in points("29(1)", "safeguard")} >= {"24(1)", "24(2)", "6(1)", "6(2)"}
    assert [number for number, _, _ in points("29(1)", "exclusion")] == ["23(3)(a)", "23(3)(b)"]
    assert [number for number, _, _ in points("29(1)", "option")] == ["29(2)"]
    (value,) = (one for one in checklist(LAW, obligation(LAW, "25(2)"), made()) if one.group == "value")
    assert (value.what.en, value.what.fr) == ("90 days", "90 jours")


def test_every_obligation_has_a_checklist_in_order_that_names_no_provision_twice() -> None:
    nothing = made()
    for one in obligations(LAW):
        items = checklist(LAW, one, nothing)
        groups = [GROUPS.index(item.group) for item in items]
        assert groups == sorted(groups)
        plain = [item.number for item in items if not item.name and item.group not in ("exclusion", "value")]
        assert len(plain) == len(set(plain))
        assert one.number not in plain
        assert one.kind != "offence" or any(item.group == "safeguard" for item in items)


def test_every_companion_is_a_provision_and_stands_beside_something() -> None:
    for one in companions():
        assert all(LAW.provision("uncc", number) for number in one.provisions)
        assert any(one.stands_beside(asked) for asked in obligations(LAW))


def test_every_gap_can_be_told_in_both_languages() -> None:
    """Each obligation in each state in which it falls short: no sentence is missing, none is empty."""
    for answer in ("partly", "not-implemented"):
        found = report(*(said(one.number, answer) for one in obligations(LAW)))
        assert len(found.gaps) == sum(one.force not in ("may", "none") for one in obligations(LAW))
        assert all(words.en and words.fr for one in found.gaps for words in one.amend)
        for lang in ("en", "fr"):
            told = paper(found, lang)
            assert sum(part.level == 4 for part in told.parts) == len(found.gaps)
            assert all(part.title for part in told.parts)
            anchors = [part.anchor for part in told.parts]
            assert len(anchors) == len(set(anchors))


def test_the_paper_prints_what_repeats_once_a_chapter_and_says_that_it_is_not_finished() -> None:
    told = paper(report(*JUDGED), "fr")
    assert told.warning == "Inachevé\u00a0: 290 obligations sur 299 n’ont pas encore été examinées."
    first, second = (
        next(group for group in part.ticks if group.title == "Garanties")
        for part in told.parts
        if part.anchor in ("gap-7(1)", "gap-17(1)(a)(i)")
    )
    assert len(first.points) == 2
    assert [one.text for one in second.points] == ["Comme sous 7(1)\u00a0: 6(1), 6(2)"]
    assert not paper(report(*(said(one.number, "implemented") for one in obligations(LAW))), "en").warning


@pytest.mark.parametrize(
    ("text", "expected"), [("المادة 14", True), ("14 المادة", True), ("Điều 289", False), ("1.", False)]
)
def test_the_first_letter_tells_the_direction(text: str, expected: bool) -> None:
    assert is_rtl(text) is expected


def test_two_assessments_show_what_got_better_worse_and_new() -> None:
    before = made(*JUDGED)
    later = [
        *JUDGED,
        said("7(1)", "partly", id="n1", elements=(("e1", "present"), ("e2", "present"), ("e4", "unclear"))),
        said("8(1)", "partly", id="n2", remark="Struck out."),
        said("11(1)", "not-implemented", id="n3"),
        said("25(2)", "implemented", id="n4", remark="Ninety days."),
        said("26", "implemented", id="n5", remark="New."),
        said("29(1)", "partly", id="n6", reader="bao", reader_name="Bao", remark="Partly there."),
        said("20", "implemented", id="n7", remark="It does."),
        said("17(1)(a)(i)", "not-implemented", id="n8", undoes="j-17(1)(a)(i)-ana"),
    ]
    found = compare(LAW, (ABOUT, before), (replace(ABOUT, title="Second draft"), made(*later)))
    assert {one.number: one.change for one in found.changed} == {
        "7(1)": "better", "8(1)": "worse", "11(1)": "settled", "25(2)": "better", "26": "judged",
        "29(1)": "disputed", "20": "other", "17(1)(a)(i)": "unjudged",
    }  # fmt: skip
    assert sum(found.counts.values()) == len(obligations(LAW))
    assert set(found.counts) == set(CHANGES)
    assert [(one.name, one.before, one.after) for one in found.of("better")[0].elements] == [
        ("e2", "missing", "present"), ("e4", "unsaid", "unclear")
    ]  # fmt: skip
    nothing = compare(LAW, (ABOUT, before), (ABOUT, before))
    assert nothing.changed == ()


def test_a_comparison_is_told_by_how_much_it_matters_in_both_languages() -> None:
    later = (
        *JUDGED,
        said("8(1)", "partly", id="n2", remark="Struck out."),
        said("26", "implemented", id="n5", remark="New."),
    )
    found = compare(LAW, (ABOUT, made(*JUDGED)), (replace(ABOUT, title="Second draft"), made(*later)))
    told = comparison_paper(found, "en")
    assert [part.title for part in told.parts[2:]] == ["Worse (1)", "Newly judged (1)"]
    worse = told.parts[2].table
    assert worse is not None
    assert worse.rows == (
        ("8(1)", "Illegal interception", "shall", "implemented", "partly implemented", "Intent. missing → not said"),
    )
    assert comparison_paper(found, "fr").under == "Penal Code of Valoria – Second draft"
    assert comparison_paper(compare(LAW, (ABOUT, made()), (ABOUT, made())), "fr").parts[0].lines == (
        "Rien n’a changé.",
    )


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_the_tables_hold_a_row_an_obligation_and_no_cell_that_is_a_formula() -> None:
    nasty = replace(QUOTE, law="=cmd|' /C calc'!A0", label="+1", quote="@SUM(A1)")
    log = (said("7(1)", "partly", reader_name="=1+1", remark="\t=2", evidence=(nasty,)),)
    assessed = rows(tables.assessment_csv(LAW, made(*log), "fr"))
    assert [one["provision"] for one in assessed] == [one.number for one in obligations(LAW)]
    assert assessed[0]["title"] == "Accès illicite"
    compared = rows(tables.comparison_csv(compare(LAW, (ABOUT, made()), (ABOUT, made(*log))), "en"))
    gaps = rows(tables.gaps_csv(report(*log), "en"))
    assert (compared[0]["change"], [one["provision"] for one in gaps]) == ("judged", ["7(1)"])
    for row in (*assessed, *gaps, *compared):
        assert not [cell for cell in row.values() if cell[:1] in "=+-@\t\r|" and cell]
    assert assessed[0]["readers"] == "'=1+1"


def test_json_is_read_again_and_an_exported_assessment_offers_its_answers() -> None:
    exported = tables.assessment_json(LAW, made(*JUDGED), ABOUT)
    told = json.loads(exported)
    assert (told["version"], told["state"], len(told["obligations"])) == (1, {"en": "Valoria", "fr": "Valorie"}, 299)
    again = {one.number: one.earlier.answer for one in offered(LAW, read_earlier(exported, LAW))}
    assert again == {one.number: one.answer for one in JUDGED if one.number != "11(1)"}
    gaps = json.loads(tables.gaps_json(report(*JUDGED)))
    assert gaps["chapters"][0]["forces"]["shall"][0]["missing"][0]["name"] == "e2"
    compared = json.loads(tables.comparison_json(compare(LAW, (ABOUT, made()), (ABOUT, made(*JUDGED)))))
    assert compared["counts"]["judged"] + compared["counts"]["disputed"] == len(compared["changes"])


def test_the_manual_names_every_column_in_its_order() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "reference" / "assessment-files.md").read_text("utf-8")
    for columns in (tables.ASSESSMENT_COLUMNS, tables.GAP_COLUMNS, tables.COMPARISON_COLUMNS):
        places = [manual.find(f"| `{column}` |") for column in columns]
        assert -1 not in places
    named = [line.split("`")[1] for line in manual.splitlines() if line.startswith("| `")]
    assert named == [*tables.ASSESSMENT_COLUMNS, *tables.GAP_COLUMNS, *tables.COMPARISON_COLUMNS]
