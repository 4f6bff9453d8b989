"""The exercise of readiness, from the law to the letters: two served nodes, every command in a process of its own."""

from pathlib import Path

import pytest
from tests.support.forked_stage import commands_are_forks

from rogatory.exercise.readying import demo


def test_a_state_goes_from_its_law_to_its_letters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with commands_are_forks():
        assert demo.run(leave=True, keep=tmp_path) == 0
    told = capsys.readouterr().out
    assert "every step came out as it must" in told
    assert {one.suffix for one in (tmp_path / "papers").iterdir()} == {"", ".pdf", ".docx"}
    assert sum(one.suffix == ".pdf" for one in (tmp_path / "papers" / "letters").iterdir()) >= 10
