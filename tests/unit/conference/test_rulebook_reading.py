"""Rulebooks as data: what the delivered ones say, how each rule is named, and files that are refused with their line."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Choice
from rogatory.conference.rulebook import answers, loader
from rogatory.conference.rulebook.loader import DELIVERED, BadRulebook, NoSuchRulebook
from rogatory.conference.rulebook.model import Effect, NoSuchRule, Speaks, Sure
from rogatory.conference.rulebook.options import UnknownChoice, UnknownOption
from rogatory.law.loader import load_law

UNTOC = loader.delivered_text("untoc")
DRAFT = loader.delivered_text("hanoi-draft")
RECONSTRUCTED = {str(number) for number in (*range(45, 54), *range(59, 72))}
TWO_THIRDS = Threshold(share=Fraction(2, 3), strict=False, of=Base.PRESENT_AND_VOTING)
SIMPLE = Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT_AND_VOTING)


def test_untoc_opens_with_a_third_and_decides_with_a_majority_of_all_parties() -> None:
    quorum = loader.delivered("untoc").quorum
    assert quorum.open == Threshold(share=Fraction(1, 3), strict=False, of=Base.PARTICIPATING)
    assert quorum.decide == Threshold(share=Fraction(1, 2), strict=True, of=Base.PARTIES)


def test_uncac_decides_with_a_majority_of_those_who_take_part_and_that_is_unsure() -> None:
    book = loader.delivered("uncac")
    assert book.quorum.decide.of is Base.PARTICIPATING
    assert book.rule(book.quorum.rule).sure is Sure.UNSURE


@pytest.mark.parametrize(("name", "vice_presidents", "per_group"), [("untoc", 8, 2), ("uncac", 3, 1)])
def test_each_regional_group_has_its_officers(name: str, vice_presidents: int, per_group: int) -> None:
    officers = loader.delivered(name).officers
    assert {post.id: post.seats for post in officers.posts} == {
        "president": 1,
        "vice-president": vice_presidents,
        "rapporteur": 1,
    }
    assert (len(officers.groups), officers.per_group, officers.presiding_votes) == (5, per_group, False)


@pytest.mark.parametrize("name", DELIVERED)
def test_the_deadlines_of_the_precedents_stand_in_each_rulebook(name: str) -> None:
    book = loader.delivered(name)
    assert (book.sessions.agenda_days_regular, book.sessions.agenda_days_special) == (60, 30)
    assert book.credentials.hours_before == book.proposals.hours_before == 24
    assert book.participants["ngo-other"].admission.days_before == 30


@pytest.mark.parametrize("name", DELIVERED)
def test_four_motions_have_precedence_in_the_order_of_all_conferences(name: str) -> None:
    ranked = sorted((one.precedence, one.effect) for one in loader.delivered(name).motions.values() if one.precedence)
    assert [effect for _, effect in ranked] == [
        Effect.SUSPEND_MEETING,
        Effect.ADJOURN_MEETING,
        Effect.ADJOURN_DEBATE,
        Effect.CLOSE_DEBATE,
    ]


@pytest.mark.parametrize("name", DELIVERED)
def test_substance_needs_two_thirds_after_every_effort_and_procedure_a_majority(name: str) -> None:
    book = loader.delivered(name)
    assert book.majority("substance").threshold == book.majority("reconsideration").threshold == TWO_THIRDS
    assert book.majority("substance").after_consensus
    assert book.majority("procedure").threshold == SIMPLE
    assert book.voting.counted == {Choice.YES, Choice.NO}


@pytest.mark.parametrize("name", DELIVERED)
def test_only_parties_and_their_organisations_vote(name: str) -> None:
    kinds = loader.delivered(name).participants
    assert {name for name, kind in kinds.items() if kind.votes} == {"party", "regional-organisation"}
    assert {name for name, kind in kinds.items() if kind.speaks is Speaks.INVITED} == {
        "igo-invited",
        "igo",
        "ngo-ecosoc",
        "ngo-other",
    }


@pytest.mark.parametrize(("subject", "number"), [("treaty-amendment", "66(1)"), ("protocol", "62")])
def test_the_draft_takes_the_majorities_of_the_convention_as_the_law_data_have_them(subject: str, number: str) -> None:
    majority = loader.delivered("hanoi-draft").majority(subject)
    (value,) = load_law().provision("uncc", number).values
    numbers = value.numbers
    assert majority.threshold.share == Fraction(numbers["majority_numerator"], numbers["majority_denominator"])
    assert majority.parties_needed == numbers.get("parties", 0)
    assert majority.after_consensus


@pytest.mark.parametrize("name", DELIVERED)
def test_a_reconstructed_number_is_never_shown(name: str) -> None:
    book = loader.delivered(name)
    for rule in book.rules.values():
        shown = rule.number.partition("(")[0] if rule.number_sure else ""
        assert shown not in RECONSTRUCTED
        if not rule.number_sure:
            assert not any(sign.isdigit() for sign in rule.cite + rule.name.fr)
            assert not any(sign.isdigit() for sign in answers.rule(rule).name.en)
        else:
            assert rule.cite.startswith(f"Rule {rule.number} (")


def test_of_the_draft_only_the_rules_on_observers_have_a_number() -> None:
    numbers = {rule.number for rule in loader.delivered("hanoi-draft").rules.values() if rule.number_sure}
    assert numbers == {"14", "15", "16", "17(1)", "17(2)", "17(3)"}


@pytest.mark.parametrize("name", DELIVERED)
def test_every_rule_says_where_it_was_found_in_two_languages(name: str) -> None:
    book = loader.delivered(name)
    for rule in book.rules.values():
        assert rule.source.en != rule.source.fr
        assert rule.says.en != rule.says.fr
        assert "'" not in rule.says.fr + rule.title.fr + rule.source.fr
    assert {rule.sure for rule in book.rules.values()} <= set(Sure)


def test_a_source_in_one_text_stands_for_every_language() -> None:
    text = loader.delivered_text("untoc")
    english, french = "source.en = ", "source.fr = "
    lines = [line.replace(english, "source = ") for line in text.splitlines() if not line.startswith(french)]
    for rule in loader.read("\n".join(lines), name="untoc.toml").rules.values():
        assert rule.source.fr == rule.source.en == loader.delivered("untoc").rule(rule.id).source.en


def test_what_is_not_there_is_refused_by_name() -> None:
    book = loader.delivered("untoc")
    with pytest.raises(NoSuchRule, match="'nothing'"):
        book.cite("nothing")
    with pytest.raises(NoSuchRule, match="'colour'"):
        book.majority("colour")
    with pytest.raises(NoSuchRulebook, match="untoc, uncac, hanoi-draft"):
        loader.delivered("../../etc/passwd")


def test_a_choice_sets_what_it_says_and_nothing_else() -> None:
    usual, other = loader.delivered("hanoi-draft"), loader.delivered("hanoi-draft", choices={"observers": "none"})
    assert usual.participants["ngo-other"].speaks is Speaks.INVITED
    assert other.participants["ngo-other"].speaks is Speaks.NEVER
    assert other.participants["ngo-other"].admission.how == "not-admitted"
    assert (usual.chosen["observers"], other.chosen["observers"]) == ("precedents", "none")
    assert usual.participants["igo"] == other.participants["igo"]
    assert usual.majorities == other.majorities


def test_choices_give_one_rulebook_in_whatever_order_they_are_named() -> None:
    made = {"observers": "consent", "objection": "excludes", "reasons": "owed", "bureau": "five"}
    books = [loader.read(DRAFT, name="d", choices=dict(order)) for order in permutations(made.items(), 4)]
    assert all(book == books[0] for book in books)
    admission = books[0].participants["ngo-ecosoc"].admission
    assert (admission.how, admission.objection, admission.reasons_owed) == ("listed-application", "excludes", True)


def test_an_unknown_question_or_answer_is_told_what_there_is() -> None:
    with pytest.raises(UnknownOption, match="observers, objection, reasons"):
        loader.delivered("hanoi-draft", choices={"observer": "open"})
    with pytest.raises(UnknownChoice, match="precedents, open, automatic, consent, none"):
        loader.delivered("hanoi-draft", choices={"observers": "closed"})
    with pytest.raises(UnknownOption, match="it leaves none open"):
        loader.delivered("untoc", choices={"observers": "open"})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("format = 1", "format = 2", "format must be 1"),
        ('id = "untoc"', 'id = "UN TOC"', "small letters"),
        ("notice_days = 60", 'notice_days = "60"', "whole number"),
        ("notice_days = 60", "notice_days = 999999999999", "more than 100000"),
        ("notice_days = 60", "notice_day = 60", "notice_days is missing"),
        ("years_between = 2", "years_between = 2\nmonths = 1", "not a key of the format"),
        ('share = "1/3"', 'share = "0.33"', "not a fraction"),
        ('share = "1/3"', 'share = "3/2"', "at most 1"),
        ('share = "1/3"', 'share = "1/0"', "not a fraction"),
        ('of = "participating"', 'of = "everybody"', "must be one of"),
        ('effect = "close-debate"', 'effect = "end-debate"', "must be one of"),
        ('sure = "read"', 'sure = "certain"', "must be one of"),
        ("presiding_votes = false\n", "", "write true or false"),
        ('languages = ["ar", ', 'languages = ["xx", ', "must be one of"),
        ('methods = ["show-of-hands", ', 'methods = ["show-of-hands", "show-of-hands", ', "twice"),
        ("[motion.close-debate]", "[motion.adjourn-debate]", "Cannot declare"),
        ("[quorum]", "[quorum", "Expected"),
        ("as_of = 2005-12-31", 'as_of = "2005"', "must be a day"),
        ('title.fr = "Quorum"', 'title.de = "Quorum"', "fr is missing"),
        ('counted = ["yes", "no"]', 'counted = ["yes", "maybe"]', "must be one of"),
    ],
)
def test_what_is_not_exactly_right_is_refused_with_its_line(old: str, new: str, says: str) -> None:
    assert old in UNTOC
    with pytest.raises(BadRulebook, match=says) as refused:
        loader.read(UNTOC.replace(old, new, 1), name="mine.toml")
    name, _, line = (refused.value.where or "").partition(":")
    changed = UNTOC[: UNTOC.index(old)].count("\n") + 1
    assert name == "mine.toml"
    assert abs(int(line) - changed) <= 20


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "format is missing"),
        ("x" * 300_001, "more than the limit"),
        ("format = 1\na = " + "[" * 2_000 + "]" * 2_000, "nested too deeply"),
        ("format = 1\noption = 3", "list of tables"),
        ("format = 1\n[[option]]\nid = 'a'\nquestion = {en = 'a', fr = 'b'}\nrule = 'r'\nchoice = []", "2 to 20"),
    ],
)
def test_what_is_no_rulebook_at_all_is_refused(text: str, says: str) -> None:
    with pytest.raises(BadRulebook, match=says):
        loader.read(text, name="mine.toml")


def test_a_choice_may_not_set_what_is_not_there_nor_the_questions_themselves() -> None:
    for path in ("quorum.half", "id", "option", "quorum.open.share.deep", "nothing"):
        text = DRAFT.replace('"quorum.decide.of" = "participating"', f'"{path}" = "x"')
        loader.read(text, name="mine.toml")
        with pytest.raises(BadRulebook, match="is not there"):
            loader.read(text, name="mine.toml", choices={"quorum": "participating"})


LINES = UNTOC.split("\n")


@hypothesis_settings(max_examples=60)
@given(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "x", "[rule]", "rule = 1", '"" = {}', "\x00", "[[officers]]"])
)
def test_a_file_with_a_spoilt_line_is_read_or_refused_and_never_anything_else(place: int, new: str) -> None:
    text = "\n".join([*LINES[:place], new, *LINES[place + 1 :]])
    try:
        odd = loader.read(text, name="mine.toml").id != "untoc"
    except BadRulebook as reason:
        odd = not (reason.where or "").startswith("mine.toml")
    assert not odd
