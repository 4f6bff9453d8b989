"""Being witnessed: our log before other States' nodes, through their real doors, and what they may say against it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from tests.integration.test_ledger_files import append, set_back
from tests.support.partner import Partner
from tests.support.partner_log import Roads, knock
from tests.support.world import Stopwatch

from rogatory.errors import RogatoryError
from rogatory.ledger import entries, witness
from rogatory.ledger.checkpoint import read_checkpoint
from rogatory.node import partners, record
from rogatory.node.context import AuthorityConfig, Config, Node
from rogatory.node.ledger import alarms, proving, witnessing
from rogatory.node.ledger.alarms import Shown
from rogatory.node.people import Actor, RoleMissing
from rogatory.ports.world import Answer, Transport
from rogatory.sealing import cards
from rogatory.stores.models import Checkpoint
from rogatory.worker.watchman import Watchman

STATES = ("FRA", "KEN")


class Hood:
    """Our node and those of France and Kenya: real nodes with real doors over one database, each with its own keys.

    They can share the tables because only our log grows, and what each watches is told apart by State.
    """

    def __init__(self, node: Node, people: dict[str, Actor]) -> None:
        self.clock, self.roads, self.people = Stopwatch(node.clock.now()), Roads(), people
        self.node = replace(node, transport=cast("Transport", self.roads), clock=self.clock)
        self.witnesses = {state: self._witness(state) for state in STATES}

    def _witness(self, state: str) -> Node:
        partner = Partner(state, since=self.clock.now() - timedelta(days=30))
        hosted = AuthorityConfig(
            id=partner.authority, name_en="24/7", name_fr="24/7", functions=("41",), languages=("en",)
        )
        config = Config(
            state=state,
            address=f"http://127.0.0.1:{len(self.roads.nodes) + 1}",
            exercise=True,
            serial=1,
            log_origin=f"rogatory/{state.lower()}/test",
            authorities=(hosted,),
        )
        node = replace(self.node, config=config, unlock=lambda: partner.keys)
        self.roads.nodes[config.address] = node
        self._accept(self.node, node)
        if node.stores.partners.get(self.node.state) is None:
            self._accept(node, self.node)
        return node

    def _accept(self, node: Node, other: Node) -> None:
        card = cards.read_card(partners.own_card(other))
        fingerprint = cards.fingerprint(card.identity)
        partners.add_partner(node, self.people["administrator"], card.jws, fingerprint=fingerprint)

    def add(self, *states: str, needed: int = 1) -> None:
        for state in states:
            witnessing.add(self.node, self.people["administrator"], state)
        witnessing.set_policy(self.node, self.people["administrator"], needed)

    def log(self, count: int) -> None:
        for number in range(count):
            with self.node.stores.atomic():
                record.append_entry(self.node, self.node.random(entries.BLINDING_BYTES), f"{number:064x}")

    def beat(self, after: timedelta = timedelta(seconds=11)) -> None:
        self.clock.time += after
        for state in witnessing.due(self.node):
            witnessing.ask(self.node, state)

    def words(self) -> str:
        return witnessing.state_of_witnessing(self.node).words.en

    def alarms(self) -> list[Shown]:
        return list(alarms.standing(self.node))

    def reason(self, state: str) -> str:
        row = self.node.stores.witnesses.witness(state)
        assert row is not None
        return row.code

    def cosigners(self, text: str | None) -> list[str]:
        assert text is not None
        return [one.name for one in witness.cosigners(text, witnessing.witness_keys(self.node))]


@pytest.fixture
def hood(node: Node, people: dict[str, Actor]) -> Hood:
    return Hood(node, people)


def test_without_a_witness_that_is_said_and_nobody_is_asked(hood: Hood) -> None:
    hood.log(3)
    hood.beat()
    assert hood.roads.asked == []
    assert hood.words().startswith("No witness is configured")
    assert witnessing.newest_witnessed(hood.node) is None
    with pytest.raises(witnessing.NothingWitnessed):
        witnessing.witnessed_text(hood.node)


def test_two_witnesses_cosign_one_checkpoint_and_the_next_from_where_they_were(hood: Hood) -> None:
    hood.add(*STATES, needed=2)
    assert hood.words() == "The log is empty: there is nothing to witness yet."
    hood.log(3)
    assert "Cosignatures so far: 0, of 2 needed." in hood.words()
    hood.beat()
    text = witnessing.newest_witnessed(hood.node, covering=3)
    assert hood.cosigners(text) == ["rogatory/fra/test/witness", "rogatory/ken/test/witness"]
    assert hood.words() == "The whole log is witnessed: 3 entries. Cosignatures: 2, of 2 needed; witnesses asked: 2."
    hood.log(2)
    assert hood.words() == "The log is witnessed up to entry 3 of 5; what is newer waits for its cosignatures."
    assert witnessing.newest_witnessed(hood.node, covering=4) is None
    assert witnessing.newest_witnessed(hood.node) == text
    hood.beat()
    assert len(hood.cosigners(witnessing.newest_witnessed(hood.node, covering=5))) == 2
    assert hood.alarms() == []


def test_the_newest_witnessed_checkpoint_is_at_the_door(hood: Hood) -> None:
    assert knock(hood.node, "GET", "/node/v1/ledger/witnessed")[0] == 404
    hood.add("FRA")
    hood.log(1)
    hood.beat()
    status, _, body = knock(hood.node, "GET", "/node/v1/ledger/witnessed")
    assert (status, body.decode()) == (200, witnessing.newest_witnessed(hood.node))


def test_a_newer_checkpoint_is_put_before_the_witnesses_every_ten_seconds_at_most(hood: Hood) -> None:
    hood.add("FRA")
    for _ in range(5):
        hood.log(1)
        hood.beat(timedelta(seconds=4))
    assert len(hood.roads.asked) == 2


def test_a_witness_that_cannot_be_reached_is_asked_again_and_does_not_hold_up_the_other(hood: Hood) -> None:
    hood.add(*STATES, needed=1)
    hood.roads.down.add(hood.witnesses["FRA"].config.address)
    hood.log(2)
    hood.beat()
    assert hood.reason("FRA") == "partner-unreachable"
    assert hood.words() == "The whole log is witnessed: 2 entries. Cosignatures: 1, of 1 needed; witnesses asked: 2."
    hood.roads.down.clear()
    hood.beat(timedelta(minutes=1))
    assert hood.reason("FRA") == ""
    assert len(hood.cosigners(witnessing.newest_witnessed(hood.node))) == 2


def test_a_witness_that_knows_another_size_names_it_and_is_asked_once_more(hood: Hood) -> None:
    hood.add("FRA")
    hood.log(4)
    hood.beat()
    row = hood.node.stores.witnesses.witness("FRA")
    assert row is not None
    with hood.node.stores.atomic():
        hood.node.stores.witnesses.put_witness(replace(row, known_size=0))
    hood.log(4)
    hood.beat()
    assert hood.cosigners(witnessing.newest_witnessed(hood.node, covering=8)) == ["rogatory/fra/test/witness"]
    assert len(hood.roads.asked) == 3


def test_a_witness_that_has_not_our_card_is_told_in_words(hood: Hood) -> None:
    hood.add("FRA")
    hood.roads.said[hood.witnesses["FRA"].config.address] = Answer(status=404, code="unknown-log", body=b"")
    hood.log(1)
    hood.beat()
    assert hood.reason("FRA") == "witness-refused"
    assert hood.alarms() == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(status=409, code="", body=b"900\n"), "own-behind"),
        (Answer(status=409, code="", body=b"3\n"), "own-forked"),
        (Answer(status=422, code="not-continued", body=b"{}"), "own-refused"),
    ],
)
def test_what_a_witness_says_against_our_own_log_raises_an_alarm(hood: Hood, answer: Answer, kind: str) -> None:
    hood.add("FRA")
    hood.log(3)
    hood.roads.said[hood.witnesses["FRA"].config.address] = answer
    hood.beat()
    (alarm,) = hood.alarms()
    assert (alarm.row.kind, alarm.row.state) == (kind, "FRA")
    assert "Stop the node" in alarm.remedy.en
    hood.beat(timedelta(minutes=5))
    assert len(hood.alarms()) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=200, code="", body=b""),
        Answer(status=200, code="", body=b"no line\n"),
        Answer(status=200, code="", body=b"\xff" * 70000),
        Answer(status=200, code="", body="— rogatory/fra/test/witness AAAAAWFueQ==\n".encode()),
        Answer(status=200, code="", body="— someone.else/witness AAAAAWFueQ==\n".encode() * 3000),
        Answer(status=409, code="", body=b"many\n"),
        Answer(status=409, code="", body=b"9" * 5000),
        Answer(status=500, code="", body=b""),
    ],
)
def test_an_answer_that_is_none_is_never_taken_for_a_cosignature(hood: Hood, answer: Answer) -> None:
    hood.add("FRA")
    hood.log(2)
    hood.roads.said[hood.witnesses["FRA"].config.address] = answer
    hood.beat()
    assert witnessing.newest_witnessed(hood.node) is None
    assert hood.reason("FRA")
    hood.roads.said.clear()
    hood.beat(timedelta(minutes=1))
    assert hood.cosigners(witnessing.newest_witnessed(hood.node)) == ["rogatory/fra/test/witness"]


def test_a_cosignature_on_another_checkpoint_is_refused(hood: Hood) -> None:
    hood.add("FRA")
    hood.log(2)
    hood.beat()
    text = witnessing.newest_witnessed(hood.node)
    assert text is not None
    line = text.splitlines(keepends=True)[-1].encode()
    hood.roads.said[hood.witnesses["FRA"].config.address] = Answer(status=200, code="", body=line)
    hood.log(1)
    hood.beat()
    assert hood.reason("FRA") == "wrong-note-signature"
    assert witnessing.newest_witnessed(hood.node) == text


def test_only_an_administrator_chooses_witnesses_and_it_is_recorded(hood: Hood, people: dict[str, Actor]) -> None:
    for act in (
        lambda actor: witnessing.add(hood.node, actor, "FRA"),
        lambda actor: witnessing.remove(hood.node, actor, "FRA"),
        lambda actor: witnessing.set_policy(hood.node, actor, 1),
    ):
        with pytest.raises(RoleMissing):
            act(people["auditor"])
    hood.add("FRA")
    witnessing.remove(hood.node, people["administrator"], "FRA")
    actions = [line.action for line in hood.node.stores.audit.recent(3)]
    assert actions == ["witness:state:remove", "witness:policy:set", "witness:state:add"]
    assert hood.words().startswith("No witness is configured")


def test_a_witness_needs_a_card_and_a_policy_needs_witnesses(hood: Hood, people: dict[str, Actor]) -> None:
    keeper = people["administrator"]
    refusals: list[tuple[type[RogatoryError], Callable[[], object]]] = [
        (partners.NoSuchPartner, lambda: witnessing.add(hood.node, keeper, "BRA")),
        (witnessing.NoSuchWitness, lambda: witnessing.remove(hood.node, keeper, "FRA")),
        (witnessing.BadPolicy, lambda: witnessing.set_policy(hood.node, keeper, 1)),
    ]
    for error, act in refusals:
        with pytest.raises(error):
            act()
    hood.add("KEN")
    with pytest.raises(witnessing.AlreadyWitness):
        witnessing.add(hood.node, keeper, "KEN")
    for needed in (0, 2, -1):
        with pytest.raises(witnessing.BadPolicy):
            witnessing.set_policy(hood.node, keeper, needed)


def test_a_card_without_a_witness_key_cannot_be_made_a_witness(
    node: Node, people: dict[str, Actor], france: Partner
) -> None:
    with pytest.raises(witnessing.WitnessWithoutKey):
        witnessing.add(node, people["administrator"], france.state)


def test_our_own_checkpoint_stays_what_it_was_under_every_cosignature(hood: Hood) -> None:
    hood.add(*STATES, needed=2)
    hood.log(1)
    signed = hood.node.stores.ledger.checkpoint()
    hood.beat()
    text = witnessing.newest_witnessed(hood.node)
    assert text is not None
    assert signed is not None
    assert text.startswith(signed)
    assert len(read_checkpoint(text).note.signatures) == 3


def test_the_watchman_has_our_log_cosigned_and_follows_those_of_others(shared: Node, people: dict[str, Actor]) -> None:
    hood = Hood(shared, people)
    hood.add(*STATES, needed=2)
    hood.log(1)
    hood.clock.time += timedelta(seconds=11)
    hood.roads.down.add(hood.witnesses["FRA"].config.address)
    watchman = Watchman(hood.node)
    watchman.look()
    watchman.wait()
    assert len(hood.cosigners(hood.node.stores.witnesses.cosigned(1)[0].text)) == 1
    hood.roads.down.clear()
    hood.clock.time += timedelta(minutes=10)
    watchman.look()
    watchman.wait()
    assert len(hood.cosigners(witnessing.newest_witnessed(hood.node))) == 2
    assert {row.state for row in hood.node.stores.witnesses.watched() if row.read_at} >= {"FRA", "KEN"}


def test_a_log_of_ours_that_was_set_back_raises_an_alarm_without_any_witness(shared: Node) -> None:
    held = append(shared, [], 10)
    row = Checkpoint.objects.get()
    backup = row.size, bytes(row.edge), row.text
    held = append(shared, held, 20)
    proving.prove(shared, 3, held[3])
    witnessing.watch_own(shared)
    assert alarms.standing(shared) == ()
    held = set_back(shared, held, 10, backup)
    proving.prove(shared, 3, held[3])
    Watchman(shared).look()
    Watchman(shared).look()
    (alarm,) = alarms.standing(shared)
    assert (alarm.row.kind, alarm.row.state) == ("own-set-back", "VNM")
    assert alarm.row.values == {"old": "30", "size": "10"}
