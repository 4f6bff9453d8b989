"""Step 1 of the ladder: the container, the signed index, every member's size and digest, and the page in the bundle."""

import hashlib
from collections.abc import Iterator

from rogatory.bundle import index as names
from rogatory.bundle import verify_page
from rogatory.bundle.climb import Climb, MemberChanged, MembersDiffer, Misplaced
from rogatory.bundle.index import Index, read_index
from rogatory.bundle.members import Members
from rogatory.bundle.report import Note, Outcome
from rogatory.evidence.signers import verify_signer
from rogatory.kernel import canonical, ids
from rogatory.kernel.times import stamp

_FOLDERS = ("cards/", "messages/", "receipts/", "proofs/", "exhibits/")
_KNOWN = (names.README, names.CHECKPOINT, names.TIME_STAMP)
_NAMED = 5


def whole(climb: Climb) -> Iterator[Note]:
    """Step 1."""
    members = climb.container = climb.open()
    climb.member = names.SIGNED
    read = read_index(members.read(names.SIGNED, limit=names.MAX_INDEX))
    index = climb.index = read.unverified_index
    if climb.read(names.PLAIN, limit=names.MAX_INDEX) != canonical.dumps(read.signed.payload):
        raise MemberChanged(f"{names.PLAIN} is not what {names.SIGNED} signs")
    climb.member = ""
    unlisted = _verify_names(members, index)
    papers = _verify_members(climb, members, index)
    climb.member = names.SIGNED
    if index.exported_by[:3] not in ids.case_states(index.case):
        raise Misplaced(f"{index.exported_by} is no side of the case {index.case}")
    ring = climb.load_ring()
    climb.member = names.SIGNED
    verify_signer(read.signed, authority=index.exported_by, at=index.exported_at, signers=ring)
    total = sum(one.size for one in index.members)
    about = {"by": index.exported_by, "on": stamp(index.exported_at), "at": stamp(index.exported_at)}
    yield Note(key="members", values={"count": len(index.names()), "size": total, **about})
    if not members.is_container:
        yield Note(key="unpacked", outcome=Outcome.NOT_CHECKED)
    if unlisted:
        values = {"count": len(unlisted), "names": ", ".join(unlisted[:_NAMED])}
        yield Note(key="extra-files", values=values, outcome=Outcome.NOT_CHECKED)
    strange = [one for one in index.members if not one.name.startswith(_FOLDERS) and one.name not in _KNOWN]
    if strange:
        yield Note(key="unknown-members", values={"count": len(strange)}, outcome=Outcome.NOT_CHECKED)
    if index.template is not None:
        yield _page(climb, index.template, papers)


def _verify_names(members: Members, index: Index) -> list[str]:
    """The names of what else is there; a container has nothing else."""
    wanted = index.names()
    if members.is_container:
        if list(members.members) != wanted:
            raise MembersDiffer
        return []
    lacking = [name for name in wanted if name not in members.members]
    if lacking:
        raise MembersDiffer(f"{len(lacking)} members of the signed list are not here, the first of them {lacking[0]}")
    return sorted(members.members.keys() - set(wanted))


def _verify_members(climb: Climb, members: Members, index: Index) -> list[tuple[str, bytes]]:
    """The papers, each as the index lists it, for the page that must hold them."""
    listed = {one.name: one for one in index.members}
    papers: list[tuple[str, bytes]] = []
    for name in index.names():
        climb.member = name
        wanted = listed.get(name)
        # Before it is read: what has another size has another digest too, however long it is.
        if wanted and members.size(name) != wanted.size:
            raise MemberChanged(f"it has {members.size(name)} bytes; the signed page lists {wanted.size}")
        if name == names.PAGE and members.size(name) > verify_page.MAX_PAGE:
            raise verify_page.PageDiffers
        keep = index.template is not None and verify_page.is_paper(name)
        digest, held = hashlib.sha256(), bytearray()
        for block in members.blocks(name):
            digest.update(block)
            climb.advance(len(block))
            if keep and len(held) <= verify_page.MAX_EMBEDDED:
                held += block
        if wanted and digest.hexdigest() != wanted.sha256:
            raise MemberChanged(f"its SHA-256 is {digest.hexdigest()}; the signed page lists {wanted.sha256}")
        if keep:
            papers.append((name, bytes(held)))
    return papers


def _page(climb: Climb, template: str, papers: list[tuple[str, bytes]]) -> Note:
    """Whether the page in the bundle holds the papers of the bundle, and checks them with our own script."""
    page = climb.read(names.PAGE, limit=verify_page.MAX_PAGE)
    found = verify_page.template_of(page, papers)
    if found != template:
        raise verify_page.PageDiffers(f"its template has the SHA-256 {found}; the signed page says {template}")
    climb.member = ""
    if template == verify_page.template_digest():
        return Note(key="page-known", values={"sha256": template})
    return Note(key="page-unknown", values={"sha256": template}, outcome=Outcome.NOT_CHECKED)
