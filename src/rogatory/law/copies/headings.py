"""How the six authentic languages head an article and mark its paragraphs, letters and items.

A mark such as `i)` can mean a letter or a Roman number, `1.` a paragraph or, in a Chinese text, an item: so reading one
gives every meaning that it can have, and `splitting` takes the one that goes on with what came before.
"""

import re
import unicodedata
from dataclasses import dataclass

PARAGRAPH, LETTER, ITEM = 0, 1, 2
MAX_TITLE = 300

_CHINESE = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщ"
#: Cyrillic letters that look like Latin ones: Russian texts often mark letters with those.
_LOOKALIKES = str.maketrans("асеорхуікмтнв", "aceopxyikmthb")
_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
#: Small Roman numbers in their order.
ROMANS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
_ARABIC_ONES = (
    ("اولي", "واحد", "حادي", "واحده", "حاديه", "اول"), ("ثانيه", "ثاني"), ("ثالثه",), ("رابعه",), ("خامسه",),
    ("سادسه",), ("سابعه",), ("ثامنه",), ("تاسعه",), ("عاشره",),
)  # fmt: skip
_ARABIC_TENS = ("عشرون", "ثلاثون", "اربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")

_ROMAN_OR_DIGITS = r"(\d{1,3}|[ivxlc]{1,8})"
_ARTICLE = {
    "en": re.compile(rf"(?:article|art\.)\s*{_ROMAN_OR_DIGITS}\b\s*(.*)", re.IGNORECASE | re.DOTALL),
    "fr": re.compile(rf"(?:article|art\.)\s*(premier|1er|{_ROMAN_OR_DIGITS[1:-1]})\b\s*(.*)", re.I | re.S),
    "es": re.compile(rf"(?:art[ií]culo|art\.)\s*(primero|{_ROMAN_OR_DIGITS[1:-1]})\b\s*[º°]?\s*(.*)", re.I | re.S),
    "ru": re.compile(rf"статья\s*{_ROMAN_OR_DIGITS}(?![\w])\s*(.*)", re.IGNORECASE | re.DOTALL),
    "zh": re.compile(r"第\s*([一二三四五六七八九十百〇零两\d]{1,7})\s*条\s*(.*)", re.DOTALL),
    "ar": re.compile(
        r"(?:ال)?ماد[ةه]\s*\(?\s*(\d{1,3}|[\u0621-\u064a]+(?:\s+(?:و?ال)?[\u0621-\u064a]+)?)\s*\)?(?!\w)\s*(.*)",
        re.DOTALL,
    ),
}  # fmt: skip
#: How other languages head an article: where such a heading starts, the text in the wanted language has ended.
_FOREIGN = re.compile(
    r"(?:artikel|artigo|articolo|điều|стаття|члан|maddesi?|pasal)\s+(?:\d{1,3}|[ivx]+)\b", re.IGNORECASE
)
_DIVISION = re.compile(
    r"(?:(?:chapter|section|title|part|chapitre|titre|partie|cap[ií]tulo|secci[óo]n|t[ií]tulo|parte|глава|раздел|часть)"
    r"\s+(?:[ivxlc\d]+\b|premi(?:er|[èe]re)\b|primer[oa]?\b|[a-z]\b)|第[一二三四五六七八九十\d]+[章节編编]"
    r"|(?:ال)?(?:فصل|باب|قسم|فرع|جزء)\s+\S+)",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:in witness whereof|done (?:at|in)\b|en foi de quoi|fait [àa]\b|в удостоверение|совершено|en fe de lo cual|"
    r"en testimonio|hecho en\b|以昭信守|谨此作证|为此.{0,12}签署|وإثباتا|واثباتا|وإشهادا|حرر[ت]? في)"
    r"|^(?:annex|annexe|anexo|приложение|附件|(?:ال)?مرفق)(?:\s+[ivx\d]+)?$",
    re.IGNORECASE,
)
#: What ends a line of a table of contents.
_PAGE_NUMBER = re.compile(r"(?:[\s.…]{2,}\d*|\s\d+)$")
_MARK = re.compile(
    r"(?P<open>[(\[‘’'“\"]?)\s*"
    r"(?P<token>\d{1,3}|[ivx]{2,5}|[a-z]|[а-яі]|[ابجدهوزحطيكلمنسعفصقرشتثخذضظغأإآ]ـ?|هـ|[一二三四五六七八九十]{1,4})\s*"
    r"(?:(?P<close>[)\]’'”\".、:\-–—]+)\s*(?P<rest>.*)|\s+(?P<bare>\S.*))",
    re.DOTALL,
)
_BACKWARD = re.compile(r"\)\s*(\S{1,3}?)\s*\(")
_DASH_BEFORE = re.compile(r"[-–]\s*(\d{1,2})\s+(?=\S)")
_MARKS_OF_VOWELS = re.compile("[\u0640\u064b-\u0652\u0670]")
_ONE_FORM = str.maketrans("أإآٱىة", "ااااي\u0647")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of an article: its number, and the title that stands in the same line."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark before a text: what it can mean (level and place in its list), how it is written, what follows it."""

    meanings: tuple[tuple[int, int], ...]
    style: str
    rest: str


def folded(text: str) -> str:
    """Arabic *text* with one form for each letter and no vowel marks; anything else as it is."""
    return _MARKS_OF_VOWELS.sub("", text).translate(_ONE_FORM)


def heading(text: str, lang: str, *, marked: bool = False) -> Heading | None:
    """The article that *text* heads in *lang*, or `None`; *marked* when the file itself calls it a heading."""
    text = text.strip()
    found = _ARTICLE[lang].fullmatch(text)
    if found is None or len(text) > MAX_TITLE:
        return None
    number = _article_number(found[1], lang)
    if not number:
        return None
    rest = found[found.lastindex or 2].strip()
    title = re.sub(
        r"(?:[\s.…]{2,}\d*|\s\d+)$", "", rest.lstrip(".:–—- \u00a0)")
    ).strip()  # a page number, in a table of contents
    if not title:
        return Heading(number, "")
    separated = rest[0] in ".:–—-"
    if _is_sentence(title) or not (marked or separated or _begins_a_title(title, lang)):
        return None
    return Heading(number, title)


def other_heading(text: str, lang: str) -> bool:
    """Whether *text* heads an article in another language than *lang*, so that the wanted text has ended."""
    if _FOREIGN.match(text):
        return True
    shared = {"en": {"fr"}, "fr": {"en"}}.get(lang, set())
    return any(heading(text, other) is not None for other in _ARTICLE if other != lang and other not in shared)


def divides(text: str) -> bool:
    """Whether *text* heads a chapter, a section or another division above articles."""
    return len(text) <= MAX_TITLE and _DIVISION.match(text) is not None and not text.rstrip().endswith((".", ";", "。"))


def ends(text: str) -> bool:
    """Whether *text* begins the closing formula or an annex."""
    return _END.match(text.strip()) is not None


def mark(text: str) -> Mark | None:
    """The mark at the beginning of *text*, or `None` when it begins with a word."""
    start = unicodedata.normalize("NFKC", text[:16]).replace("\u200f", "").replace("\u200e", "")
    plain = _DASH_BEFORE.sub(r"\1- ", _BACKWARD.sub(r"(\1) ", start, count=1), count=1) if _odd(start) else start
    found = _MARK.match(plain + text[16:])
    if found is None:
        return None
    token, closed = found["token"], found["close"] or ""
    style = f"{'(' if found['open'] else ''}{_kind(token)}{closed[:1]}"
    meanings = _meanings(token, quoted=found["open"] in "‘’'“\"" and bool(found["open"]))
    rest = found["bare"] if found["rest"] is None else found["rest"]
    return Mark(meanings, style, rest.strip()) if meanings else None


def _odd(start: str) -> bool:
    return start.startswith((")", "-", "–"))


def _kind(token: str) -> str:
    if token.isdigit():
        return "1"
    return "一" if token[0] in _CHINESE or token[0] == "十" else "a"


def _meanings(token: str, *, quoted: bool) -> tuple[tuple[int, int], ...]:
    if token.isdigit():
        return ((ITEM, int(token)),) if quoted else ((PARAGRAPH, int(token)), (ITEM, int(token)))
    if _kind(token) == "一":
        number = chinese_number(token)
        return ((PARAGRAPH, number), (LETTER, number), (ITEM, number)) if number else ()
    letters = folded(token).lower()
    found: list[tuple[int, int]] = []
    latin = letters.translate(_LOOKALIKES)
    if len(latin) == 1 and "a" <= latin <= "z":
        found.append((LETTER, ord(latin) - ord("a") + 1))
    if latin in ROMANS:
        found.append((ITEM, ROMANS.index(latin) + 1))
    if len(letters) == 1:
        known = [alphabet for alphabet in (_CYRILLIC, _ABJAD, _ALPHABET) if letters in alphabet]
        found += [(LETTER, alphabet.index(letters) + 1) for alphabet in known]
    return tuple(dict.fromkeys(found))


def chinese_number(text: str) -> int:
    """The number, up to 999, that Chinese numerals write; 0 for what is none."""
    if text.isdigit() and text[0] not in _CHINESE:
        return int(text)
    total = current = 0
    for sign in text:
        if sign in _CHINESE:
            current = current * 10 + _CHINESE[sign]
        elif sign in "十百":
            total += (current or 1) * (10 if sign == "十" else 100)
            current = 0
        else:
            return 0
    return total + current


def _article_number(text: str, lang: str) -> int:
    if text.isdigit() and lang != "zh":
        return int(text)
    if lang == "zh":
        return chinese_number(text)
    if lang == "ar":
        return arabic_ordinal(text)
    return 1 if text.lower() in ("premier", "1er", "primero") else _roman(text.lower())


def arabic_ordinal(text: str) -> int:
    """The number, 1 to 99, of an Arabic ordinal such as those of articles; 0 for any other word."""
    words = [re.sub(r"^و?ال", "", word) for word in folded(text).split()]
    if not words or len(words) > 2:
        return 0
    if len(words) == 1:
        return _arabic_one(words[0]) or _arabic_ten(words[0])
    one, second = _arabic_one(words[0]), words[1]
    if second.startswith("عشر") and not second.startswith("عشرو") and not second.startswith("عشري"):
        return one + 10 if 0 < one < 10 else 0
    tens = _arabic_ten(second)
    return one + tens if one and tens else 0


def _arabic_one(word: str) -> int:
    return next((value for value, forms in enumerate(_ARABIC_ONES, start=1) if word in forms), 0)


def _arabic_ten(word: str) -> int:
    stem = re.sub(r"(?:ون|ين)$", "", word)
    tens = [re.sub(r"ون$", "", one) for one in _ARABIC_TENS]
    return (tens.index(stem) + 2) * 10 if stem in tens and stem != word else 0


def _roman(text: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    numbers = [values[sign] for sign in text if sign in values]
    if len(numbers) != len(text):
        return 0
    return sum(-one if one < after else one for one, after in zip(numbers, [*numbers[1:], 0], strict=True))


def _is_sentence(title: str) -> bool:
    return title.endswith((".", ";", ",", ":", "。", "；", "，", "：", "؛", "،")) and not re.search(r"\.{3}", title)


def _begins_a_title(title: str, lang: str) -> bool:
    if lang == "zh":
        return (
            not title.startswith(("第", "所", "规定", "的", "和", "、", "至", "或", "中", "以")) and "。" not in title
        )
    if lang == "ar":
        return not folded(title).startswith(("من ", "و ", "الي ", "او ", "فقره", "الفقره", "،"))
    return title[0].isupper() or title[0] in '“«"'
