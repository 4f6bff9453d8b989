"""Whether a document is what it is said to be: this instrument, in this language.

The instrument is told by its shape (which articles have which paragraphs and letters), by how many articles it has,
and in English and French by the words of the titles too. A copy that fits another instrument better than the one it
was given as, or none at all, is refused before anything is kept.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rogatory.errors import BadInput
from rogatory.kernel.blocks import Document
from rogatory.law.copies import languages, splitting
from rogatory.law.copies.official import AUTHENTIC, OfficialArticle, OfficialCopy
from rogatory.law.model import Law
from rogatory.law.provisions import article_of

#: A copy of the right instrument fits to far more than this, one of another to far less.
LEAST_FIT = 0.6
MARGIN = 0.08
FEWEST_ARTICLES = 3
SAMPLE_ARTICLES = 12


class NoArticles(BadInput):
    """No articles were found in the document."""

    code = "no-articles"
    remedy = "Give the text of the instrument itself, whose articles stand under headings such as “Article 42”."


class OtherLanguage(BadInput):
    """The document is in another language than was said."""

    code = "copy-other-language"
    remedy = "Say the language that the text is in, or give the file in that language."


class OtherInstrument(BadInput):
    """The document is not the instrument that was said."""

    code = "copy-other-instrument"
    remedy = "Say the instrument that it is, or give another file."


class NotAuthentic(BadInput):
    """The instrument is not authentic in that language."""

    code = "copy-not-authentic"
    remedy = "Give one of the languages in which the instrument is authentic."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a text fits an instrument, from 0 to 1 each: shape, titles (`None` where not compared), and all."""

    instrument: str
    shape: float
    titles: float | None
    whole: float


def read_copy(document: Document, law: Law, *, instrument: str, lang: str) -> OfficialCopy:
    """The official copy that *document* holds.

    Raises `UnknownInstrument`, `NotAuthentic`, `NoArticles`, `OtherLanguage` and `OtherInstrument`.
    """
    known = law.instrument(instrument)
    if lang not in known.languages or lang not in AUTHENTIC:
        listed = ", ".join(one for one in known.languages if one in AUTHENTIC)
        raise NotAuthentic(f"{known.short.en} is authentic in {listed}, not in {lang!r}", where=document.name)
    articles = _wanted(document, lang)
    _check_instrument(articles, law, instrument, lang, document.name)
    return OfficialCopy(
        instrument=instrument,
        lang=lang,
        title=document.title,
        file_name=document.name,
        format=document.format,
        sha256=document.sha256,
        articles={article.number: article for article in articles},
    )


def language(document: Document) -> str:
    """The authentic language in which *document* is written; raises `OtherLanguage` when it cannot be told."""
    found = languages.language_of(_text_of(document))
    if found not in AUTHENTIC:
        said = f"it looks like {found}" if found else "its language cannot be told"
        raise OtherLanguage(f"{said}, not like {', '.join(AUTHENTIC)}", where=document.name)
    return found


def fits(articles: Sequence[OfficialArticle], law: Law, lang: str) -> tuple[Fit, ...]:
    """How well *articles* fit each instrument, the best first."""
    return tuple(sorted((_fit(articles, law, name, lang) for name in law.instruments), key=lambda one: -one.whole))


def _wanted(document: Document, lang: str) -> tuple[OfficialArticle, ...]:
    """The longest run of articles that is written in *lang*."""
    found = [run for run in splitting.runs(document.blocks, lang) if len(run) >= FEWEST_ARTICLES and _size(run)]
    spoken = [(run, languages.language_of(_sample(run))) for run in found]
    fitting = [run for run, spoke in spoken if spoke == lang]
    if fitting:
        return max(fitting, key=_size)
    seen = {spoke for _, spoke in spoken if spoke} or {languages.language_of(_text_of(document))}
    others = [other for other in AUTHENTIC if other != lang and any(splitting.runs(document.blocks, other))]
    if seen - {lang, ""} or others:
        shown = ", ".join(sorted(seen - {lang, ""} or set(others)))
        raise OtherLanguage(f"no text in {lang!r} was found; what is there looks like {shown}", where=document.name)
    raise NoArticles(f"fewer than {FEWEST_ARTICLES} articles stand under headings in {lang!r}", where=document.name)


def _check_instrument(articles: Sequence[OfficialArticle], law: Law, instrument: str, lang: str, name: str) -> None:
    ranked = fits(articles, law, lang)
    best, own = ranked[0], next(one for one in ranked if one.instrument == instrument)
    count = len(articles)
    if best.instrument != instrument and best.whole - own.whole > MARGIN and best.whole >= LEAST_FIT:
        found = law.instruments[best.instrument].short.en
        raise OtherInstrument(f"its {count} articles are those of {found} ({best.instrument})", where=name)
    if own.whole < LEAST_FIT:
        short = law.instruments[instrument].short.en
        raise OtherInstrument(
            f"its {count} articles do not have the paragraphs of {short}, nor of any instrument known here "
            f"(fit {own.whole:.0%}, at least {LEAST_FIT:.0%} is needed)",
            where=name,
        )


def _fit(articles: Sequence[OfficialArticle], law: Law, instrument: str, lang: str) -> Fit:
    ours: dict[str, set[str]] = {}
    for number in law.by_number[instrument]:
        ours.setdefault(article_of(number), set()).add(number)
    theirs = {article.number: {one.number for one in article.provisions} for article in articles}
    scores = [_alike(ours[number], theirs[number]) for number in ours if number in theirs]
    counted = [score for score in scores if score is not None]
    shape = sum(counted) / len(counted) if counted else 0.0
    highest, size = max(int(number) for number in theirs), law.instruments[instrument].articles
    count = 1.0 if highest == size else 0.7 if highest < size else max(0.0, 0.6 - 0.05 * (highest - size))
    titles = _titles(articles, law, instrument, lang)
    parts = [(shape, 3), (count, 1), *([(titles, 3)] if titles is not None else [])]
    whole = sum(value * weight for value, weight in parts) / sum(weight for _, weight in parts)
    return Fit(instrument=instrument, shape=shape, titles=titles, whole=whole)


def _alike(ours: set[str], theirs: set[str]) -> float | None:
    """How much of the paragraphs, and of the letters where we have them, two descriptions of an article share."""
    mine, other = _depth(ours, 1), _depth(theirs, 1)
    split = {number[: number.rindex("(")] for number in _depth(ours, 2)}
    mine |= _depth(ours, 2)
    other |= {number for number in _depth(theirs, 2) if number[: number.rindex("(")] in split}
    if not mine:
        return None  # described as a whole: nothing to compare
    return len(mine & other) / len(mine | other)


def _depth(numbers: Iterable[str], depth: int) -> set[str]:
    """The numbers of that depth, and those that deeper ones imply."""
    found = set()
    for number in numbers:
        parts = number.split("(")
        if len(parts) > depth:
            found.add("(".join(parts[: depth + 1]))
    return found


def _titles(articles: Sequence[OfficialArticle], law: Law, instrument: str, lang: str) -> float | None:
    if lang not in ("en", "fr"):
        return None
    ours: Mapping[str, str] = {one.article: one.title.get(lang) for one in law.provisions(instrument)}
    shared = [
        _overlap(title_words(one.title), title_words(ours[one.number]))
        for one in articles
        if one.title and one.number in ours
    ]
    return sum(shared) / len(shared) if shared else None


def title_words(text: str) -> frozenset[str]:
    """The beginnings of the longer words of *text*, without accents: enough to find the same words again."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return frozenset(word[:5] for word in re.findall(r"[a-z]{4,}", plain))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)


def _size(run: Sequence[OfficialArticle]) -> int:
    return sum(len(one.text) for article in run for one in article.provisions)


def _sample(run: Sequence[OfficialArticle]) -> str:
    step = max(1, len(run) // SAMPLE_ARTICLES)
    return " ".join(one.text for article in run[::step] for one in article.provisions)


def _text_of(document: Document) -> str:
    return " ".join(block.text for block in document.blocks[:2000])
