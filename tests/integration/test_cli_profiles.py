"""National profiles by command: tried, added, listed, shown, withdrawn, and what `rogatory assess` makes of them."""

from pathlib import Path

import pytest
from tests.support.rogatory_process import Program

pytestmark = pytest.mark.any_database

PROFILE = """\
state = "FRA"
instrument = "uncc"
notified = 2028-01-10
effective = 2028-01-20
source = "Note to the depositary"
practice = true
[[condition]]
provision = "40(17)"
measures = ["mla"]
key = "order"
question = { en = "Is the order of a court attached?", fr = "La décision d’un tribunal est-elle jointe ?" }
[[penalty]]
provision = "37(8)"
measures = ["extradition"]
years = 2
[languages]
provision = "40(13)"
accepted = ["fr", "en"]
[[dual_criminality]]
provision = "40(8)"
measures = ["stored-data"]
policy = "not-required"
"""
FACTS = 'measure = "mla"\nrequesting = "VNM"\nrequested = "FRA"\non = 2028-03-01\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A node with an administrator and a lawyer."""
    program = Program(tmp_path_factory.mktemp("cli-profiles"))
    program.init()
    program.add("an", "drafter")
    return program


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "fra.toml"
    path.write_text(PROFILE, encoding="utf-8")
    return str(path)


def conditions(program: Program, *more: str) -> list[str]:
    opinion = program.json("assess", "-", *more, given=FACTS)
    return [one["verdict"] for one in opinion["findings"] if one["topic"] == "profile"]


def test_a_profile_is_tried_added_used_shown_and_withdrawn(desk: Program, file: str, tmp_path: Path) -> None:
    assert desk.json("profile", "add", file, "--dry-run")["kept"] is False
    assert desk.json("profile", "list") == []
    assert conditions(desk) == []
    assert desk.refused(4, "profile", "add", file, "--as", "an") == "role-missing"
    assert desk.refused(3, "profile", "show", "FRA") == "no-such-profile"

    added = desk.json("profile", "add", file, "--as", "giang")
    assert (added["kept"], added["ends"], added["state"]) == (True, [], "FRA")
    assert [(one["kind"], one["provision"]) for one in added["entries"]] == [
        ("language", "40(13)"),
        ("penalty", "37(8)"),
        ("dual-criminality", "40(8)"),
        ("condition", "40(17)"),
    ]
    assert desk.refused(4, "profile", "add", file, "--as", "giang") == "profiles-overlap"
    assert conditions(desk) == ["unknown"]

    shown = desk.json("profile", "show", "fra")
    assert (shown["source"], shown["counts"], shown["added_by"]) == ("Note to the depositary", True, "giang")
    assert shown["entries"] == added["entries"]
    for lang, said in {"en": "French; English", "fr": "Français ; Anglais"}.items():
        assert said in desk.call("profile", "show", "FRA", "--lang", lang).stdout
    assert "at least 2 years" in desk.call("profile", "show", "FRA").stdout

    (tmp_path / "later.toml").write_text(PROFILE.replace("2028-01-20", "2028-02-20"), encoding="utf-8")
    later = desk.json("profile", "add", str(tmp_path / "later.toml"), "--as", "giang")
    assert [(one["file"], one["effective"]) for one in later["ends"]] == [("fra.toml", "2028-01-20")]
    first, second = desk.json("profile", "list", "--state", "FRA")
    assert (first["until"], first["counts"], second["until"], second["counts"]) == ("2028-02-20", False, None, True)
    assert desk.json("profile", "show", "FRA", "--on", "2028-02-19")["file"] == "fra.toml"
    assert desk.json("profile", "list", "--state", "BRA") == []

    ended = desk.json("profile", "withdraw", "FRA", "--from", "2028-03-01", "--as", "giang")
    assert ended["ends"] == ["later.toml"]
    assert conditions(desk) == []
    assert [one["withdrawn"] for one in desk.json("profile", "list")] == [False, True]
    assert "withdrawn" in desk.call("profile", "list").stdout
    assert desk.refused(3, "profile", "withdraw", "FRA", "--from", "2028-03-01", "--as", "giang") == "no-such-profile"


def test_a_profile_named_in_the_call_stands_in_place_of_the_node_s_own(
    desk: Program, file: str, tmp_path: Path
) -> None:
    bra = FACTS.replace("FRA", "BRA")
    (tmp_path / "bra.toml").write_text(PROFILE.replace("FRA", "BRA"), encoding="utf-8")
    desk.json("profile", "add", str(tmp_path / "bra.toml"), "--as", "giang")
    (tmp_path / "other.toml").write_text(PROFILE.replace("FRA", "BRA").split("[[condition]]")[0], encoding="utf-8")
    own = desk.json("assess", "-", given=bra)
    assert "profile" in {one["topic"] for one in own["findings"]}
    named = desk.json("assess", "-", "--profile", str(tmp_path / "other.toml"), given=bra)
    assert "profile" not in {one["topic"] for one in named["findings"]}
    of_another = desk.json("assess", "-", "--profile", file, given=bra)
    assert of_another == own


def test_a_file_can_be_tried_where_there_is_no_node(tmp_path: Path, file: str) -> None:
    program = Program(tmp_path / "nowhere")
    tried = program.json("profile", "add", "-", "--dry-run", given=PROFILE)
    assert (tried["kept"], tried["state"], len(tried["entries"])) == (False, "FRA", 4)
    assert program.refused(2, "profile", "list") == "no-node-here"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"40(17)"', '"42(8)"', "profile-lowers-a-duty"),
        ('"40(17)"', '"40(99)"', "bad-profile"),
        ('"FRA"', '"XXX"', "bad-profile"),
        ("years = 2", "years = 2\nyears = 3", "bad-profile"),
    ],
)
def test_what_cannot_be_used_is_refused_with_file_and_line(
    desk: Program, tmp_path: Path, old: str, new: str, code: str
) -> None:
    (tmp_path / "bad.toml").write_text(PROFILE.replace(old, new), encoding="utf-8")
    assert desk.refused(2, "profile", "add", str(tmp_path / "bad.toml"), "--dry-run") == code
    assert "bad.toml:" in desk.call("profile", "add", str(tmp_path / "bad.toml"), "--dry-run").stderr


def test_an_unknown_state_or_instrument_is_refused_by_name(desk: Program) -> None:
    assert desk.refused(3, "profile", "list", "--state", "XXX") == "unknown-state"
    assert desk.refused(3, "profile", "show", "FRA", "--instrument", "hague") == "unknown-instrument"
