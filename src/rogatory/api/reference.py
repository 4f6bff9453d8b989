"""The page docs/reference/api.md, written from the API itself: `python -m rogatory.api.reference > FILE`."""

import sys
from collections.abc import Iterator
from typing import Any

INTRODUCTION = """\
# HTTP API

This page is written by `make reference` from the API itself. A test fails when it differs.
How to use it: [ask for an opinion from a program](../how-to/ask-for-an-opinion-from-a-program.md).

Every answer is what the command line gives with `--json`. Nothing here changes anything but an act of the holder of a
pass in its meeting, what an assessor imports and judges under `/align` and saves and files under `/ready`, and drills
that are planned, opened and answered under `/drills`; nothing of a case is ever in an answer. A node serves the same
description as OpenAPI 3.1 at `/api/v1/openapi.json`, and as a page of the desk at `/api/v1/`.

## Who may ask

A program sends `Authorization: Bearer TOKEN`; `rogatory user token NAME` makes a token for the one who acts, shows it
once, and keeps its SHA-256 digest. It reads law, status, opinions and meetings, and opens neither the desk nor a case.
National laws, assessments, readiness and drills it opens as far as the roles of its owner do; whatever it sends is sent
by its owner, who answers for it. It ends with its day, by `rogatory user revoke-token NUMBER`, or with the account of
its owner. A person who is logged in at the desk needs none. Law, status and conference are open to everybody where the
operator says so with `ROGATORY_PUBLIC`.

A device at a meeting sends `Authorization: Bearer SECRET`, the last part of the link on its badge; the secretariat
issues and withdraws it (`rogatory conference pass`). It reads its meeting and acts there for one role and one
participant. Whatever the rules of procedure forbid is refused with the rule in `cite`, and changes nothing. How the
others vote is not told before the vote is closed. A private meeting is for those who may attend it.

## What holds for all

- `lang=en` or `lang=fr` answers with one language in place of every pair of `en` and `fr`.
- Lists come a page at a time: `limit`, `offset`, the header `X-Total-Count`, and `Link` with the next page.
- An unknown parameter is refused, and so is an unknown key of what is sent.
- Every answer to a GET has an `ETag`; `If-None-Match` spares sending it again.
- A body is at most 256 KiB (an act in a meeting 64 KiB, a rulebook or votes 512 KiB, the text of a law or a record
  2 MiB, which is some three thousand entries: longer ones are imported and verified by command);
  `ROGATORY_API_REQUESTS` limits the requests a minute.

When something is wrong, the answer is `{"code", "message", "cite", "remedy"}`, with `where` when a key or a line is
meant. The codes are [those of the errors](errors.md).

| status | meaning |
|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    from rogatory.api import description, pages  # Django must be set up first

    found = description.document()
    rows = [f"| {status} | {meaning} |" for status, meaning in sorted({**description.PROBLEMS, **_body()}.items())]
    calls = {one.operation: one.curl("https://node.example") for one in pages.examples()}
    parts = [INTRODUCTION + "\n".join(rows)]
    tag = ""
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            if operation["tags"] != [tag]:
                tag = operation["tags"][0]
                parts.append(f"## {tag.capitalize()}")
            parts.append(
                "\n\n".join(_operation(f"{method.upper()} {path}", operation, calls[operation["operationId"]]))
            )
    parts.append("## Shapes\n\n" + "\n".join(_shapes(found["components"]["schemas"])))
    return "\n\n".join(parts) + "\n"


def _body() -> dict[int, str]:
    from rogatory.api import description

    return description.WITH_BODY


def _operation(title: str, operation: dict[str, Any], call: str) -> Iterator[str]:
    yield f"### {operation['summary']}"
    yield f"`{title}` (`{operation['operationId']}`)"
    yield operation["description"]
    rows = [
        f"| `{one['name']}` | {one['in']}{', needed' if one['required'] else ''} | {one['description']} |"
        for one in operation["parameters"]
        if one["name"] != "lang"
    ]
    if rows:
        yield "\n".join(["| parameter | where | meaning |", "|---|---|---|", *rows])
    content = operation["responses"][200]["content"]["application/json"]["schema"]
    yield f"Answers with {_type(content)}."
    yield f"```sh\n{call}\n```"


def _shapes(schemas: dict[str, Any]) -> Iterator[str]:
    for name, schema in sorted(schemas.items()):
        said = " ".join(schema.get("description", "").split("\n\n")[0].split())
        if "properties" in schema:
            fields = ", ".join(f"`{key}` {_type(one)}" for key, one in schema["properties"].items())
            yield f"- **{name}**: {said} {fields}."
        elif "enum" in schema:
            yield f"- **{name}**: {said} One of {', '.join(f'`{one}`' for one in schema['enum'])}."
        else:
            yield f"- **{name}**: {said}"


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}" if "items" in schema else "list"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"{_type(inner)} by key" if isinstance(inner, dict) else "object"
    named = {"string": "text", "integer": "number", "null": "nothing", "boolean": "true or false"}
    kind = schema.get("format") or schema.get("type", "any value")
    return named.get(kind, str(kind))


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(page())
