"""What the body of a letter must be, checked the same way for ours and for theirs. Members not known are kept."""

from collections.abc import Mapping
from typing import Any

from rogatory.errors import BadInput
from rogatory.sealing import fields
from rogatory.sealing.fields import BadField

#: The longest time that a drill may give for its answer, in minutes: a week.
LONGEST_ANSWER = 7 * 24 * 60
MAX_NOTE = 2000


class BadLetterBody(BadInput):
    """The letter does not carry what its kind must carry."""

    code = "bad-letter-body"


def check_drill(body: Mapping[str, Any]) -> None:
    """Nothing, when *body* is that of a drill: said to be practice, and how many minutes there are to answer."""
    if body.get("practice") is not True:
        raise BadLetterBody("a drill says that it is practice: 'practice' is true")
    minutes = _read(lambda: fields.number(body, "answer_minutes", "drill", least=1))
    if minutes > LONGEST_ANSWER:
        raise BadLetterBody(f"'answer_minutes' is more than {LONGEST_ANSWER}")
    _check_note(body)


def check_drill_answer(body: Mapping[str, Any]) -> None:
    """Nothing, when *body* is that of the answer to a drill: when a person opened it, or null."""
    _read(lambda: fields.time_or_none(body, "opened", "drill-answer"))
    _check_note(body)


def _check_note(body: Mapping[str, Any]) -> None:
    if body.get("note") is not None:
        _read(lambda: fields.visible(body, "note", "letter", limit=MAX_NOTE))


def _read(read: Any) -> Any:
    try:
        return read()
    except BadField as error:
        raise BadLetterBody(error.message) from error
