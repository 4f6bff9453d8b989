"""What the review page shows: the obligation, what is proposed for it, what was chosen, and what readers said.

Only the provisions that are proposed or chosen are read; a text may have tens of thousands.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.assessment.model import UNSEEN, Evidence, Judgement
from rogatory.alignment.assessment.reuse import Offered
from rogatory.alignment.national.model import NationalProvision
from rogatory.alignment.obligations import Obligation, obligation, obligations
from rogatory.alignment.report.gaps import gap
from rogatory.alignment.report.values import Gap
from rogatory.node.alignment import assessments, earlier, proposals
from rogatory.node.alignment.assessments import Held
from rogatory.node.alignment.proposals import Proposed, ProposedFor
from rogatory.node.alignment.texts import NoSuchProvision, NoSuchText
from rogatory.ports.alignment import TextRow, UnsavedRow
from rogatory.web.alignment import writing
from rogatory.web.alignment.choosing import Choice, beside, chosen
from rogatory.web.alignment.finding import Hit, find
from rogatory.web.alignment.writing import Written, reference
from rogatory.web.doors import DeskRequest

#: What was chosen may be of a text that was removed since.
NOT_THERE = (NoSuchText, NoSuchProvision)
#: A provision of more passages shows those in which something was found, and unfolds the rest.
SHORT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """A passage that can be chosen as evidence, and where in it something was found."""

    number: str
    text: str
    spans: tuple[tuple[int, int], ...]
    reference: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProvision:
    """A national provision beside the obligation: its passages, those less near, and what the reader chose of it."""

    id: str
    text: TextRow
    provision: NationalProvision
    concepts: tuple[str, ...]
    reference: str
    is_chosen: bool
    is_rejected: bool
    passages: tuple[ShownPassage, ...]
    rest: tuple[ShownPassage, ...]

    @property
    def carries(self) -> bool:
        """Whether it, or a passage of it, is chosen."""
        return self.is_chosen or any(one.is_chosen for one in (*self.passages, *self.rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """Everything that the page of one obligation shows."""

    held: Held
    asked: Obligation
    standing: Standing
    written: Written
    begun: UnsavedRow | None
    is_outdated: bool
    mine: Judgement | None
    others: tuple[Judgement, ...]
    proposed: ProposedFor
    provisions: tuple[ShownProvision, ...]
    hits: tuple[ShownProvision, ...]
    more_hits: bool
    elsewhere: tuple[tuple[str, Evidence], ...]
    offers: tuple[Offered, ...]
    gap: Gap
    place: int
    of: int
    before: str
    after: str
    next: str
    help_address: str


def review_page(
    request: DeskRequest, id: str, number: str, asked: Choice, *, tried: Written | None = None, query: str = ""
) -> ReviewPage:
    """The page of obligation *number*; *tried* is what a form sent, *query* what is searched for by hand.

    Raises `NoSuchAssessment` and `UnknownObligation`.
    """
    node, law = request.node, request.node.law
    one = obligation(law, number)
    held = assessments.held(node, id)
    standing = held.assessment.standing(number)
    mine = standing.of(request.actor.id)
    begun = assessments.unsaved(node, request.actor, id).get(number)
    begun = begun if begun is not None and begun.body else None
    offers = earlier.offered_at(node, id, number)
    written = tried or _written(request, standing, begun, offers)
    proposed = proposals.proposed_for(node, held.texts, number)
    found, more = find(node, held.texts, query)
    provisions = tuple(_proposed(place, each, written) for place, each in enumerate(proposed.proposed, 1))
    hits = tuple(shown_hit(hit, written) for hit in found)
    listed = _walk(request, held, asked)
    before, after = beside(obligations(law), listed, number)
    return ReviewPage(
        held=held,
        asked=one,
        standing=standing,
        written=replace(written, after=standing.last),
        begun=begun if tried is None else None,
        is_outdated=written.after != standing.last,
        mine=mine,
        others=tuple(each for each in standing.counted if each.reader != request.actor.id),
        proposed=proposed,
        provisions=provisions,
        hits=hits,
        more_hits=more,
        elsewhere=_elsewhere(request, written, standing, (*provisions, *hits)),
        offers=offers,
        gap=gap(law, one, held.assessment),
        place=next((place for place, each in enumerate(listed, 1) if each.number == number), 0),
        of=len(listed),
        before=before,
        after=after,
        next=next_unseen(held, obligations(law), listed, number),
        help_address=_help_address(),
    )


def next_unseen(held: Held, all_: Sequence[Obligation], listed: Sequence[Obligation], number: str) -> str:
    """The next of *listed* after *number* that nobody has looked at, from the beginning again after the last."""
    places = {one.number: place for place, one in enumerate(all_)}
    unseen = [one.number for one in listed if held.assessment.standing(one.number).state == UNSEEN]
    left = [one for one in unseen if one != number]
    return next((one for one in left if places[one] > places[number]), left[0] if left else "")


def shown_hit(hit: Hit, written: Written) -> ShownProvision:
    """A provision that was found by hand."""
    return _shown(f"f-{hit.text.id}-{hit.provision.key}", hit.text, hit.provision, hit.spans, written)


def _written(request: DeskRequest, standing: Standing, begun: UnsavedRow | None, offers: Iterable[Offered]) -> Written:
    """What the form holds when the page is opened: an offer laid in, what was begun, or the reader's own answer."""
    wanted = request.GET.get("reuse", "")
    for one in offers:
        if wanted and one.earlier.cite == wanted:
            return writing.from_earlier(one, standing.last)
    if begun is not None:
        return writing.from_body(begun.body)
    mine = standing.of(request.actor.id)
    return writing.from_judgement(mine, standing.last) if mine else Written(after=standing.last)


def _walk(request: DeskRequest, held: Held, asked: Choice) -> tuple[Obligation, ...]:
    near = dict(request.node.stores.alignment.outlook(list(held.row.texts))) if asked.found else {}
    return chosen(request.node.law, held, asked, near)


def _proposed(place: int, one: Proposed, written: Written) -> ShownProvision:
    spans = {str(each.passage): each.spans for each in one.proposal.matches}
    return _shown(f"p-{place}", one.text, one.provision, spans, written, concepts=one.proposal.concepts)


def _shown(
    id: str,
    text: TextRow,
    provision: NationalProvision,
    spans: Mapping[str, tuple[tuple[int, int], ...]],
    written: Written,
    *,
    concepts: tuple[str, ...] = (),
) -> ShownProvision:
    whole = reference(text.id, provision.key, None)
    passages = tuple(
        ShownPassage(
            number=one.number,
            text=one.text,
            spans=spans.get(str(place), ()),
            reference=reference(text.id, provision.key, place),
            is_chosen=reference(text.id, provision.key, place) in written.evidence,
        )
        for place, one in enumerate(provision.passages)
    )
    near = {one.reference for one in passages if one.spans or one.is_chosen}
    short = len(passages) <= SHORT or not near
    return ShownProvision(
        id=id,
        text=text,
        provision=provision,
        concepts=concepts,
        reference=whole,
        is_chosen=whole in written.evidence,
        is_rejected=provision.key in written.rejected,
        passages=passages if short else tuple(one for one in passages if one.reference in near),
        rest=() if short else tuple(one for one in passages if one.reference not in near),
    )


def _elsewhere(
    request: DeskRequest, written: Written, standing: Standing, shown: Collection[ShownProvision]
) -> tuple[tuple[str, Evidence], ...]:
    """What was chosen as evidence and stands in none of the provisions that the page shows."""
    seen = {one.reference for one in shown}
    seen |= {each.reference for one in shown for each in (*one.passages, *one.rest)}
    left = [one for one in written.evidence if one not in seen]
    known = writing.quoted(standing)
    found = []
    for one in left:
        try:
            found.append((one, writing.rests_on(request.node, (one,), known)[0]))
        except NOT_THERE:
            continue
    return tuple(found)


def _help_address() -> str:
    """Where help with an obligation is asked for; empty where this node has no such page."""
    try:
        return reverse("assist-from-gap")
    except NoReverseMatch:
        return ""
