"""A sealing that is stopped, wherever that may be, is resumed to the same exhibit or abandoned without a trace."""

import hashlib
import io

import pytest
from tests.support.partner import Partner

from rogatory.errors import BadInput, RogatoryError
from rogatory.evidence import opener, sealer
from rogatory.evidence.contents import ContentTree
from rogatory.evidence.manifest import Contents
from rogatory.evidence.milestones import SourceChanged
from rogatory.evidence.plaintext import BadBlockSize, UnknownDigest, WrongAcquisition
from rogatory.node import drafting, intake, steps
from rogatory.node import people as desk
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, sealing_passes, sealings
from rogatory.node.evidence.sealings import ToSeal
from rogatory.node.people import Actor
from rogatory.ports.blobs import StorageFull

CASE, US = "FRA-VNM-2028-0002-7Q4K2M9XAB", "VNM/contact-point"
BLOCK = sealer.BLOCK_BYTES
DATA = hashlib.shake_256(b"sealings").digest(9 * BLOCK + 12_345)
People = dict[str, Actor]


class PowerCut(BaseException):
    """The end of a pass that nobody can catch."""


class Cut(io.BytesIO):
    """A source that is cut off when so many bytes were read."""

    def __init__(self, at: int, data: bytes = DATA) -> None:
        super().__init__(data)
        self.at = at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.tell() >= self.at:
            raise PowerCut
        return super().readinto(buffer)


@pytest.fixture
def request_(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> str:
    """A request of France for mutual assistance, accepted."""
    body = {"measure": "mla", "instrument": "uncc", "contents": {"facts": "a practice case"}}
    at = node.clock.now()
    message = france.message("request", body, case=CASE, to=US, at=at, follows=(), number=1, regarding=None)
    intake.receive(node, france.seal(message.jws, to=US, recipients=our_recipients, at=at))
    for kind, given in (("acknowledgement", {}), ("decision", {"outcome": "accepted"})):
        taken = steps.take(node, people["duty-officer"], case=CASE, regarding=message.digest, kind=kind, body=given)
        if kind == "decision":
            drafting.approve(node, people["approver"], taken.id)  # type: ignore[union-attr]
    return message.digest


def about(**changes: object) -> ToSeal:
    given = {"name": "disk.img", "media_type": "application/octet-stream", "description": "A disk", "use": "the case"}
    return ToSeal(**{**given, **changes})  # type: ignore[arg-type]


def begun(node: Node, people: People, request: str, **changes: object) -> str:
    row = sealings.begin(
        node,
        people["custodian"],
        case=CASE,
        regarding=request,
        about=about(**changes),
        origin="/evidence/disk.img",
        size=len(DATA),
    )
    return row.id


def stopped(node: Node, people: People, id: str, at: int = 6 * BLOCK, data: bytes = DATA) -> None:
    with pytest.raises(PowerCut):
        sealings.resume(node, people["custodian"], id, Cut(at, data), every=2 * BLOCK)


def names(node: Node, id: str) -> list[str]:
    folder = f"exhibits/{id}"
    return sorted([*node.blobs.names(folder), *(f"{one}.part" for one in node.blobs.unfinished_names(folder))])


def opened(node: Node, france: Partner, id: str) -> bytes:
    row = exhibits.get(node, id)
    sink = io.BytesIO()
    with node.blobs.open(row.sealed_blob) as sealed, node.blobs.open(row.parts_list) as listing:
        opener.open_exhibit(
            sealed,
            sink,
            manifest=exhibits.manifest_of(row),
            identities=france.keys.identities()[france.authority],
            part_digests=listing.read(),
        )
    return sink.getvalue()


@pytest.mark.parametrize("at", [0, BLOCK, 2 * BLOCK + 1, 5 * BLOCK, 9 * BLOCK, len(DATA)])
def test_a_sealing_cut_off_anywhere_is_resumed_to_what_one_pass_would_have_made(
    node: Node, people: People, france: Partner, request_: str, at: int
) -> None:
    under = begun(node, people, request_, digests=("md5",), block=1024 * 1024)
    stopped(node, people, under, at)
    assert [row.id for row in sealings.under_way(node, people["auditor"], CASE)] == [under]
    seen: list[int] = []
    row = sealings.resume(node, people["custodian"], under, io.BytesIO(DATA), every=2 * BLOCK, progress=seen.append)
    assert seen[-1] == len(DATA)
    assert (row.id, row.state) == (under, "sealed")
    assert opened(node, france, under) == DATA
    found = exhibits.manifest_of(row)
    assert found.sha256 == hashlib.sha256(DATA).hexdigest()
    assert found.digests == {"md5": hashlib.md5(DATA).hexdigest()}
    assert found.contents is not None
    assert (found.contents.kind, found.contents.count) == ("blocks", -(-len(DATA) // 1024**2))
    assert names(node, under) == [f"exhibits/{under}/parts", f"exhibits/{under}/sealed.age"]
    assert sealings.under_way(node, people["auditor"], CASE) == []
    handover.propose_delivery(node, people["custodian"], under)


def test_a_resumed_pass_takes_up_the_file_where_its_last_milestone_stands(
    node: Node, people: People, request_: str
) -> None:
    under = begun(node, people, request_)
    stopped(node, people, under, 7 * BLOCK)
    milestone = sealing_passes.get(node, under).milestone
    assert milestone is not None
    assert milestone["plain"] == 6 * BLOCK
    with node.blobs.open_unfinished(exhibits.blob_name(under)) as kept:
        before = kept.read(milestone["written"])
    sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    with node.blobs.open(exhibits.blob_name(under)) as sealed:
        assert sealed.read(len(before)) == before


@pytest.mark.parametrize("stage", ["finish", "keep"])
def test_a_sealing_that_only_had_to_be_written_down_is_not_read_again(
    node: Node, people: People, france: Partner, request_: str, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    under = begun(node, people, request_)

    def cut(*args: object) -> None:
        raise PowerCut

    where, name = {"finish": (sealing_passes, "finish_blobs"), "keep": (sealings.hands, "log_entries")}[stage]
    monkeypatch.setattr(where, name, cut)
    with pytest.raises(PowerCut):
        sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    monkeypatch.undo()
    assert node.stores.exhibits.get(under) is None
    row = sealings.resume(node, people["custodian"], under, None)
    assert row.state == "sealed"
    assert opened(node, france, under) == DATA


def test_what_is_read_again_must_be_given_again(node: Node, people: People, request_: str) -> None:
    under = begun(node, people, request_)
    stopped(node, people, under)
    with pytest.raises(sealings.SourceMissing, match=r"/evidence/disk\.img"):
        sealings.resume(node, people["custodian"], under, None)


def test_a_file_that_changed_is_not_gone_on_with_and_can_be_abandoned(
    node: Node, people: People, request_: str
) -> None:
    under = begun(node, people, request_)
    stopped(node, people, under)
    with pytest.raises(SourceChanged):
        sealings.resume(node, people["custodian"], under, io.BytesIO(bytes(1) + DATA[1:]))
    assert sealing_passes.get(node, under).milestone is not None
    sealings.abandon(node, people["custodian"], under)
    assert names(node, under) == []
    with pytest.raises(sealing_passes.NoSuchSealing):
        sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))


def test_what_the_disk_lost_is_sealed_from_the_beginning_with_another_key(
    node: Node, people: People, france: Partner, request_: str
) -> None:
    under = begun(node, people, request_)
    stopped(node, people, under)
    secret = sealing_passes.get(node, under).secret
    node.blobs.shred(exhibits.blob_name(under))
    stopped(node, people, under)
    assert sealing_passes.get(node, under).secret != secret
    sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    assert opened(node, france, under) == DATA


def test_a_pass_that_was_overtaken_stops_at_its_next_milestone(node: Node, people: People, request_: str) -> None:
    under = begun(node, people, request_)
    custodian = people["custodian"]

    class Overtaken(io.BytesIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            if self.tell() == 4 * BLOCK:
                stopped(node, people, under, 3 * BLOCK)
            return super().readinto(buffer)

    with pytest.raises(sealing_passes.TakenOver):
        sealings.resume(node, custodian, under, Overtaken(DATA), every=2 * BLOCK)
    assert sealings.resume(node, custodian, under, io.BytesIO(DATA)).state == "sealed"


def test_a_full_disk_stops_a_sealing_and_more_room_lets_it_go_on(
    node: Node, people: People, france: Partner, request_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as full:
        full.setattr(node.blobs, "free", lambda: len(DATA))
        with pytest.raises(StorageFull, match="to be sealed"):
            begun(node, people, request_)
    under = begun(node, people, request_)
    stopped(node, people, under, 7 * BLOCK)
    with pytest.MonkeyPatch.context() as full:
        full.setattr(node.blobs, "free", lambda: sealings.HEADROOM)
        with pytest.raises(StorageFull):
            sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    monkeypatch.setattr(node.blobs, "free", lambda: sealings.HEADROOM + 4 * BLOCK)
    sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    assert opened(node, france, under) == DATA


def test_a_file_that_is_not_the_acquired_one_leaves_nothing(node: Node, people: People, request_: str) -> None:
    under = begun(node, people, request_, acquired={"sha1": "0" * 40})
    with pytest.raises(WrongAcquisition, match="sha1"):
        sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    assert names(node, under) == []
    assert sealings.under_way(node, people["auditor"], CASE) == []
    assert node.stores.exhibits.get(under) is None


def test_the_acquired_digests_stand_in_the_manifest(node: Node, people: People, request_: str) -> None:
    right = {name: hashlib.new(name, DATA).hexdigest() for name in ("md5", "sha1", "sha256")}
    row = sealings.seal(
        node,
        people["custodian"],
        case=CASE,
        regarding=request_,
        source=io.BytesIO(DATA),
        about=about(acquired=right, digests=("sha512",), onward="not-at-all"),
    )
    found = exhibits.manifest_of(row)
    assert found.digests == {name: hashlib.new(name, DATA).hexdigest() for name in ("md5", "sha1", "sha512")}
    assert found.conditions.onward == "not-at-all"


def test_a_sealing_in_one_go_that_fails_leaves_nothing(node: Node, people: People, request_: str) -> None:
    with pytest.raises(PowerCut):
        sealings.seal(node, people["custodian"], case=CASE, regarding=request_, source=Cut(3 * BLOCK), about=about())
    assert sealings.under_way(node, people["auditor"], CASE) == []
    assert list(node.blobs.names("exhibits")) + list(node.blobs.unfinished_names("exhibits")) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "../x"}, BadInput),
        ({"media_type": "no type"}, BadInput),
        ({"use": "\x00"}, BadInput),
        ({"onward": "whatever"}, BadInput),
        ({"digests": ("crc32",)}, UnknownDigest),
        ({"block": 3}, BadBlockSize),
    ],
)
def test_what_the_manifest_could_not_say_is_refused_before_a_byte_is_read(
    change: dict[str, object], error: type[RogatoryError]
) -> None:
    with pytest.raises(error):
        about(**change)


def test_the_key_of_a_sealing_is_kept_for_our_own_authority_only_and_follows_its_keys(
    node: Node, people: People, france: Partner, request_: str
) -> None:
    under = begun(node, people, request_)
    stopped(node, people, under)
    before = sealing_passes.get(node, under)
    assert sealing_passes.renew_secrets(node, US) == 1
    after = sealing_passes.get(node, under)
    assert after.secret != before.secret
    assert after.milestone == before.milestone
    sealings.resume(node, people["custodian"], under, io.BytesIO(DATA))
    assert opened(node, france, under) == DATA


def test_only_a_custodian_of_the_authority_touches_a_sealing(node: Node, people: People, request_: str) -> None:
    under = begun(node, people, request_)
    with pytest.raises(desk.RoleMissing):
        sealings.resume(node, people["drafter"], under, io.BytesIO(DATA))
    stranger = Actor(id="x", name="X", authority="VNM/central-authority", roles=frozenset({"custodian"}))
    for act in (sealings.abandon, lambda *given: sealings.resume(*given, io.BytesIO(DATA))):
        with pytest.raises(exhibits.NotAddressed):
            act(node, stranger, under)  # type: ignore[operator]


def test_a_source_that_knows_its_pieces_puts_them_into_the_manifest(
    node: Node, people: People, france: Partner, request_: str
) -> None:
    class Pieces:
        def begin(self, payload_key: bytes) -> io.BytesIO:
            tree = ContentTree(payload_key)
            tree.add({"n": 0, "path": "a"})
            self.found = tree.finish("files")
            return io.BytesIO(DATA)

        def contents(self) -> Contents:
            return self.found

    under = begun(node, people, request_)
    with pytest.raises(PowerCut):
        sealings.resume(node, people["custodian"], under, Cut(5 * BLOCK), every=BLOCK)
    pieces = Pieces()
    row = sealings.resume(node, people["custodian"], under, pieces)  # type: ignore[arg-type]
    assert exhibits.manifest_of(row).contents == pieces.found
    assert opened(node, france, under) == DATA


def test_an_exhibit_opens_for_every_authority_of_that_state_it_was_sealed_to(
    node: Node, people: People, request_: str, france: Partner
) -> None:
    sealing = begun(node, people, request_, also=(france.central,), data_protection="Delete it after the trial.")
    row = sealings.resume(node, people["custodian"], sealing, io.BytesIO(DATA))
    found = exhibits.manifest_of(row)
    assert found.receivers == (france.authority, france.central)
    assert found.conditions.data_protection == "Delete it after the trial."
    for authority in found.receivers:
        with node.blobs.open(row.sealed_blob) as sealed:
            opener.open_exhibit(sealed, None, manifest=found, identities=france.keys.identities()[authority])


@pytest.mark.parametrize("also", [("KEN/contact-point",), ("FRA/contact-point",), ("FRA/nobody",)])
def test_an_exhibit_is_sealed_to_no_other_state_nobody_twice_and_nobody_unknown(
    node: Node, people: People, request_: str, also: tuple[str, ...]
) -> None:
    with pytest.raises(RogatoryError) as raised:
        begun(node, people, request_, also=also)
    assert raised.value.code in {"not-one-state", "unknown-authority", "no-encryption-key"}
    assert not sealings.under_way(node, people["custodian"], CASE)
