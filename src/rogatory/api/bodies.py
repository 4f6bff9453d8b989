"""The body of a request: its length is asked for before it is read, and every key that is not known is refused."""

import json
from typing import TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, ValidationError

from rogatory.api.asked import NoLength, TooLarge
from rogatory.errors import BadInput
from rogatory.kernel import canonical

#: What the whole body of an ordinary question may be, and of one that carries a record.
MAX_BYTES, MAX_RECORD = 512 * 1024, 2 * 1024 * 1024


class BadBody(BadInput):
    """What was sent is not what this operation takes."""

    code = "bad-request-body"
    remedy = "Compare what you send with the description of the operation; nothing was done."


class Body(BaseModel):
    """What can be sent: exactly the keys that are described, each of its kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


Read = TypeVar("Read", bound=Body)


def data(request: HttpRequest, *, limit: int) -> bytes:
    """The bytes that were sent, at most *limit*; raises `NoLength` and `TooLarge`."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or len(length) > 15:
        raise NoLength
    if int(length) > limit:
        raise TooLarge(f"{length} bytes are more than the limit of {limit}")
    return request.body


def read(request: HttpRequest, wanted: type[Read], *, limit: int = MAX_BYTES) -> Read:
    """What was sent, as *wanted* describes it; raises `BadBody`, `BadJSON`, `NoLength` and `TooLarge`."""
    sent = data(request, limit=limit)
    found = canonical.loads_object(sent, limit=limit)
    if b"\\u" in sent:
        _require_text(found)
    try:
        return wanted.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part)[:40] for part in first["loc"])
        raise BadBody(first["msg"], where=where or "body") from error


def _require_text(found: object) -> None:
    """Nothing, unless *found* holds half a sign, which no answer could repeat; raises `BadBody`."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise BadBody("it holds half of a pair of surrogates, which is no text", where="body") from error
