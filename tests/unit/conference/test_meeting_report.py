"""The report of a session: what it tells agrees with the meeting and is told in both languages, on page and as data."""

import csv
import io
import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.support.meetings import choices, debating, first
from tests.support.recorded_meeting import signed

from rogatory.conference.meeting.events import Event
from rogatory.conference.record import chain
from rogatory.conference.report import chapters, page, source, summary, tables, words
from rogatory.conference.report.values import SessionReport
from rogatory.documents import typesetting
from rogatory.exercise.conference import cast, script
from rogatory.exercise.conference.script import Played
from rogatory.law.plain import plain


@pytest.fixture(scope="module")
def played() -> Played:
    return script.play()


@pytest.fixture(scope="module")
def lines(played: Played) -> list[bytes]:
    return signed(played.events, meeting=cast.MEETING)


@pytest.fixture(scope="module")
def report(lines: list[bytes]) -> SessionReport:
    recorded = source.read(lines)
    return summary.report(recorded.events, head=recorded.head)


def test_it_is_made_from_the_record_alone_and_names_its_last_entry(
    played: Played, lines: list[bytes], report: SessionReport
) -> None:
    recorded = source.read(lines)
    assert [one.kind for one in recorded.events] == [one.kind for one in played.events]
    assert report.head == recorded.head
    assert report.entries == len(lines) == played.state.number
    assert recorded.signer == "XOA/secretariat"


def test_a_record_with_one_entry_missing_gives_no_report(lines: list[bytes]) -> None:
    with pytest.raises(chain.BrokenRecord):
        source.read([*lines[:40], *lines[41:]])


def test_a_record_cut_short_gives_a_report_that_says_that_it_is_provisional(lines: list[bytes]) -> None:
    recorded = source.read(lines[:600])
    found = summary.report(recorded.events, head=recorded.head)
    assert not found.closed
    assert found.entries == 600
    assert "not closed" in page.document(chapters.paper(found, "en")).decode()
    assert "non close" in page.document(chapters.paper(found, "fr")).decode()


def test_the_names_behind_a_vote_add_up_to_its_count(report: SessionReport) -> None:
    named = [one for one in report.votes if one.by]
    assert len(named) == len(report.votes) - 2  # two were taken by show of hands
    for one in named:
        assert {choice: sum(who.weight for who in several) for choice, several in one.by.items()} == one.counts
        codes = [who.code for several in one.by.values() for who in several]
        assert len(codes) == len(set(codes))
    organised = next(one for one in named if any(who.code == cast.ORGANISATION for who in one.by["yes"]))
    assert not {who.code for several in organised.by.values() for who in several} & set(cast.MEMBERS)


def test_every_decision_stands_there_with_its_quorum_and_its_vote(played: Played, report: SessionReport) -> None:
    assert [one.number for one in report.decisions] == [one.number for one in played.state.decisions]
    votes = {one.id: one for one in report.votes}
    for made in report.decisions:
        assert made.quorum.present >= made.quorum.needed
        if made.how.startswith("vote"):
            assert votes[made.vote].adopted == (made.how == "vote")
    assert {one.vote for one in report.decisions if one.vote} == set(votes)


def test_elections_appeals_withdrawals_and_explanations_are_told(report: SessionReport) -> None:
    president = report.elections[0]
    assert [len(one.votes) for one in president.ballots] == [4, 3, 2]
    assert [one.code for one in president.elected] == ["XCE"]
    assert president.ballots[-1].votes[0].elected
    assert {one.code for one in president.ballots[0].tellers} == {"XAS", "XFR"}
    assert len(report.officers) == 10
    assert [(one.by.code, one.appealed_by.code if one.appealed_by else "", one.stands) for one in report.rulings] == [
        ("XLI", "XLI", True)
    ]
    assert [(one.by.code, one.proposal) for one in report.explanations] == [("XPI", "L.1"), ("XMN", "L.2")]
    assert {one.id: one.status for one in report.proposals} == {
        "L.1": "adopted",
        "L.1/A.1": "rejected",
        "L.1/A.2": "adopted",
        "L.2": "rejected",
        "L.3": "withdrawn",
        "L.4": "adopted",
    }
    assert [one.outcome for one in report.motions] == ["agreed", "carried", "carried"]
    challenged = [one for one in report.credentials if one.objections]
    assert [(one.who.code, one.standing) for one in challenged] == [("XIR", "accepted")]
    assert [len(one.meetings) for one in report.attendance if one.who.code in ("XAC", "XEB", "XWATCH")] == [2, 0, 1]


def test_the_rulebook_stands_there_with_its_answers_and_what_is_unsure(report: SessionReport) -> None:
    rules = report.rules
    assert (rules.id, rules.standing) == ("hanoi-draft", "draft")
    assert len(rules.answers) == 9
    assert rules.unsure
    assert all(one.sure != "read" for one in rules.unsure)
    paper = page.document(chapters.paper(report, "en")).decode()
    assert "draft rules, not adopted" in paper
    assert "unsure" in paper


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_is_whole_well_formed_and_without_anything_from_elsewhere(report: SessionReport, lang: str) -> None:
    data = page.document(chapters.paper(report, lang))
    tree = html.fromstring(data.decode())
    assert tree.get("lang") == lang
    assert words.EXERCISE.get(lang) in tree.text_content().replace("\u00a0", " ")
    assert not tree.xpath("//script | //link | //img | //iframe")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in tree.xpath("//nav//a/@href")} <= set(ids)
    levels = [int(one.tag[1]) for one in tree.xpath("//h1 | //h2 | //h3")]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for table in tree.xpath("//table"):
        assert table.xpath("./caption")
        columns = len(table.xpath("./thead/tr/th[@scope='col']"))
        assert {len(row) for row in table.xpath("./tbody/tr")} == {columns}


def test_both_languages_tell_the_same_and_no_word_of_the_frame_is_left_in_the_other(report: SessionReport) -> None:
    english, french = chapters.paper(report, "en"), chapters.paper(report, "fr")
    assert [one.anchor for one in english.parts] == [one.anchor for one in french.parts]
    for one, other in zip(english.parts, french.parts, strict=True):
        assert (
            [len(row) for row in one.table.rows] == [len(row) for row in other.table.rows]
            if one.table and other.table
            else one.table is other.table
        )
    assert "Chêne" in str(french)
    assert not any(
        word in str(french) for word in ("carried", "recorded vote", "States Parties", "Against", "roll-call")
    )


def test_what_people_wrote_cannot_become_markup_or_a_formula(played: Played) -> None:
    events = list(played.events)
    place = next(place for place, one in enumerate(events) if one.kind == "vote-explained")
    nasty = "=cmd()<script>#pagebreak()"
    first = events[0]
    seats = [
        {**row, "name": {"en": "Pine", "fr": nasty}} if row["code"] == "XPI" else row for row in first.body["seats"]
    ]
    events[0] = type(first)(kind=first.kind, by=first.by, at=first.at, body={**first.body, "seats": seats})
    said = events[place]
    events[place] = type(said)(kind=said.kind, by=said.by, at=said.at, body={**said.body, "text": nasty})
    found = summary.report(events)
    assert "<script>" not in page.document(chapters.paper(found, "fr")).decode()
    cells = {row["name"] for row in rows(tables.tables(found, "fr")["votes.csv"])}
    assert f"'{nasty}" in cells
    assert nasty not in cells


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_the_tables_are_complete_and_count_to_the_same_votes(report: SessionReport) -> None:
    found = {name: rows(data) for name, data in tables.tables(report, "fr").items()}
    assert set(found) == set(tables.NAMES)
    assert len(found["decisions.csv"]) == len(report.decisions)
    assert len(found["attendance.csv"]) == len(report.attendance) == 64
    for one in report.votes:
        if one.by:
            yes = sum(
                int(row["weight"]) for row in found["votes.csv"] if row["vote"] == one.id and row["vote_cast"] == "yes"
            )
            assert yes == one.counts["yes"]
    ballots = [row for row in found["elections.csv"] if row["ballot"] == "3"]
    assert [(row["State"], row["votes"], row["elected"]) for row in ballots] == [
        ("XCE", "28", "true"),
        ("XMP", "21", "false"),
    ]


def test_the_data_is_the_whole_report(report: SessionReport) -> None:
    value: dict[str, Any] = json.loads(json.dumps(plain(report)))
    assert value["head"] == report.head
    assert [one["id"] for one in value["votes"]] == [one.id for one in report.votes]
    assert value["votes"][0]["question"] == {"en": "Credentials of Ironwood", "fr": "Pouvoirs de Bois-de-fer"}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_pdf_is_tagged_in_its_language_and_the_same_every_time(report: SessionReport, lang: str) -> None:
    pytest.importorskip("typst", reason="typst, which makes PDFs, is not installed")
    paper = plain(chapters.paper(report, lang))
    made = typesetting.pdf(paper, at=report.until)
    assert made == typesetting.pdf(paper, at=report.until)
    text = text_of(made)
    assert report.head in text.replace("\r\n", "")
    assert {"en": "In favour (35)", "fr": "Pour (35)"}[lang] in text
    assert b"pdfuaid" in made


def text_of(made: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(made)
    return "\n".join(one.get_textpage().get_text_range() for one in document)


def test_a_paper_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst", reason="typst, which makes PDFs, is not installed")
    monkeypatch.setattr(typesetting, "MAX_PAPER", 100)
    with pytest.raises(typesetting.PaperTooLarge):
        typesetting.pdf({"title": "x" * 200}, at=datetime(2028, 3, 6, tzinfo=UTC))
    monkeypatch.undo()
    with pytest.raises(typesetting.NotTypeset):
        typesetting.pdf({"title": "not a paper"}, at=datetime(2028, 3, 6, tzinfo=UTC))


def test_the_layout_of_the_pdf_comes_with_the_program() -> None:
    assert (Path(typesetting.__file__).parent / "paper.typ").is_file()


def irregular() -> list[Event]:
    """A meeting in which little goes as it should: a vote and a ballot annulled, motions that fall, a notice."""
    table = debating()
    table.propose("P1", item="1")
    table.wait(hours=30)
    table.do("chair", "consensus-sought", proposal="P1", text="We tried")
    table.do("chair", "majority-ruled", proposal="P1", subject="procedure", reasons="It is about method")
    table.do("chair", "ruling-stands")
    table.do("S03", "motion-moved", motion="suspend-rule", target="proposals")
    table.do("S04", "motion-moved", motion="close-debate")
    table.do("S05", "motion-moved", motion="suspend-meeting")
    table.do("S04", "motion-withdrawn", pending=table.state.floor.motions[0].id)
    table.do("S05", "motion-withdrawn", pending=table.state.floor.motions[-1].id)
    table.do("chair", "vote-opened", about="proposal", target="P1", method="recorded")
    table.do("S01", "vote-cast", vote="V1", choice="yes")
    table.do("S02", "point-raised", text="Another question is shown", conduct_of_voting=True)
    table.do("chair", "point-ruled", ruling="not-upheld")
    table.do("S02", "ruling-appealed")
    table.vote(choices(5, 4), about="ruling")
    table.do("chair", "vote-annulled", vote="V1", reasons="It is taken again")
    for one in ("S01", "S02"):
        table.do("office", "candidature-submitted", seat=one, post="president", person="Somebody")
    table.do("chair", "tellers-appointed", tellers=["S07", "S08"])
    table.do("chair", "election-opened", contest="E1", post="president")
    table.do("chair", "ballot-opened", contest="E1")
    table.do("chair", "ballot-annulled", contest="E1", reasons="The box fell")
    return [first(), *table.events]


def test_what_was_annulled_withdrawn_or_put_off_is_told_as_such() -> None:
    found = summary.report(irregular())
    annulled = next(one for one in found.votes if one.id == "V1")
    assert annulled.annulled
    assert not annulled.adopted
    assert [one.code for one in annulled.by["yes"]] == ["S01"]
    assert annulled.arithmetic[-1].en == "Reasons: It is taken again"
    overruled = next(one for one in found.votes if one.id == "V2")
    assert overruled.question.en == "That the ruling be overruled"
    assert [(one.stands, one.vote) for one in found.rulings] == [(True, ""), (False, "V2")]
    assert [one.outcome for one in found.motions] == ["withdrawn", "withdrawn"]
    assert (found.elections[0].annulled, found.elections[0].ballots, found.elections[0].elected) == (1, (), ())
    for lang in ("en", "fr"):
        text = page.document(chapters.paper(found, lang)).decode()
        assert {"en": "annulled ballots: 1", "fr": "scrutins annulés"}[lang] in text


def test_a_report_can_be_made_at_any_moment(played: Played) -> None:
    for entries in (1, 2, 90, 205, 291, 320, 444, 500, 540, 700):
        found = summary.report(played.events[:entries])
        assert found.entries == entries
        assert page.document(chapters.paper(found, "fr"))
        assert tables.tables(found, "fr")
