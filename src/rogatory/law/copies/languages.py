"""Which language a text is written in, as far as an official copy must be told from one in another language.

Arabic, Chinese and Russian are told by their script, the Latin ones by their commonest words.
"""

import re
import unicodedata
from collections import Counter

SAMPLE = 200_000
#: Words so common that a few sentences tell the language. Those that two languages share are left out.
_COMMON = {
    "en": "the of and to shall by for with which this that be or such its any other from",
    "fr": "les des et du que par pour aux une dans ou est sur ce cette au sont qui leur toute",
    "es": "los las del y que por para una el con se su sus o cuando esta este como toda al",
    "nl": "het een van en op te zijn voor met wordt deze niet bij door",
    "de": "der die und den des von zu das ist für mit dem auf eine oder nicht",
    "it": "gli della di che per il delle nel alla dei con sono una ogni",
    "pt": "os das do que para uma em dos não ao pela pelo como cada",
    "vi": "của và các theo trong này được cho hoặc không với quy",
}
_SETS = {lang: frozenset(words.split()) for lang, words in _COMMON.items()}
_SCRIPTS = {"ARABIC": "ar", "CJK": "zh", "CYRILLIC": "ru"}
LEAST = 0.06


def language_of(text: str) -> str:
    """The language of *text*, as an ISO 639-1 code; empty when it cannot be told."""
    sample = text[:SAMPLE]
    letters = [unicodedata.name(sign, "").split(" ", 1)[0] for sign in sample[:: max(1, len(sample) // 4000)]]
    scripts = Counter(_SCRIPTS.get(name, name) for name in letters if name in _SCRIPTS or name == "LATIN")
    if not scripts:
        return ""
    first = scripts.most_common(1)[0][0]
    # A Chinese sign says as much as several letters, so a text with names in Latin letters stays Chinese.
    if scripts["zh"] * 2 > scripts["LATIN"]:
        return "zh"
    return first if first != "LATIN" else _latin(sample)


def _latin(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if not words:
        return ""
    counted = Counter(words)
    scores = {lang: sum(counted[word] for word in common) / len(words) for lang, common in _SETS.items()}
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] >= LEAST else ""
