"""From a value of the core to an HTTP answer: the same JSON as the command line's --json, or one language of it.

With `?lang=en` or `?lang=fr` every pair `{"en": …, "fr": …}` is that one text. Lists are answered a page at a time:
`limit` and `offset`, the whole number in the header `X-Total-Count`, the next page in `Link`. An unknown parameter is
refused, because an answer to another question than was asked is worse than none. Every answer to a GET carries an
`ETag`; `If-None-Match` spares sending it again.
"""

import hashlib
import inspect
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from rogatory.api.problems import JSON, BadQuery
from rogatory.law.plain import plain
from rogatory.law.words import LANGUAGES

#: How long an answer about the law may be kept before it is asked for again, in seconds.
FRESH_SECONDS = 300
DEFAULT_PAGE = 100
LONGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its items, where it begins, how many were asked for, and how many there are in all."""

    items: Sequence[Any]
    offset: int
    limit: int
    total: int


def page(items: Sequence[Any], *, limit: int, offset: int) -> Page:
    """The items from *offset* on, at most *limit* of them."""
    return Page(items[offset : offset + limit], offset, limit, len(items))


def answered(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """*view*, which gives a value of the core, as an operation that answers with JSON; raises `BadQuery`."""
    known = {*inspect.signature(view).parameters, "lang"}

    @wraps(view)
    def answering(request: HttpRequest, **values: Any) -> HttpResponse:
        lang = _language(request, known)
        found = view(request, **values)
        items = found.items if isinstance(found, Page) else found
        value = plain(items)
        body = json.dumps(in_language(value, lang) if lang else value, ensure_ascii=False, separators=(",", ":"))
        response = _response(request, body.encode())
        if isinstance(found, Page):
            _tell_page(request, response, found)
        return response

    return answering


def in_language(value: Any, lang: str) -> Any:
    """*value* (JSON) with every text that stands in each language as that text in *lang* alone."""
    if isinstance(value, dict):
        if value.keys() == set(LANGUAGES):
            return value[lang]
        return {key: in_language(inner, lang) for key, inner in value.items()}
    return [in_language(inner, lang) for inner in value] if isinstance(value, list) else value


def _language(request: HttpRequest, known: set[str]) -> str:
    for name in request.GET:
        if name not in known:
            raise BadQuery(f"{name[:40]!r} is not a parameter of this operation")
        if len(request.GET.getlist(name)) > 1:
            raise BadQuery(f"{name[:40]!r} stands twice", where=name)
    lang = request.GET.get("lang", "")
    if lang and lang not in LANGUAGES:
        raise BadQuery(f"the language is {' or '.join(LANGUAGES)}, not {lang[:20]!r}", where="lang")
    return lang


def _response(request: HttpRequest, body: bytes) -> HttpResponse:
    if request.method != "GET":
        response = HttpResponse(body, content_type=JSON)
        response["Cache-Control"] = "no-store"
        return response
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    same = tag in [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponseNotModified() if same else HttpResponse(body, content_type=JSON)
    response["ETag"] = tag
    response["Cache-Control"] = _freshness(request)
    response["Vary"] = "Authorization, Cookie"
    return response


def _freshness(request: HttpRequest) -> str:
    """Law changes with the program and is kept a while; status and meetings change and are asked for anew."""
    part = next((part for part in ("law", "conference") if request.path.startswith(f"/api/v1/{part}")), "status")
    shared = "public" if part in settings.PUBLIC_PARTS else "private"
    return f"{shared}, max-age={FRESH_SECONDS}" if part == "law" else f"{shared}, no-cache"


def _tell_page(request: HttpRequest, response: HttpResponse, found: Page) -> None:
    response["X-Total-Count"] = str(found.total)
    end = found.offset + found.limit
    if end < found.total:
        query = request.GET.copy()
        query["offset"], query["limit"] = str(end), str(found.limit)
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
