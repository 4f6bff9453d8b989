"""What a judgement must be before it is kept: made by a person, about what the Convention asks, and not against itself.

Rules in words. An element is answered for an offence only, and by a name that the offence has. What is *implemented*
rests on a passage, or says why it needs none; none of its conducts and objects is missing or unclear, and where another
element is (then the law reaches further than the Convention asks) a remark says so. What is *partly* implemented says
which element is missing or unclear, or what else is, in a remark. *Not implemented* cannot have every element. What is
not applicable, and what settles a disagreement, says why. An answer that is taken over names a provision that the law
data holds parallel. Taking an answer back says nothing besides.
"""

from collections import Counter

from rogatory.alignment.assessment.model import ANSWERS, ELEMENT_ANSWERS, Judgement
from rogatory.alignment.assessment.parallels import alike
from rogatory.alignment.obligations import Obligation, obligation
from rogatory.errors import BadInput
from rogatory.law.model import Law

MAX_REMARK = 10_000
MAX_QUOTE = 20_000
MAX_EVIDENCE = 100
MAX_REJECTED = 1_000
#: Elements without which a law punishes less than the Convention asks; without another, it punishes more.
CORE = frozenset({"conduct", "object"})


class NobodyJudged(BadInput):
    """A judgement is made by a person who is named."""

    code = "nobody-judged"
    remedy = "Log in as the reader who judges; what is proposed is never a judgement by itself."


class UnknownAnswer(BadInput):
    """This is no answer that an obligation or an element can have."""

    code = "unknown-assessment-answer"
    remedy = "Use one of the answers that the message lists."


class NoSuchElement(BadInput):
    """The obligation has no such element or option."""

    code = "no-such-element"
    remedy = "Name the elements (e1, e2 …) and options (o1, o2 …) of the offence as its page lists them."


class RemarkNeeded(BadInput):
    """This answer needs a remark that says why."""

    code = "remark-needed"
    remedy = "Write in a remark what the message asks for, and save again."


class EvidenceNeeded(BadInput):
    """What is said to be implemented must rest on a passage of national law."""

    code = "evidence-needed"
    remedy = "Choose the passage that carries it; or say in a remark why none is needed."


class ElementsContradict(BadInput):
    """What is said of the elements does not fit the answer."""

    code = "elements-contradict-answer"
    remedy = "Change the answer, or what is said of the elements that the message names."


class NotParallel(BadInput):
    """The answer was given for a provision that is not parallel to this obligation."""

    code = "not-parallel"
    remedy = "Judge the obligation itself; only answers for parallel provisions can be taken over."


class JudgementTooLong(BadInput):
    """The judgement holds more than is kept."""

    code = "judgement-too-long"
    remedy = "Shorten it: quote the passage that matters, and keep the rest in a document of your own."


def check(law: Law, judgement: Judgement) -> None:
    """Nothing, when *judgement* can be kept; raises `UnknownObligation` and the errors of this module.

    Whether an answer that is taken back is the reader's own, only the log of all judgements can tell.
    """
    asked = obligation(law, judgement.number)
    cite = asked.cite
    if not judgement.reader.strip() or not judgement.reader_name.strip():
        raise NobodyJudged(cite=cite)
    if judgement.answer not in ANSWERS:
        raise UnknownAnswer(f"{judgement.answer[:40]!r} is none of {', '.join(ANSWERS)}", cite=cite)
    if judgement.undoes:
        _check_undoing(judgement, cite)
        return
    _check_size(judgement, cite)
    _check_elements(asked, judgement)
    _check_reasons(law, asked, judgement)


def _check_undoing(judgement: Judgement, cite: str) -> None:
    if judgement.elements or judgement.options or judgement.evidence or judgement.settles or judgement.rejected:
        raise ElementsContradict("a judgement that takes an answer back says nothing besides", cite=cite)
    if len(judgement.remark) > MAX_REMARK:
        raise JudgementTooLong(f"the remark has more than {MAX_REMARK} characters", cite=cite)


def _check_size(judgement: Judgement, cite: str) -> None:
    if len(judgement.remark) > MAX_REMARK:
        raise JudgementTooLong(f"the remark has more than {MAX_REMARK} characters", cite=cite)
    if len(judgement.evidence) > MAX_EVIDENCE or len(judgement.rejected) > MAX_REJECTED:
        raise JudgementTooLong(f"more than {MAX_EVIDENCE} passages, or {MAX_REJECTED} rejected ones", cite=cite)
    if any(len(one.quote) > MAX_QUOTE for one in judgement.evidence):
        raise JudgementTooLong(f"a quotation has more than {MAX_QUOTE} characters", cite=cite)


def _check_elements(asked: Obligation, judgement: Judgement) -> None:
    known = {name for name, _ in asked.elements}
    names = Counter(name for name, _ in judgement.elements)
    strange = [name for name in names if name not in known]
    strange += [name for name in judgement.options if name not in {option for option, _ in asked.options}]
    if strange:
        has = ", ".join((*(name for name, _ in asked.elements), *(name for name, _ in asked.options))) or "none"
        raise NoSuchElement(f"{asked.number} has no {strange[0][:20]!r}; it has {has}", cite=asked.cite)
    if names and max(names.values()) > 1:
        raise ElementsContradict(f"{names.most_common(1)[0][0]} is answered twice", cite=asked.cite)
    for name, said in judgement.elements:
        if said not in ELEMENT_ANSWERS:
            raise UnknownAnswer(f"{name}: {said[:40]!r} is none of {', '.join(ELEMENT_ANSWERS)}", cite=asked.cite)
    _check_coherent(asked, judgement)


def _check_coherent(asked: Obligation, judgement: Judgement) -> None:
    kinds = {name: element.kind for name, element in asked.elements}
    open_ = [name for name, said in judgement.elements if said != "present"]
    core = [name for name in open_ if kinds[name] in CORE]
    if judgement.answer == "implemented" and core:
        raise ElementsContradict(
            f"{asked.number} cannot be implemented while {', '.join(core)} is not there", cite=asked.cite
        )
    all_there = bool(kinds) and len(judgement.elements) == len(kinds) and not open_
    if all_there and judgement.answer == "not-implemented":
        raise ElementsContradict(f"every element of {asked.number} is said to be there", cite=asked.cite)
    if judgement.answer == "not-applicable" and (judgement.elements or judgement.options):
        raise ElementsContradict(f"{asked.number} is said not to apply, and its elements are judged", cite=asked.cite)


def _check_reasons(law: Law, asked: Obligation, judgement: Judgement) -> None:
    said = bool(judgement.remark.strip())
    open_ = [name for name, answer in judgement.elements if answer != "present"]
    if judgement.answer == "implemented" and not judgement.evidence and not said:
        raise EvidenceNeeded(cite=asked.cite)
    if judgement.answer == "implemented" and open_ and not said:
        why = f"{', '.join(open_)} is not there, so the law reaches further than asked: say that this is meant"
        raise RemarkNeeded(why, cite=asked.cite)
    if judgement.answer == "partly" and not open_ and not said:
        raise RemarkNeeded(f"say what of {asked.number} is missing", cite=asked.cite)
    if judgement.answer == "not-applicable" and not said:
        raise RemarkNeeded(f"say why {asked.number} does not apply to the State", cite=asked.cite)
    if judgement.settles and not said:
        raise RemarkNeeded("say why the disagreement ends this way", cite=asked.cite)
    if judgement.reused_from and not alike(law, asked.number, judgement.reused_from):
        raise NotParallel(
            f"{judgement.reused_from[:60]} is not parallel to {asked.number} in our data", cite=asked.cite
        )
