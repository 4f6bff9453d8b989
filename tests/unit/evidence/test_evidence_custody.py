"""A chain of custody shows every hand, and every change of it."""

import contextlib
import itertools
from dataclasses import replace
from datetime import datetime

import pytest
from evidence_samples import ANYTHING, AT, FRA, KEN, KEYS, VNM, Ring, later, manifest_of, sealed_exhibit
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import RogatoryError
from rogatory.evidence import custody
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_compare import compare
from rogatory.evidence.custody_rules import RULES, Act, Rehash, Standing
from rogatory.evidence.signers import WrongSigner
from rogatory.sealing import jws

MANIFEST = manifest_of(sealed_exhibit(b"the exhibit")[1])
ROOT, SHA256 = MANIFEST.parts.root, MANIFEST.sha256
Chain = tuple[bytes, ...]


def deed(act: Act, holder: str, *, at: datetime = AT, to: str | None = None) -> Deed:
    """A deed with everything that its row of the table asks for."""
    rule = RULES[act]
    return Deed(
        act=act,
        holder=holder,
        person="B. Officer",
        at=at,
        to=to,
        root=ROOT if rule.rehash in (Rehash.SEALED_FILE, Rehash.BOTH) else None,
        sha256=SHA256 if rule.rehash in (Rehash.PLAINTEXT, Rehash.BOTH) else None,
        purpose="the investigation named in the request" if rule.needs_purpose else "",
    )


def recorded(chain: Chain, *deeds: Deed) -> Chain:
    for each in deeds:
        chain = custody.record(chain, each, manifest=MANIFEST, key=KEYS[each.holder])
    return chain


def verified(chain: Chain) -> custody.Custody:
    return custody.verify_custody(chain, manifest=MANIFEST, signers=Ring())


SENT = recorded((), deed(Act.SEALED, FRA), deed(Act.SENT, FRA, at=later(1), to=VNM))
HANDED = recorded(
    SENT,
    deed(Act.PART_RECEIVED, VNM, at=later(2)),
    deed(Act.RECEIVED, VNM, at=later(3)),
    deed(Act.OPENED, VNM, at=later(4)),
    deed(Act.VIEWED, VNM, at=later(5)),
    deed(Act.EXTRACTED, VNM, at=later(6)),
)


def forged(chain: Chain, index: int, **changes: object) -> Chain:
    """*chain* with the payload of one entry changed, and that entry signed again by its holder."""
    payload = dict(jws.read(chain[index], typ=custody.TYP).payload)
    key = KEYS[str(payload["holder"])]
    signed = jws.sign({**payload, **changes}, key=key, typ=custody.TYP)
    return (*chain[:index], signed, *chain[index + 1 :])


def test_a_hand_over_verifies_and_says_how_each_stands() -> None:
    found = verified(HANDED)
    assert [entry.number for entry in found.entries] == list(range(1, 8))
    assert found.standing == {FRA: Standing.HOLDS, VNM: Standing.OPEN}
    assert found.entries[3].root == ROOT
    assert found.entries[4].purpose


def test_unknown_members_of_an_entry_are_kept_and_signed() -> None:
    chain = forged(SENT, 1, weather="rain")
    assert verified(chain).entries[1].more == {"weather": "rain"}


@given(st.data())
def test_no_changed_byte_of_a_chain_is_accepted(data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(HANDED) - 1))
    changed = bytearray(HANDED[index])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises((RogatoryError, LookupError)) as error:
        verified((*HANDED[:index], bytes(changed), *HANDED[index + 1 :]))
    assert hasattr(error.value, "code") or type(error.value).__name__ == "StrangeKey"


@given(st.integers(0, len(HANDED) - 2))
def test_an_entry_taken_out_breaks_the_chain(index: int) -> None:
    with pytest.raises(custody.BrokenChain):
        verified(HANDED[:index] + HANDED[index + 1 :])


@given(st.permutations(range(len(HANDED))).filter(lambda order: order != sorted(order)))
def test_entries_in_another_order_break_the_chain(order: list[int]) -> None:
    with pytest.raises(custody.BadCustody):
        verified(tuple(HANDED[index] for index in order))


def test_an_entry_twice_or_a_chain_of_nothing_is_refused() -> None:
    with pytest.raises(custody.BrokenChain, match="twice"):
        verified((*HANDED, HANDED[-1]))
    with pytest.raises(custody.BadCustody):
        verified(())


def test_an_entry_that_is_changed_and_signed_again_breaks_what_follows() -> None:
    with pytest.raises(custody.BrokenChain):
        verified(forged(HANDED, 1, person="C. Other"))


def test_an_entry_of_another_exhibit_is_refused() -> None:
    other = replace(MANIFEST, exhibit="0" * 26)
    with pytest.raises(custody.BrokenChain, match="exhibit"):
        custody.verify_custody(SENT, manifest=other, signers=Ring())


def test_an_entry_signed_by_somebody_else_is_refused() -> None:
    payload = dict(jws.read(SENT[1], typ=custody.TYP).payload)
    with pytest.raises(WrongSigner):
        verified((SENT[0], jws.sign(payload, key=KEYS[VNM], typ=custody.TYP)))


@pytest.mark.parametrize("act", [act for act in Act if RULES[act].rehash is not Rehash.NOTHING])
def test_an_exhibit_that_changed_shows_where_it_is_hashed_again(act: Act) -> None:
    chain, holder, to = {
        Act.SEALED: ((), FRA, None),
        Act.SENT: (SENT, FRA, KEN),
        Act.RECEIVED: (SENT, VNM, None),
        Act.FORWARDED: (HANDED, VNM, KEN),
        Act.RETURNED: (HANDED, VNM, FRA),
    }.get(act, (HANDED, VNM, None))
    right = deed(act, holder, at=later(9), to=to)
    verified(recorded(chain, right))
    for wrong in (
        replace(right, root="0" * 64) if right.root else replace(right, sha256="0" * 64),
        replace(right, root=None, sha256=None),
    ):
        with pytest.raises(custody.WrongRehash):
            recorded(chain, wrong)


@pytest.mark.parametrize(("act", "holder"), list(itertools.product(Act, (FRA, VNM, KEN))))
def test_no_act_is_recorded_but_from_a_standing_that_the_table_names(act: Act, holder: str) -> None:
    for chain in ((), SENT, SENT[:1], HANDED):
        standing = verified(chain).standing.get(holder, Standing.UNNAMED) if chain else Standing.UNNAMED
        to = next(other for other in (KEN, VNM) if other != holder) if RULES[act].names_receiver else None
        new = deed(act, holder, at=later(9), to=to)
        if standing not in RULES[act].after:
            with pytest.raises((custody.ActNotPermitted, custody.BrokenChain)):
                recorded(chain, new)


def test_only_the_sealer_sends_and_only_a_receiver_forwards_or_returns() -> None:
    with pytest.raises(custody.ActNotPermitted, match="sealed"):
        recorded(HANDED, deed(Act.SENT, VNM, at=later(9), to=KEN))
    for act in (Act.FORWARDED, Act.RETURNED):
        with pytest.raises(custody.ActNotPermitted, match="no entry before it gives"):
            recorded(HANDED, deed(act, FRA, at=later(9), to=KEN))
    with pytest.raises(custody.ActNotPermitted, match="who sealed"):
        recorded((), deed(Act.SEALED, VNM))
    with pytest.raises(custody.ActOutOfOrder, match="who sealed"):
        custody.verify_custody(SENT, manifest=replace(MANIFEST, sealed_by=KEN), signers=Ring())


def test_nobody_receives_what_was_not_given_to_him() -> None:
    with pytest.raises(custody.ActNotPermitted):
        recorded(SENT, deed(Act.RECEIVED, KEN, at=later(2)))


def test_nothing_follows_a_destruction_by_its_holder_but_others_go_on() -> None:
    chain = recorded(HANDED, deed(Act.DESTROYED, VNM, at=later(9)))
    assert verified(chain).standing == {FRA: Standing.HOLDS, VNM: Standing.GONE}
    for act in (Act.VIEWED, Act.OPENED, Act.DESTROYED, Act.COPIED):
        with pytest.raises(custody.ActNotPermitted):
            recorded(chain, deed(act, VNM, at=later(10)))
    again = recorded(chain, deed(Act.SENT, FRA, at=later(11), to=VNM), deed(Act.RECEIVED, VNM, at=later(12)))
    assert verified(again).standing[VNM] is Standing.HOLDS


def test_an_act_that_needs_a_purpose_or_a_receiver_is_not_recorded_without() -> None:
    with pytest.raises(custody.ActNotPermitted, match="purpose"):
        recorded(HANDED, replace(deed(Act.COPIED, VNM, at=later(9)), purpose=" "))
    with pytest.raises(custody.ActNotPermitted, match="must name"):
        recorded(HANDED, deed(Act.FORWARDED, VNM, at=later(9), to=None))
    with pytest.raises(custody.ActNotPermitted, match="another authority"):
        recorded(HANDED, deed(Act.FORWARDED, VNM, at=later(9), to=VNM))
    with pytest.raises(custody.ActNotPermitted, match="names no receiver"):
        recorded(HANDED, deed(Act.VIEWED, VNM, at=later(9), to=KEN))


def test_time_does_not_run_backwards_but_two_clocks_may_differ_a_little() -> None:
    assert verified(recorded(SENT, deed(Act.RECEIVED, VNM, at=later(-3))))
    with pytest.raises(custody.ActNotPermitted, match="before"):
        recorded(SENT, deed(Act.RECEIVED, VNM, at=later(-5)))
    with pytest.raises(custody.ActNotPermitted, match="last entry"):
        recorded(HANDED, deed(Act.VIEWED, VNM, at=later(5)))
    with pytest.raises(custody.TimeRunsBackwards):
        verified(forged(SENT, 1, at="2028-03-01T09:00:00.000Z"))


def test_two_holders_may_go_on_from_one_entry_and_both_branches_verify() -> None:
    ours = recorded(SENT, deed(Act.SENT, FRA, at=later(8), to=KEN))
    merged = (*HANDED, ours[-1])
    found = verified(merged)
    assert found.standing == {FRA: Standing.HOLDS, VNM: Standing.OPEN, KEN: Standing.EXPECTED}
    longer = recorded(merged, deed(Act.VIEWED, VNM, at=later(9)), deed(Act.RECEIVED, KEN, at=later(9)))
    assert [entry.number for entry in verified(longer).entries[-2:]] == [8, 4]


def test_who_signs_two_next_entries_contradicts_himself() -> None:
    one = recorded(HANDED, deed(Act.VIEWED, VNM, at=later(9)))
    other = recorded(HANDED, deed(Act.COPIED, VNM, at=later(9)))
    with pytest.raises(custody.Contradiction):
        verified((*one, other[-1]))


def test_a_comparison_says_what_each_side_lacks() -> None:
    same = compare(HANDED, HANDED, manifest=MANIFEST)
    assert same.same
    assert same.sentences() == ["Both sides hold the same 7 entries."]
    gap = compare(SENT, HANDED, manifest=MANIFEST)
    assert [entry.act for entry in gap.only_theirs] == ["part-received", "received", "opened", "viewed", "extracted"]
    assert gap.merged == HANDED
    assert gap.sentences()[0] == f"We lack entry 3 (received in part by {VNM} at 2028-03-01T09:32:00.000Z)."
    assert gap.sentences("fr")[1].startswith(f"Il nous manque la mention 4 (reçue par {VNM} le ")
    assert not gap.disagreement
    assert len(compare(HANDED, SENT, manifest=MANIFEST).only_ours) == 5


def test_a_comparison_says_who_contradicts_himself() -> None:
    one = recorded(HANDED, deed(Act.VIEWED, VNM, at=later(9)))
    other = recorded(HANDED, deed(Act.COPIED, VNM, at=later(9)))
    found = compare(one, other, manifest=MANIFEST)
    assert VNM in found.disagreement
    assert "contradict" in found.sentences()[-1]


@given(st.sampled_from(sorted(jws.read(SENT[1], typ=custody.TYP).payload)), ANYTHING)
def test_whatever_stands_in_a_member_of_an_entry_is_read_or_refused_with_a_code(member: str, value: object) -> None:
    payload = {**jws.read(SENT[1], typ=custody.TYP).payload, member: value}
    with contextlib.suppress(RogatoryError):
        verified((SENT[0], jws.sign(payload, key=KEYS[FRA], typ=custody.TYP)))


def test_a_long_chain_is_verified_in_reasonable_time() -> None:
    walk = custody._Walk(MANIFEST)
    for signed in HANDED:
        walk.add(custody.read_entry(signed).unverified_entry, 1)
    for number in range(5_000):
        entry = (
            walk.next_entry(deed(Act.VIEWED, VNM, at=later(9)))
            if number == 0
            else replace(walk.entries[-1], number=walk.entries[-1].number + 1, previous=walk.entries[-1].digest)
        )
        walk.add(replace(entry, digest=f"{number:064x}"), number)
    assert len(walk.entries) == 5_007


WRONG = {
    "another version": {"v": 2},
    "an unknown act": {"act": "lost"},
    "an act that is a list": {"act": []},
    "number zero": {"number": 0},
    "a number that is true": {"number": True},
    "a wrong number": {"number": 7},
    "a previous that is no digest": {"previous": "x"},
    "a first entry that follows something": {"previous": "0" * 64},
    "a person who is no text": {"person": 5},
    "a purpose that is too long": {"purpose": "x" * 4001},
    "a receiver that is no authority": {"to": "Viet Nam"},
    "a time that is none": {"at": "yesterday"},
    "a root that is none": {"root": "x"},
}


@pytest.mark.parametrize("why", WRONG)
def test_a_signed_entry_that_is_not_well_formed_is_refused(why: str) -> None:
    with pytest.raises(RogatoryError) as error:
        verified(forged(SENT[:1], 0, **WRONG[why]))
    assert error.value.code != RogatoryError.code


def test_the_table_has_a_row_for_every_act_and_cites_a_provision() -> None:
    assert set(RULES) == set(Act)
    assert all(rule.provision for rule in RULES.values())
    assert all(Standing.GONE not in rule.after for rule in RULES.values())
