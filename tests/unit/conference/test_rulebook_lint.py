"""Gaps and contradictions of a rulebook: each kind is found where it stands, and the delivered rulebooks have none."""

import re
from pathlib import Path

import pytest

from rogatory.conference.rulebook import decisions, gaps, lint, loader
from rogatory.conference.rulebook.findings import Severity
from rogatory.conference.rulebook.lint import UnsoundRulebook
from rogatory.conference.rulebook.loader import DELIVERED
from rogatory.law.loader import load_law

UNTOC = loader.delivered_text("untoc")
KNOWN = {f"{law}:{number}" for law, numbers in load_law().by_number.items() for number in numbers}
USUAL = lint.lint(UNTOC, name="untoc.toml", provisions=KNOWN)
OPTION = """
[[option]]
id = "size"
question = { en = "How large?", fr = "Quelle taille ?" }
rule = "officers"
[[option.choice]]
id = "small"
name = { en = "Small", fr = "Petite" }
default = true
[[option.choice]]
id = "large"
name = { en = "Large", fr = "Grande" }
sets = { "officers.per_group" = 3, "officers.post.vice-president.seats" = 13 }
"""
SECOND = OPTION.replace('id = "size"', 'id = "other"').replace('"officers.per_group" = 3', '"officers.per_group" = 4')

#: The code of a finding, and the change to UNTOC's rulebook that brings it about: what stands there, and what instead.
CHANGES: tuple[tuple[str, str, str], ...] = (
    ("subject-without-majority", "[majority.ruling]", "[majority.rulings]"),
    ("motion-without-majority", 'subject = "reconsideration"', 'subject = "unanimity"'),
    ("majority-unreachable", 'share = "2/3", of = "pre', 'share = "1/1", more_than = true, of = "pre'),
    (
        "majority-unreachable",
        'share = "1/2", more_than = true, of = "valid',
        'share = "1/1", more_than = true, of = "valid',
    ),
    ("majority-wrong-base", 'share = "2/3", of = "present-and-voting"', 'share = "2/3", of = "valid-ballots"'),
    ("majority-below-half", 'share = "2/3", of = "pre', 'share = "1/3", of = "pre'),
    ("tie-adopts", 'share = "2/3", of = "pre', 'share = "1/2", of = "pre'),
    ("majority-beyond-quorum", 'share = "2/3", of = "present-and-voting"', 'share = "2/3", of = "parties"'),
    ("substance-below-procedure", 'share = "2/3", of = "pre', 'share = "1/2", of = "pre'),
    ("motions-same-precedence", "precedence = 2", "precedence = 1"),
    ("motions-same-effect", 'effect = "adjourn-meeting"', 'effect = "suspend-meeting"'),
    ("motion-never", "during_debate = true\nduring_voting = false", "during_debate = false\nduring_voting = false"),
    ("precedence-gap", "precedence = 4", "precedence = 7"),
    ("effect-without-motion", 'effect = "competence"', 'effect = "no-action"'),
    ("quorum-unreachable", 'decide = { share = "1/2"', 'decide = { share = "1/1"'),
    ("quorum-wrong-base", 'of = "participating"', 'of = "present"'),
    ("quorum-to-decide-lower", '{ share = "1/3", of = "participating" }', '{ share = "2/3", of = "participating" }'),
    (
        "quorum-to-decide-may-be-lower",
        'of = "participating" }\ndecide = { share = "1/2", more_than = true, of = "parties" }',
        'of = "parties" }\ndecide = { share = "1/2", more_than = true, of = "participating" }',
    ),
    ("method-missing", 'methods = ["show-of-hands", ', "methods = ["),
    ("votes-not-counted", 'counted = ["yes", "no"]', 'counted = ["yes"]'),
    ("election-without-ballots", "pattern = [", "pattern = [] #"),
    ("ballot-never-comes", 'ballots = "restricted", times = 3', 'ballots = "restricted", times = 0'),
    ("ballot-without-choice", "finalists = 2", "finalists = 1"),
    ("election-may-never-end", 'tie = "lot"', 'tie = "ballot"'),
    ("notice-impossible", "notice_hours = 24", "notice_hours = 2400"),
    ("notice-long", "hours_before = 24\nmay_waive", "hours_before = 200\nmay_waive"),
    ("adopted-with-options", "", OPTION),
    ("rule-missing", 'tie_rule = "tie"', 'tie_rule = "ties"'),
    ("rule-unused", 'tie_rule = "tie"', 'tie_rule = "consensus"'),
    ("rule-followed", "[rule.quorum]", "[rule.quorum]\nfor_people = true"),
    ("number-missing", 'number = "41"\n', ""),
    ("number-twice", 'number = "42"', 'number = "41"'),
    ("participant-covers-nobody", 'covers = ["signatory"]', "covers = []"),
    ("admissions-overlap", 'covers = ["igo-other"]', 'covers = ["igo-invited"]'),
    ("parties-not-covered", 'covers = ["party"]', 'covers = ["academia"]'),
    ("category-not-covered", 'covers = ["signatory"]', 'covers = ["academia"]'),
    ("voter-without-voice", "votes = true\nproposes = true", "votes = true\nproposes = false"),
    ("voter-without-credentials", "credentials = true", "credentials = false"),
    ("voter-not-admitted", 'admission.how = "of-right"', 'admission.how = "not-admitted"'),
    ("application-undecided", 'admission.decided_by = "bureau"', 'admission.decided_by = "nobody"'),
    ("list-without-objection", 'objection = "refers-to-conference"', 'objection = "none"'),
    ("application-before-notice", "admission.days_before = 30", "admission.days_before = 90"),
    ("credentials-deadlock", "provisional_seat = true", "provisional_seat = false"),
    ("challenge-without-seat", "provisional_seat = true", "provisional_seat = false"),
    ("credentials-unsigned", "signed_by = [", "signed_by = [] #"),
    ("officers-arithmetic", "per_group = 2", "per_group = 3"),
    ("post-without-seat", "seats = 8", "seats = 0"),
    ("agenda-before-notice", "notice_days = 60", "notice_days = 45"),
    ("credentials-before-notice", "notice_days = 60", "notice_days = 0"),
    ("no-language", "languages = [", "languages = [] #"),
    ("roll-call-language", 'languages = ["ar", "en", ', 'languages = ["ar", '),
    ("languages-missing", 'languages = ["ar", ', "languages = ["),
    ("option-default", "", OPTION.replace("default = true", "default = false")),
    ("option-same-choices", "", OPTION.replace("sets = {", "#")),
    ("option-path-missing", "", OPTION.replace('"officers.per_group"', '"officers.each_group"')),
    ("options-collide", "", OPTION + SECOND),
    ("combination-unreadable", "", OPTION.replace("= 13", '= "many"')),
    ("officers-arithmetic", "", OPTION.replace("= 13", "= 9")),
    ("provision-unknown", "[rule.consensus]", '[rule.consensus]\nprovisions = ["uncc:99"]'),
    ("rules-unsure", 'sure = "read"', 'sure = "unsure"'),
)


def changed(old: str, new: str) -> str:
    """UNTOC's rulebook with *new* in the place of *old*, or at the end."""
    assert old in UNTOC
    return UNTOC.replace(old, new, 1) if old else UNTOC + new


def codes(text: str) -> set[str]:
    return {one.code for one in lint.lint(text, name="mine.toml", provisions=KNOWN).findings}


@pytest.mark.parametrize(("code", "old", "new"), CHANGES)
def test_each_gap_and_contradiction_is_found(code: str, old: str, new: str) -> None:
    before = {one.says.en for one in USUAL.findings if one.code == code}
    found = lint.lint(changed(old, new), name="m.toml", provisions=KNOWN).findings
    fresh = [one for one in found if one.code == code and one.says.en not in before]
    assert fresh, [one.code for one in found]
    assert all(one.says.fr and one.says.fr != one.says.en and one.where for one in fresh)


def codes_of_the_sources() -> set[str]:
    sources = "".join(Path(module.__file__ or "").read_text("utf-8") for module in (decisions, gaps, lint))
    return set(re.findall(r'(?:error|warning|note)\(\s*"([a-z-]+)"', sources))


def test_every_code_of_the_sources_is_tried_here() -> None:
    assert len(codes_of_the_sources()) > 45
    assert codes_of_the_sources() - {code for code, _, _ in CHANGES} == {"nobody-votes"}


def test_every_code_stands_in_the_specification_and_no_other() -> None:
    page = (Path(__file__).parents[3] / "spec" / "rulebook.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z`, -]+`) \|", page[page.index("## Gaps and contradictions") :], re.M)
    compared = {"substance-below-procedure", "treaty-amendment-below-substance"}
    assert set(re.findall(r"`([a-z-]+)`", "".join(rows))) == codes_of_the_sources() | compared


def test_somebody_must_vote() -> None:
    assert "nobody-votes" in codes(UNTOC.replace("votes = true", "votes = false"))
    assert "nobody-votes" not in codes(UNTOC.replace("votes = true", "votes = false", 1))


def test_a_compared_majority_is_named_after_both() -> None:
    text = UNTOC.replace(
        '[majority.treaty-amendment]\nname.en = "Amendments to the Convention"\n'
        'name.fr = "Amendements à la Convention"\nthreshold = { share = "2/3", of',
        '[majority.treaty-amendment]\nname.en = "Amendments to the Convention"\n'
        'name.fr = "Amendements à la Convention"\nthreshold = { share = "1/2", more_than = true, of',
    )
    assert text != UNTOC
    assert "treaty-amendment-below-substance" in codes(text)


@pytest.mark.parametrize("name", DELIVERED)
def test_a_meeting_can_be_held_under_each_delivered_rulebook(name: str) -> None:
    report = lint.lint(loader.delivered_text(name), name=name, provisions=KNOWN)
    assert [one for one in report.findings if one.severity is not Severity.NOTE] == []
    assert sum(report.sure.values()) == report.rules
    lint.require_sound(loader.delivered(name))


def test_the_draft_is_tried_with_every_pair_of_answers() -> None:
    text = loader.delivered_text("hanoi-draft")
    report = lint.lint(text, name="hanoi-draft")
    opened = loader.Opened(text, name="hanoi-draft")
    others = [len(option.choices) - 1 for option in opened.options]
    pairs = (sum(others) ** 2 - sum(number**2 for number in others)) // 2
    assert report.tried == 1 + sum(others) + pairs < report.combinations == 1280


def test_a_contradiction_under_one_answer_names_the_answer() -> None:
    (found,) = lint.lint(UNTOC + OPTION.replace("= 13", "= 9"), name="m").errors
    assert (found.code, found.choices) == ("officers-arithmetic", {"size": "large"})


def test_answers_that_set_the_same_value_alike_do_not_collide() -> None:
    alike = OPTION.replace('sets = { "officers.per_group" = 3,', 'sets = { "quorum.decide.of" = "participating" } #')
    other = alike.replace('id = "size"', 'id = "other"')
    assert "options-collide" not in codes(UNTOC + alike + other)


def test_errors_come_first_and_notes_last() -> None:
    text = changed("per_group = 2", "per_group = 3").replace('tie = "lot"', 'tie = "ballot"')
    order = [one.severity for one in lint.lint(text, name="m").findings]
    assert order == sorted(order, key=list(Severity).index)
    assert set(order) == set(Severity)


def test_no_meeting_opens_under_an_unsound_rulebook() -> None:
    book = loader.read(changed("per_group = 2", "per_group = 3"), name="m")
    with pytest.raises(UnsoundRulebook, match="10 posts") as refused:
        lint.require_sound(book)
    assert refused.value.cite == "Rule 22 (Officers)"
