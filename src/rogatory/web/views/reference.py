"""What the law says: the browser and its search, an instrument, an article, a provision."""

from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import replace_url

from rogatory.law import browse
from rogatory.law.browse import Article
from rogatory.web import lawpages, officialtext
from rogatory.web.doors import DeskRequest
from rogatory.web.publicpages import readable_by_public


@readable_by_public
def law(request: DeskRequest) -> HttpResponse:
    """The instruments and the search; the query stands in the address, so an answer can be kept and told."""
    query = lawpages.asked(request.GET)
    context = {"query": query, "instruments": request.node.law.instruments.values(), "ready": lawpages.READY}
    if lawpages.asks(query):
        context |= lawpages.answered(request.node, query)
    if request.headers.get("HX-Request") == "true":
        named = lawpages.address(query)
        part = render(request, "web/parts/law_found.html", context)
        return replace_url(part, f"{request.path}?{named}" if named else request.path)
    return render(request, "web/law.html", context | {"choices": lawpages.choices(request.node)})


@readable_by_public
def instrument(request: DeskRequest, instrument: str) -> HttpResponse:
    """One instrument: what it is, and its articles by chapter."""
    law = request.node.law
    context = {
        "instrument": law.instrument(instrument),
        "parts": lawpages.shown_parts(law, instrument),
        "ready": lawpages.READY,
    }
    return render(request, "web/instrument.html", context)


@readable_by_public
def provision(request: DeskRequest, instrument: str, number: str) -> HttpResponse:
    """One provision in our own words, or a whole article where *number* is that of one."""
    if number.isdigit():
        return _article(request, browse.article(request.node.law, instrument, number))
    law = request.node.law
    found = law.provision(instrument, number)
    every = list(law.by_number[instrument])
    place = every.index(number)
    context = {
        "shown": lawpages.shown_provision(law, found),
        "instrument": law.instrument(instrument),
        "parts": [one for one in law.provisions(instrument) if one.number.startswith(f"{number}(")],
        "before": every[place - 1] if place else None,
        "after": every[place + 1] if place + 1 < len(every) else None,
        "official": officialtext.beside(request.node, instrument, number),
    }
    return render(request, "web/provision.html", context)


def _article(request: DeskRequest, found: Article) -> HttpResponse:
    """Every provision of an article; `?beside=budapest` sets the parallels of that instrument beside each."""
    law = request.node.law
    neighbours = lawpages.readable_beside(law, found)
    beside = next((one for one in neighbours if one.id == request.GET.get("beside")), None)
    before, after = browse.described_beside(law, found)
    context = {
        "article": found,
        "instrument": law.instrument(found.instrument),
        "chapter": browse.chapter_of(law, found),
        "shown": lawpages.shown_article(law, found, beside=beside.id if beside else ""),
        "measures": lawpages.measures_of(found),
        "neighbours": neighbours,
        "beside": beside,
        "before": before,
        "after": after,
        "official": officialtext.beside(request.node, found.instrument, found.number),
    }
    return render(request, "web/article.html", context)
