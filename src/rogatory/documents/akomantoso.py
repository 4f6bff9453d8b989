"""Akoma Ntoso (OASIS LegalDocML), the XML in which parliaments publish laws: what it marks up is kept as it says.

The file knows which element is an article, which number it has, what stands above it and which day it speaks of, so
nothing of that is guessed from the look of a line. Where an act has articles, these are its provisions and its sections
stand above them; else its sections are. Text that an amending act quotes is text, and notes of editors are left out.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from rogatory.documents import xml
from rogatory.documents.limits import DocumentFormat
from rogatory.kernel.blocks import Block

ROOT = "akomaNtoso"
_ACTS = ("act", "bill", "doc", "statement")
_BODIES = ("body", "mainBody", "amendmentBody", "collectionBody")
#: What is a provision, in this order of preference; the others stand above or below it.
_PROVISIONS = ("article", "section", "rule", "clause", "paragraph", "hcontainer", "level")
_LEFT_OUT = {"authorialNote", "meta", "toc", "coverPage", "img", "noteRef", "eol"}
_HIERARCHY = {
    "alinea", "article", "book", "chapter", "clause", "division", "hcontainer", "indent", "level", "list", "paragraph",
    "part", "point", "proviso", "rule", "section", "subchapter", "subclause", "subdivision", "sublist",
    "subparagraph", "subpart", "subrule", "subsection", "subtitle", "title", "tome", "transitional", "item",
}  # fmt: skip
_LINES = {
    "p",
    "block",
    "listIntroduction",
    "listWrapUp",
    "heading",
    "subheading",
    "crossHeading",
    "th",
    "td",
    "longTitle",
}
_APART = {*_LINES, "num", "content", "li", "tr"}
_QUOTED = ("quotedStructure", "quotedText", "embeddedStructure")
_NAMES = ("docTitle", "shortTitle", "longTitle")
#: ISO 639-2 and 639-3, which Akoma Ntoso has, as ISO 639-1.
_LANGUAGES = {
    "eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt", "deu": "de", "ger": "de", "nld": "nl", "dut": "nl",
    "rus": "ru", "zho": "zh", "chi": "zh", "ara": "ar", "vie": "vi", "ita": "it", "ukr": "uk", "pol": "pl", "ind": "id",
    "tur": "tr", "ron": "ro", "rum": "ro", "swa": "sw", "ell": "el", "gre": "el", "ces": "cs", "cze": "cs", "hun": "hu",
    "jpn": "ja", "kor": "ko", "swe": "sv", "fin": "fi", "dan": "da", "nor": "no", "bul": "bg", "fas": "fa", "per": "fa",
    "hin": "hi", "msa": "ms", "may": "ms", "tha": "th", "cat": "ca", "eus": "eu", "glg": "gl", "afr": "af", "amh": "am",
    "som": "so", "kin": "rw", "srp": "sr", "hrv": "hr", "slk": "sk", "slo": "sk", "slv": "sl", "est": "et", "lav": "lv",
    "lit": "lt", "mkd": "mk", "sqi": "sq", "kat": "ka", "hye": "hy", "aze": "az", "kaz": "kk", "uzb": "uz", "mon": "mn",
}  # fmt: skip
_BARE = re.compile(r"(?:\d{1,4}[a-z]{0,2}|[a-z]{1,2}|[ivxlc]{1,7})", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEEPEST_LEVEL = 6
About = Callable[[dict[str, str]], None]


def akn_blocks(data: bytes, about: About) -> Iterator[Block]:
    """The blocks of a law in Akoma Ntoso; *about* is told its title, language (ISO 639-1) and date (ISO 8601).

    Raises `DocumentFormat` for XML of any other kind or with a document type, and `DocumentDamaged`.
    """
    root = xml.parsed(data, what="the file")
    if _name(root) != ROOT:
        raise DocumentFormat(f"it is XML, but no Akoma Ntoso: it begins with <{_name(root)[:60]}>")
    act = next((element for element in root.iter() if _name(element) in _ACTS), None)
    if act is None:
        raise DocumentFormat("it is Akoma Ntoso, but holds no act, bill or document")
    about(_about(act))
    for part in act:
        if _name(part) in _BODIES:
            yield from _body(part, _provision_name(part), depth=1)
        elif _name(part) in ("preface", "preamble"):
            yield from (Block(text, 0, where) for text, where in _lines(part, ""))
        elif _name(part) in ("conclusions", "attachments", "components"):
            role = "close" if _name(part) == "conclusions" else "annex"
            yield from (Block(text, 0, where, role) for text, where in _lines(part, ""))


def _about(act: Any) -> dict[str, str]:
    found = {"title": "", "lang": "", "dated": ""}
    titles = {name: element for element in act.iter() if (name := _name(element)) in _NAMES}
    title = next((titles[name] for name in _NAMES if name in titles), None)
    found["title"] = _text(title) if title is not None else ""
    for element in act.iter():
        name = _name(element)
        if name == "FRBRlanguage":
            code = (element.get("language") or "").lower()
            found["lang"] = _LANGUAGES.get(code[:3], code[:2] if len(code) in (2, 5) else "")
        elif name == "FRBRalias" and not found["title"]:
            found["title"] = element.get("value") or ""
        elif name == "FRBRdate" and _DATE.fullmatch(element.get("date") or ""):
            above = _name(element.getparent())
            if above == "FRBRExpression" or (above == "FRBRWork" and not found["dated"]):
                found["dated"] = element.get("date")
    return found


def _provision_name(body: Any) -> str:
    names = {_name(element) for element in body.iter() if not _quoted(element)}
    return next((name for name in _PROVISIONS if name in names), "")


def _quoted(element: Any) -> bool:
    return any(_name(above) in _QUOTED for above in element.iterancestors())


def _body(element: Any, provision: str, *, depth: int) -> Iterator[Block]:
    """What stands in *element*: divisions, provisions, and text that belongs to none."""
    for part in element:
        name = _name(part)
        if not name or name in _LEFT_OUT or name in ("num", "heading", "subheading"):
            continue
        if name == provision:
            yield from _provision(part)
        elif name in _HIERARCHY and any(_name(inner) == provision for inner in part.iter()):
            title = " – ".join(filter(None, (_child(part, "num"), _child(part, "heading"), _child(part, "subheading"))))
            if title:
                yield Block(title, min(depth, _DEEPEST_LEVEL), _where(part), "division")
            yield from _body(part, provision, depth=depth + 1)
        elif name == "crossHeading":
            yield Block(_text(part), _DEEPEST_LEVEL, _where(part), "division")
        else:
            yield from (Block(text, 0, where, "passage") for text, where in _lines(part, ""))


def _provision(element: Any) -> Iterator[Block]:
    number, heading = _child(element, "num"), _child(element, "heading")
    yield Block(number or heading or "–", 0, _where(element), "provision")
    if number and heading:
        yield Block(heading, 0, _where(element), "heading")
    for part in element:
        if _name(part) not in ("num", "heading"):
            yield from (Block(text, 0, where, "passage") for text, where in _lines(part, ""))


def _lines(element: Any, mark: str) -> Iterator[tuple[str, str]]:
    """The texts in *element* with their places; *mark* stands before the first of them."""
    name = _name(element)
    if not name or name in _LEFT_OUT:
        return
    if name in _LINES or not len(element):
        text = " ".join(filter(None, (mark, _text(element))))
        if text:
            yield text, _where(element)
        return
    own = _child(element, "num")
    mark = " ".join(filter(None, (mark, _marked(own))))
    begun = False
    for part in element:
        if _name(part) == "num":
            continue
        for line in _lines(part, "" if begun else mark):
            begun = True
            yield line
    if mark and not begun:
        yield mark, _where(element)


def _marked(number: str) -> str:
    """A number as a mark before a text: one without any bracket or stop is given brackets."""
    return f"({number})" if _BARE.fullmatch(number) else number


def _child(element: Any, name: str) -> str:
    return next((_text(part) for part in element if _name(part) == name), "")


def _text(element: Any) -> str:
    """The words in *element*, without notes."""
    pieces: list[str] = []
    waiting: list[Any] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        waiting.extend(piece for part in reversed(one) for piece in (_after(part), part))
        if _name(one) in _LEFT_OUT or not _name(one):
            del waiting[len(waiting) - 2 * len(one) :]
        else:
            apart = " " if _name(one) in _APART else ""
            pieces.append(apart + (one.text or ""))
    return " ".join("".join(pieces).split())


def _after(part: Any) -> str:
    return (" " if _name(part) in _APART else "") + (part.tail or "")


def _name(element: Any) -> str:
    """The local name of *element*, whichever version of the standard it is in; empty for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _where(element: Any) -> str:
    return f"line {element.sourceline}" if element.sourceline else ""
