"""The sender's side of a transfer: seals a file on a node's own data folder, announces it, and sends its parts.

Run as a process of its own while the node of that folder is not served: `python -m bench.transfer_driver FILE CUT`.
CUT is the share of the parts after which the road breaks once (1 for never); then the transfer is resumed. Prints one
JSON object: the seconds until every part was verified and durable at the receiver, those of the resumed rest alone,
those until the receiver has read the whole again and would receipt it, and the peak memory of this side in MiB.
"""

import json
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import django

django.setup()

from rogatory.casefile.messages import Message, Person
from rogatory.kernel import canonical
from rogatory.node import delivery, issuing, partners
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, hands, sealings, transfer
from rogatory.node.evidence.sealings import ToSeal
from rogatory.node.issuing import Step
from rogatory.node.people import Actor
from rogatory.ports.world import Answer, PartnerUnreachable
from rogatory.site import wiring

SENDER, RECEIVER = "VNM/contact-point", "FRA/contact-point"
CUSTODIAN = Actor(id="bench", name="Phạm Minh Đức", authority=SENDER, roles=frozenset({"custodian"}))
DRAFTER, APPROVER = Person(name="Nguyễn Văn An", role="drafter"), Person(name="Trần Thị Bình", role="approver")
PATIENCE_SECONDS = 600.0


class CutRoad:
    """The road of *transport*, which breaks after so many parts."""

    def __init__(self, transport: Any, parts: int) -> None:
        self._transport = transport
        self._left = parts

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def put_part(self, *given: Any, **more: Any) -> Answer:
        """As the transport's, until the road breaks."""
        self._left -= 1
        if self._left < 0:
            raise PartnerUnreachable
        answer: Answer = self._transport.put_part(*given, **more)
        return answer


def main(file: Path, cut: float) -> None:
    """Seal *file*, hand it over and print what it took."""
    node = wiring.node()
    exhibit = _announced(node, file)
    count = exhibits.manifest_of(exhibits.get(node, exhibit)).parts.count
    begin = time.perf_counter()
    if cut < 1:
        transfer.send(replace(node, transport=CutRoad(node.transport, int(count * cut))), exhibit)
    resumed = time.perf_counter()
    transfer.send(node, exhibit)
    arrived = time.perf_counter()
    _wait_until_received(node, exhibit)
    received = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"arrived": arrived - begin, "rest": arrived - resumed, "received": received - begin, "memory": memory}
    print(json.dumps(told))


def _announced(node: Node, file: Path) -> str:
    """The exhibit that *file* becomes, its delivery message taken in by the receiver."""
    contents = {"facts": "A random file."}
    body = {"measure": "spontaneous-information", "instrument": "uncc", "contents": contents}
    with node.stores.atomic():
        request = _issue(node, "request", body, None)
    about = ToSeal(name="evidence", media_type="application/octet-stream", description="Random.", use="This case.")
    with file.open("rb") as source:
        row = sealings.seal(node, CUSTODIAN, case=request.case, regarding=request.digest, source=source, about=about)
    _, given = handover.propose_delivery(node, CUSTODIAN, row.id)
    with node.stores.atomic():
        hands.follow(node, _issue(node, "delivery", given, request))
    delivery.drain(node, RECEIVER[:3])
    return row.id


def _issue(node: Node, kind: str, body: dict[str, Any], request: Message | None) -> Message:
    step = Step(
        kind=kind,
        case=request.case if request else None,
        regarding=request.digest if request else None,
        sender=SENDER,
        receiver=RECEIVER,
        body=body,
        drafted_by=DRAFTER,
        approved_by=APPROVER,
    )
    return issuing.issue(node, step)


def _wait_until_received(node: Node, exhibit: str) -> None:
    where = partners.card_of(node, RECEIVER[:3]).address
    deadline = time.monotonic() + PATIENCE_SECONDS
    while canonical.loads_object(node.transport.missing_parts(where, exhibit).body).get("state") != "received":
        if time.monotonic() > deadline:
            raise TimeoutError("the receiver did not verify the whole in time")
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
