"""Invented official texts for the search benchmark: the size and the vocabulary of treaties, none of their words.

A seeded program makes words of each language's letters with endings that its stemmer knows, as often as Zipf's law
says, and orders them in articles, paragraphs and letters. Twenty texts: three instruments in six languages, one in two.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rogatory.law.lookup.search import Text

COPIES = [(name, lang) for name in ("uncc", "untoc", "uncac") for lang in ("en", "fr", "es", "ru", "ar", "zh")]
COPIES += [("budapest", "en"), ("budapest", "fr")]
VOCABULARY = 2_600
WORDS = 18_000
ARTICLES = 68

SYLLABLES = {
    lang: text.split()
    for lang, text in {
        "en": "con ver tion pro sec mut le gal as sis tan ce re quest ev i den off en der pre ser va ju dic par ty sta",
        "fr": "con ver pro cé dé mu tu el en trai de ju di ci é ta par tie ré qui pre u ve dé lit ser va don né",
        "es": "con ve nio pro ce da tos ju rí di co es ta do par te so li ci tud prue ba de li to a sis ten cia",
        "ru": "кон вен ци го су дар ство уча ст ник про си вза им ный пра во вой по мощь дан ные пре ступ ле до ка",
        "ar": "اتف اق دول طرف طلب جر يم قان ون بيا نات حف ظ مسا عد سلط تسل دلي عمل شرط",
        "zh": "国 家 约 定 当 事 法 律 协 助 请 求 数 据 保 存 犯 罪 引 渡 证 机 关 通 知 期 限 措 施 主 管",
    }.items()
}
ENDINGS = {
    "en": ["", "s", "ed", "ing", "ation", "ations", "ment"],
    "fr": ["", "s", "e", "es", "ation", "ements", "er"],
    "es": ["", "s", "ción", "ciones", "ado", "ados", "ar"],
    "ru": ["", "а", "ов", "ами", "ение", "ения", "ный"],
    "ar": ["", "ة", "ات", "ين", "ية"],
    "zh": [""],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one language, the frequent ones first, and how often each is used."""

    lang: str
    words: Sequence[str]
    weights: Sequence[float]

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """That many words, frequent ones oftener, in any of their endings."""
        roots = chance.choices(self.words, self.weights, k=count)
        return [root + chance.choice(ENDINGS[self.lang]) for root in roots]


def vocabularies(chance: random.Random) -> dict[str, Vocabulary]:
    """One vocabulary a language."""
    return {lang: _vocabulary(lang, chance) for lang in SYLLABLES}


def _vocabulary(lang: str, chance: random.Random) -> Vocabulary:
    words: dict[str, None] = {}
    while len(words) < VOCABULARY // min(len(ENDINGS[lang]), 3):
        words["".join(chance.choices(SYLLABLES[lang], k=chance.choice((2, 2, 3, 3, 4))))] = None
    return Vocabulary(lang=lang, words=tuple(words), weights=[1 / place for place in range(1, len(words) + 1)])


def texts(chance: random.Random, known: dict[str, Vocabulary], *, words: int = WORDS) -> Iterator[Text]:
    """The provisions of the twenty copies, of about *words* words each."""
    for instrument, lang in COPIES:
        numbers = list(_numbers(chance))
        each = max(words // len(numbers), 4)
        for number in numbers:
            drawn = known[lang].draw(chance, chance.randint(each // 2, each * 3 // 2))
            gap = "" if lang == "zh" else " "
            title = gap.join(known[lang].draw(random.Random(number.partition("(")[0]), 5))
            yield Text(
                instrument=instrument, number=number, lang=lang, title=title, said=gap.join(drawn), official=True
            )


def _numbers(chance: random.Random) -> Iterator[str]:
    for article in range(1, ARTICLES + 1):
        for paragraph in range(1, chance.randint(2, 8)):
            yield f"{article}({paragraph})"
            for letter in "abcdef"[: chance.choice((0, 0, 0, 3, 5))]:
                yield f"{article}({paragraph})({letter})"
