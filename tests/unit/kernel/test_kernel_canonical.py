"""Canonical JSON: the same bytes as the reference library, and nothing ambiguous read."""

from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from rogatory.kernel import canonical

SHARED = Path(__file__).parents[4] / "shared" / "data" / "vectors" / "jcs"

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**54), 2**54)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(['\u0000\u001f"\\/\u007f', "\u20ac", "\U0001f600", "\ufb33", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=5),
    max_leaves=20,
)


def reference(value: Any) -> bytes | str:
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        return "refused"


def ours(value: Any) -> bytes | str:
    try:
        return canonical.dumps(value)
    except canonical.BadJSON:
        return "refused"


@given(VALUES)
def test_our_bytes_are_those_of_the_reference_library(value: Any) -> None:
    assert ours(value) == reference(value)


@given(st.dictionaries(st.text(max_size=6), st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20), max_size=6))
def test_what_was_written_is_read_again(value: dict[str, Any]) -> None:
    try:
        data = canonical.dumps(value)
    except canonical.BadJSON:
        return
    assert canonical.loads_canonical(data) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a":1,"a":2}', "duplicate-key"),
        ('{"a":{"b":1,"b":1}}', "duplicate-key"),
        ('{"a":NaN}', "bad-json"),
        ('{"a":9007199254740992}', "bad-json"),
        ('{"a":', "bad-json"),
        ("[1]", "bad-json"),
        ('{"b":1,"a":1}', "bad-json"),
        ('{"a": 1}', "bad-json"),
        ("[" * 5000, "bad-json"),
        ('{"a":' + "[" * 40 + "]" * 40 + "}", "bad-json"),
        ('{"a":1.5}', "bad-json"),
        ('{"a":1e+21}', "bad-json"),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(text: str, code: str) -> None:
    with pytest.raises(canonical.BadJSON) as caught:
        canonical.loads_canonical(text.encode())
    assert caught.value.code == code


def test_what_is_not_utf_8_is_refused() -> None:
    with pytest.raises(canonical.BadJSON, match="byte 6"):
        canonical.loads(b'{"a":"\xff"}')


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_the_public_conformance_data_come_out_as_they_say(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the public conformance data are not beside this checkout")
    value = canonical.loads((SHARED / "input" / f"{name}.json").read_bytes())
    assert canonical.dumps(value) == (SHARED / "output" / f"{name}.json").read_bytes().rstrip(b"\n")
