"""The description of the HTTP API: as OpenAPI for programs, and as one page for people that loads nothing from outside.

The description says nothing of this node, so that anybody may read the OpenAPI document; the page stands in the desk
and is for those who may read something here.
"""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from rogatory.api import description, problems
from rogatory.api.door import NoSuchDoor
from rogatory.api.problems import JSON

#: The groups of operations in the order of the page.
GROUPS = ("law", "status", "opinion", "conference", "counting", "acting", "alignment", "readiness", "drills")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One operation as it can be called: its method, its address with example values, and what is sent with it."""

    operation: str
    method: str
    address: str
    body: Any = None
    opener: str = "TOKEN"

    def curl(self, root: str) -> str:
        """The call as a command."""
        words = ["curl", "-H", f"Authorization: Bearer ${self.opener}"]
        if self.body is not None:
            words += ["-H", "Content-Type: application/json", "-d", json.dumps(self.body)]
        shown = [f'"{word}"' if "$" in word else shlex.quote(word) for word in [*words, f"{root}{self.address}"]]
        return " ".join(shown)


def examples() -> Iterator[Example]:
    """Every operation with the example values of its parameters; the tests run them all."""
    for path, operations in description.document()["paths"].items():
        for method, operation in operations.items():
            yield _example(path, method, operation)


def _example(path: str, method: str, operation: dict[str, Any]) -> Example:
    given = {one["name"]: one for one in operation["parameters"] if "example" in one}
    address = path
    for name, one in given.items():
        address = address.replace(f"{{{name}}}", quote(one["example"], safe="()"))
    needed = {name: one["example"] for name, one in given.items() if one["in"] == "query" and _telling(one, operation)}
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Example(
        operation=operation["operationId"],
        method=method.upper(),
        address=f"{address}?{urlencode(needed)}" if needed else address,
        body=content.get("example"),
        opener="PASS" if operation["security"] == [{"MeetingPass": []}] else "TOKEN",
    )


def _telling(parameter: dict[str, Any], operation: dict[str, Any]) -> bool:
    """Whether an example shows the parameter: it is needed, or it is what the operation is mostly asked with."""
    return (
        parameter["required"]
        or parameter["name"] in ("q", "chair", "role")
        or operation["operationId"] == "show_matrix"
    )


@require_GET
def openapi(_: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(json.dumps(description.document(), ensure_ascii=False, indent=1), content_type=JSON)


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and a call to try."""
    if getattr(request, "actor", None) is None and not settings.PUBLIC_PARTS:
        return redirect_to_login(request.get_full_path())
    found = description.document()
    calls = {one.operation: one.curl(request.build_absolute_uri("/").rstrip("/")) for one in examples()}
    operations = [
        {
            **one,
            "path": path,
            "method": method.upper(),
            "call": calls[one["operationId"]],
            "description": _said(one["description"]),
            "parameters": _shown(one),
        }
        for path, methods in found["paths"].items()
        for method, one in methods.items()
    ]
    groups = [(tag, [one for one in operations if one["tags"] == [tag]]) for tag in GROUPS]
    problems_said = {status: _said(text) for status, text in description.PROBLEMS.items()}
    return render(request, "api/reference.html", {"groups": groups, "problems": problems_said})


def _shown(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation but `lang`, which all of them take; codes in their descriptions marked as such."""
    return [
        {**one, "description": _said(one["description"])} for one in operation["parameters"] if one["name"] != "lang"
    ]


def _said(text: str) -> SafeString:
    """*text* in the reader's language as HTML, with what stands between backticks as code."""
    head, colon, codes = text.partition(": `")
    said = gettext(text)
    if colon and said == text:
        said = f"{gettext(head)}{colon}{codes}"
    parts = said.split("`")
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in enumerate(parts)),
    )


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """A coded answer for an address that is none."""
    return problems.respond(NoSuchDoor(f"there is nothing at {request.method} {request.path[:200]}"))
