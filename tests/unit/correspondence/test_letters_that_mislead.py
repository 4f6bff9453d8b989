"""What a partner could put into a letter to mislead whoever reads it at a terminal or in a program for tables."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from rogatory.assistance import letterbodies
from rogatory.assistance.letterbodies import BadAssistanceLetter
from rogatory.correspondence import bodies, drills, drilltable, letters
from rogatory.correspondence.bodies import BadLetterBody
from rogatory.correspondence.drills import Drill, Way
from rogatory.correspondence.letters import BadLetter, Place, Writer
from rogatory.kernel import canonical, ids

AT = datetime(2028, 3, 1, 9, tzinfo=UTC)
UNSEEN = ["a\x00b", "\x1b[2Jgone", "Camille\u202enitraM", "a\u2066b", "a\x9bb"]


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("field", ["name", "role"])
def test_whoever_wrote_a_letter_has_a_name_that_can_be_seen(sign: str, field: str) -> None:
    signed = letters.payload(
        kind="drill",
        id=ids.new_id(b"a letter that lies"),
        place=Place(thread=ids.new_id(b"a thread of its own")),
        sender="FRA/contact-point",
        receiver="VNM/contact-point",
        at=AT,
        exercise=True,
        person=Writer(**{"name": "Camille", "role": "approver", field: sign}),
        body={},
    )
    with pytest.raises(BadLetter):
        letters.parse(signed, canonical.dumps(signed))


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_note_can_be_seen_and_has_lines(sign: str) -> None:
    bodies.check_drill_answer({"opened": None, "note": "Two\r\nlines\tof it."})
    with pytest.raises(BadLetterBody):
        bodies.check_drill_answer({"opened": None, "note": sign})
    with pytest.raises(BadLetterBody):
        bodies.check_drill({"practice": True, "answer_minutes": 5, "note": sign})
    with pytest.raises(BadAssistanceLetter):
        letterbodies.check_withdrawal({"id": ids.new_id(b"something of ours"), "version": 1, "says": sign})


def test_no_cell_that_a_partner_filled_is_a_formula() -> None:
    drill = Drill(
        id="0" * 26,
        way=Way.OUT,
        asking="VNM/contact-point",
        asked="FRA/contact-point",
        planned_by=Writer(name="Bình", role="approver"),
        planned_at=AT,
        until=AT,
        answer_within=timedelta(hours=2),
        note="",
        sent_at=AT,
        answered_at=AT,
        arrived_at=AT,
        answered_by=Writer(name="=1+1", role='=HYPERLINK("https://example.org")'),
    )
    table = drilltable.to_csv(drills.report([drill], now=AT)).decode()
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["answered_by"], row["role"]) == ("'=1+1", '\'=HYPERLINK("https://example.org")')
