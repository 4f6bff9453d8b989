"""The transcript of an exercise: what happened, who signed, which provision, which file."""

import sys
from collections.abc import Sequence


class Transcript:
    """Prints numbered scenes and their lines as they happen."""

    def __init__(self) -> None:
        self._scene = 0

    def scene(self, title: str) -> None:
        """Begin the next scene."""
        self._scene += 1
        self._print(f"\n{self._scene}. {title}")

    def say(self, line: str) -> None:
        """One line of what happened."""
        self._print(f"   {line}")

    def table(self, rows: Sequence[Sequence[object]]) -> None:
        """Aligned columns."""
        widths = [max(len(str(row[place])) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            cells = [str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)]
            self._print("     " + "  ".join(cells).rstrip())

    def banner(self, line: str) -> None:
        """A line that must not be overlooked."""
        self._print(f"\n*** {line} ***")

    def _print(self, line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
