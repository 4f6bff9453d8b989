"""The committed vectors of letters are what the maker makes, and each is judged as its header says."""

from pathlib import Path

import pytest
from tests.support.vectors import FOLDER, RING, Header, require_judged

from rogatory.correspondence import bodies, letters, threads
from rogatory.correspondence.letters import Letter
from rogatory.kernel import times
from rogatory.sealing import jws

FILES = sorted((FOLDER / "letter").glob("*.txt"))
CHECKS = {"drill": bodies.check_drill, "drill-answer": bodies.check_drill_answer}


def judge(_: Header, body: bytes) -> None:
    """Take in the last line after those before it, as a node does that has nothing else."""
    *before, last = [_verified(line) for line in body.split(b"\n")]
    if last.kind in CHECKS:
        CHECKS[last.kind](last.body)
    followed = [one for one in before if one.digest in last.follows]
    threads.require_fit(last, followed, is_open=any(one.thread == last.thread for one in before))


def _verified(line: bytes) -> Letter:
    unverified = jws.read(line, typ=letters.TYP, limit=letters.MAX_BYTES)
    at = times.parse_stamp(unverified.payload.get("at"))
    signer = RING.signer(unverified.kid, at=at, authority=str(unverified.payload["from"]))
    return letters.parse(jws.verify_read(unverified, key=signer.key), line)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_vector_of_a_letter_is_judged_as_its_header_says(path: Path) -> None:
    require_judged(path, {"letter": judge})


def test_the_vectors_of_letters_are_made_again_byte_by_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import make_letters

    made = make_letters.build()
    assert len(made) >= 20
    assert {f"letter/{path.name}": path.read_bytes() for path in FILES} == made
