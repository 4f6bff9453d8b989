"""How a description was checked, and how sure that makes it: every part of the law data says so."""

from dataclasses import dataclass

from rogatory.law.sentences import law_sentences
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How a description was checked: `text`, `parallel`, `secondary` or `unchecked`; certainty `high|medium|low`."""

    how: str
    certainty: str
    note: str = ""

    @property
    def words(self) -> Words:
        """How it was checked, and how sure that makes it, as a sentence."""
        certainty = law_sentences().say(f"certainty-{self.certainty}")
        return law_sentences().say(f"checked-{self.how}", certainty=certainty)
