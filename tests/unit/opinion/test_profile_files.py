"""National profiles from files: what can be read, and what would take away what the treaty asks of a State."""

from datetime import date

import pytest

from rogatory.errors import RogatoryError
from rogatory.law.loader import load_law
from rogatory.opinion.profile_files import read_profile
from rogatory.opinion.profiles import Profile, in_effect
from rogatory.status.engine import Status

LAW = load_law()
STATES = Status.load().states
HEAD = 'state = "FRA"\ninstrument = "uncc"\nnotified = 2028-01-20\nsource = "Note to the depositary"\n'


def read(body: str, head: str = HEAD) -> Profile:
    return read_profile(head + body, name="fra.toml", law=LAW, states=STATES)


def refused(body: str, head: str = HEAD) -> tuple[str, str, str]:
    with pytest.raises(RogatoryError) as caught:
        read(body, head)
    return caught.value.code, str(caught.value.where), caught.value.message


def test_a_profile_counts_from_its_day_until_its_end() -> None:
    profile = read("", HEAD + "effective = 2028-02-01\nuntil = 2028-06-01\n")
    assert not profile.counts_on(date(2028, 1, 31))
    assert profile.counts_on(date(2028, 2, 1))
    assert profile.counts_on(date(2028, 5, 31))
    assert not profile.counts_on(date(2028, 6, 1))
    assert read("").counts_on(date(2028, 1, 20))


def test_the_latest_profile_that_counts_is_applied() -> None:
    first, second = read(""), read("", HEAD.replace("2028-01-20", "2028-02-20"))
    assert in_effect((second, first), "FRA", "uncc", date(2028, 2, 19)) is first
    assert in_effect((second, first), "FRA", "uncc", date(2028, 2, 20)) is second
    assert in_effect((second, first), "FRA", "uncc", date(2028, 1, 19)) is None
    assert in_effect((second, first), "VNM", "uncc", date(2028, 2, 20)) is None


def test_languages_and_a_least_penalty_hang_on_the_provisions_that_leave_them_to_law() -> None:
    profile = read(
        '[languages]\nprovision = "40(13)"\naccepted = ["fr", "en"]\n'
        '[[penalty]]\nprovision = "37(8)"\nmeasures = ["extradition"]\nyears = 2\n'
    )
    assert profile.languages is not None
    assert profile.languages.values == ("fr", "en")
    assert profile.penalties[0].years == 2


GROUND = 'effect = "may-refuse"\nkey = "own"\nquestion = { en = "Is it?", fr = "Est-ce ?" }\n'


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('[[ground]]\nprovision = "42(6)"\n' + GROUND, 6),
        ('[[ground]]\nprovision = "40(24)"\n' + GROUND, 6),
        ('[[ground]]\nprovision = "40(23)"\n' + GROUND, 6),
        ('[[dual_criminality]]\nprovision = "42(4)"\npolicy = "required"\n', 6),
        ('[[penalty]]\nprovision = "35(1)(c)"\nyears = 6\n', 6),
        ('[[penalty]]\nprovision = "2(h)"\nyears = 6\n', 6),
        ('[[condition]]\nprovision = "42(8)"\nkey = "k"\nquestion = { en = "A?", fr = "B ?" }\n', 6),
    ],
)
def test_what_would_take_away_a_duty_is_refused_with_its_line(body: str, line: int) -> None:
    code, where, message = refused(body)
    assert code == "profile-lowers-a-duty"
    assert where == f"fra.toml:{line}"
    assert "leaves nothing" in message


def test_a_closed_list_of_grounds_takes_no_more() -> None:
    body = '[[ground]]\nprovision = "40(21)(c)"\nmeasures = ["preservation"]\n' + GROUND
    assert refused(body)[0] == "profile-lowers-a-duty"
    assert "42(6)" in refused(body)[2]


def test_no_law_of_its_own_frees_a_state_from_all_duty() -> None:
    body = '[[ground]]\nprovision = "37(8)"\n' + GROUND.replace("may-refuse", "no-duty")
    code, where, message = refused(body)
    assert (code, where) == ("profile-lowers-a-duty", "fra.toml:7")
    assert "only the treaty says" in message


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        (HEAD.replace("FRA", "XXX"), "", "'XXX'"),
        (HEAD.replace("uncc", "hague"), "", "must be one of"),
        (HEAD.replace("2028-01-20", "2020-01-20"), "", "before the treaty was adopted"),
        (HEAD + "effective = 2027-01-01\n", "", "before it was notified"),
        (HEAD + "until = 2028-01-20\n", "", "before it has taken effect"),
        (HEAD + "colour = 1\n", "", "not a key of the format"),
        (HEAD + 'state = "FRA"\n', "", "overwrite"),
        (HEAD, '[languages]\nprovision = "40(13)"\naccepted = ["klingon"]\n', "must be one of"),
        (HEAD, '[languages]\nprovision = "40(99)"\naccepted = ["fr"]\n', "no provision"),
        (HEAD, '[[penalty]]\nprovision = "37(8)"\nmeasures = ["mla"]\nyears = 2\n', "does not bear on"),
    ],
)
def test_what_cannot_be_read_is_refused_by_file_and_line(head: str, body: str, said: str) -> None:
    code, where, message = refused(body, head)
    assert code == "bad-profile"
    assert where.startswith("fra.toml:")
    assert said in message
