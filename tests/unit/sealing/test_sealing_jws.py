"""Signed documents: what we write others read, what others write we read, and nothing else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws as other
from joserfc.jwk import OKPKey
from practice_states import seed

from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.sealing import jws
from rogatory.sealing.encoding import from_base64url, to_base64url
from rogatory.sealing.keys import BadSignature, SigningKey

TYPE = "rogatory-test+jws"
KEY = SigningKey.from_seed(seed("jws"))
PAYLOAD: dict[str, Any] = {"v": 1, "name": "Điểm liên lạc", "list": [1, True, None], "later": {"é": "\u2028"}}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


def _handmade(header: bytes, payload: bytes = b'{"v":1}') -> bytes:
    signing_input = to_base64url(header) + b"." + to_base64url(payload)
    return signing_input + b"." + to_base64url(KEY.sign(signing_input))


def _header(**changes: Any) -> bytes:
    return canonical.dumps({"alg": "Ed25519", "kid": KEY.kid, "typ": TYPE} | changes)


def _other_key() -> OKPKey:
    secret = {"d": to_base64url(KEY.reveal_seed()).decode()}
    return OKPKey.import_key({**KEY.public.jwk(), **secret})


def test_joserfc_reads_what_we_sign() -> None:
    signed = jws.sign(PAYLOAD, key=KEY, typ=TYPE)
    read = other.deserialize_compact(signed, OKPKey.import_key(KEY.public.jwk()), algorithms=["Ed25519"])
    assert read.payload == canonical.dumps(PAYLOAD)
    assert read.headers() == {"alg": "Ed25519", "kid": KEY.kid, "typ": TYPE}


def test_we_read_what_joserfc_signs() -> None:
    header = {"alg": "Ed25519", "kid": KEY.kid, "typ": TYPE}
    signed = other.serialize_compact(header, canonical.dumps(PAYLOAD), _other_key(), algorithms=["Ed25519"])
    assert jws.verify(signed.encode(), key=KEY.public, typ=TYPE) == PAYLOAD
    assert signed.encode() == jws.sign(PAYLOAD, key=KEY, typ=TYPE)


def test_joserfc_names_the_key_as_we_do() -> None:
    assert OKPKey.import_key(KEY.public.jwk()).thumbprint() == KEY.kid


@given(value=st.dictionaries(st.text(st.characters(codec="utf-8")), JSON, max_size=5))
def test_what_is_signed_is_what_is_read(value: dict[str, Any]) -> None:
    assert jws.verify(jws.sign(value, key=KEY, typ=TYPE), key=KEY.public, typ=TYPE) == value


def test_the_algorithm_of_the_header_is_not_followed() -> None:
    for algorithm in ("none", "EdDSA", "HS256", "ES256", "Ed448", ""):
        with pytest.raises(jws.UnknownAlgorithm):
            jws.read(_handmade(_header(alg=algorithm)), typ=TYPE)


@pytest.mark.parametrize(
    "header",
    [
        _header(crit=["exp"], exp=1),
        _header(jwk=KEY.public.jwk()),
        _header(b64=False),
        b'{"alg":"Ed25519","kid":"x"}',
        b'{"kid":"a","alg":"Ed25519","typ":"rogatory-test+jws"}',
        _header() + b" ",
        _header(kid="short"),
        _header(typ="JWT"),
        b"[]",
        b"",
        b'{"alg":"Ed25519","alg":"none"}',
        b"\xff",
    ],
    ids=repr,
)
def test_a_header_that_is_not_exactly_ours_is_refused(header: bytes) -> None:
    with pytest.raises(RogatoryError) as refused:
        jws.read(_handmade(header), typ=TYPE)
    assert refused.value.code == "bad-jws"


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b'{"a":1,"a":1}', "duplicate-key"),
        (b'{"b":1,"a":1}', "bad-json"),
        (b'{"a": 1}', "bad-json"),
        (b'{"a":1.0}', "bad-json"),
        (b'{"a":NaN}', "bad-json"),
        (b'{"a":9007199254740993}', "bad-json"),
        (b'{"a":"\\u0041"}', "bad-json"),
        (b"[1]", "bad-json"),
        (b"", "bad-json"),
        (b'{"a":"\xff"}', "bad-json"),
    ],
)
def test_a_payload_that_is_not_canonical_json_is_refused(payload: bytes, code: str) -> None:
    with pytest.raises(RogatoryError) as refused:
        jws.read(_handmade(_header(), payload), typ=TYPE)
    assert refused.value.code == code


def test_base64_that_another_would_write_differently_is_refused() -> None:
    signed = jws.sign({"v": 1}, key=KEY, typ=TYPE)
    last = signed[-1:]
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    loose = alphabet[alphabet.index(last) ^ 1 :][:1]
    for changed in (signed[:-1] + loose, signed + b"=", signed.replace(b".", b".\n", 1), signed[:-1] + b"+"):
        with pytest.raises(jws.BadJWS):
            jws.read(changed, typ=TYPE)


def test_a_document_of_another_type_is_refused() -> None:
    with pytest.raises(jws.WrongType):
        jws.read(jws.sign({}, key=KEY, typ="rogatory-other+jws"), typ=TYPE)


def test_a_document_over_the_limit_is_refused() -> None:
    signed = jws.sign({}, key=KEY, typ=TYPE)
    with pytest.raises(jws.BadJWS):
        jws.read(signed, typ=TYPE, limit=len(signed) - 1)


def test_another_key_is_refused() -> None:
    stranger = SigningKey.from_seed(seed("stranger"))
    with pytest.raises(jws.BadJWS):
        jws.verify(jws.sign({}, key=KEY, typ=TYPE), key=stranger.public, typ=TYPE)
    with pytest.raises(BadSignature):
        jws.verify_read(jws.read(jws.sign({}, key=KEY, typ=TYPE), typ=TYPE), key=stranger.public)


@settings(max_examples=400, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(1, 255))
def test_any_changed_byte_is_refused_with_a_code(place: int, bit: int) -> None:
    signed = jws.sign(PAYLOAD, key=KEY, typ=TYPE)
    place %= len(signed)
    with pytest.raises(RogatoryError):
        jws.verify(signed[:place] + bytes([signed[place] ^ bit]) + signed[place + 1 :], key=KEY.public, typ=TYPE)


@given(data=st.binary(max_size=200))
def test_base64url_is_read_only_in_its_one_form(data: bytes) -> None:
    assert from_base64url(to_base64url(data)) == data
