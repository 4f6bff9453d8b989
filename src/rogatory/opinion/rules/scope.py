"""Is the matter one for which this cooperation is owed? The offence, the place of the data, dual criminality."""

from collections.abc import Iterator

from rogatory.law.form import as_number
from rogatory.opinion.case import Case, finding, fixed, say
from rogatory.opinion.findings import Finding, Missing, Verdict

OFFENCE, PENALTY, TERRITORY = "offence", "max_penalty_years", "in_territory"
KEYS = frozenset((OFFENCE, PENALTY, TERRITORY))


def offence(case: Case) -> Iterator[Finding | Missing]:
    """An offence of the Convention, or another one whose heaviest penalty reaches the threshold."""
    measure = case.plan.measure
    convention, serious = case.provision(measure.scope_offences), case.provision(measure.scope_serious)
    stated = case.stated(OFFENCE)
    if not stated:
        because = fixed("scope-no-offence")
        yield finding(convention, "scope", Verdict.UNKNOWN, because, remedy=fixed("scope-remedy"))
        yield case.gap(OFFENCE)
        return
    if stated in convention.offences:
        label = next(item.label for item in case.plan.form.fields_by_key[OFFENCE].options if item.value == stated)
        yield finding(convention, "scope", Verdict.MET, say("scope-convention-offence", offence=label))
        return
    threshold = case.provision(measure.scope_threshold).value("years", on=case.facts.on)
    names = {"threshold": threshold, "provision": measure.scope_threshold}
    years = as_number(case.stated(PENALTY))
    if years is None:
        because = say("scope-no-penalty", **names)
        yield finding(serious, "scope", Verdict.UNKNOWN, because, remedy=fixed("scope-remedy"))
        yield case.gap(PENALTY)
    elif years >= threshold:
        yield finding(serious, "scope", Verdict.MET, say("scope-serious", years=years, **names))
    else:
        because = say("scope-below", years=years, **names)
        yield finding(serious, "scope", Verdict.NOT_MET, because, remedy=fixed("scope-below-remedy"))


def territory(case: Case) -> Iterator[Finding | Missing]:
    """The data must be stored in the requested State; an officer's answer there outweighs what the request says."""
    provision = case.provision(case.plan.form.fields_by_key[TERRITORY].provision)
    answered = case.answered(TERRITORY).value
    stated = answered if answered != "unknown" else case.stated(TERRITORY)
    if stated == "yes":
        yield finding(provision, "territory", Verdict.MET, fixed("territory-yes"))
    elif stated == "no":
        remedy = fixed("territory-no-remedy")
        yield finding(provision, "territory", Verdict.NOT_MET, fixed("territory-no"), remedy=remedy)
    else:
        remedy = fixed("territory-unknown-remedy")
        yield finding(provision, "territory", Verdict.UNKNOWN, fixed("territory-unknown"), remedy=remedy)
        yield case.gap(TERRITORY)


def dual_criminality(case: Case) -> Iterator[Finding | Missing]:
    """Where the provision makes it no condition, say so; where it is a ground, it stands among the grounds."""
    provision = case.provision(case.plan.measure.dual_criminality)
    if provision.ground is None:
        because = fixed("criminality-no-condition")
        yield finding(provision, "dual-criminality", Verdict.MET, because, decisive=False)
