"""The practice session on a real node: the same session as on the engine alone, in a signed record that verifies."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rogatory.conference.meeting.state import Phase, State
from rogatory.conference.report import source
from rogatory.documents import typesetting
from rogatory.errors import RogatoryError
from rogatory.exercise.conference import before, cast, demo, script, stage, standing
from rogatory.exercise.node import ExerciseFailed
from rogatory.exercise.transcript import Transcript
from rogatory.node.conference import meetings, passes
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.site.commands import Site

#: Late enough for the keys of the tests' node to be valid when the meeting is made.
OPENS = date(2028, 6, 5)


def ends(state: State) -> list[tuple[str, str, str]]:
    return [(one.what.en, one.how, one.symbol) for one in state.decisions]


def test_the_session_on_a_node_ends_as_on_the_engine_and_its_record_verifies(
    node: Node, people: dict[str, Actor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = stage.make(node, people["secretary"], opens=OPENS)
    badges = played.badges()
    refusals: Counter[str] = Counter()
    for act, _, refusal in played.play():
        assert (refusal.code if refusal else "") == act.refused
        refusals[act.refused] += 1

    alone = script.play(opens=OPENS)
    assert ends(played.state()) == ends(alone.state)
    assert [one.outcome for one in played.state().votes] == [one.outcome for one in alone.state.votes]
    assert sum(refusals.values()) - refusals[""] == len(alone.refusals)

    lines = list(meetings.record(played.node, cast.MEETING))
    recorded = source.read(line.removesuffix(b"\n") for line in lines)
    assert [one.kind for one in recorded.events] == [one.kind for one in alone.events]
    assert recorded.events[-1].at.date() == OPENS

    maple = passes.holder(played.node, cast.MEETING, badges[stage.SHOWN].secret)
    assert (maple.role, maple.of) == ("delegation", stage.SHOWN)
    assert len(badges) == len(cast.DELEGATIONS) + 5

    path = tmp_path / "record"
    path.write_bytes(b"".join(lines))
    out = tmp_path / "report"
    out.mkdir()
    pages = {"report-en.html", "report-fr.html", "report.json"}
    data = {"attendance.csv", "decisions.csv", "elections.csv", "votes.csv"}
    monkeypatch.setattr(typesetting, "pdf", without_typesetter)
    assert set(demo.write_report(path, out)) == pages | data == {one.name for one in out.iterdir()}
    assert recorded.head in (out / "report-fr.html").read_text("utf-8")


def without_typesetter(paper: object, *, at: object) -> bytes:
    raise typesetting.TypesetterMissing


def test_an_act_that_comes_out_otherwise_than_the_script_says_ends_the_exercise() -> None:
    opened = script.play().events[0]
    from rogatory.conference.meeting import engine

    def everything_is_refused(act: object) -> State:
        raise RogatoryError("no")

    with pytest.raises(ExerciseFailed, match="session-notified by secretariat: expected no refusal; no"):
        next(script.run(engine.begin(opened), everything_is_refused))


def test_a_refusal_is_told_in_french_as_the_pages_say_it_and_its_detail_in_english(
    capsys: pytest.CaptureFixture[str],
) -> None:
    refusal = next(one for one in script.play().refusals if one.error.code == "no-quorum")
    state = script.play().state
    for lang in ("fr", "en"):
        demo.Teller(Transcript(), lang, Site().sentence).tell(refusal.act, state, refusal.error)
    told = capsys.readouterr().out
    assert "✗ refusé : Le quorum n’est pas atteint. [règle sur : quorum]" in told
    assert f"en anglais : {refusal.error.message}" in told
    assert f"✗ refused: {refusal.error.message} [rule on quorum]" in told


def test_a_second_meeting_is_left_with_passes_for_a_chair_a_screen_and_two_delegations(
    node: Node, people: dict[str, Actor]
) -> None:
    left, badges = standing.leave(node, people["secretary"], opens=OPENS)
    held = {name: passes.holder(node, standing.MEETING, one.secret) for name, one in badges.items()}
    assert {name: (one.role, one.of) for name, one in held.items()} == {
        standing.CHAIR: ("presiding", before.PRESIDENT),
        standing.SCREEN: ("screen", ""),
        **{code: ("delegation", code) for code in standing.HELD},
    }
    assert (left.meeting, left.clock.now().date()) == (standing.MEETING, OPENS)
    assert (left.state().item, left.state().phase) == ("4", Phase.SITTING)


def test_the_days_before_the_session_pass_in_the_file_of_the_node(tmp_path: Path) -> None:
    (tmp_path / "node.toml").write_text('state = "XCF"\nclock_ahead_seconds = 86400\nserial = 1\n', encoding="utf-8")
    demo.pass_days(tmp_path)
    assert (tmp_path / "node.toml").read_text("utf-8") == (
        f'state = "XCF"\nclock_ahead_seconds = {86400 * 76}\nserial = 1\n'
    )
    (tmp_path / "node.toml").write_text("state = 1\n", encoding="utf-8")
    with pytest.raises(ExerciseFailed):
        demo.pass_days(tmp_path)
