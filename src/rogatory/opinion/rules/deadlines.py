"""Which periods run, from when, until when. How long they are is read from the provision, as of the day they began."""

from collections.abc import Iterator
from datetime import timedelta

from rogatory.law.model import Deadline, Provision
from rogatory.law.words import Answer
from rogatory.opinion.case import Case, fixed, say
from rogatory.opinion.findings import DeadlineFinding


def deadlines(case: Case) -> Iterator[DeadlineFinding]:
    """Every period of the measure that applies, or may; its end is known once the event that starts it has a day."""
    for provision in (item for item in case.plan.periods if case.applies(item) is not Answer.NO):
        for deadline in provision.deadlines:
            yield _deadline(case, provision, deadline)


def _deadline(case: Case, provision: Provision, deadline: Deadline) -> DeadlineFinding:
    started = case.facts.events.get(deadline.starts_on)
    days = None
    if deadline.counted_in:
        source = case.provision(deadline.value_of) if deadline.value_of else provision
        days = source.value(deadline.counted_in, on=started or case.facts.on)
    due = started + timedelta(days=days) if started is not None and days is not None else None
    event = fixed(f"event-{deadline.starts_on}")
    if due is not None:
        sentence = say("deadline-due", label=deadline.label, due=due, days=days, started=started)
    elif days is not None:
        sentence = say("deadline-days", label=deadline.label, days=days, event=event)
    elif started is not None:
        sentence = say("deadline-started", label=deadline.label, started=started)
    else:
        sentence = say("deadline-waiting", label=deadline.label, event=event)
    return DeadlineFinding(
        provision=provision.number,
        instrument=provision.instrument,
        label=deadline.label,
        rule=deadline.rule,
        starts_on=deadline.starts_on,
        started=started,
        days=days,
        due=due,
        sentence=sentence,
        checked=provision.checked,
    )
