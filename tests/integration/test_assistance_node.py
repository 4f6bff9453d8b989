"""Needs and offers on the real database: made, changed, shown, sent, answered, withdrawn, taken back, never leaked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from tests.integration.test_alignment_node import law
from tests.support.letterwriting import Correspondent
from tests.support.partner import Partner
from tests.support.world import Road

from rogatory.alignment.obligations import obligation
from rogatory.assistance import tables
from rogatory.assistance.entries import Entry, Visibility
from rogatory.correspondence.letters import Letter, Place
from rogatory.errors import RogatoryError
from rogatory.kernel import ids
from rogatory.node import delivery
from rogatory.node.alignment import assessments, texts
from rogatory.node.alignment.assessments import Answer
from rogatory.node.assistance import entries, exchange, files, finding, gaps, incoming, trainees
from rogatory.node.assistance.entries import Wanted
from rogatory.node.assistance.finding import Matched
from rogatory.node.context import Node
from rogatory.node.people import Actor

People = dict[str, Actor]
NEED: dict[str, object] = {
    "title": "Training of prosecutors",
    "what": "A week on electronic evidence for forty prosecutors.",
    "help": ["training"],
    "provisions": ["25", "29(1)"],
    "languages": ["vi", "en"],
    "persons": "40",
    "note": "SECRET: our minister is against it",
}
OFFER: dict[str, object] = {
    "title": "A course on electronic evidence",
    "what": "Five days, on site.",
    "by": "École nationale",
    "help": ["training"],
    "provisions": ["25"],
    "regions": ["asia-pacific"],
    "languages": ["en", "fr"],
    "funded": "fully",
}
FOREIGN = ids.new_id(b"a foreign offer 0")


@pytest.fixture
def them(node: Node, france: Partner) -> Correspondent:
    found = Correspondent(node, france)
    road(node).receive = found.receipt
    return found


@pytest.fixture
def liaison(people: People) -> Actor:
    return people["liaison"]


def road(node: Node) -> Road:
    assert isinstance(node.transport, Road)
    return node.transport


def came(node: Node, them: Correspondent) -> list[Letter]:
    """The letters that reach France now."""
    before = len(road(node).posted)
    delivery.drain(node, "FRA")
    return [them.opened(one) for one in road(node).posted[before:]]


def offered(them: Correspondent, *, version: int = 1, **changes: object) -> Letter:
    return them.write("offer", {"id": FOREIGN, "version": version, "entry": {**OFFER, **changes}})


@contextmanager
def refusal(code: str) -> Iterator[None]:
    with pytest.raises(RogatoryError) as caught:
        yield
    assert caught.value.code == code


def test_an_entry_is_private_until_its_owner_sends_it_and_its_private_fields_never_travel(
    node: Node, them: Correspondent, liaison: Actor
) -> None:
    need = entries.make(node, liaison, "need", NEED)
    assert need.visibility is Visibility.PRIVATE
    assert need.body["persons"] == 40
    with refusal("nobody-to-send-to"):
        exchange.send(node, liaison, need.id)
    [letter] = exchange.send(node, liaison, need.id, to=["FRA"])
    [got] = came(node, them)
    assert (got.digest, got.kind, got.person.role) == (letter.digest, "need", "liaison")
    assert got.body["entry"]["title"] == NEED["title"]
    assert "SECRET" not in json.dumps(got.body)
    held = entries.get(node, liaison, need.id)
    assert (held.visibility, held.partners) == (Visibility.NAMED, ("FRA",))
    assert exchange.send(node, liaison, need.id, to=["FRA"]) == ()


def test_a_change_goes_in_the_same_thread_and_narrowing_takes_the_entry_back(
    node: Node, them: Correspondent, liaison: Actor
) -> None:
    need = entries.make(node, liaison, "need", NEED)
    [first] = exchange.send(node, liaison, need.id, to=["FRA"])
    held = entries.get(node, liaison, need.id)
    entries.change(node, liaison, need.id, {**NEED, "persons": 60}, after=held.version)
    [second] = exchange.send(node, liaison, need.id)
    assert (second.thread, second.body["entry"]["persons"]) == (first.thread, 60)
    exchange.show(node, liaison, need.id, visibility="private")
    got = came(node, them)
    assert [one.kind for one in got] == ["need", "need", "withdrawal"]
    assert got[-1].body["version"] > second.body["version"]
    [holder] = exchange.holders(node, liaison, need.id)
    assert (holder.state, holder.withdrawn) == ("FRA", True)
    [again] = exchange.send(node, liaison, need.id, to=["FRA"])
    assert again.body["version"] > got[-1].body["version"]


def test_publishing_is_an_act_of_its_own_that_is_recorded_and_can_be_taken_back(node: Node, liaison: Actor) -> None:
    need = entries.make(node, liaison, "need", NEED)
    assert entries.public(node) == ()
    exchange.show(node, liaison, need.id, visibility="public")
    [shown] = entries.public(node)
    assert "note" not in shown.body
    assert shown.by_name == ""
    exchange.show(node, liaison, need.id, visibility="private")
    assert entries.public(node) == ()
    entries.change(node, liaison, need.id, {**NEED, "title": "Another"}, after=3)
    entries.undo(node, liaison, need.id)
    assert entries.public(node) == ()
    actions = [one.action for one in node.stores.audit.recent(20)]
    assert actions.count("assist:entry:publish") == actions.count("assist:entry:unpublish") == 1


def test_undo_goes_back_version_by_version_and_brings_a_withdrawn_entry_back(node: Node, liaison: Actor) -> None:
    need = entries.make(node, liaison, "need", NEED)
    for place, title in enumerate(("two", "three"), 1):
        entries.change(node, liaison, need.id, {**NEED, "title": title}, after=place)
    assert [entries.undo(node, liaison, need.id).title for _ in range(2)] == ["two", NEED["title"]]
    with refusal("no-earlier-version"):
        entries.undo(node, liaison, need.id)
    exchange.withdraw(node, liaison, need.id)
    assert entries.listed(node, liaison, Wanted(kind="need")) == ()
    with refusal("assistance-entry-withdrawn"):
        exchange.send(node, liaison, need.id, to=["FRA"])
    assert not entries.undo(node, liaison, need.id).withdrawn
    assert len(entries.history(node, liaison, need.id)) == 7


def test_two_people_who_change_one_entry_are_told_and_nothing_is_lost(node: Node, liaison: Actor) -> None:
    need = entries.make(node, liaison, "need", NEED)
    entries.change(node, liaison, need.id, {**NEED, "title": "mine"}, after=1)
    with refusal("changed-meanwhile"):
        entries.change(node, liaison, need.id, {**NEED, "title": "yours"}, after=1)
    assert entries.get(node, liaison, need.id).title == "mine"


def test_nobody_shows_sends_or_takes_back_what_somebody_else_has_just_written(
    node: Node, them: Correspondent, liaison: Actor
) -> None:
    need = entries.make(node, liaison, "need", NEED)
    entries.change(node, liaison, need.id, {**NEED, "title": "not for others yet"}, after=1)
    for act in (
        lambda: exchange.show(node, liaison, need.id, visibility="public", after=1),
        lambda: exchange.send(node, liaison, need.id, to=["FRA"], after=1),
        lambda: entries.undo(node, liaison, need.id, after=1),
    ):
        with refusal("changed-meanwhile"):
            act()
    assert (entries.public(node), came(node, them)) == ((), [])
    assert entries.get(node, liaison, need.id).version == 2
    assert exchange.show(node, liaison, need.id, visibility="public", after=2).is_public


def test_a_partners_offer_is_kept_as_theirs_matches_our_need_and_our_interest_reaches_them(
    node: Node, them: Correspondent, liaison: Actor
) -> None:
    sent = offered(them, note="never kept", future_field=1)
    need = entries.make(node, liaison, "need", NEED)
    [offer] = entries.listed(node, liaison, Wanted(kind="offer"))
    assert (offer.name, offer.body, offer.by_name) == (f"FRA/{FOREIGN}", OFFER, "Camille Martin")
    with refusal("not-our-assistance-entry"):
        entries.change(node, liaison, offer.name, OFFER, after=1)
    [match] = finding.matches(node, liaison, name=need.id).matches
    assert finding.matches(node, liaison, most=0) == Matched(matches=(), all_looked_at=False)
    assert (match.offer.name, match.blocked) == (offer.name, False)
    assert {one.fact for one in match.reasons} == {"help", "provisions", "eligible", "languages", "funds"}
    with refusal("nobody-to-send-to"):
        exchange.interested(node, liaison, offer.name, own=need.id)
    exchange.send(node, liaison, need.id, to=["FRA"])
    letter = exchange.interested(node, liaison, offer.name, says="When could it be?", own=need.id)
    assert (letter.thread, letter.number, letter.body["own"]) == (sent.thread, 2, need.id)
    exchange.interested(node, liaison, offer.name, is_=False)
    [said] = exchange.interests(node, liaison, offer.name)
    assert (said.state, said.interested, said.ours) == ("VNM", False, True)
    assert [one.kind for one in came(node, them)] == ["need", "interest", "interest"]


def test_the_newest_version_wins_whatever_the_order_and_a_withdrawal_leaves_the_log(
    node: Node, them: Correspondent, liaison: Actor
) -> None:
    offered(them, version=3, title="three")
    offered(them, version=2, title="two")
    [offer] = entries.listed(node, liaison, Wanted(kind="offer"))
    assert offer.title == "three"
    with refusal("bad-assistance-letter"):
        offered(them, version=3, title="another three")
    them.write("withdrawal", {"id": FOREIGN, "version": 4})
    assert entries.listed(node, liaison, Wanted(kind="offer")) == ()
    assert [one.version for one in entries.history(node, liaison, offer.name)] == [4, 3, 2]
    with refusal("assistance-entry-withdrawn"):
        exchange.interested(node, liaison, offer.name)
    with refusal("letter-does-not-fit"):
        them.write("withdrawal", {"id": ids.new_id(b"nothing like this"), "version": 1})


def test_a_partner_shows_interest_only_in_what_it_was_told_of(node: Node, them: Correspondent, liaison: Actor) -> None:
    need = entries.make(node, liaison, "need", NEED)
    body = {"id": need.id, "version": 1, "interested": True, "says": "We can help."}
    with refusal("letter-does-not-fit"):
        them.write("interest", body)
    [letter] = exchange.send(node, liaison, need.id, to=["FRA"])
    them.write("interest", body, place=Place(thread=letter.thread, number=2, follows=(letter.digest,)))
    [said] = exchange.interests(node, liaison, need.id)
    assert (said.state, said.says, said.person, said.ours) == ("FRA", "We can help.", "Camille Martin", False)


def test_a_partner_cannot_fill_the_node_with_letters_about_one_entry(
    node: Node, them: Correspondent, liaison: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_VERSIONS", 2)
    monkeypatch.setattr(incoming, "MOST_INTERESTS", 2)
    for version in (1, 2):
        offered(them, version=version)
    with refusal("too-many-assistance-entries"):
        offered(them, version=3)
    them.write("withdrawal", {"id": FOREIGN, "version": 4})
    with refusal("too-many-assistance-entries"):
        them.write("withdrawal", {"id": FOREIGN, "version": 5})
    need = entries.make(node, liaison, "need", NEED)
    exchange.show(node, liaison, need.id, visibility="public")
    for interested in (True, False):
        them.write("interest", {"id": need.id, "version": 1, "interested": interested})
    with refusal("too-many-assistance-entries"):
        them.write("interest", {"id": need.id, "version": 1, "interested": True})


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": FOREIGN, "version": 0, "entry": OFFER},
        {"id": "short", "version": 1, "entry": OFFER},
        {"id": FOREIGN, "version": 1, "entry": {}},
        {"id": FOREIGN, "version": 1, "entry": {**OFFER, "help": ["Not A Word"]}},
        {"id": FOREIGN, "version": 1, "entry": {**OFFER, "ends": "soon"}},
        {"id": FOREIGN, "version": 1, "entry": {**OFFER, "link": "javascript:alert(1)"}},
        {"id": FOREIGN, "version": 1, "entry": {**OFFER, "what": "x" * 9000}},
    ],
)
def test_a_letter_that_does_not_carry_a_whole_entry_is_refused(
    node: Node, them: Correspondent, body: dict[str, object]
) -> None:
    with refusal("bad-assistance-letter"):
        them.write("offer", body)
    assert node.stores.assistance.newest() == []


def test_only_a_liaison_writes_and_only_three_roles_read(node: Node, people: People) -> None:
    for role, person in people.items():
        if role != "liaison":
            with refusal("role-missing"):
                entries.make(node, person, "need", NEED)
        if role not in ("liaison", "assessor", "auditor"):
            with refusal("role-missing"):
                entries.listed(node, person, Wanted())
    for what in (NEED | {"provisions": ["99"]}, NEED | {"title": " "}, NEED | {"amount": "12,5"}, NEED | {"odd": "x"}):
        with refusal("bad-assistance-entry"):
            entries.make(node, people["liaison"], "need", what)


def test_a_need_from_a_gap_takes_what_is_missing_and_no_word_of_the_evidence(
    node: Node, people: People, liaison: Actor
) -> None:
    row = begun(node, people["assessor"])
    need = gaps.need_from_gap(node, liaison, row, "7(1)", lang="fr")
    assert need.body["provisions"] == ["7(1)"]
    assert len(need.body["missing"]) == 1
    told = json.dumps(need.body, ensure_ascii=False)
    assert "CONFIDENTIAL" not in told
    assert row not in json.dumps(tables_of(need))
    with refusal("not-a-gap"):
        gaps.need_from_gap(node, liaison, row, "25(1)")


def tables_of(entry: Entry) -> object:
    return json.loads(tables.to_json([entry], audience=tables.PARTNERS))


def begun(node: Node, assessor: Actor) -> str:
    """An assessment in which 7(1) lacks one element, by evidence and remarks that nobody else may read."""
    text = texts.import_text(node, assessor, law(), law="computer-crimes").text
    row = assessments.begin(node, assessor, title="First look", texts_=[text.id])
    evidence = replace(assessments.evidence(node, text.id, "2", 0), quote="CONFIDENTIAL quotation")
    elements = {name: "present" for name, _ in obligation(node.law, "7(1)").elements} | {"e1": "missing"}
    for number, answer, said in (("7(1)", "partly", elements), ("25(1)", "implemented", {})):
        made = Answer(
            number=number, answer=answer, after="", elements=said, evidence=[evidence], remark="CONFIDENTIAL remark"
        )
        assessments.judge(node, assessor, row.id, made)
    return row.id


def test_named_trainees_are_read_by_liaisons_leave_no_trace_elsewhere_and_can_be_forgotten(
    node: Node, people: People, liaison: Actor
) -> None:
    project = entries.make(
        node,
        liaison,
        "project",
        {
            "title": "Evidence",
            "trainings": [{"title": "Week one"}],
            "trainees": [
                {"training": 1, "role": "judges", "sex": "women", "count": 3},
                {"training": 1, "role": "police", "sex": "men", "count": 1},
            ],
        },
    )
    kept = trainees.add(node, liaison, project.id, training=1, name="Lý Thị Riêng", role="judges")
    exchange.show(node, liaison, project.id, visibility="public")
    assert [one.name for one in trainees.of_project(node, liaison, project.id)] == ["Lý Thị Riêng"]
    with refusal("role-missing"):
        trainees.of_project(node, people["auditor"], project.id)
    for audience in tables.AUDIENCES:
        assert "Riêng" not in files.export(node, liaison, audience=audience).decode()
    [public] = entries.public(node)
    assert public.body["trainees"] == [{"training": 1, "count": 4}]
    assert "Riêng" not in str(node.stores.audit.recent(50))
    trainees.remove(node, liaison, kept.id)
    assert trainees.of_project(node, liaison, project.id) == ()
    with refusal("bad-trainee"):
        trainees.add(node, liaison, project.id, training=2, name="Nobody")


def test_offers_come_from_a_table_all_or_none(node: Node, liaison: Actor) -> None:
    table = "title,what,by,help,provisions\nA,b,UNODC,training;drafting,25\n\nB,c,UNODC,training,98\n"
    with refusal("bad-offer-table"):
        files.import_offers(node, liaison, table.encode())
    assert entries.listed(node, liaison, Wanted()) == ()
    made = files.import_offers(node, liaison, table.replace("98", "29(2)").encode())
    assert [one.body["help"] for one in made] == [["training", "drafting"], ["training"]]
