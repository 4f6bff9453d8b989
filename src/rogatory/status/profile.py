"""All that is known of one State and one instrument on a day: standing, what it notified, what it still owes.

What is owed is read from the law: every provision of the kind `notice` says by whom, to whom and when. Whether a State
makes extradition depend on a treaty is for that State to say, so such a notice is owed *if*. A notification that no
clause asks for, and a reservation that no clause allows, is shown as just that, with the question it raises.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rogatory.law.model import Law, Provision
from rogatory.law.sentences import load_sentences
from rogatory.law.words import Answer, Words
from rogatory.status.engine import Status
from rogatory.status.model import Deposit, Standing

SENTENCES = ("rogatory.status", "profile-sentences.toml")
#: What a State says about a provision, as against what it does about the whole instrument.
SAYINGS = ("reservation", "declaration", "notification", "objection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A notice that is due: under which provision, to whom, when, whether for certain, and in a sentence why."""

    provision: str
    to: str
    when: str
    owed: Answer
    what: Words
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A reservation, declaration, notification or objection, with its provision's title and the question it raises."""

    action: str
    provision: str
    value: str
    on: date | None
    in_effect: Answer
    certainty: str
    source: str
    title: Words
    question: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One State's standing towards one instrument, its declarations and its debts to the depositary."""

    standing: Standing
    said: tuple[Said, ...]
    owed: tuple[Owed, ...]


def profile(status: Status, state: str, instrument: str, on: date) -> Profile:
    """What is known of *state* and *instrument* on that day; raises `UnknownState` or `UnknownInstrument`."""
    standing = status.standing(state, instrument, on)
    return Profile(
        standing=standing,
        said=tuple(_said(status, state, instrument, on)),
        owed=tuple(_owed(status, standing, on)),
    )


def _said(status: Status, state: str, instrument: str, on: date) -> Iterator[Said]:
    for deposit in status.deposits(instrument, state=state):
        if deposit.action not in SAYINGS or deposit.done_by(on) is Answer.NO:
            continue
        title, question = _raises(status.law, instrument, deposit)
        yield Said(
            action=deposit.action,
            provision=deposit.provision,
            value=deposit.value,
            on=deposit.on,
            in_effect=_in_effect(status, deposit, on),
            certainty=deposit.certainty,
            source=deposit.source,
            title=title,
            question=question,
        )


def _in_effect(status: Status, deposit: Deposit, on: date) -> Answer:
    """Whether what was said still stands: not after a withdrawal, and not after a later saying on the same point."""
    if deposit.action == "objection":
        return deposit.done_by(on)
    latest = status.declared(deposit.state, deposit.instrument, deposit.provision, on)
    return deposit.done_by(on) if latest == deposit else Answer.NO


def _raises(law: Law, instrument: str, deposit: Deposit) -> tuple[Words, Words]:
    """The title of what a saying is about, and the question that it raises, if any."""
    known = law.by_number[instrument]
    under = [one for number, one in known.items() if within(number, deposit.provision)]
    title = under[0].title if under else Words("", "")
    if deposit.action != "reservation" or any(_allows(one) for one in under):
        return title, Words("", "")
    return title, _say("no-clause-allows" if under else "no-such-provision", provision=deposit.provision)


def within(number: str, provision: str) -> bool:
    """Whether *number* is *provision* or stands under it: `42(5)` and `42(5)(a)`, but not `425`."""
    return number == provision or (number.startswith(provision) and number[len(provision) :].startswith("("))


def _allows(provision: Provision) -> bool:
    needs = any(ground.needs_reservation for ground in provision.grounds)
    return provision.kind == "reservation" or needs or any(one.by == "reservation" for one in provision.exclusions)


def _owed(status: Status, standing: Standing, on: date) -> Iterator[Owed]:
    if standing.deposit is None or standing.deposit.done_by(on) is Answer.NO:
        return
    organisation = status.state(standing.state).kind == "organisation"
    for provision in status.law.provisions(standing.instrument, kind="notice"):
        notice = provision.notice
        if notice is None or (notice.by == "regional-organisation" and not organisation):
            continue
        if status.declared(standing.state, standing.instrument, provision.number, on) is not None:
            continue
        certain = Answer.UNKNOWN if notice.by == "treaty-dependent-party" or notice.when in _LATER else Answer.YES
        yield Owed(
            provision=provision.number,
            to=notice.to,
            when=notice.when,
            owed=certain,
            what=provision.what,
            because=_say(f"owed-{notice.by}", when=_say(f"when-{notice.when}")),
        )


_LATER = ("on-change", "as-required")


def _say(name: str, **values: object) -> Words:
    return load_sentences(*SENTENCES).say(name, **values)
