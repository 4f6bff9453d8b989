"""The language of a law, and how sure that is.

A model of letter sequences that the installation carries tells 140 languages apart. The commonest words of the
languages that official copies have are a second opinion: where both agree, the language is sure. Dialects that a law
is not written in count as the language of its laws.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from rogatory.law.copies import languages as commonest

#: So many characters of a law are looked at, taken from so many places in it.
SAMPLE = 24_000
PLACES = 12
FEWEST = 40
SURE = 0.8
#: What the model may say of a law written in another's standard language.
_WRITTEN_AS = {
    "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "pcm": "en", "gcr": "fr", "gcf": "fr", "an": "es", "ext": "es",
    "vec": "it", "lij": "it", "uzs": "uz", "nn": "no", "bs": "hr", "crh": "tr", "ace": "id", "sdh": "ku", "ltg": "lv",
    "guw": "fr", "gug": "es", "bcl": "tl", "fuv": "ha",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """A language (ISO 639-1; empty when it cannot be told), how likely it is from 0 to 1, and whether that is sure."""

    lang: str
    likely: float
    sure: bool


def language(texts: Iterable[str]) -> Language:
    """The language that most of *texts* is written in."""
    sample = _sample(list(texts))
    if sum(sign.isalpha() for sign in sample) < FEWEST:
        return Language("", 0.0, sure=False)
    scores: dict[str, float] = {}
    for name, score in _model().rank(sample)[:5]:
        scores[_WRITTEN_AS.get(name, name)] = scores.get(_WRITTEN_AS.get(name, name), 0.0) + float(score)
    best = max(scores, key=lambda name: scores[name])
    if len(best) != 2:
        return Language("", 0.0, sure=False)
    agreed = commonest.language_of(sample) == best
    return Language(
        best, round(min(scores[best], 1.0), 3), sure=scores[best] >= SURE or (agreed and scores[best] > 0.5)
    )


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _sample(texts: list[str]) -> str:
    """Characters from the beginning, the middle and the end of *texts*, so that a foreign preamble does not decide."""
    step = max(1, len(texts) // (PLACES * 20))
    pieces: list[str] = []
    size = 0
    for text in texts[::step]:
        pieces.append(text[:2000])
        size += len(pieces[-1])
        if size > SAMPLE and step == 1:
            break
    whole = "\n".join(pieces)
    part = SAMPLE // PLACES
    if len(whole) <= SAMPLE:
        return whole
    return "\n".join(whole[place * len(whole) // PLACES :][:part] for place in range(PLACES))
