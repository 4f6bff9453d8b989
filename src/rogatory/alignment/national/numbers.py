"""The numbers of provisions, in the digits and words of any script, as plain digits and as values that have an order.

`197 bis`, `١٤`, `第二百八十七条之一`, `XIV`, `3.º` and `المادة الرابعة عشرة` become `197 bis`, `14`, `287-1`, `14`, `3`
and `14`. A number has a series, the letter before it in some codes (`L323-1`), and parts: what it counts at each level.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rogatory.law.copies.headings import arabic_ordinal

#: Inserted provisions are counted in Latin; the first is the provision without such a word.
LATIN_COUNTS = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies", "undecies", "duodecies",
    "terdecies", "quaterdecies", "quindecies", "sexdecies", "septdecies", "octodecies", "novodecies", "vicies",
)  # fmt: skip
_OTHER_SPELLINGS = {"novies": "nonies", "quinquiès": "quinquies", "quinques": "quinquies", "sexiès": "sexies"}
SUFFIX = "(?:" + "|".join(sorted((*LATIN_COUNTS, *_OTHER_SPELLINGS), key=len, reverse=True)) + ")"
_ORDINALS = {
    word: value
    for value, words in enumerate(
        (
            "premier première unique primero primera único única primeiro primeira primo unico first one first",
            "deuxième second segundo segunda secondo two",
            "troisième tercero tercera terceiro terceira terzo third three",
            "quatrième cuarto cuarta quarto quarta fourth four",
            "cinquième quinto quinta fifth five",
            "sixième sexto sexta sesto sixth six",
            "septième séptimo séptima sétimo sétima settimo seventh seven",
            "huitième octavo octava oitavo oitava ottavo eighth eight",
            "neuvième noveno novena nono nona ninth nine",
            "dixième décimo décima decimo tenth ten",
        ),
        start=1,
    )
    for word in words.split()
}
ORDINAL_WORDS = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "一二三四五六七八九十百千〇零○两"
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]+")
_HUNDREDS = (("المائتين", 200), ("الثلاثمائة", 300), ("الأربعمائة", 400), ("الخمسمائة", 500), ("المائة", 100))
_ROMAN = re.compile(r"[ivxlc]{1,8}", re.IGNORECASE)
#: Arabic letters that count, in the order of the abjad, as Latin ones.
_LATIN = dict(zip("ابجدهوزحطيكلمن", "abcdefghijklmn", strict=True)) | {"أ": "a", "إ": "a", "đ": "d"}
_LATIN |= dict(zip("абвгдежзийклмноαβγδε", "abvgdejziyklmnoabgde", strict=True))
#: A number of more digits than this is none of a provision; only its first are counted by.
MOST_DIGITS = 12
_PIECE = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a provision: as it is cited, the series it counts in, and what it counts at each level."""

    text: str
    series: str
    parts: tuple[int, ...]

    def follows(self, other: "Number") -> bool:
        """Whether it can come right after *other*: the next one, or one inserted after it."""
        if self.series != other.series or self.parts <= other.parts:
            return False
        return self.parts[:1] == other.parts[:1] or self.parts[0] == other.parts[0] + 1

    def skips(self, other: "Number") -> bool:
        """Whether numbers are missing between *other* and it."""
        return self.series == other.series and bool(self.parts and other.parts) and self.parts[0] > other.parts[0] + 1


def number(text: str) -> Number:
    """The number that *text* writes (`197 bis`, `L. 323-1`, `١٤`, `XIV`); its parts are empty for a mere word."""
    plain = normal(text)
    return Number(plain, _series(plain), _parts(plain))


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """*text* in plain digits: marks of order and brackets left out, Latin counting words in small letters."""
    text = _SUPERSCRIPT.sub(lambda found: "-" + unicodedata.normalize("NFKC", found[0]), text)
    text = re.sub(r"\^(?=\d)", "-", text)
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u0640\ufeff\u064b-\u0652]", "", text)
    text = re.sub(r"(?<=\d)(?:\.?[ºª°]|er\b|re\b|o(?=[\s.\-–]|$))", "", text)
    text = re.sub(r"[‑–—]", "-", " ".join(text.replace("(", " ").replace(")", " ").split())).strip(" .-:")
    if text.lower() in _ORDINALS:
        return str(_ORDINALS[text.lower()])
    if _ROMAN.fullmatch(text) and (value := roman(text)):
        return str(value)
    text = re.sub(rf"(?<=\d)({SUFFIX})\b", r" \1", text, flags=re.IGNORECASE)
    text = re.sub(rf"\b{SUFFIX}\b", lambda found: found[0].lower(), text, flags=re.IGNORECASE)
    text = re.sub(r"\s*-\s*", "-", text)
    return re.sub(r"^([A-Z]{1,2})[.*\s]*(?=\d)", r"\1", text)


def chinese(text: str) -> int:
    """The number, up to 9,999, that Chinese numerals or digits write; 0 for what is none."""
    if text.isdecimal():
        return int(text[:MOST_DIGITS])
    total = current = 0
    for sign in text:
        if sign in _CHINESE_UNITS:
            total += (current or 1) * _CHINESE_UNITS[sign]
            current = 0
        elif sign in _CHINESE_DIGITS:
            current = current * 10 + _CHINESE_DIGITS[sign]
        else:
            return 0
    return total + current


@lru_cache(maxsize=2048)
def arabic_words(text: str) -> int:
    """The number that an Arabic ordinal of one to four words writes (`الخامسة والعشرون بعد المائة`); 0 for no such."""
    before, _, after = text.partition(" بعد ")
    base = next((value for word, value in _HUNDREDS if after.strip().startswith(word)), 0) if after else 0
    found = arabic_ordinal(before.strip())
    return found + base if found and (base or not after) else 0


def roman(text: str) -> int:
    """The value of a Roman number below 400; 0 for what is none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    counts = [values[sign] for sign in text.lower() if sign in values]
    if len(counts) != len(text):
        return 0
    return sum(-one if one < after else one for one, after in zip(counts, [*counts[1:], 0], strict=True))


def key(number: str) -> str:
    """*number* as it can stand in an address: `197-bis`, `14-bis` for `14 مكرر`; empty where nothing of it can."""
    plain = "".join(_LATIN.get(sign, sign) for sign in number.replace("مكرر", "bis").lower())
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")


def _series(plain: str) -> str:
    found = re.match(r"[^\d]*", plain)
    return found[0].strip().lower() if found else ""


def _parts(plain: str) -> tuple[int, ...]:
    start = re.search(r"\d", plain)
    if start is None:
        return ()
    return tuple(_part(piece) for piece in _PIECE.findall(plain[start.start() :].lower()))


def _part(piece: str) -> int:
    if piece.isdecimal():
        return int(piece[:MOST_DIGITS])
    piece = _OTHER_SPELLINGS.get(piece, piece)
    if piece in LATIN_COUNTS:
        return LATIN_COUNTS.index(piece) + 2
    if piece.startswith("مكرر"):
        return 2
    # British acts put `3ZA` between `3` and `3A`.
    total = -27 * 27 if len(piece) == 2 and piece[0] == "z" else 0
    for sign in piece[:3]:
        total = total * 27 + (ord(sign) - ord("a") + 1 if "a" <= sign <= "z" else ord(sign) % 64)
    return total
