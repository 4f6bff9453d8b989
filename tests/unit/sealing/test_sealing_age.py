"""age files: every size round, every change refused, ranges, limits, recipients."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from practice_states import fixed_random, seed

from rogatory.sealing import age, age_stream, bech32
from rogatory.sealing.age_header import AgeFailure, HeaderFailure, Stanza, format_header, read_header
from rogatory.sealing.age_stream import CHUNK_SIZE, PayloadFailure, plain_size, sealed_size
from rogatory.sealing.recipients import (
    BadIdentity,
    BadRecipient,
    HybridIdentity,
    MixedRecipients,
    Passphrase,
    X25519Identity,
    parse_identity,
    parse_recipient,
)

PLAIN = X25519Identity(seed("plain"))
HYBRID = HybridIdentity(seed("hybrid"))
SIZES = [0, 1, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 2 * CHUNK_SIZE, 2 * CHUNK_SIZE + 7]
BOTH = pytest.mark.parametrize("identity", [PLAIN, HYBRID], ids=["x25519", "hybrid"])


def _data(size: int) -> bytes:
    return fixed_random("data")(size)


@BOTH
@pytest.mark.parametrize("size", SIZES)
def test_contents_of_every_size_come_back(identity: X25519Identity | HybridIdentity, size: int) -> None:
    sealed = age.seal(_data(size), [str(identity.recipient)], fixed_random("age"))
    assert age.open_sealed(sealed, [identity]) == _data(size)
    header = read_header(io.BytesIO(sealed))
    assert len(sealed) == header.size + age.NONCE_SIZE + sealed_size(size)
    assert plain_size(sealed_size(size)) == size


@pytest.mark.parametrize("size", SIZES)
def test_a_file_written_in_pieces_is_the_file_written_at_once(size: int) -> None:
    data, sink = _data(size), io.BytesIO()
    writer = age.SealWriter(sink, [str(PLAIN.recipient)], fixed_random("age"))
    for start in range(0, size, 10_007):
        writer.write(data[start : start + 10_007])
    writer.finish()
    assert sink.getvalue() == age.seal(data, [str(PLAIN.recipient)], fixed_random("age"))
    with pytest.raises(ValueError, match="finished"):
        writer.write(b"more")
    with pytest.raises(ValueError, match="finished"):
        writer.finish()


def test_several_receivers_can_open_and_a_stranger_cannot() -> None:
    others = [X25519Identity(seed(str(number))) for number in range(3)]
    sealed = age.seal(b"data", [str(other.recipient) for other in others], fixed_random("age"))
    for other in others:
        assert age.open_sealed(sealed, [PLAIN, other]) == b"data"
    with pytest.raises(age.NoMatch):
        age.open_sealed(sealed, [PLAIN, HYBRID])
    with pytest.raises(age.NoMatch):
        age.open_sealed(sealed, [])


def test_types_of_receivers_are_never_mixed() -> None:
    with pytest.raises(MixedRecipients):
        age.seal(b"", [str(PLAIN.recipient), str(HYBRID.recipient)], fixed_random("age"))
    with pytest.raises(MixedRecipients):
        age.seal(b"", [Passphrase("a", work=1), Passphrase("b", work=1)], fixed_random("age"))
    with pytest.raises(BadRecipient):
        age.seal(b"", [], fixed_random("age"))


def test_a_stream_opens_into_a_sink_even_from_a_source_that_gives_little_at_a_time() -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size, 1000) if size and size > 0 else size)

    data, sink = _data(3 * CHUNK_SIZE), io.BytesIO()
    sealed = age.seal(data, [str(HYBRID.recipient)], fixed_random("age"))
    assert age.open_stream(Trickle(sealed), sink, [HYBRID]) == len(data)
    assert sink.getvalue() == data


@settings(max_examples=60, deadline=None)
@given(size=st.sampled_from(SIZES), start=st.integers(0, 3 * CHUNK_SIZE), length=st.integers(0, 3 * CHUNK_SIZE))
def test_any_range_is_that_range_of_the_contents(size: int, start: int, length: int) -> None:
    sealed = io.BytesIO(age.seal(_data(size), [str(PLAIN.recipient)], fixed_random("age")))
    if start + length > size:
        with pytest.raises(age.RangeOutside):
            age.open_range(sealed, start, length, [PLAIN])
    else:
        assert age.open_range(sealed, start, length, [PLAIN]) == _data(size)[start : start + length]


def test_the_seekable_reader_sees_a_file_cut_off_at_a_chunk() -> None:
    sealed = age.seal(_data(3 * CHUNK_SIZE), [str(PLAIN.recipient)], fixed_random("age"))
    cut = sealed[: -age_stream.SEALED_CHUNK_SIZE]
    with pytest.raises(PayloadFailure):
        age.open_range(io.BytesIO(cut), 0, 10, [PLAIN])


@BOTH
@settings(max_examples=150, deadline=None)
@given(place=st.integers(min_value=0), bit=st.integers(1, 255))
def test_any_changed_byte_is_refused(identity: X25519Identity | HybridIdentity, place: int, bit: int) -> None:
    sealed = age.seal(b"contents", [str(identity.recipient)], fixed_random("age"))
    place %= len(sealed)
    with pytest.raises(AgeFailure):
        age.open_sealed(sealed[:place] + bytes([sealed[place] ^ bit]) + sealed[place + 1 :], [identity])


@settings(max_examples=100, deadline=None)
@given(length=st.integers(min_value=0), size=st.sampled_from(SIZES))
def test_any_shortened_file_is_refused(length: int, size: int) -> None:
    sealed = age.seal(_data(size), [str(PLAIN.recipient)], fixed_random("age"))
    with pytest.raises(AgeFailure):
        age.open_sealed(sealed[: length % len(sealed)], [PLAIN])


def test_a_header_with_more_than_a_thousand_receivers_opens_for_the_last_and_for_no_stranger() -> None:
    others = [X25519Identity(number.to_bytes(32)).recipient for number in range(1, 1201)]
    sealed = age.seal(b"contents", [*others, PLAIN.recipient], fixed_random("age"))
    assert age.open_sealed(sealed, [PLAIN]) == b"contents"
    with pytest.raises(age.NoMatch):
        age.open_sealed(sealed, [X25519Identity((5000).to_bytes(32))])


def test_a_header_of_too_many_stanzas_or_bytes_is_refused() -> None:
    stanza = Stanza(arguments=("x", "y"), body=b"")
    with pytest.raises(HeaderFailure, match="more than 10000"):
        read_header(io.BytesIO(format_header(bytes(16), [stanza] * 10_001)))
    assert len(read_header(io.BytesIO(format_header(bytes(16), [stanza] * 10_000))).stanzas) == 10_000
    long = format_header(bytes(16), [Stanza(arguments=("x", "y" * 1000), body=b"")])
    with pytest.raises(HeaderFailure, match="limit"):
        read_header(io.BytesIO(long), limit=500)
    endless = b"age-encryption.org/v1\n-> " + b"y" * 10_000
    with pytest.raises(HeaderFailure, match="limit"):
        read_header(io.BytesIO(endless), limit=500)


@settings(max_examples=50)
@given(body=st.binary(max_size=200), words=st.lists(st.text("abcXYZ/+-!~", min_size=1), min_size=1, max_size=4))
def test_any_stanza_is_read_as_written(body: bytes, words: list[str]) -> None:
    if words[0] == "scrypt":
        return
    stanza = Stanza(arguments=tuple(words), body=body)
    header = read_header(io.BytesIO(format_header(bytes(16), [stanza, stanza])))
    assert header.stanzas == (stanza, stanza)
    header.verify_mac(bytes(16))


def test_the_keys_in_the_specification_of_age_are_read() -> None:
    identity = parse_identity("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    assert str(identity.recipient) == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    assert identity.reveal() == "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
    hybrid = parse_identity("AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR")
    assert str(hybrid.recipient).startswith("age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrqtzd")
    assert str(hybrid.recipient).endswith("q0d3fzv49zc0k")


@BOTH
def test_keys_are_read_as_written(identity: X25519Identity | HybridIdentity) -> None:
    assert parse_identity(identity.reveal()).reveal() == identity.reveal()
    assert str(parse_recipient(str(identity.recipient))) == str(identity.recipient)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: text[:-1] + ("q" if text[-1] != "q" else "p"),
        lambda text: text.upper(),
        lambda text: text.capitalize(),
        lambda text: "x" + text,
        lambda text: text + " ",
        lambda text: "",
        lambda text: bech32.encode("age", bytes(31)),
        lambda text: bech32.encode("age", bytes(32)),
        lambda text: bech32.encode("age1pq", bytes(32)),
        lambda text: bech32.encode("age1pq", b"\xff" * 1216),
        lambda text: bech32.encode("age1tag", bytes(33)),
        lambda text: PLAIN.reveal(),
    ],
)
def test_a_spoiled_recipient_is_refused(spoil: Callable[[str], str]) -> None:
    with pytest.raises(BadRecipient):
        parse_recipient(spoil(str(PLAIN.recipient)))


def test_a_spoiled_identity_is_refused_and_not_repeated_in_the_error() -> None:
    for spoiled in (PLAIN.reveal()[:-1], PLAIN.reveal().lower(), str(PLAIN.recipient), "", HYBRID.reveal() + "Q"):
        with pytest.raises(BadIdentity) as refused:
            parse_identity(spoiled)
        assert "SECRET-KEY-1G" not in str(refused.value)
        assert spoiled == "" or spoiled not in str(refused.value)


@settings(max_examples=50)
@given(prefix=st.text("abcdefgh1-", min_size=1, max_size=20), data=st.binary(max_size=100))
def test_bech32_is_read_as_written(prefix: str, data: bytes) -> None:
    text = bech32.encode(prefix, data)
    assert bech32.decode(text) == (prefix, data)
    assert bech32.decode(text.upper()) == (prefix, data)


def test_a_passphrase_opens_what_it_sealed_and_another_does_not() -> None:
    sealed = age.seal(b"secret", [Passphrase("one", work=2)], fixed_random("scrypt"))
    assert age.open_sealed(sealed, [Passphrase("one")]) == b"secret"
    with pytest.raises(age.NoMatch):
        age.open_sealed(sealed, [Passphrase("two")])
    with pytest.raises(HeaderFailure, match="work factor"):
        age.open_sealed(sealed, [Passphrase("one", work=1, max_work=1)])


def test_a_passphrase_that_is_empty_or_a_work_factor_that_cannot_be_is_refused() -> None:
    for passphrase, work in (("", 5), ("one", 0), ("one", 21)):
        with pytest.raises(BadIdentity):
            Passphrase(passphrase, work=work)
