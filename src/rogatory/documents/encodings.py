"""Which characters the bytes of an old text mean, where nothing says so.

1. A mark at the beginning decides. UTF-16 without one shows in its zero bytes, of which UTF-8 has none.
2. Then UTF-8 is tried, then what the file declares.
3. In a text whose letters are mostly those of ASCII, the other letters must all be letters of one language: each code
   page is tried with the languages that were written in it.
4. Any other text is guessed by how its letters are distributed; what cannot be made out is refused.
"""

import re
import unicodedata
from collections import Counter

from charset_normalizer import from_bytes

from rogatory.documents.limits import DocumentEncoding

SAMPLE = 200_000
#: So much of a text without a mark is zero bytes when it is UTF-16; so many of its characters are then of a kind.
ZEROS = 0.005
SOUND = 0.97
#: Letters beyond ASCII are a smaller part than this of any text in Latin letters.
FEW = 0.3
#: So many different letters beyond ASCII tell one language from another.
TELLING = 3
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: As browsers do: what calls itself Latin-1 is the code page that holds it.
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
          "gb2312": "gb18030", "gbk": "gb18030"}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SIGNS = frozenset("«»“”„‘’‚‹›–—…•·§°½¼¾€£©®\u00a0\u00ad")
#: The code pages of texts in Latin letters, the likelier first, and the letters of the languages written in each.
_LATIN = (
    ("cp1252", "àâæçéèêëîïôœùûüÿ áéíñóúüºª¿¡ àáâãçéêíóôõúüºª äöüß àèéìíòóùî áäéëïíóöúü åäöéæø àçèéíïóòúü áéíóúýþðæö"),
    ("cp1250", "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű čćđšž äâăîșțşţ"),
    ("iso8859-2", "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű čćđšž âăîşţ"),
    ("cp1254", "çğıiöşüâîû"),
    ("cp1257", "āčēģīķļņšūž ąčęėįšųūž äõöüšž"),
    ("iso8859-16", "âăîșț"),
    ("cp1258", "àâăđèéêìíòóôơùúưý\u0300\u0301\u0303\u0309\u0323"),
)


def decoded(data: bytes, *, declared: str = "") -> str:
    """The text of *data*: in UTF-8, as its mark or *declared* says, or as its bytes suggest.

    Raises `DocumentEncoding`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(_as(data, name))
    meant = _MEANT.get(declared.lower(), declared)
    for found in (_wide(data), _tried(data, "utf-8"), _tried(data, meant), _latin(data)):
        if found is not None:
            return _clean(found)
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise DocumentEncoding
    return _clean(_as(data, best.encoding))


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name) if name else None
    except (UnicodeDecodeError, LookupError):
        return None


def _as(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise DocumentEncoding(f"it began as {name}, and did not go on so") from error


def _wide(data: bytes) -> str | None:
    """*data* as UTF-16 without a mark, or `None` where it is none."""
    if len(data) % 2 or data.count(0) < ZEROS * len(data):
        return None
    big, small = (data[0::2].count(0), "utf-16-be"), (data[1::2].count(0), "utf-16-le")
    text = _tried(data, max(big, small)[1])
    sample = (text or "")[:SAMPLE]
    sound = sum(unicodedata.category(sign)[0] in "LMNPSZ" or sign in "\n\r\t" for sign in sample)
    return text if sample and sound >= SOUND * len(sample) else None


def _latin(data: bytes) -> str | None:
    """*data* as a text in Latin letters, or `None` where no language has the letters that any code page gives it."""
    high = [byte for byte in data[:SAMPLE] if byte > 127]
    if not high or len(high) > FEW * len(data[:SAMPLE]):
        return None
    best, score = "", (0.0, 0.0)
    for name, languages in _LATIN:
        letters = Counter(sign for sign in _small(_tried(bytes(high), name) or "") if sign not in _SIGNS)
        for own in languages.split():
            fits = sum(times for sign, times in letters.items() if sign in own) / max(letters.total(), 1)
            # Where two languages have all these letters, it is the one that has few others; of very few, the first.
            shown = sum(sign in letters for sign in own) / len(own) if len(letters) >= TELLING else 0.0
            found = round(fits, 2), shown
            if found > score:
                best, score = name, found
    text = _tried(data, best) if score[0] >= SOUND else None
    return unicodedata.normalize("NFC", text) if text is not None else None


def _small(letters: str) -> str:
    return letters.replace("İ", "ı").lower()


def _clean(text: str) -> str:
    """*text* without control characters; raises `DocumentEncoding` where they are too many for a text."""
    cleaned = _CONTROL.sub("", text)
    if len(text) - len(cleaned) > len(text) // 100:
        raise DocumentEncoding("it has so many control characters that it is no text")
    return cleaned
