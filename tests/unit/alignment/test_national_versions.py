"""What an amendment changed: added, repealed, renumbered, reworded, and the words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.alignment.national.model import NationalProvision, NationalText, Passage
from rogatory.alignment.national.versions import GONE, NEW, SAME, Change, changes, counted

ENTRY = "Whoever enters a gauge of the tide without right is punished with a fine of ten shells."
STAYING = "A keeper who stays in the house of the gauges after dark shall say so to the warden."
REPEALED = "(Repealed)"


def provision(number: str, *texts: str, heading: str = "") -> NationalProvision:
    passages = tuple(
        Passage(number=str(at) if len(texts) > 1 else "", text=text) for at, text in enumerate(texts, start=1)
    )
    return NationalProvision(key=number, number=number, label=f"{number}.", heading=heading, passages=passages)


def law(*provisions: NationalProvision) -> NationalText:
    return NationalText(
        title="Act", lang="en", sha256="0" * 64, file_name="a.txt", format="text", provisions=provisions
    )


def told(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(one.what, one.before.number if one.before else "", one.after.number if one.after else "") for one in found]


def test_what_was_added_repealed_and_left_is_told_in_order() -> None:
    before = law(provision("1", ENTRY), provision("2", STAYING), provision("3", "The moot may make rules on nets."))
    after = law(
        provision("1", ENTRY),
        provision("2A", "Lamps on a quay are lit at sunset."),
        provision("3", "The moot may make rules on nets."),
    )
    assert told(changes(before, after)) == [
        ("unchanged", "1", "1"),
        ("added", "", "2A"),
        ("repealed", "2", ""),
        ("unchanged", "3", "3"),
    ]


def test_the_words_that_changed_are_told() -> None:
    (change,) = changes(law(provision("1", ENTRY)), law(provision("1", ENTRY.replace("ten shells", "twenty shells"))))
    assert change.what == "reworded"
    (difference,) = change.differences
    assert [(piece.what, piece.text.strip()) for piece in difference.pieces if piece.what != SAME] == [
        (GONE, "ten"),
        (NEW, "twenty"),
    ]


def test_spaces_are_no_change() -> None:
    assert told(changes(law(provision("1", ENTRY)), law(provision("1", ENTRY.replace(" ", "  "))))) == [
        ("unchanged", "1", "1")
    ]


def test_a_new_title_is_a_change() -> None:
    (change,) = changes(law(provision("1", ENTRY, heading="Entry")), law(provision("1", ENTRY, heading="Entering")))
    assert (change.what, [(one.before, one.after) for one in change.differences]) == ("reworded", [("", "")])


def test_numbers_that_moved_are_renumbered_and_not_reworded() -> None:
    texts = [
        f"Rule {word} of the harbour: {word} boats wait outside until the {word} bell is rung twice."
        for word in ["red", "blue", "green", "grey"]
    ]
    before = law(*(provision(str(at), text) for at, text in enumerate(texts, start=1)))
    after = law(
        provision("1", "Whales go first, and everybody else waits for as long as they like."),
        *(provision(str(at), text) for at, text in enumerate(texts, start=2)),
    )
    assert told(changes(before, after)) == [
        ("added", "", "1"),
        *(("renumbered", str(at), str(at + 1)) for at in range(1, 5)),
    ]


def test_what_moved_and_was_changed_a_little_is_found_again() -> None:
    (change,) = changes(law(provision("4", ENTRY)), law(provision("9", ENTRY.replace("ten", "twelve"))))
    assert (change.what, len(change.differences)) == ("renumbered", 1)


def test_a_provision_emptied_under_its_number_is_reworded() -> None:
    before = law(provision("1", ENTRY), provision("2", REPEALED))
    after = law(provision("1", REPEALED), provision("2", REPEALED))
    assert told(changes(before, after)) == [("reworded", "1", "1"), ("unchanged", "2", "2")]


def test_a_paragraph_put_in_between_leaves_the_others_alone() -> None:
    before = law(provision("1", "One is said.", "Two is said."))
    after = law(provision("1", "One is said.", "In between is said.", "Two is said."))
    (change,) = changes(before, after)
    assert [[piece.what for piece in one.pieces] for one in change.differences] == [[NEW]]


def test_chinese_is_compared_sign_by_sign() -> None:
    (change,) = changes(
        law(provision("1", "无权进入他人机器的，处罚金。")), law(provision("1", "无权进入他人机器的，处拘役。"))
    )
    assert [(piece.what, piece.text) for piece in change.differences[0].pieces] == [
        (SAME, "无权进入他人机器的，处"),
        (GONE, "罚金"),
        (NEW, "拘役"),
        (SAME, "。"),
    ]


def test_very_long_passages_are_shown_whole() -> None:
    one, other = ("word " * 4000).strip(), ("other " * 4000).strip()
    (change,) = changes(law(provision("1", one)), law(provision("1", other)))
    assert [(piece.what, len(piece.text)) for piece in change.differences[0].pieces] == [
        (GONE, len(one)),
        (NEW, len(other)),
    ]


WORDS = st.lists(
    st.sampled_from(["tide", "gauge", "keeper", "lamp", "whoever", "enters", "stays", "and", "or", "the", "of"]),
    min_size=1,
    max_size=12,
)
TEXTS = st.dictionaries(st.integers(1, 12).map(str), WORDS.map(" ".join), max_size=8)


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_every_provision_of_both_texts_is_told_once_and_the_pieces_give_both_back(
    first: dict[str, str], second: dict[str, str]
) -> None:
    before = law(*(provision(number, text) for number, text in first.items()))
    after = law(*(provision(number, text) for number, text in second.items()))
    found = changes(before, after)
    assert sorted(one.before.key for one in found if one.before) == sorted(first)
    assert [one.after.key for one in found if one.after] == list(second)
    assert sum(counted(found).values()) == len(found)
    for one in found:
        for pieces in (difference.pieces for difference in one.differences):
            assert one.before
            assert one.after
            assert "".join(piece.text for piece in pieces if piece.what != NEW).split() == one.before.text.split()
            assert "".join(piece.text for piece in pieces if piece.what != GONE).split() == one.after.text.split()


def test_a_code_of_five_thousand_provisions_is_compared_at_once() -> None:
    words = [
        "tide",
        "gauge",
        "keeper",
        "lamp",
        "whoever",
        "enters",
        "stays",
        "punished",
        "fine",
        "court",
        "orders",
        "given",
        "back",
        "warden",
    ]
    texts = [" ".join(words[(at * step) % len(words)] for step in range(1, 40)) + f" {at}" for at in range(5000)]
    before = law(*(provision(str(at), text) for at, text in enumerate(texts)))
    after = law(*(provision(str(at if at < 4000 else at + 1), text) for at, text in enumerate(texts)))
    kinds = counted(changes(before, after))
    assert (kinds["unchanged"], kinds["renumbered"], kinds["added"]) == (4000, 1000, 0)
    assert list(kinds) == ["added", "repealed", "renumbered", "reworded", "unchanged"]
