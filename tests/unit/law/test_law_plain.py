"""Values of the core as JSON carries them."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from rogatory.law.loader import load_law
from rogatory.law.plain import plain
from rogatory.law.words import Answer, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    words: Words
    days: tuple[date, ...]
    share: Decimal
    hidden: str = field(default="secret", repr=False)


def test_values_of_the_core_become_what_json_can_carry() -> None:
    value = _Sample(words=Words("a", "b"), days=(date(2026, 1, 2),), share=Decimal("5.50"))
    assert plain(value) == {"words": {"en": "a", "fr": "b"}, "days": ["2026-01-02"], "share": "5.50"}
    assert plain({Answer.YES: frozenset({"b", "a"})}) == {"yes": ["a", "b"]}
    assert plain(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000Z"
    assert plain(value, without=frozenset({"words", "days"})) == {"share": "5.50"}


def test_every_instrument_and_provision_can_be_written_as_json() -> None:
    law = load_law()
    for name, instrument in law.instruments.items():
        assert json.loads(json.dumps(plain(instrument)))["id"] == name
        assert len(json.loads(json.dumps(plain(law.provisions(name))))) == len(law.by_number[name])
