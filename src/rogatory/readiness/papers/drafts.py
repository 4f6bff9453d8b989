"""All papers of a State on its way to become a Party, drafted from its choices as they stand."""

from collections.abc import Iterable
from datetime import date

from rogatory.law.model import Law
from rogatory.law.words import Answer
from rogatory.readiness import consent
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import Choices
from rogatory.readiness.papers import consent as consent_papers
from rogatory.readiness.papers.drafting import Drafting
from rogatory.readiness.papers.model import ChoicesMissing, Paper, UnknownPaper
from rogatory.readiness.papers.notices import notices
from rogatory.readiness.papers.statements import statements
from rogatory.status.engine import Status

#: Notices that are due with the instrument, or by then.
_WITH = ("with-instrument", "signature-or-instrument")


def drafting_of(law: Law, status: Status, state: str, choices: Choices, on: date) -> Drafting:
    """What papers of *state* are drafted from on that day; raises `UnknownState`."""
    signed = consent.signing(law, status, state, on)
    return Drafting(
        law=law,
        choices=choices,
        state=status.state(state),
        signatory=signed.signed,
        signed_on=signed.on if signed.signed is Answer.YES else None,
    )


def drafts(law: Law, status: Status, state: str, choices: Choices, on: date) -> tuple[Paper, ...]:
    """Every paper: full powers, instrument, note, reservations and declarations, notices; raises `UnknownState`."""
    drafting = drafting_of(law, status, state, choices, on)
    signing = consent.signing(law, status, state, on)
    said, letters = statements(drafting), notices(drafting)
    enclosed = [one for one in letters if _goes_along(law, one)]
    return (
        *consent_papers.full_powers(drafting, signing),
        consent_papers.instrument(drafting, signing, said, on),
        consent_papers.transmittal(drafting, enclosed),
        *said,
        *letters,
    )


def _goes_along(law: Law, paper: Paper) -> bool:
    notice = law.provision(HOME, paper.provision).notice
    return notice is not None and notice.when in _WITH


def paper(papers: Iterable[Paper], id: str) -> Paper:
    """The paper of that id, with or without its brackets; raises `UnknownPaper`."""
    every = list(papers)
    found = next((one for one in every if id in (one.id, one.slug)), None)
    if found is None:
        raise UnknownPaper(f"{id!r} is no paper; there are {', '.join(one.id for one in every)}")
    return found


def require_ready(one: Paper) -> Paper:
    """*one* itself; raises `ChoicesMissing` with all that is missing."""
    if one.missing:
        listed = "; ".join(f"{lack.place}: {lack.what.en}" for lack in one.missing)
        raise ChoicesMissing(f"{one.id} lacks {listed}", cite=one.provision)
    return one
