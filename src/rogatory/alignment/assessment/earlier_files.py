"""Earlier answers, read from a file: CSV with a row an answer, JSON with an object an answer, an exported assessment.

Columns, or keys: `provision` and `answer`; `evidence`, `remark`, `date` and `source` if there are any. A provision is
written with its instrument: `budapest:6(1)`, or `Budapest 6(1)`. An answer is one of ours, or a plain yes, in part, no
or not applicable, in English or French. A file is read whole or not at all: an error names the row.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rogatory.alignment.assessment.model import ANSWERS, UNSEEN
from rogatory.alignment.assessment.reuse import Earlier
from rogatory.errors import BadInput
from rogatory.law.model import Law

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 5_000
MAX_TEXT = 20_000
REQUIRED = ("provision", "answer")
OPTIONAL = ("evidence", "remark", "date", "source")
#: What other questionnaires call our answers.
SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("yes", "fully", "yes, fully", "oui", "entièrement", "appliqué", "mis en œuvre"), "implemented"),
    **dict.fromkeys(("in part", "yes, in part", "partially", "partial", "en partie", "oui, en partie"), "partly"),
    **dict.fromkeys(("partiellement", "partially implemented", "partly implemented"), "partly"),
    **dict.fromkeys(("no", "non", "not implemented", "non appliqué", "pas mis en œuvre"), "not-implemented"),
    **dict.fromkeys(("n/a", "not applicable", "sans objet", "non applicable"), "not-applicable"),
    **dict.fromkeys(("", "not answered", "sans réponse"), UNSEEN),
}
_PROVISION = re.compile(r"([a-z]+)\s*[: ]\s*(?:art(?:icle|\.)?\s*)?(\d{1,3}(?:\([a-z0-9]{1,5}\))*)", re.IGNORECASE)


class BadEarlierAnswers(BadInput):
    """The file of earlier answers cannot be read."""

    code = "bad-earlier-answers"
    remedy = "Give CSV or JSON with provision, answer, evidence, remark, date and source, as the manual shows."


def read_earlier(data: bytes, law: Law, *, name: str = "") -> tuple[Earlier, ...]:
    """The answers in a file, those that say nothing left out; raises `BadEarlierAnswers`."""
    if len(data) > MAX_BYTES:
        raise BadEarlierAnswers(f"it is larger than {MAX_BYTES} bytes", where=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadEarlierAnswers("it is not UTF-8", where=name) from error
    rows = _json_rows(text, name) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text, name)
    found = []
    for number, row in rows:
        if number > MAX_ROWS:
            raise BadEarlierAnswers(f"it has more than {MAX_ROWS} rows", where=name)
        found.append(_earlier(row, law, f"{name}, row {number}" if name else f"row {number}"))
    return tuple(one for one in found if one.answer != UNSEEN)


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        headings = [one.strip().lower() for one in next(reader, [])]
        missing = [one for one in REQUIRED if one not in headings]
        if missing:
            raise BadEarlierAnswers(f"the first row names no column {missing[0]!r}", where=name)
        for number, row in enumerate(reader, 1):
            if any(one.strip() for one in row):
                yield number, dict(zip(headings, row, strict=False))
    except csv.Error as error:
        raise BadEarlierAnswers(str(error), where=name) from error


def _json_rows(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEarlierAnswers(f"it is not JSON: {error}"[:300], where=name) from error
    exported = isinstance(told, dict)
    rows = told.get("obligations") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise BadEarlierAnswers("it is no list of answers", where=name)
    for number, row in enumerate(rows, 1):
        yield number, _exported(row, told) if exported else {str(key): _text(value) for key, value in row.items()}


def _exported(row: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, str]:
    """A row of an assessment as `report.tables` writes it: a disputed answer is none."""
    answer = _text(row.get("state"))
    evidence = row.get("evidence")
    quotes = [one for one in evidence if isinstance(one, dict)] if isinstance(evidence, list) else []
    return {
        "provision": _text(row.get("cite")),
        "answer": answer if answer in ANSWERS else "",
        "evidence": "\n".join(f"{_text(one.get('label'))}: {_text(one.get('quote'))}" for one in quotes),
        "date": _text(told.get("at"))[:10],
        "source": _text(told.get("title")),
    }


def _earlier(row: Mapping[str, str], law: Law, where: str) -> Earlier:
    said = " ".join(row.get("answer", "").lower().split())
    answer = said if said in ANSWERS else SYNONYMS.get(said)
    if answer is None:
        raise BadEarlierAnswers(f"the answer {said[:40]!r} is none of {', '.join(ANSWERS)}, yes, no", where=where)
    if any(len(value) > MAX_TEXT for value in row.values()):
        raise BadEarlierAnswers(f"a text has more than {MAX_TEXT} characters", where=where)
    return Earlier(
        cite=_cite(row.get("provision", ""), law, where),
        answer=answer,
        evidence=row.get("evidence", "").strip(),
        remark=row.get("remark", "").strip(),
        source=row.get("source", "").strip(),
        on=_day(row.get("date", "").strip(), where),
    )


def _cite(written: str, law: Law, where: str) -> str:
    found = _PROVISION.fullmatch(written.strip())
    instrument = found.group(1).lower() if found else ""
    if found is None or instrument not in law.instruments:
        known = ", ".join(law.instruments)
        raise BadEarlierAnswers(
            f"{written[:40]!r} names no provision such as budapest:6(1); instruments are {known}", where=where
        )
    return f"{instrument}:{found.group(2).lower()}"


def _day(written: str, where: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise BadEarlierAnswers(f"{written[:40]!r} is no day such as 2026-05-31", where=where) from error


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def by_instrument(answers: Iterable[Earlier]) -> Mapping[str, int]:
    """How many answers there are for each instrument, for a line that tells what was read."""
    counted: dict[str, int] = {}
    for one in answers:
        instrument = one.cite.partition(":")[0]
        counted[instrument] = counted.get(instrument, 0) + 1
    return counted
