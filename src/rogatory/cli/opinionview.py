"""An opinion on a terminal: the answer first, then what it rests on."""

from collections.abc import Sequence

from rich.console import Group, RenderableType

from rogatory.cli import printing
from rogatory.opinion.findings import Finding, Opinion

#: What this page calls things, in French; the English words are the keys, codes of an opinion among them.
FRENCH = {
    "yes": "oui",
    "no": "non",
    "unknown": "inconnu",
    "met": "satisfait",
    "not-met": "non satisfait",
    "may-refuse": "refus possible",
    "may-postpone": "report possible",
    "no-duty": "pas d’obligation",
    "findings": "constats",
    "grounds for declining or postponing": "motifs de refus ou de report",
    "duties": "devoirs",
    "deadlines": "délais",
    "not known yet": "pas encore connu",
    "other instruments": "autres instruments",
    "provision": "disposition",
    "verdict": "verdict",
    "because": "parce que",
    "remedy": "remède",
    "available": "disponible",
    "question": "question",
    "effect": "effet",
    "when": "quand",
    "what": "quoi",
    "due": "échéance",
    "how it runs": "comment il court",
    "key": "clé",
    "instrument": "instrument",
    "binds both": "lie les deux",
    "serves": "sert à",
}
_STYLES = {"met": "green", "yes": "green", "not-met": "red", "no": "red", "unknown": "yellow"}


def view(opinion: Opinion, lang: str) -> RenderableType:
    """*opinion* in *lang*: question and answer, findings, grounds, duties, deadlines, what is missing, alternatives."""
    answer = opinion.answer.value
    parts: list[RenderableType] = [
        "",
        printing.text(opinion.question.get(lang), "bold"),
        printing.text(f"{said(answer, lang)}: {opinion.sentence.get(lang)}", _STYLES[answer]),
    ]
    if opinion.notice.en:
        parts.append(printing.text(opinion.notice.get(lang), "italic"))
    parts += [part for part in _tables(opinion, lang) if part is not None]
    return Group(*parts)


def _tables(opinion: Opinion, lang: str) -> tuple[RenderableType | None, ...]:
    findings = [
        (
            one.provision,
            printing.text(said(one.verdict.value, lang), _STYLES[one.verdict.value]),
            _because(one, lang),
            one.remedy.get(lang),
        )
        for one in opinion.findings
    ]
    grounds = [
        (one.provision, said(one.available.value, lang), one.question.get(lang), said(one.effect, lang))
        for one in opinion.grounds
    ]
    duties = [(one.provision, one.moment, one.reminder.get(lang) or one.what.get(lang)) for one in opinion.duties]
    deadlines = [
        (one.provision, one.label.get(lang), one.due or "", one.sentence.get(lang)) for one in opinion.deadlines
    ]
    missing = [(one.provision, one.key, one.question.get(lang)) for one in opinion.missing]
    others = [
        (one.provision, one.name.get(lang), said(one.binds_both.value, lang), one.serves.get(lang))
        for one in opinion.alternatives
    ]
    return (
        _table(lang, "findings", ("provision", "verdict", "because", "remedy"), findings),
        _table(lang, "grounds for declining or postponing", ("provision", "available", "question", "effect"), grounds),
        _table(lang, "duties", ("provision", "when", "what"), duties),
        _table(lang, "deadlines", ("provision", "what", "due", "how it runs"), deadlines),
        _table(lang, "not known yet", ("provision", "key", "question"), missing),
        _table(lang, "other instruments", ("provision", "instrument", "binds both", "serves"), others),
    )


def _because(one: Finding, lang: str) -> str:
    """Why, and that our description of the provision has not been checked, where it has not."""
    said = (*one.because, one.checked.words) if one.checked.how == "unchecked" else one.because
    return " ".join(words.get(lang) for words in said)


def _table(lang: str, title: str, headings: tuple[str, ...], rows: Sequence[Sequence[object]]) -> RenderableType | None:
    named = [said(heading, lang) for heading in headings]
    return Group("", printing.table(named, rows, title=said(title, lang))) if rows else None


def said(word: str, lang: str) -> str:
    """A word of this page, or a code of an opinion, in *lang*."""
    return FRENCH.get(word, word) if lang == "fr" else word
