"""Keys: known answers, weak keys refused, secrets not shown."""

import pickle

import pytest
from practice_states import seed

from rogatory.sealing.keys import BadKey, BadSignature, SigningKey, VerifyKey
from rogatory.sealing.recipients import HybridIdentity, Passphrase, X25519Identity

FIELD = 2**255 - 19


def test_the_first_vector_of_rfc_8032_holds() -> None:
    key = SigningKey.from_seed(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public.raw.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    signature = key.sign(b"")
    assert signature.hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    key.public.verify(signature, b"")


def test_the_thumbprint_of_rfc_8037_holds() -> None:
    assert VerifyKey.from_x("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").kid == (
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )


def test_a_signature_over_other_bytes_is_refused() -> None:
    key = SigningKey.from_seed(seed("a"))
    with pytest.raises(BadSignature):
        key.public.verify(key.sign(b"one"), b"two")
    with pytest.raises(BadSignature):
        key.public.verify(b"short", b"two")


def _double(point: tuple[int, int]) -> tuple[int, int]:
    d = -121665 * pow(121666, -1, FIELD)
    x, y = point
    cross = d * x * x * y * y
    return (
        2 * x * y * pow(1 + cross, -1, FIELD) % FIELD,
        (y * y + x * x) * pow(1 - cross, -1, FIELD) % FIELD,
    )


def _small_order_y() -> set[int]:
    """The y of all points whose eighth multiple is the neutral one, found from the curve's own equation."""
    # A point of order eight doubles to one of order four, whose y is 0; so x² = -y², and d·y⁴ + 2·y² - 1 = 0.
    d = -121665 * pow(121666, -1, FIELD) % FIELD
    root_of_minus_one = pow(2, (FIELD - 1) // 4, FIELD)
    found = {0, 1, FIELD - 1}
    for root in (_root(1 + d, root_of_minus_one), -_root(1 + d, root_of_minus_one)):
        square = (root - 1) * pow(d, -1, FIELD) % FIELD
        if pow(square, (FIELD - 1) // 2, FIELD) == 1:
            y = _root(square, root_of_minus_one)
            assert _double(_double(_double((root_of_minus_one * y % FIELD, y)))) == (0, 1)
            found |= {y, FIELD - y}
    return found


def _root(square: int, root_of_minus_one: int) -> int:
    root = pow(square, (FIELD + 3) // 8, FIELD)
    return root if root * root % FIELD == square else root * root_of_minus_one % FIELD


def test_every_public_key_of_small_order_is_refused() -> None:
    places = _small_order_y()
    assert len(places) == 5
    for y in places:
        for sign in (0, 1 << 255):
            for form in (y, y + FIELD):
                if form < 2**255:
                    with pytest.raises(BadKey):
                        VerifyKey((form | sign).to_bytes(32, "little"))


@pytest.mark.parametrize("size", [0, 31, 33])
def test_keys_of_another_length_are_refused(size: int) -> None:
    with pytest.raises(BadKey):
        SigningKey.from_seed(bytes(size))
    with pytest.raises(BadKey):
        VerifyKey(bytes(size))


@pytest.mark.parametrize("x", [None, "", "a" * 42, "é" * 43, "a" * 42 + "!"])
def test_a_public_key_that_is_not_one_is_refused(x: object) -> None:
    with pytest.raises(BadKey):
        VerifyKey.from_x(x)


def test_no_secret_is_shown_or_pickled() -> None:
    raw = seed("secret")
    secrets = [SigningKey.from_seed(raw), X25519Identity(raw), HybridIdentity(raw), Passphrase("correct horse")]
    for secret in secrets:
        shown = repr(secret) + str(secret)
        assert raw.hex() not in shown
        assert "AGE-SECRET" not in shown
        assert "horse" not in shown
        with pytest.raises(TypeError):
            pickle.dumps(secret)
