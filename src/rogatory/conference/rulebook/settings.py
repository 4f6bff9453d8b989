"""The settings of a rulebook, table by table, each of the type that the model wants.

What stands under a name (`[motion.close-debate]`) is read with that name as its `id`. Truth values of the singular
tables must be written out, so that nothing is false by having been forgotten; those of participants and motions are
false when absent.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from rogatory.conference.counting.thresholds import BadShare, Base, Threshold, share
from rogatory.conference.counting.votes import Choice
from rogatory.conference.rulebook.model import (
    CATEGORIES,
    Admission,
    Credentials,
    Effect,
    ElectionRules,
    Majority,
    Motion,
    Officers,
    Option,
    ParticipantKind,
    Post,
    Proposals,
    Quorum,
    Rule,
    Rulebook,
    Sessions,
    Speaking,
    Speaks,
    Sure,
    Voting,
)
from rogatory.law.tables import Table

MAX_NAMED = 300
MAX_NUMBER = 100_000
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
STANDINGS = ("adopted", "draft")
HOW = ("of-right", "written-notice", "standing-invitation", "application", "listed-application", "not-admitted")
DECIDED_BY = ("nobody", "bureau", "conference")
OBJECTIONS = ("none", "refers-to-conference", "excludes")
SIGNATORIES = ("head-of-state", "head-of-government", "foreign-minister", "competent-authority")
METHODS = ("show-of-hands", "roll-call", "recorded", "secret")
#: What stands as the threshold where nothing is ever put to a vote.
EVERYBODY = Threshold(share=Fraction(1), strict=False, of=Base.PRESENT)
BALLOTS = ("unrestricted", "restricted")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_Named = TypeVar("_Named")


def rulebook(table: Table, options: tuple[Option, ...], chosen: Mapping[str, str]) -> Rulebook:
    """The rulebook whose choices are already in *table*; raises `BadLawFile` with the line of what is not right."""
    found = Rulebook(
        id=_id(table, table.text("id"), "id"),
        name=table.words("name"),
        body=table.words("body"),
        instrument=table.text("instrument"),
        standing=table.text("standing", one_of=STANDINGS),
        as_of=table.day("as_of"),
        languages=_each_of(table, "languages", LANGUAGES),
        languages_rule=table.text("languages_rule"),
        precedence_rule=table.text("precedence_rule"),
        rules=_named(table, "rule", _rule),
        participants=_named(table, "participant", _participant),
        sessions=_one(table, "sessions", _sessions),
        quorum=_one(table, "quorum", _quorum),
        credentials=_one(table, "credentials", _credentials),
        officers=_one(table, "officers", _officers),
        speaking=_one(table, "speaking", _speaking),
        motions=_named(table, "motion", _motion),
        majorities=_named(table, "majority", _majority),
        voting=_one(table, "voting", _voting),
        proposals=_one(table, "proposals", _proposals),
        elections=_one(table, "elections", _elections),
        options=options,
        chosen=chosen,
    )
    table.end()
    return found


def _id(table: Table, text: str, key: str) -> str:
    if len(text) > 60 or not _ID.fullmatch(text):
        raise table.fail(f"{text!r} is not a name of small letters, digits and hyphens, at most 60", key)
    return text


def _one(table: Table, key: str, read: Callable[[Table], _Named]) -> _Named:
    inner = table.table(key)
    inner.anchor = f"[{key}]"
    found = read(inner)
    inner.end()
    return found


def _named(table: Table, key: str, read: Callable[[str, Table], _Named]) -> Mapping[str, _Named]:
    return MappingProxyType({name: read(name, inner) for name, inner in _named_tables(table, key)})


def _named_tables(table: Table, key: str) -> Iterator[tuple[str, Table]]:
    outer = table.table(key)
    names = outer.names()
    if not 1 <= len(names) <= MAX_NAMED:
        raise table.fail(f"{len(names)} tables under {key}: there must be 1 to {MAX_NAMED}", key)
    for name in names:
        inner = outer.table(_id(outer, name, name))
        inner.anchor = f"[{inner.path.rstrip('.')}]"
        yield name, inner
        inner.end()


def _each_of(table: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found = table.texts(key)
    for one in found:
        if one not in known:
            raise table.fail(f"{table.path}{key} {one!r} must be one of {', '.join(known)}", key)
    return found


def _number(table: Table, key: str, default: int | None = None) -> int:
    found = table.number(key, default)
    if found > MAX_NUMBER:
        raise table.fail(f"{table.path}{key} {found} is more than {MAX_NUMBER}", key)
    return found


def _flag(table: Table, key: str) -> bool:
    if not table.has(key):
        raise table.fail(f"{table.path}{key} is missing: write true or false")
    return table.flag(key)


def _threshold(table: Table, key: str) -> Threshold:
    inner = table.table(key)
    try:
        part = share(inner.text("share"))
    except BadShare as error:
        raise table.fail(f"{inner.path}share: {error.message}", key) from error
    found = Threshold(share=part, strict=inner.flag("more_than"), of=Base(inner.text("of", one_of=tuple(Base))))
    inner.end()
    return found


def _rule(id: str, table: Table) -> Rule:
    return Rule(
        id=id,
        number=table.text("number", ""),
        number_sure=table.flag("number_sure"),
        title=table.words("title"),
        says=table.words("says"),
        source=table.words_or_text("source"),
        sure=Sure(table.text("sure", one_of=tuple(Sure))),
        provisions=table.texts("provisions"),
        for_people=table.flag("for_people"),
    )


def _participant(id: str, table: Table) -> ParticipantKind:
    inner = table.table("admission")
    admission = Admission(
        how=inner.text("how", one_of=HOW),
        decided_by=inner.text("decided_by", one_of=DECIDED_BY),
        days_before=_number(inner, "days_before", 0),
        objection=inner.text("objection", "none", one_of=OBJECTIONS),
        reasons_owed=inner.flag("reasons_owed"),
    )
    inner.end()
    return ParticipantKind(
        id=id,
        name=table.words("name"),
        rule=table.text("rule"),
        votes=table.flag("votes"),
        speaks=Speaks(table.text("speaks", one_of=tuple(Speaks))),
        proposes=table.flag("proposes"),
        replies=table.flag("replies"),
        private_meetings=table.flag("private_meetings"),
        credentials=table.flag("credentials"),
        admission=admission,
        covers=_each_of(table, "covers", CATEGORIES),
        documents=table.flag("documents"),
        subsidiary_bodies=table.flag("subsidiary_bodies"),
    )


def _sessions(table: Table) -> Sessions:
    return Sessions(
        years_between=_number(table, "years_between"),
        notice_days=_number(table, "notice_days"),
        agenda_days_regular=_number(table, "agenda_days_regular"),
        agenda_days_special=_number(table, "agenda_days_special"),
        special_request=_threshold(table, "special_request") if table.has("special_request") else None,
        rule=table.text("rule"),
        notice_rule=table.text("notice_rule"),
        agenda_rule=table.text("agenda_rule"),
        adoption_rule=table.text("adoption_rule"),
        special_rule=table.text("special_rule"),
    )


def _quorum(table: Table) -> Quorum:
    return Quorum(open=_threshold(table, "open"), decide=_threshold(table, "decide"), rule=table.text("rule"))


def _credentials(table: Table) -> Credentials:
    return Credentials(
        hours_before=_number(table, "hours_before"),
        signed_by=_each_of(table, "signed_by", SIGNATORIES),
        examined_by=table.text("examined_by", one_of=("bureau", "committee")),
        provisional_seat=_flag(table, "provisional_seat"),
        challenged_keeps_rights=_flag(table, "challenged_keeps_rights"),
        vote_needs_acceptance=_flag(table, "vote_needs_acceptance"),
        rule=table.text("rule"),
        seat_rule=table.text("seat_rule"),
        check_rule=table.text("check_rule"),
    )


def _officers(table: Table) -> Officers:
    return Officers(
        posts=tuple(_named(table, "post", _post).values()),
        groups=table.texts("groups"),
        per_group=_number(table, "per_group"),
        presiding_votes=_flag(table, "presiding_votes"),
        rule=table.text("rule"),
        presiding_rule=table.text("presiding_rule"),
    )


def _post(id: str, table: Table) -> Post:
    return Post(id=id, name=table.words("name"), seats=_number(table, "seats"), rotates=table.flag("rotates"))


def _speaking(table: Table) -> Speaking:
    return Speaking(
        statement_seconds=_number(table, "statement_seconds"),
        reply_seconds=_number(table, "reply_seconds"),
        replies=_number(table, "replies"),
        motion_seconds=_number(table, "motion_seconds"),
        explanation_seconds=_number(table, "explanation_seconds"),
        rule=table.text("rule"),
        times_rule=table.text("times_rule"),
        reply_rule=table.text("reply_rule"),
        point_rule=table.text("point_rule"),
        list_rule=table.text("list_rule"),
    )


def _motion(id: str, table: Table) -> Motion:
    return Motion(
        id=id,
        name=table.words("name"),
        effect=Effect(table.text("effect", one_of=tuple(Effect))),
        precedence=_number(table, "precedence", 0),
        mover_speaks=table.flag("mover_speaks"),
        speakers_for=_number(table, "speakers_for", 0),
        speakers_against=_number(table, "speakers_against", 0),
        subject=table.text("subject"),
        during_debate=table.flag("during_debate"),
        during_voting=table.flag("during_voting"),
        notice_hours=_number(table, "notice_hours", 0),
        rule=table.text("rule"),
    )


def _majority(id: str, table: Table) -> Majority:
    consensus_only = table.flag("consensus_only")
    threshold = EVERYBODY if consensus_only and not table.has("threshold") else _threshold(table, "threshold")
    return Majority(
        subject=id,
        name=table.words("name"),
        threshold=threshold,
        after_consensus=table.flag("after_consensus"),
        consensus_only=consensus_only,
        parties_needed=_number(table, "parties_needed", 0),
        rule=table.text("rule"),
    )


def _voting(table: Table) -> Voting:
    return Voting(
        methods=_each_of(table, "methods", METHODS),
        default=table.text("default", one_of=METHODS),
        on_request=table.text("on_request", one_of=METHODS),
        roll_call_start=table.text("roll_call_start", one_of=("lot", "first")),
        counted=frozenset(Choice(one) for one in _each_of(table, "counted", tuple(Choice))),
        change_until_close=_flag(table, "change_until_close"),
        sponsor_explains=_flag(table, "sponsor_explains"),
        rule=table.text("rule"),
        rights_rule=table.text("rights_rule"),
        organisation_rule=table.text("organisation_rule"),
        counted_rule=table.text("counted_rule"),
        conduct_rule=table.text("conduct_rule"),
        explanation_rule=table.text("explanation_rule"),
        tie_rule=table.text("tie_rule"),
        which_majority_rule=table.text("which_majority_rule"),
        consensus_rule=table.text("consensus_rule"),
    )


def _proposals(table: Table) -> Proposals:
    return Proposals(
        hours_before=_number(table, "hours_before"),
        may_waive_for_amendments=_flag(table, "may_waive_for_amendments"),
        withdraw_if_amended=_flag(table, "withdraw_if_amended"),
        division_speakers_for=_number(table, "division_speakers_for"),
        division_speakers_against=_number(table, "division_speakers_against"),
        operative_rejected_rejects_whole=_flag(table, "operative_rejected_rejects_whole"),
        rule=table.text("rule"),
        withdrawal_rule=table.text("withdrawal_rule"),
        amendments_rule=table.text("amendments_rule"),
        order_rule=table.text("order_rule"),
        division_rule=table.text("division_rule"),
        reconsideration_rule=table.text("reconsideration_rule"),
    )


def _elections(table: Table) -> ElectionRules:
    return ElectionRules(
        secret=_flag(table, "secret"),
        acclamation=_flag(table, "acclamation"),
        majority=_threshold(table, "majority"),
        finalists=_number(table, "finalists"),
        factor=_number(table, "factor"),
        pattern=tuple(_ballots(one) for one in table.tables("pattern")),
        tie=table.text("tie", one_of=("lot", "ballot")),
        edge=table.text("edge", one_of=("keep", "lot")),
        rule=table.text("rule"),
        several_rule=table.text("several_rule"),
    )


def _ballots(table: Table) -> tuple[str, int]:
    found = (table.text("ballots", one_of=BALLOTS), _number(table, "times"))
    table.end()
    return found
