"""What a reader has chosen for an obligation and not yet saved: kept on the node, found again here and at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rogatory.alignment.assessment.model import Evidence
from rogatory.errors import NotFound
from rogatory.node.alignment import assessments
from rogatory.node.context import Node


@dataclass(slots=True)
class Draft:
    """Passages that were accepted, and the keys of provisions that were rejected."""

    evidence: list[Evidence] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)

    @property
    def says(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.evidence or self.rejected)


def as_body(draft: Draft, *, after: str) -> dict[str, Any]:
    """What is kept of *draft*, made upon the judgement *after*, in the shape that the desk keeps."""
    return {
        "evidence": [f"{one.text}:{'' if one.passage is None else one.passage}:{one.key}" for one in draft.evidence],
        "rejected": list(dict.fromkeys(draft.rejected)),
        "after": after,
    }


def from_body(node: Node, body: Mapping[str, Any]) -> Draft:
    """What was kept; a passage whose text is here no more is left out."""
    draft = Draft(rejected=[str(one) for one in body.get("rejected", ())])
    for named in body.get("evidence", ()):
        text, _, rest = str(named).partition(":")
        place, _, key = rest.partition(":")
        try:
            draft.evidence.append(assessments.evidence(node, text, key, int(place) if place else None))
        except NotFound:
            continue
    return draft
