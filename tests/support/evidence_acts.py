"""The acts on evidence that are killed: sealing, sending and receiving, and those on an exhibit that is held."""

import hashlib
import io
from collections import Counter
from dataclasses import replace

from tests.support.evidence_act import CONTENT, Act
from tests.support.evidence_at_work import PEOPLE, US
from tests.support.evidence_held import Backup, Destroy, Extract, Open, Renew, Scrub
from tests.support.handed_exhibits import Given, Received

from rogatory.evidence import opener
from rogatory.node import delivery, intake, record
from rogatory.node.evidence import exhibits, handover, sealings, transfer


class Seal(Act):
    """A file is sealed, and resumed when it was stopped."""

    def prepare(self) -> None:
        asked = Given(self.node, PEOPLE, self.france, self.recipients)
        self.case, self.regarding = asked.request.case, asked.request.digest

    def run(self) -> None:
        node, custodian = self.node, PEOPLE["custodian"]
        if node.stores.exhibits.of_case(self.case):
            return
        under = node.stores.sealings.of_case(self.case)
        about = sealings.ToSeal(name="a.bin", media_type="text/plain", description="A log", use="Only there")
        row = (
            under[0]
            if under
            else sealings.begin(
                node,
                custodian,
                case=self.case,
                regarding=self.regarding,
                about=about,
                origin="a.bin",
                size=len(CONTENT),
            )
        )
        sealings.resume(node, custodian, row.id, io.BytesIO(CONTENT))

    def require_done(self) -> None:
        node = self.node
        (row,) = node.stores.exhibits.of_case(self.case)
        assert (row.state, self.acts(row)) == ("sealed", ["sealed"])
        assert list(node.stores.sealings.of_case(self.case)) == []
        assert list(node.blobs.unfinished_names(f"exhibits/{row.id}")) == []
        assert node.stores.exhibits.logged(hashlib.sha256(row.custody[0].encode()).hexdigest())
        sink = io.BytesIO()
        with node.blobs.open(row.sealed_blob) as sealed:
            identities = self.france.keys.identities()[self.france.authority]
            opener.open_exhibit(sealed, sink, manifest=exhibits.manifest_of(row), identities=identities)
        assert sink.getvalue() == CONTENT


class Send(Act):
    """An exhibit of ours leaves: its delivery, its list, its parts; and the receipt for it comes in."""

    def prepare(self) -> None:
        given = Given(self.node, PEOPLE, self.france, self.recipients, CONTENT)
        self.case, self.id = given.request.case, given.id
        given.deliver()
        self.given = given

    def run(self) -> None:
        node = self.node
        delivery.drain(replace(node, clock=self.later()), "FRA")
        if self.row().state == "sending":
            transfer.send(node, self.id)
        if self.row().state == "sent":
            self.given.node = node
            at, file = node.clock.now(), record.case_file(node, self.case)
            message = self.france.message(
                "custody-receipt",
                self.given.receipt(),
                case=self.case,
                to=US,
                at=at,
                follows=file.heads,
                number=file.next_number,
                regarding=self.given.request.digest,
            )
            intake.receive(node, self.france.seal(message.jws, to=US, recipients=self.recipients, at=at))

    def require_done(self) -> None:
        row = self.row()
        assert (row.state, self.acts(row)) == ("received", ["sealed", "sent", "received"])
        with self.node.blobs.open(row.sealed_blob) as sealed:
            whole = sealed.read()
        count = exhibits.manifest_of(row).parts.count
        assert b"".join((self.world / f"{self.id}.{number}").read_bytes() for number in range(count)) == whole
        assert Counter(one["kind"] for one in self.posted())["delivery"] == 1
        assert self.kinds()["custody-receipt"] == 1


class Receive(Act):
    """An exhibit of France arrives: its list, its parts, and we give the receipt for the whole."""

    def prepare(self) -> None:
        self.got = Received(self.node, PEOPLE, self.france, self.recipients, CONTENT)
        self.case, self.id = self.got.request.case, self.got.id
        self.got.announce()

    def run(self) -> None:
        self.got.node = node = self.node
        said = transfer.missing(node, "FRA", self.id)
        if not said["parts_list"]:
            self.got.give_list()
        while lacking := list(transfer.missing(node, "FRA", self.id)["missing"]):  # type: ignore[call-overload]
            for number in lacking:
                self.got.give(number)
        handover.finish(node, self.id)

    def require_done(self) -> None:
        row = self.row()
        assert (row.state, self.acts(row)) == ("received", ["sealed", "sent", "received"])
        assert self.kinds()["custody-receipt"] == 1
        outbox = [one for one in self.node.stores.outbox.of_case(self.case) if one.state == "queued"]
        assert len({one.message for one in outbox}) == len(outbox)
        with self.node.blobs.open(row.sealed_blob) as sealed:
            assert sealed.read() == self.got.sink.getvalue()


ACTS = {kind.__name__.lower(): kind for kind in (Seal, Send, Receive, Open, Scrub, Destroy, Extract, Renew, Backup)}
