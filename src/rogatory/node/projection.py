"""The list of cases, projected from the messages; `rebuild` makes it again from nothing and gets the same."""

from rogatory.casefile import clocks
from rogatory.casefile.fold import CaseFile, Request
from rogatory.casefile.table import ENDED
from rogatory.node.context import Node
from rogatory.ports.exchange import CaseRow

MAX_TITLE = 120


def refresh(node: Node, case: CaseFile) -> None:
    """Make the line of *case* say what its messages say."""
    node.stores.views.put_case(project(node, case))


def project(node: Node, case: CaseFile) -> CaseRow:
    """The line of *case* in the list."""
    requests = list(case.requests.values())
    leading = next((one for one in reversed(requests) if one.state not in ENDED), requests[-1])
    running = [found for one in requests if (found := clocks.clock(one, case.requests, node.law)) and not found.ended]
    return CaseRow(
        case=case.id,
        requesting=case.requesting,
        requested=case.requested,
        measure=leading.measure,
        state=leading.state,
        title=title(requests[0]),
        opened_at=case.events[0].message.at,
        changed_at=max(event.message.at for event in case.events),
        clock_until=min((one.until for one in running), default=None),
        held=any(one.held for one in running),
        messages=len(case.events),
        exercise=case.exercise,
    )


def title(request: Request) -> str:
    """A short title: the first words of what the request says of the offence."""
    words = next((str(value) for key, value in request.contents.items() if "facts" in key or "subject" in key), "")
    line = " ".join(words[: 10 * MAX_TITLE].split())
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1].rstrip() + "…"
