"""Operations about the law: instruments, provisions, forms, the search, and official copies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ninja import Router

from rogatory.api import parameters
from rogatory.api.answering import answered, page
from rogatory.api.readers import ApiRequest
from rogatory.law import answers, browse
from rogatory.law.answers import InstrumentLine
from rogatory.law.browse import Article, Sorting
from rogatory.law.copies.official import OfficialProvision
from rogatory.law.form import Form
from rogatory.law.lookup.search import Found
from rogatory.law.lookup.search import Query as SearchQuery
from rogatory.law.model import Instrument, Provision
from rogatory.node import lawsearch, officialcopies

router = Router(tags=["law"])


@router.get("", response=list[InstrumentLine], summary="List the instruments", operation_id="list_instruments")
@answered
def list_instruments(request: ApiRequest) -> Any:
    """Every treaty that can carry a request, and the measures that it carries."""
    return answers.instruments(request.node.law)


@router.get("/search", response=Found, summary="Search the law", operation_id="search_law")
@answered
def search_law(
    request: ApiRequest,
    *,
    q: parameters.Words = "",
    instrument: parameters.Instrument = "",
    measure: parameters.Measure = "",
    kind: parameters.Kind = "",
    who: parameters.Who = "",
    force: parameters.Force = "",
    article: parameters.Article = "",
    reservations: parameters.Reservations = False,
    text_lang: parameters.TextLanguage = "",
    limit: parameters.HitLimit = 20,
    offset: parameters.Offset = 0,
) -> Any:
    """Provisions by their words, in our description and in the official copies that were loaded, best first."""
    sorting = Sorting(
        instrument=instrument,
        measure=measure,
        kind=kind,
        who=who,
        force=force,
        article=article,
        reservations=reservations,
    )
    reader = request.GET.get("lang") or "en"
    query = SearchQuery(words=q, sorting=sorting, text_lang=text_lang, reader=reader, limit=limit, offset=offset)
    return lawsearch.search(request.node, query)


@router.get("/{instrument}", response=Instrument, summary="Show an instrument", operation_id="show_instrument")
@answered
def show_instrument(request: ApiRequest, instrument: parameters.InstrumentPath) -> Any:
    """One treaty: its chapters, its clause of entry into force, and how it carries each measure."""
    return request.node.law.instrument(instrument)


@router.get(
    "/{instrument}/provisions",
    response=list[Provision],
    summary="List provisions",
    operation_id="list_provisions",
)
@answered
def list_provisions(
    request: ApiRequest,
    instrument: parameters.InstrumentPath,
    *,
    measure: parameters.Measure = "",
    kind: parameters.Kind = "",
    who: parameters.Who = "",
    force: parameters.Force = "",
    article: parameters.Article = "",
    reservations: parameters.Reservations = False,
    limit: parameters.Limit = parameters.LIMIT,
    offset: parameters.Offset = 0,
) -> Any:
    """The provisions of one treaty in their order, all of them or by what they are."""
    request.node.law.instrument(instrument)
    sorting = Sorting(
        instrument=instrument,
        measure=measure,
        kind=kind,
        who=who,
        force=force,
        article=article,
        reservations=reservations,
    )
    return page(browse.sorted_out(request.node.law, sorting), limit=limit, offset=offset)


@router.get(
    "/{instrument}/provisions/{number}", response=Provision, summary="Show a provision", operation_id="show_provision"
)
@answered
def show_provision(request: ApiRequest, instrument: parameters.InstrumentPath, number: parameters.NumberPath) -> Any:
    """One provision in our own words: who is bound to what, with how much force, and how that was checked."""
    return request.node.law.provision(instrument, number)


@router.get(
    "/{instrument}/articles/{article}", response=Article, summary="Show an article", operation_id="show_article"
)
@answered
def show_article(request: ApiRequest, instrument: parameters.InstrumentPath, article: parameters.ArticlePath) -> Any:
    """One article with all its provisions in their order; none where our data does not describe it."""
    return browse.article(request.node.law, instrument, article)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedText:
    """That somebody held our words on a provision against the copy, when, and whether both are still the same."""

    number: str
    verdict: str
    at: datetime
    same_copy: bool
    same_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyText:
    """What an official copy says at a provision, with what stands under it."""

    lang: str
    title: str
    provisions: tuple[OfficialProvision, ...]
    compared: tuple[ComparedText, ...]


@router.get(
    "/{instrument}/provisions/{number}/copies",
    response=list[CopyText],
    summary="Show official copies",
    operation_id="show_official_copies",
)
@answered
def show_official_copies(
    request: ApiRequest, instrument: parameters.InstrumentPath, number: parameters.NumberPath
) -> Any:
    """What the official copies that this node holds say at a provision or an article; none comes with the program."""
    law = request.node.law
    if number.isdigit():
        browse.article(law, instrument, number)
    else:
        law.provision(instrument, number)
    return [
        CopyText(
            lang=one.copy.lang,
            title=one.title,
            provisions=one.provisions,
            compared=tuple(
                ComparedText(
                    number=made.row.number,
                    verdict=made.row.verdict,
                    at=made.row.at,
                    same_copy=made.same_copy,
                    same_words=made.same_words,
                )
                for made in one.comparisons
            ),
        )
        for one in officialcopies.beside(request.node, instrument, number)
    ]


@router.get("/{instrument}/forms/{measure}", response=Form, summary="Show a form", operation_id="show_form")
@answered
def show_form(request: ApiRequest, instrument: parameters.InstrumentPath, measure: parameters.MeasurePath) -> Any:
    """What a request for that measure must or may state, each field with the provision that asks for it."""
    return request.node.law.form(measure, instrument=instrument)
