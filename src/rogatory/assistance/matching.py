"""Needs held against offers: which offer may answer which need, with every reason and every obstacle.

Rules in words. The machine proposes and people decide: a match is never acted upon by itself. Each finding says the
fact on which it rests and what it counts for. A blocking obstacle does not hide a match; it is put behind all others,
for a giver may be asked to make an exception. What neither side says counts for nothing and against nothing. The score
is a whole number from 0 to 100, the same for the same two texts on the same day, whoever asks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rogatory.assistance import choices
from rogatory.assistance.entries import Entry
from rogatory.kernel import times
from rogatory.law.words import Words, listed, listed_words

#: What each fact may count for; together 100.
WEIGHTS: Mapping[str, int] = {
    "help": 30,
    "provisions": 25,
    "eligible": 15,
    "languages": 10,
    "time": 8,
    "audiences": 6,
    "places": 3,
    "funds": 3,
}
#: What an offer for the whole Convention, or one for an article of which a paragraph is needed, counts for.
_WHOLE_CONVENTION, _SAME_ARTICLE = 12, 20
_STANDS = ("any", "signatory", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The State that has a need: its code, its name, its regional group, and how it stands to the Convention.

    *joined* is one of `any`, `signatory`, `party`; an empty one is not known.
    """

    state: str
    name: Words
    group: str
    joined: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason (*points* above 0), or one obstacle; *blocks* where the offer shuts the need out."""

    fact: str
    points: int
    blocks: bool
    says: Words

    @property
    def is_reason(self) -> bool:
        """Whether it speaks for the match."""
        return self.points > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A need and an offer, with all that speaks for and against it; *score* is from 0 to 100."""

    need: Entry
    offer: Entry
    score: int
    reasons: tuple[Finding, ...]
    obstacles: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether the offer shuts the need out."""
        return any(one.blocks for one in self.obstacles)


def may_match(need: Entry, offer: Entry) -> bool:
    """Whether the *offer* gives any of the kinds of help that are asked for; otherwise it is no match."""
    return not set(need.body["help"]).isdisjoint(offer.body["help"])


def matches(pairs: Iterable[tuple[Entry, Asking, Entry]], *, today: date, least: int = 1) -> tuple[Match, ...]:
    """Each pair of a need and an offer that scores *least* or more, the best first, the shut out ones last."""
    found = (match(need, asking, offer, today=today) for need, asking, offer in pairs if may_match(need, offer))
    kept = (one for one in found if one.score >= least)
    return tuple(sorted(kept, key=lambda one: (one.blocked, -one.score, one.need.name, one.offer.name)))


def match(need: Entry, asking: Asking, offer: Entry, *, today: date) -> Match:
    """The *need* of the State *asking* held against the *offer* on *today*."""
    found = tuple(_findings(need.body, asking, offer.body, today))
    return Match(
        need=need,
        offer=offer,
        score=min(sum(one.points for one in found), 100),
        reasons=tuple(one for one in found if one.is_reason),
        obstacles=tuple(one for one in found if not one.is_reason),
    )


def _findings(need: Mapping[str, Any], asking: Asking, offer: Mapping[str, Any], today: date) -> Iterator[Finding]:
    yield from _help(need, offer)
    yield from _provisions(need, offer)
    yield from _eligible(need, asking, offer)
    yield from _joined(asking, offer)
    yield from _languages(need, offer)
    yield from _time(need, offer, today)
    yield from _audiences(need, offer)
    yield from _places(need, offer)
    yield from _funds(offer)


def _help(need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[Finding]:
    wanted, given = need["help"], set(offer["help"])
    common = [one for one in wanted if one in given]
    if common:
        points = max(1, WEIGHTS["help"] * len(common) // len(wanted))
        yield _for("help", points, _SAME_HELP.fill(help=_named(choices.HELP, common)))
    left = [one for one in wanted if one not in given]
    if left:
        yield _against("help", _OTHER_HELP.fill(help=_named(choices.HELP, left)))


def _provisions(need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[Finding]:
    wanted, given = need.get("provisions", []), offer.get("provisions", [])
    if not wanted or not given:
        if wanted and not given:
            yield _for("provisions", _WHOLE_CONVENTION, _ANY_ARTICLE)
        return
    same = [one for one in wanted if any(_covers(whole, one) for whole in given)]
    near = [one for one in wanted if one not in same and _article(one) in {_article(each) for each in given}]
    if same:
        yield _for(
            "provisions", WEIGHTS["provisions"] * len(same) // len(wanted) or 1, _COVERED.fill(numbers=listed(same))
        )
    elif near:
        yield _for("provisions", _SAME_ARTICLE * len(near) // len(wanted) or 1, _NEAR.fill(numbers=listed(near)))
    left = [one for one in wanted if one not in same and one not in near]
    if left:
        yield _against("provisions", _UNCOVERED.fill(numbers=listed(left)))


def _eligible(need: Mapping[str, Any], asking: Asking, offer: Mapping[str, Any]) -> Iterator[Finding]:
    states, regions, levels = (offer.get(name, []) for name in ("states", "regions", "levels"))
    if states and asking.state in states:
        yield _for("eligible", WEIGHTS["eligible"], _FOR_STATE.fill(state=asking.name))
    elif states:
        yield _against("eligible", _NOT_FOR_STATE.fill(state=asking.name), blocks=True)
    if regions and asking.group in regions:
        yield _for(
            "eligible",
            0 if states else WEIGHTS["eligible"],
            _FOR_REGION.fill(region=_name(choices.REGIONS, asking.group)),
        )
    elif regions and not states:
        yield _against("eligible", _NOT_FOR_REGION.fill(regions=_named(choices.REGIONS, regions)), blocks=True)
    if not states and not regions:
        yield _for("eligible", WEIGHTS["eligible"], _FOR_ALL)
    level = need.get("level")
    if levels and level and level not in levels:
        yield _against("eligible", _NOT_FOR_LEVEL.fill(levels=_named(choices.LEVELS, levels)), blocks=True)
    elif levels and not level:
        yield _against("eligible", _LEVEL_UNSAID.fill(levels=_named(choices.LEVELS, levels)))


def _joined(asking: Asking, offer: Mapping[str, Any]) -> Iterator[Finding]:
    wanted = offer.get("joined", "any")
    if wanted not in _STANDS or wanted == "any":
        return
    if asking.joined not in _STANDS:
        yield _against("joined", _STANDING_UNKNOWN.fill(joined=_name(choices.JOINED, wanted)))
    elif _STANDS.index(asking.joined) < _STANDS.index(wanted):
        yield _against("joined", _NOT_JOINED.fill(joined=_name(choices.JOINED, wanted), state=asking.name), blocks=True)


def _languages(need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[Finding]:
    wanted, given = need.get("languages", []), offer.get("languages", [])
    if not wanted or not given:
        return
    common = [one for one in wanted if one.split("-")[0] in {each.split("-")[0] for each in given}]
    if common:
        yield _for("languages", WEIGHTS["languages"], _SAME_LANGUAGE.fill(languages=listed(common)))
    else:
        yield _against("languages", _OTHER_LANGUAGE.fill(languages=listed(list(given))))


def _time(need: Mapping[str, Any], offer: Mapping[str, Any], today: date) -> Iterator[Finding]:
    ends = offer.get("ends", "")
    if ends and ends < today.isoformat():
        yield _against("time", _OVER.fill(day=times.parse_day(ends)), blocks=True)
        return
    starts, need_ends = offer.get("starts", ""), need.get("ends", "")
    need_starts = need.get("starts", "")
    if not (starts or ends) or not (need_starts or need_ends):
        return
    late = starts and need_ends and starts > need_ends
    early = ends and need_starts and ends < need_starts
    if late or early:
        yield _against("time", _OTHER_TIME)
    else:
        yield _for("time", WEIGHTS["time"], _SAME_TIME)


def _audiences(need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[Finding]:
    wanted, given = need.get("audiences", []), offer.get("audiences", [])
    if not wanted or not given:
        return
    common = [one for one in wanted if one in given]
    if common:
        yield _for("audiences", WEIGHTS["audiences"], _SAME_AUDIENCE.fill(whom=_named(choices.AUDIENCES, common)))
    else:
        yield _against("audiences", _OTHER_AUDIENCE.fill(whom=_named(choices.AUDIENCES, given)))


def _places(need: Mapping[str, Any], offer: Mapping[str, Any]) -> Iterator[Finding]:
    if "persons" not in need or "places" not in offer:
        return
    if offer["places"] >= need["persons"]:
        yield _for("places", WEIGHTS["places"], _ENOUGH.fill(places=offer["places"], persons=need["persons"]))
    else:
        yield _against("places", _TOO_FEW.fill(places=offer["places"], persons=need["persons"]))


def _funds(offer: Mapping[str, Any]) -> Iterator[Finding]:
    funded = offer.get("funded", "")
    if funded == "fully":
        yield _for("funds", WEIGHTS["funds"], _FUNDED)
    elif funded in choices.FUNDED:
        yield _against("funds", _UNFUNDED.fill(funded=choices.FUNDED[funded]))


def _covers(whole: str, part: str) -> bool:
    return part == whole or part.startswith(f"{whole}(")


def _article(number: str) -> str:
    return number.partition("(")[0]


def _for(fact: str, points: int, says: Words) -> Finding:
    return Finding(fact=fact, points=points, blocks=False, says=says)


def _against(fact: str, says: Words, *, blocks: bool = False) -> Finding:
    return Finding(fact=fact, points=0, blocks=blocks, says=says)


def _name(known: Mapping[str, Words], name: str) -> Words:
    return known.get(name, Words(name, name))


def _named(known: Mapping[str, Words], names: Iterable[str]) -> Words:
    return listed_words([_name(known, one) for one in names])


_SAME_HELP = Words("Gives what is asked for: {help}.", "Donne ce qui est demandé : {help}.")
_OTHER_HELP = Words("Does not give: {help}.", "Ne donne pas : {help}.")
_ANY_ARTICLE = Words("Is offered for the whole Convention.", "Est offerte pour toute la Convention.")
_COVERED = Words("Covers {numbers}, as is needed.", "Couvre {numbers}, comme demandé.")
_NEAR = Words(
    "Is for other parts of the articles of {numbers}.", "Porte sur d’autres parties des articles de {numbers}."
)
_UNCOVERED = Words("Does not cover {numbers}.", "Ne couvre pas {numbers}.")
_FOR_STATE = Words("Names {state} among those whom it is for.", "Désigne parmi ses bénéficiaires : {state}.")
_NOT_FOR_STATE = Words(
    "Is only for other States than {state}.", "Vise seulement d’autres États que celui-ci : {state}."
)
_FOR_REGION = Words("Is for a region that the State is in: {region}.", "Vise la région de l’État : {region}.")
_NOT_FOR_REGION = Words("Is only for {regions}.", "Vise seulement : {regions}.")
_FOR_ALL = Words("Is open to every State.", "Est ouverte à tout État.")
_NOT_FOR_LEVEL = Words("Is only for countries that are: {levels}.", "Vise seulement les pays suivants : {levels}.")
_LEVEL_UNSAID = Words(
    "Is only for countries that are: {levels}; the need does not say whether its country is one.",
    "Vise seulement les pays suivants : {levels} ; le besoin ne dit pas si son pays en est un.",
)
_STANDING_UNKNOWN = Words(
    "Is only for {joined}; whether the State is one is not known here.",
    "Vise seulement : {joined} ; on ignore ici si l’État en fait partie.",
)
_NOT_JOINED = Words(
    "Is only for {joined}; {state} is not among them.", "Vise seulement : {joined} ; n’en est pas : {state}."
)
_SAME_LANGUAGE = Words("Can be given in {languages}.", "Peut être donnée en : {languages}.")
_OTHER_LANGUAGE = Words("Is given only in {languages}.", "Est donnée seulement en : {languages}.")
_OVER = Words("Ended on {day}.", "A pris fin le {day}.")
_OTHER_TIME = Words("Is for another time than is asked for.", "Porte sur une autre période que celle demandée.")
_SAME_TIME = Words("Is for the time that is asked for.", "Porte sur la période demandée.")
_SAME_AUDIENCE = Words("Is for those who need it: {whom}.", "S’adresse à ceux qui en ont besoin : {whom}.")
_OTHER_AUDIENCE = Words("Is for others: {whom}.", "S’adresse à d’autres : {whom}.")
_ENOUGH = Words("Has {places} places for {persons} people.", "Compte {places} places pour {persons} personnes.")
_TOO_FEW = Words(
    "Has only {places} places for {persons} people.", "Ne compte que {places} places pour {persons} personnes."
)
_FUNDED = Words("Is paid for in full.", "Est entièrement financée.")
_UNFUNDED = Words("Is {funded}: money must be found.", "Est : {funded} ; un financement reste à trouver.")
