"""Laws without articles: their headings, or else the marks of their outermost list, part them into provisions."""

from collections import Counter
from collections.abc import Sequence

from rogatory.alignment.national import marks
from rogatory.alignment.national.labels import Label
from rogatory.alignment.national.numbers import Number, chinese, number
from rogatory.alignment.national.sequence import Found, Start
from rogatory.kernel.blocks import Block

FEWEST = 2
FAMILY = "heading"


def provisions(blocks: Sequence[Block], *, title: str) -> Found:
    """The provisions of a text that numbers no articles; none where it has neither headings nor a list."""
    held = tuple(blocks)
    levels = Counter(block.level for block in held if block.level and block.text != title)
    if sum(levels.values()) >= FEWEST:
        deepest = max(levels)
        starts = tuple(
            Start(at=place, label=Label(FAMILY, block.text, Number("", "", ()), "", strong=True), marked=True)
            for place, block in enumerate(held)
            if block.level == deepest and block.text != title
        )
        return Found(held, starts, FAMILY)
    return Found(held, _listed(held), "list")


def _listed(blocks: Sequence[Block]) -> tuple[Start, ...]:
    found = [(place, one) for place, block in enumerate(blocks) if (one := marks.mark(block.text))]
    outermost = found[0][1].style if found else ""
    kept = [(place, one) for place, one in found if one.style == outermost]
    if len(kept) < FEWEST:
        return ()
    return tuple(
        Start(
            at=place,
            label=Label(
                "list",
                _written(blocks[place], one),
                number(str(chinese(one.token) or one.token)),
                one.rest,
                strong=True,
            ),
            marked=False,
        )
        for place, one in kept
    )


def _written(block: Block, one: marks.Mark) -> str:
    return block.text[: len(block.text) - len(one.rest)].strip() if one.rest else block.text
