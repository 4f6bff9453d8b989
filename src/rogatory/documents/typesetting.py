"""A paper as PDF: A4, tagged for readers who do not see it (PDF/UA-1), the same bytes for the same paper.

The paper is given as plain values (titles, facts, tables, sentences) and laid out by `paper.typ`, or by another
template of this room. The values reach the typesetter as data and never as markup, so no text of people can become a
command. Fonts are those that come with the typesetter and, for scripts that these lack or draw poorly, those of
`FONT_PACKAGES` that are installed: nothing else of the machine is looked at, nothing is fetched. The typesetter is a
library of its own, `typst`.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rogatory.errors import BadInput, Unavailable
from rogatory.kernel.times import require_utc

#: Packages of fonts, by the module that holds the files.
FONT_PACKAGES = ("cvttf_NotoSansCJK_Regular", "fontpkg_noto_sans_arabic")
MAX_PAPER = 16 * 1024 * 1024
#: How the typesetter says that no font has a sign.
_UNDRAWN = re.compile(r'the text `"([^\\].*?)"` could not be displayed', re.DOTALL)


class TypesetterMissing(Unavailable):
    """The library that makes PDFs is not installed."""

    code = "typesetter-missing"
    remedy = "Install it (pip install typst), or write the report as HTML and print that."


class PaperTooLarge(BadInput):
    """The paper is too large to be typeset."""

    code = "paper-too-large"
    remedy = "Write it as HTML, which has no such limit."


class NotTypeset(Unavailable):
    """The typesetter could not make a PDF of this paper."""

    code = "not-typeset"
    remedy = "Write it as HTML, and report this."


class NoFont(NotTypeset):
    """No font that is installed draws a script of this paper."""

    code = "no-font"
    remedy = "Write it as HTML or as a Word file, or ask the administrator to install fonts of that script."

    def __init__(self, message: str | None = None, *, sign: str = "") -> None:
        super().__init__(message)
        self.sign = sign


def pdf(paper: Mapping[str, Any], *, at: datetime, template: str = "paper.typ") -> bytes:
    """*paper* as PDF, dated *at*; raises `TypesetterMissing`, `PaperTooLarge`, `NotTypeset` and `NoFont`."""
    try:
        import typst
    except ImportError as error:
        raise TypesetterMissing from error
    given = json.dumps(paper, ensure_ascii=False)
    if len(given) > MAX_PAPER:
        raise PaperTooLarge(f"{len(given)} characters are more than the limit of {MAX_PAPER}")
    try:
        made: bytes = typst.compile(
            (files("rogatory.documents") / template).read_bytes(),
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=_fonts()),
            sys_inputs={"paper": given},
            pdf_standards=["ua-1"],
            timestamp=int(require_utc(at).timestamp()),
        )
    except typst.TypstError as error:
        undrawn = _UNDRAWN.search(str(error))
        if undrawn:
            raise NoFont(f"no font installed here draws {undrawn.group(1)}", sign=undrawn.group(1)) from error
        raise NotTypeset(str(error)) from error
    return made


def _fonts() -> list[str]:
    specs = (find_spec(name) for name in FONT_PACKAGES)
    return [str(Path(spec.origin).parent) for spec in specs if spec is not None and spec.origin is not None]
