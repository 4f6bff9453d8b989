"""Makes the vectors of meetings' records (spec/meeting-record.md); every run gives the same bytes.

    python vectors/make_record.py

`record/whole.txt` is a whole record under the invented rulebook `record/rules.toml`: five Parties and a signatory meet,
adopt a proposal by a recorded vote, and close. The other files say what is changed in it, and what must come of that.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from practice_keys import START, signing

from rogatory.conference.meeting.events import Actor, Event
from rogatory.conference.record import entries
from rogatory.conference.record.chain import Signer
from rogatory.conference.record.summary import summary
from rogatory.conference.record.verify import Verified, verify
from rogatory.kernel import digests
from rogatory.sealing import jws
from rogatory.sealing.keys import SigningKey

FOLDER = Path(__file__).parent
AUTHORITY = "XOA/secretariat"
KEY = signing(AUTHORITY)
MEETING = "PRACTICE-1"
PARTIES = ("XAL", "XAS", "XBE", "XBI", "XOA")
OFFICE, CHAIR = Actor("secretariat", "Secretary"), Actor("presiding", "XOA")
OPENS = START + timedelta(days=90, hours=9)


def build() -> dict[str, bytes]:
    """Every vector by the path of its file under this folder."""
    lines = record()
    made = {"record/whole.txt": whole(lines)}
    for name, header, body in changed(lines):
        head = "".join(f"{key}: {value}\n" for key, value in {**header, "of": "whole"}.items())
        made[f"record/{name}.txt"] = head.encode() + b"\n" + b"".join(line + b"\n" for line in body)
    return made


def main() -> None:
    """Write all vectors."""
    for name, data in build().items():
        (FOLDER / name).write_bytes(data)


def record() -> list[bytes]:
    """The lines of the whole record."""
    lines: list[bytes] = []
    previous, at = "", START
    for number, (kind, by, body) in enumerate(acts(), 1):
        at = max(at + timedelta(seconds=1), OPENS if kind == "attendance" else at)
        at += timedelta(days=2) if kind == "vote-opened" else timedelta()
        made = entries.write(
            Event(kind=kind, by=by, at=at, body=body),
            meeting=MEETING,
            number=number,
            previous=previous,
            key=KEY,
            entered_by="secretary" if (kind, by.of) == ("vote-cast", "XBI") else "",
            once=f"press-{by.of}" if kind == "vote-cast" else "",
        )
        lines.append(made.line)
        previous = made.digest
    return lines


def acts() -> Iterator[tuple[str, Actor, dict[str, Any]]]:
    """What happens, by whom."""
    yield "meeting-made", OFFICE, made()
    yield "session-notified", OFFICE, {}
    yield "item-proposed", OFFICE, {"item": "1", "title": words("An item")}
    yield "agenda-circulated", OFFICE, {}
    for code in PARTIES:
        yield "credentials-submitted", OFFICE, {"seat": code, "signed_by": "foreign-minister"}
    for code in (*PARTIES, "XFG"):
        yield "attendance", Actor("delegation", code), {"present": True}
    yield "meeting-opened", CHAIR, {}
    yield "credentials-approved", CHAIR, {"accepted": list(PARTIES)}
    yield "agenda-adopted", CHAIR, {}
    yield "item-opened", CHAIR, {"item": "1"}
    proposal = {"proposal": "L.1", "title": words("A proposal"), "item": "1", "subject": "substance"}
    yield "proposal-submitted", Actor("delegation", "XAL"), proposal
    yield "proposal-circulated", OFFICE, {"proposal": "L.1"}
    yield "consensus-sought", CHAIR, {"proposal": "L.1", "text": "Consultations, without agreement."}
    yield "vote-opened", CHAIR, {"about": "proposal", "target": "L.1", "method": "recorded"}
    for code, choice in zip(PARTIES, ("yes", "yes", "no", "abstain", "yes"), strict=True):
        yield "vote-cast", Actor("delegation", code), {"vote": "V1", "choice": choice}
    yield "vote-closed", CHAIR, {"vote": "V1"}
    yield "item-closed", CHAIR, {}
    yield "session-closed", CHAIR, {}


def made() -> dict[str, Any]:
    """The body of the first event."""
    seats = [{"code": code, "name": words(f"State {code}"), "kind": "party"} for code in PARTIES]
    return {
        "id": MEETING,
        "title": words("Practice session"),
        "body": "conference",
        "kind": "regular",
        "venue": "Nowhere",
        "opens": OPENS.date().isoformat(),
        "closes": (OPENS + timedelta(days=4)).date().isoformat(),
        "presiding": "XOA",
        "seats": [*seats, {"code": "XFG", "name": words("State XFG"), "kind": "signatory"}],
        "rulebook": {"toml": (FOLDER / "record" / "rules.toml").read_text("utf-8"), "choices": {}},
        "signer": Signer(state="XOA", authority=AUTHORITY, key=KEY.public).row(),
    }


def words(text: str) -> dict[str, str]:
    """*text* in English, and in French with a mark."""
    return {"en": text, "fr": f"{text} (fr)"}


def whole(lines: list[bytes]) -> bytes:
    """The whole record with what a verifier must find in it."""
    found = verify(lines)
    header = {
        "expect": "success",
        "comment": "a whole record: every step passes, the session is closed",
        "entries": len(lines),
        "head": digests.sha256(lines[-1]),
        "votes": votes(found),
    }
    head = "".join(f"{key}: {value}\n" for key, value in header.items())
    return head.encode() + b"\n" + b"".join(line + b"\n" for line in lines)


def votes(found: Verified) -> str:
    """What came out of every vote, in a line."""
    if found.state is None:
        raise ValueError("the practice record does not verify")
    told = []
    for vote in summary(found.state)["votes"]:
        count = vote["count"]
        outcome = "adopted" if vote["adopted"] else "rejected"
        told.append(f"{vote['id']} yes {count['yes']} no {count['no']} abstain {count['abstain']} {outcome}")
    return "; ".join(told)


Change = tuple[str, dict[str, str], list[bytes]]


def changed(lines: list[bytes]) -> Iterator[Change]:
    """Every other vector: its name, what is changed, and the lines that stand in the place of others."""
    vote = next(place for place, line in enumerate(lines, 1) if payload(line)["kind"] == "vote-cast")
    cut = str(len(lines) - 1)
    yield "cut", _head("success", "cut off after a whole entry: right, and not closed", cut=cut), []
    announced = {"cut": cut, "announced": digests.sha256(lines[-1])}
    yield "cut-announced", _head("record-other-head", "the same, when the reader knows the head", **announced), []
    yield "dropped", _head("record-chain-broken", "a vote is taken out", step=3, entry=vote, drop=vote), []
    yield "swapped", _head("record-chain-broken", "two votes change places", step=3, entry=vote, swap=vote), []
    for name, expect, comment, step, line in _replaced(lines[vote - 1]):
        yield name, _head(expect, comment, step=step, entry=vote, replace=vote), [line]
    after = _head("record-chain-broken", "the key's owner changes a vote", step=3, entry=vote + 1, replace=vote)
    yield "resigned", after, [remade(lines[vote - 1], body={"vote": "V1", "choice": "no"})]
    late = remade(
        lines[-1], kind="vote-cast", by={"role": "delegation", "of": "XAL"}, body={"vote": "V1", "choice": "no"}
    )
    values = {"step": 5, "entry": len(lines), "replace": len(lines)}
    yield "late-vote", _head("vote-closed", "a vote that comes after its close", **values), [late]
    stranger = remade(lines[0], body={**payload(lines[0])["body"], "signer": {"state": "XOA"}})
    yield "no-signer", _head("bad-record-entry", "the signer is half named", step=1, entry=1, replace=1), [stranger]


def _replaced(line: bytes) -> Iterator[tuple[str, str, str, int, bytes]]:
    """Lines that stand in the place of the first vote, and the step at which each fails."""
    yield "other-key", "record-signature", "signed by another key", 2, remade(line, signing("a stranger"))
    other = line[:-2] + (b"AA" if line[-2:] != b"AA" else b"BA")
    yield "bad-signature", "record-signature", "the signature is changed", 2, other
    yield "other-meeting", "record-chain-broken", "of another meeting", 3, remade(line, meeting="PRACTICE-2")
    yield "backwards", "record-time", "earlier than the entry before", 4, remade(line, at="2030-01-01T00:00:00.000Z")
    yield "unknown-member", "bad-record-entry", "a member that is not known", 1, remade(line, note="x")
    yield (
        "no-milliseconds",
        "bad-record-entry",
        "a time without milliseconds",
        1,
        remade(line, at="2030-04-03T09:00:00Z"),
    )
    yield "unknown-format", "bad-record-entry", "format 2", 1, remade(line, format=2)
    yield (
        "observer-votes",
        "no-right-to-vote",
        "a signatory votes",
        5,
        remade(line, by={"role": "delegation", "of": "XFG"}),
    )
    second = remade(line, by={"role": "presiding", "of": "XAL"}, kind="vote-closed", body={"vote": "V1"})
    yield "second-chair", "not-presiding", "one who does not preside closes the vote", 5, second


def _head(expect: str, comment: str, **values: object) -> dict[str, str]:
    return {"expect": expect, "comment": comment, **{key: str(value) for key, value in values.items()}}


def payload(line: bytes) -> Mapping[str, Any]:
    """What a line says."""
    return jws.read(line, typ=entries.TYPE).payload


def remade(line: bytes, key: SigningKey = KEY, **changes: Any) -> bytes:
    """*line* with *changes* of its payload, signed again."""
    return jws.sign({**payload(line), **changes}, key=key, typ=entries.TYPE)


if __name__ == "__main__":
    main()
