"""What people judged about an obligation, as a log of judgements that folds into an assessment.

Only a person judges: nothing in this room makes a judgement out of a proposal. Each reader's latest judgement counts;
where two readers differ, the obligation is `disputed` until they agree or one of them settles it with a reason.
"""

from dataclasses import dataclass
from datetime import datetime

#: What a reader can say of an obligation; an obligation nobody judged is `unseen`.
ANSWERS = ("implemented", "partly", "not-implemented", "not-applicable")
UNSEEN = "unseen"
#: Readers whose judgements count differ.
DISPUTED = "disputed"
#: What a reader can say of one element of an offence.
ELEMENT_ANSWERS = ("present", "missing", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of a national provision on which a judgement rests: law, text (its SHA-256), provision key, passage.

    *passage* is the place among the provision's passages, or `None` for the whole provision; *quote* is the wording as
    it was read, so that the judgement stays readable when the law changes.
    """

    law: str
    text: str
    key: str
    label: str
    passage: int | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One reader's answer on one obligation, at one time.

    `id` names it; `number` is the obligation; `elements` maps element names (`e1`) to `ELEMENT_ANSWERS`; `options` are
    the permitted options (`o2`) that the national law uses; `rejected` are keys of proposed provisions that do not
    carry it; one that has the id of a judgement in `undoes` takes that one, of the same reader, back. `settles` marks
    one that ends a disagreement and says why in `remark`. `reused_from` names the provision of another instrument
    (`budapest:2`) from whose answer it was taken over and confirmed.
    """

    id: str
    number: str
    reader: str
    reader_name: str
    at: datetime
    answer: str
    elements: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejected: tuple[str, ...] = ()
    remark: str = ""
    settles: bool = False
    undoes: str = ""
    reused_from: str = ""
