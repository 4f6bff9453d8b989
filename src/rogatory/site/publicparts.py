"""What is open to whom, as the operator says: the parts that anybody may read, and how often the HTTP API may be asked.

`ROGATORY_PUBLIC` names one or several of `law`, `status`, `conference`, `assist`, `outreach`; `ROGATORY_API_REQUESTS` a
number of requests a minute.
"""

from rogatory.errors import BadInput

PARTS = ("law", "status", "conference", "assist", "outreach")
#: Requests a minute from one token, person or address, where the operator says nothing.
USUAL_REQUESTS = 600


class BadPublicPart(BadInput):
    """ROGATORY_PUBLIC names something that cannot be opened to everybody."""

    code = "bad-public-part"
    remedy = "Set it to law, status, conference, assist, outreach, to several with commas, or leave it away."


class BadRequestLimit(BadInput):
    """ROGATORY_API_REQUESTS is not a number of requests a minute."""

    code = "bad-request-limit"
    remedy = "Set it to a whole number from 1 to 1000000, or leave it away."


def public_parts(text: str) -> frozenset[str]:
    """The parts that `law,status` opens, none for an empty text; raises `BadPublicPart`."""
    named = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [part for part in named if part not in PARTS]
    if unknown:
        raise BadPublicPart(f"{unknown[0][:40]!r} is none of {', '.join(PARTS)}; nothing else is ever public")
    return frozenset(named)


def requests_a_minute(text: str) -> int:
    """How many requests a minute one asker may make; raises `BadRequestLimit`."""
    if not text:
        return USUAL_REQUESTS
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:8]) <= 1_000_000:
        raise BadRequestLimit(f"{text[:20]!r} is not such a number")
    return int(text)
