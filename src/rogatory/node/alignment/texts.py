"""National laws on this node: texts are imported, listed, compared and, while nobody assesses them, removed.

An amendment is another text of the same law; a draft of a bill is one too, with a name for its version. What was
imported is never changed, so that a passage on which somebody's judgement rests can always be shown again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rogatory.alignment.national.model import NationalProvision, NationalText, Passage, Remark
from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.kernel import ids
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.alignment import LawRow, ProvisionRow, TextRow

ASSESSOR = "assessor"
#: Roles that read national laws and assessments; drafts of bills and gaps are nobody else's yet.
READERS = frozenset({ASSESSOR, "liaison", "auditor", "administrator"})
LAW_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class NoSuchText(NotFound):
    """No such text of a national law has been imported here."""

    code = "no-such-national-text"
    remedy = "Look at the list of laws: rogatory align laws."


class NoSuchNationalLaw(NotFound):
    """No national law of that name is here."""

    code = "no-such-national-law"
    remedy = "Look at the list of laws: rogatory align laws; or import one: rogatory align import FILE."


class NoSuchProvision(NotFound):
    """The text has no such provision, or the provision no such passage."""

    code = "no-such-national-provision"
    remedy = "Look at the text: rogatory align text LAW."


class BadLawName(BadInput):
    """This cannot name a law."""

    code = "bad-law-name"
    remedy = "Use 1 to 60 small letters, digits and hyphens, as in penal-code, beginning with a letter or digit."


class NothingToImport(BadInput):
    """The file has no provisions."""

    code = "no-provisions"
    remedy = "Look whether this is the law itself, and whether its articles or sections carry their numbers."


class TextInUse(NotPermitted):
    """An assessment looks at this text."""

    code = "national-text-in-use"
    remedy = "Take the text out of the assessment first; what was judged on it stays readable."


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A text as it was kept, the law it belongs to, and the text of that law that stood before it, if any."""

    law: LawRow
    text: TextRow
    before: TextRow | None


def require_reader(actor: Actor) -> None:
    """Nothing, when *actor* may read national laws and assessments; raises `RoleMissing`."""
    if not actor.roles & READERS:
        raise people.RoleMissing(f"{actor.name} holds no role that reads assessments")


def import_text(
    node: Node, actor: Actor, text: NationalText, *, law: str, title: str = "", state: str = "", version: str = ""
) -> Imported:
    """Keep *text* as one more text of *law*, which is made with *title* when it is new.

    Raises `RoleMissing`, `BadLawName`, `NothingToImport`, `AlreadyHeld` for the same file under the same law, date
    and version, and `UnknownState`.
    """
    people.require(actor, ASSESSOR)
    if not LAW_ID.fullmatch(law):
        raise BadLawName(f"{law[:60]!r} cannot name a law")
    if not text.provisions:
        raise NothingToImport(where=text.file_name)
    now = node.clock.now()
    with node.stores.atomic():
        kept = node.stores.alignment.law(law)
        if kept is None:
            owner = node.status.state(state or node.state).iso3
            kept = LawRow(id=law, state=owner, title=(title or text.title)[:500], made_at=now, made_by=actor.id)
            node.stores.alignment.add_law(kept)
        earlier = node.stores.alignment.texts(law)
        row = TextRow(
            id=ids.new_id(node.random(17)),
            law=law,
            version=version.strip()[:120],
            since=text.since,
            lang=text.lang[:8],
            title=text.title[:500],
            file_name=text.file_name[:255],
            format=text.format,
            sha256=text.sha256,
            provisions=len(text.provisions),
            remarks=[{"code": one.code, "subject": one.subject, "where": one.where} for one in text.remarks],
            imported_at=now,
            imported_by=actor.id,
        )
        node.stores.alignment.add_text(row, _rows(row.id, text))
        people.note(node, actor, "align:text:import", law, f"{row.id} sha256 {text.sha256[:16]}")
    return Imported(law=kept, text=row, before=earlier[-1] if earlier else None)


def remove_text(node: Node, actor: Actor, id: str) -> None:
    """Remove a text that no assessment looks at; raises `RoleMissing`, `NoSuchText` and `TextInUse`."""
    people.require(actor, ASSESSOR)
    with node.stores.atomic():
        row = text_row(node, id)
        used = [one.title for one in node.stores.alignment.assessments() if id in one.texts]
        if used:
            raise TextInUse(f"{row.title} is looked at by {', '.join(used)}")
        node.stores.alignment.remove_text(id)
        people.note(node, actor, "align:text:remove", row.law, f"{id} sha256 {row.sha256[:16]}")


def laws(node: Node) -> Sequence[tuple[LawRow, Sequence[TextRow]]]:
    """Every law with its texts, by name."""
    texts = node.stores.alignment.texts()
    return [(law, [text for text in texts if text.law == law.id]) for law in node.stores.alignment.laws()]


def text_row(node: Node, id: str) -> TextRow:
    """The text of that id, without its provisions; raises `NoSuchText`."""
    row = node.stores.alignment.text(id)
    if row is None:
        raise NoSuchText(f"there is no text {id[:40]!r} here")
    return row


def newest(node: Node, law: str) -> TextRow:
    """The text of *law* that was imported last; raises `NoSuchNationalLaw`."""
    texts = node.stores.alignment.texts(law)
    if not texts:
        raise NoSuchNationalLaw(f"there is no law {law[:60]!r} here")
    return texts[-1]


def text(node: Node, id: str) -> NationalText:
    """A whole text; raises `NoSuchText`."""
    row = text_row(node, id)
    return NationalText(
        title=row.title,
        lang=row.lang,
        sha256=row.sha256,
        file_name=row.file_name,
        format=row.format,
        since=row.since,
        provisions=tuple(provision(one) for one in node.stores.alignment.provisions(id)),
        remarks=tuple(Remark(**dict(one)) for one in row.remarks),
    )


def provisions(node: Node, id: str, *, start: int = 0, limit: int = 50) -> tuple[NationalProvision, ...]:
    """At most *limit* provisions of a text from the place *start* on, counted from 0."""
    return tuple(provision(one) for one in node.stores.alignment.provisions(id, start=start, limit=limit))


def provision_of(node: Node, id: str, key: str) -> NationalProvision:
    """One provision of a text; raises `NoSuchProvision`."""
    rows = node.stores.alignment.named(id, (key,))
    if not rows:
        raise NoSuchProvision(f"the text has no provision {key[:80]!r}")
    return provision(rows[0])


def provision(row: ProvisionRow) -> NationalProvision:
    """The provision in a row."""
    return NationalProvision(
        key=row.key,
        number=row.number,
        label=row.label,
        heading=row.heading,
        above=tuple(row.above),
        passages=tuple(Passage(number=number, text=said) for number, said in row.passages),
        where=row.where,
    )


def _rows(id: str, text: NationalText) -> Iterator[ProvisionRow]:
    for place, one in enumerate(text.provisions):
        yield ProvisionRow(
            text=id,
            place=place,
            key=one.key,
            number=one.number,
            label=one.label,
            heading=one.heading,
            above=list(one.above),
            passages=[[passage.number, passage.text] for passage in one.passages],
            where=one.where,
        )
