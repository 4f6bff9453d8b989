"""The gap report: where a State's law falls short of the Convention, chapter by chapter, and what to draft.

Rules in words. A gap is an obligation that people judged partly or not implemented, or on which they differ. Chapters
come in the order of the Convention, and in a chapter what must be done before what should be, and that before what may
be. What the Convention leaves to the State stands last and is no gap. What nobody has looked at is listed as such: it
is neither met nor a gap.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rogatory.alignment.assessment.assessment import UNSAID, Assessment, Standing
from rogatory.alignment.assessment.model import DISPUTED, UNSEEN, Evidence, Judgement
from rogatory.alignment.assessment.progress import SHORT, progress
from rogatory.alignment.obligations import FORCES, HOME, Obligation, obligations
from rogatory.alignment.report.checklist import checklist, sentences
from rogatory.alignment.report.values import About, ChapterGaps, Further, Gap, GapReport, Item, Reading
from rogatory.law.model import Chapter, Law
from rogatory.law.words import Words, listed, listed_words

#: What the Convention leaves to a State, so that not doing it is no gap.
LEFT = frozenset({"may", "none"})
#: The kinds of obligation that have a sentence of their own on what to amend; all others are rules.
_OWN_SENTENCE = frozenset({"offence", "power", "notice", "institution"})
_NOT_THERE = frozenset({"missing", "unclear"})


def gap_report(law: Law, assessment: Assessment, about: About) -> GapReport:
    """What *assessment* shows that national law lacks, and a drafting checklist for each gap."""
    by_chapter = [(chapter, _asked(law, chapter)) for chapter in law.instrument(HOME).chapters]
    readers = {one.reader: one.reader_name for standing in assessment.standings.values() for one in standing.history}
    return GapReport(
        about=about,
        progress=progress(law, assessment),
        chapters=tuple(_chapter(law, chapter, asked, assessment) for chapter, asked in by_chapter if asked),
        readers=tuple(sorted(set(readers.values()))),
    )


def gap(law: Law, asked: Obligation, assessment: Assessment) -> Gap:
    """How *asked* stands, and what to draft for it, whatever its state: a page shows it beside the law."""
    standing = assessment.standing(asked.number)
    items = checklist(law, asked, assessment)
    missing = tuple(one for one in items if one.name and one.number == asked.number and one.state in _NOT_THERE)
    return Gap(
        number=asked.number,
        article=asked.article,
        title=asked.title,
        what=asked.what,
        kind=asked.kind,
        force=asked.force,
        is_gap=standing.state in SHORT and asked.force not in LEFT,
        sure=asked.provision.checked.words,
        certainty=asked.provision.checked.certainty,
        note=asked.provision.checked.note,
        state=standing.state,
        amend=_amend(asked, standing, items),
        missing=missing,
        checklist=items,
        readings=tuple(_reading(one) for one in standing.counted),
        evidence=standing.evidence,
    )


def _asked(law: Law, chapter: Chapter) -> tuple[Obligation, ...]:
    return tuple(one for one in obligations(law) if one.chapter == chapter.number)


def _chapter(law: Law, chapter: Chapter, asked: Sequence[Obligation], assessment: Assessment) -> ChapterGaps:
    def in_state(state: str) -> tuple[str, ...]:
        return tuple(one.number for one in asked if assessment.standing(one.number).state == state)

    short = [one for one in asked if assessment.standing(one.number).state in SHORT]
    return ChapterGaps(
        number=chapter.number,
        name=chapter.name,
        forces=_by_force([gap(law, one, assessment) for one in short]),
        implemented=in_state("implemented"),
        not_applicable=in_state("not-applicable"),
        unseen=in_state(UNSEEN),
        further=tuple(one for each in asked for one in _further(each, assessment.standing(each.number))),
    )


def _by_force(gaps: Sequence[Gap]) -> Mapping[str, tuple[Gap, ...]]:
    found = {force: tuple(one for one in gaps if one.force == force) for force in FORCES}
    return MappingProxyType({force: several for force, several in found.items() if several})


def _further(asked: Obligation, standing: Standing) -> tuple[Further, ...]:
    if standing.state != "implemented":
        return ()
    kinds = dict(asked.elements)
    elements = tuple(
        Item(group="element", kind=kinds[one.name].kind, what=kinds[one.name].what, number=asked.number,
             name=one.name, state=one.state)
        for one in standing.elements
        if one.state not in ("present", UNSAID)
    )  # fmt: skip
    return (Further(number=asked.number, title=asked.title, elements=elements),) if elements else ()


def _reading(one: Judgement) -> Reading:
    return Reading(
        reader_name=one.reader_name,
        at=one.at,
        answer=one.answer,
        remark=one.remark,
        settles=one.settles,
        reused_from=one.reused_from,
    )


def _amend(asked: Obligation, standing: Standing, items: Sequence[Item]) -> tuple[Words, ...]:
    if asked.force in LEFT:
        return (sentences().say("amend-choice"),) if standing.state in SHORT else ()
    said = []
    differing = [one.what for one in items if one.name and one.state == DISPUTED]
    if standing.state == DISPUTED:
        said.append(sentences().say("amend-disputed"))
    elif differing:
        said.append(sentences().say("amend-elements-disputed", missing=listed_words(differing)))
    if standing.state in SHORT:
        said.append(_what_to_amend(asked, standing, items))
    return tuple(said)


def _what_to_amend(asked: Obligation, standing: Standing, items: Sequence[Item]) -> Words:
    kind = asked.kind if asked.kind in _OWN_SENTENCE else "rule"
    if not standing.evidence and standing.state != "partly":
        return sentences().say(f"amend-{kind}-none")
    if kind == "notice":
        return sentences().say("amend-notice-part")
    where = _where(standing.evidence)
    missing = [one.what for one in items if one.name and one.number == asked.number and one.state in _NOT_THERE]
    if missing and kind == "offence":
        listed_up = Words(" ".join(one.en for one in missing), " ".join(one.fr for one in missing))
        return sentences().say("amend-offence-part-elements", where=where, missing=listed_up)
    return sentences().say(f"amend-{kind}-part", where=where)


def _where(evidence: Sequence[Evidence]) -> Words:
    """The national provisions on which the judgements rest, by their own labels."""
    labels = tuple(dict.fromkeys(one.label.strip().rstrip(".") for one in evidence if one.label.strip()))
    return listed(labels) if labels else sentences().say("where-the-provision")
