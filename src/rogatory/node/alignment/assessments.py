"""Assessments on this node: several people hold a State's law against the Convention, one judgement at a time.

A judgement is made upon a known state of the obligation: whoever saves an answer names the judgement that they saw
last, and is told when somebody else was faster; what they wrote stays with them. Nothing is overwritten: taking an
answer back is another row. Only people with the role of assessor judge.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rogatory.alignment.assessment import judging
from rogatory.alignment.assessment.assessment import Assessment, assess
from rogatory.alignment.assessment.model import Evidence, Judgement
from rogatory.alignment.obligations import obligation
from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.kernel import ids
from rogatory.node import people
from rogatory.node.alignment import texts
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.alignment import AssessmentRow, JudgementRow, TextRow, UnsavedRow
from rogatory.ports.stores import ChangedMeanwhile

MAX_TITLE = 300
MAX_UNSAVED = 64 * 1024
# Control characters, of which no database keeps the first, and no paper any.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class NoSuchAssessment(NotFound):
    """There is no such assessment here."""

    code = "no-such-assessment"
    remedy = "Look at the list of assessments: rogatory align assessments."


class BadAssessment(BadInput):
    """An assessment cannot be begun like this."""

    code = "bad-assessment"
    remedy = "Give it a title of at most 300 characters, and name at least one text that has been imported."


class JudgedMeanwhile(ChangedMeanwhile):
    """Somebody judged the same obligation while this answer was being written."""

    code = "judged-meanwhile"
    remedy = "Nothing of yours was lost. Read what the other reader said, then save your answer again, or change it."


class NothingToUndo(NotPermitted):
    """There is no judgement of yours on this obligation to take back."""

    code = "nothing-to-undo"
    remedy = "Only your own latest answer can be taken back; another reader takes back theirs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reader says of an obligation, before it is saved; see `alignment.assessment.model.Judgement`.

    *after* is the id of the judgement on this obligation that the reader saw last, empty when there was none.
    """

    number: str
    answer: str
    after: str
    elements: Mapping[str, str]
    options: Sequence[str] = ()
    evidence: Sequence[Evidence] = ()
    rejected: Sequence[str] = ()
    remark: str = ""
    settles: bool = False
    reused_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An assessment with its texts, and what people judged, folded."""

    row: AssessmentRow
    texts: tuple[TextRow, ...]
    assessment: Assessment


def begin(node: Node, actor: Actor, *, title: str, texts_: Sequence[str], state: str = "") -> AssessmentRow:
    """A new assessment of the texts named; raises `RoleMissing`, `BadAssessment`, `NoSuchText`, `UnknownState`."""
    people.require(actor, texts.ASSESSOR)
    title = title.strip()
    if not title or len(title) > MAX_TITLE or not texts_:
        raise BadAssessment
    with node.stores.atomic():
        row = AssessmentRow(
            id=ids.new_id(node.random(17)),
            state=node.status.state(state or node.state).iso3,
            title=title,
            texts=[texts.text_row(node, one).id for one in dict.fromkeys(texts_)],
            made_at=node.clock.now(),
            made_by=actor.id,
        )
        node.stores.alignment.add_assessment(row)
        people.note(node, actor, "align:assessment:begin", row.id, title)
    return row


def change_texts(node: Node, actor: Actor, id: str, *, texts_: Sequence[str], version: int) -> AssessmentRow:
    """The assessment, which looks at *texts_* from now on; raises `ChangedMeanwhile` unless *version* is the held one.

    Raises `RoleMissing`, `NoSuchAssessment`, `BadAssessment` and `NoSuchText` too.
    """
    people.require(actor, texts.ASSESSOR)
    if not texts_:
        raise BadAssessment
    with node.stores.atomic():
        held = row_of(node, id)
        kept = [texts.text_row(node, one).id for one in dict.fromkeys(texts_)]
        row = AssessmentRow(
            id=id,
            state=held.state,
            title=held.title,
            texts=kept,
            made_at=held.made_at,
            made_by=held.made_by,
            version=version,
        )
        row = node.stores.alignment.put_assessment(row)
        people.note(node, actor, "align:assessment:texts", id, f"{len(kept)} texts")
    return row


def row_of(node: Node, id: str) -> AssessmentRow:
    """The row of an assessment; raises `NoSuchAssessment`."""
    row = node.stores.alignment.assessment(id)
    if row is None:
        raise NoSuchAssessment(f"there is no assessment {id[:40]!r} here")
    return row


def every(node: Node) -> Sequence[AssessmentRow]:
    """Every assessment, the newest first."""
    return node.stores.alignment.assessments()


def held(node: Node, id: str, *, until: datetime | None = None) -> Held:
    """The assessment with what was judged, up to and with *until* when given; raises `NoSuchAssessment`."""
    row = row_of(node, id)
    given = [judgement(one) for one in node.stores.alignment.judgements(id) if until is None or one.at <= until]
    kept = {one.id: one for one in node.stores.alignment.texts()}
    read = tuple(kept[text] for text in row.texts if text in kept)
    return Held(row=row, texts=read, assessment=assess(node.law, given))


def judge(node: Node, actor: Actor, id: str, answer: Answer) -> Judgement:
    """Save an answer; what was begun and not saved on this obligation is forgotten.

    Raises `RoleMissing`, `NoSuchAssessment`, `UnknownObligation`, `JudgedMeanwhile`, and what `judging.check` raises.
    """
    return _save(node, actor, id, answer, undoes="")


def undo(node: Node, actor: Actor, id: str, number: str) -> Judgement:
    """Take back the latest judgement of *actor* on an obligation; the one before it counts again.

    Raises `RoleMissing`, `NoSuchAssessment`, `UnknownObligation` and `NothingToUndo`.
    """
    rows = node.stores.alignment.judgements(id, number)
    undone = {str(one.body.get("undoes", "")) for one in rows}
    mine = [one for one in rows if one.reader == actor.id and not one.body.get("undoes") and one.id not in undone]
    if not mine:
        raise NothingToUndo(f"you have not judged {number}, or took your answer back already")
    last = mine[-1]
    answer = Answer(number=number, answer=last.answer, after=rows[-1].id, elements={})
    return _save(node, actor, id, answer, undoes=last.id)


def _save(node: Node, actor: Actor, id: str, answer: Answer, *, undoes: str) -> Judgement:
    people.require(actor, texts.ASSESSOR)
    obligation(node.law, answer.number)
    made = Judgement(
        id=ids.new_id(node.random(17)),
        number=answer.number,
        reader=actor.id,
        reader_name=actor.name,
        at=node.clock.now(),
        answer=answer.answer,
        elements=tuple(sorted(answer.elements.items())),
        options=tuple(answer.options),
        evidence=tuple(answer.evidence),
        rejected=tuple(answer.rejected),
        remark=_UNSEEN.sub("", answer.remark).strip(),
        settles=answer.settles,
        undoes=undoes,
        reused_from=answer.reused_from,
    )
    judging.check(node.law, made)
    with node.stores.atomic():
        row_of(node, id)
        before = node.stores.alignment.judgements(id, answer.number)
        if answer.after != (before[-1].id if before else ""):
            raise JudgedMeanwhile(_who(before[-1] if before else None, answer.number), cite=f"uncc:{answer.number}")
        try:
            node.stores.alignment.add_judgement(_row(id, made, place=len(before) + 1))
        except ChangedMeanwhile as error:
            raise JudgedMeanwhile(error.message, cite=f"uncc:{answer.number}") from error
        node.stores.alignment.drop_unsaved(id, answer.number, actor.id)
        action = "align:judgement:undo" if undoes else "align:judgement:save"
        people.note(node, actor, action, id, f"{answer.number} {answer.answer}")
    return made


def _who(row: JudgementRow | None, number: str) -> str:
    if row is None:
        return f"{number} has no judgement; the one that you saw is not of this assessment"
    return f"{row.reader_name} judged {number} as {row.answer} at {row.at:%Y-%m-%d %H:%M} UTC"


def evidence(node: Node, text: str, key: str, passage: int | None = None) -> Evidence:
    """A provision, or one of its passages counted from 0, as evidence in the wording that was imported.

    Raises `NoSuchText` and `NoSuchProvision`.
    """
    row = texts.text_row(node, text)
    found = texts.provision_of(node, text, key)
    if passage is not None and not 0 <= passage < len(found.passages):
        raise texts.NoSuchProvision(f"{found.label} has {len(found.passages)} passages; {passage + 1} is none of them")
    quote = found.text if passage is None else found.passages[passage].text
    return Evidence(
        law=row.law, text=text, key=key, label=found.label, passage=passage, quote=quote[: judging.MAX_QUOTE]
    )


def keep_unsaved(node: Node, actor: Actor, id: str, number: str, body: Mapping[str, Any]) -> None:
    """Keep what *actor* has begun to write; raises `RoleMissing`, `NoSuchAssessment`, `UnknownObligation`."""
    people.require(actor, texts.ASSESSOR)
    obligation(node.law, number)
    if len(str(body)) > MAX_UNSAVED:
        raise BadAssessment(f"what was begun on {number} is longer than {MAX_UNSAVED} characters")
    with node.stores.atomic():
        row_of(node, id)
        row = UnsavedRow(assessment=id, number=number, reader=actor.id, body=body, at=node.clock.now())
        node.stores.alignment.put_unsaved(row)


def unsaved(node: Node, actor: Actor, id: str) -> Mapping[str, UnsavedRow]:
    """What *actor* has begun and not saved, by obligation."""
    return {row.number: row for row in node.stores.alignment.unsaved(id, actor.id)}


def judgement(row: JudgementRow) -> Judgement:
    """The judgement in a row."""
    body = row.body
    return Judgement(
        id=row.id,
        number=row.number,
        reader=row.reader,
        reader_name=row.reader_name,
        at=row.at,
        answer=row.answer,
        elements=tuple((str(name), str(said)) for name, said in body["elements"]),
        options=tuple(body["options"]),
        evidence=tuple(Evidence(**one) for one in body["evidence"]),
        rejected=tuple(body["rejected"]),
        remark=body["remark"],
        settles=body["settles"],
        undoes=body["undoes"],
        reused_from=body["reused_from"],
    )


def _row(id: str, made: Judgement, *, place: int) -> JudgementRow:
    body = {
        "elements": [list(pair) for pair in made.elements],
        "options": list(made.options),
        "evidence": [
            {
                "law": one.law,
                "text": one.text,
                "key": one.key,
                "label": one.label,
                "passage": one.passage,
                "quote": one.quote,
            }
            for one in made.evidence
        ],
        "rejected": list(made.rejected),
        "remark": made.remark,
        "settles": made.settles,
        "undoes": made.undoes,
        "reused_from": made.reused_from,
    }
    return JudgementRow(
        id=made.id,
        assessment=id,
        number=made.number,
        place=place,
        reader=made.reader,
        reader_name=made.reader_name,
        at=made.at,
        answer=made.answer,
        body=body,
    )
