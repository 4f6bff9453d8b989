"""Proposals and amendments: in writing and in time, the furthest removed first, divided, withdrawn, reconsidered."""

from tests.support.meetings import Table, choices, debating, ready, words


def amended(*amendments: str, **how: object) -> Table:
    """P1 ready to be decided, with amendments that the chair takes at once."""
    table = ready()
    for number, one in enumerate(amendments):
        table.propose(one, f"S0{number + 2}", amends="P1", circulated=False)
        table.do("chair", "circulation-waived", proposal=one)
    return table


def test_a_proposal_is_circulated_a_day_before_it_is_decided() -> None:
    table = debating()
    table.propose("P1", item="1", circulated=False)
    table.refused("too-soon", "chair", "consensus-found", proposal="P1", cites="proposals")
    table.refused("out-of-order", "chair", "circulation-waived", proposal="P1", cites="proposals")
    table.do("office", "proposal-circulated", proposal="P1")
    table.wait(hours=23)
    table.refused("too-soon", "chair", "consensus-found", proposal="P1", cites="proposals")
    table.wait(hours=1)
    table.do("chair", "consensus-found", proposal="P1")


def test_the_chair_may_take_amendments_and_matters_of_procedure_sooner() -> None:
    table = debating()
    table.propose("P1", item="1", subject="procedure", circulated=False)
    table.do("chair", "circulation-waived", proposal="P1")
    table.do("chair", "consensus-found", proposal="P1")


def test_proposals_are_taken_in_the_order_in_which_they_were_submitted() -> None:
    table = ready(9, "P1", "P2")
    table.refused("out-of-order", "chair", "consensus-found", proposal="P2", cites="order-of-proposals")
    table.do("chair", "consensus-found", proposal="P1")
    table.do("chair", "consensus-found", proposal="P2")


def test_a_proposal_that_was_never_circulated_holds_up_nobody() -> None:
    table = debating()
    table.propose("P0", item="1", circulated=False)
    table.propose("P1", item="1")
    table.wait(hours=25)
    table.do("chair", "consensus-found", proposal="P1")


def test_an_amendment_is_decided_before_what_it_amends() -> None:
    table = amended("A1")
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="P1", cites="amendments")
    table.vote(choices(6, 3), about="proposal", target="A1")
    assert table.state.proposals["P1"].amended
    table.vote(choices(6, 3), about="proposal", target="P1")
    assert [one.about for one in table.state.decisions[-2:]] == ["amendment", "proposal"]


def test_an_amendment_handed_in_at_the_last_moment_holds_up_nothing_unless_the_chair_takes_it() -> None:
    table = ready()
    table.propose("A1", "S02", amends="P1", circulated=False)
    table.do("chair", "consensus-found", proposal="P1")
    assert table.state.proposals["A1"].status == "not-put"


def test_the_amendment_furthest_removed_is_voted_first_as_the_chair_sets_it_with_reasons() -> None:
    table = amended("A1", "A2")
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="A1", cites="amendments")
    table.refused(
        "out-of-order", "chair", "amendments-ordered", proposal="P1", order=["A2"], reasons="…", cites="amendments"
    )
    table.do("chair", "amendments-ordered", proposal="P1", order=["A2", "A1"], reasons="A2 takes out the whole.")
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="A1", cites="amendments")
    table.vote(choices(0, 9), about="proposal", target="A2")
    table.vote(choices(9), about="proposal", target="A1")


def test_the_order_is_challenged_and_the_order_that_fell_is_not_set_again() -> None:
    table = amended("A1", "A2")
    table.do("chair", "amendments-ordered", proposal="P1", order=["A2", "A1"], reasons="…")
    table.do("S05", "motion-moved", motion="challenge-order", target="P1")
    table.vote(choices(5, 4), about="motion", target=table.state.floor.motions[0].id)
    table.refused(
        "out-of-order", "chair", "amendments-ordered", proposal="P1", order=["A2", "A1"], reasons="…",
        cites="amendments",
    )  # fmt: skip
    table.do("chair", "amendments-ordered", proposal="P1", order=["A1", "A2"], reasons="…")


def test_an_amendment_whose_rejection_is_implied_is_not_put() -> None:
    table = amended("A1", "A2")
    table.do("chair", "amendments-ordered", proposal="P1", order=["A2", "A1"], reasons="…")
    table.refused("out-of-order", "chair", "amendment-not-put", proposal="A1", cites="amendments")
    table.vote(choices(9), about="proposal", target="A2")
    table.do("chair", "amendment-not-put", proposal="A1")
    table.do("chair", "consensus-found", proposal="P1")


def test_an_amendment_to_an_amendment_comes_first_and_is_not_amended_again() -> None:
    table = amended("A1")
    table.propose("B1", "S04", amends="A1", circulated=False)
    table.do("chair", "circulation-waived", proposal="B1")
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="A1", cites="amendments")
    table.refused(
        "out-of-order", "S05", "proposal-submitted", proposal="C1", title=words("C1"), amends="B1", cites="amendments"
    )
    table.vote(choices(0, 9), about="proposal", target="B1")
    table.vote(choices(0, 9), about="proposal", target="A1")


def test_nothing_is_amended_once_voting_has_begun() -> None:
    table = amended("A1")
    table.vote(choices(9), about="proposal", target="A1")
    table.refused(
        "out-of-order", "S05", "proposal-submitted", proposal="A2", title=words("A2"), amends="P1",
        cites="conduct-of-voting",
    )  # fmt: skip
    table.refused("out-of-order", "S05", "motion-moved", motion="adjourn-debate", cites="adjournment-of-debate")
    table.refused("out-of-order", "S01", "proposal-withdrawn", proposal="P1", cites="withdrawal")


def test_an_amended_proposal_is_no_longer_its_authors() -> None:
    table = amended("A1")
    table.do("chair", "consensus-found", proposal="A1")
    error = table.refused("out-of-order", "S01", "proposal-withdrawn", proposal="P1", cites="withdrawal")
    assert "was amended" in error.message


def test_only_the_author_withdraws_and_what_hangs_on_the_proposal_goes_with_it() -> None:
    table = amended("A1")
    table.propose("B1", "S04", amends="A1", circulated=False)
    table.do("S05", "motion-moved", motion="division", target="P1", parts=["1", "2"])
    table.refused("no-such-right", "S05", "proposal-withdrawn", proposal="P1", cites="withdrawal")
    table.do("S01", "proposal-withdrawn", proposal="P1")
    assert [table.state.proposals[one].status for one in ("P1", "A1", "B1")] == ["withdrawn", "not-put", "not-put"]
    assert table.state.floor.motions == ()
    table.do("S05", "proposal-submitted", proposal="P1-again", title=words("Again"), item="1")
    table.refused("proposal-withdrawn", "S05", "proposal-submitted", proposal="X", title=words("X"), amends="P1")


def divided(table: Table, **how: object) -> Table:
    table.do("S05", "motion-moved", motion="division", target="P1", parts=["a", "1", "2"], preambular=["a"])
    table.do("chair", "motion-agreed", pending=table.state.floor.motions[0].id)
    return table


def test_the_parts_are_voted_and_then_the_whole() -> None:
    table = divided(ready())
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="P1", cites="division")
    table.vote(choices(9), about="part", target="P1", part="a")
    table.refused("out-of-order", "chair", "consensus-found", proposal="P1", cites="consensus")
    table.refused("out-of-order", "chair", "vote-opened", about="part", target="P1", part="a", cites="division")
    table.vote(choices(0, 9), about="part", target="P1", part="1")
    table.vote(choices(9), about="part", target="P1", part="2")
    table.vote(choices(9), about="proposal", target="P1")
    assert table.state.proposals["P1"].status == "adopted"


def test_when_all_operative_parts_are_rejected_the_whole_is() -> None:
    table = divided(ready())
    table.vote(choices(9), about="part", target="P1", part="a")
    for part in ("1", "2"):
        table.vote(choices(0, 9), about="part", target="P1", part=part)
    assert table.state.proposals["P1"].status == "rejected"
    assert table.state.decisions[-1].rule == "division"


def test_a_proposal_is_divided_once() -> None:
    table = divided(ready())
    table.vote(choices(9), about="part", target="P1", part="a")
    table.refused(
        "out-of-order", "S05", "motion-moved", motion="division", target="P1", parts=["3", "4"], cites="division"
    )
    table = ready()
    for parts, more in ((["1"], {}), (["1", "1"], {}), (["1", "2"], {"preambular": ["x"]})):
        table.refused(
            "bad-conference-event", "S05", "motion-moved", motion="division", target="P1", parts=parts, **more
        )


def test_what_was_decided_is_taken_up_again_only_by_two_thirds() -> None:
    table = ready()
    table.refused("out-of-order", "S03", "motion-moved", motion="reconsider", target="P1", cites="reconsideration")
    table.vote(choices(5, 4), about="proposal", target="P1")
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="P1", cites="reconsideration")
    for votes, status in ((choices(5, 4), "rejected"), (choices(6, 3), "open")):
        table.do("S03", "motion-moved", motion="reconsider", target="P1")
        table.vote(votes, about="motion", target=table.state.floor.motions[0].id)
        assert table.state.proposals["P1"].status == status
    table.vote(choices(6, 3), about="proposal", target="P1")
    assert table.state.proposals["P1"].status == "adopted"


def test_the_item_of_a_proposal_that_is_reconsidered_can_be_taken_up_again() -> None:
    table = ready()
    table.do("chair", "consensus-found", proposal="P1")
    table.do("chair", "item-closed")
    table.carry("reconsider", target="P1")
    table.do("chair", "item-opened", item="1")
    table.do("S01", "proposal-withdrawn", proposal="P1")  # voting has not begun anew


def test_an_amendment_is_reconsidered_only_while_what_it_amends_is_open() -> None:
    table = amended("A1")
    table.vote(choices(9), about="proposal", target="A1")
    table.do("chair", "consensus-found", proposal="P1")
    table.refused("out-of-order", "S03", "motion-moved", motion="reconsider", target="A1", cites="reconsideration")
    table.carry("reconsider", target="P1")
    table.carry("reconsider", target="A1")
    assert not table.state.proposals["P1"].amended


def test_competence_is_decided_first_and_keeps_a_proposal_from_being_put() -> None:
    table = ready()
    table.do("S03", "motion-moved", motion="competence", target="P1")
    table.refused("out-of-order", "chair", "consensus-found", proposal="P1", cites="precedence")
    table.vote(choices(5, 4), about="motion", target=table.state.floor.motions[0].id)
    assert table.state.proposals["P1"].status == "not-put"


def test_an_item_is_not_concluded_while_a_proposal_waits() -> None:
    table = ready()
    table.refused("out-of-order", "chair", "item-closed", cites="agenda-adoption")
    table.do("chair", "consensus-found", proposal="P1")
    table.do("chair", "item-closed")
    table.refused("out-of-order", "S03", "proposal-submitted", proposal="P9", title=words("P9"), item="1")


def test_nothing_is_put_while_somebody_waits_to_speak() -> None:
    table = ready()
    table.do("S03", "floor-asked", purpose="statement")
    table.refused("out-of-order", "chair", "consensus-found", proposal="P1", cites="list-of-speakers")
    table.do("S03", "floor-declined")
    table.do("chair", "consensus-found", proposal="P1")


def test_a_decision_gets_one_symbol_that_no_other_has() -> None:
    table = ready(9, "P1", "P2")
    for one in ("P1", "P2"):
        table.do("chair", "consensus-found", proposal=one)
    last = len(table.state.decisions)
    table.do("office", "decision-numbered", decision=last, symbol="DEC/2")
    table.refused("bad-conference-event", "office", "decision-numbered", decision=last - 1, symbol="DEC/2")
    table.refused("bad-conference-event", "office", "decision-numbered", decision=last + 1, symbol="DEC/3")
