"""A law, as a file holds it, into its provisions with their own numbers.

1. What repeats on every page is left out; what remains is the text.
2. The labels of its articles or sections part it (`sequence`); a table of contents before it, annexes and the formula
   after it do not become provisions (`edges`).
3. Titles and the headings of parts and chapters are told from what a provision says (`shaping`), and that is parted
   into numbered passages (`marks`).
4. Numbers stay the law's own. Keys are made unique: the second provision `14` has the key `14~2`.
5. What a person should look at is remarked upon; a doubt is never a reason to leave a provision out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rogatory.alignment.national import edges, languages, marks, numbers, sequence, shaping, unnumbered
from rogatory.alignment.national.labels import labels
from rogatory.alignment.national.model import NationalProvision, NationalText, Remark
from rogatory.alignment.national.shaping import Draft
from rogatory.kernel.blocks import Block, Document

#: A provision of more characters is remarked upon: perhaps the next label was not seen.
LONG = 40_000
MAX_REMARKS = 200
SHOWN = 80
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
#: What a label, a number and a key have at most, whatever a file marks up as one.
MAX_LABEL, MAX_NUMBER, MAX_KEY = 500, 60, 60
#: A title before the first provision has no more words than this; what has more is a preamble.
TITLE_WORDS = 12


def national_text(document: Document, *, lang: str = "", since: date | None = None, title: str = "") -> NationalText:
    """The law that *document* holds, as it stands from *since* on; *lang* and *title* where they are known better."""
    blocks, remarks = edges.without_running_heads(_spaced(document))
    found = sequence.provisions(blocks)
    if not found.starts:
        found = unnumbered.provisions(blocks, title=document.title)
    made, more = _drafts(found, document.title)
    provisions = tuple(_keyed(made, signs=found.family != "§"))
    spoken = languages.language(_said(blocks, provisions)) if not (lang or document.lang) else None
    return NationalText(
        title=title or document.title,
        lang=lang or document.lang or (spoken.lang if spoken else ""),
        sha256=document.sha256,
        file_name=document.name,
        format=document.format,
        provisions=provisions,
        since=since or _dated(document.dated),
        remarks=(
            *(() if spoken is None or spoken.sure else (Remark(code="language-unsure", subject=spoken.lang),)),
            *remarks,
            *more,
            *_on_numbers(made),
        ),
    )


def _spaced(document: Document) -> Document:
    """The document with single spaces, whatever spaces its file has, and without control characters."""
    spaced = (replace(block, text=" ".join(_UNSEEN.sub("", block.text).split())) for block in document.blocks)
    return replace(document, blocks=tuple(block for block in spaced if block.text))


def _drafts(found: sequence.Found, title: str) -> tuple[list[Draft], tuple[Remark, ...]]:
    if not found.starts:
        return [], (Remark(code="no-provisions", subject=title[:SHOWN]),)
    segments, remarks = edges.segments(found)
    first = next((one for one in segments if one.kept), segments[0])
    opening = [block for block in first.before if not labels(block.text) and _is_text(block)]
    if opening:
        remarks = (Remark(code="preamble", subject=opening[0].text[:SHOWN], where=opening[0].where), *remarks)
    return list(shaping.drafts(segments, family=found.family, title=title)), remarks


def _is_text(block: Block) -> bool:
    return not edges.stands_above(block) or (len(block.text.split()) > TITLE_WORDS and not block.level)


def _keyed(drafts: Iterable[Draft], *, signs: bool) -> Iterable[NationalProvision]:
    seen: Counter[str] = Counter()
    for place, draft in enumerate(drafts, start=1):
        key = numbers.key(draft.number.text)[:MAX_KEY] or f"p{place}"
        seen[key] += 1
        yield NationalProvision(
            key=key if seen[key] == 1 else f"{key}~{seen[key]}",
            number=draft.number.text[:MAX_NUMBER],
            label=draft.label[:MAX_LABEL],
            heading=draft.heading,
            passages=marks.passages(draft.texts, signs=signs),
            above=draft.above,
            where=draft.where,
        )


def _on_numbers(drafts: Sequence[Draft]) -> tuple[Remark, ...]:
    """What to look at in the numbers and the lengths of the provisions."""
    remarks: list[Remark] = []
    seen: set[str] = set()
    before: Draft | None = None
    for draft in drafts:
        number = draft.number
        if number.text and number.text in seen:
            remarks.append(Remark(code="number-repeated", subject=number.text, where=draft.where))
        elif before is not None and number.skips(before.number):
            remarks.append(Remark(code="number-skipped", subject=_missing(before, draft), where=draft.where))
        if sum(map(len, draft.texts)) > LONG:
            remarks.append(Remark(code="provision-long", subject=number.text or draft.label[:SHOWN], where=draft.where))
        seen.add(number.text)
        before = draft
    return tuple(remarks[:MAX_REMARKS])


def _missing(before: Draft, draft: Draft) -> str:
    first, last = before.number.parts[0] + 1, draft.number.parts[0] - 1
    series = draft.number.series.upper()
    return f"{series}{first}" if first == last else f"{series}{first}–{last}"


def _said(blocks: Sequence[Block], provisions: Sequence[NationalProvision]) -> list[str]:
    said = [passage.text for provision in provisions for passage in provision.passages]
    return said or [block.text for block in blocks]


def _dated(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
