"""Badges: a list of people as a sheet to print, eight on a page. The list is printed and never kept.

A list is CSV in UTF-8 with the columns name, delegation, function, category and, where there is one, pass (the
address that the person's pass link leads to); the headings may be in French. Commas, semicolons or tabs part the cells.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from rogatory.errors import BadInput

ON_A_SHEET = 8
MOST_BADGES = 800
MOST_BYTES = 512 * 1024
LONGEST = 120
LONGEST_PASS = 600
QUIET_ZONE = 4

_PASS = re.compile(r"https?://[^\s<>\"]+")
_HEADINGS = {
    "name": "name",
    "nom": "name",
    "delegation": "delegation",
    "délégation": "delegation",
    "function": "function",
    "fonction": "function",
    "category": "category",
    "catégorie": "category",
    "categorie": "category",
    "pass": "pass",
    "pass link": "pass",
    "laissez-passer": "pass",
}


class BadBadgeList(BadInput):
    """The list of badges cannot be used."""

    code = "bad-badge-list"
    remedy = "Put right the line that the message names, and send the list again."


class BadgeCategory(models.TextChoices):
    """Who wears a badge."""

    DELEGATE = "delegate", gettext_lazy("Delegate")
    OBSERVER = "observer", gettext_lazy("Observer")
    SECRETARIAT = "secretariat", gettext_lazy("Secretariat")
    PRESS = "press", gettext_lazy("Press")
    SECURITY = "security", gettext_lazy("Security")


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """One person's badge; `link` is the pass link, or nothing."""

    name: str
    delegation: str
    function: str
    category: BadgeCategory
    link: str = ""

    @property
    def size(self) -> str:
        """How large the name can be set: `large`, `middle` or `small`."""
        longest = max((len(word) for word in self.name.split()), default=0)
        if len(self.name) <= 22 and longest <= 13:
            return "large"
        return "middle" if len(self.name) <= 40 and longest <= 18 else "small"

    @property
    def qr(self) -> tuple[int, str]:
        """The side, in modules, and the SVG path of the code that the pass link makes."""
        return draw(self.link) if self.link else (0, "")


def draw(link: str) -> tuple[int, str]:
    """The side, in modules with the quiet zone, and the dark modules as an SVG path."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    parts = []
    for y, row in enumerate(rows):
        line = "".join("1" if dark else "0" for dark in row)
        parts += [
            f"M{run.start() + QUIET_ZONE} {y + QUIET_ZONE}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
            for run in re.finditer("1+", line)
        ]
    return len(rows) + 2 * QUIET_ZONE, "".join(parts)


def sheets(badges: Iterable[Badge]) -> list[list[Badge]]:
    """The badges by page."""
    every = list(badges)
    return [every[start : start + ON_A_SHEET] for start in range(0, len(every), ON_A_SHEET)]


def read_list(data: bytes) -> list[Badge]:
    """The badges of a CSV file; raises `BadBadgeList`, which names the line."""
    if len(data) > MOST_BYTES:
        raise BadBadgeList(_("The list is longer than %(size)s kilobytes.") % {"size": MOST_BYTES // 1024})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadBadgeList(_("The list is not text in UTF-8. Save it as “CSV UTF-8”.")) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise BadBadgeList(_("The list is not CSV: %(reason)s.") % {"reason": error}) from error
    return _badges(rows)


def _badges(rows: list[list[str]]) -> list[Badge]:
    headings = [_HEADINGS.get(cell.strip().casefold(), "") for cell in rows[0]] if rows else []
    missing = [name for name in ("name", "delegation", "function", "category") if name not in headings]
    if missing:
        raise BadBadgeList(_("The first line does not name the columns: %(names)s.") % {"names": ", ".join(missing)})
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            found.append(badge(dict(zip(headings, row, strict=False)), line=number))
    if len(found) > MOST_BADGES:
        raise BadBadgeList(_("The list has more than %(number)s badges; print it in parts.") % {"number": MOST_BADGES})
    return found


def badge(values: Mapping[str, str], *, line: int) -> Badge:
    """One badge of what stands on *line*; raises `BadBadgeList`."""
    own = {key: " ".join(values.get(key, "").split()) for key in ("name", "delegation", "function", "category", "pass")}
    if not own["name"]:
        raise BadBadgeList(_("Line %(line)s gives no name.") % {"line": line})
    if any(len(own[key]) > LONGEST for key in ("name", "delegation", "function")):
        raise BadBadgeList(_("Line %(line)s has a text of more than %(n)s signs.") % {"line": line, "n": LONGEST})
    if own["pass"] and (len(own["pass"]) > LONGEST_PASS or not _PASS.fullmatch(own["pass"])):
        raise BadBadgeList(_("The pass on line %(line)s is not the address of a web page.") % {"line": line})
    return Badge(
        name=own["name"],
        delegation=own["delegation"],
        function=own["function"],
        category=_category(own["category"], line=line),
        link=own["pass"],
    )


def _category(text: str, *, line: int) -> BadgeCategory:
    for one in BadgeCategory:
        if text.casefold() in (one.value, str(one.label).casefold()):
            return one
    known = ", ".join(BadgeCategory.values)
    raise BadBadgeList(
        _("Line %(line)s: “%(given)s” is not one of the categories %(known)s.")
        % {"line": line, "given": text[:40], "known": known}
    )
