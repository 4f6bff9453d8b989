"""What changed between two texts on this node: an amendment, or two drafts of a bill."""

from dataclasses import dataclass

from rogatory.alignment.national import versions
from rogatory.alignment.national.versions import Change
from rogatory.node.alignment import texts
from rogatory.node.context import Node
from rogatory.ports.alignment import TextRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Two texts, and what became of every provision from the one to the other."""

    before: TextRow
    after: TextRow
    changes: tuple[Change, ...]


def changes(node: Node, before: str, after: str) -> Changes:
    """What became of every provision between two texts, by their ids; raises `NoSuchText`."""
    first, second = texts.text_row(node, before), texts.text_row(node, after)
    found = versions.changes(texts.text(node, before), texts.text(node, after))
    return Changes(before=first, after=second, changes=found)
