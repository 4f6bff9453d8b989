"""The sender's side of the exchange: issues messages on a node's own data folder and watches them being delivered.

Run as a process of its own, beside the node that serves the same folder: `python -m bench.exchange_driver WHAT N`
with WHAT `queue` (issue N messages as fast as they can be signed and kept, wait until the last receipt is kept) or
`single` (one message at a time, each awaited). Prints one JSON object: seconds, and for `single` each latency.
"""

import json
import sys
import time

import django

django.setup()

from rogatory.casefile.messages import Message, Person
from rogatory.node import issuing
from rogatory.node.context import Node
from rogatory.node.issuing import Step
from rogatory.site import wiring
from rogatory.stores.models import Delivery

CONTENT_BYTES = 10_000
MESSAGES_PER_CASE = 5
PATIENCE_SECONDS = 240.0
SENDER, RECEIVER = "VNM/contact-point", "FRA/contact-point"
DRAFTER, APPROVER = Person(name="Nguyễn Văn An", role="drafter"), Person(name="Trần Thị Bình", role="approver")
TEXT = ("Log-in records of the mailbox named in the request, from the provider's own archive. " * 200)[:CONTENT_BYTES]


def issue(node: Node, request: Message | None) -> Message:
    """One message of 10 KB, signed, kept and laid in the outbox: a new case, or a step on that of *request*."""
    if request is None:
        kind, body = "request", {"measure": "preservation", "instrument": "uncc", "contents": {"facts": TEXT}}
    else:
        kind, body = "status-question", {"text": TEXT}
    step = Step(
        kind=kind,
        case=request.case if request else None,
        regarding=request.digest if request else None,
        sender=SENDER,
        receiver=RECEIVER,
        body=body,
        drafted_by=DRAFTER,
        approved_by=APPROVER if request is None else None,
    )
    with node.stores.atomic():
        return issuing.issue(node, step)


def main(what: str, count: int) -> None:
    """Do *what* with *count* messages and print what it took."""
    node = wiring.node()
    already = Delivery.objects.filter(state="delivered").count()
    print(json.dumps(queue(node, count, already) if what == "queue" else single(node, count)))


def queue(node: Node, count: int, already: int) -> dict[str, float]:
    """Issue *count* messages over many cases, wait for the last receipt; seconds of both."""
    cases = max(1, count // MESSAGES_PER_CASE)
    requests: list[Message] = []
    begin, spent = time.perf_counter(), time.process_time()
    for number in range(count):
        if number < cases:
            requests.append(issue(node, None))
        else:
            issue(node, requests[number % cases])
    issued, spent = time.perf_counter(), time.process_time() - spent
    wait_for(lambda: Delivery.objects.filter(state="delivered").count() >= already + count, pause=0.02)
    end = time.perf_counter()
    return {"count": count, "issue_seconds": issued - begin, "seconds": end - begin, "issue_cpu": spent}


def single(node: Node, count: int) -> dict[str, object]:
    """Issue *count* messages one by one; the seconds from the issue to the kept receipt of each."""
    latencies = []
    request: Message | None = None
    for number in range(count):
        if number % MESSAGES_PER_CASE == 0:
            request = None
        begin = time.perf_counter()
        message = issue(node, request)
        request = request or message
        digest = message.digest
        wait_for(
            lambda digest=digest: Delivery.objects.filter(message=digest, state="delivered").exists(), pause=0.0005
        )
        latencies.append(time.perf_counter() - begin)
    return {"count": count, "latencies": latencies}


def wait_for(look: "object", *, pause: float) -> None:
    """Return once *look* is true; raises `TimeoutError`."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not look():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError("the messages were not delivered in time; see the logs of the nodes")
        time.sleep(pause)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
