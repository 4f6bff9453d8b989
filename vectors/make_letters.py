"""Makes the vectors of letters; every run gives the same bytes. What each header means is in spec/letter.md.

python vectors/make_letters.py
"""

from pathlib import Path
from typing import Any

from practice_keys import CLOCK, FRA, KEN, VNM, Made, fixed_random, signing

from rogatory.correspondence import letters
from rogatory.correspondence.letters import Letter, Place, Writer
from rogatory.kernel import ids
from rogatory.kernel.digests import sha256
from rogatory.sealing import jws

FOLDER = Path(__file__).parent
ASKS = Writer(name="Trần Thị Bình", role="approver")
ANSWERS = Writer(name="Lucie Bernard", role="duty-officer")
DRILL: dict[str, Any] = {"practice": True, "answer_minutes": 120}
THREAD = ids.new_id(fixed_random("letter thread")(17))


def build() -> dict[str, bytes]:
    """Every vector by the path of its file under this folder."""
    made = {}
    for name, header, data in letter_vectors():
        head = "".join(f"{key}: {value}\n" for key, value in {"kind": "letter", **header}.items())
        made[f"letter/{name}.txt"] = head.encode() + b"\n" + data + b"\n"
    return made


def main() -> None:
    """Write all vectors."""
    for name, data in build().items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def written(
    word: str,
    body: dict[str, Any],
    *,
    by: str = VNM,
    place: Place | None = None,
    typ: str = letters.TYP,
    **changes: Any,
) -> bytes:
    """A letter of the kind *word* from *by* to the other side; *changes* replace members of its payload."""
    place = place or Place(thread=THREAD)
    to, writer = (FRA, ASKS) if by == VNM else (VNM, ANSWERS)
    payload = letters.payload(
        kind=word,
        id=ids.new_id(fixed_random(f"letter {word} {place.number}")(17)),
        place=place,
        sender=by,
        receiver=to,
        at=CLOCK,
        exercise=True,
        person=writer,
        body=body,
    )
    return jws.sign({**payload, **changes}, key=signing(by), typ=typ)


def letter_vectors() -> Made:
    """The last line of each is to be taken in after those before it."""
    first = written("drill", DRILL)
    read = letters.parse(jws.read(first, typ=letters.TYP).payload, first)
    second = Place(thread=THREAD, number=2, follows=(read.digest,))
    answer = {"opened": "2030-06-01T12:00:00.000Z"}
    yield from whole(first, second, answer)
    yield from ill_placed(first, read, answer)
    yield from ill_formed()


def whole(first: bytes, second: Place, answer: dict[str, Any]) -> Made:
    """Letters that are taken in."""
    answered = written("drill-answer", answer, by=FRA, place=second)
    yield "drill", {"expect": "success", "comment": "a drill opens a thread"}, first
    yield "drill-answer", {"expect": "success", "comment": "and is answered"}, first + b"\n" + answered
    never = written("drill-answer", {"opened": None, "note": "On duty."}, by=FRA, place=second)
    yield "answer-unopened", {"expect": "success", "comment": "when it was opened is not known"}, first + b"\n" + never
    more = written("drill", {**DRILL, "colour": "blue"}, weather="fair")
    yield "unknown-members", {"expect": "success", "comment": "members that are not known have no effect"}, more
    later = written("proposal-of-2040", {"anything": []})
    yield "unknown-kind", {"expect": "success", "comment": "kept, shown, answered not-understood"}, later


def ill_placed(first: bytes, read: Letter, answer: dict[str, Any]) -> Made:
    """Letters that do not stand where they say."""
    fits, missing = "letter-does-not-fit", "missing-letter"
    other = written("drill", DRILL, place=Place(thread="0" * 26))
    digest = sha256(other)
    for name, expect, comment, place, before in (
        ("begun-twice", fits, "the thread is begun a second time", Place(thread=THREAD), first),
        ("number-2-alone", fits, "a letter that follows none is number 1", Place(thread=THREAD, number=2), first),
        ("wrong-number", fits, "it counts two more", Place(thread=THREAD, number=3, follows=(read.digest,)), first),
        (
            "other-thread",
            fits,
            "it follows one of another thread",
            Place(thread=THREAD, number=2, follows=(digest,)),
            other,
        ),
        ("missing", missing, "what it follows is not here", Place(thread=THREAD, number=2, follows=("a" * 64,)), first),
    ):
        last = written("drill-answer", answer, by=FRA, place=place)
        yield name, {"expect": expect, "comment": comment}, before + b"\n" + last
    place = Place(thread=THREAD, number=2, follows=(read.digest,))
    third = written("essay", {}, by=VNM, place=place, to=KEN)
    yield "other-state", {"expect": fits, "comment": "the thread is between two others"}, first + b"\n" + third


def ill_formed() -> Made:
    """Letters of a wrong form, each for one reason."""
    for name, comment, changes in (
        ("version-2", "a version that is not known", {"v": 2}),
        ("kind-capital", "a kind is a word of small letters", {"kind": "Drill"}),
        ("bad-thread", "no name of 26 digits", {"thread": "drill-1"}),
        ("number-0", "numbers begin at 1", {"number": 0}),
        ("follows-twice", "one letter is followed twice", {"number": 2, "follows": ["a" * 64] * 2}),
        ("to-ourselves", "a letter goes to another State", {"to": "VNM/central-authority"}),
        ("no-person", "nobody wrote it", {"person": {"name": "", "role": "approver"}}),
        ("exercise-text", "exercise is true or false", {"exercise": "true"}),
    ):
        yield name, {"expect": "bad-letter", "comment": comment}, written("drill", DRILL, **changes)
    for name, comment, body in (
        ("no-practice", "a drill says that it is practice", {"answer_minutes": 60}),
        ("no-time", "a drill says how long there is to answer", {"practice": True}),
        ("too-long", "a drill is answered within a week", {"practice": True, "answer_minutes": 10_081}),
        ("note-empty", "a note has a sign at least", {**DRILL, "note": ""}),
    ):
        yield name, {"expect": "bad-letter-body", "comment": comment}, written("drill", body)
    message = written("drill", DRILL, typ="rogatory-message+jws")
    yield "wrong-type", {"expect": "wrong-type", "comment": "signed as a message"}, message
    other = jws.sign({**jws.read(written("drill", DRILL), typ=letters.TYP).payload}, key=signing(FRA), typ=letters.TYP)
    yield "other-signer", {"expect": "unknown-key", "comment": "signed by the other side"}, other


if __name__ == "__main__":
    main()
