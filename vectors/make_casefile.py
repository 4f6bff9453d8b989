"""Makes the vectors of messages, cases and bundles; every run gives the same bytes.

    python vectors/make_casefile.py

One file, one outcome: a header of `name: value` lines that says what must happen, an empty line, then the bytes. What
each header means is in spec/message.md and spec/bundle.md. Beside them stands one whole bundle, `bundle/good.zip`;
vectors with `flip`, `cut` or `insert` say how to change it.
"""

import io
import textwrap
from base64 import b64encode
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from practice_case import PracticeCase, bundle_of, contained, repacked
from practice_keys import FRA, KEN, PLAIN, VNM, Made, signing

from rogatory.bundle.container import Container
from rogatory.casefile.messages import Message
from rogatory.kernel.times import stamp
from rogatory.sealing import cards, jws

FOLDER = Path(__file__).parent
EVIDENCE = b"The evidence of the vectors.\n" * 20
Vector = tuple[str, dict[str, str], bytes]


def build() -> dict[str, bytes]:
    """Every vector by the path of its file under this folder."""
    made = {"bundle/good.zip": whole_case().bundle()}
    for maker in (
        message_vectors,
        case_vectors,
        measure_vectors,
        onward_vectors,
        changed_bundles,
        forged_bundles,
        paged_bundles,
    ):
        for name, header, data in maker():
            head = "".join(f"{key}: {value}\n" for key, value in header.items())
            body = "\n".join(textwrap.wrap(b64encode(data).decode(), 76)).encode() if "body" in header else data
            made[f"{name}.txt"] = head.encode() + b"\n" + body + b"\n"
    return made


def main() -> None:
    """Write all vectors."""
    for name, data in build().items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def whole_case() -> PracticeCase:
    """The case of `bundle/good.zip`."""
    return PracticeCase().play(EVIDENCE)


def short_case() -> tuple[PracticeCase, Message]:
    """A preservation that was asked for and acknowledged, and the request."""
    case = PracticeCase()
    asked = case.ask_preservation()
    case.say(FRA, "acknowledgement", {}, regarding=asked.digest)
    return case, asked


def lines(case: PracticeCase) -> bytes:
    """The messages of *case* in the order in which they were said, a line each."""
    return b"\n".join(message.jws for message in case.messages.values())


def message_vectors() -> Made:
    """The last line is a message that is to follow those before it."""
    for name, expect, cite, comment, sender, kind, body, changes in (*permitted(), *not_permitted(), *malformed()):
        case, asked = short_case()
        before = lines(case)
        payload = _payload(case, sender, kind, body, asked) | changes
        header = {"expect": expect, "comment": comment, "checks": "next"} | ({"cite": cite} if cite else {})
        yield f"message/{name}", header, before + b"\n" + jws.sign(payload, key=signing(sender), typ=_TYPE)
    case, asked = short_case()
    payload = _payload(case, FRA, "decision", {"outcome": "accepted"}, asked)
    header = {"expect": "unknown-key", "comment": "signed by the other side", "checks": "next"}
    yield (
        "message/signed-by-the-other-side",
        header,
        lines(case) + b"\n" + jws.sign(payload, key=signing(VNM), typ=_TYPE),
    )
    header = {"expect": "wrong-type", "comment": "signed as something else", "checks": "next"}
    other = jws.sign(payload, key=signing(FRA), typ="rogatory-note+jws")
    yield "message/wrong-type", header, lines(case) + b"\n" + other
    header = {"expect": "missing-message", "comment": "the acknowledgement was left out", "checks": "next"}
    first = lines(case).split(b"\n")[0]
    yield "message/missing", header, first + b"\n" + jws.sign(payload, key=signing(FRA), typ=_TYPE)


_TYPE = "rogatory-message+jws"
Said = tuple[str, str, str, str, str, str, dict[str, Any], dict[str, Any]]


def permitted() -> Iterator[Said]:
    """Steps that the table permits after an acknowledgement."""
    accepted, warning = {"outcome": "accepted"}, {"concern": "confidentiality", "text": "the provider may tell"}
    yield "accepted", "success", "42(4)", "the requested State accepts", FRA, "decision", accepted, {}
    yield "unknown-members", "success", "42(4)", "kept, no effect", FRA, "decision", accepted | {"x": 1}, {"y": [2]}
    yield "withdrawn", "success", "40(26)", "the asking State withdraws", VNM, "withdrawal", {"reason": "solved"}, {}
    yield "warned", "success", "42(7)", "a warning", FRA, "warning", warning, {}


def not_permitted() -> Iterator[Said]:
    """Steps that do not fit the case."""
    accepted = {"outcome": "accepted"}
    no = "does-not-fit"
    yield "wrong-side", no, "", "the asking State decides", VNM, "decision", accepted, {}
    yield "too-early", no, "", "preserved before accepted", FRA, "preserved", _period(60), {}
    yield "unknown-kind", no, "", "a kind of a later version", FRA, "transit-notice", {}, {}
    yield "wrong-number", no, "", "5 where 3 is due", FRA, "decision", accepted, {"number": 5}
    yield "other-world", no, "", "a real step in an exercise", FRA, "decision", accepted, {"exercise": False}
    yield "no-request", no, "", "names no request", FRA, "decision", accepted, {"regarding": None}
    yield "before-the-request", no, "", "dated before it", FRA, "decision", accepted, {"at": "2030-05-31T00:00:00.000Z"}
    yield "refused-without-ground", no, "", "no ground", FRA, "decision", {"outcome": "declined", "reasons": "no"}, {}
    yield (
        "refused-without-reasons",
        no,
        "",
        "40(25)",
        FRA,
        "decision",
        {"outcome": "declined", "grounds": ["42(6)"]},
        {},
    )


def malformed() -> Iterator[Said]:
    """Payloads that are no message."""
    accepted = {"outcome": "accepted"}
    yield "version-2", "bad-message", "", "a later version", FRA, "decision", accepted, {"v": 2}
    yield "number-0", "bad-message", "", "numbers count from 1", FRA, "decision", accepted, {"number": 0}
    yield "body-list", "bad-message", "", "the body is an object", FRA, "decision", accepted, {"body": []}
    yield "no-person", "bad-message", "", "somebody drafted it", FRA, "decision", accepted, {"drafted_by": None}
    yield "bad-case", "bad-identifier", "", "no name of a case", FRA, "decision", accepted, {"case": "VNM-FRA"}
    yield "bad-time", "bad-time", "", "not in UTC", FRA, "decision", accepted, {"at": "2030-06-01T12:00:00+07:00"}
    yield "bad-digest", "bad-digest", "", "capital letters", FRA, "decision", accepted, {"regarding": "A" * 64}


def case_vectors() -> Made:
    """All messages of a case, and the states of its requests in the order in which they were made."""
    whole = whole_case()
    yield "message/case-whole", _states("preserved closed", "a whole case", whole, ineffective=0), lines(whole)
    backwards = b"\n".join(reversed(lines(whole).split(b"\n")))
    yield "message/case-backwards", _states("preserved closed", "arrived backwards", whole, ineffective=0), backwards
    case, asked = short_case()
    heads, number = list(case.file.heads), case.file.next_number
    refusal = {"outcome": "declined", "grounds": ["42(6)"], "reasons": "ordre public"}
    case.say(FRA, "decision", refusal, regarding=asked.digest)
    at_once = {"follows": heads, "number": number}
    case.say(VNM, "withdrawal", {"reason": "solved"}, regarding=asked.digest, **at_once)
    state = case.file.requests[asked.digest].state
    yield "message/case-at-once", _states(state, "refused and withdrawn at once", case, ineffective=1), lines(case)
    case, asked = short_case()
    case.say(FRA, "transit-notice", {"text": "new"}, regarding=asked.digest)
    case.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked.digest)
    yield "message/case-unknown-kind", _states("accepted", "kept without effect", case, ineffective=1), lines(case)


def measure_vectors() -> Made:
    """A whole case of assistance, of extradition and of information given unasked; and outcomes that do not fit."""
    done = {"result": "carried-out", "on": "2030-06-02", "text": "done as asked"}
    case, asked = opened("mla")
    for kind, body in (("acknowledgement", {}), ("decision", {"outcome": "accepted"}), ("outcome", done)):
        case.say(FRA, kind, body, regarding=asked.digest)
    case.hand_over(asked, case.seal(asked, EVIDENCE))
    case.say(FRA, "outcome", {**done, "result": "carried-out-in-part"}, regarding=asked.digest)
    case.say(VNM, "closure", {}, regarding=asked.digest)
    yield "message/case-mla", _states("closed", "an outcome, an exhibit, an outcome", case, ineffective=0), lines(case)
    case, asked = opened("extradition")
    postponed = {"outcome": "postponed", "reasons": "a trial is under way"}
    for kind, body in (("decision", postponed), ("decision", {"outcome": "accepted"}), ("outcome", done)):
        case.say(FRA, kind, body, regarding=asked.digest)
    case.say(VNM, "closure", {}, regarding=asked.digest)
    yield "message/case-extradition", _states("closed", "never postponed", case, ineffective=1), lines(case)
    case, asked = opened("spontaneous-information")
    case.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked.digest)
    case.say(FRA, "acknowledgement", {}, regarding=asked.digest)
    case.say(FRA, "closure", {}, regarding=asked.digest)
    about = "nothing to decide: acknowledged and closed by the receiver"
    yield "message/case-unasked", _states("closed", about, case, ineffective=1), lines(case)
    case, asked = opened("extradition")
    case.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked.digest)
    before = lines(case)
    outcomes = {
        "outcome": (done, {}, "success"),
        "outcome-tomorrow": ({**done, "on": "2030-06-04"}, {}, "does-not-fit"),
        "outcome-by-one": (done, {"approved_by": None}, "does-not-fit"),
        "outcome-unknown": ({**done, "result": "surrendered"}, {}, "does-not-fit"),
    }
    for name, (body, changes, expect) in outcomes.items():
        payload = _payload(case, FRA, "outcome", body, asked) | {"at": "2030-06-02T12:00:00.000Z"} | changes
        cite = {"cite": "37(18)"} if expect == "success" else {}
        header = {"expect": expect, "comment": f"an outcome of extradition: {name}", "checks": "next"} | cite
        yield f"message/{name}", header, before + b"\n" + jws.sign(payload, key=signing(FRA), typ=_TYPE)


def onward_vectors() -> Made:
    """Leave to pass an exhibit on, asked for, given after the end, and said by those who cannot give it."""
    case, asked = opened("mla")
    case.say(FRA, "decision", {"outcome": "accepted"}, regarding=asked.digest)
    given = case.seal(asked, EVIDENCE)
    case.hand_over(asked, given)
    exhibit = {"exhibit": given.manifest.exhibit}
    onward = {**exhibit, "to": KEN}
    case.say(VNM, "onward-request", {**onward, "purpose": "a trial in a third State"}, regarding=asked.digest)
    notice = {**exhibit, "to": "the defence", "clears": "an alibi", "in_advance": True}
    case.say(VNM, "disclosure-notice", notice, regarding=asked.digest)
    case.say(VNM, "closure", {}, regarding=asked.digest)
    before = lines(case)
    leave = {**onward, "granted": True, "conditions": "for that trial alone", "until": "2030-12-31"}
    late = {**notice, "in_advance": False}
    said: dict[str, tuple[str, str, dict[str, Any], dict[str, Any], str]] = {
        "leave": (FRA, "onward-leave", leave, {}, "36(3)"),
        "leave-refused": (FRA, "onward-leave", {**onward, "granted": False, "reasons": "not there"}, {}, "36(3)"),
        "leave-refused-without-reasons": (FRA, "onward-leave", {**onward, "granted": False}, {}, ""),
        "leave-by-one": (FRA, "onward-leave", leave, {"approved_by": None}, ""),
        "leave-by-the-receiver": (VNM, "onward-leave", leave, {}, ""),
        "leave-for-another-exhibit": (FRA, "onward-leave", {**leave, "exhibit": "0" * 26}, {}, ""),
        "leave-for-nobody": (FRA, "onward-leave", {**leave, "to": "KEN"}, {}, ""),
        "leave-asked-by-the-giver": (FRA, "onward-request", {**onward, "purpose": "a trial"}, {}, ""),
        "notice-afterwards": (VNM, "disclosure-notice", {**late, "no_time": "in the hearing"}, {}, "40(19)"),
        "notice-without-reason": (VNM, "disclosure-notice", late, {}, ""),
        "notice-without-exhibit": (VNM, "disclosure-notice", {**notice, "exhibit": None}, {}, "40(19)"),
    }
    for name, (sender, kind, body, changes, cite) in said.items():
        payload = _payload(case, sender, kind, body, asked) | changes
        header = {"expect": "success" if cite else "does-not-fit", "comment": f"after the end: {name}"}
        header |= {"checks": "next"} | ({"cite": cite} if cite else {})
        yield f"message/{name}", header, before + b"\n" + jws.sign(payload, key=signing(sender), typ=_TYPE)
    case.say(FRA, "onward-leave", leave, regarding=asked.digest)
    about = "leave to pass an exhibit on, given after the end"
    yield "message/case-onward", _states("closed", about, case, ineffective=0), lines(case)


def opened(measure: str) -> tuple[PracticeCase, Message]:
    """A request for *measure* under the Convention, and the case that it opens."""
    case = PracticeCase()
    contents = {"facts": "a practice case"}
    return case, case.say(VNM, "request", {"measure": measure, "instrument": "uncc", "contents": contents})


def _states(states: str, comment: str, case: PracticeCase, *, ineffective: int) -> dict[str, str]:
    heads = " ".join(case.file.heads)
    about = {"states": states, "ineffective": str(ineffective), "heads": heads}
    return {"expect": "success", "comment": comment, "checks": "fold"} | about


def changed_bundles() -> Made:
    """How to change `bundle/good.zip`, and the steps that must then fail with which codes."""
    data = whole_case().bundle()
    sealed, message, card, readme = (
        _inside(data, name) for name in ("exhibits/*/sealed.age", "messages/0003*", "cards/FRA*", "README.txt")
    )
    trusted = {"trust": " ".join(f"{state}={cards.fingerprint(signing(state).public)}" for state in ("FRA", "VNM"))}
    opened = {"identity": PLAIN[VNM].reveal()}
    yield "bundle/good", {"expect": "success", "comment": "as it is", "base": "good.zip"} | trusted | opened, b""
    rows = (
        ("sealed-byte", {"flip": str(sealed)}, "whole=bundle-container exhibits=wrong-part-digest"),
        ("message-byte", {"flip": str(message)}, "whole=bundle-container signatures=*"),
        ("card-byte", {"flip": str(card)}, "whole=bundle-container cards=*"),
        ("readme-byte", {"flip": str(readme)}, "whole=bundle-container"),
        ("first-byte", {"flip": "0"}, "whole=bundle-container"),
        ("last-byte", {"flip": str(len(data) - 1)}, "whole=bundle-container"),
        ("cut-short", {"cut": f"{len(data) - 100} 100"}, "whole=bundle-container"),
        ("cut-middle", {"cut": "5000 1"}, "whole=bundle-container"),
        ("appended", {"insert": f"{len(data)} 00"}, "whole=bundle-container"),
        ("prepended", {"insert": "0 00"}, "whole=bundle-container"),
        ("wrong-fingerprint", {"trust": "FRA=AAAAA-AAAAA-AAAAA-AAAAA"}, "cards=bundle-fingerprint"),
        ("no-such-state", {"trust": "KEN=AAAAA-AAAAA-AAAAA-AAAAA"}, "cards=bundle-incomplete"),
    )
    for name, change, fails in rows:
        yield f"bundle/{name}", {"expect": "failure", "base": "good.zip", "fails": fails} | change, b""


def _inside(data: bytes, pattern: str) -> int:
    """A place inside the first member whose name has the form of *pattern*."""
    members = Container(io.BytesIO(data)).members
    return next(placed.start + 60 for name, placed in members.items() if fnmatch(name, pattern))


def forged_bundles() -> Made:
    """Bundles that are whole and wrong, made by somebody who has a key."""
    case, _ = short_case()
    good = case.bundle()
    yield "bundle/short", {"expect": "success", "comment": "asked and acknowledged", "body": "base64"}, good
    for name, fails, comment, data in (
        ("signed-by-nobody", "whole=unknown-key", "a key of no card", repacked(good, key=signing("nobody"))),
        (
            "exported-by-a-stranger",
            "whole=bundle-misplaced ledger=bundle-incomplete",
            "no side of it",
            repacked(good, exported_by=KEN),
        ),
        ("other-heads", "chain=bundle-not-one-case", "heads of another day", repacked(good, heads=["ab" * 32])),
        ("not-an-exercise", "world=bundle-worlds-mixed", "said to be real", repacked(good, exercise=False)),
        ("version-2", "whole=bad-field", "a later version", repacked(good, v=2)),
        ("before-the-key", "whole=key-not-valid-then", "too early", repacked(good, exported_at="2029-01-01T00:00:00Z")),
        ("no-proof", "ledger=bundle-no-such-member", "a proof left out", repacked(good, _without("proofs/"))),
        (
            "no-card",
            "whole=unknown-key cards=bundle-incomplete signatures=unknown-key",
            "ours left out",
            repacked(good, _without("cards/V")),
        ),
        ("receipt-spoiled", "receipts=*", "one letter changed", repacked(good, _spoil("receipts/"))),
        ("checkpoint-spoiled", "ledger=*", "one letter changed", repacked(good, _spoil("checkpoint"))),
    ):
        yield f"bundle/{name}", {"expect": "failure", "comment": comment, "fails": fails, "body": "base64"}, data
    later = repacked(good, _with_letter, later={"a": 1})
    yield (
        "bundle/later-members",
        {"expect": "success", "comment": "kept, and checked by digest", "body": "base64"},
        later,
    )


#: A page that shows nothing, to try how a page is filled; the program's own changes with its words.
PAGE = b'<!DOCTYPE html><title>papers</title><script type="application/json" id="papers">[]</script>\n'


def paged_bundles() -> Made:
    """Bundles with a page: filled rightly, with other papers, with another template than the index names, left out."""
    case, _ = short_case()
    good = bundle_of(case.contents(), case.exporter(), page=PAGE)[0]
    yield "bundle/page", {"expect": "success", "comment": "the page holds all papers", "body": "base64"}, good
    opened = Container(io.BytesIO(good))
    files = {name: opened.read(name, limit=1 << 24) for name in opened.members}
    page = files["verify.html"]
    pages = {
        "page-papers": (page.replace(b'["README.txt","', b'["README.txt","AAAA'), "other papers in it"),
        "page-template": (page.replace(b"papers</title>", b"Papers</title>"), "another template than the signed one"),
        "page-empty": (PAGE, "no papers in it"),
    }
    for name, (changed, comment) in pages.items():
        header = {"expect": "failure", "comment": comment, "fails": "whole=bundle-page", "body": "base64"}
        yield f"bundle/{name}", header, contained({**files, "verify.html": changed})
    header = {"expect": "failure", "comment": "the page taken out", "fails": "whole=bundle-members-differ"}
    without = {name: data for name, data in files.items() if name != "verify.html"}
    yield "bundle/page-missing", header | {"body": "base64"}, contained(without)


def _without(start: str) -> Any:
    return lambda files: files.pop(next(name for name in files if name.startswith(start)))


def _spoil(start: str) -> Any:
    def edit(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith(start))
        half = len(files[name]) // 2
        files[name] = files[name][:half] + bytes([files[name][half] ^ 1]) + files[name][half + 1 :]

    return edit


def _with_letter(files: dict[str, bytes]) -> None:
    files["letters/0001.pdf"] = b"%PDF-later"


def _payload(case: PracticeCase, sender: str, kind: str, body: dict[str, Any], asked: Message) -> dict[str, Any]:
    """The payload that the next message would have, which is not said."""
    probe = PracticeCase(messages=dict(case.messages), at=case.at)
    said = probe.say(sender, kind, body, regarding=asked.digest)
    return dict(jws.read(said.jws, typ=_TYPE).payload)


def _period(days: int) -> dict[str, Any]:
    case, _ = short_case()
    until = case.at.replace(month=case.at.month + days // 30)
    return {"began": stamp(case.at), "until": stamp(until), "custodian": "a practice provider"}


if __name__ == "__main__":
    main()
