"""The page of a case, put together: every request with its opinion from our chair and its steps, and what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from rogatory.casefile import cites, table
from rogatory.casefile.measures import BASES
from rogatory.evidence import custody
from rogatory.evidence.custody import Entry
from rogatory.evidence.manifest import Manifest
from rogatory.law.form import Form
from rogatory.node import desk, opinions, pulse
from rogatory.node.desk import CasePage, RequestView
from rogatory.node.evidence import exhibits
from rogatory.opinion.findings import Opinion
from rogatory.ports.evidence import ExhibitRow
from rogatory.web.doors import DeskRequest
from rogatory.web.stepforms import Refused, StepForm, step_form

MAX_ANSWER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPart:
    """One request on the page of its case; no form and no opinion where our law data do not know what was asked."""

    view: RequestView
    form: Form | None
    opinion: Opinion | None
    answers: Mapping[str, str]
    steps: tuple[StepForm, ...]
    may_deliver: bool
    delivery_cite: str
    elapsed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitPart:
    """One exhibit on the page of its case; `lines` is its chain of custody as far as we hold it."""

    row: ExhibitRow
    manifest: Manifest
    lines: tuple[Entry, ...]
    may_propose: bool
    may_open: bool


def context(request: DeskRequest, case: str, refused: Refused | None = None) -> dict[str, Any]:
    """What the templates of a case page are given; the reading is recorded."""
    beat = pulse.pulse(request.node, request.actor, case)  # first: what arrives while we read must look new later
    page = desk.case_page(request.node, request.actor, case)
    waiting = {draft.body.get("exhibit") for draft in page.drafts if draft.kind == "delivery"}
    return {
        "page": page,
        "case": page.case,
        "parts": tuple(_part(request, page, view, refused) for view in page.requests),
        "exhibits": tuple(_exhibit(request, row, waiting) for row in page.exhibits),
        "pulse": beat,
        "refused": refused,
    }


def answers_of(request: DeskRequest, digest: str) -> dict[str, str]:
    """What this person answered to the questions on the request *digest*; it is kept in the session only."""
    found: dict[str, str] = request.session.get(f"answers-{digest}", {})
    return found


def answers_in(sent: QueryDict) -> dict[str, str]:
    """The officer's answers in a form, by question."""
    given = {key.removeprefix("q."): str(sent.get(key, "")).strip() for key in sent if key.startswith("q.")}
    return {key: value for key, value in given.items() if value and len(value) <= MAX_ANSWER}


def keep_answers(request: DeskRequest, digest: str, answers: Mapping[str, str]) -> None:
    """Remember *answers*, which an opinion has taken, for the request *digest*."""
    request.session[f"answers-{digest}"] = dict(answers)


def _part(request: DeskRequest, page: CasePage, view: RequestView, refused: Refused | None) -> RequestPart:
    answers = answers_of(request, view.request.digest)
    law, asked = request.node.law, view.request
    known = (asked.instrument, asked.measure) in law.forms
    opinion = opinions.on_request(request.node, page.case, asked, answers=answers, chair=page.side) if known else None
    steps = tuple(
        step_form(request.node, view.request, step, page.side, refused) for step in view.steps if step != "delivery"
    )
    return RequestPart(
        view=view,
        form=law.form(asked.measure, instrument=asked.instrument) if known else None,
        opinion=opinion,
        answers=answers,
        steps=steps,
        may_deliver=_may_deliver(request, page, view),
        delivery_cite=cites.under(law, asked.instrument, BASES[asked.measure].delivery),
        elapsed=_elapsed(page, view),
    )


def _may_deliver(request: DeskRequest, page: CasePage, view: RequestView) -> bool:
    one = view.request
    return "custodian" in request.actor.roles and bool(table.row(one.measure, one.state, "delivery", page.side))


def _elapsed(page: CasePage, view: RequestView) -> int:
    """How much of the period has passed, in hundredths."""
    if view.clock is None:
        return 0
    whole = (view.clock.until - view.clock.began).total_seconds()
    return max(0, min(100, round(100 * (page.now - view.clock.began).total_seconds() / whole)))


def _exhibit(request: DeskRequest, row: ExhibitRow, waiting: set[Any]) -> ExhibitPart:
    custodian = "custodian" in request.actor.roles
    return ExhibitPart(
        row=row,
        manifest=exhibits.manifest_of(row),
        lines=tuple(custody.read_entry(text.encode()).unverified_entry for text in row.custody),
        may_propose=custodian and row.ours and row.state == "sealed" and row.id not in waiting,
        may_open=custodian and not row.ours and row.state == "received",
    )
