"""Samples, changed in ways that a format notices: bytes, stretches of bytes, members of JSON, fields of text.

Hypothesis draws what is changed, so a failure is made smaller before it is shown.
"""

import copy
import json
from typing import Any

from hypothesis import strategies as st

#: Values that parsers stumble over, wherever they stand.
ODD_BYTES = (
    b"",
    b"\0",
    b"\n",
    b"\r\n",
    b"-",
    b"=",
    b".",
    b"/",
    b"\xff",
    b"\xef\xbb\xbf",
    "—".encode(),
    b"0" * 400,
    b"9" * 30,
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**53, 10**30, 1.5, "", "\0", "\ud800", "x" * 5000, [], {}, [[]], {"": None}),
    *(
        "2030-06-01T12:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
        "2030-02-30",
        "VNM/contact-point",
        "0" * 64,
        "../..",
        "1" * 300,
    ),
)
_ESCAPES = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=True)


@st.composite
def changed_bytes(draw: st.DrawFn, sample: bytes, others: tuple[bytes, ...]) -> bytes:
    """*sample* after one to four changes of its bytes; stretches of *others* may be put into it."""
    data = sample
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        end = min(len(data), place + draw(st.sampled_from((0, 1, 2, 4, 16, 64, 4096))))
        other = others[draw(st.integers(0, len(others) - 1))]
        put = draw(
            st.one_of(
                st.sampled_from(ODD_BYTES),
                st.binary(max_size=8),
                st.just(data[place:end] * 2),
                st.just(bytes(byte ^ 1 for byte in data[place:end])),
                st.just(other[place:end]),
            )
        )
        data = data[:place] + put + data[end:]
    return data


@st.composite
def changed_json(draw: st.DrawFn, sample: bytes) -> bytes:
    """*sample*, an object, with members replaced, doubled, left out or given to one another."""
    value = json.loads(sample)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(value))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        what = draw(st.integers(0, 3))
        if what == 0 and isinstance(holder, dict):
            del holder[key]
        elif what == 1:
            other, name = draw(st.sampled_from(places))
            holder[key] = copy.deepcopy(other[name]) if _has(other, name) else None
        else:
            holder[key] = copy.deepcopy(ODD_VALUES[draw(st.integers(0, len(ODD_VALUES) - 1))])
    return _ESCAPES.encode(value).encode()


def _has(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _places(value: Any) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield value, key
        yield from _places(inner)


def inputs(samples: tuple[bytes, ...], largest: int) -> st.SearchStrategy[bytes]:
    """Bytes for a parser that reads *samples*: these, changed, and bytes of any kind."""
    objects = tuple(sample for sample in samples if _is_object(sample))

    @st.composite
    def drawn(draw: st.DrawFn) -> bytes:
        how = draw(st.integers(0, 4 if objects else 2))
        if how == 0:
            return draw(st.binary(max_size=200))
        if how <= 2:
            return draw(changed_bytes(samples[draw(st.integers(0, len(samples) - 1))], samples))[:largest]
        return draw(changed_json(objects[draw(st.integers(0, len(objects) - 1))]))[:largest]

    return drawn()


def _is_object(sample: bytes) -> bool:
    try:
        return isinstance(json.loads(sample), dict)
    except ValueError:
        return False
