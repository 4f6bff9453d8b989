"""Pairing the members of two lists that should be the same: which is which, and which one side lacks.

Both lists keep their order. Likeness is what the parts of two members share, the periods they name, and in English and
French their words; the same letter or number counts a little, so that without any other sign order decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rogatory.law.copies import numerals
from rogatory.law.copies.outline import Node
from rogatory.law.copies.recognising import title_words

Pair = tuple[Node | None, Node | None, bool]
SAME_LABEL = 0.1
#: What it costs to leave a member alone.
ALONE = 0.3
#: Two members are no pair when they are less alike than this.
LEAST = 0.08
#: A text of fewer words than this says little, even if the other has them all.
FEW_WORDS = 6


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two members are: *ours* gives our words at a number, *theirs* the text of the copy in *lang*."""

    ours: Callable[[str], str]
    theirs: Callable[[str], str]
    lang: str

    def of(self, mine: Node, other: Node) -> tuple[float, bool]:
        """How alike the two are, and whether more than their place says so."""
        signs = []
        if mine.parts or other.parts:
            one, two = ({part.label for part in node.parts} for node in (mine, other))
            signs.append(len(one & two) / len(one | two))
        if self.lang in ("en", "fr"):
            signs.append(self._words(mine, other))
        score = sum(signs) / len(signs) if signs else 0.5
        score += 0.4 * self._periods(mine, other)
        return score + (SAME_LABEL if mine.label == other.label else 0.0), bool(signs)

    def _words(self, mine: Node, other: Node) -> float:
        one, two = title_words(self.ours(mine.number)), title_words(self.theirs(other.number))
        return len(one & two) / max(min(len(one), len(two)), FEW_WORDS)

    def _periods(self, mine: Node, other: Node) -> float:
        lang = self.lang if self.lang in ("en", "fr") else "en"
        one = set(numerals.quantities(self.ours(mine.number), lang))
        two = set(numerals.quantities(self.theirs(other.number), self.lang))
        return len(one & two) / len(one | two) if one or two else 0.0


def paired(mine: Sequence[Node], theirs: Sequence[Node], alike: Alike) -> list[Pair]:
    """The pairs, and alone what the other side lacks, in order; with each pair whether more than order says so."""
    if [node.label for node in mine] == [node.label for node in theirs]:
        return [(one, two, True) for one, two in zip(mine, theirs, strict=True)]
    likeness = [[alike.of(one, two) for two in theirs] for one in mine]
    best = _best(likeness, len(mine), len(theirs))
    pairs: list[Pair] = []
    row, column = 0, 0
    while row < len(mine) or column < len(theirs):
        step = best[row][column][1]
        if step == "both":
            pairs.append((mine[row], theirs[column], likeness[row][column][1]))
            row, column = row + 1, column + 1
        elif step == "mine":
            pairs.append((mine[row], None, True))
            row += 1
        else:
            pairs.append((None, theirs[column], True))
            column += 1
    return pairs


def _best(likeness: list[list[tuple[float, bool]]], rows: int, columns: int) -> list[list[tuple[float, str]]]:
    """For each place in both lists, the greatest likeness that what follows can add up to, and the step to it."""
    table = [[(0.0, "theirs") for _ in range(columns + 1)] for _ in range(rows + 1)]
    for row in range(rows, -1, -1):
        for column in range(columns, -1, -1):
            steps = []
            if row < rows and column < columns and likeness[row][column][0] >= LEAST:
                steps.append((likeness[row][column][0] + table[row + 1][column + 1][0], "both"))
            if row < rows:
                steps.append((table[row + 1][column][0] - ALONE, "mine"))
            if column < columns:
                steps.append((table[row][column + 1][0] - ALONE, "theirs"))
            if steps:
                table[row][column] = max(steps, key=lambda step: step[0])
    return table
