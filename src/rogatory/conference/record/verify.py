"""The check of a meeting's record, offline, by anybody: a numbered ladder over its lines.

    1 form        every line is an entry as spec/meeting-record.md describes it
    2 signatures  every entry is signed by the key that the first one names; compared with the State's card, if given
    3 chain       every entry has the next number and holds the digest of the one before; no submission stands twice
    4 times       no entry is earlier than the one before
    5 rules       the rulebook in the record allows every event; replaying them gives the meeting
    6 end         the session is closed; the last entry is the one that was announced, if the reader was told which

The lines are read one by one and only the names of submissions are kept, so a record may be as long as it likes. At
the first line that fails a step nothing after it is believed: the other steps say how far they came. A record that was
cut off after a whole line verifies as what it is; only the announced head shows that more was there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.state import Phase, State
from rogatory.conference.record import chain, words
from rogatory.conference.record.chain import BrokenRecord, Link, WrongRecordKey, WrongRecordTime
from rogatory.conference.record.entries import MAX_NUMBER, BadEntry, Entry
from rogatory.conference.record.summary import summary
from rogatory.errors import RogatoryError, Untrusted
from rogatory.kernel.times import stamp
from rogatory.law.words import Words
from rogatory.sealing.cards import Card

FORM, SIGNATURES, CHAIN, TIMES, RULES, END = range(1, 7)
#: Which step an error belongs to; every other is the rules' or the form's.
_STEPS: tuple[tuple[type[RogatoryError], int], ...] = (
    (WrongRecordKey, SIGNATURES),
    (WrongRecordTime, TIMES),
    (BrokenRecord, CHAIN),
    (BadEntry, FORM),
)


class Outcome(StrEnum):
    """How a step ended."""

    PASS = "pass"  # noqa: S105 - a word, not a secret
    FAIL = "fail"
    NOT_CHECKED = "not-checked"


class OtherHead(Untrusted):
    """The record does not end, and never stood, where it was announced to."""

    code = "record-other-head"
    remedy = "Compare the announced head once more; if it is right, this is another record or an earlier part of it."


class SignerNotOnCard(Untrusted):
    """The card does not say that this key was the authority's when the record was signed."""

    code = "record-signer-unknown"
    remedy = "Ask the State for its newest card, and whether the key was revoked."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One step of the ladder: how it ended, what was seen; the entry and the error where it failed."""

    number: int
    outcome: Outcome
    seen: tuple[Words, ...]
    entry: int = 0
    code: str = ""
    message: str = ""
    remedy: str = ""

    @property
    def title(self) -> Words:
        """What the step checks."""
        return words.TITLES[self.number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the ladder found; `state` is the meeting as far as the record is right."""

    findings: tuple[Finding, ...]
    link: Link | None
    state: State | None = field(repr=False)
    begun: datetime | None

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The steps that failed."""
        return tuple(one for one in self.findings if one.outcome is Outcome.FAIL)

    @property
    def closed(self) -> bool:
        """Whether the session is closed at the end of the record."""
        return self.state is not None and self.state.phase is Phase.CLOSED

    @property
    def exercise(self) -> bool:
        """Whether the record says that the meeting is an exercise."""
        return self.state is not None and self.state.facts.exercise

    @property
    def verdict(self) -> Words:
        """The outcome in a sentence."""
        if self.failures:
            steps = ", ".join(str(one.number) for one in self.failures)
            return words.FAILED.fill(steps=steps)
        if not self.closed:
            return words.OPEN
        left = any(one.outcome is Outcome.NOT_CHECKED for one in self.findings)
        return words.CLOSED if left else words.WHOLE

    def to_json(self, lang: str) -> dict[str, Any]:
        """The report as a JSON object, its sentences in *lang*; the summary of what did not verify is left out."""
        link, state = self.link, self.state
        told = link and {
            "meeting": link.meeting,
            "events": link.number,
            "head": link.digest,
            "begun": stamp(self.begun or link.at),
            "ended": stamp(link.at),
            "signer": link.signer.row(),
        }
        return {
            "verified": not self.failures,
            "verdict": self.verdict.get(lang),
            "closed": self.closed,
            "exercise": self.exercise,
            **(told or {}),
            "rungs": [_finding(one, lang) for one in self.findings],
            "summary": summary(state) if state is not None and not self.failures else None,
        }


def verify(lines: Iterable[bytes], *, card: Card | None = None, head: str = "") -> Verified:
    """What the ladder finds in *lines* (each with or without its line feed), failures included.

    *card* is the contact card of the State that signed, *head* the SHA-256 of the last entry as it was announced.
    """
    climb = _Climb(card, head)
    for line in lines:
        if not climb.take(line):
            break
    return climb.verified()


class _Climb:
    """One check, as far as it has come."""

    def __init__(self, card: Card | None, head: str) -> None:
        self._card, self._head = card, head.strip().lower()
        self._announced_at = 0
        self._number = 0
        self._submissions: set[str] = set()
        self._failed: tuple[int, RogatoryError] | None = None
        self.link: Link | None = None
        self.state: State | None = None
        self.begun: datetime | None = None

    def take(self, line: bytes) -> bool:
        """Whether the next line is right, so that the one after it may be looked at."""
        self._number += 1
        try:
            if self._number > MAX_NUMBER:
                raise BadEntry(f"a record has at most {MAX_NUMBER} entries")
            entry, link = self._linked(line.removesuffix(b"\n"))
            self._submit(entry)
        except RogatoryError as error:
            self._failed = _step_of(error, FORM), error
            return False
        try:
            self.state = engine.begin(entry.event) if self.state is None else engine.step(self.state, entry.event)
        except RogatoryError as error:
            self._failed = RULES, error
            return False
        self.link, self.begun = link, self.begun or link.at
        if link.digest == self._head:
            self._announced_at = link.number
        return True

    def _linked(self, line: bytes) -> tuple[Entry, Link]:
        return chain.begin(line) if self.link is None else chain.follow(self.link, line)

    def _submit(self, entry: Entry) -> None:
        if entry.once in self._submissions:
            raise BrokenRecord(f"the submission {entry.once} is recorded twice", where=f"entry {entry.number}")
        if entry.once:
            self._submissions.add(entry.once)

    def verified(self) -> Verified:
        """The whole ladder."""
        if self._number == 0:
            self._failed = FORM, BadEntry("the file is empty")
        findings = [self._finding(number) for number in (FORM, SIGNATURES, CHAIN, TIMES, RULES)]
        return Verified(findings=(*findings, self._end()), link=self.link, state=self.state, begun=self.begun)

    def _finding(self, number: int) -> Finding:
        done = self.link.number if self.link else 0
        if self._failed is not None:
            step, error = self._failed
            if step == number:
                return _failure(number, error, words.FAILS_AT.fill(entry=done + 1), entry=done + 1)
            return Finding(number=number, outcome=Outcome.NOT_CHECKED, seen=(words.AS_FAR.fill(count=done),))
        if number == SIGNATURES and self.link is not None:
            return self._signer(self.link)
        return Finding(number=number, outcome=Outcome.PASS, seen=(words.SEEN[number].fill(count=done),))

    def _signer(self, link: Link) -> Finding:
        by = link.signer
        seen = words.SIGNED.fill(count=link.number, authority=by.authority, kid=by.key.kid)
        if self._card is None:
            return Finding(number=SIGNATURES, outcome=Outcome.NOT_CHECKED, seen=(seen, words.NO_CARD))
        try:
            _compare(self._card, link, self.begun or link.at)
        except SignerNotOnCard as error:
            return _failure(SIGNATURES, error, seen)
        return Finding(number=SIGNATURES, outcome=Outcome.PASS, seen=(seen, words.ON_CARD))

    def _end(self) -> Finding:
        if self._failed is not None or self.link is None:
            return Finding(number=END, outcome=Outcome.NOT_CHECKED, seen=(words.END_UNKNOWN,))
        closed = self.state is not None and self.state.phase is Phase.CLOSED
        seen = (words.IS_CLOSED if closed else words.IS_OPEN).fill(count=self.link.number, head=self.link.digest)
        if not self._head:
            return Finding(number=END, outcome=Outcome.NOT_CHECKED, seen=(seen, words.NO_HEAD))
        if not self._announced_at:
            error = OtherHead(f"{self._head[:80]} is the digest of no entry")
            return _failure(END, error, seen)
        more = self.link.number - self._announced_at
        told = words.HEAD_GROWN.fill(entry=self._announced_at, more=more) if more else words.HEAD_SAME
        return Finding(number=END, outcome=Outcome.PASS, seen=(seen, told))


def _compare(card: Card, link: Link, begun: datetime) -> None:
    """Nothing, when *card* gives the signer's key for the whole time of the record; raises `SignerNotOnCard`."""
    for authority in card.authorities:
        for period in authority.signing:
            if authority.id != link.signer.authority or period.key != link.signer.key:
                continue
            if period.since > begun or (period.until is not None and begun >= period.until):
                raise SignerNotOnCard(f"the key was not in use at {stamp(begun)}, when the record was begun")
            if period.revoked is not None and link.at >= period.revoked:
                raise SignerNotOnCard(f"the key was revoked at {stamp(period.revoked)}")
            return
    raise SignerNotOnCard(f"the card of {card.state} knows no such key of {link.signer.authority}")


def _step_of(error: RogatoryError, otherwise: int) -> int:
    return next((step for kind, step in _STEPS if isinstance(error, kind)), otherwise)


def _failure(number: int, error: RogatoryError, seen: Words, *, entry: int = 0) -> Finding:
    cite = f" [{error.cite}]" if error.cite else ""
    return Finding(
        number=number,
        outcome=Outcome.FAIL,
        seen=(seen,),
        entry=entry,
        code=error.code,
        message=f"{error.message}{cite}",
        remedy=error.advice,
    )


def _finding(one: Finding, lang: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title.get(lang),
        "outcome": one.outcome.value,
        "seen": [seen.get(lang) for seen in one.seen],
        "entry": one.entry or None,
        "code": one.code or None,
        "message": one.message or None,
        "remedy": one.remedy or None,
    }
