"""From what a command is given for a law to its text: a file that is read here, or one that was imported."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.alignment.national.model import NationalText
from rogatory.alignment.national.reading import national_text
from rogatory.alignment.proposing.glossaries import languages
from rogatory.cli import printing
from rogatory.cli.progress import progress_of
from rogatory.cli.reading import SHORTEST, Ambiguous
from rogatory.cli.session import Session
from rogatory.documents import reading
from rogatory.law.words import Words
from rogatory.node.alignment import texts
from rogatory.ports.alignment import TextRow

LanguageOption = Annotated[
    str,
    typer.Option("--language", metavar="LANGUAGE", help="The language of the law, as in es; else told from the text."),
]
SHOWN_REMARKS = 12
_REMARKS = {
    "number-repeated": Words("stands twice or more", "se répète"),
    "number-skipped": Words("missing between its neighbours", "manque entre ses voisins"),
    "no-provisions": Words("no articles or sections were recognised", "aucun article ni section n’a été reconnu"),
    "language-unsure": Words("the language is not sure", "la langue n’est pas sûre"),
    "language-not-ranked": Words("a language that the glossary does not have", "une langue absente du glossaire"),
    "provision-long": Words("unusually long", "d’une longueur inhabituelle"),
    "preamble": Words("stands before the provisions, left out", "précède les dispositions, laissé de côté"),
    "contents": Words("lines of a table of contents, left out", "lignes d’une table des matières, laissées de côté"),
    "running-head": Words("lines repeated on the pages, left out", "lignes répétées de page en page, laissées de côté"),
    "annex": Words("an annex, left out", "une annexe, laissée de côté"),
    "close": Words("closes the act, left out", "clôt l’acte, laissé de côté"),
}
_ABOUT = (
    Words("title", "titre"),
    Words("language", "langue"),
    Words("provisions", "dispositions"),
    Words("in force since", "en vigueur depuis"),
)
_LEXICAL = Words(
    "The glossary does not have the language of this text ({lang}): it was ranked by likeness of words alone.",
    "Le glossaire n’a pas la langue de ce texte ({lang}) : le classement suit la seule ressemblance des mots.",
)
_MORE = Words("… and {count} more remarks (--json has them all)", "… et {count} autres remarques (toutes avec --json)")
_HEADINGS = (Words("to look at", "à regarder"), Words("what", "quoi"), Words("where", "où"))


def from_file(
    session: Session, path: Path, language: str = "", *, since: date | None = None, title: str = ""
) -> NationalText:
    """The law in the file at *path*, told of while it is read; raises what `documents.reading.read_file` raises."""
    size = path.stat().st_size
    with progress_of(session, "reading", size) as tell:
        document = reading.read_file(path, progress=_by_bytes(tell, size) if tell else None)
    return national_text(document, lang=language.lower(), since=since, title=title)


def file_or_held(session: Session, given: str, language: str = "") -> NationalText:
    """The law in the file *given*; else the text or the newest text of the law of that name, as `held_row` finds it.

    Raises what reading a file raises, and `NoSuchNationalLaw`, `Ambiguous` and `RoleMissing`.
    """
    path = Path(given)
    if path.is_file() or not texts.LAW_ID.fullmatch(given.lower()):
        return from_file(session, path, language)
    return texts.text(session.node, held_row(session, given).id)


def held_row(session: Session, given: str) -> TextRow:
    """The newest text of the law *given*; else the text whose id begins so, 8 signs or more.

    Raises `NoSuchNationalLaw`, `Ambiguous`, and `RoleMissing` for whoever may not read national laws.
    """
    texts.require_reader(session.actor)
    held = session.node.stores.alignment.texts()
    of_law = [one for one in held if one.law == given]
    begun = [one for one in held if len(given) >= SHORTEST and one.id.startswith(given.upper())]
    if not of_law and len(begun) == 1:
        return begun[0]
    if len(begun) > 1:
        raise Ambiguous(f"{given} could be {', '.join(one.id for one in begun[:5])}", remedy="Give more of it.")
    return texts.newest(session.node, given)


def summary(text: NationalText, lang: str) -> list[RenderableType | str]:
    """What a text is and what a person should look at in it."""
    names = [words.get(lang) for words in _ABOUT]
    values: tuple[Any, ...] = (text.title, text.lang, len(text.provisions), text.since)
    rows = [
        (one.subject, _REMARKS[one.code].get(lang) if one.code in _REMARKS else one.code, one.where)
        for one in text.remarks[:SHOWN_REMARKS]
    ]
    views: list[RenderableType | str] = [printing.pairs(dict(zip(names, values, strict=True)))]
    if rows:
        views += ["", printing.table([words.get(lang) for words in _HEADINGS], rows)]
    if len(text.remarks) > SHOWN_REMARKS:
        views.append(_MORE.fill(count=len(text.remarks) - SHOWN_REMARKS).get(lang))
    if text.lang not in languages():
        views.append(_LEXICAL.fill(lang=text.lang or "?").get(lang))
    return views


def _by_bytes(tell: Any, size: int) -> reading.Progress:
    """Pages told as their share of the file's bytes, which is what the bar counts."""
    return lambda done, of: tell(size * done // max(of, 1))
