"""Numbers of provisions as people write them: `42(3)(b)`, `art. 42, par. 3`, `uncac 46(9)`, `المادة ٤٢`, `第四十二条`.

A number alone, or one with letters behind it, is an address. In a longer query a number is one only after a word such
as "article", or with parentheses behind it; what is left of the query is searched for as words.
"""

import re
from dataclasses import dataclass

from rogatory.law.lookup.wording import listed, plain, stop_words

_INSTRUMENTS = ("uncc", "budapest", "untoc", "uncac")
_SIGN = re.compile(r"\d+|[^\W\d_]+|[()§]")
_HAN_NUMBER = re.compile(r"第?([〇零一二三四五六七八九十百]{1,7}|\d{1,3})([条條款项項])")
_HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_PART = re.compile(r"\d{1,2}|[a-z]|[ivx]{1,5}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a query names: an instrument or none, a provision or none (`42(3)(b)`), and the words that are left."""

    instrument: str = ""
    number: str = ""
    rest: str = ""


def read(query: str) -> Address:
    """The address in *query*; never raises."""
    text = _western(plain(query))
    if not any(sign.isdigit() for sign in text):
        return Address(rest=query)
    signs = [sign for sign in _SIGN.findall(text) if sign != "§"]
    instrument, others = _instrument(signs)
    place = _start(others)
    if place is None:
        return Address(rest=query)
    number, end = _number(others, place)
    before = [one for one in others[:place] if one not in listed("address", "article")]
    left = [one for one in (*before, *others[end:]) if one not in "()" and one not in stop_words()]
    return Address(instrument=instrument, number=number, rest=" ".join(left))


def _instrument(signs: list[str]) -> tuple[str, list[str]]:
    """The first instrument that *signs* name, and the signs without it."""
    for name in _INSTRUMENTS:
        known = listed("instrument", name) | {name}
        for place, sign in enumerate(signs):
            if sign in known:
                return name, signs[:place] + signs[place + 1 :]
    return "", signs


def _start(signs: list[str]) -> int | None:
    """Where the number of an article stands in *signs*, if anywhere."""
    alone = all(_belongs(sign) for sign in signs)
    for place, sign in enumerate(signs):
        if not sign.isdigit() or len(sign) > 3:
            continue
        announced = place > 0 and signs[place - 1] in listed("address", "article")
        followed = signs[place + 1 : place + 2] == ["("]
        if alone or announced or followed:
            return place
    return None


def _belongs(sign: str) -> bool:
    names = listed("address", "article") | listed("address", "part") | stop_words()
    return sign in "()" or sign in names or bool(_PART.fullmatch(sign)) or (sign.isdigit() and len(sign) == 3)


def _number(signs: list[str], place: int) -> tuple[str, int]:
    """The number that begins at *place*, written `42(3)(b)`, and where it ends."""
    number, end, at = str(int(signs[place])), place + 1, place + 1
    while at < len(signs):
        sign = signs[at]
        if sign in "()" or sign in listed("address", "part") or (sign in stop_words() and len(sign) > 1):
            at += 1
            continue
        if not _PART.fullmatch(sign):
            break
        number += f"({int(sign) if sign.isdigit() else sign})"
        at = end = at + 1
    while signs[end : end + 1] in ([")"], ["("]):
        end += 1
    return number, end


def _western(text: str) -> str:
    """*text* with `第四十二条第三款第二项` written `article 42 3 b`."""
    words = {"条": " article {} ", "條": " article {} ", "款": " {} ", "项": " {} ", "項": " {} "}

    def written(found: re.Match[str]) -> str:
        value = _value(found[1])
        letter = found[2] in "项項" and 1 <= value <= len(_LETTERS)
        return words[found[2]].format(_LETTERS[value - 1] if letter else value)

    return _HAN_NUMBER.sub(written, text)


def _value(numeral: str) -> int:
    """The value of a Chinese numeral below a thousand, or of digits."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    total, digit = 0, 0
    for sign in numeral:
        if sign in _HAN_DIGITS:
            digit = digit * 10 + _HAN_DIGITS[sign] if digit and not total else _HAN_DIGITS[sign]
        else:
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit
