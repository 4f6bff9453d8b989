"""What several commands of `rogatory align` take and say: an assessment by its name, answers and forces in words."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from rogatory.alignment.report.checklist import sentences
from rogatory.cli import reading
from rogatory.cli.session import Session
from rogatory.errors import BadInput
from rogatory.law.words import Words
from rogatory.node.alignment import assessments, texts
from rogatory.node.alignment.assessments import Held
from rogatory.ports.alignment import AssessmentRow

AssessmentName = Annotated[
    str, typer.Argument(metavar="ASSESSMENT", help="The assessment; 8 or more signs of its id will do.")
]
ObligationNumber = Annotated[str, typer.Argument(metavar="NUMBER", help="The obligation: 7(1).")]


class BadPair(BadInput):
    """This must be a name and a value."""

    code = "bad-pair"


def assessment_of(session: Session, given: str) -> AssessmentRow:
    """The assessment that *given* names, in full or by its beginning.

    Raises `RoleMissing`, `Ambiguous` and `NothingLikeThat`.
    """
    texts.require_reader(session.actor)
    known = {one.id: one for one in assessments.every(session.node)}
    return known[reading.name_of(given, known, what="assessment")]


def held_of(session: Session, given: str) -> Held:
    """The assessment that *given* names with what was judged; raises as `assessment_of`."""
    return assessments.held(session.node, assessment_of(session, given).id)


def state_named(state: str, lang: str) -> str:
    """An answer, or the state of an element, in words."""
    return sentences().say(f"state-{state}").get(lang)


def force_named(force: str, lang: str) -> str:
    """What a force is called, without its explanation."""
    return sentences().say(f"force-{force}").get(lang)


def pairs_of(given: Iterable[str], *, what: str) -> Mapping[str, str]:
    """Names and values from `name=value`; raises `BadPair`."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name or not value or name in found:
            raise BadPair(f"{one[:60]!r} is no {what} such as e1=present, or stands twice")
        found[name] = value
    return found


def said(words: Words, session: Session, **values: object) -> str:
    """*words* filled, in the language of the session."""
    return words.fill(**values).get(session.lang)
