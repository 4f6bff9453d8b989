"""A record proves itself line by line, and every way to change one is seen and named."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.meetings import Table, choices, first, ready
from tests.support.recorded_meeting import KEY, SIGNER, signed

from rogatory.cli.conference.verifying import ladder
from rogatory.conference.meeting.events import Event
from rogatory.conference.record import chain, entries
from rogatory.conference.record.summary import summary
from rogatory.conference.record.verify import END, Outcome, Verified, verify
from rogatory.errors import RogatoryError
from rogatory.kernel import canonical, digests
from rogatory.sealing import cards, jws
from rogatory.sealing.cards import Card, CardAuthority, CardLedger, SigningPeriod
from rogatory.sealing.keys import SigningKey

OTHER = SigningKey.from_seed(bytes(32))


def voted() -> Table:
    """Nine Parties have rejected P1 by a recorded vote."""
    table = ready()
    table.vote(choices(4, 4, 1), about="proposal", target="P1")
    return table


TABLE = voted()
EVENTS = [first(), *TABLE.events]
LINES = signed(EVENTS, meeting="COP-1")
HEAD = digests.sha256(LINES[-1])


def failed(found: Verified) -> tuple[int, str, int]:
    """The step that failed, its code, and the entry."""
    (one,) = found.failures
    return one.number, one.code, one.entry


def remade(line: bytes, key: SigningKey = KEY, **changes: Any) -> bytes:
    """*line* with *changes* of its payload, signed again."""
    return jws.sign({**jws.read(line, typ=entries.TYPE).payload, **changes}, key=key, typ=entries.TYPE)


def test_a_record_verifies_and_gives_the_same_meeting() -> None:
    found = verify(LINES)
    assert not found.failures
    assert found.state == TABLE.state
    assert found.link is not None
    assert (found.link.number, found.link.digest) == (len(LINES), HEAD)
    assert [one.outcome for one in found.findings].count(Outcome.NOT_CHECKED) == 2  # whose key, and which head


def test_lines_may_end_with_a_line_feed() -> None:
    assert verify([line + b"\n" for line in LINES]).state == TABLE.state


def test_an_unfinished_record_says_so_and_asks_for_the_head() -> None:
    found = verify(LINES[:20])
    assert not found.failures
    assert not found.closed
    assert "not closed" in found.verdict.en
    assert "n’est pas close" in found.verdict.fr


def test_the_record_of_an_exercise_says_that_it_is_one() -> None:
    made = first()
    events = [Event(kind=made.kind, by=made.by, at=made.at, body={**made.body, "exercise": True}), *TABLE.events[:5]]
    found = verify(signed(events, meeting="COP-1"))
    told = found.to_json("en")
    assert (found.exercise, told["exercise"], told["summary"]["exercise"]) == (True, True, True)
    assert any(line.startswith("EXERCICE") for line in ladder(found, "fr"))
    assert not verify(LINES).exercise
    assert not any(line.startswith("EXERCISE") for line in ladder(verify(LINES), "en"))


def test_a_record_that_was_cut_off_fails_against_the_announced_head() -> None:
    assert not verify(LINES, head=HEAD).failures
    assert failed(verify(LINES[:-1], head=HEAD)) == (END, "record-other-head", 0)


def test_a_record_that_has_grown_since_its_head_was_announced_says_by_how_much() -> None:
    found = verify(LINES, head=digests.sha256(LINES[-4]))
    assert not found.failures
    assert "3 entries have come since" in found.findings[-1].seen[1].en


CHANGES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], tuple[int, str, int]]] = {
    "nothing": (lambda _: [], (1, "bad-record-entry", 1)),
    "a line without sense": (lambda lines: [*lines[:5], b"garbage", *lines[5:]], (1, "bad-record-entry", 6)),
    "an empty line": (lambda lines: [*lines[:5], b"", *lines[5:]], (1, "bad-record-entry", 6)),
    "a line cut in the middle": (lambda lines: [*lines[:-1], lines[-1][:-9]], (1, "bad-record-entry", len(LINES))),
    "an entry left out": (lambda lines: lines[:7] + lines[8:], (3, "record-chain-broken", 8)),
    "an entry twice": (lambda lines: [*lines[:7], lines[6], *lines[7:]], (3, "record-chain-broken", 8)),
    "two entries exchanged": (lambda lines: [*lines[:6], lines[7], lines[6]], (3, "record-chain-broken", 7)),
    "the beginning left out": (lambda lines: lines[1:], (1, "bad-record-entry", 1)),
    "another key": (lambda lines: [*lines[:6], remade(lines[6], OTHER)], (2, "record-signature", 7)),
    "another body under the old signature": (
        lambda lines: [*lines[:6], lines[6].rsplit(b".", 1)[0] + b"." + lines[5].rsplit(b".", 1)[1]],
        (2, "record-signature", 7),
    ),
    "another meeting": (lambda lines: [*lines[:6], remade(lines[6], meeting="COP-2")], (3, "record-chain-broken", 7)),
    "an earlier time": (
        lambda lines: [*lines[:6], remade(lines[6], at="2001-01-01T00:00:00.000Z")],
        (4, "record-time", 7),
    ),
    "a member that is not known": (
        lambda lines: [*lines[:6], remade(lines[6], note="hello")],
        (1, "bad-record-entry", 7),
    ),
    "a role that there is not": (
        lambda lines: [*lines[:6], remade(lines[6], by={"role": "king", "of": "S00"})],
        (1, "bad-record-entry", 7),
    ),
    "an unknown format": (lambda lines: [remade(lines[0], format=2)], (1, "bad-record-entry", 1)),
    "an event that the rules refuse": (
        lambda lines: [
            *lines[:-1],
            remade(lines[-1], kind="vote-cast", by={"role": "delegation", "of": "SIGN"}, body={"vote": "V1"}),
        ],
        (5, "bad-conference-event", len(LINES)),
    ),
    "a kind that there is not": (
        lambda lines: [*lines[:-1], remade(lines[-1], kind="vote-stolen")],
        (5, "bad-conference-event", len(LINES)),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_is_found_at_its_step_and_entry(what: str) -> None:
    change, expected = CHANGES[what]
    found = verify(change(list(LINES)))
    assert failed(found) == expected
    assert found.to_json("fr")["summary"] is None
    assert "NON VÉRIFIÉ" in found.verdict.fr


def test_a_submission_that_is_recorded_twice_is_found() -> None:
    lines, previous = list(LINES[:10]), digests.sha256(LINES[9])
    for number in (11, 12, 13):
        lines.append(remade(LINES[number - 1], previous=previous, once="tab-1" if number != 12 else "tab-2"))
        previous = digests.sha256(lines[-1])
    assert not verify(lines[:12]).failures
    assert failed(verify(lines)) == (3, "record-chain-broken", 13)


def test_a_vote_changed_by_whoever_holds_the_key_breaks_the_chain_after_it() -> None:
    place = next(at for at, event in enumerate(EVENTS) if event.kind == "vote-cast")
    changed = remade(LINES[place], body={"vote": EVENTS[place].body["vote"], "choice": "abstain"})
    assert failed(verify([*LINES[:place], changed, *LINES[place + 1 :]])) == (3, "record-chain-broken", place + 2)


@given(st.integers(0, len(LINES) - 1), st.data())
def test_any_single_byte_that_is_changed_is_found(place: int, data: st.DataObject) -> None:
    line = LINES[place]
    at = data.draw(st.integers(0, len(line) - 1))
    other = bytes([data.draw(st.integers(0, 255).filter(lambda value: value != line[at]))])
    changed = line[:at] + other + line[at + 1 :]
    # The lines before are right: what is asked is whether the changed one, or the one after it, is refused.
    link = LINKS[place - 1] if place else None
    with pytest.raises(RogatoryError):
        _, after = chain.follow(link, changed) if link else chain.begin(changed)
        chain.follow(after, LINES[place + 1])


def links() -> list[chain.Link]:
    found = [chain.begin(LINES[0])[1]]
    for line in LINES[1:]:
        found.append(chain.follow(found[-1], line)[1])
    return found


LINKS = links()


def card(*, since_days: int, until_days: int | None = None, revoked_days: int | None = None, key: Any = KEY) -> Card:
    """The card of the State that signs, its key used since so many days before the record was begun."""
    begun = EVENTS[0].at
    days = [None if one is None else begun + timedelta(days=one) for one in (until_days, revoked_days)]
    period = SigningPeriod(key=key.public, since=begun - timedelta(days=since_days), until=days[0], revoked=days[1])
    authority = CardAuthority(
        id=SIGNER.authority,
        name={"en": "Secretariat"},
        functions=("57",),
        languages=("en",),
        signing=(period,),
        encryption=(),
    )
    data = cards.make_card(
        identity=OTHER,
        state=SIGNER.state,
        serial=1,
        issued=begun,
        exercise=True,
        address="https://oak.example",
        authorities=[authority],
        ledger=CardLedger(origin="oak.example/ledger", key="oak.example/ledger+0+key"),
    )
    return cards.read_card(data)


def test_the_card_of_the_state_says_whose_key_it_is() -> None:
    assert [one.outcome for one in verify(LINES, card=card(since_days=1), head=HEAD).findings] == [Outcome.PASS] * 6


def test_a_key_that_the_authority_has_replaced_since_is_still_the_one_of_the_record() -> None:
    assert not verify(LINES, card=card(since_days=1, until_days=1)).failures


@pytest.mark.parametrize(
    "given",
    [
        {"since_days": -1},
        {"since_days": 9, "until_days": -1},
        {"since_days": 9, "revoked_days": 1},
        {"since_days": 9, "key": OTHER},
    ],
    ids=["not yet", "no more", "revoked", "another"],
)
def test_a_key_that_the_card_does_not_give_for_that_time_fails(given: dict[str, Any]) -> None:
    assert failed(verify(LINES, card=card(**given))) == (2, "record-signer-unknown", 0)


@pytest.mark.parametrize(
    "row",
    [
        None,
        {},
        {**SIGNER.row(), "kid": OTHER.kid},
        {**SIGNER.row(), "state": "XAL"},
        {**SIGNER.row(), "x": "A" * 43},
        {**SIGNER.row(), "more": "x"},
    ],
)
def test_a_first_entry_without_a_sound_signer_begins_no_record(row: Any) -> None:
    body = {**jws.read(LINES[0], typ=entries.TYPE).payload["body"], "signer": row}
    assert failed(verify([remade(LINES[0], body=body)]))[:2] == (1, "bad-record-entry")


def test_the_summary_is_plain_json_and_the_same_each_time() -> None:
    told = summary(TABLE.state)
    found = verify(LINES)
    assert found.state is not None
    assert canonical.dumps(summary(found.state)) == canonical.dumps(told)
    assert json.loads(json.dumps(told)) == told
    (vote,) = told["votes"]
    assert vote["by_state"] == {f"S{at:02}": said for at, said in enumerate(["yes"] * 4 + ["no"] * 4 + ["abstain"])}
    assert (vote["adopted"], told["quorum"]["present"]) == (False, 9)
    assert told["decisions"][-1]["rule"]["name"]["fr"]


def test_a_body_is_kept_as_the_record_will_give_it_back() -> None:
    assert entries.plain_body({"a": (1, 2)}) == {"a": [1, 2]}
    for bad in ({"a": 1.5}, {"a": object()}, {"a": "x" * entries.MAX_ENTRY}):
        with pytest.raises(RogatoryError):
            entries.plain_body(bad)


def test_an_entry_says_who_entered_it_and_under_which_name_it_was_sent() -> None:
    event = replace(EVENTS[1], body={})
    made = entries.write(
        event, meeting="COP-1", number=2, previous=digests.sha256(LINES[0]), key=KEY, entered_by="ha", once="press-1"
    )
    read, _ = entries.read(made.line, number=2)
    assert (read.entered_by, read.once, read.event, read.digest) == ("ha", "press-1", event, made.digest)


def test_an_entry_that_is_larger_than_an_entry_may_be_is_refused_unread() -> None:
    event = Event(kind="session-notified", by=EVENTS[1].by, at=EVENTS[1].at, body={"text": "x" * entries.MAX_ENTRY})
    made = entries.write(event, meeting="COP-1", number=2, previous=digests.sha256(LINES[0]), key=KEY)
    with pytest.raises(entries.BadEntry):
        chain.follow(LINKS[0], made.line)
