"""The transition table: what is not in it is refused, and everything in it is sound."""

import pytest
from told_case import FRA, VNM, Story, body_of

from rogatory.casefile import bodies, measures, table
from rogatory.casefile.measures import BASES, MEASURES
from rogatory.casefile.table import ENDED, LIVE, Side, State
from rogatory.law.loader import load_law

STEPS = sorted(table.STEPS)
WHO = {Side.REQUESTING: VNM, Side.REQUESTED: FRA}
Path = tuple[tuple[Side, str], ...]


def expected(measure: str, state: State, step: str, side: Side) -> bool:
    """Permission as one reads it off the table, without the function that reads it."""
    if (measure, state, step) in table.TABLE:
        return table.TABLE[measure, state, step].side is side
    if step == "withdrawal":
        return state not in ENDED and side is Side.REQUESTING
    if state in ENDED and step == "custody-receipt":
        return bool(BASES[measure].delivery) and side is taker(measure)
    any_state = table.any_state(measure)
    if step in any_state:
        return (state not in ENDED or step in table.AFTER_THE_END) and any_state[step][0] in (None, side)
    return False


def taker(measure: str) -> Side:
    """Who is handed exhibits of *measure*: the State that asks, and of what is given unasked the other one."""
    return Side.REQUESTED if measure == "spontaneous-information" else Side.REQUESTING


def paths(measure: str) -> dict[State, Path]:
    """A shortest way to each state that *measure* reaches, walking the rows of the table."""
    found: dict[State, Path] = {State.SENT: ()}
    waiting = [State.SENT]
    while waiting:
        state = waiting.pop(0)
        rows = {step: row for (one, at, step), row in table.TABLE.items() if (one, at) == (measure, state)}
        for step, row in rows.items():
            if row.next not in found:
                found[row.next] = (*found[state], (row.side, step))
                waiting.append(row.next)
    found[State.WITHDRAWN] = ((Side.REQUESTING, "withdrawal"),)
    return found


def tell(measure: str, path: Path) -> tuple[Story, str]:
    """A story that takes a request for *measure* along *path*, and the digest of the request."""
    story = Story()
    asked = story.ask(measure)
    for side, step in path:
        story.say(WHO[side], step.partition(":")[0], body_of(step), regarding=asked)
    return story, asked.digest


@pytest.mark.parametrize("measure", MEASURES)
def test_every_state_step_and_side_outside_the_table_is_refused(measure: str) -> None:
    for state in State:
        for step in STEPS:
            for side in Side:
                permitted = table.row(measure, state, step, side) is not None
                assert permitted == expected(measure, state, step, side), (state, step)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_combination_is_told_the_same_by_the_fold(measure: str) -> None:
    """A request is brought into each state it can reach; each step of each side then does what the table says."""
    for path in paths(measure).values():
        for step in STEPS:
            for side, sender in WHO.items():
                story, digest = tell(measure, path)
                before = story.file.requests[digest]
                story.say(sender, step.partition(":")[0], body_of(step), regarding=story.messages[digest])
                event, after = story.file.events[-1], story.file.requests[digest]
                row = table.row(measure, before.state, step, side)
                if row is None:
                    assert event.ineffective, (measure, before.state, step, side)
                    assert after.state is before.state
                elif not event.ineffective:
                    assert (event.cite, after.state) == (row.cite, row.next)
                else:
                    # Permitted by the table, and stopped by what the exhibit's own record says.
                    told = ("delivery", "custody-entry", "custody-receipt", "onward-request", "onward-leave")
                    assert step in told, (measure, before.state, step, event.ineffective)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_state_that_the_table_names_can_be_reached(measure: str) -> None:
    named = {state for one, state, _ in table.TABLE if one == measure}
    named |= {row.next for (one, _, _), row in table.TABLE.items() if one == measure} | {State.WITHDRAWN}
    told = [tell(measure, path) for path in paths(measure).values()]
    assert {story.file.requests[digest].state for story, digest in told} == named == set(paths(measure))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_state_of_a_measure_leads_to_an_end_without_a_withdrawal(measure: str) -> None:
    leads = {(state, row.next) for (one, state, _), row in table.TABLE.items() if one == measure}
    for start in set(paths(measure)) - ENDED:
        reached = {start}
        while further := {after for before, after in leads if before in reached} - reached:
            reached |= further
        assert reached & (ENDED - {State.WITHDRAWN}), (measure, start)


def test_nothing_begins_in_an_ended_state() -> None:
    assert not [key for key in table.TABLE if key[1] in ENDED]
    assert set(LIVE) | ENDED == set(State)
    assert not set(LIVE) & ENDED


def test_every_measure_has_a_family_a_basis_and_an_opening() -> None:
    assert len(MEASURES) == len(set(MEASURES)) == 14
    assert set(MEASURES) == BASES.keys() == table.OPENING.keys() == {one for one, _, _ in table.TABLE}


@pytest.mark.parametrize("measure", MEASURES)
def test_every_row_names_a_provision_that_the_law_data_have(measure: str) -> None:
    known = load_law().by_number["uncc"]
    cites = {row.cite for (one, _, _), row in table.TABLE.items() if one == measure}
    cites |= {cite for _, cite in table.any_state(measure).values()} | {table.OPENING[measure].cite}
    cites |= {row.cite for state in LIVE if (row := table.row(measure, state, "withdrawal", Side.REQUESTING))}
    assert {cite for cite in cites if cite not in known} == set()


def test_assistance_is_postponed_only_where_40_27_gives_it() -> None:
    rows = {(measure, row.cite) for (measure, _, step), row in table.TABLE.items() if step == "decision:postponed"}
    assert {cite for _, cite in rows} == {"40(27)"}
    assert {measure for measure, _ in rows}.isdisjoint(
        {"preservation", "traffic-disclosure", "extradition", "police-cooperation", "spontaneous-information"}
    )


def test_spontaneous_information_is_acknowledged_and_closed_by_the_state_that_receives_it() -> None:
    measure = "spontaneous-information"
    kinds = {step: row.side for (one, _, step), row in table.TABLE.items() if one == measure}
    assert kinds == {
        "acknowledgement": Side.REQUESTED,
        "closure": Side.REQUESTED,
        "custody-receipt": Side.REQUESTED,
        "delivery": Side.REQUESTING,
    }


@pytest.mark.parametrize("measure", MEASURES)
def test_leave_is_asked_by_the_side_that_got_the_exhibit_and_given_by_the_other_also_after_the_end(
    measure: str,
) -> None:
    for state in State:
        takes = {step: table.row(measure, state, step, taker(measure)) for step in table.ON_EXHIBITS}
        gives = {step for step in table.ON_EXHIBITS for side in Side if table.row(measure, state, step, side)}
        if BASES[measure].delivery:
            assert {step for step, row in takes.items() if row} == {"onward-request", "disclosure-notice"}
            assert gives == table.ON_EXHIBITS
        else:
            assert gives == set()


def test_every_kind_has_a_role_and_a_reader_of_its_body() -> None:
    assert table.KINDS == table.ROLE.keys() == bodies.READERS.keys()


def test_two_people_are_asked_only_for_steps_that_exist() -> None:
    for measure, kind in table.TWO_PEOPLE:
        known = {step.partition(":")[0] for one, _, step in table.TABLE if one == measure} | {"request"}
        known |= table.any_state(measure).keys()
        assert kind in known


def test_every_request_every_delivery_and_every_coercive_answer_takes_two_people() -> None:
    kinds = {(measure, step.partition(":")[0]) for measure, _, step in table.TABLE}
    wanted = {(measure, "request") for measure in MEASURES} | {
        one for one in kinds if one[1] in ("delivery", "release")
    }
    wanted |= {one for one in kinds if one[0] in measures.COERCIVE and one[1] in ("decision", "outcome")}
    wanted |= {(measure, "onward-leave") for measure in MEASURES if BASES[measure].delivery}
    assert wanted == table.TWO_PEOPLE
    assert {"interception", "live-traffic", "mla", "extradition", "confiscation"} <= measures.COERCIVE
    assert ("preservation", "decision") not in table.TWO_PEOPLE


def test_the_steps_offered_to_a_side_are_those_it_may_take() -> None:
    for measure in MEASURES:
        for state in State:
            for side in Side:
                offered = table.permitted(measure, state, side)
                assert set(offered) == {step for step in STEPS if expected(measure, state, step, side)}
                assert len(offered) == len(set(offered))
