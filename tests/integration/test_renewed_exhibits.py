"""Keys are renewed, and every exhibit that was sealed to the old ones opens with the new: stopped anywhere, goes on."""

import io
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.handover import US, Handover, People
from tests.support.partner import Partner

from rogatory.bundle.verify import examine
from rogatory.node import export, rekeying
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, headers, opening
from rogatory.node.people import RoleMissing
from rogatory.node.rekeying import Renewal
from rogatory.sealing import age, keystore
from rogatory.sealing.keystore import Keystore
from rogatory.stores.files import LocalBlobs

pytestmark = pytest.mark.any_database

CONTENT = os.urandom(150_000)


class Keys:
    """The node's keys, which a test replaces as the command line replaces their file."""

    def __init__(self, held: Keystore) -> None:
        self.held = held

    def __call__(self) -> Keystore:
        return self.held


class PowerCut(BaseException):
    """The process ends here."""


@pytest.fixture
def keys(node: Node) -> Keys:
    return Keys(node.unlock())


@pytest.fixture
def ours(node: Node, keys: Keys) -> Node:
    return replace(node, unlock=keys)


@pytest.fixture
def arriving(ours: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Handover:
    given = Handover(ours, people, france, our_recipients, CONTENT)
    given.announce()
    return given


@pytest.fixture
def received(ours: Node, people: People, arriving: Handover) -> Handover:
    arriving.give_all()
    handover.finish(ours, arriving.id)
    return arriving


def renew(node: Node, people: People, keys: Keys, *, because: str = "rotation", kid: str = "") -> Renewal:
    """A renewal whose fresh keys are kept, as the command line does it; the exhibits are left as they are."""
    renewal = rekeying.begun(node, people["administrator"], US, because, kid=kid)
    keys.held = rekeying.renewed(node, people["administrator"], renewal)
    return renewal


def opened(node: Node, people: People, id: str) -> bytes:
    sink = io.BytesIO()
    opening.open_exhibit(node, people["custodian"], id, sink, purpose="To examine the log-ins")
    return sink.getvalue()


def headers_of(node: Node, id: str) -> list[str]:
    return [name for name in node.blobs.names(f"exhibits/{id}") if "/header-" in name]


def test_an_exhibit_opens_with_the_new_key_alone_once_its_header_was_renewed(
    ours: Node, people: People, keys: Keys, received: Handover
) -> None:
    renewal = renew(ours, people, keys)
    before = (received.sink.getvalue(), exhibits.get(ours, received.id).manifest)
    found = rekeying.carry_over(ours, people["administrator"], renewal)
    assert found == headers.Rewrapped(renewed=(received.id,))
    keys.held = rekeying.forgotten(ours, people["administrator"], renewal, found)
    assert len(keys.held.authority(US).encryption) == 1
    assert opened(ours, people, received.id) == CONTENT
    row = exhibits.get(ours, received.id)
    with ours.blobs.open(row.sealed_blob) as sealed:
        assert (sealed.read(), row.manifest) == before
    audit = ours.stores.audit.of_subject(row.case, 10)
    assert [line.detail for line in audit if line.action == "exhibit:header:renew"] == [received.id]


def test_without_a_new_header_a_forgotten_key_is_needed(
    ours: Node, people: People, keys: Keys, received: Handover
) -> None:
    renew(ours, people, keys)
    keys.held = keystore.forget(keys.held, US)
    with pytest.raises(age.NoMatch):
        opened(ours, people, received.id)


def test_an_old_key_store_opens_no_new_header_and_no_new_exhibit(
    ours: Node, people: People, keys: Keys, received: Handover, france: Partner
) -> None:
    stolen = keys.held
    renewal = renew(ours, people, keys, because="device-stolen")
    rekeying.carry_over(ours, people["administrator"], renewal)
    header = headers.header_of(ours, exhibits.get(ours, received.id))
    assert header is not None
    with pytest.raises(age.NoMatch):
        age.open_header(io.BytesIO(header), stolen.identities()[US])
    newest = str(keys.held.authority(US).encryption[-1].identity.recipient)
    later = Handover(ours, people, france, (newest,), b"later")
    with pytest.raises(age.NoMatch):
        age.open_sealed(later.sink.getvalue(), stolen.identities()[US])


def test_renewing_twice_leaves_one_header_and_changes_nothing_more(
    ours: Node, people: People, keys: Keys, received: Handover
) -> None:
    for _ in range(2):
        renewal = renew(ours, people, keys)
        rekeying.carry_over(ours, people["administrator"], renewal)
    row = exhibits.get(ours, received.id)
    assert headers_of(ours, received.id) == [row.header_blob] == [f"exhibits/{received.id}/header-2.age"]
    assert rekeying.carry_over(ours, people["administrator"], renewal).current == (received.id,)
    assert exhibits.get(ours, received.id) == row
    assert opened(ours, people, received.id) == CONTENT


class Cut(LocalBlobs):
    """Blobs whose power fails at a step that a test names."""

    at = ""

    def create(self, name: str):  # type: ignore[no-untyped-def]
        writer = super().create(name)
        if self.at == "written":
            commit = writer.commit

            def cut() -> None:
                commit()
                raise PowerCut

            writer.commit = cut  # type: ignore[method-assign]
        if self.at == "writing":
            raise PowerCut
        return writer

    def shred(self, name: str) -> None:
        if self.at == "shredding":
            raise PowerCut
        super().shred(name)


@pytest.mark.parametrize("at", ["writing", "written", "shredding"])
def test_a_renewal_that_is_cut_anywhere_goes_on_and_loses_no_exhibit(
    at: str, ours: Node, people: People, keys: Keys, received: Handover, tmp_path: Path
) -> None:
    rekeying.carry_over(ours, people["administrator"], renew(ours, people, keys))
    blobs = Cut(tmp_path / "blobs")
    cut = replace(ours, blobs=blobs)
    renewal = renew(ours, people, keys)
    blobs.at = at
    with pytest.raises(PowerCut):
        rekeying.carry_over(cut, people["administrator"], renewal)
    assert opened(ours, people, received.id) == CONTENT
    found = rekeying.carry_over(ours, people["administrator"], renewal)
    assert {*found.renewed, *found.current} == {received.id}
    assert headers_of(ours, received.id) == [exhibits.get(ours, received.id).header_blob]
    keys.held = rekeying.forgotten(ours, people["administrator"], renewal, found)
    assert opened(ours, people, received.id) == CONTENT


def test_old_keys_are_not_forgotten_while_an_exhibit_is_on_its_way(
    ours: Node, people: People, keys: Keys, arriving: Handover
) -> None:
    renewal = renew(ours, people, keys)
    found = rekeying.carry_over(ours, people["administrator"], renewal)
    assert found == headers.Rewrapped(waiting=(arriving.id,))
    with pytest.raises(rekeying.OldKeysNeeded, match=arriving.id):
        rekeying.forgotten(ours, people["administrator"], renewal, found)
    arriving.give_all()
    found = rekeying.carry_over(ours, people["administrator"], renewal)
    assert found.renewed == (arriving.id,)
    keys.held = rekeying.forgotten(ours, people["administrator"], renewal, found)
    handover.finish(ours, arriving.id)
    assert opened(ours, people, arriving.id) == CONTENT


def test_an_exhibit_that_no_key_opens_is_told_and_stops_nothing(
    ours: Node, people: People, keys: Keys, received: Handover
) -> None:
    keys.held = keystore.rotate(
        keystore.new_keystore("VNM", [US], at=ours.clock.now() - timedelta(days=1), random=os.urandom),
        US,
        at=ours.clock.now(),
        random=os.urandom,
    )
    assert headers.renew_all(ours, people["administrator"], US).closed == (received.id,)


def test_a_stolen_device_revokes_all_keys_or_the_one_named(ours: Node, people: People, keys: Keys) -> None:
    first = keys.held.signing_key(US, ours.clock.now()).kid
    renew(ours, people, keys)
    assert [secret.revoked is None for secret in keys.held.authority(US).signing] == [True, True]
    renew(ours, people, keys, because="device-stolen", kid=first)
    assert [secret.revoked is None for secret in keys.held.authority(US).signing] == [False, True, True]
    renew(ours, people, keys, because="device-stolen")
    assert [secret.revoked is None for secret in keys.held.authority(US).signing] == [False, False, False, True]


def test_a_renewal_gives_fresh_keys_once_however_often_it_is_taken_up(ours: Node, people: People, keys: Keys) -> None:
    renewal = renew(ours, people, keys)
    kept = keys.held
    assert rekeying.renewed(ours, people["administrator"], renewal) is kept
    rekeying.record(ours, people["administrator"], renewal, 2, headers.Rewrapped(), forgot=False)
    rekeying.record(ours, people["administrator"], renewal, 2, headers.Rewrapped(), forgot=False)
    lines = [line for line in ours.stores.audit.of_subject(US, 10) if line.action == "keys:authority:renew"]
    assert len(lines) == 1
    assert lines[0].detail.startswith("rotation, begun ")


def test_keys_are_renewed_by_an_administrator_for_a_reason(ours: Node, people: People) -> None:
    with pytest.raises(RoleMissing):
        rekeying.begun(ours, people["custodian"], US, "rotation")
    with pytest.raises(rekeying.NotAReason):
        rekeying.begun(ours, people["administrator"], US, "spring")
    with pytest.raises(rekeying.NotAReason):
        rekeying.begun(ours, people["administrator"], US, "rotation", kid="x")
    with pytest.raises(keystore.NoSigningKey):
        rekeying.begun(ours, people["administrator"], US, "device-stolen", kid="x")
    with pytest.raises(keystore.NoSuchAuthority):
        rekeying.begun(ours, people["administrator"], "VNM/ministry", "rotation")


def test_progress_counts_the_exhibits(ours: Node, people: People, keys: Keys, received: Handover) -> None:
    seen: list[tuple[int, int]] = []
    renewal = renew(ours, people, keys)
    rekeying.carry_over(ours, people["administrator"], renewal, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


def test_a_bundle_opens_with_the_present_key_after_a_renewal(
    ours: Node, people: People, keys: Keys, received: Handover
) -> None:
    rekeying.carry_over(ours, people["administrator"], renew(ours, people, keys))
    file = io.BytesIO()
    export.write_bundle(ours, people["custodian"], received.request.case, file)
    newest = keys.held.identities()[US][:1]
    report = examine(file, identities=newest)
    assert not report.failures()
    assert "opened" in {note.key for rung in report.rungs for note in rung.notes}
