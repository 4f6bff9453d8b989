"""What the pages of the law show: an article, its provisions and what stands beside each; an answered search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rogatory.law import browse
from rogatory.law.browse import Article, Part, Sorting
from rogatory.law.lookup.search import Found, Hit, Query
from rogatory.law.model import Element, Instrument, Law, Provision
from rogatory.law.provisions import FORCES, KINDS, WHO
from rogatory.law.words import LANGUAGES, Words
from rogatory.node import lawsearch
from rogatory.node.context import Node
from rogatory.web import lawwords
from rogatory.web.words import FORCES as FORCE_WORDS
from rogatory.web.words import Label

#: How many hits one page shows.
PAGE = 30
#: The furthest hit that a page can begin with.
FURTHEST = 5000

#: Lists that are asked for most, as the query that gives each.
READY: Sequence[tuple[Label, Mapping[str, str]]] = (
    (lawwords.ALL_NOTICES, {"kind": "notice"}),
    (lawwords.ALL_PERIODS, {"kind": "period"}),
    (lawwords.ALL_RESERVATIONS, {"reservations": "true"}),
    (lawwords.ALL_GROUNDS, {"kind": "ground"}),
    (lawwords.ALL_OFFENCES, {"kind": "offence"}),
    (lawwords.ALL_DEFINITIONS, {"kind": "definition"}),
    (lawwords.ALL_OF_THE_REQUESTED, {"who": "requested"}),
    (lawwords.ALL_OF_THE_DEPOSITARY, {"who": "depositary"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """The same rule elsewhere; *provision* is `None` where our data names it without describing it."""

    instrument: Instrument
    number: str
    provision: Provision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProvision:
    """One provision with all that hangs on it; *parallels* are those chosen to be read beside it, or all.

    On the page of an article, *measures* and *elements* leave out what is said once above.
    """

    provision: Provision
    depth: int
    measures: tuple[str, ...]
    elements: tuple[Element, ...]
    parallels: tuple[Parallel, ...]
    referring: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A chapter with the articles that our data describe, and the numbers of those that it does not."""

    part: Part
    described: tuple[Article, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value that can be chosen, and how it is called."""

    value: str
    label: Label


def shown_provision(law: Law, provision: Provision) -> ShownProvision:
    """A provision as its own page shows it, with its parallels in every instrument."""
    return ShownProvision(
        provision=provision,
        depth=0,
        measures=provision.measures,
        elements=law.elements(provision.instrument, provision.number),
        parallels=_parallels(law, provision),
        referring=browse.referring(law, provision),
    )


def shown_article(law: Law, article: Article, *, beside: str = "") -> list[ShownProvision]:
    """The provisions of an article as its page shows them, with parallels in the instrument *beside*, or in all."""
    shared = measures_of(article)
    return [
        ShownProvision(
            provision=one,
            depth=max(one.number.count("(") - 1, 0),
            measures=tuple(name for name in one.measures if name not in shared),
            elements=one.elements,
            parallels=_parallels(law, one, beside=beside),
            referring=browse.referring(law, one),
        )
        for one in article.provisions
    ]


def measures_of(article: Article) -> tuple[str, ...]:
    """The measures on which every provision of *article* bears."""
    first = article.provisions[0].measures if article.provisions else ()
    return tuple(name for name in first if all(name in one.measures for one in article.provisions))


def _parallels(law: Law, provision: Provision, *, beside: str = "") -> tuple[Parallel, ...]:
    named = (cite.partition(":") for cite in browse.parallels(law, provision))
    return tuple(
        Parallel(instrument=law.instrument(name), number=number, provision=law.by_number[name].get(number))
        for name, _colon, number in named
        if beside in ("", name)
    )


def shown_parts(law: Law, instrument: str) -> tuple[ShownPart, ...]:
    """The chapters of an instrument."""
    return tuple(
        ShownPart(
            part=part,
            described=tuple(one for one in part.articles if one.provisions),
            others=tuple(one.number for one in part.articles if not one.provisions),
        )
        for part in browse.parts(law, instrument)
    )


def readable_beside(law: Law, article: Article) -> tuple[Instrument, ...]:
    """The instruments that have parallels to provisions of *article*."""
    names = {cite.partition(":")[0] for one in article.provisions for cite in browse.parallels(law, one)}
    return tuple(law.instrument(name) for name in law.instruments if name in names)


def asked(values: QueryDict) -> Query:
    """The query that an address asks; a page number that is none is the first."""
    offset = values.get("offset", "")
    return Query(
        words=values.get("q", "").strip(),
        sorting=Sorting(
            instrument=values.get("instrument", ""),
            article=values.get("article", ""),
            kind=values.get("kind", ""),
            who=values.get("who", ""),
            force=values.get("force", ""),
            measure=values.get("measure", ""),
            reservations=values.get("reservations") == "true",
        ),
        text_lang=values.get("text_lang", ""),
        reader=get_language() or "en",
        limit=PAGE,
        offset=min(int(offset), FURTHEST) if offset.isascii() and offset.isdigit() and len(offset) < 9 else 0,
    )


def asks(query: Query) -> bool:
    """Whether anything is asked."""
    return bool(query.words or query.text_lang or query.sorting.asks)


def address(query: Query, *, offset: int = 0) -> str:
    """What stands behind the `?` of the address of *query*: only what is asked, so that it can be kept and told."""
    sorting = query.sorting
    named = {
        "q": query.words,
        "instrument": sorting.instrument,
        "article": sorting.article,
        "kind": sorting.kind,
        "who": sorting.who,
        "force": sorting.force,
        "measure": sorting.measure,
        "reservations": "true" if sorting.reservations else "",
        "text_lang": query.text_lang,
        "offset": str(offset) if offset else "",
    }
    return urlencode({name: value for name, value in named.items() if value})


def answered(node: Node, query: Query) -> dict[str, Any]:
    """The answer to *query* with the addresses of this page and of those beside it."""
    found = lawsearch.search(node, query)
    end = query.offset + len(found.hits)
    return {
        "found": found,
        "hits": [(hit, _instrument(node.law, hit)) for hit in found.hits],
        "first": query.offset + 1,
        "last": end,
        "address": address(query),
        "before": address(query, offset=max(query.offset - PAGE, 0)) if query.offset else None,
        "after": address(query, offset=end) if found.hits and end < found.total else None,
        "in_order": found.how in ("listed", "address"),
        "title": _title(found, query),
    }


def _instrument(law: Law, hit: Hit) -> Words:
    return law.instrument(hit.instrument).short


def _title(found: Found, query: Query) -> Label:
    if not query.words:
        single = _single(query)
        for label, wanted in READY:
            if single == wanted:
                return label
    return _("Found") if found.total else _("Nothing found")


def _single(query: Query) -> dict[str, str]:
    """What *query* asks besides the instrument."""
    kept = {"kind": query.sorting.kind, "who": query.sorting.who, "force": query.sorting.force}
    kept |= {"measure": query.sorting.measure, "article": query.sorting.article, "text_lang": query.text_lang}
    kept |= {"reservations": "true" if query.sorting.reservations else ""}
    return {name: value for name, value in kept.items() if value}


def choices(node: Node) -> dict[str, list[Choice]]:
    """What can be chosen in the form of the search."""
    law, lang = node.law, get_language() or "en"
    held = {name for _instrument, name in node.stores.official.digests()}
    texts = [*LANGUAGES, *sorted(held - set(LANGUAGES))]
    names = {
        measure.id: measure.name
        for one in reversed(tuple(law.instruments.values()))
        for measure in one.measures.values()
    }
    return {
        "instruments": [Choice(value=one.id, label=one.short.get(lang)) for one in law.instruments.values()],
        "kinds": [Choice(value=kind, label=lawwords.SORTS[kind]) for kind in KINDS],
        "whos": [Choice(value=who, label=lawwords.ADDRESSED[who]) for who in WHO],
        "forces": [Choice(value=force, label=FORCE_WORDS[force]) for force in FORCES],
        "measures": [Choice(value=one, label=names[one].get(lang)) for one in browse.measures(law)],
        "text_langs": [Choice(value=one, label=lawwords.LANGUAGES[one]) for one in texts],
    }
