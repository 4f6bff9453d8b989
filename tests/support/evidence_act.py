"""What is done with evidence, each as an act that can be prepared, done from wherever it stands, and examined.

`run` does the act to its end as the program does it: it looks at what is there and goes on. `look` holds at any time,
also after a kill: nothing stands half-written under a final name, nothing is lost, nothing is there twice, and the log
is sound. `require_done` holds at the end.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.evidence_at_work import PEOPLE, US
from tests.support.evidence_road import FolderRoad, Later
from tests.support.partner import Partner

from rogatory.evidence import custody, opener
from rogatory.node import partners, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.ledger import checking
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import cards
from rogatory.site import wiring

CONTENT = hashlib.shake_256(b"what was taken").digest(300_000)
Partners = tuple[Partner, Partner]


def prepared() -> Partners:
    """France and Kenya, whose cards the node holds."""
    node = wiring.node()
    made = []
    for state in ("FRA", "KEN"):
        partner = Partner(state, since=node.clock.now() - timedelta(days=30))
        card, fingerprint = partner.card(at=node.clock.now()), cards.fingerprint(partner.keys.identity.public)
        partners.add_partner(node, PEOPLE["administrator"], card, fingerprint=fingerprint)
        made.append(partner)
    return made[0], made[1]


class Act:
    """An act on evidence; what holds at any time of any of them stands here."""

    def __init__(self, folder: Path, france: Partner, kenya: Partner) -> None:
        self.france, self.kenya = france, kenya
        self.data, self.world = folder / "VNM", folder / "world"
        self.id = self.case = ""

    @property
    def node(self) -> Node:
        """The node of this process, France behind a road of files."""
        return replace(wiring.node(), transport=FolderRoad(self.world, self.france))  # type: ignore[arg-type]

    def later(self) -> Later:
        """A clock on which all that somebody had taken for a time, and died, is free again: an hour on at each call."""
        calls = self.world / "calls"
        calls.write_text(f"{calls.read_text() if calls.exists() else ''}.")
        return Later(self.node.clock, timedelta(hours=len(calls.read_text())))

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(period.recipient for period in wiring.node().unlock().authority(US).card_encryption())

    def prepare(self) -> None:
        raise NotImplementedError

    def run(self) -> None:
        raise NotImplementedError

    def require_done(self) -> None:
        raise NotImplementedError

    def look(self) -> None:
        """What holds at any time."""
        node = self.node
        assert checking.check(node).findings == ()
        for row in node.stores.exhibits.of_case(self.case):
            acts = self.acts(row)
            assert [act for act in ("sealed", "sent", "received", "destroyed") if acts.count(act) > 1] == [], acts
            self.look_at(row)
        posted = [message["id"] for message in self.posted()]
        assert len(posted) == len(set(posted)), "a message arrived twice"

    def look_at(self, row: ExhibitRow) -> None:
        """Everything under a final name is whole."""
        found, node = exhibits.manifest_of(row), self.node
        if row.state in exhibits.GONE:
            return
        if node.blobs.exists(row.sealed_blob) and row.id not in self.spoilt():
            with node.blobs.open(row.sealed_blob) as sealed, node.blobs.open(row.parts_list) as listing:
                opener.verify_sealed(sealed, found.parts, part_digests=listing.read())
        elif row.state in ("sealed", "sending", "sent", "received"):
            assert row.id in self.spoilt(), f"the bytes of an exhibit that is {row.state} are gone"

    def spoilt(self) -> tuple[str, ...]:
        """The exhibits that a test has spoilt."""
        return ()

    def acts(self, row: ExhibitRow) -> list[str]:
        return [str(custody.read_entry(one.encode()).unverified_entry.act) for one in row.custody]

    def row(self) -> ExhibitRow:
        return exhibits.get(self.node, self.id)

    def posted(self) -> Iterator[dict[str, Any]]:
        """The payloads of the messages that France has got."""
        from rogatory.casefile import messages
        from rogatory.sealing import jws

        for path in sorted(self.world.glob("*.message")):
            yield dict(jws.read(path.read_bytes(), typ=messages.TYP).payload)

    def kinds(self) -> Counter[str]:
        """How many messages of each kind the case has."""
        return Counter(event.message.kind for event in record.case_file(self.node, self.case).events)
