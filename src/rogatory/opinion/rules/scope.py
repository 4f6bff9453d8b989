"""Is the matter one for which this cooperation is owed? The offence, and dual criminality."""

from collections.abc import Iterator

from rogatory.law.form import as_number
from rogatory.law.model import Provision
from rogatory.law.words import NO_WORDS, Words
from rogatory.opinion.case import OFFENCE, PENALTY, UNKNOWN, Case, finding, fixed, say
from rogatory.opinion.findings import Finding, Missing, Verdict


def offence(case: Case) -> Iterator[Finding | Missing]:
    """An offence of the instrument, or another one whose heaviest penalty reaches the threshold if that will do."""
    measure = case.plan.measure
    if not measure.scope_offences:
        return
    listed, stated = case.provision(measure.scope_offences), case.stated(OFFENCE)
    names = {"instrument": case.plan.instrument.short}
    if not stated:
        because = fixed("scope-no-offence")
        yield _finding(listed, Verdict.UNKNOWN, because, remedy=fixed("scope-remedy"))
        yield case.gap(OFFENCE, alone=not measure.scope_serious)
    elif stated == UNKNOWN:
        yield from _whichever(case, listed)
    elif stated in listed.offences:
        label = next(item.label for item in case.plan.form.fields_by_key[OFFENCE].options if item.value == stated)
        yield _finding(listed, Verdict.MET, say("scope-convention-offence", offence=label, **names))
    elif measure.scope_serious:
        yield from _serious(case)
    else:
        because = say("scope-only-offences", **names)
        yield _finding(listed, Verdict.NOT_MET, because, remedy=say("scope-below-remedy", **names))


def _whichever(case: Case, listed: Provision) -> Iterator[Finding | Missing]:
    """Not settled which offence it is: met where any offence will do, or its penalty is enough by itself."""
    measure, short = case.plan.measure, case.plan.instrument.short
    if measure.scope_serious and not measure.scope_threshold:
        yield _finding(case.provision(measure.scope_serious), Verdict.MET, say("scope-whichever", instrument=short))
        return
    years = as_number(case.stated(PENALTY))
    if measure.scope_serious and years is not None:
        threshold = case.provision(measure.scope_threshold).value("years", on=case.facts.on)
        if years >= threshold:
            names = {"years": years, "threshold": threshold, "provision": measure.scope_threshold}
            because = say("scope-whichever-serious", instrument=short, **names)
            yield _finding(case.provision(measure.scope_serious), Verdict.MET, because)
            return
    yield _finding(listed, Verdict.UNKNOWN, fixed("scope-no-offence"), remedy=fixed("scope-remedy"))
    yield case.gap(OFFENCE, alone=not measure.scope_serious)


def _serious(case: Case) -> Iterator[Finding | Missing]:
    """Another offence: its heaviest penalty decides; without a threshold, any offence will do."""
    measure = case.plan.measure
    serious, short = case.provision(measure.scope_serious), case.plan.instrument.short
    if not measure.scope_threshold:
        yield _finding(serious, Verdict.MET, say("scope-any-offence", instrument=short))
        return
    threshold = case.provision(measure.scope_threshold).value("years", on=case.facts.on)
    names = {"threshold": threshold, "provision": measure.scope_threshold, "instrument": short}
    years = as_number(case.stated(PENALTY))
    if years is None:
        because = say("scope-no-penalty", **names)
        yield _finding(serious, Verdict.UNKNOWN, because, remedy=fixed("scope-remedy"))
        yield case.gap(PENALTY, alone=True)
    elif years >= threshold:
        yield _finding(serious, Verdict.MET, say("scope-serious", years=years, **names))
    else:
        remedy = say("scope-below-remedy", instrument=short)
        yield _finding(serious, Verdict.NOT_MET, say("scope-below", years=years, **names), remedy=remedy)


def _finding(provision: Provision, verdict: Verdict, because: Words, *, remedy: Words = NO_WORDS) -> Finding:
    return finding(provision, "scope", verdict, because, remedy=remedy, fundamental=True)


def dual_criminality(case: Case) -> Iterator[Finding | Missing]:
    """Where the provision makes it no condition, say so; where it is a ground or a requirement, it stands there."""
    if not case.plan.measure.dual_criminality:
        return
    provision = case.provision(case.plan.measure.dual_criminality)
    if not provision.grounds and not provision.requirements:
        because = fixed("criminality-no-condition")
        yield finding(provision, "dual-criminality", Verdict.MET, because, decisive=False)
