"""Official copies on a node: who may load one, what stands beside our words, what a comparison says later."""

from dataclasses import replace

import pytest

from rogatory.law.copies.official import OfficialArticle, OfficialCopy, OfficialProvision
from rogatory.node import officialcopies
from rogatory.node.context import Node
from rogatory.node.officialcopies import BadComparison, NoSuchCopy
from rogatory.node.people import Actor, RoleMissing

People = dict[str, Actor]


def made_copy(text: str = "Kept for sixty days, say.", sha256: str = "a" * 64) -> OfficialCopy:
    """A copy with two provisions in words of our own."""
    article = OfficialArticle(
        number="42",
        title="Keeping what is stored",
        provisions=(
            OfficialProvision(number="42(3)", text="A request says:", where="page 2"),
            OfficialProvision(number="42(3)(a)", text="who asks;", where="page 2"),
            OfficialProvision(number="42(8)", text=text, where="page 3"),
        ),
    )
    return OfficialCopy(
        instrument="uncc",
        lang="en",
        title="A made-up title",
        file_name="copy.txt",
        format="text",
        sha256=sha256,
        articles={"42": article},
    )


def test_an_administrator_loads_a_copy_and_everybody_reads_it(node: Node, people: People) -> None:
    with pytest.raises(RoleMissing):
        officialcopies.keep_copy(node, people["drafter"], made_copy())
    assert officialcopies.all_copies(node) == []
    assert officialcopies.keep_copy(node, people["administrator"], made_copy()) is False
    assert officialcopies.copy_of(node, "uncc", "en") == made_copy()
    (one,) = officialcopies.beside(node, "uncc", "42(3)")
    assert [part.number for part in one.provisions] == ["42(3)", "42(3)(a)"]
    assert officialcopies.beside(node, "uncc", "42(9)") == ()
    assert officialcopies.beside(node, "untoc", "16(1)") == ()
    line = node.stores.audit.recent(1)[0]
    assert (line.action, line.subject, line.who) == ("law:copy:load", "uncc en", "administrator")


def test_another_copy_takes_the_place_of_the_first(node: Node, people: People) -> None:
    officialcopies.keep_copy(node, people["administrator"], made_copy())
    assert (
        officialcopies.keep_copy(node, people["administrator"], made_copy("Kept for ninety days, say.", "b" * 64))
        is True
    )
    (row,) = officialcopies.all_copies(node)
    assert row.sha256 == "b" * 64
    assert officialcopies.copy_of(node, "uncc", "en").under("42(8)")[0].text == "Kept for ninety days, say."


def test_a_removed_copy_is_gone_and_its_comparisons_stay(node: Node, people: People) -> None:
    provision = node.law.provision("uncc", "42(8)")
    officialcopies.keep_copy(node, people["administrator"], made_copy())
    officialcopies.mark_compared(node, people["approver"], provision, "en", verdict="agrees")
    with pytest.raises(RoleMissing):
        officialcopies.remove_copy(node, people["approver"], "uncc", "en")
    officialcopies.remove_copy(node, people["administrator"], "uncc", "en")
    with pytest.raises(NoSuchCopy):
        officialcopies.copy_of(node, "uncc", "en")
    with pytest.raises(NoSuchCopy):
        officialcopies.remove_copy(node, people["administrator"], "uncc", "en")
    (kept,) = officialcopies.comparisons(node, "uncc")
    assert (kept.row.number, kept.row.name, kept.same_copy) == ("42(8)", people["approver"].name, False)


def test_a_comparison_says_who_when_and_whether_anything_changed_since(node: Node, people: People) -> None:
    provision = node.law.provision("uncc", "42(8)")
    with pytest.raises(NoSuchCopy):
        officialcopies.mark_compared(node, people["approver"], provision, "en", verdict="agrees")
    officialcopies.keep_copy(node, people["administrator"], made_copy())
    for verdict, note in (("perhaps", ""), ("differs", " "), ("differs", "x" * 2001)):
        with pytest.raises(BadComparison):
            officialcopies.mark_compared(node, people["approver"], provision, "en", verdict=verdict, note=note)
    absent = node.law.provision("uncc", "42(9)")
    with pytest.raises(BadComparison):
        officialcopies.mark_compared(node, people["approver"], absent, "en", verdict="agrees")
    officialcopies.mark_compared(node, people["approver"], provision, "en", verdict="differs", note="It says ninety.")
    officialcopies.mark_compared(node, people["drafter"], provision, "en", verdict="agrees")
    (made,) = officialcopies.beside(node, "uncc", "42(8)")[0].comparisons
    assert (made.row.by, made.row.verdict, made.same_copy, made.same_words) == ("drafter", "agrees", True, True)
    officialcopies.keep_copy(node, people["administrator"], made_copy("Kept for ninety days, say.", "b" * 64))
    (later,) = officialcopies.beside(node, "uncc", "42(8)")[0].comparisons
    assert (later.same_copy, later.same_words) == (False, True)
    changed = replace(provision, what=replace(provision.what, en="Other words of ours."))
    assert officialcopies.digest_of_words(changed) != made.row.ours_sha256
    assert [line.action for line in node.stores.audit.recent(4)].count("law:provision:compare") == 2
