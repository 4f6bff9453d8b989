"""The key store: one file under a passphrase, keys that are closed and never lost."""

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_states import NOW, START, fixed_random

from rogatory.errors import BadInput
from rogatory.kernel import canonical
from rogatory.sealing import age, cards, keystore
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keystore import Keystore, Recovery
from rogatory.sealing.recipients import X25519, HybridIdentity, Passphrase

CENTRAL, CONTACT = "VNM/central-authority", "VNM/contact-point"


@pytest.fixture(scope="module")
def store() -> Keystore:
    return keystore.new_keystore("VNM", [CENTRAL, CONTACT], at=START, random=fixed_random("store"))


@pytest.fixture(scope="module")
def file(store: Keystore) -> bytes:
    return store.to_bytes("correct horse", fixed_random("file"), work=2)


def _secrets(store: Keystore) -> list[object]:
    return [
        store.state,
        store.identity.reveal_seed(),
        store.ledger.reveal_seed(),
        [
            (name, [(s.key.reveal_seed(), s.since, s.until, s.revoked) for s in keys.signing])
            for name, keys in store.authorities.items()
        ],
        [
            (name, [(s.identity.reveal(), s.since, s.until) for s in keys.encryption])
            for name, keys in store.authorities.items()
        ],
    ]


def test_a_store_comes_back_from_its_file(store: Keystore, file: bytes) -> None:
    later = keystore.rotate(store, CONTACT, at=NOW, random=fixed_random("new"))
    later = keystore.revoke(later, CONTACT, store.signing_key(CONTACT, START).kid, at=NOW)
    for one in (store, later):
        data = one.to_bytes("correct horse", fixed_random("file"), work=2)
        assert _secrets(Keystore.from_bytes(data, "correct horse")) == _secrets(one)
    assert b"AGE-SECRET" not in file


def test_a_wrong_passphrase_is_told_from_a_broken_file(file: bytes) -> None:
    with pytest.raises(keystore.WrongPassphrase):
        Keystore.from_bytes(file, "battery staple")
    with pytest.raises(keystore.BadKeystore):
        Keystore.from_bytes(file[:-1], "correct horse")
    with pytest.raises(keystore.BadKeystore):
        Keystore.from_bytes(b"not a key store", "correct horse")


@pytest.mark.parametrize(
    "change", [{"v": 2}, {"state": 1}, {"identity": "x"}, {"authorities": [{"id": "VNM"}]}], ids=str
)
def test_a_store_with_members_that_cannot_be_is_refused(
    store: Keystore, file: bytes, change: dict[str, object]
) -> None:
    plain = canonical.loads_object(age.open_sealed(file, [Passphrase("correct horse")]))
    data = age.seal(canonical.dumps(plain | change), [Passphrase("p", work=1)], fixed_random("file"))
    with pytest.raises(keystore.BadKeystore):
        Keystore.from_bytes(data, "p")


@settings(max_examples=40, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(1, 255))
def test_a_file_changed_in_any_byte_is_refused(file: bytes, place: int, bit: int) -> None:
    place %= len(file)
    with pytest.raises(BadInput):
        Keystore.from_bytes(file[:place] + bytes([file[place] ^ bit]) + file[place + 1 :], "correct horse")


def test_stock_age_opens_the_file(store: Keystore, file: bytes, tmp_path: Path) -> None:
    opened = canonical.loads_canonical(pyrage.passphrase.decrypt(file, "correct horse"))
    assert opened["state"] == "VNM"
    program = shutil.which("age")
    script = shutil.which("script")
    if program is None or script is None:
        pytest.skip("the programs age and script (which gives age the terminal it asks for) are not installed")
    (tmp_path / "keys.age").write_bytes(file)
    done = subprocess.run(
        [script, "-qec", f"{program} -d -o {tmp_path}/plain {tmp_path}/keys.age", "/dev/null"],
        input=b"correct horse\n",
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert canonical.loads_object((tmp_path / "plain").read_bytes()) == opened, done.stdout


def test_rotation_closes_the_old_keys_and_keeps_them_for_reading(store: Keystore) -> None:
    later = keystore.rotate(store, CONTACT, at=NOW, random=fixed_random("new"), kind=X25519)
    before = NOW - timedelta(milliseconds=1)
    assert later.signing_key(CONTACT, before).kid == store.signing_key(CONTACT, NOW).kid
    assert later.signing_key(CONTACT, NOW).kid != store.signing_key(CONTACT, NOW).kid
    assert [identity.kind for identity in later.identities()[CONTACT]] == ["X25519", "mlkem768x25519"]
    assert later.signing_key(CENTRAL, NOW).kid == store.signing_key(CENTRAL, NOW).kid
    with pytest.raises(keystore.BadKeystore):
        keystore.rotate(later, CONTACT, at=NOW, random=fixed_random("again"))
    with pytest.raises(keystore.NoSigningKey):
        store.signing_key(CONTACT, START - timedelta(days=1))


def test_a_revoked_key_signs_no_more(store: Keystore) -> None:
    kid = store.signing_key(CONTACT, NOW).kid
    revoked = keystore.revoke(store, CONTACT, kid, at=NOW)
    with pytest.raises(keystore.NoSigningKey):
        revoked.signing_key(CONTACT, NOW)
    assert keystore.revoke(revoked, CONTACT, kid, at=NOW + timedelta(days=1)) == revoked
    with pytest.raises(keystore.NoSigningKey):
        keystore.revoke(store, CONTACT, "unknown", at=NOW)
    with pytest.raises(keystore.NoSuchAuthority):
        keystore.revoke(store, "VNM/ministry", kid, at=NOW)


def test_a_store_holds_no_keys_of_another_state_or_unknown_type(store: Keystore) -> None:
    with pytest.raises(keystore.BadKeystore):
        keystore.rotate(store, "FRA/contact-point", at=NOW, random=fixed_random("x"))
    with pytest.raises(keystore.BadKeystore):
        keystore.rotate(store, CONTACT, at=NOW, random=fixed_random("x"), kind="rot13")


def test_the_card_made_from_a_store_lets_its_keys_speak(store: Keystore) -> None:
    later = keystore.rotate(store, CONTACT, at=NOW.replace(microsecond=123_456), random=fixed_random("new"))
    described = [
        cards.CardAuthority(
            id=name,
            name={"en": name},
            functions=("41",),
            languages=("en",),
            signing=keys.card_signing(),
            encryption=keys.card_encryption(),
        )
        for name, keys in later.authorities.items()
    ]
    card = cards.make_card(
        identity=later.identity,
        state="VNM",
        serial=1,
        issued=NOW,
        exercise=True,
        address="http://127.0.0.1:8000",
        authorities=described,
        ledger=cards.CardLedger(origin="vnm.example/ledger", key="key"),
    )
    ring = KeyRing([cards.read_card(card)])
    for at in (START, NOW.replace(microsecond=122_999), NOW.replace(microsecond=123_000), NOW + timedelta(days=9)):
        assert ring.signer(later.signing_key(CONTACT, at).kid, at=at).authority == CONTACT


def test_the_recovery_file_holds_the_same_keys_for_the_custodians_together(store: Keystore) -> None:
    held = HybridIdentity(bytes(32))
    assert store.to_recovery(fixed_random("recovery")) is None
    recovery = Recovery(recipient=str(held.recipient), threshold=2, custodians=("An", "Bình", "Châu"), at=NOW)
    split = replace(store, recovery=recovery)
    data = split.to_recovery(fixed_random("recovery"))
    assert data is not None
    assert _secrets(Keystore.from_recovery(data, held)) == _secrets(store)
    assert Keystore.from_recovery(data, held).recovery == recovery
    kept = split.to_bytes("correct horse", fixed_random("file"), work=2)
    assert Keystore.from_bytes(kept, "correct horse").recovery == recovery
    with pytest.raises(keystore.RecoveryClosed):
        Keystore.from_recovery(data, HybridIdentity(bytes([1]) * 32))
    with pytest.raises(keystore.BadKeystore):
        Keystore.from_recovery(data[:-1], held)


def test_the_name_of_a_set_of_shares_follows_from_its_key_alone() -> None:
    recipient = str(HybridIdentity(bytes(32)).recipient)
    one = Recovery(recipient=recipient, threshold=2, custodians=("An", "Bình"), at=NOW)
    assert one.set == replace(one, threshold=3, custodians=("Châu",) * 3).set
    assert re.fullmatch(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", one.set)
    assert one.set != replace(one, recipient=str(HybridIdentity(bytes([1]) * 32).recipient)).set


@pytest.mark.parametrize("change", [{"recipient": "age1x"}, {"threshold": 0}, {"custodians": "An"}, {"at": "now"}])
def test_a_store_that_names_custodians_wrongly_is_refused(store: Keystore, change: dict[str, object]) -> None:
    recovery = Recovery(recipient=str(HybridIdentity(bytes(32)).recipient), threshold=2, custodians=("An",), at=NOW)
    data = replace(store, recovery=recovery).to_bytes("p", fixed_random("file"), work=1)
    plain = canonical.loads_object(age.open_sealed(data, [Passphrase("p")]))
    changed = plain | {"recovery": plain["recovery"] | change}
    with pytest.raises(keystore.BadKeystore):
        Keystore.from_bytes(age.seal(canonical.dumps(changed), [Passphrase("p", work=1)], fixed_random("f")), "p")


def test_old_encryption_keys_are_forgotten_and_signing_keys_never(store: Keystore) -> None:
    later = keystore.rotate(store, CONTACT, at=NOW, random=fixed_random("new"))
    left = keystore.forget(later, CONTACT)
    assert [one.until for one in left.authority(CONTACT).encryption] == [None]
    assert left.authority(CONTACT).signing == later.authority(CONTACT).signing
    assert left.authority(CENTRAL) == later.authority(CENTRAL)
    assert keystore.forget(left, CONTACT) == left
    with pytest.raises(keystore.NoSuchAuthority):
        keystore.forget(store, "VNM/ministry")
