"""What the entries on this node come to: matches, the funding table, pledges and their follow-up, projects.

What partners sent counts beside what is ours. A match is a proposal with its reasons; nothing follows from one until
a person acts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rogatory.assistance import kinds, matching, money, pledges, projects
from rogatory.assistance.entries import Entry
from rogatory.assistance.matching import Asking, Match
from rogatory.assistance.money import Sum
from rogatory.law.words import Answer, Words
from rogatory.node.assistance import entries
from rogatory.node.assistance.entries import Wanted
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.status.model import UnknownState

#: So many matches are given at once.
MOST_MATCHES = 200
#: So many pairs of a need and an offer are held against each other, those changed last first: a second's work.
MOST_PAIRS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The best matches, and whether all pairs were looked at, or are too many for that."""

    matches: tuple[Match, ...]
    all_looked_at: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One contribution with its sum on the day it was asked for."""

    entry: Entry
    sum: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """All contributions, and the totals of each currency: of all, and of those to the voluntary account."""

    contributions: tuple[Contribution, ...]
    totals: tuple[Sum, ...]
    voluntary: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A pledge and how it stands."""

    entry: Entry
    standing: pledges.Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project, how far it is, and the money for it."""

    entry: Entry
    progress: projects.Progress
    totals: tuple[Sum, ...]


def matches(node: Node, actor: Actor, *, name: str = "", least: int = 1, most: int = MOST_PAIRS) -> Matched:
    """Needs with the offers that may answer them, one of the two ours, the best first.

    Of one need or offer, whosever, when *name* names it. Raises `RoleMissing` and `NoSuchEntry`.
    """
    needs = entries.listed(node, actor, Wanted(kind=kinds.NEED))
    offers = entries.listed(node, actor, Wanted(kind=kinds.OFFER))
    if name:
        row = entries.find(node, name)
        one = entries.entry_of(entries.require_open(row))
        needs = (one,) if row.kind == kinds.NEED else needs
        offers = (one,) if row.kind == kinds.OFFER else offers
        if row.kind not in (kinds.NEED, kinds.OFFER):
            raise entries.NoSuchEntry(f"the entry {name[:40]} is neither a need nor an offer")
    own = "" if name else node.state
    pairs = list(islice(_pairs(needs, offers, own), most + 1))
    today = _today(node)
    asking = {state: asking_of(node, state, today) for state in {need.owner for need, _ in pairs}}
    looked_at = ((need, asking[need.owner], offer) for need, offer in pairs[:most])
    found = matching.matches(looked_at, today=today, least=least)
    return Matched(matches=found[:MOST_MATCHES], all_looked_at=len(pairs) <= most)


def _pairs(needs: Sequence[Entry], offers: Sequence[Entry], own: str) -> Iterator[tuple[Entry, Entry]]:
    """Each need with each offer of such help, one of the two of the State *own* where it is given."""
    by_help: dict[str, dict[str, Entry]] = {}
    for offer in offers:
        for help_ in offer.body["help"]:
            by_help.setdefault(help_, {})[offer.name] = offer
    ours = {help_: {name: one for name, one in of.items() if one.owner == own} for help_, of in by_help.items()}
    for need in needs:
        of = by_help if not own or need.owner == own else ours
        fitting: dict[str, Entry] = {}
        for help_ in need.body["help"]:
            fitting |= of.get(help_, {})
        yield from ((need, offer) for offer in fitting.values())


def funding(node: Node, actor: Actor, *, article: str = "") -> Funding:
    """The contributions and their totals today; raises `RoleMissing`."""
    found = entries.listed(node, actor, Wanted(kind=kinds.FUNDING, article=article))
    return funding_of(found, _today(node))


def funding_of(found: Iterable[Entry], today: date) -> Funding:
    """The contributions *found* and their totals on *today*."""
    counted = tuple(Contribution(entry=one, sum=money.contribution(one.body, today)) for one in found)
    to_account = (one.sum for one in counted if one.entry.body["account"] == "voluntary-account")
    return Funding(
        contributions=counted,
        totals=money.totals(one.sum for one in counted),
        voluntary=money.totals(to_account),
    )


def pledges_of(node: Node, found: Iterable[Entry]) -> tuple[Pledge, ...]:
    """The pledges *found*, how each stands today, those that are late and due soon first."""
    today = _today(node)
    stood = (Pledge(entry=one, standing=pledges.standing(one.body, today)) for one in found)
    return tuple(sorted(stood, key=_urgency))


def projects_of(node: Node, found: Iterable[Entry]) -> tuple[Project, ...]:
    """The projects *found*, how far each is today, and the money that contributions of ours name it for."""
    today = _today(node)
    given: dict[str, list[Sum]] = {}
    for row in node.stores.assistance.newest(kind=kinds.FUNDING):
        if "project" in row.body and not row.withdrawn:
            given.setdefault(row.body["project"], []).append(money.contribution(row.body, today))
    return tuple(
        Project(entry=one, progress=projects.progress(one.body, today), totals=money.totals(given.get(one.name, ())))
        for one in found
    )


def asking_of(node: Node, state: str, today: date) -> Asking:
    """What is known here of the State that has a need."""
    try:
        known = node.status.state(state)
    except UnknownState:
        return Asking(state=state, name=Words(state, state), group="", joined="")
    standing = node.status.standing(state, "uncc", today)
    joined = ""
    if standing.bound is Answer.YES or standing.deposit is not None:
        joined = "party"
    elif standing.signatory is Answer.YES:
        joined = "signatory"
    elif Answer.UNKNOWN not in (standing.bound, standing.signatory):
        joined = "any"
    return Asking(state=state, name=known.name, group=known.group, joined=joined)


def _today(node: Node) -> date:
    return node.clock.now().date()


def _urgency(one: Pledge) -> tuple[bool, int, str]:
    left = one.standing.days_left
    return (left is None, left or 0, one.entry.name)
