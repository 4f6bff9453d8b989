"""Made-up official texts: the shape of an instrument as our data tell it, in our own words or those of nobody's treaty.

Each authentic language has its usual style of headings and marks, and one more that is met in practice. A change to the
text (a paragraph left out, another period) is made on the list of parts before it is written down.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rogatory.law.copies.outline import Node, outline
from rogatory.law.loader import load_law

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
CHINESE = "〇一二三四五六七八九"
ABJAD = ("أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص")
CYRILLIC = "абвгдежзиклмнопрст"

SENTENCES = {
    "en": "The keeper of the garden shall see to it that the gate is closed and that any visitor with a lamp leaves.",
    "fr": "Le gardien du jardin veille à ce que la porte soit fermée et que tout visiteur qui a une lampe la laisse aux voisins.",
    "es": "El guardián del jardín cuidará de que la puerta esté cerrada y de que los visitantes con lámpara la dejen en la entrada.",
    "ru": "Хранитель сада следит за тем, чтобы ворота были закрыты, а каждый посетитель с лампой оставлял ее у входа.",
    "zh": "花园的看守人应当确保大门关闭，并请每一位带灯的来客把灯留在入口处。",
    "ar": "يحرص حارس الحديقة على أن يكون الباب مغلقا وأن يترك كل زائر يحمل مصباحا مصباحه عند المدخل.",
}
TITLES = {
    "en": "Keeping of the garden",
    "fr": "Garde du jardin",
    "es": "Cuidado del jardín",
    "ru": "Охрана сада",
    "zh": "花园的看守",
    "ar": "حراسة الحديقة",
}
END = {"zh": "。", "ar": "."}
UNITS = {
    "en": {"days": "days", "months": "months", "years": "years"},
    "fr": {"days": "jours", "months": "mois", "years": "ans"},
    "es": {"days": "días", "months": "meses", "years": "años"},
    "ru": {"days": "дней", "months": "месяцев", "years": "лет"},
    "zh": {"days": "日", "months": "个月", "years": "年"},
    "ar": {"days": "يوما", "months": "أشهر", "years": "سنوات"},
}
WORDS = {
    "en": {60: "sixty", 90: "ninety", 30: "thirty", 15: "fifteen", 40: "fortieth"},
    "fr": {60: "soixante", 90: "quatre-vingt-dix", 30: "trente", 15: "quinze", 40: "quarantième"},
    "es": {60: "sesenta", 90: "noventa", 30: "treinta", 15: "quince", 40: "cuadragésimo"},
    "ru": {60: "шестидесяти", 90: "девяноста", 30: "тридцати", 15: "пятнадцати", 40: "сорокового"},
    "zh": {60: "六十", 90: "九十", 30: "三十", 15: "十五", 40: "第四十"},
    "ar": {60: "ستين", 90: "تسعين", 30: "ثلاثين", 15: "خمسة عشر", 40: "الأربعين"},
}
TWO_THIRDS = {
    "en": "two-thirds",
    "fr": "deux tiers",
    "es": "dos tercios",
    "ru": "две трети",
    "zh": "三分之二",
    "ar": "ثلثي",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a made-up text: the number it stands under as we write it, its mark as the language does, its text.

    Titles and headings have the number of their article and no mark.
    """

    number: str
    kind: str
    mark: str
    text: str

    @property
    def line(self) -> str:
        """What stands in the file."""
        return f"{self.mark}{self.text}"


@dataclass(frozen=True, slots=True)
class Style:
    """How one language heads an article and marks paragraphs, letters and items, each from its number."""

    article: Callable[[int], str]
    paragraph: Callable[[int], str]
    letter: Callable[[int], str]
    item: Callable[[int], str]


def chinese(number: int) -> str:
    """*number*, up to 99, in Chinese."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else CHINESE[tens]) + "十" if tens else "") + (CHINESE[ones] if ones else "")


def latin(number: int) -> str:
    """The letter of that place."""
    return chr(ord("a") + number - 1)


ONES = ["الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة"]
TENS = ["العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون"]


def arabic_ordinal(number: int) -> str:
    """The ordinal, up to 79, that heads an article."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return ONES[number - 1]
    first = "الحادية" if ones == 1 else ONES[ones - 1] if ones else ""
    if tens == 1:
        return f"{first} عشرة"
    return f"{first} و{TENS[tens - 2]}" if ones else TENS[tens - 2]


STYLES = {
    "en": Style(
        lambda n: f"Article {n}", lambda n: f"{n}. ", lambda n: f"({latin(n)}) ", lambda n: f"({ROMAN[n - 1]}) "
    ),
    "fr": Style(
        lambda n: "Article premier" if n == 1 else f"Article {n}",
        lambda n: f"{n}. ",
        lambda n: f"{latin(n)}) ",
        lambda n: f"{ROMAN[n - 1]}) ",
    ),
    "es": Style(
        lambda n: f"Artículo {n}", lambda n: f"{n}. ", lambda n: f"{latin(n)}) ", lambda n: f"{ROMAN[n - 1]}) "
    ),
    # Russian texts mark letters as in Latin, with Cyrillic а, с and е among them.
    "ru": Style(
        lambda n: f"Статья {n}",
        lambda n: f"{n}. ",
        lambda n: f"{latin(n).translate(str.maketrans('ace', 'асе'))}) ",
        lambda n: f"{ROMAN[n - 1]}) ",
    ),
    "zh": Style(
        lambda n: f"第{chinese(n)}条", lambda n: f"{chinese(n)}、", lambda n: f"（{chinese(n)}）", lambda n: f"{n}. "
    ),
    "ar": Style(lambda n: f"المادة {n}", lambda n: f"{n}- ", lambda n: f"({ABJAD[n - 1]}) ", lambda n: f"'{n}' "),
}
OTHER_STYLES = {
    "en": Style(
        lambda n: f"ARTICLE {n}", lambda n: f"({n}) ", lambda n: f"{latin(n)}. ", lambda n: f"{ROMAN[n - 1]}. "
    ),
    "fr": Style(
        lambda n: "Article 1er" if n == 1 else f"Article {n}",
        lambda n: f"{n} ",
        lambda n: f"{latin(n)} ",
        lambda n: f"{ROMAN[n - 1]} ",
    ),
    "es": Style(
        lambda n: "Artículo primero" if n == 1 else f"Artículo {n}",
        lambda n: f"{n}) ",
        lambda n: f"{latin(n)}) ",
        lambda n: f"({ROMAN[n - 1]}) ",
    ),
    "ru": Style(
        lambda n: f"Статья {n}", lambda n: f"{n}. ", lambda n: f"{CYRILLIC[n - 1]}) ", lambda n: f"{ROMAN[n - 1]}) "
    ),
    "zh": Style(
        lambda n: f"第 {n} 条",
        lambda n: f"{n}. ",
        lambda n: f"({latin(n)}) ",
        lambda n: chr(ord("㈠") + n - 1) + " ",
    ),
    "ar": Style(
        lambda n: f"المادة {arabic_ordinal(n)}",
        lambda n: f"{n} - ".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda n: f"{ABJAD[n - 1]}) ",
        lambda n: f"'{n}' ",
    ),
}


def parts(instrument: str, lang: str, style: Style | None = None) -> list[Part]:
    """A made-up text in *lang* that has every article, paragraph, letter, item and value that our data have."""
    return list(_made(instrument, lang, style))


@cache
def _made(instrument: str, lang: str, style: Style | None) -> tuple[Part, ...]:
    law, chosen = load_law(), style or STYLES[lang]
    by_article: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for one in law.provisions(instrument):
        by_article.setdefault(one.article, []).append(one.number)
        titles[one.article] = one.title.get(lang) if lang in ("en", "fr") else TITLES[lang]
    found: list[Part] = []
    for article in map(str, range(1, law.instruments[instrument].articles + 1)):
        found.append(Part(article, "heading", "", chosen.article(int(article))))
        found.append(Part(article, "title", "", titles.get(article, TITLES[lang])))
        root = outline(by_article.get(article, [article]), article)
        found += _under(root, instrument, lang, chosen)
    return tuple(found)


def _under(node: Node, instrument: str, lang: str, style: Style) -> Iterator[Part]:
    label, mark = node.label.strip("()"), ""
    if label.isdigit():
        mark = style.paragraph(int(label))
    elif label:
        above = node.number[: -len(node.label)]
        is_item = above.endswith(")") and not above[:-1].rsplit("(", 1)[-1].isdigit()
        mark = style.item(ROMAN.index(label) + 1) if is_item else style.letter(ord(label) - ord("a") + 1)
    if label or not node.parts or all(not part.label[1].isdigit() for part in node.parts):
        text = _sentence(node.number, instrument, lang, opens=bool(node.parts))
        yield Part(node.number, "text", mark, text)
    if node.parts and node.parts[0].label == "(c)":
        # Our data know one letter of a list: the text has those before it too.
        for number in (1, 2):
            yield Part(f"{node.number}({latin(number)})", "text", style.letter(number), SENTENCES[lang])
    for part in node.parts:
        yield from _under(part, instrument, lang, style)


def _sentence(number: str, instrument: str, lang: str, *, opens: bool) -> str:
    provision = load_law().by_number[instrument].get(number)
    text = (provision.what.get(lang) if provision and lang in ("en", "fr") else SENTENCES[lang]).rstrip(".。;:")
    if provision is not None and provision.values:
        text += " " + ", ".join(_value(name, n, lang) for name, n in provision.values[-1].numbers.items())
    return text + (":" if opens else END.get(lang, "."))


def _value(name: str, number: int, lang: str) -> str:
    if name.startswith("majority"):
        return TWO_THIRDS[lang]
    written = WORDS[lang].get(number, str(number))
    unit = UNITS[lang].get(name.removeprefix("lowest_"), "")
    return f"{written}{'' if lang == 'zh' else ' '}{unit}" if unit else written


def without(text: Sequence[Part], number: str) -> list[Part]:
    """*text* without the provision of that number and what stands under it."""
    return [part for part in text if part.number != number and not part.number.startswith(f"{number}(")]


def with_text(text: Sequence[Part], number: str, words: str) -> list[Part]:
    """*text* with other words at that number."""
    return [replace(part, text=words) if part.number == number and part.kind == "text" else part for part in text]


def plain(text: Sequence[Part]) -> str:
    """The text as a plain file has it: a line a part, a blank line before an article."""
    lines = [("\n" if part.kind == "heading" else "") + part.line for part in text]
    return "\n".join(lines) + "\n"


def markdown(text: Sequence[Part]) -> str:
    """The text as Markdown."""
    marks = {"heading": "### ", "title": "#### ", "text": ""}
    return "\n\n".join(marks[part.kind] + part.line for part in text) + "\n"


def html(text: Sequence[Part], lang: str) -> str:
    """The text as a page, with a menu and a script that are not part of it."""
    tags = {"heading": "h2", "title": "h3", "text": "p"}
    body = "\n".join(f"<{tags[part.kind]}>{part.line}</{tags[part.kind]}>" for part in text)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>T</title>'
        f"<script>var article = 'Article 1';</script></head><body><nav>Article 1 Article 2</nav>{body}</body></html>"
    )
