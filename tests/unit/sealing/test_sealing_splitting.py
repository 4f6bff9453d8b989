"""Secrets split among custodians: any so many give it back, fewer nothing, and a wrong share is named."""

import contextlib
import itertools
import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import Share
from shamir_mnemonic.wordlist import WORDLIST

from rogatory.sealing import splitting
from rogatory.sealing.splitting import KeyShare

SECRET = bytes(range(32))
OTHER = bytes(32)


def shares_of(secret: bytes = SECRET, *, threshold: int = 2, shares: int = 3) -> list[str]:
    return list(splitting.split(secret, threshold=threshold, shares=shares, random=os.urandom))


def read(*texts: str) -> list[KeyShare]:
    return [splitting.read_share(text, place=f"share {place}") for place, text in enumerate(texts, start=1)]


@settings(max_examples=20)
@given(secret=st.binary(min_size=32, max_size=32), cut=st.tuples(st.integers(2, 6), st.integers(0, 4)), data=st.data())
def test_any_shares_of_the_threshold_give_the_secret_back(
    secret: bytes, cut: tuple[int, int], data: st.DataObject
) -> None:
    threshold, total = cut[0], sum(cut)
    made = shares_of(secret, threshold=threshold, shares=total)
    chosen = data.draw(st.permutations(made))
    assert splitting.join(read(*chosen[:threshold])) == secret
    assert splitting.join(read(*chosen)) == secret
    with pytest.raises(splitting.TooFewShares, match=f"{threshold - 1} of the {threshold}"):
        splitting.join(read(*chosen[: threshold - 1]))


def test_a_share_says_its_number_and_hides_its_words() -> None:
    found = read(*shares_of())
    assert [(share.number, share.threshold) for share in found] == [(1, 2), (2, 2), (3, 2)]
    assert len({share.set for share in found}) == 1
    assert found[0].words.split()[5] not in repr(found[0])


@settings(max_examples=60)
@given(data=st.data())
def test_up_to_three_mistyped_words_are_always_noticed_and_none_is_repeated(data: st.DataObject) -> None:
    words = shares_of()[0].split()
    places = data.draw(st.sets(st.integers(0, 32), min_size=1, max_size=3))
    for place in places:
        words[place] = data.draw(st.sampled_from([word for word in WORDLIST if word != words[place]]))
    with pytest.raises(splitting.ShareMistyped, match="the share of Giang") as caught:
        splitting.read_share(" ".join(words), place="the share of Giang")
    assert not set(words) & set(str(caught.value).split())
    assert caught.value.__cause__ is None


def test_a_word_that_is_no_word_is_named_by_its_place() -> None:
    words = shares_of()[0].split()
    words[6] = "rogatory"
    with pytest.raises(splitting.ShareMistyped, match="word 7 of share 1 is not on the list"):
        read(" ".join(words))
    with pytest.raises(splitting.ShareMistyped, match="has 32 words, not 33"):
        read(" ".join(shares_of()[0].split()[:-1]))


def test_a_share_of_another_set_is_named() -> None:
    ours, theirs = shares_of(), shares_of(OTHER)
    with pytest.raises(splitting.ShareOfAnotherSet, match="share 2: of another set than share 1"):
        splitting.join(read(ours[0], theirs[1], ours[2]))
    with pytest.raises(splitting.ShareOfAnotherSet):
        splitting.join(read(ours[0], theirs[0]))


def test_the_same_share_counts_once() -> None:
    ours = shares_of()
    with pytest.raises(splitting.ShareTwice, match="share 1 and share 2"):
        splitting.join(read(ours[0], ours[0]))
    with pytest.raises(splitting.ShareTwice):
        splitting.join(read(ours[0]) * 2)


def forged(words: str, by: str) -> str:
    """A share of the same set and number, well written, whose value is that of another split."""
    return replace(Share.from_mnemonic(words), value=Share.from_mnemonic(by).value).mnemonic()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_forged_share_gives_no_secret(place: int) -> None:
    ours, theirs = shares_of(), shares_of(OTHER)
    ours[place] = forged(ours[place], theirs[place])
    for pair in itertools.combinations(range(3), 2):
        if place in pair:
            with pytest.raises(splitting.SharesDoNotJoin):
                splitting.join(read(*(ours[one] for one in pair)))
        else:
            assert splitting.join(read(*(ours[one] for one in pair))) == SECRET
    with pytest.raises(splitting.SharesDoNotJoin):
        splitting.join(read(*ours))


@pytest.mark.parametrize(("threshold", "shares"), [(1, 1), (1, 3), (3, 2), (0, 0), (2, 17), (-1, 3)])
def test_a_split_that_protects_nothing_is_refused(threshold: int, shares: int) -> None:
    with pytest.raises(splitting.BadSplit):
        shares_of(threshold=threshold, shares=shares)


def test_only_a_secret_of_the_right_size_is_split() -> None:
    with pytest.raises(splitting.BadSplit):
        shares_of(b"short")
    with pytest.raises(splitting.TooFewShares):
        splitting.join([])


@settings(max_examples=200)
@given(text=st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDLIST), max_size=40).map(" ".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(splitting.ShareMistyped):
        assert splitting.read_share(text, place="a share").threshold >= 1
