"""What is sent about alignment: a text to import, an assessment to begin, an answer, an answer to take back."""

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from rogatory.api.bodies import BadBody, Body

#: A text of one and a half megabytes, in base64; a larger file is imported by command, or at the desk.
MAX_TEXT = 2 * 1024 * 1024
MAX_ANSWER = 256 * 1024
Id = Annotated[str, Field(min_length=1, max_length=40)]
Short = Annotated[str, Field(max_length=300)]


class TextBody(Body):
    """A national law as a file."""

    law: Annotated[str, Field(description="What the law is called here.", max_length=60)]
    file_name: Annotated[str, Field(description="The name of the file, which tells its format.", max_length=255)]
    content: Annotated[str, Field(description="The bytes of the file, in base64.", max_length=MAX_TEXT)]
    title: Short = ""
    state: Annotated[str, Field(description="Whose law it is; else the node's own State.", max_length=3)] = ""
    language: Annotated[str, Field(description="The language of the law; else told from the text.", max_length=3)] = ""
    since: Annotated[str, Field(description="The day since which it stands so.", max_length=10)] = ""
    version: Annotated[str, Field(description="Which draft it is.", max_length=120)] = ""

    def data(self) -> bytes:
        """The bytes of the file; raises `BadBody`."""
        try:
            return base64.b64decode(self.content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadBody("it is not base64", where="content") from error


class AssessmentBody(Body):
    """A new assessment."""

    title: Short
    texts: Annotated[list[Id], Field(description="The texts that it looks at.", min_length=1, max_length=100)]
    state: Annotated[str, Field(description="Whose law it is; else the node's own State.", max_length=3)] = ""


class EvidenceBody(Body):
    """A provision, or with `passage` its passage counted from 0."""

    text: Id
    key: Annotated[str, Field(max_length=80)]
    passage: Annotated[int | None, Field(ge=0, le=100_000)] = None


class JudgementBody(Body):
    """What a reader says of an obligation."""

    number: Annotated[str, Field(description="The obligation.", max_length=40)]
    answer: Annotated[
        str,
        Field(
            description="`implemented`, `partly`, `not-implemented` or `not-applicable`.",
            max_length=40,
        ),
    ]
    after: Annotated[
        str, Field(description="`last` of the standing that the reader saw; empty for the first.", max_length=40)
    ]
    elements: Annotated[
        dict[str, Annotated[str, Field(max_length=20)]],
        Field(description="`e1` and so on: `present`, `missing` or `unclear`.", max_length=100, default_factory=dict),
    ]
    options: Annotated[list[Id], Field(max_length=100, default_factory=list)]
    evidence: Annotated[list[EvidenceBody], Field(max_length=100, default_factory=list)]
    rejected: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=1000, default_factory=list)]
    remark: Annotated[str, Field(max_length=10_000)] = ""
    settles: bool = False
    reused_from: Annotated[str, Field(description="Confirms an answer for this provision.", max_length=60)] = ""


class UndoBody(Body):
    """Which answer is taken back: the latest of whoever asks on this obligation."""

    number: Annotated[str, Field(description="The obligation.", max_length=40)]


def described(body: type[Body], example: Mapping[str, Any]) -> dict[str, Any]:
    """How the description of an operation tells of what is sent."""
    content = {"application/json": {"schema": body.model_json_schema(), "example": dict(example)}}
    return {"requestBody": {"required": True, "content": content}}
