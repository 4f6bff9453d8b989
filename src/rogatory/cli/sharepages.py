"""The page that a custodian gets: a share of the keys as numbered words, and what to do with it, in two languages.

It is plain text, so that it can be printed anywhere and typed in again; `words_of` reads the words out of it.
"""

import re
import textwrap
from dataclasses import dataclass

from rogatory.kernel.times import stamp
from rogatory.sealing.keystore import Recovery

_BEGIN, _END = "======== 33 words / 33 mots ========", "======== end / fin ========"
_COLUMNS, _WIDTH = 3, 78
_NUMBER = re.compile(r"\d{1,2}[.:)]?")

_ENGLISH = (
    (
        "This is one of {total} shares of the key that opens the recovery file of this node (keys-recovery.age). Any"
        " {threshold} of them open it together, and then hold every key of the node; fewer tell nothing at all."
    ),
    "- Keep this page on paper, in a sealed envelope, where nobody but you reaches it. Make no copy and no photograph.",
    "- Tell nobody the words. When keys are recovered or rehearsed, type them yourself, while nobody looks on.",
    "- Once a year you will be asked to rehearse. That shows that your share is good, and reveals nothing.",
    "- If the page is lost, or somebody has seen it, tell the administrator at once: the keys are then split anew.",
    "- When you leave, hand it over only as the administrator says. After a new split, destroy the old page.",
)
_FRENCH = (
    (
        "Ceci est l'une des {total} parts de la clé qui ouvre le fichier de secours de ce nœud (keys-recovery.age)."
        " {threshold} parts quelconques l'ouvrent ensemble et donnent alors toutes les clés du nœud ; moins de parts"
        " n'apprennent rien."
    ),
    "- Gardez cette page sur papier, sous enveloppe scellée, là où vous seul avez accès. Ni copie, ni photographie.",
    "- Ne dites les mots à personne. Lors d'un rétablissement ou d'un exercice, tapez-les vous-même, sans témoin.",
    "- Une fois l'an, il vous sera demandé de vous exercer. Cela montre que votre part est bonne et ne révèle rien.",
    "- Page perdue, ou vue par quelqu'un : prévenez aussitôt l'administrateur ; les clés seront de nouveau partagées.",
    "- À votre départ, remettez-la comme l'administrateur le dit. Après un nouveau partage, détruisez l'ancienne page.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePage:
    """What stands on a page: the State, the split, the number of the share (from 1), its words."""

    state: str
    recovery: Recovery
    number: int
    words: str

    @property
    def file_name(self) -> str:
        """The name of the file that holds the page."""
        return f"share-{self.number}-of-{len(self.recovery.custodians)}.txt"

    def text(self) -> str:
        """The page."""
        total, threshold = len(self.recovery.custodians), self.recovery.threshold
        numbered = [f"{place:2} {word}" for place, word in enumerate(self.words.split(), start=1)]
        rows = -(-len(numbered) // _COLUMNS)
        lines = ["".join(f"{one:<24}" for one in numbered[row::rows]).rstrip() for row in range(rows)]
        facts = {
            "State / État": self.state,
            "Set / Jeu": self.recovery.set,
            "Share / Part": f"{self.number} ({threshold} / {total})",
            "Custodian / Dépositaire": self.recovery.custodians[self.number - 1],
            "Made / Établi": stamp(self.recovery.at),
        }
        return "\n".join(
            [
                "ROGATORY: SHARE OF THE KEYS / PART DES CLÉS",
                "",
                *(f"{name + ':':<26}{value}" for name, value in facts.items()),
                "",
                _BEGIN,
                *lines,
                _END,
                "",
                *(_filled(one, total, threshold) for one in _ENGLISH),
                "",
                *(_filled(one, total, threshold) for one in _FRENCH),
                "",
            ]
        )


def _filled(text: str, total: int, threshold: int) -> str:
    return textwrap.fill(text.format(total=total, threshold=threshold), _WIDTH, subsequent_indent="  ")


def words_of(text: str) -> str:
    """The words in *text*: those of a page in their order, or all of a text that holds nothing else."""
    if _BEGIN not in text:
        return " ".join(word for word in text.split() if not _NUMBER.fullmatch(word))
    cells = text.partition(_BEGIN)[2].partition(_END)[0].split()
    numbered = [
        (int(number.strip(".:)")), word)
        for number, word in zip(cells[::2], cells[1::2], strict=False)
        if _NUMBER.fullmatch(number)
    ]
    return " ".join(word for _, word in sorted(numbered))
