"""Deadlines of a session: what is due, when, when it was done, and under which rule. A view of the state, enforcing
nothing: what comes late has come all the same.

Days before the opening are counted back from the beginning of the opening day, in UTC. An application is listed, and
objected to, within the days that the rules give; a proposal or a motion may be decided once its time has run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from rogatory.conference.meeting.observers import objections_until
from rogatory.conference.meeting.state import Place, Standing, State
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One thing that is due at a time, by the end of it, and done or not.

    `target` is the participant, proposal, motion or document concerned; empty for the session. `waits` marks a time
    that must pass before a decision, not one by which something must be done.
    """

    what: Words
    due: datetime
    rule: str
    target: str = ""
    done: datetime | None = None
    waits: bool = False

    def late(self, at: datetime) -> bool:
        """Whether it was done after its time, or is not done and its time has passed at *at*."""
        return not self.waits and (self.done or at) > self.due


def deadlines(state: State) -> tuple[Deadline, ...]:
    """All of them, the earliest first."""
    found = (*_session(state), *_documents(state), *_credentials(state), *_observers(state), *_decisions(state))
    return tuple(sorted(found, key=lambda one: (one.due, one.target, one.what.en)))


def opening(state: State) -> datetime:
    """The moment from which days before the opening are counted back."""
    return datetime.combine(state.facts.opens, time(), UTC)


def _session(state: State) -> Iterator[Deadline]:
    rules = state.book.sessions
    yield Deadline(
        what=Words("Notification of the session", "Notification de la session"),
        due=opening(state) - timedelta(days=rules.notice_days),
        rule=rules.notice_rule,
        done=state.notified_at,
    )
    yield Deadline(
        what=Words("Circulation of the provisional agenda", "Communication de l'ordre du jour provisoire"),
        due=_agenda(state),
        rule=rules.agenda_rule,
        done=state.agenda_circulated_at,
    )


def _agenda(state: State) -> datetime:
    rules = state.book.sessions
    days = rules.agenda_days_special if state.facts.kind == "special" else rules.agenda_days_regular
    return opening(state) - timedelta(days=days)


def _documents(state: State) -> Iterator[Deadline]:
    """Those of an item come with the agenda, in all the languages."""
    rule = state.book.languages_rule or state.book.sessions.agenda_rule
    for one in state.documents.values():
        if one.item:
            whole = set(one.languages) >= set(state.book.languages)
            yield Deadline(
                what=Words(f"{one.symbol} in all the languages", f"{one.symbol} dans toutes les langues"),
                due=_agenda(state),
                rule=rule,
                target=one.symbol,
                done=one.at if whole else None,
            )


def _credentials(state: State) -> Iterator[Deadline]:
    rules = state.book.credentials
    for code, one in sorted(state.seats.items()):
        if state.kind(code).credentials and one.place is Place.SEATED:
            given = one.credentials_at if one.credentials is not Standing.NONE else None
            yield Deadline(
                what=Words(f"Credentials of {one.name.en}", f"Pouvoirs : {one.name.fr}"),
                due=opening(state) - timedelta(hours=rules.hours_before),
                rule=rules.rule,
                target=code,
                done=given,
            )


def _observers(state: State) -> Iterator[Deadline]:
    for code, one in sorted(state.seats.items()):
        kind = state.kind(code)
        if kind.admission.how != "listed-application":
            continue
        yield Deadline(
            what=Words(f"List with {one.name.en} circulated", f"Liste avec {one.name.fr} distribuée"),
            due=opening(state) - timedelta(days=kind.admission.days_before),
            rule=kind.rule,
            target=code,
            done=one.listed_at,
        )
        until = objections_until(state, one)
        if until is not None:
            yield Deadline(
                what=Words(f"Objections to {one.name.en}", f"Objections : {one.name.fr}"),
                due=until,
                rule=kind.rule,
                target=code,
                waits=True,
            )


def _decisions(state: State) -> Iterator[Deadline]:
    rules = state.book.proposals
    for one in state.proposals.values():
        if one.status == "open" and one.circulated_at is not None:
            yield Deadline(
                what=Words(f"{one.id} may be decided", f"{one.id} peut être tranché"),
                due=one.circulated_at + timedelta(hours=rules.hours_before),
                rule=rules.rule,
                target=one.id,
                waits=True,
            )
    for motion in state.floor.notices:
        if motion.due is not None:
            name = state.book.motions[motion.motion].name
            yield Deadline(
                what=Words(f"{name.en}: may be taken up", f"{name.fr} : peut être examinée"),
                due=motion.due,
                rule=state.book.motions[motion.motion].rule,
                target=motion.id,
                waits=True,
            )
