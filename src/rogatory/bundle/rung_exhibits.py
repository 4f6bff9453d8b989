"""Step 6 of the ladder: the evidence, its manifest, who held it, and that the sealed bytes are the ones signed for."""

from collections.abc import Iterator

from rogatory.bundle import index as names
from rogatory.bundle.climb import Climb, Incomplete, Misplaced
from rogatory.bundle.report import Note, Outcome
from rogatory.casefile.exhibits import Exhibit
from rogatory.evidence import custody, manifest, opener
from rogatory.evidence.custody import Custody, Entry
from rogatory.evidence.manifest import Manifest
from rogatory.evidence.opener import Opened
from rogatory.evidence.parts import DIGEST_BYTES, verify_part_list
from rogatory.kernel.times import stamp
from rogatory.sealing.age import NoMatch


def exhibits(climb: Climb) -> Iterator[Note]:
    """Step 6."""
    case = climb.need_case()
    for name in climb.members_under("exhibits"):
        if name.split("/")[1] not in case.exhibits:
            raise Misplaced("no message of this case delivers such an exhibit")
    climb.member = ""
    if not case.exhibits:
        yield Note(key="no-exhibits")
    for exhibit in case.exhibits.values():
        found = _verify_manifest(climb, exhibit)
        about = {"exhibit": found.exhibit, "name": found.name, "size": found.size}
        yield Note(key="exhibit", values={**about, "by": found.sealed_by, "at": stamp(found.at)})
        yield from _further(found)
        chain = _verify_custody(climb, exhibit, found)
        yield Note(key="custody", values={"count": len(chain.entries)})
        yield from map(_act, chain.entries)
        yield from _sealed(climb, found)
    climb.member = ""


def _verify_manifest(climb: Climb, exhibit: Exhibit) -> Manifest:
    data = climb.read(names.exhibit_name(exhibit.id, "manifest.jws"), limit=manifest.MAX_MANIFEST_BYTES)
    if data != exhibit.manifest.encode():
        raise Misplaced("this is not the manifest that the delivery message carries")
    found = manifest.verify_manifest(data, climb.need_ring())
    case = climb.need_case()
    if (found.exhibit, found.case, found.answers) != (exhibit.id, case.id, exhibit.request):
        raise Misplaced("the manifest speaks of another exhibit, case or request than the delivery that carries it")
    return found


def _further(found: Manifest) -> Iterator[Note]:
    """What else the manifest states of its contents and its origin."""
    for name, digest in found.digests.items():
        yield Note(key="further-digest", values={"name": name, "digest": digest})
    if found.contents:
        yield Note(key="contents", values={"count": found.contents.count, "root": found.contents.root})
    if found.derived:
        yield Note(key="derived", values={"exhibit": found.derived.exhibit, "left_out": found.derived.left_out})


def _verify_custody(climb: Climb, exhibit: Exhibit, found: Manifest) -> Custody:
    chain: list[bytes] = []
    while climb.has(name := names.custody_name(exhibit.id, len(chain) + 1)):
        chain.append(climb.read(name, limit=custody.MAX_ENTRY_BYTES))
    if sum(1 for _ in climb.members_under(names.exhibit_name(exhibit.id, "custody"))) != len(chain):
        raise Misplaced("the custody entries are not numbered from 1 without a gap")
    said = [entry.encode() for entry in exhibit.custody]
    lacking = [entry for entry in said if entry not in chain]
    if lacking:
        raise Incomplete(f"{len(lacking)} custody entries that messages of this case carry are not in the bundle")
    climb.member = names.exhibit_name(exhibit.id, "custody")
    return custody.verify_custody(chain, manifest=found, signers=climb.need_ring())


def _act(entry: Entry) -> Note:
    about = {"number": entry.number, "act": entry.act, "holder": entry.holder, "person": entry.person}
    return Note(key="custody-entry", values={**about, "at": stamp(entry.at)})


def _sealed(climb: Climb, found: Manifest) -> Iterator[Note]:
    digests = None
    listing, sealed = (names.exhibit_name(found.exhibit, part) for part in ("parts.bin", "sealed.age"))
    if climb.has(listing):
        digests = climb.read(listing, limit=found.parts.count * DIGEST_BYTES)
        verify_part_list(found.parts, digests)
    if not climb.has(sealed):
        yield Note(key="sealed-absent", values={"root": found.parts.root}, outcome=Outcome.NOT_CHECKED)
        return
    climb.member = sealed
    yield from _bytes(climb, found, sealed, digests)


def _bytes(climb: Climb, found: Manifest, sealed: str, digests: bytes | None) -> Iterator[Note]:
    opened = _open(climb, found, sealed, digests) if climb.identities else None
    if opened is None:
        with climb.need_container().open(sealed) as source:
            opener.verify_sealed(source, found.parts, part_digests=digests)
    climb.advance(found.parts.total)
    yield Note(key="sealed-bytes", values={"count": found.parts.count})
    if opened:
        yield Note(key="opened", values={"sha256": opened.sha256})
    elif climb.identities:
        yield Note(key="other-key", outcome=Outcome.NOT_CHECKED)
    else:
        yield Note(key="not-opened", values={"sha256": found.sha256}, outcome=Outcome.NOT_CHECKED)


def _open(climb: Climb, found: Manifest, sealed: str, digests: bytes | None) -> Opened | None:
    """What opening found, or None when the keys given are for other receivers."""
    renewed = names.exhibit_name(found.exhibit, "header.age")
    headers = [None, climb.read(renewed, limit=opener.MAX_PREFIX)] if climb.has(renewed) else [None]
    climb.member = sealed
    for header in headers:
        with climb.need_container().open(sealed) as source:
            try:
                return opener.open_exhibit(
                    source,
                    None,
                    manifest=found,
                    identities=climb.identities,
                    part_digests=digests,
                    header=header,
                )
            except NoMatch:
                continue
    return None
