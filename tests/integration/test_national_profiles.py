"""National profiles on a node: who adds them, from when to when each counts, what an opinion makes of them."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from tests.support.partner import Partner

from rogatory.node import drafting, opinions, profiles
from rogatory.node.context import Node
from rogatory.node.people import Actor, RoleMissing
from rogatory.node.profiles import NoSuchProfile, Notified, PracticeProfile, ProfilesOverlap
from rogatory.opinion.findings import Opinion
from rogatory.opinion.profile_files import BadProfile, LowersDuty
from rogatory.status.model import UnknownState

People = dict[str, Actor]
DAY = date(2028, 3, 1)


def text(effective: str = "2028-01-20", *, languages: str = '"en"', more: str = "") -> bytes:
    return (
        f'state = "FRA"\ninstrument = "uncc"\nnotified = 2028-01-10\neffective = {effective}\n{more}'
        f'source = "Note to the depositary"\npractice = true\n'
        f'[languages]\nprovision = "40(13)"\naccepted = [{languages}]\n'
    ).encode()


def spans(node: Node) -> list[tuple[str, str]]:
    """From when to when each profile counts, in the order in which they were added; blank where it never does."""
    return [
        ("", "") if one.never else (str(one.row.effective), str(one.until or ""))
        for one in profiles.notified(node, "FRA")
    ]


CONDITION = """
[[condition]]
provision = "40(17)"
measures = ["mla"]
key = "order"
question = { en = "Is the order of a court attached?", fr = "La décision d’un tribunal est-elle jointe ?" }
""".encode()


def opinion_now(node: Node, people: People) -> Opinion:
    """The opinion on a request to France that states nothing yet, as of today."""
    draft = drafting.start_request(node, people["drafter"], measure="mla", receiver="FRA/contact-point", contents={})
    return opinions.on_draft(node, draft)


def of_profile(opinion: Opinion) -> list[tuple[str, str]]:
    return [(one.provision, one.verdict.value) for one in opinion.findings if one.topic == "profile"]


def test_only_an_administrator_adds_and_withdraws_and_the_record_says_so(node: Node, people: People) -> None:
    with pytest.raises(RoleMissing):
        profiles.add(node, people["approver"], text(), name="fra.toml")
    added = profiles.add(node, people["administrator"], text(), name="fra.toml")
    line = node.stores.audit.recent(1)[0]
    assert (line.action, line.subject) == ("law:profile:add", "FRA uncc")
    assert line.detail == f"from 2028-01-20, sha256 {added.row.sha256[:16]}"
    with pytest.raises(RoleMissing):
        profiles.withdraw(node, people["approver"], "FRA", "uncc", since=DAY)
    profiles.withdraw(node, people["administrator"], "FRA", "uncc", since=DAY)
    line = node.stores.audit.recent(1)[0]
    assert (line.action, line.subject, line.detail) == ("law:profile:withdraw", "FRA uncc", "from 2028-03-01")


def test_a_later_profile_ends_the_earlier_one_on_its_own_day(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text(), name="first.toml")
    added = profiles.add(node, people["administrator"], text("2028-02-20"), name="second.toml")
    assert [one.row.file_name for one in added.ends] == ["first.toml"]
    assert spans(node) == [("2028-01-20", "2028-02-20"), ("2028-02-20", "")]
    assert profiles.one_of(node, "FRA", "uncc", on=date(2028, 2, 19)).row.file_name == "first.toml"
    assert profiles.one_of(node, "FRA", "uncc", on=date(2028, 2, 20)).row.file_name == "second.toml"
    assert [one.until for one in profiles.in_force(node, "FRA")] == [date(2028, 2, 20), None]


@pytest.mark.parametrize("effective", ["2028-02-20", "2028-02-19"])
def test_a_profile_that_does_not_start_later_is_refused_and_nothing_changes(
    node: Node, people: People, effective: str
) -> None:
    profiles.add(node, people["administrator"], text("2028-02-20"), name="first.toml")
    with pytest.raises(ProfilesOverlap, match=r"first.toml of FRA counts from 2028-02-20"):
        profiles.add(node, people["administrator"], text(effective), name="second.toml")
    assert spans(node) == [("2028-02-20", "")]


def test_a_profile_that_ends_before_another_begins_stands_beside_it(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text("2028-02-20"), name="first.toml")
    earlier = text("2028-01-20", more="until = 2028-02-20\n")
    assert profiles.add(node, people["administrator"], earlier, name="earlier.toml").ends == ()
    assert spans(node) == [("2028-02-20", ""), ("2028-01-20", "2028-02-20")]


def test_profiles_of_other_states_and_instruments_leave_one_another_alone(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text(), name="fra.toml")
    other = text().replace(b"FRA", b"BRA")
    assert profiles.add(node, people["administrator"], other, name="bra.toml").ends == ()
    assert [one.row.state for one in profiles.notified(node)] == ["FRA", "BRA"]
    assert [one.row.state for one in profiles.notified(node, "BRA")] == ["BRA"]


def test_a_withdrawn_profile_counts_until_its_day_and_stays_in_the_history(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text(), name="fra.toml")
    profiles.add(node, people["administrator"], text("2028-04-01"), name="later.toml")
    ended = profiles.withdraw(node, people["administrator"], "FRA", "uncc", since=DAY)
    assert [one.row.file_name for one in ended] == ["fra.toml", "later.toml"]
    assert spans(node) == [("2028-01-20", "2028-03-01"), ("", "")]
    assert [one.withdrawn for one in profiles.notified(node)] == [True, True]
    with pytest.raises(NoSuchProfile):
        profiles.withdraw(node, people["administrator"], "FRA", "uncc", since=DAY)
    with pytest.raises(NoSuchProfile):
        profiles.one_of(node, "FRA", "uncc", on=DAY)


def test_what_was_entered_wrongly_is_withdrawn_from_its_first_day_and_entered_again(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text(languages='"en"'), name="wrong.toml")
    profiles.withdraw(node, people["administrator"], "FRA", "uncc", since=date(2028, 1, 20))
    profiles.add(node, people["administrator"], text(languages='"fr"'), name="right.toml")
    assert spans(node) == [("", ""), ("2028-01-20", "")]
    (kept,) = profiles.in_force(node, "FRA")
    assert kept.languages is not None
    assert kept.languages.values == ("fr",)


def test_a_withdrawal_revives_no_earlier_profile(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text(), name="first.toml")
    profiles.add(node, people["administrator"], text("2028-02-20"), name="second.toml")
    profiles.withdraw(node, people["administrator"], "FRA", "uncc", since=date(2028, 2, 20))
    assert spans(node) == [("2028-01-20", "2028-02-20"), ("", "")]


def test_an_opinion_rests_on_the_profile_that_counts_on_its_day(node: Node, people: People, france: Partner) -> None:
    before = opinion_now(node, people)
    profiles.add(node, people["administrator"], text() + CONDITION, name="fra.toml")
    after = opinion_now(node, people)
    assert (of_profile(before), of_profile(after)) == ([], [("40(17)", "unknown")])
    assert [gap.key for gap in after.missing if gap.key.startswith("profile:")] == ["profile:order"]
    profiles.withdraw(node, people["administrator"], "FRA", "uncc", since=DAY)
    assert opinion_now(node, people).to_json() == before.to_json()


def test_a_profile_that_begins_tomorrow_does_not_count_today(node: Node, people: People, france: Partner) -> None:
    before = opinion_now(node, people)
    profiles.add(node, people["administrator"], text("2028-03-02") + CONDITION, name="fra.toml")
    assert opinion_now(node, people).to_json() == before.to_json()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "byte 1 is not UTF-8"),
        (b"#" * (256 * 1024 + 1), "262145 bytes are more than the limit"),
        (
            text().replace(b"2028-01-10", b"2028-03-02").replace(b"2028-01-20", b"2028-03-02"),
            "was notified on 2028-03-02",
        ),
        (text() + b"colour = 1\n", "colour"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(node: Node, people: People, data: bytes, said: str) -> None:
    with pytest.raises(BadProfile, match=said) as caught:
        profiles.add(node, people["administrator"], data, name="fra.toml")
    assert str(caught.value.where).startswith("fra.toml")
    assert profiles.notified(node) == ()


def test_a_profile_that_would_lower_a_duty_is_refused_at_the_node_too(node: Node, people: People) -> None:
    with pytest.raises(LowersDuty):
        profiles.add(node, people["administrator"], text().replace(b'"40(13)"', b'"42(8)"'), name="fra.toml")
    assert profiles.notified(node) == ()


def test_an_invented_profile_stays_in_exercises(node: Node, people: People) -> None:
    real = replace(node, config=replace(node.config, exercise=False))
    with pytest.raises(PracticeProfile):
        profiles.add(real, people["administrator"], text(), name="fra.toml")
    true_one = text().replace(b"practice = true\n", b"")
    assert profiles.add(real, people["administrator"], true_one, name="fra.toml").profile.practice is False


def test_looking_at_a_profile_keeps_nothing(node: Node) -> None:
    addition = profiles.look_at(node, text(), name="fra.toml")
    assert addition.profile.state == "FRA"
    assert profiles.notified(node) == ()
    assert list(node.stores.audit.recent(1)) == []


def test_an_unknown_state_is_refused_by_name(node: Node, people: People) -> None:
    with pytest.raises(UnknownState):
        profiles.withdraw(node, people["administrator"], "XXX", "uncc", since=DAY)
    with pytest.raises(UnknownState):
        profiles.one_of(node, "XXX", "uncc", on=DAY)


def test_a_profile_that_the_law_data_cannot_read_any_more_is_shown_and_left_out(node: Node, people: People) -> None:
    profiles.add(node, people["administrator"], text(), name="fra.toml")
    row = node.stores.profiles.all()[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO stores_nationalprofile "
            "(state, instrument, effective, text, sha256, file_name, at, by, name) "
            "SELECT state, instrument, '2028-02-01', %s, sha256, 'old.toml', at, by, name FROM stores_nationalprofile",
            [row.text.replace("40(13)", "40(99)")],
        )
    _, broken = profiles.notified(node, "FRA")
    assert isinstance(broken, Notified)
    assert broken.profile is None
    assert "old.toml" in broken.problem
    assert "40(99)" in broken.problem
    assert [one.effective for one in profiles.in_force(node, "FRA")] == [date(2028, 1, 20)]
