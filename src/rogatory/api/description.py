"""The OpenAPI document of the HTTP API: what the operations say of themselves, and what all of them share."""

from functools import cache
from typing import Any

from django.conf import settings
from ninja import Schema

from rogatory.api.v1 import api

PREFIX = "api/v1/"


class Problem(Schema):
    """What is told when something is wrong; `where` names the key of what was sent that is meant."""

    code: str
    message: str
    cite: str | None
    remedy: str
    where: str = ""


#: HTTP status -> what it means here; every operation can answer with these.
PROBLEMS = {
    400: "What was asked or sent cannot be used.",
    401: "A log-in or a token is needed, or the token opens nothing any more.",
    403: "This person or program may not do this, or the rules of procedure do not allow it now.",
    404: "There is no such operation, or what its address names is not here.",
    429: "Too many requests within a minute; `Retry-After` says how many seconds to wait.",
    500: "The node failed.",
    503: "Something this needs cannot be reached now.",
}
WITH_BODY = {
    409: "Somebody else was faster, or the same is here already; nothing was changed.",
    411: "The request must say how long its body is.",
    413: "The body is larger than is taken.",
}
#: What strangers may ask where the operator opened it.
OPEN = ("law", "status", "conference")
LANG = {
    "in": "query",
    "name": "lang",
    "required": False,
    "schema": {"type": "string", "enum": ["en", "fr"]},
    "description": "One language in place of every pair of `en` and `fr`.",
}
PAGING = {
    "X-Total-Count": {"schema": {"type": "integer"}, "description": "How many there are in all."},
    "Link": {"schema": {"type": "string"}, "description": 'The next page, `rel="next"`, if there is one.'},
}


@cache
def document() -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    schemas = found["components"]["schemas"]
    for path in found["paths"].values():
        for operation in path.values():
            _complete(operation, schemas)
    schemas["Problem"] = Problem.model_json_schema()
    schemas["Words"] = {
        "description": "One text in English and in French; with `lang`, the text in that language alone.",
        "anyOf": [schemas["Words"], {"type": "string"}],
    }
    found["components"]["securitySchemes"]["Desk"]["name"] = settings.SESSION_COOKIE_NAME.rpartition("-")[0] + "-STATE"
    return found


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """What every operation takes and answers besides its own."""
    operation["parameters"] = [*operation["parameters"], LANG]
    body = operation.get("requestBody")
    if body is not None:
        schema = body["content"]["application/json"]["schema"]
        schemas.update(schema.pop("$defs", {}))
    for status, description in {**PROBLEMS, **(WITH_BODY if body else {})}.items():
        operation["responses"][status] = {
            "description": description,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if any(parameter["name"] == "limit" for parameter in operation["parameters"]):
        operation["responses"][200]["headers"] = PAGING
    if operation["tags"][0] in OPEN:
        operation["security"] = [*operation["security"], {}]
