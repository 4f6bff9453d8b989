"""A law that was read and not kept yet: the page itself carries it, signed, so that what is imported is what was shown.

Nothing stands on the node between the look at a file and the yes to it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing

from rogatory.alignment.national.model import NationalProvision, NationalText, Passage, Remark
from rogatory.documents.limits import DocumentTooLarge
from rogatory.errors import BadInput

SALT = "rogatory.align.law"
HOUR = 3600
#: What a page may carry, in characters; well under what the desk takes in a form. A code of 5,000 provisions has half.
MAX_CARRIED = 1_600_000


class LawNotShown(BadInput):
    """What was shown of the law cannot be imported any more."""

    code = "law-not-shown"
    remedy = "Choose the file again, look at what was read, and import it then."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person filled in beside the file: the law's name here, its title, version, day, language and State."""

    law: str = ""
    title: str = ""
    version: str = ""
    since: str = ""
    lang: str = ""
    state: str = ""


def carried(text: NationalText, asked: Asked) -> str:
    """What was read, signed, for the page to carry; raises `DocumentTooLarge`."""
    value = {
        "asked": [asked.law, asked.title, asked.version, asked.since, asked.lang, asked.state],
        "about": [text.title, text.lang, text.sha256, text.file_name, text.format],
        "since": text.since.isoformat() if text.since else "",
        "provisions": [_told(one) for one in text.provisions],
        "remarks": [[one.code, one.subject, one.where] for one in text.remarks],
    }
    made = signing.dumps(value, salt=SALT, compress=True)
    if len(made) > MAX_CARRIED:
        raise DocumentTooLarge(
            "its text is too long for the desk", remedy="Import it by command: rogatory align import FILE --law NAME"
        )
    return made


def read_back(given: str) -> tuple[NationalText, Asked]:
    """What a page carried; raises `LawNotShown` for what this node did not show within the hour."""
    try:
        value = signing.loads(given, salt=SALT, max_age=HOUR)
    except signing.BadSignature as error:
        raise LawNotShown from error
    title, lang, sha256, file_name, kind = value["about"]
    law, named, version, since, spoken, state = value["asked"]
    text = NationalText(
        title=title,
        lang=lang,
        sha256=sha256,
        file_name=file_name,
        format=kind,
        since=date.fromisoformat(value["since"]) if value["since"] else None,
        provisions=tuple(_provision(one) for one in value["provisions"]),
        remarks=tuple(Remark(code=code, subject=subject, where=where) for code, subject, where in value["remarks"]),
    )
    return text, Asked(law=law, title=named, version=version, since=since, lang=spoken, state=state)


def _told(one: NationalProvision) -> list[Any]:
    passages = [[passage.number, passage.text] for passage in one.passages]
    return [one.key, one.number, one.label, one.heading, list(one.above), one.where, passages]


def _provision(told: list[Any]) -> NationalProvision:
    key, number, label, heading, above, where, passages = told
    return NationalProvision(
        key=key,
        number=number,
        label=label,
        heading=heading,
        above=tuple(above),
        where=where,
        passages=tuple(Passage(number=named, text=said) for named, said in passages),
    )
