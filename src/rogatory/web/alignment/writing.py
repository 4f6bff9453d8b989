"""What a reader writes about an obligation: read from a form, kept while it is begun, and made into an answer.

Evidence is named by the text, the provision and the passage; what a judgement rested on before stays as it was quoted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.assessment.judging import MAX_EVIDENCE, MAX_REJECTED
from rogatory.alignment.assessment.model import Evidence, Judgement
from rogatory.alignment.assessment.reuse import Offered
from rogatory.node.alignment import assessments
from rogatory.node.alignment.assessments import Answer
from rogatory.node.context import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in the form: `evidence` are references as `reference` makes them, `after` the judgement seen last."""

    answer: str = ""
    elements: Mapping[str, str] = field(default_factory=dict)
    options: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    rejected: frozenset[str] = frozenset()
    remark: str = ""
    settles: bool = False
    reused_from: str = ""
    after: str = ""

    @property
    def says(self) -> bool:
        """Whether anything is written at all."""
        said = (self.answer, self.options, self.evidence, self.rejected, self.remark.strip(), self.settles)
        return any(said) or any(self.elements.values())


def reference(text: str, key: str, passage: int | None) -> str:
    """How a form names a passage, or with `None` a whole provision: `TEXT:2:197-bis`, `TEXT::197-bis`."""
    return f"{text}:{'' if passage is None else passage}:{key}"


def sent(values: QueryDict) -> Written:
    """What a form sent."""
    elements = {name[2:]: value for name, value in values.items() if name.startswith("e.") and isinstance(value, str)}
    return Written(
        answer=values.get("answer", ""),
        elements={name: value for name, value in elements.items() if value},
        options=frozenset(values.getlist("option")),
        evidence=tuple(dict.fromkeys(values.getlist("evidence")))[: MAX_EVIDENCE + 1],
        rejected=frozenset(values.getlist("rejected")[: MAX_REJECTED + 1]),
        remark=values.get("remark", "").replace("\r\n", "\n").replace("\x00", ""),
        settles=values.get("settles") == "yes",
        reused_from=values.get("reused_from", ""),
        after=values.get("after", ""),
    )


def as_body(written: Written) -> dict[str, Any]:
    """What is kept of something begun; empty for nothing."""
    if not written.says:
        return {}
    return {
        "answer": written.answer,
        "elements": dict(written.elements),
        "options": sorted(written.options),
        "evidence": list(written.evidence),
        "rejected": sorted(written.rejected),
        "remark": written.remark,
        "settles": written.settles,
        "reused_from": written.reused_from,
        "after": written.after,
    }


def from_body(body: Mapping[str, Any]) -> Written:
    """What was begun and kept."""
    return Written(
        answer=str(body.get("answer", "")),
        elements=dict(body.get("elements", {})),
        options=frozenset(body.get("options", ())),
        evidence=tuple(body.get("evidence", ())),
        rejected=frozenset(body.get("rejected", ())),
        remark=str(body.get("remark", "")),
        settles=bool(body.get("settles")),
        reused_from=str(body.get("reused_from", "")),
        after=str(body.get("after", "")),
    )


def from_judgement(made: Judgement, after: str) -> Written:
    """A reader's own answer, to be changed."""
    return Written(
        answer=made.answer,
        elements=dict(made.elements),
        options=frozenset(made.options),
        evidence=tuple(_named(one) for one in made.evidence),
        rejected=frozenset(made.rejected),
        remark=made.remark,
        settles=made.settles,
        reused_from=made.reused_from,
        after=after,
    )


def from_earlier(offer: Offered, after: str) -> Written:
    """An earlier answer laid into the form: it counts only once the reader saves it."""
    earlier = offer.earlier
    said = "\n".join(one for one in (earlier.evidence, earlier.remark) if one)
    day = f" ({earlier.on})" if earlier.on else ""
    source = f"{earlier.cite}{day}: {earlier.source}" if earlier.source else f"{earlier.cite}{day}"
    return Written(answer=earlier.answer, remark=f"{said}\n[{source}]".strip(), reused_from=earlier.cite, after=after)


def quoted(standing: Standing) -> dict[str, Evidence]:
    """What the judgements on an obligation rested on, by its reference."""
    return {_named(one): one for made in standing.log for one in made.evidence}


def rests_on(node: Node, references: Iterable[str], known: Mapping[str, Evidence]) -> list[Evidence]:
    """The passages that *references* name, those of *known* as they were quoted.

    Raises `NoSuchText` and `NoSuchProvision`.
    """
    found = []
    for one in references:
        text, _, rest = one.partition(":")
        place, _, key = rest.partition(":")
        passage = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else None
        found.append(known.get(one) or assessments.evidence(node, text, key, passage))
    return found


def as_answer(node: Node, number: str, written: Written, standing: Standing) -> Answer:
    """The answer that *written* gives; raises `NoSuchText` and `NoSuchProvision`."""
    return Answer(
        number=number,
        answer=written.answer,
        after=written.after,
        elements=written.elements,
        options=sorted(written.options),
        evidence=rests_on(node, written.evidence, quoted(standing)),
        rejected=sorted(written.rejected),
        remark=written.remark,
        settles=written.settles,
        reused_from=written.reused_from,
    )


def _named(one: Evidence) -> str:
    return reference(one.text, one.key, one.passage)
