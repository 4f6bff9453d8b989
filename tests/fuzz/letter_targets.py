"""Parsers of letters and of what their kinds carry."""

from collections.abc import Mapping

from tests.fuzz import seeds
from tests.fuzz.target import Target, payloads, signed

from rogatory.correspondence import bodies, letters, threads
from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.sealing import jws


def _letter(data: bytes) -> None:
    read = jws.read(data, typ=letters.TYP, limit=letters.MAX_BYTES)
    found = letters.parse(read.payload, data)
    assert len(found.states) == 2
    threads.require_fit(found, [found], is_open=False)


def _body(data: bytes) -> None:
    body = canonical.loads_object(data).get("body")
    if isinstance(body, dict):
        try:
            bodies.check_drill(body)
        except RogatoryError:
            bodies.check_drill_answer(body)


LETTERS: Mapping[str, Target] = {
    "letter": Target(_letter, lambda: seeds.lines("letter/*")),
    "letter-body": Target(_body, payloads(letters.TYP, "letter/*")),
    "letter-payload": Target(signed(letters.TYP, _letter), payloads(letters.TYP, "letter/*")),
}
