"""The scenes of the main job, in order: each is what people do at the two desks, and what must come of it.

A scene raises `ExerciseFailed` when anything comes out otherwise. Scenes share nothing but the stage, so that the
nodes may be killed and started again before, between and after them.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rogatory.exercise import contents
from rogatory.exercise.node import ExerciseFailed, ExerciseNode
from rogatory.exercise.stage import Stage, sha256

Scene = Callable[[Stage], None]


def exchange_cards(stage: Stage) -> None:
    """Two States accept each other's contact cards after comparing fingerprints"""
    for giver, taker in ((stage.viet_nam, stage.france), (stage.france, stage.viet_nam)):
        card = stage.folder / f"{giver.state}-card.jws"
        shown = giver.run("card", "show", "--out", str(card))
        boss = taker.country.administrator
        wrong = taker.try_run("partner", "add", str(card), "--fingerprint", "0000-0000-0000-0000", who=boss.login)
        expect(wrong[0] != 0, "a card with another fingerprint must be refused")
        taker.run("partner", "add", str(card), "--fingerprint", shown["fingerprint"], who=boss.login)
        stage.transcript.say(
            f"{taker.country.name}: {boss.name} compared {shown['fingerprint']} by telephone "
            f"and accepted the card of {giver.country.name} ({card.name})"
        )


def draft_preservation(stage: Stage) -> None:
    """A drafter in Viet Nam fills in a preservation request; the opinion is shown"""
    node, drafter = stage.viet_nam, stage.viet_nam.country.holder("drafter")
    file = _write(stage, "preservation.json", {**contents.PRESERVATION, "data_link": ""})
    words = ("request", "new", "--measure", "preservation", "--to", "FRA/contact-point", "--contents", file)
    draft = node.run(*words, who=drafter)
    status, told = node.try_run("draft", "submit", draft["id"], who=drafter)
    expect(status != 0, "an incomplete request must not be submitted")
    stage.transcript.say(f"an incomplete form is sent back: {told['error']['message']} [{told['error']['provision']}]")
    file = _write(stage, "preservation.json", contents.PRESERVATION)
    node.run("draft", "edit", draft["id"], "--contents", file, who=drafter)
    _show_opinion(stage, node.run("draft", "show", draft["id"], who=drafter)["opinion"])
    node.run("draft", "submit", draft["id"], who=drafter)
    stage.known["draft"] = draft["id"]
    stage.transcript.say(f"drafted by {_name(node, drafter)}; it now waits for a second person")


def approve_preservation(stage: Stage) -> None:
    """A second person approves; the message is signed, logged, sealed and sent"""
    node = stage.viet_nam
    drafter, approver = node.country.holder("drafter"), node.country.holder("approver")
    status, told = node.try_run("draft", "approve", stage.known["draft"], who=drafter)
    expect(status != 0, "the drafter must not approve")
    stage.transcript.say(f"the drafter tries to approve: {told['error']['message']}")
    issued = node.run("draft", "approve", stage.known["draft"], who=approver)
    stage.known.update(case=issued["case"], preservation=issued["message"])
    event = stage.wait_for_receipt(node, issued["message"])
    stage.transcript.say(f"approved by {_name(node, approver)}: case {issued['case']}")
    stage.transcript.say(
        f"message {issued['message'][:16]}… under {event['cite']}, entry {event['ledger_index']} of the ledger of "
        f"{node.state}; France's signed receipt is here"
    )


def accept_preservation(stage: Stage) -> None:
    """France's duty officer sees the request with its own opinion, acknowledges and accepts"""
    node, officer = stage.france, stage.france.country.holder("duty-officer")
    stage.wait_for_message(node, stage.known["preservation"])
    _show_opinion(stage, node.run("case", "opinion", stage.known["case"], who=officer))
    node.run("acknowledge", stage.known["case"], who=officer)
    node.run("decide", stage.known["case"], "--accept", who=officer)
    _both_see(stage, "preservation", "accepted")
    stage.transcript.say(f"acknowledged under 41(1) and accepted under 42(4) by {_name(node, officer)}")


def record_preservation(stage: Stage) -> None:
    """France records when preservation began; both desks show the same clock"""
    node, officer = stage.france, stage.france.country.holder("duty-officer")
    began = stage.case(node)["now"]
    words = ("--began", began, "--custodian", "Courrier Exemple SAS", "--reference", "CE-2028-0117")
    node.run("preserved", stage.known["case"], *words, who=officer)
    _both_see(stage, "preservation", "preserved")
    clocks = [stage.request(one, "preservation")["clock"] for one in (stage.viet_nam, stage.france)]
    expect(clocks[0] == clocks[1], "both desks must show the same clock")
    clock = clocks[0]
    stage.transcript.say(
        f"preserved since {clock['began']}; at least {clock['minimum_days']} days [42(8)]: until {clock['until']}, "
        f"{clock['light']} on both desks; an extension may be asked for before then [42(9)]"
    )


def follow_up(stage: Stage) -> None:
    """Viet Nam asks for the stored data, naming the preservation that the request follows"""
    node = stage.viet_nam
    drafter, approver = node.country.holder("drafter"), node.country.holder("approver")
    named = {**contents.STORED_DATA, "follows_preservation": stage.known["case"]}
    file = _write(stage, "stored-data.json", named)
    follows = ("--case", stage.known["case"], "--follows", stage.known["preservation"])
    words = ("request", "new", "--measure", "stored-data", "--to", "FRA/contact-point", "--contents", file)
    draft = node.run(*words, *follows, "--submit", who=drafter)
    issued = node.run("draft", "approve", draft["id"], who=approver)
    stage.known["stored-data"] = issued["message"]
    stage.wait_for_receipt(node, issued["message"])
    stage.wait_for_message(stage.france, issued["message"])
    light = stage.request(stage.france, "preservation")["clock"]["light"]
    expect(light == "held", "the data must be kept until the decision")
    stage.transcript.say(
        f"request {issued['message'][:16]}… under 44(1), signed by {_name(node, drafter)} and {_name(node, approver)}; "
        "the clock now reads: held until the decision [42(8)]"
    )


def accept_stored_data(stage: Stage) -> None:
    """France accepts the request for stored data; two people sign"""
    node = stage.france
    officer, approver = node.country.holder("duty-officer"), node.country.holder("approver")
    regarding = ("--regarding", stage.known["stored-data"])
    node.run("acknowledge", stage.known["case"], *regarding, who=officer)
    draft = node.run("decide", stage.known["case"], "--accept", *regarding, who=officer)
    node.run("draft", "approve", _draft_id(draft), who=approver)
    _both_see(stage, "stored-data", "accepted")
    stage.transcript.say(f"accepted under 44(2) by {_name(node, officer)} and {_name(node, approver)}")


def seal_evidence(stage: Stage) -> None:
    """France's custodian seals the provider's return to Viet Nam"""
    node, custodian = stage.france, stage.france.country.holder("custodian")
    sealed = node.run(
        *("exhibit", "seal", stage.known["case"], str(stage.evidence), "--media-type", "application/mbox"),
        *("--description", "Mailbox night.desk@mail.example as returned by the provider"),
        *("--use", "Only for the investigation and trial named in the request [40(19)]"),
        *("--regarding", stage.known["stored-data"]),
        who=custodian,
    )
    said = sealed["manifest"]
    stage.known.update(exhibit=sealed["id"], sha256=said["plaintext"]["sha256"])
    stage.transcript.say(
        f"exhibit {sealed['id']}: {stage.evidence.name}, {said['plaintext']['size']:,} bytes, "
        f"{said['parts']['count']} parts, sealed by {_name(node, custodian)}"
    )
    stage.transcript.say(f"SHA-256 {said['plaintext']['sha256']}")


def deliver(stage: Stage) -> None:
    """A second person releases it; the line is cut once, and the transfer goes on where it stopped"""
    node = stage.france
    custodian, approver = node.country.holder("custodian"), node.country.holder("approver")
    draft = node.run("exhibit", "deliver", stage.known["exhibit"], who=custodian)
    size = stage.evidence.stat().st_size
    stage.line.cut_after(max(size * 2 // 5, 1))
    issued = node.run("draft", "approve", _draft_id(draft), who=approver)
    stage.transcript.say(f"released by {_name(node, approver)} under 44(1): message {issued['message'][:16]}…")
    stage.wait("the line is cut", stage.line.cut.is_set)
    arrived = _exhibit(stage, stage.viet_nam)
    here, parts = (arrived["received_parts"], arrived["manifest"]["parts"]["count"]) if arrived else (0, 1)
    stage.transcript.say(f"the line was cut: {here} of {parts} parts had arrived and were verified")
    why = stage.wait("France says why it waits", lambda: _exhibit(stage, node)["reason"])
    stage.transcript.say(f"France's desk says: {why}")
    stage.line.mend()

    def received() -> Any:
        found = _exhibit(stage, stage.viet_nam)
        return found if found and found["state"] == "received" else None

    found = stage.wait("Viet Nam has the whole exhibit", received)
    stage.wait_for_state(stage.france, "stored-data", "received")
    stage.transcript.say(
        f"the transfer went on with the missing parts: {found['received_parts']} of "
        f"{found['manifest']['parts']['count']} verified, custody receipt signed by {stage.viet_nam.state}"
    )


def open_evidence(stage: Stage) -> None:
    """Viet Nam's custodian opens it; the digest is the one that France sealed"""
    node, custodian = stage.viet_nam, stage.viet_nam.country.holder("custodian")
    opened = stage.folder / "opened" / stage.evidence.name
    opened.parent.mkdir(exist_ok=True)
    purpose = "Examination of the mailbox for the investigation named in the request"
    words = ("exhibit", "open", stage.known["exhibit"], "--purpose", purpose, "--out", str(opened))
    node.run(*words, who=custodian)
    expect(sha256(opened) == stage.known["sha256"] == sha256(stage.evidence), "the digests must be the same")
    stage.transcript.say(f"opened by {_name(node, custodian)}, purpose recorded [40(19)]: {opened}")
    stage.transcript.say(f"sha256sum {opened.name}: {sha256(opened)}: the same")
    entry = stage.wait("France holds the entry of the opening", lambda: _custody(stage, stage.france, "opened"))
    both = [_acts(stage, one) for one in (stage.viet_nam, stage.france)]
    expect(both[0] == both[1], "both States must hold the same custody")
    stage.transcript.say(f"custody on both sides: {' → '.join(both[0])} ({entry['purpose']})")


def close_case(stage: Stage) -> None:
    """Viet Nam closes the request; both desks show the same status"""
    node, drafter = stage.viet_nam, stage.viet_nam.country.holder("drafter")
    node.run("close", stage.known["case"], "--regarding", stage.known["stored-data"], who=drafter)
    _both_see(stage, "stored-data", "closed")
    states = [[one["state"] for one in stage.case(node)["requests"]] for node in (stage.viet_nam, stage.france)]
    expect(states[0] == states[1], "both desks must show the same status")
    stage.transcript.say(f"requests of the case, on both desks: {', '.join(states[0])}")


def export_and_verify(stage: Stage) -> None:
    """The case is exported and verified offline; one changed byte is found"""
    node, auditor = stage.viet_nam, stage.viet_nam.country.holder("auditor")
    bundle = stage.folder / f"{stage.known['case']}.zip"
    node.run("export", stage.known["case"], "--out", str(bundle), who=auditor)
    status, told = node.verify(str(bundle))
    expect(status == 0, f"the bundle must verify: {told}")
    stage.transcript.say(f"rogatory verify {bundle}")
    for line in told.splitlines():
        stage.transcript.say(f"  {line}")
    changed = bundle.with_name("changed.zip")
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    status, told = node.verify(str(changed))
    expect(status != 0, "a changed bundle must not verify")
    stage.transcript.say("one byte changed in the middle of a copy:")
    stage.transcript.say(f"  {told.strip().splitlines()[-1] if told.strip() else ''}")


SCENES: tuple[Scene, ...] = (
    exchange_cards,
    draft_preservation,
    approve_preservation,
    accept_preservation,
    record_preservation,
    follow_up,
    accept_stored_data,
    seal_evidence,
    deliver,
    open_evidence,
    close_case,
    export_and_verify,
)


def expect(true: object, otherwise: str) -> None:
    """Nothing, when *true*; raises `ExerciseFailed`."""
    if not true:
        raise ExerciseFailed(otherwise)


def _show_opinion(stage: Stage, opinion: Any) -> None:
    stage.transcript.say(f"opinion ({opinion['chair']} State): {opinion['answer']} - {opinion['sentence']['en']}")
    rows = [(one["provision"], one["verdict"], _short(one["because"])) for one in opinion["findings"]]
    stage.transcript.table(rows)
    for ground in opinion["grounds"]:
        stage.transcript.say(f"ground {ground['provision']}: {ground['question']['en']}")
    for deadline in opinion["deadlines"]:
        stage.transcript.say(f"deadline {deadline['provision']}: {deadline['sentence']['en']}")


def _short(sentences: Any) -> str:
    line = " ".join(sentence["en"] for sentence in sentences)
    return line if len(line) <= 110 else line[:109] + "…"


def _both_see(stage: Stage, name: str, state: str) -> None:
    for node in (stage.france, stage.viet_nam):
        stage.wait_for_state(node, name, state)


def _name(node: ExerciseNode, login: str) -> str:
    return next(player.name for player in node.country.desk if player.login == login)


def _draft_id(told: Any) -> str:
    found: str = told["id"]
    return found


def _exhibit(stage: Stage, node: ExerciseNode) -> Any:
    return next((one for one in stage.case(node)["exhibits"] if one["id"] == stage.known["exhibit"]), None)


def _custody(stage: Stage, node: ExerciseNode, act: str) -> Any:
    found = _exhibit(stage, node)
    return next((entry for entry in found["custody"] if entry["act"] == act), None) if found else None


def _acts(stage: Stage, node: ExerciseNode) -> list[str]:
    return [entry["act"] for entry in _exhibit(stage, node)["custody"]]


def _write(stage: Stage, name: str, value: object) -> str:
    path: Path = stage.folder / name
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return str(path)
