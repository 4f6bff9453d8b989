"""Two holders' copies of one chain of custody: what each lacks, and whether somebody contradicts himself.

Rules in words. Both copies were verified on their own. An entry that only one side has is a gap on the other, to be
filled by handing it over. Entries of both sides that cannot stand in one chain are a disagreement: a holder signed
two different next entries, and no handing over mends that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rogatory.evidence import custody_words as words
from rogatory.evidence.custody import BadCustody, Entry, read_entry, unverified_custody
from rogatory.evidence.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What only we hold, what only they hold, the chain of both together, and the disagreement in words if any."""

    only_ours: tuple[Entry, ...]
    only_theirs: tuple[Entry, ...]
    merged: tuple[bytes, ...]
    disagreement: str = ""

    @property
    def same(self) -> bool:
        """Whether both sides hold the same entries."""
        return not self.only_ours and not self.only_theirs

    def sentences(self, lang: str = "en") -> list[str]:
        """The comparison in words (`en` or `fr`), one sentence a finding."""
        if self.same:
            return [words.said("same", lang, count=len(self.merged))]
        found = [words.said("they-lack", lang, entry=words.name(entry, lang)) for entry in self.only_ours]
        found += [words.said("we-lack", lang, entry=words.name(entry, lang)) for entry in self.only_theirs]
        if self.disagreement:
            found.append(words.said("contradiction", lang, why=self.disagreement))
        return found


def compare(ours: Sequence[bytes], theirs: Sequence[bytes], *, manifest: Manifest) -> Comparison:
    """How our copy of a chain and theirs, each verified before, stand to each other."""
    held, offered = set(ours), set(theirs)
    merged = (*ours, *(signed for signed in theirs if signed not in held))
    disagreement = ""
    try:
        unverified_custody(merged, manifest=manifest)
    except BadCustody as error:
        disagreement = str(error)
    return Comparison(
        only_ours=tuple(read_entry(signed).unverified_entry for signed in ours if signed not in offered),
        only_theirs=tuple(read_entry(signed).unverified_entry for signed in theirs if signed not in held),
        merged=merged,
        disagreement=disagreement,
    )
