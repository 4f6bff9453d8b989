"""The ladder: a good bundle climbs it whole, and whatever is changed, left out or forged fails at its step."""

import hashlib
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from practice_case import CASE, MAILBOX, PracticeCase, bundle_of, contained, practice_card, repacked
from practice_keys import FRA, KEN, PLAIN, VNM, fixed_random, seed, signing

from rogatory.bundle import words
from rogatory.bundle.report import BundleNotVerified, Outcome, Report
from rogatory.bundle.verify import LADDER, examine, verify
from rogatory.sealing import cards
from rogatory.sealing.recipients import HybridIdentity

Edit = Callable[[dict[str, bytes]], None]
TRUST = {state: cards.fingerprint(signing(state).public) for state in ("VNM", "FRA")}


def report(data: bytes, **wishes: object) -> Report:
    return examine(io.BytesIO(data), **wishes)  # type: ignore[arg-type]


def failures(data: bytes, **wishes: object) -> dict[str, str]:
    """The code of each failed step, by the step's name."""
    found = {rung.name: rung.code for rung in report(data, **wishes).failures()}
    assert all(found.values())
    return found


def keys(found: Report, step: int) -> list[str]:
    return [note.key for note in found.rungs[step - 1].notes]


def member(files: dict[str, bytes], start: str) -> str:
    return next(name for name in files if name.startswith(start))


@pytest.fixture(scope="module")
def small() -> bytes:
    return PracticeCase().play(b"a little evidence").bundle()


def test_a_bundle_of_a_whole_case_is_verified_with_both_fingerprints(bundle: bytes) -> None:
    found = verify(io.BytesIO(bundle), trust=TRUST)
    assert [rung.outcome for rung in found.rungs] == [Outcome.PASS] * len(LADDER)
    assert (found.case, found.exported_by, found.exercise) == (CASE, VNM, True)
    assert found.verdict("en").startswith("VERIFIED: ")


@pytest.mark.parametrize("by", [VNM, FRA])
def test_either_side_can_export_the_same_case(played: PracticeCase, by: str) -> None:
    assert not failures(played.bundle(by))


def test_the_same_case_exported_at_the_same_time_gives_the_same_bytes(played: PracticeCase, bundle: bytes) -> None:
    assert played.bundle() == bundle


def test_the_summary_names_the_bytes_that_were_written(played: PracticeCase) -> None:
    data, summary = bundle_of(played.contents(), played.exporter())
    assert (summary.size, summary.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (summary.messages, summary.exhibits, summary.sealed_exhibits) == (10, 1, 1)


def test_stock_tools_read_the_bundle_and_its_digests(bundle: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle)) as stock:
        assert stock.testzip() is None
        index = stock.read("bundle.json")
        for name in stock.namelist()[2:]:
            assert hashlib.sha256(stock.read(name)).hexdigest().encode() in index
        assert CASE.encode() in stock.read("README.txt")
        assert "EXERCICE" in stock.read("README.txt").decode()


def test_without_fingerprints_the_verdict_says_what_is_left_to_do(bundle: bytes) -> None:
    found = report(bundle)
    assert keys(found, 2) == ["card-untold", "card-untold"]
    assert "compare them by another road" in found.verdict("en")
    assert TRUST["FRA"] in "\n".join(text for _, _, text in found.lines("fr"))


def test_one_fingerprint_of_two_is_not_enough_for_the_full_verdict(bundle: bytes) -> None:
    found = report(bundle, trust={"FRA": TRUST["FRA"]})
    assert keys(found, 2) == ["card-trusted", "card-untold"]
    assert "compare them" in found.verdict("en")


def test_a_fingerprint_may_be_given_as_people_write_it(bundle: bytes) -> None:
    assert keys(report(bundle, trust={"FRA": TRUST["FRA"].lower().replace("-", " ")}), 2)[0] == "card-trusted"


def test_another_fingerprint_than_the_one_told_fails(bundle: bytes) -> None:
    assert failures(bundle, trust={"FRA": TRUST["VNM"]}) == {"cards": "bundle-fingerprint"}


def test_a_fingerprint_of_a_state_that_has_no_card_here_fails(bundle: bytes) -> None:
    assert failures(bundle, trust={"KEN": TRUST["VNM"]}) == {"cards": "bundle-incomplete"}


def test_the_contents_are_checked_with_the_key_and_nothing_is_written(bundle: bytes) -> None:
    found = report(bundle, identities=[PLAIN[VNM]])
    assert keys(found, 6)[-2:] == ["sealed-bytes", "opened"]
    assert hashlib.sha256(MAILBOX).hexdigest() in found.rungs[5].notes[-1].text("en")


def test_a_hybrid_receiver_opens_its_exhibit_too() -> None:
    opener = HybridIdentity(seed("a hybrid receiver"))
    case = PracticeCase(opener=opener).play()
    assert "opened" in keys(report(case.bundle(), identities=[PLAIN[FRA], opener]), 6)


def test_a_key_of_somebody_else_leaves_the_contents_unchecked(bundle: bytes) -> None:
    found = report(bundle, identities=[PLAIN[KEN]])
    assert keys(found, 6)[-2:] == ["sealed-bytes", "other-key"]
    assert not found.failures()


def test_what_was_sealed_must_be_what_the_manifest_says() -> None:
    case = PracticeCase()
    request = case.ask_data(case.ask_preservation())
    case.say(FRA, "decision", {"outcome": "accepted"}, regarding=request.digest)
    sealed = case.seal(request, b"the true contents")
    liar = replace(sealed.manifest, sha256=hashlib.sha256(b"the told contents").hexdigest())
    from rogatory.evidence import manifest
    from rogatory.evidence.custody_rules import Act

    sealed.manifest, sealed.signed, sealed.chain = liar, manifest.make_manifest(liar, key=signing(FRA)), ()
    case.enter(sealed, FRA, Act.SEALED, sha256=liar.sha256, root=liar.parts.root)
    case.hand_over(request, sealed)
    assert not failures(case.bundle())
    assert failures(case.bundle(), identities=[PLAIN[VNM]]) == {"exhibits": "wrong-plaintext"}


def test_a_bundle_without_the_sealed_file_says_so_and_gives_its_root(played: PracticeCase) -> None:
    found = report(played.bundle(with_sealed=False))
    assert not found.failures()
    assert found.rungs[5].notes[-1].key == "sealed-absent"
    assert found.rungs[5].notes[-1].outcome is Outcome.NOT_CHECKED


def test_the_state_of_each_request_and_the_clock_are_printed(bundle: bytes) -> None:
    found = report(bundle)
    assert keys(found, 4) == ["request", "clock", "request"]
    assert "60 days" in found.rungs[3].notes[1].text("en")


def test_a_preservation_that_is_held_by_an_undecided_request_is_named() -> None:
    case = PracticeCase()
    preservation = case.ask_preservation()
    case.preserve(preservation, days=10)
    case.ask_data(preservation)
    assert keys(report(case.bundle()), 4) == ["request", "clock-short", "clock-held", "request"]


def test_steps_at_once_from_both_sides_stay_in_the_file_and_one_has_no_effect() -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    before, number = case.file.heads, case.file.next_number
    refusal = {"outcome": "declined", "grounds": ["42(6)"], "reasons": "ordre public"}
    case.say(FRA, "decision", refusal, regarding=request.digest)
    case.say(VNM, "withdrawal", {"reason": "solved"}, regarding=request.digest, follows=list(before), number=number)
    found = report(case.bundle())
    assert not found.failures()
    assert keys(found, 4).count("ineffective") == 1


def test_a_kind_of_a_later_version_is_kept_and_named() -> None:
    case = PracticeCase()
    request = case.ask_preservation()
    case.say(FRA, "transit-notice", {"text": "new"}, regarding=request.digest)
    found = report(case.bundle())
    assert not found.failures()
    assert keys(found, 4) == ["request", "ineffective"]


def test_a_message_without_receipt_is_named_and_does_not_fail(played: PracticeCase) -> None:
    contents = replace(played.contents(), receipts=played.receipts[1:])
    found = report(bundle_of(contents, played.exporter())[0])
    assert not found.failures()
    assert keys(found, 5) == ["receipted", "not-receipted"]


def test_a_real_case_is_called_real() -> None:
    assert keys(report(PracticeCase(exercise=False).play(b"-").bundle()), 8) == ["real"]


def _changed(name: str, data: bytes) -> bytes:
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
        files[name] = _changed(name, files[name])
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


def test_a_failure_is_raised_with_its_report_by_the_function_that_verifies(bundle: bytes) -> None:
    with pytest.raises(BundleNotVerified) as caught:
        verify(io.BytesIO(bundle[:-1]))
    assert caught.value.code == "bundle-not-verified"
    assert caught.value.report.failures()[0].code == "bundle-container"
    assert "step 1" in str(caught.value)


def test_a_step_that_fails_late_keeps_what_it_saw_before(bundle: bytes) -> None:
    def edit(files: dict[str, bytes]) -> None:
        name = next(one for one in files if one.endswith("sealed.age"))
        files[name] = _changed(name, files[name])

    rung = report(repacked(bundle, edit)).rungs[5]
    assert rung.outcome is Outcome.FAIL
    assert [note.key for note in rung.notes][:2] == ["exhibit", "custody"]


def test_the_report_reads_in_both_languages_and_as_json(bundle: bytes) -> None:
    for data in (bundle, bundle[:-1], repacked(bundle, one_more)):
        found = report(data)
        for language in ("en", "fr"):
            assert all(text for _, _, text in found.lines(language))
            assert found.to_json(language)["verified"] is not bool(found.failures())


def test_every_sentence_stands_in_both_languages_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return {part.partition("}")[0] for part in text.split("{")[1:]}

    for sentences in (words.TITLES, words.NOTES):
        for key, found in sentences.items():
            assert found.keys() == {"en", "fr"}, key
            assert gaps(found["en"]) == gaps(found["fr"]), key
    assert {name for name, _ in LADDER} == words.TITLES.keys()
    assert all(found.keys() == {"en", "fr"} for found in words.LABELS.values())


def test_reading_is_reported_to_whoever_watches(bundle: bytes) -> None:
    seen: list[int] = []
    examine(io.BytesIO(bundle), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] >= len(bundle) - 20_000
