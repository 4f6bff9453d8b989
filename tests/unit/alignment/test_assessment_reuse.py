"""Answers given for other instruments, offered again through the parallels."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.alignment.assessment.earlier_files import BadEarlierAnswers, by_instrument, read_earlier
from rogatory.alignment.assessment.parallels import alike
from rogatory.alignment.assessment.reuse import Earlier, offered, offered_for, unmatched
from rogatory.alignment.obligations import obligations
from rogatory.law.loader import load_law

LAW = load_law()
FILE = (
    "provision,answer,evidence,remark,date,source\n"
    'budapest:2,implemented,"Penal Code, s. 12",,2024-05-31,Self-assessment\n'
    "Budapest Art. 6(1)(a),Yes, , ,2023-01-01,Self-assessment\n"
    "uncac:23,in part,,no list,,Review 2019\n"
    "untoc:6(1),,,,,\n"
)


def test_a_parallel_provision_is_near_and_one_over_or_under_it_less_so() -> None:
    assert alike(LAW, "7(1)", "budapest:2") == "same-provision"
    assert alike(LAW, "11(1)(a)", "budapest:6") == "same-article"
    assert alike(LAW, "11(1)", "budapest:6(1)(a)") == "same-article"
    assert alike(LAW, "11(1)(b)", "budapest:6(1)(a)") == ""
    assert alike(LAW, "7(1)", "budapest:22") == ""
    assert alike(LAW, "7(1)", "uncc:7(1)") == "same-provision"
    assert alike(LAW, "7(2)", "uncc:7(1)") == ""


def test_every_parallel_of_the_data_is_offered_for_its_obligation() -> None:
    for one in obligations(LAW):
        for cite in one.provision.parallels:
            found = offered_for(LAW, one.number, (Earlier(cite=cite, answer="partly"),))
            assert [(offer.number, offer.alike) for offer in found] == [(one.number, "same-provision")]


def test_answers_are_read_from_a_file_and_offered_the_nearest_and_newest_first() -> None:
    earlier = read_earlier(FILE.encode(), LAW, name="answers.csv")
    assert [(one.cite, one.answer, one.on) for one in earlier] == [
        ("budapest:2", "implemented", date(2024, 5, 31)),
        ("budapest:6(1)(a)", "implemented", date(2023, 1, 1)),
        ("uncac:23", "partly", None),
    ]
    assert by_instrument(earlier) == {"budapest": 2, "uncac": 1}
    found = offered(LAW, earlier)
    assert {offer.number for offer in found} >= {"7(1)", "7(2)", "11(1)", "11(1)(a)", "17(1)", "17(1)(b)(ii)"}
    older, newer = (Earlier(cite="budapest:2", answer="partly", on=date(year, 1, 1)) for year in (2020, 2025))
    whole = Earlier(cite="budapest:6", answer="partly", on=date(2028, 1, 1))
    assert [one.earlier for one in offered_for(LAW, "7(1)", (older, whole, newer))] == [newer, older]
    assert (
        offered_for(LAW, "11(1)", (whole, Earlier(cite="budapest:6(1)", answer="partly")))[0].alike == "same-provision"
    )


def test_an_answer_that_bears_on_nothing_is_named() -> None:
    lost = Earlier(cite="budapest:45", answer="implemented")
    assert unmatched(LAW, (lost, Earlier(cite="budapest:2", answer="implemented"))) == (lost,)


def test_an_exported_assessment_is_read_and_what_is_disputed_there_is_no_answer() -> None:
    quote = {"label": "Section 3", "quote": "Whoever listens in"}
    told = {
        "title": "Budapest, 2027",
        "at": "2027-02-03T10:00:00Z",
        "obligations": [
            {"cite": "budapest:3", "state": "implemented", "evidence": [quote]},
            {"cite": "budapest:2", "state": "disputed"},
        ],
    }
    (found,) = read_earlier(json.dumps(told).encode(), LAW)
    assert (found.cite, found.on, found.source) == ("budapest:3", date(2027, 2, 3), "Budapest, 2027")
    assert found.evidence == "Section 3: Whoever listens in"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("answer\nyes\n", "provision"),
        ("provision;answer\nbudapest:2;maybe\n", "maybe"),
        ("provision,answer\nrome:2,yes\n", "rome:2"),
        ("provision,answer,date\nbudapest:2,yes,31.5.2024\n", "31.5.2024"),
        ('{"obligations": 3}', "list"),
        ("[1]", "list"),
        ("[{]", "JSON"),
        ("", "provision"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, what: str) -> None:
    with pytest.raises(BadEarlierAnswers, match=what):
        read_earlier(text.encode(), LAW, name="answers")


def test_a_file_that_is_no_text_or_too_large_is_refused() -> None:
    for data in (b"provision,answer\n\xff\xfe", b" " * (5 * 1024 * 1024 + 1)):
        with pytest.raises(BadEarlierAnswers):
            read_earlier(data, LAW)


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda said: f"provision,answer\n{said}".encode())))
@settings(max_examples=60)
def test_whatever_is_given_is_read_or_refused(data: bytes) -> None:
    try:
        read_earlier(data, LAW)
    except BadEarlierAnswers:
        return
