"""What would have come out differently in a recorded meeting: its votes under two rulebooks, from the signed record."""

import json
from pathlib import Path

import pytest
from tests.support.recorded_meeting import signed

from rogatory.cli import app
from rogatory.conference.counting.thresholds import Base
from rogatory.conference.record import votes
from rogatory.conference.record.chain import BrokenRecord
from rogatory.conference.record.entries import BadEntry
from rogatory.conference.rulebook import compare, loader
from rogatory.conference.rulebook.compare import RecordedVote, Verdict
from rogatory.exercise.conference import script
from rogatory.site.commands import Site

PLAYED = script.play()
LINES = signed(PLAYED.events, meeting=PLAYED.state.facts.id)
DRAFT = loader.delivered("hanoi-draft")
CONSENSUS = loader.delivered("hanoi-draft", choices={"substance": "consensus-only"})


@pytest.fixture(scope="module")
def taken() -> tuple[RecordedVote, ...]:
    return votes.read(LINES)[1]


def test_every_vote_of_the_record_comes_out_as_it_did_under_its_own_rulebook(taken: tuple[RecordedVote, ...]) -> None:
    had = {one.id: one.outcome.adopted for one in PLAYED.state.votes if one.outcome}
    assert len(had) > 8
    assert {True, False} <= set(had.values())
    replayed = compare.outcomes(taken, PLAYED.state.book, CONSENSUS)
    assert {one.vote.id: one.a.verdict is Verdict.ADOPTED for one in replayed} == had
    assert [one.vote.what.en for one in replayed if one.vote.id == "V12"] == ["Standing group on electronic evidence"]


def test_where_substance_is_decided_by_consensus_alone_exactly_the_votes_on_it_differ(
    taken: tuple[RecordedVote, ...],
) -> None:
    found = compare.outcomes(taken, DRAFT, CONSENSUS)
    assert {one.vote.id for one in found if one.differs} == {one.id for one in taken if one.subject == "substance"}
    assert {one.b.verdict for one in found if one.differs} == {Verdict.NO_VOTE}


def test_the_bases_are_those_at_the_moment_when_the_vote_was_closed(taken: tuple[RecordedVote, ...]) -> None:
    by_id = {one.id: one for one in taken}
    for vote in PLAYED.state.votes:
        bases = by_id[vote.id].bases
        assert bases[Base.PRESENT] <= bases[Base.PARTICIPATING] <= bases[Base.PARTIES]
        if vote.outcome and vote.outcome.threshold.of in bases:
            assert bases[vote.outcome.threshold.of] == vote.outcome.base


def test_a_record_that_was_tampered_with_tells_nothing() -> None:
    with pytest.raises(BrokenRecord):
        votes.read([*LINES[:40], *LINES[41:60]])
    with pytest.raises(BadEntry):
        votes.read([])


def test_the_command_tells_what_would_have_come_out_differently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROGATORY_DATA", str(tmp_path / "none"))
    file = tmp_path / "meeting.record"
    file.write_bytes(b"".join(line + b"\n" for line in LINES))
    words = ["conference", "compare", "hanoi-draft", "hanoi-draft", "--choice-b", "substance=consensus-only"]

    def called(*more: str) -> tuple[int, str]:
        return app.run([*words, "--record", str(file), *more], Site()), capsys.readouterr().out

    status, out = called("--json")
    found = json.loads(out)
    assert (status, found["meeting"], len(found["votes"])) == (0, "PRACTICE-1", 12)
    (last,) = [one for one in found["votes"] if one["id"] == "V12"]
    assert (last["a"]["verdict"], last["b"]["verdict"], last["differs"]) == ("rejected", "no-vote", True)
    assert (last["a"]["base"], last["a"]["needed"], last["count"]["yes"]) == (48, 32, 30)
    status, out = called("--lang", "fr")
    assert (status, "auraient donné un autre résultat" in out, "pas de vote" in out) == (0, True, True)
    assert "incertaine" in out
    file.write_bytes(LINES[0] + b"\n" + LINES[2] + b"\n")
    status, out = called("--json")
    assert (status, json.loads(out)["error"]["code"]) == (5, "record-chain-broken")
