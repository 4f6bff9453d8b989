"""The overall answer, from each chair.

The requesting chair asks whether the request can be made as it stands: every decisive finding must be met. The
requested chair asks whether the measure is owed: basis, scope and place must be met, the contents complete, and no
ground available. What is handed over unasked is no request: its giver and its receiver ask what each may do with it.
Anything unknown leaves the answer unknown. A ground never refuses by itself: a person may rely on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rogatory.law.words import NO_WORDS, Answer, Words, listed
from rogatory.opinion.case import REQUESTING, Case, fixed, say
from rogatory.opinion.findings import Finding, GroundFinding, Missing, Verdict

Reply = tuple[Answer, Words]


def answer(case: Case, findings: tuple[Finding, ...], grounds: tuple[GroundFinding, ...]) -> Reply:
    """The answer to this chair's question, and the sentence that says why."""
    if case.plan.measure.unasked:
        return _unasked(case, findings)
    if case.chair == REQUESTING:
        return _requesting(case, findings)
    return _requested(case, findings, grounds)


def still_missing(
    case: Case, reply: Answer, findings: Iterable[Finding], gaps: Mapping[str, Missing]
) -> tuple[Missing, ...]:
    """The fewest facts that would settle the answer, those that can do so alone first; none once it is settled.

    The requesting State is told what its request lacks even where that lack is the answer.
    """
    if reply is Answer.YES or _settled_against(findings):
        return ()
    if reply is Answer.NO and case.chair != REQUESTING:
        return ()
    if len(gaps) == 1:
        return tuple(replace(gap, alone=True) for gap in gaps.values())
    return tuple(sorted(gaps.values(), key=lambda gap: not gap.alone))


def _settled_against(findings: Iterable[Finding]) -> bool:
    """Whether something is not met that completing the request cannot mend."""
    return any(item.verdict is Verdict.NOT_MET and item.fundamental and item.decisive for item in findings)


def _requesting(case: Case, findings: tuple[Finding, ...]) -> Reply:
    if against := _numbers(findings, Verdict.NOT_MET):
        return Answer.NO, say("answer-requesting-no", provisions=listed(against))
    if unsettled := _numbers(findings, Verdict.UNKNOWN):
        return Answer.UNKNOWN, say("answer-requesting-unknown", provisions=listed(unsettled))
    return Answer.YES, say("answer-requesting-yes", instrument=case.plan.instrument.short)


def _unasked(case: Case, findings: tuple[Finding, ...]) -> Reply:
    """Nothing is asked for: one State hands over, the other uses what it received; neither may rely on grounds."""
    giving = case.chair == REQUESTING
    if against := _numbers(findings, Verdict.NOT_MET):
        return Answer.NO, say("answer-giving-no" if giving else "answer-receiving-no", provisions=listed(against))
    if unsettled := _numbers(findings, Verdict.UNKNOWN):
        return Answer.UNKNOWN, say("answer-requesting-unknown", provisions=listed(unsettled))
    name = "answer-giving-yes" if giving else "answer-receiving-yes"
    return Answer.YES, say(name, instrument=case.plan.instrument.short)


def _requested(case: Case, findings: tuple[Finding, ...], grounds: tuple[GroundFinding, ...]) -> Reply:
    short, reasons = case.plan.instrument.short, _reasons(case)
    fundamental = tuple(item for item in findings if item.fundamental)
    if against := _numbers(fundamental, Verdict.NOT_MET):
        return Answer.NO, say("answer-requested-not-owed", instrument=short, provisions=listed(against))
    if bars := _available(grounds, "no-duty"):
        return Answer.NO, say("answer-requested-no-duty", provisions=listed(bars), reasons=reasons)
    if bars := _available(grounds, "may-refuse"):
        return Answer.NO, say("answer-requested-may-decline", provisions=listed(bars), reasons=reasons)
    unsettled = (*_numbers(findings, Verdict.NOT_MET), *_numbers(findings, Verdict.UNKNOWN), *_open(grounds))
    if unsettled:
        return Answer.UNKNOWN, say("answer-requested-unknown", provisions=listed(tuple(dict.fromkeys(unsettled))))
    names = {"instrument": short, "strength": fixed(f"strength-{case.plan.measure.force}")}
    if postponing := _available(grounds, "may-postpone"):
        return Answer.YES, say("answer-requested-postpone", provisions=listed(postponing), **names)
    return Answer.YES, say("answer-requested-yes", **names)


def _reasons(case: Case) -> Words:
    """Where the duty to give reasons stands, in brackets; nothing where the instrument sets none."""
    number = case.plan.measure.reasons
    return Words(f" ({number})", f" ({number})") if number else NO_WORDS


def _numbers(findings: Iterable[Finding], verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.provision for item in findings if item.decisive and item.verdict is verdict))


def _available(grounds: Iterable[GroundFinding], effect: str) -> tuple[str, ...]:
    found = (item.provision for item in grounds if item.available is Answer.YES and item.effect == effect)
    return tuple(dict.fromkeys(found))


def _open(grounds: Iterable[GroundFinding]) -> tuple[str, ...]:
    return tuple(item.provision for item in grounds if item.available is Answer.UNKNOWN)
