"""The numbers that Word counts by itself: `1.`, `(a)`, `ii)`, in the scripts of the six authentic languages.

A paragraph says only "item of list 3, level 1", itself or through its style; the list says how that level is written.
"""

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_CHINESE = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DEEPEST = 9


def written(number: int, kind: str) -> str:
    """*number* as a list of that kind writes it; in digits for a kind that is not known."""
    if kind == "none" or kind == "bullet":
        return ""
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    letters = {"russianLower": _CYRILLIC, "arabicAbjad": _ABJAD, "arabicAlpha": _ALPHABET}.get(kind)
    if letters:
        return letters[(number - 1) % len(letters)]
    if kind.startswith(("chineseCounting", "japaneseCounting", "ideographDigital", "taiwaneseCounting")):
        return _chinese(number)
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _chinese(number: int) -> str:
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    before = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
    return before + (_CHINESE[ones] if ones or not tens else "")


class Numbering:
    """The lists of one Word file, counted while its paragraphs are read in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """The lists that `numbering.xml` defines and the styles that use them; either may be `None`."""
        self._levels = dict(_levels(numbering)) if numbering is not None else {}
        self._styles = dict(_styles(styles)) if styles is not None else {}
        self._counts: dict[tuple[str, int], int] = {}

    def level(self, paragraph: Any) -> int:
        """The heading level of *paragraph*, 1 to 6, or 0."""
        outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
        found = _number(outline) + 1 if outline is not None else self._styles.get(_style_of(paragraph), ("", 0, 0))[2]
        return found if 1 <= found <= 6 else 0

    def label(self, paragraph: Any) -> str:
        """What Word puts before *paragraph*; nothing for one that is in no list. Call once a paragraph, in order."""
        style_list, style_depth, _ = self._styles.get(_style_of(paragraph), ("", 0, 0))
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is None:
            return self._next(style_list, style_depth) if style_list else ""
        id_, depth = own.find(f"{W}numId"), own.find(f"{W}ilvl")
        list_ = id_.get(f"{W}val", "") if id_ is not None else style_list
        return self._next(list_, _number(depth) if depth is not None else style_depth)

    def _next(self, list_: str, depth: int) -> str:
        known = self._levels.get((list_, depth))
        if known is None:
            return ""
        start, kind, pattern, definition = known
        place = (definition, depth)
        self._counts[place] = self._counts.get(place, start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            self._counts.pop((definition, deeper), None)
        if kind == "bullet":
            return "-"
        for above in range(depth + 1):
            there = self._levels.get((list_, above))
            if there is not None:
                count = self._counts.get((definition, above), there[0])
                pattern = pattern.replace(f"%{above + 1}", written(count, there[1]))
        return pattern.strip()


def _levels(numbering: Any) -> Iterator[tuple[tuple[str, int], tuple[int, str, str, str]]]:
    """For each list and level: where it starts, how it counts, how it is written, which definition it counts in."""
    definitions: dict[str, dict[int, tuple[int, str, str]]] = {}
    for one in numbering.iter(f"{W}abstractNum"):
        levels = definitions.setdefault(one.get(f"{W}abstractNumId", ""), {})
        for level in one.iter(f"{W}lvl"):
            start, kind, text = (level.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText"))
            levels[int(level.get(f"{W}ilvl", "0"))] = (
                _number(start) if start is not None else 1,
                kind.get(f"{W}val", "decimal") if kind is not None else "decimal",
                text.get(f"{W}val", "") if text is not None else "",
            )
    for one in numbering.iter(f"{W}num"):
        definition = one.find(f"{W}abstractNumId")
        name = definition.get(f"{W}val", "") if definition is not None else ""
        own_count = one.find(f"{W}lvlOverride/{W}startOverride") is not None
        list_ = one.get(f"{W}numId", "")
        for depth, (begins, counts_in, pattern) in definitions.get(name, {}).items():
            yield (list_, depth), (begins, counts_in, pattern, f"num {list_}" if own_count else name)


def _styles(styles: Any) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """For each paragraph style: its list, its level in it, and its heading level."""
    for style in styles.iter(f"{W}style"):
        list_, depth = style.find(f"{W}pPr/{W}numPr/{W}numId"), style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        yield (
            style.get(f"{W}styleId", ""),
            (
                list_.get(f"{W}val", "") if list_ is not None else "",
                _number(depth) if depth is not None else 0,
                _number(outline) + 1 if outline is not None else 0,
            ),
        )


def _style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _number(element: Any) -> int:
    value = element.get(f"{W}val", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0
