"""Scrubbing and the second store, in Django's models."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from rogatory.ports.scrub import KEPT, KEPT_OURS, Finding, Rot, ScrubPass
from rogatory.stores import rows
from rogatory.stores.models import BlobCopy, Exhibit, ScrubFinding, ScrubProgress

#: The columns of an exhibit that name its blobs; empty where there is none.
_BLOBS = ("sealed_blob", "parts_list", "header_blob")
_KEPT = Q(state__in=KEPT) | Q(state__in=KEPT_OURS, ours=True)


class ScrubTables:
    """`ports.scrub.Scrubs`."""

    def current(self) -> ScrubPass:
        """The present or last pass, held until the transaction ends."""
        return _pass(ScrubProgress.objects.select_for_update().filter(one=1).first())

    def look(self) -> ScrubPass:
        """The same, not held."""
        return _pass(ScrubProgress.objects.filter(one=1).first())

    def put(self, row: ScrubPass) -> None:
        """Replace the row."""
        ScrubProgress.objects.update_or_create(one=1, defaults=rows.values(row))

    def next_exhibits(self, after: str, limit: int) -> Sequence[str]:
        """The ids of exhibits whose bytes are kept, after the id *after*, in order."""
        return _ids(Exhibit.objects.filter(_KEPT, id__gt=after), limit)

    def find(self, rot: Rot, at: datetime) -> bool:
        """Whether *rot* is new; it is an open finding from now on."""
        _, new = ScrubFinding.objects.get_or_create(
            **_place(rot), mended_at=None, defaults={"kind": rot.kind, "found_at": at, "mended_from": ""}
        )
        return new

    def mend(self, rot: Rot, at: datetime, source: str) -> None:
        """Close the open finding of *rot*."""
        ScrubFinding.objects.filter(**_place(rot), mended_at=None).update(mended_at=at, mended_from=source)

    def drop(self, exhibit: str, at: datetime) -> None:
        """Close the findings of an exhibit whose bytes have been destroyed."""
        ScrubFinding.objects.filter(exhibit=exhibit, mended_at=None).update(mended_at=at, mended_from="destroyed")

    def open_findings(self, exhibit: str = "") -> Sequence[Finding]:
        """What is rotten still, by exhibit and part."""
        found = ScrubFinding.objects.filter(mended_at=None).order_by("exhibit", "store", "what", "part")
        return [_finding(one) for one in (found.filter(exhibit=exhibit) if exhibit else found)]

    def findings(self, limit: int) -> Sequence[Finding]:
        """The newest findings first."""
        return [_finding(one) for one in ScrubFinding.objects.order_by("-id")[:limit]]

    def add_copy(self, name: str, exhibit: str, at: datetime) -> None:
        """The second store holds *name* from now on."""
        BlobCopy.objects.update_or_create(name=name, defaults={"exhibit": exhibit, "copied_at": at})

    def forget_copy(self, name: str) -> None:
        """The second store holds *name* no more."""
        BlobCopy.objects.filter(name=name).delete()

    def uncopied(self, after: str, limit: int) -> Sequence[str]:
        """The ids of exhibits that are kept and of which a blob is not in the second store."""
        return _ids(_uncopied().filter(id__gt=after), limit)

    def uncopied_count(self) -> int:
        """How many exhibits those are."""
        return _uncopied().count()

    def copies_beyond(self, limit: int) -> Sequence[str]:
        """The names of copies that no exhibit that is kept names."""
        wanted = Exhibit.objects.filter(_KEPT, id=OuterRef("exhibit"))
        named = Q()
        for column in _BLOBS:
            named |= Q(**{column: OuterRef("name")})
        found = BlobCopy.objects.filter(~Exists(wanted.filter(named))).order_by("name")
        return list(found.values_list("name", flat=True)[:limit])


def _pass(found: ScrubProgress | None) -> ScrubPass:
    return ScrubPass(**{name: getattr(found, name) for name in rows.names(ScrubPass)}) if found else ScrubPass()


def _uncopied() -> "QuerySet[Exhibit]":
    lacking = Q()
    for column in _BLOBS:
        copied = Q(Exists(BlobCopy.objects.filter(name=OuterRef(column))))
        lacking |= ~Q(**{column: ""}) & ~copied
    return Exhibit.objects.filter(lacking, _KEPT)


def _ids(found: "QuerySet[Exhibit]", limit: int) -> Sequence[str]:
    return list(found.order_by("id").values_list(F("id"), flat=True)[:limit])


def _place(rot: Rot) -> dict[str, object]:
    return {"exhibit": rot.exhibit, "store": rot.store, "what": rot.what, "part": rot.part}


def _finding(found: ScrubFinding) -> Finding:
    rot = Rot(exhibit=found.exhibit, store=found.store, what=found.what, part=found.part, kind=found.kind)
    return Finding(
        id=found.pk,
        rot=rot,
        found_at=found.found_at,
        mended_at=found.mended_at,
        mended_from=found.mended_from,
    )
