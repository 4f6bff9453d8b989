"""How the laws of the world head an article or section, and what of that is a heading and what a mere reference.

A *family* is one way of heading provisions: the word for "article" before a number, "section", the sign §, 第…条, the
Arabic مادة, or the number alone as in common-law acts. A text has one family; the others in it are paragraphs, parts or
references. A label is *strong* when nothing but a title or a stop follows its number, *weak* when a sentence does.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from rogatory.alignment.national import numbers
from rogatory.alignment.national.numbers import CHINESE, ORDINAL_WORDS, SUFFIX, Number

MAX_TITLE = 250
#: Nothing longer than this stands before the end of a label.
LONGEST = 160
S = r"[\s\u200b-\u200f\u202a-\u202e\ufeff]"
_NUMBER = (
    rf"(?:[A-Z]{{1,2}}\.?\*?{S}?)?\d{{1,5}}(?:\.?[ºª°]|er\b|re\b|o(?=[\s.\-–]|$))?(?:[-–‑./]\d{{1,4}})*"
    rf"(?:[-–‑]?(?!{SUFFIX})[^\W\d_]{{1,2}}(?!\w))?(?:{S}?[-–]?{S}?{SUFFIX}\b(?:{S}\d{{1,2}}(?=\.))?)*(?:[-–‑.]\d{{1,3}})*(?:\^\d{{1,2}}|[⁰¹²³⁴-⁹]{{1,2}})?"
)
_ARTICLE_WORDS = (
    "articles|article|artículo|articulo|artigo|articolo|articolul|artikel|artikkel|artykuł|artikulli|neni|art|"
    "čl|članak|član|článek|článok|член|чл|статья|стаття|артыкул|ст|чланак|члан|madde|pasal|điều|điêù|"
    "kifungu cha|kifungu|ibara ya|ibara|άρθρο|ماده|دفعہ|धारा|अनुच्छेद|ধারা|มาตรา|סעיף|հոդված|მუხლი|seksyen"
)
_ARABIC_ORDINAL = r"ال[\u0621-\u0652]{3,9}(?:\s+(?:و?ال)?[\u0621-\u0652]{3,9}){0,4}"
_REPEATED = r"(?:\s*مكرر[\u0621-\u0652]{0,3}(?:\s*\(?\s*(?:\d{1,2}|[\u0621-\u064a])\s*\)?(?!\w))?)?"
_FAMILIES: dict[str, re.Pattern[str]] = {
    "article": re.compile(
        rf"(?P<word>(?:(?:ek|geçici|mükerrer|geci̇ci̇)\s+)?(?:{_ARTICLE_WORDS})){S}*\.?{S}*"
        rf"(?:n[º°o]\.?{S}*)?(?P<number>{_NUMBER}|[IVXLC]{{1,8}}(?!\w)|{ORDINAL_WORDS}(?!\w))",
        re.IGNORECASE,
    ),
    "section": re.compile(rf"(?P<word>section|sect|sec|s)\b{S}*\.?{S}*(?P<number>{_NUMBER})", re.IGNORECASE),
    "§": re.compile(rf"(?P<word>§{{1,2}}){S}*(?P<number>{_NUMBER}(?:{S}[a-z](?=[\s.]|$))?)"),
    "number-word": re.compile(
        rf"(?P<number>\d{{1,4}}(?:[-/.]\w{{1,3}}|{S}?[a-z])?)(?:\.?{S}*|-)(?P<word>§|pants|straipsnis|бап|modda|модда)(?!\w)",
        re.IGNORECASE,
    ),
    "第": re.compile(
        rf"(?P<word>第){S}*(?P<number>[{CHINESE}\d]{{1,9}}){S}*[条條](?:{S}*[之の]{S}*(?P<more>[{CHINESE}\d]{{1,3}}))?"
    ),
    "제": re.compile(rf"(?P<word>제){S}*(?P<number>\d{{1,4}}){S}*조(?:의{S}*(?P<more>\d{{1,3}}))?"),
    "مادة": re.compile(
        rf"(?P<word>(?:ال)?م\u0640*ا\u0640*د\u0640*[ةه]){S}*[(（\[﴾]?{S}*"
        rf"(?P<number>\d{{1,4}}{S}*[)）\]﴿]?{_REPEATED}|{_ARABIC_ORDINAL}){S}*[)）\]﴿]?"
    ),
    "الفصل": re.compile(rf"(?P<word>(?:ال)?فصل){S}+(?P<number>\d{{1,4}}(?:-\d{{1,3}})*{_REPEATED})"),
    "disposición": re.compile(
        rf"(?P<word>disposición\s+(?:adicional|transitoria|derogatoria|final))\s+(?P<number>{ORDINAL_WORDS}(?!\w)|\d{{1,2}})",
        re.IGNORECASE,
    ),
}
#: The families that number provisions beside any other.
BESIDES = ("disposición",)
NAMED = tuple(name for name in _FAMILIES if name not in BESIDES)
ALONE = "number"
_ALONE = re.compile(
    r"(?P<number>\d{1,4}(?:[A-Z]{1,3}|bis|ter)?)(?P<stop>\.(?!\d)|\s*\)|(?=\s))[\s.]*(?P<dash>[-–—]+)?\s*"
)
#: Words with a capital letter that go on with a reference; one that begins small is none of a title.
_REFERENCE = re.compile(r"(?:Abs|Absatz|Nr|Satz|Buchst|Khoản|Ayat|Ust|Abschn|Halbs)\b")
_ARABIC_REFERENCE = re.compile(r"(?:من|و|إلى|الى|أو|فقرة|الفقرة|بند|والمادة)\b|[،,]")
_CHINESE_REFERENCE = tuple("的第规和至所中或以、，与、")
_GROUPS = re.compile(r"(?:\s*\([^()]{1,8}\))+\s*")
_ENDS = (".", ";", ":", ",", "。", "；", "：", "，", "؛", "،", "—", "–", "-", "।")
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{3,}[)\]]\.?")
_CONTENTS = re.compile(r"(?:[\s.…·]{3,}|\t)\s*\d{1,4}\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """The label at the beginning of a block: its family, itself as written, its number, what follows, how sure."""

    family: str
    label: str
    number: Number
    rest: str
    strong: bool


def labels(text: str, *, marked: bool = False) -> tuple[Label, ...]:
    """Every label that *text* can begin with, at most one of each family; *marked* when the file calls it a heading."""
    start = text.lstrip(' \t\u200b\u200e\u200f\u202a\u202b\ufeff*_«“„"')
    if not start:
        return ()
    if start[0].isdecimal():
        return tuple(one for one in (_of("number-word", start), _alone(start, marked=marked)) if one)
    return tuple(one for name in _names(start[0]) if (one := _of(name, start)))


def label(text: str, family: str) -> Label | None:
    """The label of that family at the beginning of *text*, or `None`."""
    return next((one for one in labels(text) if one.family == family), None)


@cache
def inside(family: str, *, anywhere: bool) -> re.Pattern[str]:
    """What may be a label of *family* inside a block: after the end of a sentence, or *anywhere* after a space."""
    body = r"\d{1,4}[A-Z]{0,2}\.[-–—]?\s*[A-Z(]" if family == ALONE else _unnamed(_FAMILIES[family].pattern)
    before = r"\s+" if anywhere else r"(?<=[.;:»”\")。；])\s*"
    return re.compile(rf"{before}(?={body})", re.IGNORECASE if family in ("article", "section") else 0)


def is_title(text: str) -> bool:
    """Whether *text* reads like a title: short, not ended like a sentence or a clause."""
    text = text.strip()
    if not text or len(text) > MAX_TITLE or not any(sign.isalpha() for sign in text):
        return False
    return not text.endswith(_ENDS) or _IN_BRACKETS.fullmatch(text) is not None


def without_page(text: str) -> str:
    """*text* without the dots and the page number that end a line of a table of contents."""
    return _CONTENTS.sub("", text).rstrip(" .…·\t") if len(text) <= 2 * MAX_TITLE else text


def is_contents(text: str) -> bool:
    """Whether *text* ends like a line of a table of contents."""
    return len(text) <= 2 * MAX_TITLE and _CONTENTS.search(text) is not None


def _names(first: str) -> tuple[str, ...]:
    if first == "§":
        return ("§",)
    if first == "第":
        return ("第",)
    if first == "제":
        return ("제",)
    if "\u0600" <= first <= "\u06ff":
        return ("مادة", "الفصل", "article")
    if first in "dD":
        return ("disposición", "article")
    return ("section", "article") if first in "sS" else ("article",)


def _of(family: str, text: str) -> Label | None:
    found = _FAMILIES[family].match(text[:LONGEST])
    if found is None:
        return None
    counted = _READ.get(family, _latin)(found)
    if counted is None:
        return None
    end = found.end() + (1 if text[found.end() : found.end() + 1] in (".", "．") else 0)
    end += 1 if text[end : end + 1] in "º°" and end < len(text) else 0
    rest = text[end:]
    if _refers(rest, stopped=text[end - 1] == ".", family=family):
        return None
    bare = rest.lstrip(" \t\u00a0\u200e\u200f\u3000.:：)–—-\n").strip()
    stopped = text[end - 1] == "." or rest.lstrip()[:1] in (":", "：", "-", "–", "—", ")", "【", "(")
    strong = not bare or stopped or family == "第" or (bare[0].isupper() and is_title(bare))
    return Label(family, " ".join(text[:end].split()), counted, bare, strong)


def _refers(rest: str, *, stopped: bool, family: str) -> bool:
    """Whether what follows a number makes it a reference: `Article 5 of the Act`, `§ 3 Abs. 2`, `第五条的规定`."""
    after = rest.lstrip("\u200e\u200f")
    if not after.strip():
        return False
    if family in ("第", "제"):
        return after.lstrip().startswith(_CHINESE_REFERENCE)
    if family in ("مادة", "الفصل"):
        return _ARABIC_REFERENCE.match(after.lstrip(" ).")) is not None
    if after[0] in ",;/" or (after[0].isalnum() and not stopped):
        return True
    grouped = _GROUPS.match(after)
    words = after[grouped.end() if grouped else 0 :][:LONGEST].lstrip(" \u00a0.:–—-")
    if stopped or after.lstrip()[:1] in ("-", "–", "—", ":"):
        return False
    return words[:1].islower() or _REFERENCE.match(words) is not None


def _latin(found: re.Match[str]) -> Number | None:
    counted = numbers.number(found["number"])
    if not counted.parts:
        return None
    before = found["word"].split()[0].lower() if " " in found["word"] else ""
    if before in ("ek", "geçici", "mükerrer"):
        return Number(f"{before} {counted.text}", before, counted.parts)
    return counted


def _disposition(found: re.Match[str]) -> Number | None:
    counted = numbers.number(found["number"])
    word = " ".join(found["word"].lower().split())
    return Number(f"{word} {counted.text}", word, counted.parts) if counted.parts else None


def _east(found: re.Match[str]) -> Number | None:
    first, more = numbers.chinese(found["number"]), found["more"]
    if not first:
        return None
    second = numbers.chinese(more) if more else 0
    return Number(f"{first}-{second}", "", (first, second)) if second else Number(str(first), "", (first,))


def _arabic(found: re.Match[str]) -> Number | None:
    text = found["number"]
    if any(sign.isdecimal() for sign in text[:4]):
        counted = numbers.number(re.sub(r"مكرر[\u0621-\u0652]*", "مكرر", text))
        return Number(counted.text, "", counted.parts)
    words = text.split()
    values = ((numbers.arabic_words(" ".join(words[:count])), count) for count in range(len(words), 0, -1))
    value, count = next(((value, count) for value, count in values if value), (0, 0))
    # The rest of the words must not be left inside a label.
    return Number(str(value), "", (value,)) if value and count == len(words) else None


_READ: dict[str, Callable[[re.Match[str]], Number | None]] = {
    "第": _east,
    "제": _east,
    "مادة": _arabic,
    "الفصل": _arabic,
    "disposición": _disposition,
}


def _alone(text: str, *, marked: bool) -> Label | None:
    """A section headed by its number alone: `14. Heading`, `14.—(1) …`, `14A Heading`."""
    found = _ALONE.match(text[:LONGEST])
    if found is None or found["stop"].strip() == ")":
        return None
    counted = numbers.number(found["number"])
    rest = text[found.end() :].strip()
    stopped = found["stop"] == "."
    if not stopped and not (rest[:1].isupper() and (marked or is_title(rest))):
        return None
    if rest[:1] in ("%", "/"):
        return None
    titled = is_title(rest) and not rest[:1].islower()
    strong = titled or found["dash"] is not None or rest.startswith("(1)") or not rest
    return Label(ALONE, f"{found['number']}{'.' if stopped else ''}", counted, rest, strong)


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)
