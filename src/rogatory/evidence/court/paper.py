"""A court's record as a paper: titles, facts, tables and sentences in one language, however they are shown then.

The desk shows the paper as a page, `html` writes it as a file. Both have the same words, because they stand here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rogatory.evidence import custody_words
from rogatory.evidence.court import words
from rogatory.evidence.court.record import Asked, CourtRecord, ExhibitRecord, SignedEntry
from rogatory.evidence.court.words import label, said
from rogatory.evidence.custody_rules import Standing
from rogatory.evidence.manifest import Manifest

#: What is still to come, or was not looked at; neither good nor bad.
CARE = "care"
GOOD = "good"
BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what it is; the lines of *value* are shown one under the other, as digits when it *is_code*."""

    name: str
    value: tuple[str, ...]
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one line of a table, and the sentences that stand across it below them."""

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings and rows; *about* is what the table is of, for those who do not see it."""

    about: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence and its *light*: `good`, `care` or `bad`."""

    light: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the paper, in this order: its title, facts, findings, table and sentences; *anchor* is its place."""

    anchor: str
    title: str
    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()
    table: Table | None = None
    lines: tuple[str, ...] = ()
    starts_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The whole paper in the language *lang*; *warning* is empty for a real case."""

    lang: str
    title: str
    case: str
    warning: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]
    parts: tuple[Part, ...]


def paper(record: CourtRecord, lang: str) -> Paper:
    """The paper that says *record* in *lang* (`en` or `fr`)."""
    made = said(
        "made",
        lang,
        at=moment(record.at),
        person=record.person,
        authority=record.name(record.authority, lang),
        program=record.program,
    )
    facts = (
        Fact(name=label("case", lang), value=(record.case,), is_code=True),
        Fact(name=label("requesting", lang), value=(record.state(record.case[:3], lang),)),
        Fact(name=label("requested", lang), value=(record.state(record.case[4:7], lang),)),
        Fact(name=label("made", lang), value=(made,)),
    )
    return Paper(
        lang=lang,
        title=label("title", lang),
        case=record.case,
        warning=said("exercise", lang) if record.exercise else "",
        facts=facts,
        lines=(said("about", lang),),
        parts=tuple(_parts(record, lang)),
    )


def moment(at: datetime) -> str:
    """*at*, which is in UTC, to the second: `2028-03-01 09:30:00`."""
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _parts(record: CourtRecord, lang: str) -> Iterator[Part]:
    yield _list(record, lang)
    for place, one in enumerate(record.exhibits, start=1):
        yield _exhibit(record, one, place, lang)
        yield _chain(record, one, place, lang)
    yield _ledger(record, lang)
    yield _verifying(record, lang)


def _list(record: CourtRecord, lang: str) -> Part:
    title = label("list", lang)
    if not record.exhibits:
        return Part(anchor="list", title=title, lines=(said("none", lang),))
    rows = tuple(
        Row(
            cells=(
                str(place),
                one.manifest.name,
                said("bytes", lang, size=_grouped(one.manifest.size)),
                one.manifest.sealed_by,
                moment(one.manifest.at),
                _last(one, lang),
            ),
            below=(said("listed", lang, sha256=one.manifest.sha256),),
        )
        for place, one in enumerate(record.exhibits, start=1)
    )
    keys = ("no", "name", "size", "sealed-by", "sealed", "last-act")
    return Part(
        anchor="list",
        title=title,
        table=Table(about=title, headings=tuple(label(key, lang) for key in keys), rows=rows),
    )


def _last(one: ExhibitRecord, lang: str) -> str:
    if not one.entries:
        return "–"
    entry = one.entries[-1].entry
    return f"{custody_words.act(entry.act, lang)}, {entry.holder}"


def _exhibit(record: CourtRecord, one: ExhibitRecord, place: int, lang: str) -> Part:
    title = f"{label('exhibit-number', lang, number=place)} · {one.manifest.name}"
    return Part(
        anchor=f"exhibit-{one.manifest.exhibit}",
        title=title,
        facts=(*_what(record, one, lang), *_digests(one, lang), *_conditions(record, one, lang)),
        starts_page=True,
    )


def _what(record: CourtRecord, one: ExhibitRecord, lang: str) -> Iterator[Fact]:
    made = one.manifest
    yield Fact(name=label("identifier", lang), value=(made.exhibit,), is_code=True)
    if made.description.strip():
        yield Fact(name=label("what", lang), value=tuple(made.description.strip().splitlines()))
    yield Fact(name=label("kind", lang), value=(made.media_type,))
    yield Fact(name=label("answers", lang), value=_asked(record, one.asked, made, lang))
    if made.derived:
        origin = words.DERIVED[made.derived.act][lang].format(exhibit=made.derived.exhibit)
        more = said("derived-manifest", lang, manifest=made.derived.manifest)
        yield Fact(name=label("origin", lang), value=(f"{origin}, {more}",))
        if made.derived.leave:
            yield Fact(name=label("leave", lang), value=(made.derived.leave,), is_code=True)
        if made.derived.left_out.strip():
            yield Fact(name=label("left-out", lang), value=tuple(made.derived.left_out.strip().splitlines()))
    if made.contents:
        size = {"count": _grouped(made.contents.count), "block": _grouped(made.contents.block)}
        told = words.CONTENTS[made.contents.kind][lang].format(**size, root=made.contents.root)
        yield Fact(name=label("contents", lang), value=(told,))


def _asked(record: CourtRecord, asked: Asked | None, made: Manifest, lang: str) -> tuple[str, ...]:
    if asked is None:
        return (said("asked-unknown", lang, digest=made.answers, provision=made.provision),)
    told = said(
        "asked",
        lang,
        measure=asked.measure.get(lang),
        instrument=asked.instrument.get(lang),
        by=record.name(asked.by, lang),
        at=moment(asked.at),
        provision=made.provision,
    )
    return told, said("request", lang, digest=asked.digest)


def _digests(one: ExhibitRecord, lang: str) -> Iterator[Fact]:
    made = one.manifest
    yield Fact(name=label("size", lang), value=(said("bytes", lang, size=_grouped(made.size)),))
    yield Fact(name=label("sha256", lang), value=(made.sha256,), is_code=True)
    for name, digest in sorted(made.digests.items()):
        yield Fact(name=label("digest", lang, name=words.DIGESTS[name]), value=(digest,), is_code=True)
    cut = made.parts
    told = said(
        "sealed-file",
        lang,
        size=_grouped(cut.total),
        count=_grouped(cut.count),
        part=_grouped(cut.size),
        root=cut.root,
    )
    yield Fact(name=label("sealed-file", lang), value=(told,))
    if one.sealed_sha256:
        yield Fact(name=label("sealed-sha256", lang), value=(one.sealed_sha256,), is_code=True)


def _conditions(record: CourtRecord, one: ExhibitRecord, lang: str) -> Iterator[Fact]:
    made, bound = one.manifest, one.manifest.conditions
    sealed = said(
        "sealed-by", lang, person=made.person, authority=record.name(made.sealed_by, lang), at=moment(made.at)
    )
    yield Fact(name=label("sealed-by", lang), value=(sealed,))
    yield Fact(name=label("receivers", lang), value=tuple(record.name(one, lang) for one in made.receivers))
    yield Fact(name=label("use", lang), value=(said("use", lang, use=bound.use.strip()),))
    more = [said("confidential" if bound.confidential else "not-confidential", lang), words.ONWARD[bound.onward][lang]]
    if bound.retention_until:
        more.append(said("retention", lang, day=bound.retention_until.isoformat()))
    if bound.data_protection.strip():
        more.append(said("data-protection", lang, terms=bound.data_protection.strip()))
    yield Fact(name=label("conditions", lang), value=tuple(more))
    yield Fact(name=label("manifest", lang), value=(said("signed", lang, digest=one.digest, kid=one.kid),))


def _chain(record: CourtRecord, one: ExhibitRecord, place: int, lang: str) -> Part:
    title = f"{label('exhibit-number', lang, number=place)} · {label('chain', lang)}"
    keys = ("no", "when", "act", "who", "rehash", "purpose")
    return Part(
        anchor=f"custody-{one.manifest.exhibit}",
        title=title,
        findings=tuple(_findings(record, one, lang)),
        table=Table(
            about=title,
            headings=tuple(label(key, lang) for key in keys),
            rows=tuple(_row(record, signed, one.manifest, lang) for signed in one.entries),
        ),
    )


def _findings(record: CourtRecord, one: ExhibitRecord, lang: str) -> Iterator[Finding]:
    if one.fault:
        yield Finding(light=BAD, text=said("fault", lang, why=one.fault))
    else:
        yield Finding(light=GOOD, text=said("holds", lang, count=len(one.entries)))
    numbers = {signed.entry.digest: signed.entry.number for signed in one.entries}
    for before, signed in zip(one.entries, one.entries[1:], strict=False):
        follows = signed.entry.previous
        if follows != before.entry.digest and follows in numbers:
            name = custody_words.name(signed.entry, lang)
            text = said("branch", lang, name=name[:1].upper() + name[1:], number=numbers[follows])
            yield Finding(light=CARE, text=text)
    for holder, how in sorted(one.standing.items()):
        waits = how in (Standing.EXPECTED, Standing.ARRIVING)
        text = said("standing", lang, who=record.name(holder, lang), how=words.STANDINGS[how][lang])
        yield Finding(light=CARE if waits else GOOD, text=text)
    if one.remark:
        yield Finding(light=CARE, text=said("remark", lang, remark=one.remark))
    yield from _compared(one, lang)


def _compared(one: ExhibitRecord, lang: str) -> Iterator[Finding]:
    found = one.comparison
    if found is None:
        yield Finding(light=CARE, text=said("not-compared", lang))
        return
    light = BAD if found.disagreement else GOOD if found.same else CARE
    for sentence in found.sentences(lang):
        yield Finding(light=light, text=f"{said('compared', lang)} {sentence}")


def _row(record: CourtRecord, signed: SignedEntry, made: Manifest, lang: str) -> Row:
    entry = signed.entry
    act = custody_words.act(entry.act, lang)
    if entry.to:
        act = f"{act}, {said('to', lang, to=entry.to)}"
    person = said("by-machine", lang) if signed.by_machine else entry.person
    purpose = entry.purpose.strip() or "–"
    below = [said("entry", lang, digest=entry.digest, kid=signed.kid), _proved(signed, lang)]
    if entry.under:
        below.insert(0, _sentence(said("under", lang, under=entry.under)))
    holder = record.name(entry.holder, lang)
    return Row(
        cells=(
            str(entry.number),
            moment(entry.at),
            act,
            f"{person}, {holder}",
            said(_rehash(signed, made), lang),
            purpose,
        ),
        below=tuple(below),
    )


def _rehash(signed: SignedEntry, made: Manifest) -> str:
    root, sha256 = signed.entry.root, signed.entry.sha256
    if (root and root != made.parts.root) or (sha256 and sha256 != made.sha256):
        return "rehash-other"
    if root and sha256:
        return "rehash-both"
    return "rehash-root" if root else "rehash-sha256" if sha256 else "rehash-none"


def _proved(signed: SignedEntry, lang: str) -> str:
    if signed.proof:
        return said("entry-proved", lang, index=signed.proof.index)
    if signed.carrier:
        return said("entry-carried", lang, message=signed.carrier.message, index=signed.carrier.ledger_index)
    return said("entry-unproved", lang)


def _ledger(record: CourtRecord, lang: str) -> Part:
    log = record.ledger
    seen = tuple(
        said("cosigned", lang, state=record.state(one.state, lang), name=one.name, at=moment(one.at))
        for one in log.cosigned
    )
    stamped = log.stamped
    told = said("stamped", lang, authority=stamped.authority, at=moment(stamped.at)) if stamped else ""
    state = record.state(record.authority[:3], lang)
    return Part(
        anchor="ledger",
        title=label("ledger", lang),
        facts=(
            Fact(name=label("log", lang), value=(log.origin,), is_code=True),
            Fact(name=label("size-of-log", lang), value=(_grouped(log.size),)),
            Fact(name=label("root", lang), value=(log.root,), is_code=True),
            Fact(name=label("checkpoint", lang), value=tuple(filter(None, log.text.splitlines())), is_code=True),
            Fact(name=label("witnesses", lang), value=seen or (said("no-witness", lang),)),
            Fact(name=label("stamp", lang), value=(told or said("no-stamp", lang),)),
        ),
        lines=(said("ledger", lang, state=state),),
    )


def _verifying(record: CourtRecord, lang: str) -> Part:
    keys = tuple(f"{code} {key}" for code, key in sorted(record.fingerprints.items()))
    return Part(
        anchor="verify",
        title=label("verify", lang),
        facts=(Fact(name=label("keys", lang), value=keys, is_code=True),) if keys else (),
        lines=tuple(said(key, lang) for key in ("verify-keys", "verify-file", "verify-bundle", "verify-entry")),
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _grouped(number: int) -> str:
    """*number* with its thousands apart by a narrow space that breaks no line, in English and French alike."""
    return f"{number:,}".replace(",", "\u202f")
