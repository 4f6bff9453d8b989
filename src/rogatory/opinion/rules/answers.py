"""The overall answer, from each chair.

The requesting chair asks whether the request can be made as it stands: every decisive finding must be met. The
requested chair asks whether the measure is owed: basis, scope and place must be met, the contents complete, and no
ground available. Anything unknown leaves the answer unknown. A ground never refuses by itself: a person may rely on it.
"""

from collections.abc import Iterable

from rogatory.law.words import Answer, Words, listed
from rogatory.opinion.case import REQUESTING, Case, say
from rogatory.opinion.findings import Finding, GroundFinding, Verdict

#: What a State cannot mend by completing the request, so that nothing is owed however it is completed.
FUNDAMENTAL = frozenset(("legal-basis", "scope", "territory"))

Reply = tuple[Answer, Words]


def answer(case: Case, findings: tuple[Finding, ...], grounds: tuple[GroundFinding, ...]) -> Reply:
    """The answer to this chair's question, and the sentence that says why."""
    if case.chair == REQUESTING:
        return _requesting(case, findings)
    return _requested(case, findings, grounds)


def settled_against(findings: Iterable[Finding]) -> bool:
    """Whether something is not met that completing the request cannot mend."""
    return any(item.verdict is Verdict.NOT_MET and item.topic in FUNDAMENTAL for item in findings)


def _requesting(case: Case, findings: tuple[Finding, ...]) -> Reply:
    if against := _numbers(findings, Verdict.NOT_MET):
        return Answer.NO, say("answer-requesting-no", provisions=listed(against))
    if unsettled := _numbers(findings, Verdict.UNKNOWN):
        return Answer.UNKNOWN, say("answer-requesting-unknown", provisions=listed(unsettled))
    return Answer.YES, say("answer-requesting-yes", instrument=case.plan.instrument.short)


def _requested(case: Case, findings: tuple[Finding, ...], grounds: tuple[GroundFinding, ...]) -> Reply:
    short = case.plan.instrument.short
    fundamental = tuple(item for item in findings if item.topic in FUNDAMENTAL)
    if against := _numbers(fundamental, Verdict.NOT_MET):
        return Answer.NO, say("answer-requested-not-owed", instrument=short, provisions=listed(against))
    if bars := _available(grounds, "no-duty"):
        return Answer.NO, say("answer-requested-no-duty", provisions=listed(bars))
    if bars := _available(grounds, "may-refuse"):
        return Answer.NO, say("answer-requested-may-decline", provisions=listed(bars))
    unsettled = (*_numbers(findings, Verdict.NOT_MET), *_numbers(findings, Verdict.UNKNOWN), *_open(grounds))
    if unsettled:
        return Answer.UNKNOWN, say("answer-requested-unknown", provisions=listed(tuple(dict.fromkeys(unsettled))))
    if postponing := _available(grounds, "may-postpone"):
        return Answer.YES, say("answer-requested-postpone", instrument=short, provisions=listed(postponing))
    return Answer.YES, say("answer-requested-yes", instrument=short)


def _numbers(findings: Iterable[Finding], verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.provision for item in findings if item.decisive and item.verdict is verdict))


def _available(grounds: Iterable[GroundFinding], effect: str) -> tuple[str, ...]:
    return tuple(item.provision for item in grounds if item.available is Answer.YES and item.effect == effect)


def _open(grounds: Iterable[GroundFinding]) -> tuple[str, ...]:
    return tuple(item.provision for item in grounds if item.available is Answer.UNKNOWN)
