"""Operations about rules of procedure: the rulebooks that come with the program, and each of them with its rules."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from ninja import Router
from pydantic import create_model

from rogatory.api import parameters
from rogatory.api.answering import answered
from rogatory.api.readers import ApiRequest
from rogatory.conference.rulebook import answers, loader
from rogatory.conference.rulebook.answers import RuleLine
from rogatory.conference.rulebook.model import OptionChoice, Rulebook
from rogatory.errors import BadInput
from rogatory.law.words import Words

router = Router(tags=["conference"])


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookLine:
    """Which rulebook it is: whether it is adopted or a draft, of when, and the answers that were chosen."""

    id: str
    name: Words
    standing: str
    as_of: date
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulebookText:
    """The TOML text of a rulebook, to write one's own from."""

    name: str
    toml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that a rulebook leaves open, under which rule, and the answers to it."""

    id: str
    question: Words
    rule: str
    choices: tuple[OptionChoice, ...]


#: As `answers.rulebook` gives it: the settings, and the rules as people see them, without numbers that are unsure.
_SHOWN: Any = {"rules": list[RuleLine], "options": list[OpenQuestion]}
_FIELDS: Any = {one.name: (_SHOWN.get(one.name, one.type), ...) for one in fields(Rulebook)}
RulebookBody: Any = create_model(
    "RulebookBody",
    __doc__="A rulebook, read with one answer to each open question: its settings, options, and rules with sureness.",
    **_FIELDS,
)


@router.get("", response=list[RulebookLine], summary="List rulebooks", operation_id="list_rulebooks")
@answered
def list_rulebooks(request: ApiRequest) -> Any:  # noqa: ARG001 - every operation is handed it
    """The rules of procedure that come with the program: precedents, and a draft with its open questions."""
    return [answers.named(loader.delivered(name)) for name in loader.DELIVERED]


@router.get("/{rulebook}", response=RulebookBody, summary="Show a rulebook", operation_id="show_rulebook")
@answered
def show_rulebook(
    request: ApiRequest,  # noqa: ARG001 - every operation is handed it
    rulebook: parameters.RulebookPath,
    choices: parameters.Choices = "",
) -> Any:
    """One rulebook: every rule in our words with its source and how sure it is, every setting, the open questions."""
    return answers.rulebook(loader.delivered(rulebook, choices=read_choices(choices)))


@router.get(
    "/{rulebook}/text", response=RulebookText, summary="Show a rulebook's file", operation_id="show_rulebook_text"
)
@answered
def show_rulebook_text(
    request: ApiRequest,  # noqa: ARG001 - every operation is handed it
    rulebook: parameters.RulebookPath,
) -> Any:
    """The file of one rulebook, as TOML."""
    return RulebookText(name=f"{rulebook}.toml", toml=loader.delivered_text(rulebook))


def read_choices(text: str) -> dict[str, str]:
    """The choices that `observers=open,bureau=five` makes; raises `BadInput`."""
    found: dict[str, str] = {}
    for one in text.split(",") if text else ():
        option, equals, choice = one.partition("=")
        if not equals or option.strip() in found:
            raise BadInput(f"{one[:60]!r} is not an option with its choice, each once: observers=open")
        found[option.strip()] = choice.strip()
    return found
