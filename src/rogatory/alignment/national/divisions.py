"""The headings that stand above provisions: books, parts, titles, chapters, sections, in the languages of the laws.

Each word has a rank; a heading closes those of the same rank and of lower ones, so that what stands above a provision
is a path from the outermost to the innermost. A heading that only the file marks as one ranks below them all.
"""

import re

from rogatory.alignment.national.labels import MAX_TITLE
from rogatory.alignment.national.numbers import CHINESE, SUFFIX
from rogatory.law.copies import headings

#: Below every division that is named; a heading of level n ranks n below.
UNNAMED = 100
#: The words of each rank, the outermost first: book, part, title, chapter, section, subsection.
_RANKS = (
    "book livre libro livro buch boek книга kniha księga cartea buku kitap kitabu quyển الكتاب كتاب",
    "part partie parte teil deel часть частина część partea phần kısım sehemu القسم قسم الجزء جزء",
    "title titre título titulo titolo titel titlul раздел розділ dział الباب باب",
    "chapter chapitre capítulo capitulo capo kapitel hoofdstuk глава rozdział capitolul bab bölüm chương الفصل فصل",
    "section sección seccion seção secção sezione abschnitt afdeling secțiunea подраздел oddział bagian mục الفرع فرع",
    "subsection sous-section subsección subseção unterabschnitt paragraphe paragraaf division subdivision المبحث مبحث",
)
_RANK = {word: rank for rank, words in enumerate(_RANKS, start=1) for word in words.split()}
_WORDS = "|".join(sorted(map(re.escape, _RANK), key=len, reverse=True))
_NUMBERED = (
    rf"(?:i(?:er|re|ère)\b|[ivxlcdm]{{1,8}}\b(?:\s+{SUFFIX}\b)?|"
    r"\d{1,3}[a-z]?\b|[a-z]\b|prem\w+|pr[ée]lim\w+|prim\w+|segund\w+|terc\w+|cuart\w+|quart\w+|quint\w+|"
    r"sext\w+|s[ée]ptim\w+|sétim\w+|oct\w+|oitav\w+|noven\w+|non\w+|d[ée]cim\w+|vig[ée]sim\w+|deuxi\w+|troisi\w+|"
    r"quatri\w+|cinqui\w+|sixi\w+|septi\w+|huiti\w+|neuvi\w+|dixi\w+|"
    r"únic\w+|one|two|three|four|five|six|seven|eight|nine|ten|общ\w+|особ\w+|перв\w+|втор\w+|ال\w+|"
    r"thứ\s+\w+|ya\s+\w+|kesatu|kedua|ketiga|keempat|kelima)"
)
_FORWARD = re.compile(rf"[(\[]?\s*(?P<word>{_WORDS})\s*[-–:.]?\s*{_NUMBERED}(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
#: The number first: `Erster Abschnitt`, `1. Abschnitt`, `BİRİNCİ BÖLÜM`.
_BACKWARD = re.compile(
    rf"(?:\w+(?:er|tes|te|ci|cı|cu|cü|ncı|nci|ncu|ncü|nc[iı]̇?)|\d{{1,2}}\.|[IVX]+\.)\s+(?P<word>{_WORDS})\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CHINESE = re.compile(rf"第\s*[{CHINESE}\d]{{1,5}}\s*(?P<word>[编編篇章节節])(?P<rest>.*)", re.DOTALL)
_CHINESE_RANKS = {"编": 1, "編": 1, "篇": 1, "章": 4, "节": 5, "節": 5}
_ANNEX = re.compile(
    r"(?:the\s+)?(?:(?:first|second|third|\d\w*)\s+)?(?:schedules?|annex(?:e|es)?|appendix|anexos?|apéndice|allegat[oi]|"
    r"anlagen?|anhang|bijlagen?|приложени[ея]|додат(?:ок|ки)|附件|附录|附表|(?:ال)?ملحق|(?:ال)?مرفق|phụ lục|lampiran|"
    r"załącznik|anexa|kiambatisho)\b[\s\divxlcdm.:–—-]{0,12}",
    re.IGNORECASE,
)
_CLOSING_WORDS = ("sentence", "of", "to", "and", "du", "de", "del", "des", "der", "и", "من", "et", "y")


def rank(text: str, *, family: str = "", marked: bool = False) -> int:
    """The rank of the division that *text* heads, 0 for none; the word that heads provisions (*family*) heads none.

    What the file itself calls a heading (*marked*) may be as long as a sentence, and end like one.
    """
    text = text.strip()
    if len(text) > MAX_TITLE:
        return 0
    if text.startswith("第"):
        found = _CHINESE.match(text)
        return _CHINESE_RANKS[found["word"]] if found and not text.endswith(("。", "；", "，")) else 0
    found = _FORWARD.match(text) or _BACKWARD.match(text)
    if found is None:
        return 0
    word = found["word"].lower()
    if (family == "section" and word == "section") or (family == "الفصل" and word in ("الفصل", "فصل")):
        return 0
    if not marked and (_goes_on(found["rest"]) or (text.endswith((".", ";", ",")) and len(text) > 80)):
        return 0
    return _RANK.get(word, 0)


def titled(text: str) -> bool:
    """Whether a division's heading gives its title too, and not its number alone."""
    found = _CHINESE.match(text) or _FORWARD.match(text.strip()) or _BACKWARD.match(text.strip())
    return found is not None and any(sign.isalpha() for sign in found["rest"])


def is_annex(text: str) -> bool:
    """Whether *text* heads an annex or a schedule."""
    return len(text) <= MAX_TITLE and _ANNEX.match(text.strip()) is not None and not text.rstrip().endswith((";", ","))


def is_end(text: str) -> bool:
    """Whether *text* begins the formula that closes an act, or heads an annex."""
    return headings.ends(text) or is_annex(text)


def _goes_on(rest: str) -> bool:
    """Whether what follows the number makes it a reference: `Part II of the Act applies`."""
    rest = rest.strip(" )]")
    if not rest or rest[0] in ".:–—-|":
        return False
    return rest[0] in ",;(" or rest[0].islower() or rest.split()[0].lower() in _CLOSING_WORDS
