"""A national law as its parliament numbers it.

A *text* is one law as it stood from one day on. It consists of provisions, each an article or section with the label
that the law itself gives it; a provision consists of passages, its numbered paragraphs and letters or, where it
numbers none, its paragraphs in their order. An amendment makes another text of the same law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph, letter or item: its number under the provision (`1`, `2(a)`, or empty) and what it says."""

    number: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalProvision:
    """One article or section.

    `key` is unique in its text and safe in an address (`197-bis`); `number` is the number with plain digits
    (`197 bis`); `label` is how the law writes it (`Artículo 197 bis.`, `مادة (١٤)`, `14. Unauthorised access`);
    `heading` its own title, empty where it has none; `above` the headings it stands under, the outermost first;
    `where` its place in the file (`page 3`, `line 120`).
    """

    key: str
    number: str
    label: str
    heading: str
    passages: tuple[Passage, ...]
    above: tuple[str, ...] = ()
    where: str = ""

    @property
    def text(self) -> str:
        """Everything it says, a line for each passage."""
        return "\n".join(passage.text for passage in self.passages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something about a file that a person should look at: a stable *code*, what it concerns, and where it stands.

    Codes: `number-repeated`, `number-skipped`, `no-provisions`, `language-unsure`, `language-not-ranked`,
    `provision-long`; and of what stands in the file beside its provisions: `preamble`, `contents` (a table of
    contents; the subject is how many lines), `running-head` (how many lines), `annex`, `close`.
    """

    code: str
    subject: str
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class NationalText:
    """One law as it stood from a day on: title, language (ISO 639-1; empty when unknown), provisions in order."""

    title: str
    lang: str
    sha256: str
    file_name: str
    format: str
    provisions: tuple[NationalProvision, ...]
    since: date | None = None
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, NationalProvision]:
        """The provisions by their keys."""
        return {provision.key: provision for provision in self.provisions}
