"""Which parts of the node anybody may read, as the operator says in `ROGATORY_PUBLIC`: `law`, `status`, or both."""

from rogatory.errors import BadInput

PARTS = ("law", "status")


class BadPublicPart(BadInput):
    """ROGATORY_PUBLIC names something that cannot be opened to everybody."""

    code = "bad-public-part"
    remedy = "Set it to law, to status, to law,status, or leave it away."


def public_parts(text: str) -> frozenset[str]:
    """The parts that `law,status` opens, none for an empty text; raises `BadPublicPart`."""
    named = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [part for part in named if part not in PARTS]
    if unknown:
        raise BadPublicPart(f"{unknown[0][:40]!r} is neither law nor status; nothing else is ever public")
    return frozenset(named)
