"""The reference page of national profiles: its example can be used, and its tables say what the program does."""

import re
from datetime import date
from pathlib import Path

from rogatory.law.loader import load_law
from rogatory.law.provisions import EFFECTS
from rogatory.opinion.profile_entries import channel_options, entries, language_options
from rogatory.opinion.profile_files import MAX_ENTRIES, read_profile
from rogatory.opinion.profiles import Profile
from rogatory.status.engine import Status

PAGE = (Path(__file__).parents[3] / "docs/reference/profile-data.md").read_text(encoding="utf-8")
LAW = load_law()


def example() -> Profile:
    text = re.findall(r"```toml\n(.*?)```", PAGE, re.S)[0]
    return read_profile(text, name="egy.toml", law=LAW, states=Status.load().states)


def test_the_example_of_the_page_loads_and_has_an_entry_of_every_kind() -> None:
    profile = example()
    assert profile.counts_on(date(2028, 2, 1))
    assert not profile.counts_on(date(2028, 1, 31))
    kinds = [entry.kind for entry in entries(profile, LAW)]
    assert kinds == ["language", "channel", "penalty", "dual-criminality", "form", "who-decides", "condition", "ground"]


def test_entries_are_said_in_both_languages_under_their_provisions() -> None:
    found = {entry.kind: entry for entry in entries(example(), LAW)}
    assert (found["language"].said.en, found["language"].said.fr) == (
        "Arabic; English; French",
        "Arabe ; Anglais ; Français",
    )
    assert (found["penalty"].provision, found["penalty"].measures) == ("37(8)", ("extradition",))
    assert "preservation" in found["language"].measures
    assert found["ground"].effect == "may-refuse"
    for entry in found.values():
        assert entry.head.en
        assert entry.head.fr
        assert entry.said.en
        assert entry.said.fr


def test_the_page_lists_the_provisions_that_leave_something_to_domestic_law() -> None:
    section = PAGE.partition("| provision | leaves to domestic law |")[2].partition("##")[0]
    rows = re.findall(r"^\| `([0-9()a-z]+)` \| (.*) \|$", section, re.M)
    listed = {number: re.findall(r"`([a-z-]+)`", kinds) for number, kinds in rows}
    assert listed == {one.number: list(one.leaves_to_law) for one in LAW.provisions("uncc") if one.leaves_to_law}


def test_the_page_names_every_language_channel_effect_and_the_limit() -> None:
    for code in (*language_options(LAW, "uncc"), *channel_options(LAW, "uncc")):
        assert f"`{code}`" in PAGE
    row = next(line for line in PAGE.splitlines() if line.startswith("| `[[ground]]`"))
    assert {effect for effect in EFFECTS if f"`{effect}`" in row} == {"may-refuse", "may-postpone"}
    assert f"{MAX_ENTRIES} of a kind" in PAGE
