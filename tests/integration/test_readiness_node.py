"""Readiness on a node: who may decide, what two at once come to, and that nothing is half filed."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.examplia import CHOICES

from rogatory.alignment.obligations import obligations
from rogatory.node.context import Node
from rogatory.node.people import Actor, RoleMissing
from rogatory.node.readiness import cards, deciding, entries, filing, reading
from rogatory.node.readiness.deciding import BadMark
from rogatory.ports.alignment import AssessmentRow
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.readiness.filing import AlreadyFiled, BadFiling
from rogatory.readiness.papers.model import ChoicesMissing

pytestmark = pytest.mark.django_db

GIVEN: Mapping[str, Any] = tomllib.loads(CHOICES)
ASSESSOR = Actor(id="wanjiru", name="Wanjiru", authority="VNM/contact-point", roles=frozenset({"assessor"}))
DRAFTER = Actor(id="an", name="An", authority="VNM/contact-point", roles=frozenset({"drafter"}))
DAY = date(2028, 2, 1)


def test_only_an_assessor_decides_and_files(node: Node) -> None:
    for act in (
        lambda: deciding.save_choices(node, DRAFTER, GIVEN),
        lambda: deciding.mark(node, DRAFTER, "training", "done"),
        lambda: filing.file(node, DRAFTER, ["notice-40(12)"], on=DAY),
        lambda: filing.correct(node, DRAFTER, 1, because="x"),
        lambda: cards.note_change(node, ASSESSOR, cards.proposal(node)),
    ):
        with pytest.raises(RoleMissing):
            act()
    assert reading.kit(node).version == 0


def test_of_two_who_save_at_once_the_second_is_told_and_nothing_is_lost(node: Node) -> None:
    deciding.save_choices(node, ASSESSOR, GIVEN, version=0)
    with pytest.raises(ChangedMeanwhile):
        deciding.save_choices(node, ASSESSOR, {"place": "Elsewhere"}, version=0)
    found = reading.kit(node)
    assert (found.version, found.saved_by, found.choices.place.en) == (1, "Wanjiru", "Portville")
    deciding.save_choices(node, ASSESSOR, {"place": "Elsewhere"}, version=1)
    assert reading.kit(node).choices.place.en == "Elsewhere"
    assert [row.place for row in node.stores.readiness.of_kind(entries.CHOICES)] == [1, 2]


def test_of_several_papers_all_are_filed_or_none(node: Node) -> None:
    bare = {key: value for key, value in GIVEN.items() if key != "languages"}
    deciding.save_choices(node, ASSESSOR, bare)
    with pytest.raises(ChoicesMissing):
        filing.file(node, ASSESSOR, ["notice-40(12)", "notice-40(13)"], on=DAY)
    with pytest.raises(BadFiling):
        filing.file(node, ASSESSOR, ["notice-40(12)", "notice-40(12)"], on=DAY)
    assert entries.filed(node) == ()
    # Its instrument stands in the practice list.
    with pytest.raises(AlreadyFiled):
        filing.file(node, ASSESSOR, ["instrument"], on=DAY)
    filed = filing.file(node, ASSESSOR, ["notice-40-12", "notice-53(7)"], on=DAY, reference="Note 1")
    assert [(one.number, one.provision, one.by) for one in filed] == [(1, "40(12)", "Wanjiru"), (2, "53(7)", "Wanjiru")]
    corrected = filing.correct(node, ASSESSOR, 1, because="another letter")
    assert (corrected.stands, corrected.corrected) == (False, "another letter")
    assert [one.stands for one in entries.filed(node)] == [False, True]


def test_a_mark_has_a_day_that_was_and_a_note_of_a_line(node: Node) -> None:
    for on, note in ((date(2099, 1, 1), ""), (DAY, "x" * 501)):
        with pytest.raises(BadMark):
            deciding.mark(node, ASSESSOR, "training", "done", on=on, note=note)
    deciding.mark(node, ASSESSOR, "training", "done", on=DAY, note="two courses")
    step = next(one for one in reading.kit(node).steps if one.id == "training")
    assert step.because.en == "Wanjiru marked it as done, as of 1 February 2028. two courses"


def test_the_database_refuses_to_change_what_was_entered(node: Node) -> None:
    deciding.save_choices(node, ASSESSOR, GIVEN)
    for statement in ("UPDATE stores_readinessentry SET reference = 'x'", "DELETE FROM stores_readinessentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_card_is_proposed_only_after_the_notice_was_filed(node: Node) -> None:
    deciding.save_choices(node, ASSESSOR, GIVEN)
    assert cards.proposal(node).changes == ()
    filing.file(node, ASSESSOR, ["notice-40(12)", "notice-53(7)"], on=DAY)
    found = cards.proposal(node)
    assert [(one.id, one.after.name_fr, one.after.functions) for one in found.changes] == [
        ("VNM/central-authority", "Autorité centrale", ("40(12)",))
    ]
    assert found.elsewhere == ("53(7): Prevention Office",)


def test_the_newest_assessment_of_the_state_stands_in_the_checklist(node: Node) -> None:
    for place, state in enumerate(("VNM", "FRA")):
        row = AssessmentRow(
            id=f"a{place}",
            state=state,
            title=f"Reading of {state}",
            texts=(),
            made_at=node.clock.now() + timedelta(hours=place),
            made_by="an",
        )
        node.stores.alignment.add_assessment(row)
    step = next(one for one in reading.kit(node).steps if one.id == "law-assessed")
    every = len(obligations(node.law))
    assert step.because.en == f"0 of {every} obligations are judged in Reading of VNM."
