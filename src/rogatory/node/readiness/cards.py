"""What the contact card should say once authorities and languages were notified: a proposal to the administrator.

A card names the authorities of this node. Only those that the choices tie to one (`desk`) and whose notice was filed
are proposed: name, languages, and the provision under which each was notified. Applying it raises the card's serial.
"""

from dataclasses import dataclass, replace

from rogatory.node import people
from rogatory.node.context import AuthorityConfig, Node
from rogatory.node.people import Actor
from rogatory.node.readiness import entries
from rogatory.readiness import catalogue
from rogatory.readiness.choices import Authority
from rogatory.readiness.filing import standing
from rogatory.status.profile import within


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChange:
    """One authority of the card as it is and as it should be."""

    id: str
    before: AuthorityConfig
    after: AuthorityConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class CardProposal:
    """What should change in the card, and the notified authorities that are none of this node's."""

    serial: int
    changes: tuple[CardChange, ...]
    elsewhere: tuple[str, ...]


def proposal(node: Node) -> CardProposal:
    """What the card should say, after what was filed."""
    choices, _ = entries.choices(node)
    filed = {one.paper for one in standing(entries.filed(node))}
    wanted = {one.id: one for one in node.config.authorities}
    elsewhere: list[str] = []
    languages = choices.languages if _languages_filed(node, filed) else ()
    for body in choices.authorities:
        if f"notice-{body.provision}" not in filed:
            continue
        desk = f"{node.state}/{body.desk}"
        if desk in wanted:
            wanted[desk] = _as_notified(wanted[desk], body, languages)
        else:
            elsewhere.append(f"{body.provision}: {body.name.en}")
    changes = (CardChange(id=one.id, before=one, after=wanted[one.id]) for one in node.config.authorities)
    return CardProposal(
        serial=node.config.serial + 1,
        changes=tuple(one for one in changes if one.before != one.after),
        elsewhere=tuple(elsewhere),
    )


def _languages_filed(node: Node, filed: set[str]) -> bool:
    kinds = (one for one in catalogue.notices(node.law) if one.content == "languages")
    return any(f"notice-{one.number}" in filed for one in kinds)


def _as_notified(held: AuthorityConfig, body: Authority, languages: tuple[str, ...]) -> AuthorityConfig:
    covered = any(within(body.provision, function) for function in held.functions)
    return replace(
        held,
        name_en=body.name.en,
        name_fr=body.name.fr,
        functions=held.functions if covered else (*held.functions, body.provision),
        languages=body.languages or languages or held.languages,
    )


def note_change(node: Node, actor: Actor, change: CardProposal) -> None:
    """The access record, with one more line: *actor* makes the card say what was notified; raises `RoleMissing`."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        told = ", ".join(one.id for one in change.changes)
        people.note(node, actor, "node:card:change", node.state, f"serial {change.serial}: {told}"[:500])
