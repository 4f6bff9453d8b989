"""The work of a desk by command: partners, requests, drafts, cases, outbox, ledger, export."""

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.support.partner import Partner
from tests.support.rogatory_process import Program

from rogatory.exercise.contents import PRESERVATION
from rogatory.kernel import times
from rogatory.law.loader import load_law
from rogatory.ledger import proofs
from rogatory.ledger.notes import parse_vkey
from rogatory.sealing import cards

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A node with people at its desk; it has accepted the card of France, whose node is down."""
    program = Program(tmp_path_factory.mktemp("cli-desk"))
    now = times.parse_stamp(program.init()["clock"])
    program.add("an", "drafter", "approver")
    program.add("binh", "approver", "auditor")
    france = _france(now)
    card = program.folder / "fra.jws"
    card.write_bytes(france.card(at=now))
    told = cards.fingerprint(france.keys.identity.public)
    assert (
        program.refused(2, "partner", "add", str(card), "--fingerprint", "00000", "--as", "giang")
        == "fingerprint-differs"
    )
    assert program.refused(2, "partner", "add", str(card), "--as", "giang") == "bad-input"
    assert program.refused(4, "partner", "add", str(card), "--fingerprint", told, "--as", "an") == "role-missing"
    assert program.json("partner", "list") == []
    program.json("partner", "add", str(card), "--fingerprint", told, "--as", "giang")
    return program


@pytest.fixture(scope="module")
def issued(desk: Program) -> dict[str, str]:
    """A preservation request that was drafted, corrected and approved."""
    incomplete = json.dumps({**PRESERVATION, "facts": ""})
    new = ("request", "new", "--measure", "preservation", "--to", "FRA/contact-point", "--contents", "-")
    draft = desk.json(*new, "--as", "an", given=incomplete)["id"]
    shown = desk.json("draft", "show", draft, "--as", "an")
    assert shown["opinion"]["question"]["en"]
    assert [problem["key"] for problem in shown["problems"]] == ["facts"]
    assert desk.refused(2, "draft", "submit", draft, "--as", "an") == "form-incomplete"
    desk.json("draft", "edit", draft, "--set", f"facts={PRESERVATION['facts']}", "--as", "an")
    assert desk.json("draft", "submit", draft, "--as", "an")["state"] == "submitted"
    assert desk.refused(4, "draft", "approve", draft, "--as", "an") == "same-person"
    assert desk.json("draft", "return", draft, "--remark", "Say when.", "--as", "binh")["remark"] == "Say when."
    desk.json("draft", "submit", draft, "--as", "an")
    told: dict[str, str] = desk.json("draft", "approve", draft, "--as", "binh")
    assert desk.json("draft", "list", "--as", "an") == []
    return told


def test_a_template_of_the_form_can_be_filled_in_as_it_is(desk: Program) -> None:
    done = desk.call("request", "form", "preservation", "--template")
    assert done.returncode == 0
    fields = load_law().form("preservation").fields
    assert list(tomllib.loads(done.stdout)) == [field.key for field in fields if field.required == "always"]
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line or line == '# """' else line for line in done.stdout.splitlines()
    )
    assert all(f"{field.key} = " in uncommented for field in fields)


def test_a_case_is_shown_with_its_messages_and_why_they_have_not_left(desk: Program, issued: dict[str, str]) -> None:
    case = desk.json("case", "show", issued["case"][:13], "--as", "binh")
    assert case["case"] == issued["case"]
    assert [one["digest"] for one in case["requests"]] == [issued["message"]]
    event = case["timeline"][0]
    assert (event["kind"], event["cite"], event["delivery"]["state"]) == ("request", "42(1)", "queued")
    assert event["drafted_by"]["name"] != event["approved_by"]["name"]
    assert [line["case"] for line in desk.json("case", "list", "--as", "binh")] == [issued["case"]]
    assert desk.refused(3, "case", "show", "VNM-FRA-2031", "--as", "binh") == "nothing-like-that"


def test_a_person_reads_the_same_case_without_colours_or_escapes(desk: Program, issued: dict[str, str]) -> None:
    done = desk.call("case", "show", issued["case"], "--as", "binh")
    assert done.returncode == 0
    assert issued["message"][:16] in done.stdout
    assert "\x1b" not in done.stdout


def test_the_opinion_on_a_request_takes_the_officers_answers(
    desk: Program, issued: dict[str, str], tmp_path: Path
) -> None:
    opinion = desk.json("case", "opinion", issued["case"], "--as", "binh")
    assert (opinion["chair"], opinion["regarding"]) == ("requesting", issued["message"])
    answers = tmp_path / "answers.toml"
    answers.write_text('"no such question" = "yes"\n')
    words = ("case", "opinion", issued["case"], "--answers", str(answers), "--as", "binh")
    assert desk.refused(2, *words) == "bad-facts"


def test_a_step_that_the_case_does_not_permit_is_refused(desk: Program, issued: dict[str, str]) -> None:
    case = issued["case"]
    assert desk.refused(4, "close", case, "--as", "an") == "no-request-fits"
    assert (
        desk.refused(4, "step", case, "closure", "--regarding", issued["message"][:8], "--as", "an") == "does-not-fit"
    )
    assert desk.refused(2, "step", case, "closure", "--regarding", "abc", "--as", "an") == "ambiguous"
    assert desk.refused(4, "acknowledge", case, "--regarding", issued["message"], "--as", "an") == "role-missing"


def test_a_step_finds_the_only_request_that_it_can_regard(desk: Program, issued: dict[str, str]) -> None:
    told = desk.json("answer", issued["case"], "--text", "-", "--as", "an", given="The mailbox has moved.\n")
    assert (told["result"], told["kind"]) == ("issued", "supplement")
    body = next(
        one["body"]
        for one in desk.json("case", "show", issued["case"], "--as", "an")["timeline"]
        if one["digest"] == told["message"]
    )
    assert body == {"text": "The mailbox has moved."}


def test_the_outbox_is_listed_retried_and_withdrawn(desk: Program, issued: dict[str, str]) -> None:
    told = desk.json("answer", issued["case"], "--text", "Never mind.", "--as", "an")
    waiting = desk.json("outbox", "list", "--as", "an")
    mine = next(one for one in waiting if one["message"] == told["message"])
    assert desk.json("outbox", "retry", mine["id"], "--as", "an")["state"] == "queued"
    assert desk.json("outbox", "withdraw", mine["id"], "--as", "binh")["state"] == "withdrawn"
    assert desk.refused(4, "outbox", "retry", mine["id"], "--as", "an") == "delivery-ended"
    assert desk.refused(3, "outbox", "retry", "0" * 26, "--as", "an") == "no-such-delivery"


def test_a_proof_of_a_message_verifies_with_the_key_on_the_card(desk: Program, issued: dict[str, str]) -> None:
    proof = proofs.read_proof(desk.json("ledger", "proof", issued["message"][:12], "--as", "binh"))
    key = parse_vkey(desk.json("card", "show")["ledger"]["key"])
    head = proofs.verify_proof(proof, issued["message"], key)
    assert desk.json("ledger", "checkpoint")["checkpoint"].splitlines()[1] == str(head.size)


def test_rebuilding_changes_nothing_of_what_is_right(desk: Program, issued: dict[str, str]) -> None:
    told = desk.json("rebuild", "--as", "giang")
    assert told["cases"] == 1
    assert told["differing"] == []
    assert desk.refused(4, "rebuild", "--as", "an") == "role-missing"


def test_a_case_is_exported_once_and_never_over_another_file(desk: Program, issued: dict[str, str]) -> None:
    out = desk.folder / "case.zip"
    told = desk.json("export", issued["case"], "--out", str(out), "--as", "binh")
    assert told["size"] == out.stat().st_size > 0
    assert desk.refused(2, "export", issued["case"], "--out", str(out), "--as", "binh") == "file-exists"
    assert out.stat().st_size == told["size"]


def test_every_reading_stands_in_the_access_record(desk: Program, issued: dict[str, str]) -> None:
    desk.json("case", "show", issued["case"], "--as", "an")
    lines = desk.json("audit", "--subject", issued["case"], "--as", "binh")
    assert ("an", "case:file:read") in {(line["who"], line["action"]) for line in lines}


def _france(now: datetime) -> Partner:
    return Partner("FRA", since=now - timedelta(days=30))
