"""The papers of a session: agenda, documents, proposals to be circulated, decisions to be numbered."""

from typing import Any

from rogatory.node.conference.meetings import Sitting
from rogatory.web.conference.access import FaceRequest
from rogatory.web.conference.live import Face


def _context(_request: FaceRequest, sitting: Sitting) -> dict[str, Any]:
    state = sitting.state
    return {
        "documents": sorted(state.documents.values(), key=lambda one: (one.item, one.symbol)),
        "languages": state.book.languages,
        "proposals": sorted(state.proposals.values(), key=lambda one: one.place),
        "decisions": state.decisions,
        "next_item": str(len(state.items) + 1),
    }


PAPERS = Face(
    name="papers",
    role="secretariat",
    aspects=("session", "agenda", "documents", "proposals", "decisions"),
    context=_context,
    seconds=2.0,
)
