"""Every parser that sees bytes from outside ends well or refuses with a code, whatever it is given."""

import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.fuzz import seeds
from tests.fuzz.mutations import inputs
from tests.fuzz.targets import TARGETS

#: Seconds of processor time for one input, and bytes of memory: an order of magnitude above what any parser needs.
SECONDS, BYTES = 5.0, 64 * 1024 * 1024
EXAMPLES = 40

#: Inputs that cost their writer little and a careless reader much.
BOMBS = (
    b"[" * 200_000,
    b'{"a":' * 50_000,
    b'"' + b"\\u0041" * 100_000 + b'"',
    b"9" * 300_000,
    b"1e" + b"9" * 1000,
    b"\n" * 300_000,
    b"-> X25519 " + b"A" * 300_000,
    b"age-encryption.org/v1\n" + b"-> a b\n\n" * 40_000,
    b"age1" + b"q" * 300_000,
    b"." * 300_000,
    "— a b\n".encode() * 40_000,
    b"PK\5\6" * 70_000,
    b"\x30\x84\x7f\xff\xff\xff" * 10_000,
    b"\0" * 300_000,
    b"0" * 512 + b"9" * 100_000,
)


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_of_foreign_bytes_reads_them_or_refuses_them_with_a_code(name: str) -> None:
    target = TARGETS[name]
    samples = target.samples()
    assert samples, "a target without samples is not fuzzed"

    strategy = inputs(samples, target.largest)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        given_bytes = data.draw(strategy)
        begun = time.process_time()
        target.judge(given_bytes)
        assert time.process_time() - begun < SECONDS

    holds()


@pytest.mark.parametrize("name", TARGETS)
def test_a_sample_reaches_its_parser(name: str) -> None:
    target = TARGETS[name]
    assert len({target.judge(sample) for sample in target.samples()}) >= 1
    assert any(target.judge(sample) not in {"bad-json", "bad-jws"} for sample in target.samples())


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_cheap_to_write_is_cheap_to_refuse(name: str) -> None:
    target = TARGETS[name]
    target.judge(BOMBS[0])  # what is made once is not counted
    tracemalloc.start()
    try:
        for bomb in BOMBS:
            begun = time.process_time()
            target.judge(bomb)
            assert time.process_time() - begun < SECONDS, bomb[:20]
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", [name for name in TARGETS if seeds.kept(name)])
def test_what_once_broke_a_parser_is_refused_with_a_code_now(name: str) -> None:
    for data in seeds.kept(name):
        TARGETS[name].judge(data)
