"""Official texts beside our description of a provision or an article, as the template `parts/official.html` shows them.

A page includes the template with `official=officialtext.beside(request.node, instrument, number)`; without a loaded
copy the list is empty and the template shows nothing.
"""

from dataclasses import dataclass

from rogatory.law.copies.comparing import Difference
from rogatory.law.copies.official import OfficialProvision, right_to_left
from rogatory.node import officialcopies
from rogatory.node.context import Node
from rogatory.node.officialcopies import Comparison
from rogatory.ports.lawdata import OfficialCopyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPart:
    """One provision of an official text: its number, how deep it stands under the one that was asked for, its text."""

    number: str
    depth: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialText:
    """What one copy says: language and direction (`lang` and `dir` attributes), title, parts, source, comparisons.

    *number* is ours, so that a comparison can be recorded for it; empty for what our data do not describe.
    """

    instrument: str
    number: str
    lang: str
    dir: str
    title: str
    parts: tuple[OfficialPart, ...]
    source: OfficialCopyRow
    differences: tuple[Difference, ...]
    compared: tuple[Comparison, ...]


def beside(node: Node, instrument: str, number: str) -> list[OfficialText]:
    """The official texts, by language, of a provision (`42(3)`) or a whole article (`42`) with all that is under it."""
    return [
        OfficialText(
            instrument=instrument,
            number=number if number in node.law.by_number[instrument] else "",
            lang=one.copy.lang,
            dir="rtl" if right_to_left(one.copy.lang) else "ltr",
            title=one.title,
            parts=tuple(_part(provision, one.number) for provision in one.provisions),
            source=one.copy,
            differences=one.differences,
            compared=one.comparisons,
        )
        for one in officialcopies.beside(node, instrument, number)
    ]


def _part(provision: OfficialProvision, asked: str) -> OfficialPart:
    depth = provision.number.count("(") - asked.count("(")
    return OfficialPart(number=provision.number, depth=min(depth, 3), text=provision.text)
