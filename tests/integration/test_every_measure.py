"""Every measure, from either chair of a real node: drafted on its form, answered, carried out, closed."""

import io

import pytest
from tests.support.filled_forms import filled
from tests.support.partner import Partner

from rogatory.casefile import measures, table
from rogatory.casefile.fold import CaseFile, DoesNotFit, Request
from rogatory.casefile.measures import BASES, MEASURES
from rogatory.casefile.messages import Message
from rogatory.evidence import custody
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.law.loader import load_law
from rogatory.node import desk, drafting, intake, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, sealings
from rogatory.node.people import Actor
from rogatory.ports.exchange import DraftRow

pytestmark = pytest.mark.any_database

THEIRS = "FRA-VNM-2028-0001-7Q4K2M9XAB"
US = "VNM/contact-point"
OUTCOME = {"result": "carried-out", "on": "2028-03-01", "text": "done as asked"}
REFUSAL = {"outcome": "declined", "grounds": ["37(8)"], "reasons": "our law does not allow it"}
ANSWERED = [measure for measure in MEASURES if BASES[measure].outcome]
FORMS = sorted(load_law().forms)
People = dict[str, Actor]


class France:
    """The other side, which says steps to our node."""

    def __init__(self, node: Node, partner: Partner, recipients: tuple[str, ...], case: str = THEIRS) -> None:
        self.node, self.partner, self.recipients, self.case = node, partner, recipients, case

    def say(self, kind: str, body: dict[str, object], *, regarding: str | None = None) -> Message:
        held = record.messages_of(self.node, self.case)
        file = record.case_file(self.node, self.case) if held else None
        at = self.node.clock.now()
        message = self.partner.message(
            kind,
            body,
            case=self.case,
            to=US,
            at=at,
            follows=file.heads if file else (),
            number=file.next_number if file else 1,
            regarding=regarding,
        )
        intake.receive(self.node, self.partner.seal(message.jws, to=US, recipients=self.recipients, at=at))
        return message

    def ask(self, measure: str, instrument: str = "uncc") -> str:
        body = {"measure": measure, "instrument": instrument, "contents": {"facts": "a practice case"}}
        return self.say("request", body).digest


@pytest.fixture
def other(node: Node, france: Partner, our_recipients: tuple[str, ...]) -> France:
    return France(node, france, our_recipients)


def take(
    node: Node, people: People, case: str, digest: str, kind: str, body: dict[str, object], role: str = ""
) -> bool:
    """The step taken by whoever holds its role, approved where that is needed; whether it was."""
    actor = people[role or table.ROLE[kind]]
    taken = steps.take(node, actor, case=case, regarding=digest, kind=kind, body=body)
    if isinstance(taken, DraftRow):
        drafting.approve(node, people["approver"], taken.id)
        return True
    return False


def standing(node: Node, case: str) -> tuple[CaseFile, Request]:
    file = record.case_file(node, case)
    assert [event.ineffective for event in file.events if event.ineffective] == []
    return file, list(file.requests.values())[-1]


@pytest.mark.parametrize("measure", ANSWERED)
def test_we_answer_a_request_for_any_measure_and_report_what_was_done(
    node: Node, people: People, other: France, measure: str
) -> None:
    digest = other.ask(measure)
    coercive = measure in measures.COERCIVE
    assert not take(node, people, THEIRS, digest, "acknowledgement", {})
    assert take(node, people, THEIRS, digest, "decision", {"outcome": "accepted"}) is coercive
    assert take(node, people, THEIRS, digest, "outcome", OUTCOME) is coercive
    file, request = standing(node, THEIRS)
    assert (request.state, [one.text for one in request.outcomes]) == ("reported", ["done as asked"])
    assert file.events[-1].cite == BASES[measure].outcome
    other.say("closure", {}, regarding=digest)
    assert standing(node, THEIRS)[1].state == "closed"


@pytest.mark.parametrize("measure", ANSWERED)
def test_we_refuse_a_request_for_any_measure_with_reasons(
    node: Node, people: People, other: France, measure: str
) -> None:
    digest = other.ask(measure)
    with pytest.raises(DoesNotFit):
        take(node, people, THEIRS, digest, "outcome", OUTCOME)
    grounds = node.law.grounds_for(measure) if measure in node.law.instrument("uncc").measures else ()
    take(node, people, THEIRS, digest, "decision", {**REFUSAL, "grounds": list(grounds[:1]) or ["37(8)"]})
    assert standing(node, THEIRS)[1].state == "declined"


@pytest.mark.parametrize(
    ("measure", "barred"), [("mla", "40(23)"), ("extradition", "37(16)"), ("stored-data", "40(24)")]
)
def test_nobody_declines_on_what_a_provision_says_is_no_reason(
    node: Node, people: People, other: France, measure: str, barred: str
) -> None:
    digest = other.ask(measure)
    with pytest.raises(steps.ClosedList) as caught:
        take(node, people, THEIRS, digest, "decision", {**REFUSAL, "grounds": [barred]})
    assert caught.value.cite == barred
    assert standing(node, THEIRS)[1].state == "sent"


def test_information_that_came_unasked_is_acknowledged_and_closed_by_us(
    node: Node, people: People, other: France
) -> None:
    digest = other.ask("spontaneous-information")
    with pytest.raises(DoesNotFit):
        take(node, people, THEIRS, digest, "decision", {"outcome": "accepted"})
    take(node, people, THEIRS, digest, "acknowledgement", {})
    take(node, people, THEIRS, digest, "closure", {})
    file, request = standing(node, THEIRS)
    assert (request.state, [event.cite for event in file.events]) == ("closed", ["40(4)", "40(5)", "40(5)"])


@pytest.mark.parametrize(
    ("measure", "instrument", "provision"),
    [
        ("mla", "uncc", "40(17)"),
        ("interception", "uncc", "46"),
        ("mla", "untoc", "untoc:18(17)"),
        ("stored-data", "budapest", "budapest:31(1)"),
    ],
)
def test_an_exhibit_answers_the_provision_of_its_measure_under_its_instrument(
    node: Node, people: People, other: France, measure: str, instrument: str, provision: str
) -> None:
    digest = other.ask(measure, instrument)
    about = sealings.ToSeal(name="a.txt", media_type="text/plain", description="A text", use="the case named")
    custodian, source = people["custodian"], b"evidence"
    with pytest.raises(DoesNotFit):
        sealings.seal(node, custodian, case=THEIRS, regarding=digest, source=io.BytesIO(source), about=about)
    take(node, people, THEIRS, digest, "decision", {"outcome": "accepted"})
    sealed = sealings.seal(node, custodian, case=THEIRS, regarding=digest, source=io.BytesIO(source), about=about)
    assert exhibits.manifest_of(sealed).provision == provision
    _, body = handover.propose_delivery(node, custodian, sealed.id)
    assert take(node, people, THEIRS, digest, "delivery", body)
    assert standing(node, THEIRS)[1].state == "delivered"


def test_a_preservation_under_the_neighbour_cites_the_neighbour(node: Node, people: People, other: France) -> None:
    digest = other.ask("preservation", "budapest")
    take(node, people, THEIRS, digest, "acknowledgement", {})
    take(node, people, THEIRS, digest, "decision", {"outcome": "accepted"})
    with pytest.raises(steps.TooShort) as caught:
        short = {"began": "2028-03-01T09:00:00Z", "until": "2028-03-02T09:00:00Z", "custodian": "a provider"}
        take(node, people, THEIRS, digest, "preserved", short)
    assert caught.value.cite == "budapest:29(7)"
    page = desk.case_page(node, people["auditor"], THEIRS)
    assert list(page.cites.values()) == ["budapest:29(1)", "budapest:35(1)", "budapest:29(3)"]


def test_two_exhibits_on_their_way_at_once_are_both_receipted(
    node: Node, people: People, other: France, france: Partner
) -> None:
    digest, custodian = other.ask("mla"), people["custodian"]
    take(node, people, THEIRS, digest, "decision", {"outcome": "accepted"})
    about = sealings.ToSeal(name="a.txt", media_type="text/plain", description="A text", use="the case named")
    sealed = []
    for source in (b"one", b"two"):
        row = sealings.seal(node, custodian, case=THEIRS, regarding=digest, source=io.BytesIO(source), about=about)
        take(node, people, THEIRS, digest, "delivery", handover.propose_delivery(node, custodian, row.id)[1])
        sealed.append(row.id)
    for one in sealed:
        row, at = exhibits.get(node, one), node.clock.now()
        found = exhibits.manifest_of(row)
        deed = Deed(act=Act.RECEIVED, holder=france.authority, person="a machine", at=at, root=found.parts.root)
        key, chain = france.keys.signing_key(france.authority, at), [entry.encode() for entry in row.custody]
        entry = custody.record(chain, deed, manifest=found, key=key)[-1].decode()
        other.say("custody-receipt", {"exhibit": one, "custody": [entry]}, regarding=digest)
    assert standing(node, THEIRS)[1].state == "received"
    assert [exhibits.get(node, one).state for one in sealed] == ["received", "received"]


@pytest.mark.parametrize(("instrument", "measure"), FORMS)
def test_we_ask_for_every_measure_that_has_a_form(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], instrument: str, measure: str
) -> None:
    contents = filled(node.law.form(measure, instrument=instrument))
    draft = drafting.start_request(
        node,
        people["drafter"],
        measure=measure,
        receiver="FRA/contact-point",
        instrument=instrument,
        contents=contents,
    )
    assert drafting.submit(node, people["drafter"], draft.id).internal["opinion"]["instrument"] == instrument
    asked = drafting.approve(node, people["approver"], draft.id)
    request = standing(node, asked.case)[1]
    assert (request.measure, request.instrument, request.state) == (measure, instrument, "sent")
    assert request.contents == contents
    France(node, france, our_recipients, asked.case).say("acknowledgement", {}, regarding=asked.digest)
    assert standing(node, asked.case)[1].state == "acknowledged"


@pytest.mark.parametrize("measure", measures.FOLLOWING)
def test_what_follows_a_preservation_joins_its_case(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], measure: str
) -> None:
    drafter, law = people["drafter"], node.law
    kept = drafting.start_request(
        node,
        drafter,
        measure="preservation",
        receiver="FRA/contact-point",
        contents=filled(law.form("preservation")),
    )
    drafting.submit(node, drafter, kept.id)
    asked = drafting.approve(node, people["approver"], kept.id)
    [view] = desk.case_page(node, drafter, asked.case).requests
    assert measure in view.follow_ups
    draft = drafting.start_request(
        node,
        drafter,
        measure=measure,
        receiver="FRA/contact-point",
        contents=filled(law.form(measure)),
        case=asked.case,
        follows_request=asked.digest,
    )
    drafting.submit(node, drafter, draft.id)
    drafting.approve(node, people["approver"], draft.id)
    page = desk.case_page(node, drafter, asked.case)
    assert measure not in page.requests[0].follow_ups
    assert standing(node, asked.case)[1].follows_request == asked.digest


def test_nothing_else_follows_a_preservation(node: Node, people: People, other: France) -> None:
    digest = other.ask("preservation")
    with pytest.raises(DoesNotFit, match="follows no preservation"):
        other.say(
            "request",
            {
                "measure": "preservation",
                "instrument": "uncc",
                "contents": {"facts": "again"},
                "follows_request": digest,
            },
        )
