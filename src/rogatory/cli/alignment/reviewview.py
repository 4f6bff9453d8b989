"""One obligation under review, for a person and as JSON: what is asked, what is proposed, what stands.

The proposals are numbered from 1, the passages that speak for each are shown with what `--evidence` calls them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.assessment.reuse import Offered
from rogatory.alignment.obligations import Obligation
from rogatory.alignment.report.proposals import proposed
from rogatory.alignment.report.telling import obligation_value, offers_value, standing_value
from rogatory.cli import printing
from rogatory.cli.alignment.assessing import standing_view
from rogatory.cli.alignment.lawtexts import passage_name
from rogatory.cli.alignment.named import force_named
from rogatory.law.words import Words
from rogatory.node.alignment.proposals import Proposed, ProposedFor

MAX_SHOWN = 400
_NOTHING = Words(
    "No provision was found; what follows comes nearest.", "Aucune disposition n’a été trouvée ; voici la moins loin."
)
_OFFERED = Words(
    "Answered before: {cite} {answer} ({source}) {evidence}",
    "Réponse antérieure : {cite} {answer} ({source}) {evidence}",
)
_UNSURE = Words(
    "Our words on this provision are not sure; read the official text.",
    "Nos termes sur cette disposition ne sont pas sûrs ; lisez le texte officiel.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An obligation, how it stands, what is proposed for it and what earlier answers offer."""

    asked: Obligation
    standing: Standing
    proposals: ProposedFor
    offers: Sequence[Offered]


def item_value(item: Item) -> dict[str, Any]:
    """An obligation under review as JSON carries it."""
    ranked = enumerate(item.proposals.proposed, start=1)
    return {
        "obligation": obligation_value(item.asked),
        "standing": standing_value(item.standing),
        "found": item.proposals.found,
        "how": list(item.proposals.how),
        "proposals": [_proposed(one, rank) for rank, one in ranked],
        "offered": offers_value(item.offers),
    }


def item_view(item: Item, lang: str, rejected: Sequence[str] = ()) -> list[RenderableType | str]:
    """An obligation under review as a person reads it."""
    asked = item.asked
    views: list[RenderableType | str] = [
        "",
        printing.text(f"{asked.cite} {asked.title.get(lang)} — {force_named(asked.force, lang)}", "bold"),
        asked.what.get(lang),
    ]
    if asked.provision.checked.certainty != "high":
        views.append(_UNSURE.get(lang))
    parts = [(name, one.kind, one.what.get(lang)) for name, one in asked.elements]
    parts += [(name, one.effect, one.what.get(lang)) for name, one in asked.options]
    if parts:
        views.append(printing.table(("", "", ""), parts))
    if item.standing.counted:
        views += ["", *standing_view(item.standing, lang)]
    for offer in item.offers:
        one = offer.earlier
        words = _OFFERED.fill(cite=one.cite, answer=one.answer, source=one.source or "?", evidence=one.evidence)
        views.append(words.get(lang))
    if not item.proposals.found:
        views += ["", _NOTHING.get(lang)]
    for rank, each in enumerate(item.proposals.proposed, start=1):
        views += _proposal_view(rank, each, is_rejected=each.provision.key in rejected)
    return views


def _proposed(one: Proposed, rank: int) -> Mapping[str, Any]:
    return {"law": one.text.law, "text": one.text.id, **proposed(one.provision, one.proposal, rank=rank)}


def _proposal_view(rank: int, one: Proposed, *, is_rejected: bool) -> list[RenderableType | str]:
    provision = one.provision
    mark = "✗" if is_rejected else " "
    first = f"{mark}{rank:2} {one.text.law}:{provision.key}  {provision.label} {provision.heading}".rstrip()
    lines: list[RenderableType | str] = ["", f"{first}  [{one.proposal.score:.2f}]"]
    for match in one.proposal.matches:
        passage = provision.passages[match.passage]
        lines.append(_passage(passage_name(match.passage, passage.number), passage.text, match.spans))
    return lines


def _passage(name: str, text: str, spans: Sequence[tuple[int, int]]) -> RenderableType:
    """A passage with what was found in it underlined; the beginning of a long one."""
    shown = printing.text(f"     {name}  ")
    start = len(shown)
    body = printing.text(text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…")
    for first, last in spans:
        body.stylize("bold underline", first, min(last, MAX_SHOWN))
    shown.append_text(body)
    return shown if len(shown) > start else printing.text("")
