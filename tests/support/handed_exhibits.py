"""Exhibits between our node and a partner made of keys: one that it gives us, and one that we give it."""

import io
import os
from datetime import date
from typing import Any

from tests.support.handover import US, Handover, People
from tests.support.partner import Partner, stored_data_contents

from rogatory.casefile.messages import Message
from rogatory.evidence import custody
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.kernel import ids
from rogatory.node import drafting, intake, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, sealings
from rogatory.node.evidence import handover as handing_over


class _Case:
    """What both have in common: the partner says things in the case, after everything that we hold of it."""

    node: Node
    partner: Partner
    request: Message
    recipients: tuple[str, ...]

    def tell(self, kind: str, body: dict[str, Any], *, arrives: bool = True) -> Message:
        """One more message of the partner, who has seen all that we hold of the case; it *arrives* here."""
        file = record.case_file(self.node, self.request.case)
        at = self.node.clock.now()
        message = self.partner.message(
            kind,
            body,
            case=self.request.case,
            to=US,
            at=at,
            follows=file.heads,
            number=file.next_number,
            regarding=self.request.digest,
        )
        if arrives:
            self.receive(message)
        return message

    def receive(self, message: Message) -> None:
        """Let *message* arrive here."""
        sealed = self.partner.seal(message.jws, to=US, recipients=self.recipients, at=self.node.clock.now())
        intake.receive(self.node, sealed)

    def entry(self, exhibit: str, act: Act, **details: Any) -> str:
        """An entry of custody that the partner signs after the whole chain of *exhibit* that we hold."""
        at = self.node.clock.now()
        row = exhibits.get(self.node, exhibit)
        deed = Deed(act=act, holder=self.partner.authority, person="Inès Moreau", at=at, **details)
        chain = [one.encode() for one in row.custody]
        key = self.partner.keys.signing_key(self.partner.authority, at)
        return custody.record(chain, deed, manifest=exhibits.manifest_of(row), key=key)[-1].decode()

    def custody(self, exhibit: str) -> list[str]:
        """The acts in the custody that we hold of *exhibit*."""
        row = exhibits.get(self.node, exhibit)
        return [str(custody.read_entry(one.encode()).unverified_entry.act) for one in row.custody]


class Received(_Case, Handover):
    """The partner answers our request with an exhibit under *conditions*; a test sends its parts as it likes."""

    def __init__(
        self,
        node: Node,
        people: People,
        partner: Partner,
        recipients: tuple[str, ...],
        content: bytes,
        conditions: Conditions | None = None,
    ) -> None:
        self.conditions = conditions or Conditions(use="This investigation only")
        self.partner = partner
        Handover.__init__(self, node, people, partner, recipients, content)

    def make_manifest(self, **changes: Any) -> Manifest:
        """The manifest of the exhibit, with *changes*."""
        return super().make_manifest(**{"conditions": self.conditions, **changes})

    def arrive(self) -> str:
        """Everything up to our custody receipt; the id of the exhibit."""
        self.announce()
        self.give_all()
        handing_over.finish(self.node, self.id)
        return self.id


class Given(_Case):
    """The partner asks for stored data; we accept, seal *content*, and our delivery leaves."""

    def __init__(
        self,
        node: Node,
        people: People,
        partner: Partner,
        recipients: tuple[str, ...],
        content: bytes = b"",
        retention: date | None = None,
    ) -> None:
        self.node, self.partner, self.recipients, self.people = node, partner, recipients, people
        self.request = self._ask()
        steps.take(
            node,
            people["duty-officer"],
            case=self.request.case,
            regarding=self.request.digest,
            kind="decision",
            body={"outcome": "accepted"},
        )
        for draft in node.stores.drafts.of_case(self.request.case):
            drafting.approve(node, people["approver"], draft.id)
        self.id = self.seal(content, retention) if content else ""

    def seal(self, content: bytes, retention: date | None) -> str:
        """The exhibit that *content* becomes; it waits for its delivery."""
        about = sealings.ToSeal(
            name="log.txt",
            media_type="text/plain",
            description="A log",
            use="Only there",
            retention_until=retention,
        )
        case, regarding = self.request.case, self.request.digest
        source = io.BytesIO(content)
        custodian = self.people["custodian"]
        return sealings.seal(self.node, custodian, case=case, regarding=regarding, source=source, about=about).id

    def _ask(self) -> Message:
        at = self.node.clock.now()
        case = ids.case_id(self.partner.state, US[:3], year=at.year, number=1, random=os.urandom(7))
        contents = {"measure": "stored-data", "instrument": "uncc", "contents": stored_data_contents()}
        body = {**contents, "follows_request": None}
        message = self.partner.message("request", body, case=case, to=US, at=at)
        self.request = message
        self.receive(message)
        return message

    def deliver(self) -> Message:
        """Our delivery, approved: the parts may be sent."""
        row, body = handing_over.propose_delivery(self.node, self.people["custodian"], self.id)
        draft = steps.take(
            self.node, self.people["custodian"], case=row.case, regarding=row.request, kind="delivery", body=body
        )
        return drafting.approve(self.node, self.people["approver"], draft.id)  # type: ignore[union-attr]

    def receipt(self) -> dict[str, Any]:
        """The body of the custody receipt that the partner owes."""
        root = exhibits.manifest_of(exhibits.get(self.node, self.id)).parts.root
        return {"exhibit": self.id, "custody": [self.entry(self.id, Act.RECEIVED, root=root)]}
