"""A practice case between two States, played in memory with fixed keys: the same bytes in every run.

Viet Nam asks France to preserve data, then to hand them over; France seals an exhibit; Viet Nam receives and opens it.
Whoever plays can stop anywhere, say something else, and ask for the bundle that either State would export.
"""

import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from practice_keys import CLOCK, FRA, PLAIN, START, VNM, fixed_random, seed, signing

from rogatory.bundle import index as names
from rogatory.bundle.container import Container, Entry, directory, local_header
from rogatory.bundle.write import BundleSummary, Contents, ExhibitFiles, Exporter, write
from rogatory.casefile import messages
from rogatory.casefile.fold import CaseFile, fold
from rogatory.casefile.messages import Message, Person
from rogatory.evidence import custody, manifest, sealer
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.kernel import canonical, digests, ids
from rogatory.kernel.times import stamp
from rogatory.ledger import checkpoint, entries, merkle, notes, proofs
from rogatory.sealing import age, cards, jws, receipts
from rogatory.sealing.cards import Card, CardAuthority, CardLedger, EncryptionPeriod, SigningPeriod
from rogatory.sealing.keys import SigningKey
from rogatory.sealing.receipts import LedgerPlace, Receipt
from rogatory.sealing.recipients import HybridIdentity, X25519Identity

CASE = ids.case_id("VNM", "FRA", year=2030, number=1, random=seed("case"))
MAILBOX = b"From: someone@example.org\nSubject: practice\n\nThis is the evidence.\n" * 2000
PEOPLE = {VNM: Person(name="Nguyễn Văn An", role="drafter"), FRA: Person(name="Jeanne Martin", role="duty-officer")}
SECOND = {VNM: Person(name="Trần Thị Bình", role="approver"), FRA: Person(name="Paul Durand", role="approver")}


class Log:
    """A ledger in memory; its entries are digests of messages."""

    def __init__(self, state: str) -> None:
        self.key = notes.VerifierKey(
            name=f"{state.lower()}.example/ledger", public=signing(f"{state} ledger").public.raw
        )
        self._signing = signing(f"{state} ledger")
        self._random = fixed_random(f"{state} blinding")
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._openings: dict[str, tuple[int, entries.Opening]] = {}
        self._edge = merkle.EMPTY
        self.signed = ""

    @property
    def size(self) -> int:
        """How many entries it has."""
        return self._edge.size

    def get(self, level: int, index: int) -> bytes:
        return self._nodes[level, index]

    def add(self, digest: str) -> int:
        """The index of the new entry for *digest*."""
        opening = entries.open_entry(digest, self._random(32))
        growth = merkle.append(self._edge, [opening.leaf_hash])
        self._nodes |= {(level, index): value for level, index, value in growth.nodes()}
        self._openings[digest] = (self.size, opening)
        self._edge = growth.edge
        head = checkpoint.Checkpoint(origin=self.key.name, size=self.size, root=growth.edge.root)
        self.signed = checkpoint.sign_checkpoint(head, key=self.key, sign=self._signing.sign)
        return self.size - 1

    def proof(self, digest: str) -> proofs.Proof:
        """The proof that *digest* stands in the log as it is now."""
        index, opening = self._openings[digest]
        return proofs.make_proof(index, opening=opening, signed=self.signed, nodes=self)


@dataclass(kw_only=True)
class Sealed:
    """An exhibit as the player holds it."""

    manifest: Manifest
    signed: bytes
    sealed: bytes
    part_digests: bytes
    chain: tuple[bytes, ...] = ()


def practice_card(state: str, log: Log, opener: X25519Identity | HybridIdentity, *, exercise: bool = True) -> Card:
    """The card of *state*, with one contact point whose keys belong to its name."""
    authority = CardAuthority(
        id=f"{state}/contact-point",
        name={"en": f"Contact point of {state}", "fr": f"Point de contact de {state}"},
        functions=("41",),
        languages=("en", "fr"),
        signing=(SigningPeriod(key=signing(f"{state}/contact-point").public, since=START),),
        encryption=(EncryptionPeriod(recipient=str(opener.recipient), since=START),),
    )
    made = cards.make_card(
        identity=signing(state),
        state=state,
        serial=1,
        issued=START,
        exercise=exercise,
        address=f"https://{state.lower()}.example",
        authorities=[authority],
        ledger=CardLedger(origin=log.key.name, key=str(log.key)),
    )
    return cards.read_card(made)


@dataclass(kw_only=True)
class PracticeCase:
    """Two States, their ledgers, and what they have said to each other so far."""

    exercise: bool = True
    opener: X25519Identity | HybridIdentity = field(default_factory=lambda: PLAIN[VNM])
    case: str = CASE
    at: datetime = CLOCK
    messages: dict[str, Message] = field(default_factory=dict)
    receipts: list[bytes] = field(default_factory=list)
    exhibits: dict[str, Sealed] = field(default_factory=dict)
    random: Callable[[int], bytes] = field(default_factory=lambda: fixed_random("practice case"))

    def __post_init__(self) -> None:
        self.logs = {state: Log(state) for state in ("VNM", "FRA")}
        self.cards = [
            practice_card("FRA", self.logs["FRA"], PLAIN[FRA], exercise=self.exercise),
            practice_card("VNM", self.logs["VNM"], self.opener, exercise=self.exercise),
        ]

    @property
    def file(self) -> CaseFile:
        """The case as it stands."""
        return fold(self.messages.values())

    def say(
        self, sender: str, kind: str, body: Mapping[str, Any], *, regarding: str | None = None, **changes: Any
    ) -> Message:
        """The next message, signed, logged by both sides and receipted; *changes* replace fields of its payload."""
        self.at += timedelta(minutes=10)
        known = list(self.messages.values())
        file = fold(known) if known else None
        payload = messages.payload(
            kind=kind,
            case=self.case,
            id=ids.new_id(self.random(17)),
            number=file.next_number if file else 1,
            follows=file.heads if file else (),
            sender=sender,
            receiver=FRA if sender == VNM else VNM,
            at=self.at,
            exercise=self.exercise,
            drafted_by=PEOPLE[sender],
            approved_by=SECOND[sender],
            regarding=regarding,
            body=body,
        )
        signed = jws.sign(payload | changes, key=signing(sender), typ=messages.TYP)
        message = messages.parse(payload | changes, signed)
        self.messages[message.digest] = message
        self.logs[sender[:3]].add(message.digest)
        self._receipt(message)
        return message

    def _receipt(self, message: Message, result: str = "stored") -> None:
        log = self.logs[message.receiver[:3]]
        index = log.add(message.digest)
        said = Receipt(
            envelope=ids.new_id(self.random(17)),
            sealed_sha256=seed(message.digest).hex(),
            message=message.digest,
            result=result,
            at=self.at + timedelta(seconds=2),
            sender=message.receiver,
            receiver=message.sender,
            ledger=LedgerPlace(index=index, checkpoint=log.signed),
        )
        self.receipts.append(receipts.make_receipt(said, key=signing(message.receiver)))

    def ask_preservation(self) -> Message:
        """Viet Nam asks France to preserve."""
        contents = {"42(3)(a)": VNM, "42(3)(b)": "a practice investigation into illegal access (Article 7)"}
        return self.say(VNM, "request", {"measure": "preservation", "instrument": "uncc", "contents": contents})

    def preserve(self, request: Message, *, days: int = 60) -> None:
        """France acknowledges, accepts, and preserves for *days*."""
        about = {"regarding": request.digest}
        self.say(FRA, "acknowledgement", {}, **about)
        self.say(FRA, "decision", {"outcome": "accepted"}, **about)
        period = {"began": stamp(self.at), "until": stamp(self.at + timedelta(days=days))}
        self.say(FRA, "preserved", {**period, "custodian": "a practice provider"}, **about)

    def ask_data(self, preservation: Message) -> Message:
        """Viet Nam asks France for the data that were preserved."""
        contents = {"44(1)": "the mailbox that was preserved"}
        body = {"measure": "stored-data", "instrument": "uncc", "contents": contents}
        return self.say(VNM, "request", body | {"follows_request": preservation.digest})

    def seal(self, request: Message, data: bytes = MAILBOX) -> Sealed:
        """France seals *data* to Viet Nam's contact point."""
        sink, recipient = io.BytesIO(), str(self.opener.recipient)
        done = sealer.seal(io.BytesIO(data), sink, begun=age.new_header([recipient], self.random), part_size=65536)
        made = Manifest(
            exhibit=ids.new_id(self.random(17)),
            case=self.case,
            answers=request.digest,
            provision="44(1)",
            name="mailbox.mbox",
            media_type="application/mbox",
            description="The provider's return",
            sha256=done.sha256,
            size=done.size,
            parts=done.parts,
            sealed_by=FRA,
            person=PEOPLE[FRA].name,
            receivers=(VNM,),
            recipients=(recipient,),
            at=self.at,
            conditions=Conditions(use="the proceedings named in the request"),
        )
        signed = manifest.make_manifest(made, key=signing(FRA))
        found = Sealed(manifest=made, signed=signed, sealed=sink.getvalue(), part_digests=done.part_digests)
        self.exhibits[made.exhibit] = found
        self.enter(found, FRA, Act.SEALED, sha256=done.sha256, root=done.parts.root)
        return found

    def enter(self, found: Sealed, holder: str, act: Act, **details: str) -> str:
        """One more custody entry of *found*, as text."""
        deed = Deed(act=act, holder=holder, person=PEOPLE[holder].name, at=self.at, **details)
        found.chain = custody.record(found.chain, deed, manifest=found.manifest, key=signing(holder))
        return found.chain[-1].decode()

    def hand_over(self, request: Message, found: Sealed) -> None:
        """France delivers, Viet Nam receives and opens."""
        about, root = {"regarding": request.digest}, found.manifest.parts.root
        self.enter(found, FRA, Act.SENT, to=VNM, root=root)
        body = {"exhibit": found.manifest.exhibit, "manifest": found.signed.decode()}
        self.say(FRA, "delivery", body | {"custody": [one.decode() for one in found.chain]}, **about)
        named = {"exhibit": found.manifest.exhibit}
        self.say(
            VNM, "custody-receipt", named | {"custody": [self.enter(found, VNM, Act.RECEIVED, root=root)]}, **about
        )
        opened = self.enter(found, VNM, Act.OPENED, sha256=found.manifest.sha256, purpose="to read it")
        self.say(VNM, "custody-entry", named | {"custody": [opened]}, **about)

    def play(self, data: bytes = MAILBOX) -> "PracticeCase":
        """The whole case, from the first request to the closure; *data* is the evidence."""
        preservation = self.ask_preservation()
        self.preserve(preservation)
        request = self.ask_data(preservation)
        self.say(FRA, "decision", {"outcome": "accepted"}, regarding=request.digest)
        self.hand_over(request, self.seal(request, data))
        self.say(VNM, "closure", {}, regarding=request.digest)
        return self

    def contents(self, by: str = VNM, *, with_sealed: bool = True) -> Contents:
        """What the State of the authority *by* would put into a bundle."""
        log = self.logs[by[:3]]
        return Contents(
            messages=list(self.messages.values()),
            cards=self.cards,
            receipts=self.receipts,
            proofs=[log.proof(digest) for digest in self.messages],
            checkpoint=log.signed,
            exhibits=[_files(found, with_sealed=with_sealed) for found in self.exhibits.values()],
        )

    def exporter(self, by: str = VNM) -> Exporter:
        """The authority *by*, exporting an hour after the last step."""
        return Exporter(authority=by, at=self.at + timedelta(hours=1), program="rogatory practice", key=signing(by))

    def bundle(self, by: str = VNM, *, with_sealed: bool = True) -> bytes:
        """The bundle that the authority *by* exports."""
        return bundle_of(self.contents(by, with_sealed=with_sealed), self.exporter(by))[0]


def bundle_of(contents: Contents, exporter: Exporter, page: bytes | None = None) -> tuple[bytes, BundleSummary]:
    """The bytes of the bundle of *contents* with the template *page*, if any, and what the writer says of it."""
    sink = io.BytesIO()
    summary = write(contents, sink, exporter=exporter, page=page)
    return sink.getvalue(), summary


def repacked(
    bundle: bytes,
    edit: Callable[[dict[str, bytes]], None] | None = None,
    *,
    by: str = VNM,
    key: SigningKey | None = None,
    **changes: Any,
) -> bytes:
    """*bundle* after *edit* of its members, its index made again with *changes* and signed by *key* (default: of *by*).

    This is what a forger who has an authority's key, or his own, can do.
    """
    opened = Container(io.BytesIO(bundle))
    files = {name: opened.read(name, limit=1 << 24) for name in opened.members}
    payload = dict(names.read_index(files.pop(names.SIGNED)).signed.payload)
    del files[names.PLAIN]
    if edit:
        edit(files)
    payload["members"] = [
        {"name": name, "sha256": digests.sha256(data), "size": len(data)} for name, data in files.items()
    ]
    payload |= changes
    signed = jws.sign(payload, key=key or signing(by), typ=names.TYPE)
    return contained({names.SIGNED: signed, names.PLAIN: canonical.dumps(payload), **files})


def contained(files: Mapping[str, bytes]) -> bytes:
    """A container of *files*, in their order."""
    made = [Entry(name=name, size=len(data), crc=zlib.crc32(data)) for name, data in files.items()]
    return b"".join(local_header(one) + files[one.name] for one in made) + directory(made)


def _files(found: Sealed, *, with_sealed: bool) -> ExhibitFiles:
    return ExhibitFiles(
        exhibit=found.manifest.exhibit,
        manifest=found.signed,
        custody=found.chain,
        part_digests=found.part_digests,
        open_sealed=(lambda: io.BytesIO(found.sealed)) if with_sealed else None,
    )
