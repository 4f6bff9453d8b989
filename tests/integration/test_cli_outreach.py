"""Outreach by command: steps with their history, reports and files, and nothing of a colleague's contacts."""

import csv
import io
import sqlite3

import pytest
from tests.support.rogatory_process import Program

pytestmark = pytest.mark.any_database

SECRET = "Zebulon Quist"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A practice node with two liaisons, of whom the first has a contact in Kenya, a drafter and an auditor."""
    program = Program(tmp_path_factory.mktemp("cli-outreach"))
    program.init()
    for login, role in {"khoa": "liaison", "lan": "liaison", "an": "drafter", "em": "auditor"}.items():
        program.add(login, role)
    with sqlite3.connect(program.data / "db.sqlite3") as database:
        owner = database.execute(
            "SELECT m.id FROM office_member m JOIN auth_user u ON u.id = m.user_id WHERE u.username = 'khoa'"
        ).fetchone()[0]
        database.execute(
            "INSERT INTO office_outreachcontact (iso3, owner_id, version, changed_at, name, post, channel, notes)"
            " VALUES ('KEN', ?, 1, '2028-03-01', ?, '', '', '')",
            (owner, SECRET),
        )
    return program


def test_a_step_is_entered_corrected_and_taken_back(program: Program) -> None:
    step = ("outreach", "step", "KEN", "before-parliament", "2028-02-10", "--source", "Gazette 12")
    assert program.refused(4, *step, "--as", "an") == "role-missing"
    first = program.json(*step, "--as", "khoa")
    assert (first["kind"], first["certainty"], first["corrects"]) == ("before-parliament", "medium", None)
    assert program.json("outreach", "show", "Kenya", "--as", "lan")["stage"] == "before-parliament"
    better = ("outreach", "step", "KEN", "approved", "2028-02-11", "--source", "Gazette 13")
    second = program.json(*better, "--correct", str(first["number"]), "--as", "lan")
    assert program.refused(4, *better, "--correct", str(first["number"]), "--as", "khoa") == "changed-meanwhile"
    assert program.refused(2, *better[:4], "tomorrow", *better[5:], "--as", "lan") == "bad-outreach-entry"
    assert program.json("outreach", "show", "KEN", "--as", "lan")["stage"] == "approved"
    program.json("outreach", "undo", str(second["number"]), "--as", "lan")
    assert program.json("outreach", "show", "KEN", "--as", "lan")["stage"] == "before-parliament"


def test_the_list_the_report_and_the_files_count_the_same_states(program: Program) -> None:
    deposited = program.json("outreach", "list", "--stage", "deposited", "--as", "lan")
    report = program.json("outreach", "report", "--group", "african", "--as", "lan")
    assert report["all"]["deposited"] == len(deposited)
    assert report["quarters"][0]["until"] == "2028-03-01"
    every = program.json("outreach", "export", "--as", "lan")
    written = program.call("outreach", "export", "--as", "lan").stdout
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [one["state"] for one in rows] == [one["state"] for one in every]
    assert sum(report["all"].values()) == len(rows)
    assert program.refused(2, "outreach", "list", "--stage", "nowhere", "--as", "lan") == "bad-outreach-entry"


def test_a_second_liaison_reads_nothing_of_anothers_contacts(program: Program) -> None:
    mine = program.json("outreach", "show", "KEN", "--contacts", "--as", "khoa")
    assert [one["name"] for one in mine["contacts"]] == [SECRET]
    for command in (
        ("outreach", "show", "KEN", "--contacts"),
        ("outreach", "show", "KEN"),
        ("outreach", "list", "--stage", "all"),
        ("outreach", "report"),
        ("outreach", "export"),
    ):
        for form in ((), ("--json",)):
            done = program.call(*form, *command, "--as", "lan")
            assert done.returncode == 0, done.stderr
            assert SECRET not in done.stdout
    audit = program.call("audit", "--as", "em")
    assert "outreach:file:export" in audit.stdout
    assert "contact:make" not in audit.stdout
    assert SECRET not in audit.stdout
