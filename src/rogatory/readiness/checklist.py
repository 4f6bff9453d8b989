"""The checklist: every step of the plan held against the facts by its rule, with notices and statements spelled out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from rogatory.law.sentences import load_sentences
from rogatory.law.words import Answer, Words
from rogatory.readiness import catalogue
from rogatory.readiness.catalogue import HOME, NoticeKind
from rogatory.readiness.filing import standing
from rogatory.readiness.staffing import WEEK, coverage
from rogatory.readiness.steps import DONE, NOT_NEEDED, OPEN, Fact, Plan, Situation, Step, plans, present, say
from rogatory.status.asking import LAST_DAY

_STATUS = ("rogatory.status", "profile-sentences.toml")


def checklist(situation: Situation) -> tuple[Step, ...]:
    """Every step, in its order."""
    return tuple(step for plan in plans() for step in _steps(situation, plan))


def _steps(situation: Situation, plan: Plan) -> Iterator[Step]:
    if plan.rule == "notices":
        yield from _notices(situation, plan)
    elif plan.rule == "statements":
        yield from _statements(situation, plan)
    else:
        draft = {"deposited": "instrument", "paper": plan.id}.get(plan.rule, "")
        paper = draft if situation.paper(draft) else ""
        yield present(situation, plan, _RULES[plan.rule](situation, plan), paper=paper)


def _signed(situation: Situation, _plan: Plan) -> Fact:
    signing, manner = situation.signing, situation.choices.manner
    if signing.signed is Answer.YES:
        return Fact(state=DONE, because=say("signed-on", day=signing.on) if signing.on else say("signed"))
    if manner == "accession":
        return Fact(state=NOT_NEEDED, because=say("accedes"))
    if situation.deposited:
        return Fact(state=NOT_NEEDED, because=say("bound-already"))
    if signing.signed is Answer.UNKNOWN:
        return Fact(state=OPEN, because=say("signature-unknown"))
    if situation.on > signing.closes:
        return Fact(state=NOT_NEEDED, because=say("signature-closed", closes=signing.closes))
    return Fact(state=OPEN, because=say("signature-open", closes=signing.closes))


def _chosen(situation: Situation, plan: Plan) -> Fact:
    choices = situation.choices
    if plan.choice == "manner" and choices.manner:
        return Fact(state=DONE, because=say("chosen-manner", manner=say(f"manner-{choices.manner}")))
    if plan.choice == "settled" and choices.settled:
        return Fact(state=DONE, because=say("chosen-settled", count=len(choices.statements)))
    if situation.deposited:
        return Fact(state=NOT_NEEDED, because=say("bound-already"))
    return Fact(state=OPEN, because=say("not-chosen"))


def _marked(situation: Situation, plan: Plan) -> Fact:
    mark = situation.marks.get(plan.id)
    if mark is not None and mark.state != OPEN:
        note = Words(f" {mark.note}", f" {mark.note}") if mark.note else Words("", "")
        if mark.state == NOT_NEEDED:
            return Fact(state=NOT_NEEDED, because=say("marked-not-needed", who=mark.by, note=note))
        return Fact(state=DONE, because=say("marked", who=mark.by, day=mark.on, note=note))
    if situation.deposited and plan.stage in ("consent", "deposit"):
        return Fact(state=NOT_NEEDED, because=say("bound-already"))
    return Fact(state=OPEN, because=say("not-marked"))


def _assessed(situation: Situation, plan: Plan) -> Fact:
    """Done once every obligation was judged in the newest assessment, or somebody says that it was done elsewhere."""
    found = situation.assessed
    if found is not None and found.judged == found.of:
        return Fact(state=DONE, because=say("assessed", of=found.of, title=found.title))
    marked = _marked(situation, plan)
    if marked.state != OPEN or found is None:
        return marked
    return Fact(state=OPEN, because=say("assessing", judged=found.judged, of=found.of, title=found.title))


def _amended(situation: Situation, plan: Plan) -> Fact:
    """Done when the whole law was judged and nothing that shall be there is short; else somebody marks it."""
    marked, found = _marked(situation, plan), situation.assessed
    if marked.state != OPEN or found is None:
        return marked
    if found.judged == found.of and not found.short:
        return Fact(state=DONE, because=say("no-gap", title=found.title))
    return Fact(state=OPEN, because=say("gaps", short=found.short, title=found.title))


def _paper(situation: Situation, plan: Plan) -> Fact:
    """A paper that leaves no trace in status: filed, marked, drafted, or not needed as the choices stand."""
    for one in standing(situation.filed):
        if one.paper == plan.id:
            return Fact(state=DONE, because=_filed(one.on, one.reference))
    marked = _marked(situation, plan)
    if marked.state != OPEN:
        return marked
    draft = situation.paper(plan.id)
    if draft is None:
        return Fact(state=NOT_NEEDED, because=say("powers-not-needed"))
    return Fact(state=OPEN, because=_draft_stands(len(draft.missing)))


def _filed(day: object, reference: str) -> Words:
    return say("filed", day=day, reference=say("reference", reference=reference) if reference else Words("", ""))


def _draft_stands(missing: int) -> Words:
    return say("not-ready", count=missing) if missing else say("not-filed")


def _deposited(situation: Situation, _plan: Plan) -> Fact:
    deposit = situation.status.standing(situation.state, HOME, situation.on).deposit
    if deposit is None:
        return Fact(state=OPEN, because=say("not-deposited"))
    return Fact(state=DONE, because=say("deposited-on", day=deposit.on) if deposit.on else say("deposited"))


def _named(situation: Situation, plan: Plan) -> Fact:
    found = situation.choices.authority(plan.notice or plan.provision)
    if not found:
        return Fact(state=OPEN, because=say("not-named", provision=plan.notice or plan.provision))
    names = Words("; ".join(one.name.en for one in found), " ; ".join(one.name.fr for one in found))
    return Fact(state=DONE, because=say("named", names=names))


def _staffed(situation: Situation, plan: Plan) -> Fact:
    found = situation.choices.authority(plan.notice)
    if not found:
        return _named(situation, plan)
    for one in found:
        covered = coverage(one.staffed)
        if not covered.round_the_clock:
            gap = covered.gaps[0]
            hours = {"hours": float(covered.hours), "week": WEEK // 60}
            return Fact(state=OPEN, because=say("not-staffed", start=gap.start, end=gap.end, **hours))
    return Fact(state=DONE, because=say("staffed"))


def _drill(situation: Situation, plan: Plan) -> Fact:
    if situation.drill is not None:
        return Fact(state=DONE, because=say("drill-passed", day=situation.drill))
    marked = _marked(situation, plan)
    return marked if marked.state != OPEN else Fact(state=OPEN, because=say("no-drill"))


def _in_force(situation: Situation, _plan: Plan) -> Fact:
    status, state = situation.status, situation.state
    since = status.standing(state, HOME, LAST_DAY).since
    if since is not None:
        done = since <= situation.on
        return Fact(state=DONE if done else OPEN, because=say("party-since" if done else "party-from", day=since))
    progress = status.progress(HOME, situation.on)
    sentence = "party-waits" if situation.deposited else "party-deposit-first"
    return Fact(state=OPEN, because=say(sentence, count=progress.count, threshold=progress.threshold))


_RULES: Mapping[str, Callable[[Situation, Plan], Fact]] = {
    "signed": _signed,
    "chosen": _chosen,
    "marked": _marked,
    "assessed": _assessed,
    "amended": _amended,
    "paper": _paper,
    "deposited": _deposited,
    "named": _named,
    "staffed": _staffed,
    "drill": _drill,
    "in-force": _in_force,
}


def _notices(situation: Situation, plan: Plan) -> Iterator[Step]:
    """A step for each notice of the law; those of organisations only where it is one."""
    organisation = situation.status.state(situation.state).kind == "organisation"
    for kind in catalogue.notices(situation.law):
        if kind.by == "regional-organisation" and not organisation:
            continue
        draft = situation.paper(f"notice-{kind.number}")
        named = replace(
            plan,
            id=f"notice-{kind.number}",
            provision=kind.number,
            title=draft.title if draft else plan.title,
            why=kind.provision.what,
        )
        step = present(situation, named, _notified(situation, kind), paper=draft.id if draft else "")
        due = load_sentences(*_STATUS).say(f"when-{kind.when}")
        yield replace(step, due=due)


def _notified(situation: Situation, kind: NoticeKind) -> Fact:
    said = situation.status.declared(situation.state, HOME, kind.number, situation.on)
    if said is not None:
        return Fact(state=DONE, because=say("notified-on", day=said.on) if said.on else say("notified"))
    draft = situation.paper(f"notice-{kind.number}")
    if draft is None:
        reason = "not-treaty-dependent" if kind.by == "treaty-dependent-party" else "not-this-manner"
        return Fact(state=NOT_NEEDED, because=say(reason))
    return Fact(state=OPEN, because=_draft_stands(len(draft.missing)))


def _statements(situation: Situation, plan: Plan) -> Iterator[Step]:
    """A step for each reservation and declaration that was chosen."""
    for draft in situation.papers:
        if draft.kind not in ("reservation", "declaration"):
            continue
        number = draft.provision if draft.provision in situation.law.by_number[HOME] else ""
        named = replace(plan, id=draft.id, provision=number, title=draft.title)
        said = situation.status.declared(situation.state, HOME, draft.provision, situation.on)
        if said is not None:
            fact = Fact(state=DONE, because=say("notified-on", day=said.on) if said.on else say("notified"))
        else:
            fact = Fact(state=OPEN, because=_draft_stands(len(draft.missing)))
        yield present(situation, named, fact, paper=draft.id)
