"""The reference of commands says what the program says."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from rogatory.cli import commands, reference

pytestmark = pytest.mark.any_database

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
#: Loads each command in a fork of a process that has loaded none, as a call of that command does.
ONE_BY_ONE = """
import os

import rogatory.site.commands
from rogatory.cli import app, commands

for word in commands.ADDERS:
    if not os.fork():
        status = 1
        try:
            commands.add(app.app, word)
            status = 0
        finally:
            os._exit(status)
    if os.wait()[1]:
        print(word)
"""


def test_the_page_of_commands_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page()


def test_the_order_of_the_commands_does_not_depend_on_which_was_loaded_first() -> None:
    late, early = typer.Typer(), typer.Typer()
    for word in ("law", "exhibit", "audit", "init", ""):
        commands.add(late, word)
    commands.add(early, "")
    assert [one.name for one in late.registered_groups] == [one.name for one in early.registered_groups]
    assert [one.name for one in late.registered_commands] == [one.name for one in early.registered_commands]


def test_every_command_loads_without_the_others() -> None:
    done = subprocess.run([sys.executable, "-c", ONE_BY_ONE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_command_and_every_argument_says_what_it_is_for() -> None:
    for block in reference.page().split("\n## rogatory")[1:]:
        entries = [line for line in block.splitlines() if line.startswith("  ") and not line.startswith("   ")]
        assert len(entries) >= 2, block
        assert all(len(line.split("  ")) > 1 for line in entries), block
