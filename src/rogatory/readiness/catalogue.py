"""What there is to choose and to file, read from the law data: notices to the depositary, and reservations by name.

What a letter under a notice must say stands in `data/notices.toml`, beside no rule: who gives the notice, to whom and
when are the law's. A notice of the law that has no entry there is an error, so none is ever left out in silence.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rogatory.errors import BadData
from rogatory.law.checked import Checked
from rogatory.law.model import Law, Provision
from rogatory.law.words import NO_WORDS, Words

HOME = "uncc"
DEPOSITARY = "depositary"
CONTENTS = ("laws", "authority", "desk", "languages", "basis", "competence")
#: Contents that name a body.
BODIES = ("authority", "desk")


class BadNotices(BadData):
    """The list of what a notice says does not fit the law data."""

    code = "bad-notices"
    remedy = "Correct readiness/data/notices.toml: one table for each notice to the depositary."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """One notice to the depositary: its provision in the law data, what its letter says, for which manners."""

    provision: Provision
    content: str
    about: str
    staffed: str = ""
    manners: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The number of its provision."""
        return self.provision.number

    @property
    def when(self) -> str:
        """When it is due, as the law data say: `with-instrument`, `signature-or-instrument`, `undated` …"""
        return self.provision.notice.when if self.provision.notice else ""

    @property
    def by(self) -> str:
        """Who gives it: `every-party`, `treaty-dependent-party` or `regional-organisation`."""
        return self.provision.notice.by if self.provision.notice else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A reservation that a provision allows by name: what may be reserved, its limits, and how sure that is."""

    provision: str
    title: Words
    what: Words
    excludes: tuple[Words, ...]
    unless: tuple[Words, ...]
    checked: Checked


@lru_cache(maxsize=4)
def notices(law: Law) -> tuple[NoticeKind, ...]:
    """Every notice to the depositary, in the order of the law; raises `BadNotices` where the two lists differ."""
    told = _told()
    owed = [one for one in law.provisions(HOME, kind="notice") if one.notice and one.notice.to == DEPOSITARY]
    differing = {one.number for one in owed} ^ set(told)
    if differing:
        raise BadNotices(f"in one of the law data and notices.toml only: {', '.join(sorted(differing))}")
    return tuple(_kind(one, told[one.number]) for one in owed)


def notice(law: Law, number: str) -> NoticeKind | None:
    """The notice of that provision, if it is one to the depositary."""
    return next((one for one in notices(law) if one.number == number), None)


def _kind(provision: Provision, told: Mapping[str, Any]) -> NoticeKind:
    return NoticeKind(
        provision=provision,
        content=told["content"],
        about=told.get("about", told["content"]),
        staffed=told.get("staffed", ""),
        manners=tuple(told.get("manners", ())),
    )


@cache
def _told() -> Mapping[str, Mapping[str, Any]]:
    tables = tomllib.loads((files("rogatory.readiness") / "data/notices.toml").read_text("utf-8"))
    for number, table in tables.items():
        if table.get("content") not in CONTENTS or not set(table) <= {"content", "about", "staffed", "manners"}:
            raise BadNotices(f"the table {number} is not well formed", where="notices.toml")
    return tables


@lru_cache(maxsize=4)
def offers(law: Law) -> tuple[Offer, ...]:
    """The reservations that the Convention allows by name."""
    return tuple(_offer(one) for one in law.provisions(HOME) if _allows(one))


def _allows(provision: Provision) -> bool:
    by_ground = any(one.needs_reservation for one in provision.grounds)
    return provision.kind == "reservation" or by_ground or any(one.by == "reservation" for one in provision.exclusions)


def _offer(provision: Provision) -> Offer:
    reserved = [one for one in provision.exclusions if one.by == "reservation"]
    return Offer(
        provision=provision.number,
        title=provision.title,
        what=provision.what,
        excludes=tuple(one.what for one in reserved),
        unless=tuple(one.unless for one in reserved if one.unless != NO_WORDS),
        checked=provision.checked,
    )
