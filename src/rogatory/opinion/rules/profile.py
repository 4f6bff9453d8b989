"""What the requested State notified of its own law: conditions and grounds that the treaty leaves to it.

The profile that counted on the day of the request is applied, and no later one. Its entries are added to what the
treaty's own rules find; they name the provision that leaves them to domestic law, and who notified them when.
"""

from collections.abc import Iterator, Mapping

from rogatory.law.form import Field, as_number
from rogatory.law.model import for_measure
from rogatory.law.words import NO_WORDS, Answer, Words, listed_words
from rogatory.opinion.case import CHANNEL, PENALTY, REQUESTED, YES_NO, Case, finding, fixed, say
from rogatory.opinion.findings import Finding, GroundFinding, Missing, Verdict
from rogatory.opinion.profiles import Accepted, Asked, LeastPenalty, Profile

_PREFIX = "profile:"
_TOLD = {"form": "profile-form", "who-decides": "profile-who-decides"}
_VERDICT = {Answer.YES: Verdict.MET, Answer.NO: Verdict.NOT_MET, Answer.UNKNOWN: Verdict.UNKNOWN}


def findings(case: Case) -> Iterator[Finding | Missing]:
    """Channels, least penalty, papers, who decides and conditions, as the profile has them for this measure."""
    profile = case.profile
    if profile is None:
        return
    yield from _channel(case, profile)
    for least in for_measure(profile.penalties, case.facts.measure):
        yield _penalty(case, profile, least)
    for told in for_measure(profile.told, case.facts.measure):
        verdict = Verdict.MET if told.kind == "who-decides" else Verdict.UNKNOWN
        remedy = NO_WORDS if verdict is Verdict.MET else fixed("profile-form-remedy")
        because = (_source(case, profile), say(_TOLD[told.kind], what=told.what))
        yield finding(case.provision(told.provision), "profile", verdict, *because, remedy=remedy, decisive=False)
    for asked in for_measure(profile.conditions, case.facts.measure):
        yield from _condition(case, profile, asked)


def grounds(case: Case) -> Iterator[GroundFinding]:
    """The grounds that the profile adds for this measure, its least penalty among them."""
    profile = case.profile
    if profile is None:
        return
    for asked in for_measure(profile.grounds, case.facts.measure):
        available = case.answered(_key(asked))
        yield _ground(case, profile, asked, available)
    for least in for_measure(profile.penalties, case.facts.measure):
        asked = _least_as_ground(case, profile, least)
        yield _ground(case, profile, asked, _falls_short(case, least))


def open_questions(case: Case, found: tuple[GroundFinding, ...]) -> Iterator[Missing]:
    """What is not known about the grounds of the profile, when it is the requested State that asks."""
    asked = questions(case)
    if case.chair == REQUESTED:
        for ground in found:
            if ground.available is Answer.UNKNOWN and ground.key in asked:
                alone = ground.effect in ("no-duty", "may-refuse")
                yield Missing(
                    key=ground.key, kind="question", provision=ground.provision, question=ground.question, alone=alone
                )
            elif ground.available is Answer.UNKNOWN and ground.key.startswith(_PREFIX):
                yield case.gap(PENALTY, alone=True)


def questions(case: Case) -> Mapping[str, Field]:
    """The questions that the profile asks for this measure, by key."""
    if case.profile is None:
        return {}
    measure = case.facts.measure
    every = (*for_measure(case.profile.conditions, measure), *for_measure(case.profile.grounds, measure))
    return {
        _key(asked): Field(
            key=_key(asked), provision=asked.provision, type="yesno", required="never", label=asked.question
        )
        for asked in every
    }


def is_key(key: str) -> bool:
    """Whether *key* is that of a question of a profile."""
    return key.startswith(_PREFIX)


def languages(case: Case) -> tuple[str, ...]:
    """The languages that the requested State's profile accepts; none where it names none."""
    accepted = case.profile.languages if case.profile else None
    return accepted.values if accepted and _bears(case, accepted) else ()


def waived(case: Case, provision: str) -> bool:
    """Whether the requested State has notified that it does not insist on dual criminality under *provision*."""
    profile = case.profile
    return profile is not None and any(
        one.provision == provision and not one.required
        for one in for_measure(profile.dual_criminality, case.facts.measure)
    )


def _bears(case: Case, accepted: Accepted) -> bool:
    """Whether what is accepted under its provision concerns the measure that is asked for."""
    return case.facts.measure in case.provision(accepted.provision).measures


def _channel(case: Case, profile: Profile) -> Iterator[Finding | Missing]:
    known = case.known(CHANNEL)
    if profile.channels is None or not known or not _bears(case, profile.channels):
        return
    verdict = Verdict.MET if known in profile.channels.values else Verdict.NOT_MET
    channels = _labels(case, profile.channels)
    yield finding(
        case.provision(profile.channels.provision),
        "profile",
        verdict,
        _source(case, profile),
        say("profile-channels", channels=channels),
        remedy=NO_WORDS if verdict is Verdict.MET else fixed("profile-channel-remedy"),
        decisive=case.chair != REQUESTED,
    )


def _labels(case: Case, accepted: Accepted) -> Words:
    """The channels accepted, as the question about the channel names them."""
    asked = case.plan.questions.get(CHANNEL) or case.plan.form.fields_by_key[CHANNEL]
    labels = {option.value: option.label for option in asked.options}
    return listed_words([labels.get(value, Words(value, value)) for value in accepted.values])


def _penalty(case: Case, profile: Profile, least: LeastPenalty) -> Finding:
    short = _falls_short(case, least)
    verdict = {Answer.YES: Verdict.NOT_MET, Answer.NO: Verdict.MET, Answer.UNKNOWN: Verdict.UNKNOWN}[short]
    because = (_source(case, profile), say("profile-penalty", threshold=least.years))
    remedy = NO_WORDS if verdict is Verdict.MET else fixed("profile-penalty-remedy")
    return finding(case.provision(least.provision), "profile", verdict, *because, remedy=remedy, decisive=False)


def _falls_short(case: Case, least: LeastPenalty) -> Answer:
    years = as_number(case.known(PENALTY))
    if years is None:
        return Answer.UNKNOWN
    return Answer.NO if years >= least.years else Answer.YES


def _least_as_ground(case: Case, profile: Profile, least: LeastPenalty) -> Asked:
    state = case.status.state(profile.state).inside
    question = say("profile-penalty-question", threshold=least.years, state=state)
    key = f"least-penalty:{least.provision}"
    return Asked(key=key, provision=least.provision, measures=(), question=question, effect="may-refuse")


def _condition(case: Case, profile: Profile, asked: Asked) -> Iterator[Finding | Missing]:
    provision, answered = case.provision(asked.provision), case.answered(_key(asked))
    if answered is Answer.UNKNOWN:
        said = say("requirement-open", question=asked.question)
    else:
        said = say("requirement-answered", question=asked.question, answer=YES_NO[answered.value])
    remedy = NO_WORDS if answered is Answer.YES else asked.remedy
    yield finding(provision, "profile", _VERDICT[answered], _source(case, profile), said, remedy=remedy)
    if answered is Answer.UNKNOWN:
        yield Missing(key=_key(asked), kind="question", provision=asked.provision, question=asked.question)


def _ground(case: Case, profile: Profile, asked: Asked, available: Answer) -> GroundFinding:
    provision = case.provision(asked.provision)
    return GroundFinding(
        key=_key(asked),
        provision=asked.provision,
        instrument=provision.instrument,
        what=provision.what,
        question=asked.question,
        available=available,
        available_when=Answer.YES,
        effect=asked.effect,
        because=_source(case, profile),
        checked=provision.checked,
    )


def _key(asked: Asked) -> str:
    return f"{_PREFIX}{asked.key}"


def _source(case: Case, profile: Profile) -> Words:
    state = case.status.state(profile.state).inside
    return say("profile-source", state=state, on=profile.notified, source=profile.source)
