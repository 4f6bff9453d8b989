"""An opinion on a terminal: the answer first, then what it rests on."""

from collections.abc import Sequence

from rich.console import Group, RenderableType

from rogatory.cli import printing
from rogatory.opinion.findings import Opinion

_STYLES = {"met": "green", "yes": "green", "not-met": "red", "no": "red", "unknown": "yellow"}


def view(opinion: Opinion, lang: str) -> RenderableType:
    """*opinion* in *lang*: question and answer, findings, grounds, duties, deadlines, what is missing, alternatives."""
    parts: list[RenderableType] = [
        "",
        printing.text(opinion.question.get(lang), "bold"),
        printing.text(f"{opinion.answer.value}: {opinion.sentence.get(lang)}", _STYLES[opinion.answer.value]),
    ]
    if opinion.notice.en:
        parts.append(printing.text(opinion.notice.get(lang), "italic"))
    parts += [part for part in _tables(opinion, lang) if part is not None]
    return Group(*parts)


def _tables(opinion: Opinion, lang: str) -> tuple[RenderableType | None, ...]:
    findings = [
        (
            one.provision,
            printing.text(one.verdict.value, _STYLES[one.verdict.value]),
            " ".join(words.get(lang) for words in one.because),
            one.remedy.get(lang),
        )
        for one in opinion.findings
    ]
    grounds = [(one.provision, one.available.value, one.question.get(lang), one.effect) for one in opinion.grounds]
    duties = [(one.provision, one.moment, one.reminder.get(lang) or one.what.get(lang)) for one in opinion.duties]
    deadlines = [
        (one.provision, one.label.get(lang), one.due or "", one.sentence.get(lang)) for one in opinion.deadlines
    ]
    missing = [(one.provision, one.key, one.question.get(lang)) for one in opinion.missing]
    others = [
        (one.provision, one.name.get(lang), one.binds_both.value, one.serves.get(lang)) for one in opinion.alternatives
    ]
    return (
        _table("findings", ("provision", "verdict", "because", "remedy"), findings),
        _table("grounds for declining or postponing", ("provision", "available", "question", "effect"), grounds),
        _table("duties", ("provision", "when", "what"), duties),
        _table("deadlines", ("provision", "what", "due", "how it runs"), deadlines),
        _table("not known yet", ("provision", "key", "question"), missing),
        _table("other instruments", ("provision", "instrument", "binds both", "serves"), others),
    )


def _table(title: str, headings: tuple[str, ...], rows: Sequence[Sequence[object]]) -> RenderableType | None:
    return Group("", printing.table(headings, rows, title=title)) if rows else None
