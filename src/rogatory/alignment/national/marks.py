"""The numbered paragraphs, letters and items of a provision: its passages, each with its path of marks.

A mark has a style, how it is written (`1.`, `(1)`, `a)`, `I –`, `（一）`, `١ –`, `§ 1º`), which says the depth: one
that stands open is gone on with, another begins a deeper level. `(i)` goes on from `(h)`, and else begins Roman
numbers. A text without a mark is a passage without a number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rogatory.alignment.national import numbers
from rogatory.alignment.national.model import Passage
from rogatory.alignment.national.numbers import SUFFIX

DEEPEST = 6
#: The style of a number that has no sign of a list.
BARE = "bare"
#: Where a line's end may break a word; what looks for words must not see it.
SOFT_HYPHEN = "\u00ad"
_ORDINALS_AR = ("أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر")
_CHINESE = "一二三四五六七八九十百"
_ARABIC = r"هـ?|[ء-ي]ـ?"
_WITHIN = (
    rf"\d{{1,3}}(?:[-\s]?{SUFFIX}|[a-z]{{1,2}})?|[ivxl]{{1,7}}|[a-zđñ]{{1,2}}|[а-яёіїєґ]|"
    rf"[{_CHINESE}]{{1,4}}|جـ|{_ARABIC}"
)
_BARE = (
    rf"[ivx]{{1,7}}|[a-zđñ](?:[-\s]{SUFFIX}(?=[)）]))?|(?P<twice>[a-z])(?P=twice)|[а-яёіїєґ]|"
    rf"[{_CHINESE}]{{1,4}}(?=\s*[、．.)）])|{_ARABIC}"
)
_MARK = re.compile(
    rf"(?:(?P<sign>§{{1,2}})\s*(?P<signed>\d{{1,3}}[a-z]?)[º°o]?\s*[.–—-]?(?=\s)"
    r"|(?P<only>parágrafo único|paragraphe unique|párrafo único)\s*[.:–—-]*"
    rf"|(?P<order>(?:{'|'.join(_ORDINALS_AR)})[\u064b-\u0652\u0627\u064a]{{0,3}})\s*[:.–—-]"
    rf"|[(（\[]\s*(?P<within>{_WITHIN})\s*[)）\]][.:]?"
    rf"|(?P<count>\d{{1,3}}(?:[-\s]?{SUFFIX}|[a-z](?=[.)]))?)"
    r"(?P<ends>\)|）|\.[ºª°)\-–—]*(?=[\s(]|$|[^\W\d_])|[º°ª][.)]?(?=\s)|、|．|\s?[-–—](?=\s|[\u0600-\u06ff]))"
    rf"|(?P<bare>{_BARE})\s*(?P<close>[)）]|\.[)\-–—]?(?=\s|$)|、|．|\s?[-–—](?=\s)|[-–—](?=[\u0600-\u06ff])))\s*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(\d{1,2})\s+(?=[^\W\d_])")
_INSIDE = re.compile(
    r"(?P<end>[;:.—–；：。])\s*(?:(?:and|or|et|ou|y|o|e|und|oder|и|или|и/или|або|та|و|أو|和|或)\s+)?"
    r"(?=§\s*\d{1,2}\.|[(（](?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6}|[一二三四五六七八九十]{1,3}|[ء-ي]ـ?)[)）]\s*[^\s;,.)])"
)
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:alin|al|arts?|par|paras?|parág|sect?|secs|subs?|subsec|ust|abs|nr|nos?|inc|cl|pt|pkt|lit|let|fracc|núm|num|"
    r"cap|ch|ss?|reg|ст|ч|п|пп|пункт|lg)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its style, without the kind of letter; what it writes; the text after it."""

    style: str
    token: str
    rest: str


@dataclass(slots=True)
class _Level:
    style: str
    kind: str
    value: int
    shown: str


def mark(text: str, *, signs: bool = True) -> Mark | None:
    """The mark at the beginning of *text*, or `None` where a word begins it, or § when *signs* do not mark lists."""
    found = _MARK.match(text[:60])
    if found is None or (found["sign"] and not signs):
        return None
    rest = text[found.end() :].strip()
    if found["sign"]:
        return Mark("§", found["signed"], rest)
    if found["only"]:
        return Mark("§", "1", rest)
    if found["order"]:
        value = next(place for place, word in enumerate(_ORDINALS_AR, start=1) if found["order"].startswith(word))
        return Mark("order", str(value), rest)
    if found["within"]:
        return Mark("()", found["within"], rest)
    close = (found["ends"] or found["close"]).strip()
    if not rest and close not in (")", "）"):
        return None
    style = "º" if set(close) & set("º°ª") else close[:1].replace("–", "-").replace("—", "-")
    return Mark(style, found["count"] or found["bare"], rest)


def passages(texts: Iterable[str], *, signs: bool = True) -> tuple[Passage, ...]:
    """The passages that *texts*, the paragraphs of one provision, make up; *signs* unless § heads the provisions."""
    return tuple(_Path(signs=signs).passages(texts))


class _Path:
    """The levels that stand open while a provision is read."""

    def __init__(self, *, signs: bool) -> None:
        self._open: list[_Level] = []
        self._signs = signs

    def passages(self, texts: Iterable[str]) -> Iterator[Passage]:
        for text in texts:
            for piece in self._pieces(" ".join(text.replace(SOFT_HYPHEN, "").split())):
                found = mark(piece, signs=self._signs) or self._bare_number(piece)
                yield Passage(number=self._number(found) if found else "", text=piece)
                # A letter may stand right behind a number: `(1) (a) whoever …`.
                within = mark(found.rest) if found and found.rest.startswith(("(", "（")) else None
                if within is not None and within.rest:
                    self._number(within)

    def _bare_number(self, text: str) -> Mark | None:
        """A paragraph's number without any sign, `1 Whoever …`, where it begins a list or goes on with one."""
        found = _BARE_NUMBER.match(text)
        if found is None or not text[found.end()].isupper():
            return None
        value = int(found[1])
        goes_on = any(one.style == BARE and one.value + 1 == value for one in self._open)
        return Mark(BARE, found[1], text[found.end() :]) if goes_on or (value == 1 and not self._open) else None

    def _pieces(self, text: str) -> Iterator[str]:
        """*text*, parted where the next mark of a list stands inside it."""
        begun = 0
        places = {found.end(): found["end"] in ":：—–" for found in _INSIDE.finditer(text) if _parts_here(text, found)}
        if places and (first := mark(text, signs=self._signs)):
            known = _Path(signs=self._signs)
            known._open = [_Level(one.style, one.kind, one.value, one.shown) for one in self._open]
            known._number(first)
        else:
            known = self
        for place, opens in places.items():
            found = mark(text[place : place + 60], signs=self._signs)
            if found is None or not known._expects(found, opens=opens):
                continue
            yield text[begun:place].strip()
            begun = place
            if known is not self:
                known._number(found)
        yield text[begun:].strip()

    def _expects(self, found: Mark, *, opens: bool) -> bool:
        """Whether *found* goes on with a list that stands open, or begins one where something *opens* it."""
        for kind, value in _meanings(found.token):
            if (value == 1 and opens) or any(
                one.style == found.style and one.kind == kind and one.value + 1 == value for one in self._open
            ):
                return True
        return False

    def _number(self, found: Mark) -> str:
        kind, value = self._meaning(found)
        shown = _shown(found.token, kind)
        same = [place for place, one in enumerate(self._open) if (one.style, one.kind) == (found.style, kind)]
        # A list that begins again under a deeper mark is a new one, deeper still.
        again = value == 1 and bool(same) and same[-1] < len(self._open) - 1
        if same and (not again or len(self._open) >= DEEPEST):
            del self._open[same[-1] :]
        if len(self._open) < DEEPEST:
            self._open.append(_Level(found.style, kind, value, shown))
        return self._written()

    def _meaning(self, found: Mark) -> tuple[str, int]:
        meanings = _meanings(found.token)
        for kind, value in meanings:
            for one in reversed(self._open):
                if (one.style, one.kind) == (found.style, kind) and value in (one.value + 1, one.value):
                    return kind, value
        return meanings[0]

    def _written(self) -> str:
        first, *deeper = self._open
        head = first.shown if first.shown[0].isdigit() else f"({first.shown})"
        return head + "".join(f"({one.shown})" for one in deeper)


def _parts_here(text: str, found: re.Match[str]) -> bool:
    """Whether a mark inside *text* can part it: not behind an abbreviation, as in `art. (2)`."""
    return found["end"] != "." or _ABBREVIATION.search(text, max(0, found.start() - 12), found.end("end")) is None


def _meanings(token: str) -> tuple[tuple[str, int], ...]:
    """What a token can count as: its kind and its place, the likelier first."""
    if token[0].isdecimal():
        return (("1", int(re.match(r"\d+", token)[0])),)  # type: ignore[index]
    if token[0] in _CHINESE:
        return (("一", numbers.chinese(token)),)
    lower = token.split()[0].lower()
    case = "A" if token[0].isupper() else "a"
    letter = (case, ord(lower[0]) - ord("a") + 1 if "a" <= lower[0] <= "z" else 0)
    if len(token) == 2 and token[0] != token[1]:
        letter = (case, letter[1])
    value = numbers.roman(lower)
    roman = ("I" if case == "A" else "i", value)
    if value and (len(lower) > 1 or lower in "ivx"):
        return (roman, letter) if len(lower) > 1 or lower == "i" else (letter, roman)
    if "\u0600" <= lower[0] <= "\u06ff":
        return (("أ", _arabic_place(lower[0])),)
    if "\u0400" <= lower[0] <= "\u04ff":
        return (("а", ord(lower[0]) - ord("а") + 1),)
    return (letter,)


def _arabic_place(sign: str) -> int:
    plain = {"أ": "ا", "إ": "ا", "آ": "ا"}.get(sign, sign)
    return "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ".find(plain) + 1


def _shown(token: str, kind: str) -> str:
    if kind == "1":
        return re.sub(rf"(?<=\d)[-\s]*({SUFFIX})", r"-\1", numbers.normal(token))
    if kind == "一":
        return str(numbers.chinese(token))
    return "-".join(token.replace("ـ", "").split())
