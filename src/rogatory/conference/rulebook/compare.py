"""Two rulebooks side by side, setting by setting; and what a recorded vote would have come to under each.

A vote is recorded with its count and with how many Parties there were, took part and were present: enough to ask both
rulebooks whether it could be taken, and whether it carried. What would have led to another vote (other motions, other
speakers) is not asked: nobody can know it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from rogatory.conference.counting.thresholds import NAMES, Base
from rogatory.conference.counting.votes import Count, Outcome, outcome
from rogatory.conference.rulebook import labels
from rogatory.conference.rulebook.model import Rulebook, Sure
from rogatory.law.words import Words

#: Settings that come from another rule than the first of their table.
RULE_OF: Mapping[str, str] = {
    "sessions.notice_days": "notice_rule",
    "sessions.agenda_days_regular": "agenda_rule",
    "sessions.agenda_days_special": "agenda_rule",
    "sessions.special_request": "special_rule",
    "credentials.examined_by": "check_rule",
    "credentials.provisional_seat": "seat_rule",
    "credentials.challenged_keeps_rights": "seat_rule",
    "credentials.vote_needs_acceptance": "seat_rule",
    "officers.presiding_votes": "presiding_rule",
    "speaking.statement_seconds": "times_rule",
    "speaking.reply_seconds": "times_rule",
    "speaking.replies": "times_rule",
    "speaking.motion_seconds": "times_rule",
    "speaking.explanation_seconds": "times_rule",
    "voting.counted": "counted_rule",
    "voting.sponsor_explains": "explanation_rule",
    "proposals.withdraw_if_amended": "withdrawal_rule",
    "proposals.division_speakers_for": "division_rule",
    "proposals.division_speakers_against": "division_rule",
    "proposals.operative_rejected_rejects_whole": "division_rule",
    "elections.factor": "several_rule",
    "elections.edge": "several_rule",
}
_SINGLE = ("sessions", "quorum", "credentials", "speaking", "voting", "proposals", "elections")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one rulebook says of a setting, under which rule, and how sure that is."""

    says: Words
    rule: Words
    sure: Sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One setting under both rulebooks; a side is missing where the rulebook does not know the setting."""

    topic: str
    where: str
    label: Words
    a: Side | None
    b: Side | None
    differs: bool


def compare(a: Rulebook, b: Rulebook, *, everything: bool = False) -> tuple[Row, ...]:
    """Every setting under *a* and under *b*, by topic: those that differ, or with *everything* all."""
    here = {(topic, where): (label, side) for topic, where, label, side in _settings(a)}
    there = {(topic, where): (label, side) for topic, where, label, side in _settings(b)}
    found = []
    for key in sorted({**here, **there}, key=_order({**here, **there})):
        label = (here.get(key) or there[key])[0]
        one, other = (side[key][1] if key in side else None for side in (here, there))
        differs = one is None or other is None or one.says != other.says
        if differs or everything:
            found.append(Row(topic=key[0], where=key[1], label=label, a=one, b=other, differs=differs))
    return tuple(found)


def _order(known: Mapping[tuple[str, str], object]) -> Any:
    topics = {topic: place for place, topic in enumerate(labels.TOPICS)}
    places = {key: place for place, key in enumerate(known)}
    return lambda key: (topics[key[0]], places[key])


def _settings(book: Rulebook) -> Iterator[tuple[str, str, Words, Side]]:
    """Topic, path, label and value of every setting of *book*."""
    yield "languages", "languages", *_said(book, "languages", book.languages, book.languages_rule)
    for name in _SINGLE:
        for path, label, side in _table(book, name, getattr(book, name)):
            yield name, path, label, side
    yield from _officers(book)
    groups = (
        ("participants", "participant", book.participants),
        ("motions", "motion", book.motions),
        ("majorities", "majority", book.majorities),
    )
    for topic, table, group in groups:
        for key, one in group.items():
            for path, label, side in _table(book, f"{table}.{key}", one):
                yield topic, path, _of(one.name, label), side
    for key, rule in book.rules.items():
        yield "rules", f"rule.{key}", rule.title, Side(says=rule.says, rule=rule.name, sure=rule.sure)


def _table(book: Rulebook, path: str, one: Any) -> Iterator[tuple[str, Words, Side]]:
    for field in fields(one):
        found = getattr(one, field.name)
        if field.name in ("id", "name", "rule", "groups", "posts") or field.name.endswith("_rule"):
            continue
        if field.name == "admission":
            for inner in fields(found):
                where = f"{path}.admission.{inner.name}"
                yield where, *_said(book, inner.name, getattr(found, inner.name), one.rule)
            continue
        if field.name == "subject" and path.startswith("majority."):
            continue
        if field.name == "subject" and found in book.majorities:
            found = book.majorities[found].name
        if field.name == "threshold" and one.consensus_only:
            found = labels.BY_CONSENSUS
        where = f"{path}.{field.name}"
        rule = getattr(one, RULE_OF.get(where, "rule"))
        name = "replies_number" if where == "speaking.replies" else field.name
        yield where, *_said(book, name, found, rule)


def _officers(book: Rulebook) -> Iterator[tuple[str, str, Words, Side]]:
    one = book.officers
    for name in ("groups", "per_group"):
        yield "officers", f"officers.{name}", *_said(book, name, getattr(one, name), one.rule)
    where = "officers.presiding_votes"
    yield "officers", where, *_said(book, "presiding_votes", one.presiding_votes, one.presiding_rule)
    for post in one.posts:
        for name in ("seats", "rotates"):
            label, side = _said(book, name, getattr(post, name), one.rule)
            yield "officers", f"officers.post.{post.id}.{name}", _of(post.name, label), side


def _said(book: Rulebook, field: str, found: object, rule: str) -> tuple[Words, Side]:
    named = book.rule(rule)
    return labels.label(field), Side(says=labels.value(field, found), rule=named.name, sure=named.sure)


def _of(name: Words, label: Words) -> Words:
    return Words(f"{name.en}: {label.en}", f"{name.fr} : {label.fr}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedVote:
    """A vote as it was taken: on what, how it was counted, and the numbers of the bases at that moment."""

    id: str
    what: Words
    subject: str
    count: Count
    bases: Mapping[Base, int]


class Verdict(StrEnum):
    """What a vote comes to under a rulebook."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no-quorum"
    NO_VOTE = "no-vote"  # the rulebook decides this by consensus alone, or sets no majority


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """What a vote comes to under one rulebook, why, and under which rule."""

    verdict: Verdict
    why: tuple[Words, ...]
    rule: Words
    sure: Sure
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One recorded vote under both rulebooks."""

    vote: RecordedVote
    a: Under
    b: Under
    differs: bool


def outcomes(votes: Iterable[RecordedVote], a: Rulebook, b: Rulebook) -> tuple[Replayed, ...]:
    """What each of *votes* comes to under *a* and under *b*."""
    found = []
    for vote in votes:
        one, other = under(a, vote), under(b, vote)
        found.append(Replayed(vote=vote, a=one, b=other, differs=one.verdict is not other.verdict))
    return tuple(found)


def under(book: Rulebook, vote: RecordedVote) -> Under:
    """What *vote* comes to under *book*."""
    majority = book.majorities.get(vote.subject)
    if majority is None:
        consensus = book.rule(book.voting.which_majority_rule)
        says = Words(f"No majority is set for {vote.subject}.", f"Aucune majorité n’est fixée pour {vote.subject}.")
        return Under(verdict=Verdict.NO_VOTE, why=(says,), rule=consensus.name, sure=consensus.sure)
    rule = book.rule(majority.rule)
    if majority.consensus_only:
        says = Words("Decided by consensus only: no vote is taken.", "Par consensus seulement : pas de vote.")
        return Under(verdict=Verdict.NO_VOTE, why=(says,), rule=rule.name, sure=rule.sure)
    decide, present = book.quorum.decide, vote.bases[Base.PRESENT]
    number = vote.bases[decide.of]
    if not decide.reached(present, number):
        quorum, name = book.rule(book.quorum.rule), NAMES[decide.of]
        needed = decide.needed(number)
        says = Words(
            f"Present {present}; to decide, {decide.words().en} is {needed} of {number} ({name.en}).",
            f"Présents {present} ; pour décider, {decide.words().fr} font {needed} sur {number} ({name.fr}).",
        )
        return Under(verdict=Verdict.NO_QUORUM, why=(says,), rule=quorum.name, sure=quorum.sure)
    found = outcome(vote.count, majority.threshold, counted=book.voting.counted, bases=vote.bases)
    verdict = Verdict.ADOPTED if found.adopted else Verdict.REJECTED
    return Under(verdict=verdict, why=found.arithmetic, rule=rule.name, sure=rule.sure, outcome=found)
