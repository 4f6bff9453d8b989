"""The depositary's list: read as it comes, compared with what is held, refused where it is not certain."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import RogatoryError
from rogatory.status.depositary import (
    BadDepositaryFile,
    DepositaryList,
    NotADepositaryFile,
    Source,
    read_depositary,
)
from rogatory.status.engine import Status
from rogatory.status.model import Deposit
from rogatory.status.names import Names, UnknownName
from rogatory.status.taking import BadHeldFile, differences, read_held, taken, write_held
from rogatory.status.xmltree import MAX_DEPTH, BadXML

STATES = Status.load().states
SOURCE = Source(name="list.xml", instrument="uncc", adopted=date(2024, 12, 24), until=date(2026, 11, 22), states=STATES)
ROWS = """
<Row><Entry>Algeria</Entry><Entry>25 Oct 2025</Entry><Entry/></Row>
<Row><Entry>C\u00f4te d\u0092Ivoire<superscript>1, 2</superscript></Entry><Entry>\t25 Oct\t2025</Entry><Entry></Entry></Row>
<Row><Entry>Netherlands (Kingdom of the) <superscript>3</superscript></Entry><Entry/><Entry>\t 1 Feb 2026 A</Entry></Row>
<Row><Entry>European Union</Entry><Entry>25 Oct 2025</Entry><Entry>3 Mar 2026 AA</Entry></Row>
<Row><Entry>Iran (Islamic Republic of)</Entry><Entry></Entry><Entry>4 Apr 2026 a<superscript>4</superscript></Entry></Row>
<Row><Entry>Qatar</Entry><Entry>25 Oct 2025</Entry><Entry>9 Feb 2026</Entry></Row>
"""
HEAD = """<Thead><Row><Entry>Participant</Entry><Entry>Signature</Entry>
<Entry>Ratification, Acceptance(A), Approval(AA), Accession(a)</Entry></Row></Thead>"""


def xml(rows: str = ROWS, *, head: str = HEAD, more: str = "", start: str = "", coding: str = "ISO-8859-1") -> bytes:
    text = f"""<?xml version="1.0" encoding="{coding}"?>{start}
<MTDSG><Header><ExternalData><Titlesect>a treaty</Titlesect><Status><Parties>4</Parties></Status></ExternalData></Header>
<Treaty><Participants><Table><TGroup>{head}<Tbody><Rows>{rows}</Rows></Tbody></TGroup></Table></Participants>
{more}</Treaty></MTDSG>"""
    return text.encode("latin-1" if coding == "ISO-8859-1" else coding)


def read(data: bytes | str) -> DepositaryList:
    return read_depositary(data.encode() if isinstance(data, str) else data, SOURCE)


def acts(data: bytes | str) -> list[tuple[str, str, str]]:
    return [(one.state, one.action, str(one.on)) for one in read(data).deposits]


EXPECTED = [
    ("DZA", "signature", "2025-10-25"),
    ("CIV", "signature", "2025-10-25"),
    ("NLD", "acceptance", "2026-02-01"),
    ("EUE", "signature", "2025-10-25"),
    ("EUE", "approval", "2026-03-03"),
    ("IRN", "accession", "2026-04-04"),
    ("QAT", "signature", "2025-10-25"),
    ("QAT", "ratification", "2026-02-09"),
]


def test_the_xml_of_the_collection_is_read_with_its_footnotes_tabs_and_signs() -> None:
    assert acts(xml()) == EXPECTED
    assert acts(xml(head="")) == EXPECTED
    assert acts(xml(ROWS.replace("\u0092", "\u2019"), coding="UTF-8")) == EXPECTED
    assert acts(xml().replace(b"<MTDSG>", b'<MTDSG xmlns="urn:x" xmlns:y="urn:y">')) == EXPECTED


def test_the_heading_says_what_a_day_without_a_sign_means() -> None:
    head = HEAD.replace("Ratification, Acceptance(A), Approval(AA), Accession(a)", "Accession, Succession(d)")
    rows = "<Row><Entry>Chad</Entry><Entry/><Entry>1 Feb 2026</Entry></Row><Row><Entry>Fiji</Entry><Entry/><Entry>2 Feb 2026 d</Entry></Row>"
    assert acts(xml(rows, head=head)) == [("TCD", "accession", "2026-02-01"), ("FJI", "succession", "2026-02-02")]


def test_the_totals_of_the_file_stand_beside_those_of_its_table() -> None:
    found = read(xml())
    assert found.totals == {"parties": 4}
    assert found.counted == {"signatories": 4, "parties": 4}
    assert read(TABLE_CSV).totals == {}


def test_french_names_months_and_headings_are_read() -> None:
    head = HEAD.replace("Ratification, Acceptance(A), Approval(AA), Accession(a)", "Ratification, Adh\u00e9sion(a)")
    rows = "<Row><Entry>Viet Nam</Entry><Entry>25 oct 2025</Entry><Entry>1er f\u00e9vr. 2026</Entry></Row>"
    more = "<Row><Entry>\u00c9tats-Unis d\u0092Am\u00e9rique</Entry><Entry>3 ao\u00fbt 2026</Entry><Entry/></Row>"
    assert acts(xml(rows + more, head=head))[1:] == [
        ("VNM", "ratification", "2026-02-01"),
        ("USA", "signature", "2026-08-03"),
    ]


def test_texts_that_are_not_read_are_counted() -> None:
    more = "<Declarations><Declaration><Text>One</Text></Declaration><Declaration><Text>Two</Text></Declaration></Declarations>"
    assert read(xml(more=more + "<Objections></Objections>")).unread == {"declarations": 2}


TABLE_CSV = 'Participant,Signature,"Ratification, Acceptance(A)"\nQatar,25 Oct 2025,9 Feb 2026\nChad,,1 Mar 2026 A\n'
OWN_CSV = "state,action,date,provision\nVNM,ratification,2026-09-01,\nVNM,notification,2026-09-01,40(13)\nTürkiye,signature,2026-01,\n"


def test_csv_is_read_in_both_shapes_and_in_both_codings() -> None:
    found = [
        ("QAT", "signature", "2025-10-25"),
        ("QAT", "ratification", "2026-02-09"),
        ("TCD", "acceptance", "2026-03-01"),
    ]
    assert acts(TABLE_CSV) == found
    assert acts("\ufeff" + TABLE_CSV) == found
    own = [("VNM", "ratification", "2026-09-01"), ("VNM", "notification", "2026-09-01"), ("TUR", "signature", "None")]
    assert acts(OWN_CSV) == own
    assert acts(OWN_CSV.encode("cp1252")) == own


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("<Row><Entry>Atlantis</Entry><Entry>25 Oct 2025</Entry><Entry/></Row>", "not the name of a State"),
        ("<Row><Entry>Chad</Entry><Entry>30 Feb 2026</Entry><Entry/></Row>", "not a day"),
        ("<Row><Entry>Chad</Entry><Entry>1 Feb 2019</Entry><Entry/></Row>", "before the instrument"),
        ("<Row><Entry>Chad</Entry><Entry>1 Feb 2027</Entry><Entry/></Row>", "later than the list"),
        ("<Row><Entry>Chad</Entry><Entry>1 Foo 2026</Entry><Entry/></Row>", "this month"),
        ("<Row><Entry>Chad</Entry><Entry/><Entry>1 Feb 2026 zz</Entry></Row>", "this sign"),
        ("<Row><Entry>Chad</Entry><Entry>1 Feb 2026 A</Entry><Entry/></Row>", "this sign"),
        ("<Row><Entry>Chad</Entry><Entry>1 Feb 2026 2 Feb 2026</Entry><Entry/></Row>", "is not a day such as"),
        ("<Row><Entry>Algeria</Entry><Entry>26 Oct 2025</Entry><Entry/></Row>", "stands twice"),
        ("<Row><Entry>State of Qatar</Entry><Entry/><Entry>1 Mar 2026 a</Entry></Row>", "not the name|stands twice"),
        ("<Row><Entry>Chad</Entry><Entry/><Entry/></Row>", "no day at all"),
        ("<Row><Entry>Chad</Entry><Entry>1 Feb 2026</Entry></Row>", "cells"),
    ],
)
def test_a_row_that_is_not_certain_is_refused_with_its_line(row: str, message: str) -> None:
    data = xml(ROWS + row)
    with pytest.raises(BadDepositaryFile, match=message) as caught:
        read(data)
    line = data.decode("latin-1").split(row)[0].count("\n") + 1
    assert caught.value.where == f"list.xml:{line}"


@pytest.mark.parametrize(
    ("row", "line"), [("Atlantis,signature,2026-01-01,", 5), ("VNM,accession,2026-01-01,", 5), ("VNM,wedding,2026-01-01,", 5),
                      ("CHN,signature,2026-02-31,", 5), ("CHN,signature", 5)],
)  # fmt: skip
def test_a_csv_row_that_is_not_certain_is_refused_with_its_line(row: str, line: int) -> None:
    with pytest.raises(BadDepositaryFile) as caught:
        read(OWN_CSV + row + "\n")
    assert caught.value.where == f"list.xml:{line}"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"<!DOCTYPE html><html><body>Urgent maintenance</body></html>", b"\xef\xbb\xbf<HTML>", b"\x00\x01\x02",
     b"<?xml version='1.0'?><MTDSG><Treaty/></MTDSG>", xml("", head=HEAD)],
)  # fmt: skip
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises((NotADepositaryFile, BadDepositaryFile)):
        read(data)


def test_dangerous_xml_is_refused_before_it_can_act() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    for data in (
        xml(start=entities),
        xml(start='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        b"<?xml version='1.0'?>" + b"<a>" * (MAX_DEPTH + 2) + b"</a>" * (MAX_DEPTH + 2),
        xml()[:-20],
        xml().replace(b"ISO-8859-1", b"klingon"),
        b"<?xml version='1.0' encoding='utf-8'?><MTDSG>\xff</MTDSG>",
    ):
        with pytest.raises(BadXML):
            read(data)
    with pytest.raises(NotADepositaryFile, match="limit"):
        read(b"<" + b" " * (16 * 1024 * 1024))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with suppress(RogatoryError):
        read(data)
    with suppress(RogatoryError):
        read(xml().replace(b"Algeria", data.replace(b"<", b"")))


def test_no_name_is_two_states_and_every_name_is_found() -> None:
    names = Names.of(STATES)
    for code, state in STATES.items():
        for name in (state.name.en, state.name.fr, state.formal.en, state.formal.fr, code, state.name.en.upper()):
            assert names.code(name) == code
    assert names.code("St. Kitts and Nevis 5") == "KNA"
    assert names.code("Congo") == "COG"
    assert names.code("Democratic Republic of the Congo") == "COD"
    for name in ("", "of the", "Republic", "Guinea Bissau Guinea Conakry", "x" * 500):
        with pytest.raises(UnknownName):
            names.code(name)


def held(*rows: tuple[str, str, str, str]) -> tuple[Deposit, ...]:
    return tuple(
        Deposit(
            state=state, instrument="uncc", action=action, provision=provision,
            earliest=date.fromisoformat(day) if day else None, latest=date.fromisoformat(day) if day else None,
        )
        for state, action, day, provision in rows
    )  # fmt: skip


HELD = held(
    ("DZA", "signature", "2025-10-25", ""),
    ("QAT", "ratification", "2026-02-09", ""),
    ("NLD", "ratification", "2026-02-01", ""),
    ("VNM", "ratification", "", ""),
    ("QAT", "reservation", "2026-02-09", "63(3)"),
)


def test_differences_say_what_is_new_changed_gone_kept_and_the_same() -> None:
    given_ = read(xml()).deposits
    found = {(one.state, one.action): one for one in differences(HELD, given_)}
    assert found["DZA", "signature"].what == "same"
    assert found["CIV", "signature"].what == "new"
    assert found["VNM", "ratification"].what == "gone"
    assert found["QAT", "reservation"].what == "kept"
    changed = found["NLD", "consent"]
    assert (changed.what, changed.held, changed.given) == (
        "changed",
        "ratification 2026-02-01",
        "acceptance 2026-02-01",
    )


def test_what_is_taken_is_what_the_list_says_and_what_it_does_not_speak_of() -> None:
    after = taken(HELD, read(xml()).deposits)
    assert "VNM" not in {one.state for one in after}
    assert [one.provision for one in after if one.action == "reservation"] == ["63(3)"]
    assert {one.what for one in differences(after, after)} == {"same"}
    assert {one.what for one in differences(after, read(xml()).deposits)} <= {"same", "kept"}


def test_what_was_taken_is_held_and_replaces_what_ships() -> None:
    after = taken(HELD, read(xml()).deposits)
    data, about = write_held(after, as_of=date(2026, 11, 20))
    mine = read_held(data, about, instrument="uncc", states=STATES)
    assert {one.what for one in differences(mine.deposits, after)} == {"same"}
    assert mine.as_of == date(2026, 11, 20)
    status = Status.load(held={"uncc": mine})
    assert status.progress("uncc").count == 3
    assert status.progress("uncc").as_of == date(2026, 11, 20)
    assert status.entry_into_force("untoc") == date(2003, 9, 29)
    assert status.standing("IRN", "uncc", date(2026, 11, 1)).deposit is not None


def test_a_list_that_was_changed_by_hand_reaches_only_as_far_as_its_last_day() -> None:
    data, about = write_held(HELD, as_of=date(2026, 11, 20))
    changed = data.replace(b"2026-02-01", b"2026-03-01")
    assert read_held(changed, about, instrument="uncc", states=STATES).as_of == date(2026, 3, 1)
    broken: list[Callable[[], object]] = [
        lambda: read_held(b"\xff", about, instrument="uncc", states=STATES),
        lambda: read_held(data, b"as_of = ", instrument="uncc", states=STATES),
        lambda: read_held(data.splitlines(keepends=True)[0], about, instrument="uncc", states=STATES),
    ]
    for one in broken:
        with pytest.raises(BadHeldFile):
            one()
