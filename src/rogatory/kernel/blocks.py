"""A document as plain text: what remains of a PDF, a Word file or a page once only its words count.

The room that reads files makes these values, and the rooms that understand texts take them; neither knows the other.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or heading: its text, its level (1 to 6 for a heading, else 0), its place in the file.

    A number or letter that a reader sees before the text stands in it, even if the file only says "numbered".
    `role` is what the file itself says that it is: `provision` (the label of an article or section), `heading` (its
    title), `division`, `passage`, `note`, `annex`; empty in formats that say no such thing.
    """

    text: str
    level: int = 0
    where: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was read: name, format (`pdf`, `docx`, `html`, `markdown`, `text`, `akn`), SHA-256, title and blocks.

    `lang` (ISO 639-1) and `dated` (ISO 8601) are what the file says of itself; empty in formats that say no such thing.
    """

    name: str
    format: str
    sha256: str
    title: str
    blocks: tuple[Block, ...]
    lang: str = ""
    dated: str = ""
