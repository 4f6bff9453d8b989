"""The certificate that an exhibit was destroyed or given back: the signed entry, who agreed, and its ledger proof."""

from dataclasses import dataclass

from rogatory.casefile.messages import Person
from rogatory.errors import NotFound
from rogatory.evidence.custody import Entry
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Manifest
from rogatory.kernel.times import stamp
from rogatory.ledger.proofs import Proof
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, hands
from rogatory.node.ledger import proving
from rogatory.node.people import Actor

_SAID: dict[str, dict[str, str]] = {
    "destroyed": {
        "en": "Certificate of destruction",
        "fr": "Certificat de destruction",
    },
    "returned": {
        "en": "Certificate of return",
        "fr": "Certificat de restitution",
    },
    "what": {
        "en": "Exhibit {exhibit}, “{name}”, {size} bytes, SHA-256 {sha256}, given by {by} in the case {case}.",
        "fr": "Pièce {exhibit}, « {name} », {size} octets, SHA-256 {sha256}, remise par {by} dans l’affaire {case}.",
    },
    "gone": {
        "en": "{holder} ({person}) states that on {at} the sealed file, the key to its contents in it, and every "
        "header made anew for it were destroyed wherever this node kept them. What was opened before stands in the "
        "chain of custody.",
        "fr": "{holder} ({person}) déclare que le {at} le fichier scellé, la clé de son contenu qu’il portait et tout "
        "en-tête refait pour lui ont été détruits partout où ce nœud les gardait. Les ouvertures antérieures figurent "
        "dans la chaîne de possession.",
    },
    "back": {
        "en": "{holder} ({person}) states that on {at} it gave the exhibit back to {to} and kept no sealed file of it.",
        "fr": "{holder} ({person}) déclare avoir restitué la pièce à {to} le {at} et n’en avoir gardé aucun fichier "
        "scellé.",
    },
    "why": {"en": "Why: {purpose}.", "fr": "Motif : {purpose}."},
    "second": {"en": "A second person agreed: {person}.", "fr": "Une seconde personne a donné son accord : {person}."},
    "proof": {
        "en": "The signed entry {digest} stands in this node's ledger as number {index}.",
        "fr": "La mention signée {digest} figure au registre de ce nœud sous le numéro {index}.",
    },
    "no-proof": {
        "en": "The signed entry {digest} was made by the other side; its ledger proves it.",
        "fr": "La mention signée {digest} émane de l’autre côté ; c’est son registre qui la prouve.",
    },
}


class NoCertificate(NotFound):
    """This exhibit was neither destroyed nor given back."""

    code = "no-certificate"
    remedy = "Look at its custody: rogatory exhibit custody ID."


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A verified entry `destroyed` or `returned`, as *signed*; *second* agreed to it, *proof* is that of our ledger."""

    manifest: Manifest
    entry: Entry
    signed: str
    second: Person | None
    proof: Proof | None

    def sentences(self, lang: str = "en") -> list[str]:
        """The certificate in words (`en` or `fr`); the first sentence is its title."""
        made, entry = self.manifest, self.entry
        about = {"holder": entry.holder, "person": entry.person, "at": stamp(entry.at), "to": entry.to}
        what = {"exhibit": made.exhibit, "name": made.name, "size": made.size, "sha256": made.sha256}
        said = [
            _SAID[str(entry.act)][lang],
            _SAID["what"][lang].format(**what, by=made.sealed_by, case=made.case),
            _SAID["gone" if entry.act is Act.DESTROYED else "back"][lang].format(**about),
        ]
        if entry.purpose.strip():
            said.append(_SAID["why"][lang].format(purpose=entry.purpose.strip().rstrip(".")))
        if self.second:
            said.append(_SAID["second"][lang].format(person=self.second.name))
        key, index = ("proof", self.proof.index) if self.proof else ("no-proof", 0)
        return [*said, _SAID[key][lang].format(digest=entry.digest, index=index)]


def certificate(node: Node, actor: Actor, id: str) -> Certificate:
    """The certificate for exhibit *id*, ours or the other side's; raises `NoSuchExhibit` and `NoCertificate`."""
    people.require_reader(actor)
    row = exhibits.get(node, id)
    pairs = [(signed, one) for signed, one in zip(row.custody, hands.read(row.custody), strict=True)]
    ended = [pair for pair in pairs if pair[1].act in (Act.DESTROYED, Act.RETURNED)]
    if not ended:
        raise NoCertificate(f"exhibit {id} is {row.state}")
    # Of two, that of the State which received it says more: it was the one bound by the conditions.
    made = exhibits.manifest_of(row)
    signed, entry = next((pair for pair in reversed(ended) if pair[1].holder != made.sealed_by), ended[-1])
    with node.stores.atomic():
        people.note(node, actor, "exhibit:certificate:read", row.case, id)
    return Certificate(
        manifest=made,
        entry=entry,
        signed=signed,
        second=_second(node, row.case, signed),
        proof=proving.proof(node, entry.digest) if node.stores.exhibits.logged(entry.digest) else None,
    )


def _second(node: Node, case: str, signed: str) -> Person | None:
    """Who approved the message that carries the entry *signed*."""
    for event in record.case_file(node, case).events:
        if signed in event.message.body.get("custody", ()):
            return event.message.approved_by
    return None
