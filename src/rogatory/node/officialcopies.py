"""Official copies on this node: an administrator loads and removes them, everybody at the desk reads them.

A copy never changes what our data say, nor any opinion. A comparison records who held our words on one provision
against which copy, and what came out; it speaks of exactly that file and of our words as they were on that day.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rogatory.errors import BadInput, NotFound
from rogatory.law.copies.comparing import Difference, compare
from rogatory.law.copies.official import (
    AUTHENTIC,
    OfficialCopy,
    OfficialProvision,
    articles_as_json,
    articles_from_json,
)
from rogatory.law.model import Provision
from rogatory.law.provisions import article_of
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.lawdata import ComparedRow, OfficialCopyRow

VERDICTS = ("agrees", "differs")
MAX_NOTE = 2000


class NoSuchCopy(NotFound):
    """No official copy of that instrument in that language has been loaded here."""

    code = "no-such-copy"
    remedy = "Load it first, from the official file: rogatory law load FILE --instrument uncc --lang fr."


class BadComparison(BadInput):
    """The comparison cannot be recorded as it is."""

    code = "bad-comparison"
    remedy = "Say whether our words agree with the official text or differ from it, and in a note what differs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One recorded comparison, and whether the copy and our words are still those that were compared."""

    row: ComparedRow
    same_copy: bool
    same_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an official copy says at a provision, with what stands under it, and the newest comparison of each one.

    *number* is where the copy has it, which is another number than ours where the copy numbers otherwise.
    """

    copy: OfficialCopyRow
    number: str
    title: str
    provisions: tuple[OfficialProvision, ...]
    comparisons: tuple[Comparison, ...]
    differences: tuple[Difference, ...]


def keep_copy(node: Node, actor: Actor, copy: OfficialCopy) -> bool:
    """Keep *copy* in place of the one of that instrument and language; whether there was one. Raises `RoleMissing`."""
    people.require(actor, "administrator")
    node.law.instrument(copy.instrument)
    with node.stores.atomic():
        row = OfficialCopyRow(
            instrument=copy.instrument,
            lang=copy.lang,
            sha256=copy.sha256,
            file_name=copy.file_name[:255],
            format=copy.format,
            title=copy.title[:500],
            articles=articles_as_json(copy.articles.values()),
            loaded_at=node.clock.now(),
            loaded_by=actor.id,
            loader_name=actor.name,
        )
        replaced = (copy.instrument, copy.lang) in node.stores.official.digests()
        node.stores.official.put(row)
        people.note(node, actor, "law:copy:load", _subject(copy.instrument, copy.lang), f"sha256 {copy.sha256[:16]}")
    return replaced


def remove_copy(node: Node, actor: Actor, instrument: str, lang: str) -> None:
    """Remove a copy; the comparisons made with it stay. Raises `RoleMissing` and `NoSuchCopy`."""
    people.require(actor, "administrator")
    with node.stores.atomic():
        if not node.stores.official.remove(instrument, lang):
            raise _no_such_copy(instrument, lang)
        people.note(node, actor, "law:copy:remove", _subject(instrument, lang))


def all_copies(node: Node) -> Sequence[OfficialCopyRow]:
    """Every copy that is loaded here, by instrument and language."""
    return node.stores.official.all()


def copy_of(node: Node, instrument: str, lang: str) -> OfficialCopy:
    """The copy of *instrument* in *lang*; raises `NoSuchCopy` and `UnknownInstrument`."""
    node.law.instrument(instrument)
    row = node.stores.official.get(instrument, lang)
    if row is None:
        raise _no_such_copy(instrument, lang)
    return _copy(row)


def beside(node: Node, instrument: str, number: str) -> tuple[Beside, ...]:
    """What each loaded copy says at *number* (a provision or an article); only copies that have something there."""
    languages = [lang for name, lang in node.stores.official.digests() if name == instrument]
    if not languages:
        return ()
    made = _newest(node, instrument, number)
    found = []
    for row in (node.stores.official.get(instrument, lang) for lang in languages):
        if row is not None and (one := _beside(node, _copy(row), row, number)) is not None:
            comparisons = tuple(_comparison(node, each, row) for each in made if each.lang == row.lang)
            found.append(replace(one, comparisons=comparisons))
    return tuple(found)


def mark_compared(
    node: Node, actor: Actor, provision: Provision, lang: str, *, verdict: str, note: str = ""
) -> ComparedRow:
    """Record that *actor* held our words on *provision* against the copy in *lang*.

    Raises `NoSuchCopy`, `BadComparison` for no known verdict, for `differs` without a note or for a note that is too
    long, and when the copy has nothing at that number.
    """
    if verdict not in VERDICTS:
        raise BadComparison(f"the result is {' or '.join(VERDICTS)}, not {verdict!r}")
    note = note.strip()
    if verdict == "differs" and not note:
        raise BadComparison("say in a note what differs")
    if len(note) > MAX_NOTE:
        raise BadComparison(f"the note has {len(note)} characters, and {MAX_NOTE} is the limit")
    copy = copy_of(node, provision.instrument, lang)
    there = compare(node.law, copy, article=provision.article).places.get(provision.number, "")
    if verdict == "agrees" and not (there and copy.under(there)):
        raise BadComparison(f"the copy has nothing at {provision.number} that could agree", cite=provision.cite)
    with node.stores.atomic():
        row = ComparedRow(
            instrument=provision.instrument,
            number=provision.number,
            lang=lang,
            verdict=verdict,
            note=note,
            copy_sha256=copy.sha256,
            ours_sha256=digest_of_words(provision),
            at=node.clock.now(),
            by=actor.id,
            name=actor.name,
        )
        node.stores.official.add_compared(row)
        people.note(node, actor, "law:provision:compare", f"{provision.cite} {lang}"[:64], verdict)
    return row


def comparisons(node: Node, instrument: str, number: str = "") -> tuple[Comparison, ...]:
    """The newest comparison of every provision and language, or of *number* and what stands under it."""
    copies = {row.lang: row for row in node.stores.official.all() if row.instrument == instrument}
    return tuple(_comparison(node, one, copies.get(one.lang)) for one in _newest(node, instrument, number))


def digest_of_words(provision: Provision) -> str:
    """The SHA-256 of our words on a provision, so that a comparison tells when they were changed after it."""
    return hashlib.sha256(f"{provision.number}\n{provision.what.en}\n{provision.what.fr}".encode()).hexdigest()


def _beside(node: Node, copy: OfficialCopy, row: OfficialCopyRow, number: str) -> Beside | None:
    article = article_of(number)
    compared = compare(node.law, copy, article=article)
    there = compared.places.get(number, "" if number in node.law.by_number[copy.instrument] else number)
    provisions = copy.under(there) if there else ()
    if not provisions:
        return None
    return Beside(
        copy=row,
        number=there,
        title=copy.articles[article].title,
        provisions=provisions,
        comparisons=(),
        differences=compared.of(number),
    )


def _newest(node: Node, instrument: str, number: str) -> list[ComparedRow]:
    newest = {
        (row.number, row.lang): row
        for row in node.stores.official.compared(instrument)
        if not number or row.number == number or row.number.startswith(f"{number}(")
    }
    return list(newest.values())


def _comparison(node: Node, row: ComparedRow, copy: OfficialCopyRow | None) -> Comparison:
    ours = node.law.by_number[row.instrument].get(row.number)
    return Comparison(
        row=row,
        same_copy=copy is not None and copy.sha256 == row.copy_sha256,
        same_words=ours is not None and digest_of_words(ours) == row.ours_sha256,
    )


def _copy(row: OfficialCopyRow) -> OfficialCopy:
    return OfficialCopy(
        instrument=row.instrument,
        lang=row.lang,
        title=row.title,
        file_name=row.file_name,
        format=row.format,
        sha256=row.sha256,
        articles=articles_from_json(row.articles),
    )


def _subject(instrument: str, lang: str) -> str:
    return f"{instrument} {lang}"


def _no_such_copy(instrument: str, lang: str) -> NoSuchCopy:
    if lang not in AUTHENTIC:
        return NoSuchCopy(f"{lang!r} is not one of the languages {', '.join(AUTHENTIC)}")
    return NoSuchCopy(f"no copy of {instrument} in {lang!r} is loaded here")
