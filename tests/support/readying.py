"""The papers and the checklist of a State on its way, out of choices written as a person would."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tests.support.examplia import CHOICES

from rogatory.law.loader import load_law
from rogatory.readiness import consent
from rogatory.readiness.checklist import checklist
from rogatory.readiness.choosing import read_choices
from rogatory.readiness.filing import Filed
from rogatory.readiness.papers.drafts import drafts
from rogatory.readiness.papers.model import Paper
from rogatory.readiness.steps import Assessed, Mark, Situation, Step
from rogatory.status.engine import Status
from rogatory.status.model import Deposit

LAW = load_law()
#: A signatory of the Convention, and a State that did not sign, as the deposits that ship say.
SIGNATORY, STRANGER = "FRA", "IND"
TODAY = date(2026, 11, 22)


def status(*extra: Deposit) -> Status:
    """The status that ships, with some deposits more."""
    return Status.load(extra, law=LAW)


def given(**changes: Any) -> dict[str, Any]:
    """Examplia's choices with some of them changed; `None` leaves one out."""
    merged = {**tomllib.loads(CHOICES), **changes}
    return {key: value for key, value in merged.items() if value is not None}


def papers(state: str = SIGNATORY, on: date = TODAY, known: Status | None = None, **changes: Any) -> dict[str, Paper]:
    """The papers of *state* by id."""
    choices = read_choices(given(**changes), law=LAW)
    return {one.id: one for one in drafts(LAW, known or status(), state, choices, on)}


def steps(
    state: str = SIGNATORY,
    on: date = TODAY,
    *,
    known: Status | None = None,
    filed: Iterable[Filed] = (),
    marks: Mapping[str, Mark] | None = None,
    drill: date | None = None,
    assessed: Assessed | None = None,
    **changes: Any,
) -> dict[str, Step]:
    """The checklist of *state* by step."""
    stands = known or status()
    choices = read_choices(given(**changes), law=LAW)
    situation = Situation(
        law=LAW,
        status=stands,
        state=state,
        on=on,
        signing=consent.signing(LAW, stands, state, on),
        choices=choices,
        papers=drafts(LAW, stands, state, choices, on),
        filed=tuple(filed),
        marks=marks or {},
        drill=drill,
        assessed=assessed,
    )
    return {one.id: one for one in checklist(situation)}


def said(paper: Paper, lang: str = "en") -> str:
    """All the text of the paper itself."""
    parts = [paper.title, *paper.from_lines, *paper.to_lines, paper.done, *paper.signature]
    for block in paper.blocks:
        parts += [block.text, *(words for item in block.items for words in item)]
    return "\n".join(one.get(lang) for one in parts)
