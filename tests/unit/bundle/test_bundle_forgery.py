"""Forgers with and without a key: whatever is changed, left out or put in fails at its step, with its code."""

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practice_case import CASE, PracticeCase, bundle_of, contained, practice_card, repacked
from practice_keys import FRA, KEN, PLAIN, VNM, fixed_random, signing

from rogatory.bundle.report import Outcome, Report
from rogatory.bundle.verify import examine
from rogatory.sealing import cards

Edit = Callable[[dict[str, bytes]], None]


def report(data: bytes) -> Report:
    return examine(io.BytesIO(data))


def failures(data: bytes) -> dict[str, str]:
    """The code of each failed step, by the step's name."""
    found = {rung.name: rung.code for rung in report(data).failures()}
    assert all(found.values())
    return found


def keys(found: Report, step: int) -> list[str]:
    return [note.key for note in found.rungs[step - 1].notes]


def member(files: dict[str, bytes], start: str) -> str:
    return next(name for name in files if name.startswith(start))


@pytest.fixture(scope="module")
def small() -> bytes:
    return PracticeCase().play(b"a little evidence").bundle()


def spoiled(data: bytes) -> bytes:
    place = len(data) // 2
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


STEPS = {
    "cards/FRA": "cards",
    "messages/0003": "signatures",
    "receipts/": "receipts",
    "checkpoint.txt": "ledger",
    "proofs/": "ledger",
    "exhibits/*/manifest.jws": "exhibits",
    "exhibits/*/custody/0002.jws": "exhibits",
    "exhibits/*/parts.bin": "exhibits",
    "exhibits/*/sealed.age": "exhibits",
}


@pytest.mark.parametrize("start", STEPS)
def test_a_changed_member_is_named_even_when_the_exporter_signs_the_change(bundle: bytes, start: str) -> None:
    prefix, _, suffix = start.partition("*")
    names: list[str] = []

    def edit(files: dict[str, bytes]) -> None:
        name = next(one for one in files if one.startswith(prefix) and one.endswith(suffix))
        files[name] = spoiled(files[name])
        names.append(name)

    found = report(repacked(bundle, edit))
    rung = next(one for one in found.rungs if one.name == STEPS[start])
    assert rung.outcome is Outcome.FAIL
    assert rung.code
    assert rung.member in names or "custody" in rung.member or start == "checkpoint.txt"


@pytest.mark.parametrize("start", STEPS)
def test_a_member_left_out_is_missed_even_when_the_exporter_signs_the_list(bundle: bytes, start: str) -> None:
    prefix, _, suffix = start.partition("*")

    def edit(files: dict[str, bytes]) -> None:
        del files[next(one for one in files if one.startswith(prefix) and one.endswith(suffix))]

    found = report(repacked(bundle, edit))
    if start in ("receipts/", "exhibits/*/parts.bin", "exhibits/*/sealed.age"):
        assert not found.failures()
    else:
        assert found.failures()


def forged(edit: Edit | None = None, **changes: object) -> Callable[[bytes], bytes]:
    return lambda bundle: repacked(bundle, edit, **changes)


def swap_plain(bundle: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(bundle)) as stock:
        files = {name: stock.read(name) for name in stock.namelist()}
    files["bundle.json"] = files["bundle.json"].replace(b"practice", b"prbctice")
    return contained(files)


def one_more(files: dict[str, bytes]) -> None:
    files["messages/9999-0123456789abcdef.jws"] = b"x"


def renamed(files: dict[str, bytes]) -> None:
    name = member(files, "messages/0002")
    files[name.replace("0002", "0012")] = files.pop(name)


def renamed_card(files: dict[str, bytes]) -> None:
    files["cards/FRA-2.jws"] = files.pop("cards/FRA-1.jws")


def third_card(files: dict[str, bytes]) -> None:
    files["cards/VNM-2.jws"] = _other_identity()


def _other_identity() -> bytes:
    log = PracticeCase().logs["VNM"]
    card = practice_card("VNM", log, PLAIN[VNM])
    return cards.make_card(
        identity=signing("somebody else"),
        state="VNM",
        serial=2,
        issued=card.issued,
        exercise=True,
        address=card.address,
        authorities=card.authorities,
        ledger=card.ledger,
    )


FORGERIES: dict[str, tuple[Callable[[bytes], bytes], str, str]] = {
    "signed by nobody known": (forged(key=signing("nobody")), "whole", "unknown-key"),
    "signed by the other side": (forged(key=signing(FRA)), "whole", "unknown-key"),
    "exported by a stranger": (forged(exported_by=KEN), "whole", "bundle-misplaced"),
    "exported before the key": (forged(exported_at="2029-01-01T00:00:00.000Z"), "whole", "key-not-valid-then"),
    "another case in the index": (forged(case=CASE[:-1] + "B"), "signatures", "bundle-misplaced"),
    "heads of another day": (forged(heads=["ab" * 32]), "chain", "bundle-not-one-case"),
    "said to be real": (forged(exercise=False), "world", "bundle-worlds-mixed"),
    "version 2": (forged(v=2), "whole", "bad-field"),
    "a member that is no message": (forged(one_more), "signatures", "bad-jws"),
    "a message under another number": (forged(renamed), "signatures", "bundle-misplaced"),
    "a card under another serial": (forged(renamed_card), "cards", "bundle-misplaced"),
    "a second identity of one State": (forged(third_card), "cards", "card-identity-changed"),
    "a plain page that differs": (swap_plain, "whole", "bundle-member-changed"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_fails_at_its_step_with_its_code(bundle: bytes, what: str) -> None:
    make, step, code = FORGERIES[what]
    assert failures(make(bundle))[step] == code


def test_members_of_the_index_that_are_not_known_here_are_kept_and_do_no_harm(bundle: bytes) -> None:
    assert not failures(repacked(bundle, later_field={"a": 1}))


def test_a_member_of_a_later_version_is_checked_by_its_digest_only(bundle: bytes) -> None:
    def edit(files: dict[str, bytes]) -> None:
        files["letters/0001.pdf"] = b"%PDF"

    found = report(repacked(bundle, edit))
    assert not found.failures()
    assert keys(found, 1) == ["members", "unknown-members"]


def test_a_message_that_the_table_does_not_permit_fails_the_chain() -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(VNM, "acknowledgement", {}, regarding=request.digest)
    assert failures(case.bundle())["chain"] == "does-not-fit"


def test_a_message_taken_out_of_the_middle_breaks_the_chain(played: PracticeCase) -> None:
    kept = [message for message in played.contents().messages if message.number != 2]
    contents = replace(played.contents(), messages=kept)
    assert failures(bundle_of(contents, played.exporter())[0])["chain"] == "missing-message"


def test_the_newest_message_cannot_be_dropped_from_a_signed_bundle(bundle: bytes, played: PracticeCase) -> None:
    last = max(played.messages.values(), key=lambda message: message.order)

    def edit(files: dict[str, bytes]) -> None:
        del files[member(files, f"messages/{last.number:04d}")]

    assert failures(repacked(bundle, edit))["chain"] == "bundle-not-one-case"


def test_a_message_numbered_wrongly_fails_the_chain() -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(FRA, "acknowledgement", {}, regarding=request.digest, number=7)
    assert failures(case.bundle())["chain"] == "does-not-fit"


def test_a_message_of_a_later_version_may_not_come_before_what_it_follows() -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(FRA, "acknowledgement", {}, regarding=request.digest)
    case.say(FRA, "transit-notice", {}, regarding=request.digest, number=2)
    assert failures(case.bundle())["chain"] == "bundle-not-one-case"


def test_a_real_message_in_an_exercise_fails() -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(FRA, "acknowledgement", {}, regarding=request.digest, exercise=False)
    found = failures(case.bundle())
    assert (found["chain"], found["world"]) == ("does-not-fit", "bundle-worlds-mixed")


def test_a_receipt_for_another_case_is_misplaced(played: PracticeCase) -> None:
    other = PracticeCase(case=CASE[:-1] + "B", random=fixed_random("other")).play(b"-")
    contents = replace(played.contents(), receipts=[*played.receipts, other.receipts[0]])
    assert failures(bundle_of(contents, played.exporter())[0]) == {"receipts": "bundle-misplaced"}


def test_the_partners_ledger_does_not_stand_in_for_the_exporters(played: PracticeCase) -> None:
    theirs = played.contents(FRA)
    contents = replace(played.contents(), proofs=theirs.proofs, checkpoint=theirs.checkpoint)
    assert failures(bundle_of(contents, played.exporter())[0]) == {"ledger": "other-log"}


def test_a_proof_under_another_checkpoint_is_misplaced() -> None:
    case = PracticeCase().play(b"-")
    older = case.contents()
    case.logs["VNM"].add("ab" * 32)
    contents = replace(case.contents(), proofs=[*older.proofs[:1], *case.contents().proofs[1:]])
    assert failures(bundle_of(contents, case.exporter())[0]) == {"ledger": "bundle-misplaced"}


def test_a_key_revoked_before_the_message_was_signed_fails(played: PracticeCase) -> None:
    old = next(card for card in played.cards if card.state == "FRA")
    authority = old.authorities[0]
    revoked = replace(authority.signing[0], revoked=played.at - timedelta(hours=1))
    newer = cards.make_card(
        identity=signing("FRA"),
        state="FRA",
        serial=2,
        issued=played.at,
        exercise=True,
        address=old.address,
        authorities=[replace(authority, signing=(revoked,))],
        ledger=old.ledger,
    )
    contents = replace(played.contents(), cards=[*played.cards, cards.read_card(newer)])
    assert failures(bundle_of(contents, played.exporter())[0])["signatures"] == "key-revoked"


FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(place=st.integers(min_value=0), change=st.integers(min_value=1, max_value=255))
def test_a_byte_changed_anywhere_fails_with_a_code(small: bytes, place: int, change: int) -> None:
    data = bytearray(small)
    data[place % len(data)] ^= change
    assert failures(bytes(data))


@FUZZ
@given(start=st.integers(min_value=0), length=st.integers(min_value=1, max_value=3000))
def test_bytes_cut_out_anywhere_fail_with_a_code(small: bytes, start: int, length: int) -> None:
    start %= len(small)
    assert failures(small[:start] + small[start + length :])


@FUZZ
@given(place=st.integers(min_value=0), more=st.binary(min_size=1, max_size=300))
def test_bytes_put_in_anywhere_fail_with_a_code(small: bytes, place: int, more: bytes) -> None:
    place %= len(small) + 1
    assert failures(small[:place] + more + small[place:])


@FUZZ
@given(draw=st.randoms(use_true_random=False), which=st.integers(min_value=0))
def test_a_member_spoiled_by_a_forger_with_the_exporters_key_never_goes_uncoded(
    small: bytes, draw: random.Random, which: int
) -> None:
    def edit(files: dict[str, bytes]) -> None:
        name = [one for one in files if one != "README.txt"][which % (len(files) - 1)]
        data = bytearray(files[name])
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(data))
            data[place : place + draw.randint(0, 3)] = draw.randbytes(draw.randint(0, 3))
        files[name] = bytes(data) if bytes(data) != files[name] else b""

    assert failures(repacked(small, edit))


@pytest.mark.slow
def test_every_byte_outside_the_sealed_file_counts(small: bytes) -> None:
    for place in range(0, len(small), 997):
        data = bytearray(small)
        data[place] ^= 0x20
        assert failures(bytes(data)), place
