"""The ladder: a good bundle climbs it whole, and says in both languages what was seen and what was not checked."""

import hashlib
import io
import zipfile
from dataclasses import replace

import pytest
from practice_case import CASE, MAILBOX, PracticeCase, bundle_of, repacked
from practice_keys import FRA, KEN, PLAIN, VNM, seed, signing

from rogatory.bundle import words
from rogatory.bundle.report import BundleNotVerified, Outcome, Report
from rogatory.bundle.verify import LADDER, examine, verify
from rogatory.sealing import cards
from rogatory.sealing.recipients import HybridIdentity

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


def test_a_failure_is_raised_with_its_report_by_the_function_that_verifies(bundle: bytes) -> None:
    with pytest.raises(BundleNotVerified) as caught:
        verify(io.BytesIO(bundle[:-1]))
    assert caught.value.code == "bundle-not-verified"
    assert caught.value.report.failures()[0].code == "bundle-container"
    assert "step 1" in str(caught.value)


def test_a_step_that_fails_late_keeps_what_it_saw_before(bundle: bytes) -> None:
    def edit(files: dict[str, bytes]) -> None:
        name = next(one for one in files if one.endswith("sealed.age"))
        files[name] = files[name][:-1]

    rung = report(repacked(bundle, edit)).rungs[5]
    assert rung.outcome is Outcome.FAIL
    assert [note.key for note in rung.notes][:2] == ["exhibit", "custody"]


def test_the_report_reads_in_both_languages_and_as_json(bundle: bytes) -> None:
    for data in (bundle, bundle[:-1], repacked(bundle, exercise=False)):
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
    assert {name for name, _ in LADDER} | {"unpacked"} == words.TITLES.keys()
    assert all(found.keys() == {"en", "fr"} for found in words.LABELS.values())


def test_reading_is_reported_to_whoever_watches(bundle: bytes) -> None:
    seen: list[int] = []
    examine(io.BytesIO(bundle), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] >= len(bundle) - 20_000
