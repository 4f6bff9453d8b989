"""Filing: what the depositary received enters the record, and with it the status that every door reads.

Filing several papers is one transaction. The State's own deposits are then written anew from the whole record, so an
interrupted call leaves at worst an older file, which the next filing or `rebuild` puts right.
"""

from collections.abc import Sequence
from datetime import date

from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.node.readiness import entries
from rogatory.node.readiness.deciding import ROLE
from rogatory.readiness import consent
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.filing import (
    SIGNATURE,
    BadFiling,
    Filed,
    checked_reference,
    deposits,
    require_consentable,
    require_day,
    require_filable,
    require_signable,
    require_standing,
)
from rogatory.readiness.papers.drafts import drafts, paper, require_ready
from rogatory.readiness.papers.model import Paper
from rogatory.status.model import CONSENTS
from rogatory.status.own import write_own

MAX_AT_ONCE = 50
MAX_BECAUSE = 300


def file(node: Node, actor: Actor, names: Sequence[str], *, on: date, reference: str = "") -> tuple[Filed, ...]:
    """The papers of those names, or `signature`, entered as filed on that day under that reference.

    Raises `RoleMissing`, `UnknownPaper`, `ChoicesMissing`, `BadFiling` and `AlreadyFiled`; then nothing is filed.
    """
    people.require(actor, ROLE)
    if not 0 < len(names) <= MAX_AT_ONCE or len(set(names)) < len(names):
        raise BadFiling(f"name 1 to {MAX_AT_ONCE} papers, each once", remedy="See: rogatory ready letters.")
    told = checked_reference(reference)
    require_day(on, today=node.clock.now().date(), adopted=node.law.instrument(HOME).adopted)
    with node.stores.atomic():
        choices, _ = entries.choices(node)
        papers = drafts(node.law, node.status, node.state, choices, node.clock.now().date())
        for name in names:
            found = None if name == SIGNATURE else require_ready(paper(papers, name))
            _require_new(node, found, on)
            subject = found.id if found else SIGNATURE
            row = entries.add(node, actor, entries.FILING, subject=subject, body=_body(found), on=on, reference=told)
            people.note(node, actor, "readiness:paper:file", subject, f"number {row.place}, {on}")
        node.stores.after_commit(lambda: publish(node))
        every = entries.filed(node)
    return every[-len(names) :]


def _require_new(node: Node, found: Paper | None, on: date) -> None:
    every, known = entries.filed(node), node.status.deposits(HOME, state=node.state)
    if found is None:
        signing = consent.signing(node.law, node.status, node.state, on)
        require_signable(signing, on, every, known)
        return
    require_filable(found, on, every, known)
    if found.action in CONSENTS:
        require_consentable(consent.signing(node.law, node.status, node.state, node.clock.now().date()), on)


def _body(found: Paper | None) -> dict[str, str]:
    """What the entry says; an act about the whole Convention names no provision."""
    if found is None:
        return {"action": SIGNATURE, "provision": "", "value": ""}
    whole = found.action in CONSENTS
    return {"action": found.action, "provision": "" if whole else found.provision, "value": found.value}


def correct(node: Node, actor: Actor, number: int, *, because: str) -> Filed:
    """The filing of that number, taken back by a correcting entry that says why.

    Raises `RoleMissing`, `NoSuchFiling`, and `BadFiling` without a reason.
    """
    people.require(actor, ROLE)
    told = " ".join(because.split())
    if not told or len(told) > MAX_BECAUSE or not told.isprintable():
        raise BadFiling(f"a correction says why, in 1 to {MAX_BECAUSE} signs", remedy="Give --because TEXT.")
    with node.stores.atomic():
        found = require_standing(number, entries.filed(node))
        entries.add(node, actor, entries.CORRECTION, subject=str(number), body={"because": told})
        people.note(node, actor, "readiness:filing:correct", found.paper, f"number {number}")
        node.stores.after_commit(lambda: publish(node))
    return require_number(node, number)


def require_number(node: Node, number: int) -> Filed:
    """The filing of that number, corrected or not; raises `NoSuchFiling`."""
    every = entries.filed(node)
    return next((one for one in every if one.number == number), None) or require_standing(number, every)


def publish(node: Node) -> None:
    """Write the State's own deposits anew from the record."""
    node.stores.readiness.publish(lambda: _own(node))


def _own(node: Node) -> bytes:
    return write_own(deposits(node.state, entries.filed(node), practice=node.config.exercise))
