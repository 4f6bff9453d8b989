"""The transition table: what is not in it is refused, and everything in it is sound."""

import pytest
from told_case import FRA, VNM, Story, body_of

from rogatory.casefile import bodies, table
from rogatory.casefile.table import ENDED, LIVE, MEASURES, Side, State

STEPS = sorted({step for _, _, step in table.TABLE} | set(table.ANY_STATE) | {"withdrawal"})
ALL = [(measure, state, step, side) for measure in MEASURES for state in State for step in STEPS for side in Side]


def expected(measure: str, state: State, step: str, side: Side) -> bool:
    """Permission as one reads it off the table, without the function that reads it."""
    if (measure, state, step) in table.TABLE:
        return table.TABLE[measure, state, step].side is side
    if step == "withdrawal":
        return state not in ENDED and side is Side.REQUESTING
    if step in table.ANY_STATE:
        allowed = table.ANY_STATE[step][0]
        return (state not in ENDED or step in table.AFTER_THE_END) and allowed in (None, side)
    return False


@pytest.mark.parametrize("measure", MEASURES)
def test_every_state_step_and_side_outside_the_table_is_refused(measure: str) -> None:
    for one, state, step, side in ALL:
        if one == measure:
            assert (table.row(one, state, step, side) is not None) == expected(one, state, step, side), (state, step)


def test_every_combination_is_told_the_same_by_the_fold() -> None:
    """A request is brought into each state it can reach; each step of each side then does what the table says."""
    for measure, path in PATHS:
        for step in STEPS:
            for sender, side in ((VNM, Side.REQUESTING), (FRA, Side.REQUESTED)):
                story = Story()
                asked = story.ask(measure)
                for who, earlier in path:
                    story.say(who, earlier.partition(":")[0], body_of(earlier), regarding=asked)
                state = story.file.requests[asked.digest].state
                story.say(sender, step.partition(":")[0], body_of(step), regarding=asked)
                event = story.file.events[-1]
                row = table.row(measure, state, step, side)
                if row is None:
                    assert event.ineffective, (measure, state, step, side)
                    assert story.file.requests[asked.digest].state is state
                elif not event.ineffective:
                    assert (event.cite, story.file.requests[asked.digest].state) == (row.cite, row.next)
                else:
                    # Permitted by the table, and stopped by what the exhibit's own record says.
                    assert step in ("delivery", "custody-entry"), (measure, state, step, event.ineffective)


A, R = FRA, VNM
PATHS: list[tuple[str, list[tuple[str, str]]]] = [
    ("preservation", []),
    ("preservation", [(A, "acknowledgement")]),
    ("preservation", [(A, "decision:accepted")]),
    ("preservation", [(A, "decision:accepted"), (A, "preserved")]),
    ("preservation", [(A, "decision:declined")]),
    ("preservation", [(R, "withdrawal")]),
    ("preservation", [(A, "decision:accepted"), (A, "preserved"), (A, "release")]),
    ("stored-data", []),
    ("stored-data", [(A, "acknowledgement")]),
    ("stored-data", [(A, "decision:postponed")]),
    ("stored-data", [(A, "decision:declined")]),
    ("stored-data", [(A, "decision:accepted")]),
    ("stored-data", [(A, "decision:accepted"), (A, "delivery")]),
    ("stored-data", [(A, "decision:accepted"), (A, "delivery"), (R, "custody-receipt")]),
    ("stored-data", [(A, "decision:accepted"), (A, "delivery"), (R, "custody-receipt"), (R, "closure")]),
    ("stored-data", [(R, "withdrawal")]),
]


def test_the_paths_above_reach_every_state_that_the_table_leads_to() -> None:
    reached = set()
    for measure, path in PATHS:
        state = State.SENT
        for who, step in path:
            row = table.row(measure, state, step, Side.REQUESTING if who == R else Side.REQUESTED)
            assert row is not None
            state = row.next
        reached.add((measure, state))
    wanted = {(measure, row.next) for (measure, _, _), row in table.TABLE.items()}
    wanted |= {(measure, State.SENT) for measure in MEASURES} | {(measure, State.WITHDRAWN) for measure in MEASURES}
    assert reached == wanted


def test_nothing_begins_in_an_ended_state() -> None:
    assert not [key for key in table.TABLE if key[1] in ENDED]
    assert set(LIVE) | ENDED == set(State)
    assert not set(LIVE) & ENDED


def test_every_row_names_a_provision() -> None:
    cites = [row.cite for row in table.TABLE.values()] + [cite for _, cite in table.ANY_STATE.values()]
    assert all(cite.strip() and cite[0].isdigit() for cite in cites)


def test_every_kind_has_a_role_and_a_reader_of_its_body() -> None:
    assert table.KINDS == table.ROLE.keys() == bodies.READERS.keys()


def test_two_people_are_asked_only_for_steps_that_exist() -> None:
    for measure, kind in table.TWO_PEOPLE:
        known = {step.partition(":")[0] for one, _, step in table.TABLE if one == measure} | {"request"}
        assert kind in known


def test_the_steps_offered_to_a_side_are_those_it_may_take() -> None:
    for measure in MEASURES:
        for state in State:
            for side in Side:
                offered = table.permitted(measure, state, side)
                assert set(offered) == {step for step in STEPS if expected(measure, state, step, side)}
                assert len(offered) == len(set(offered))
