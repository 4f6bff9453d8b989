"""A document as plain text: what remains of a PDF, a Word file or a page once only its words count.

The room that reads files makes these values, and the rooms that understand texts take them; neither knows the other.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or heading: its text, its level (1 to 6 for a heading, else 0), its place in the file.

    A number or letter that a reader sees before the text stands in it, even if the file only says "numbered".
    """

    text: str
    level: int = 0
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was read: its name, format (`pdf`, `docx`, `html`, `markdown`, `text`), SHA-256, title and blocks."""

    name: str
    format: str
    sha256: str
    title: str
    blocks: tuple[Block, ...]
