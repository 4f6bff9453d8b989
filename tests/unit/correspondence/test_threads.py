"""Threads of letters: every letter stands after what its author had seen, and nothing else decides."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.correspondence import letters, threads
from rogatory.correspondence.letters import MAX_FOLLOWS, Letter, Place, Writer
from rogatory.errors import RogatoryError
from rogatory.kernel import canonical

THREAD = "7Q4K2M9XAB7Q4K2M9XAB7Q4K2M"
AT = datetime(2028, 3, 1, 9, tzinfo=UTC)


def letter(
    place: Place, *, sender: str = "VNM/contact-point", receiver: str = "FRA/contact-point", n: int = 0
) -> Letter:
    signed = letters.payload(
        kind="essay",
        id=f"{n:026d}",
        place=place,
        sender=sender,
        receiver=receiver,
        at=AT,
        exercise=True,
        person=Writer(name="Camille Martin", role="liaison"),
        body={},
    )
    return letters.parse(signed, canonical.dumps(signed))


def test_what_was_written_is_what_is_read() -> None:
    place = Place(thread=THREAD, number=4, follows=("b" * 64, "a" * 64))
    read = letter(place)
    assert (read.thread, read.number, read.follows) == (THREAD, 4, ("a" * 64, "b" * 64))
    assert (read.at, read.person, read.states) == (
        AT,
        Writer(name="Camille Martin", role="liaison"),
        frozenset({"VNM", "FRA"}),
    )


@given(
    choices=st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=25),
)
def test_two_sides_that_write_and_hear_of_each_other_late_agree_on_the_thread(
    choices: list[tuple[bool, bool]],
) -> None:
    """Each choice: who writes, and whether both have heard of everything before."""
    held: dict[bool, list[Letter]] = {True: [], False: []}
    every: list[Letter] = []
    for n, (ours, heard) in enumerate(choices):
        if heard or n == 1:
            held = {True: list(every), False: list(every)}
        side = held[ours] or held[not ours]
        sender, receiver = ("VNM/a", "FRA/b") if ours else ("FRA/b", "VNM/a")
        one = letter(threads.next_place(THREAD, side), sender=sender, receiver=receiver, n=n)
        threads.require_fit(one, [known for known in every if known.digest in one.follows], is_open=bool(every))
        held[ours] = [*side, one]
        every.append(one)
    for one in every:
        followed = [known for known in every if known.digest in one.follows]
        assert all(known.number < one.number for known in followed)
    assert threads.next_place(THREAD, every).number == 1 + max(one.number for one in every)


def test_at_most_so_many_heads_are_followed() -> None:
    first = letter(Place(thread=THREAD))
    branches = [letter(Place(thread=THREAD, number=2, follows=(first.digest,)), n=n + 1) for n in range(99)]
    place = threads.next_place(THREAD, [first, *branches])
    assert (place.number, len(place.follows)) == (3, MAX_FOLLOWS)


@pytest.mark.parametrize(
    ("place", "is_open", "code"),
    [
        (Place(thread=THREAD), True, "letter-does-not-fit"),
        (Place(thread=THREAD, number=2), False, "letter-does-not-fit"),
        (Place(thread=THREAD, number=2, follows=("a" * 64,)), True, "missing-letter"),
    ],
)
def test_a_letter_that_stands_nowhere_is_refused(place: Place, is_open: bool, code: str) -> None:
    with pytest.raises(RogatoryError) as refused:
        threads.require_fit(letter(place), [], is_open=is_open)
    assert refused.value.code == code


@given(
    signed=st.dictionaries(
        st.sampled_from(
            ["v", "kind", "id", "thread", "number", "follows", "from", "to", "at", "exercise", "person", "body"]
        ),
        st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.lists(st.text(max_size=5), max_size=3),
    )
)
def test_whatever_comes_is_a_letter_or_a_coded_refusal(signed: dict[str, object]) -> None:
    good = letters.payload(
        kind="essay",
        id="0" * 26,
        place=Place(thread=THREAD),
        sender="VNM/a",
        receiver="FRA/b",
        at=AT,
        exercise=True,
        person=Writer(name="x", role="y"),
        body={},
    )
    changed = {**good, **signed}
    found = "read"
    try:
        letters.parse(changed, b"")
    except RogatoryError as error:
        found = error.code
    assert found in ("read", "bad-letter")
