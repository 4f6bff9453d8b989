"""What is sent about readiness and drills: choices, a mark, a filing, a correction, a drill, its answer."""

from typing import Annotated, Any

from pydantic import Field

from rogatory.api.bodies import Body

Day = Annotated[str, Field(description="A day such as 2026-11-22; else today.", max_length=10)]


class ChoicesBody(Body):
    """Choices to save, all of them: what is left out is open again."""

    choices: Annotated[dict[str, Any], Field(description="As `rogatory ready choices --template` explains.")]
    version: Annotated[
        int | None, Field(description="The number that you looked at; another one is refused.", ge=0)
    ] = None


class MarkBody(Body):
    """How a step of national procedure stands."""

    step: Annotated[str, Field(max_length=60)]
    state: Annotated[str, Field(description="`done`, `open` or `not-needed`.", max_length=20)]
    on: Day = ""
    note: Annotated[str, Field(description="By what it is known.", max_length=500)] = ""


class FilingBody(Body):
    """Papers that the depositary received."""

    papers: Annotated[
        list[Annotated[str, Field(max_length=80)]],
        Field(description="Ids of papers; or `signature`.", min_length=1, max_length=50),
    ]
    on: Annotated[str, Field(description="The day on which the depositary received them.", max_length=10)]
    reference: Annotated[str, Field(max_length=200)] = ""


class CorrectionBody(Body):
    """Why a filing was wrong."""

    because: Annotated[str, Field(min_length=1, max_length=300)]


class DrillBody(Body):
    """A drill to plan."""

    to: Annotated[str, Field(description="A State, ours or a partner's; or one of its authorities.", max_length=80)]
    window_minutes: Annotated[
        int, Field(description="Its hour is drawn within that time; 0 sends it at once.", ge=0, le=129_600)
    ] = 10_080
    answer_minutes: Annotated[
        int | None, Field(description="The time that is given for the answer.", ge=1, le=100_000)
    ] = None
    note: Annotated[str, Field(max_length=500)] = ""


class DrillAnswerBody(Body):
    """The answer to a drill."""

    note: Annotated[str, Field(max_length=500)] = ""
