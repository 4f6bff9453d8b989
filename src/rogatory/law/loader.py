"""From the files of the law data to one `Law`, refusing whatever is not exactly right.

Every key must be known, every provision stand once, every cross reference lead to a provision, every parallel name an
article that its instrument has, every measure's form name each of its fields once. An error names file and line.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from rogatory.law import provisions
from rogatory.law.clause_tables import read_clause
from rogatory.law.form import Field, Form
from rogatory.law.model import Chapter, Instrument, Law, MeasureLaw, Provision, for_measure
from rogatory.law.tables import BadLawFile, Source, Table

INSTRUMENTS = ("uncc", "budapest", "untoc", "uncac")


@cache
def load_law() -> Law:
    """The law data that ships with the program, read once; raises `BadLawFile` with file and line."""
    return read_law(files("rogatory.law") / "data")


def read_law(folder: Traversable) -> Law:
    """The law data under *folder*: one folder an instrument, with `instrument.toml` and one file an article."""
    instruments: dict[str, Instrument] = {}
    numbered: dict[str, Mapping[str, Provision]] = {}
    for name in INSTRUMENTS:
        place = folder / name
        if not place.is_dir():
            continue
        instruments[name] = _instrument(_source(place / "instrument.toml", name).parse(), name)
        numbered[name] = MappingProxyType(_provisions(place, instruments[name]))
    _check_references(folder, instruments, numbered)
    by_measure = _by_measure(instruments, numbered)
    forms = dict(_forms(instruments, by_measure))
    for (name, measure), bearing in by_measure.items():
        _check_keys(bearing, measure, forms.get((name, measure)), f"{name}/instrument.toml, measure {measure}")
    return Law(
        instruments=MappingProxyType(instruments),
        by_number=MappingProxyType(numbered),
        by_measure=MappingProxyType(by_measure),
        forms=MappingProxyType(forms),
    )


def _source(file: Traversable, instrument: str) -> Source:
    return Source(f"{instrument}/{file.name}", file.read_text("utf-8"))


def _instrument(table: Table, name: str) -> Instrument:
    if table.text("id") != name:
        raise table.fail(f"the id must be {name!r}, the name of the folder", "id")
    measures = [_measure(inner) for inner in table.tables("measure", anchored_by="id")]
    found = Instrument(
        id=name,
        name=table.words("name"),
        short=table.words("short"),
        adopted=table.day("adopted"),
        articles=table.number("articles"),
        languages=table.texts("languages"),
        clause=read_clause(table.table("clause")),
        measures=MappingProxyType({measure.id: measure for measure in measures}),
        note=table.words("note", optional=True),
        chapters=tuple(_chapter(inner) for inner in table.tables("chapter", anchored_by="number")),
    )
    _check_chapters(table, found)
    if len(found.measures) != len(measures):
        raise table.fail("a measure stands twice", "measure")
    table.end()
    return found


def _chapter(table: Table) -> Chapter:
    chapter = Chapter(
        number=table.text("number"),
        name=table.words("name"),
        first=table.number("first"),
        last=table.number("last"),
    )
    table.end()
    return chapter


def _check_chapters(table: Table, instrument: Instrument) -> None:
    """Refuse chapters that leave an article out, name one twice or go beyond the last."""
    if not instrument.chapters:
        return
    bounds = [(chapter.first, chapter.last) for chapter in instrument.chapters]
    follows = [1, *(last + 1 for _, last in bounds)]
    if [first for first, _ in bounds] != follows[:-1] or follows[-1] != instrument.articles + 1:
        raise table.fail(f"the chapters must share out articles 1 to {instrument.articles}, each once", "chapter")


def _measure(table: Table) -> MeasureLaw:
    measure = MeasureLaw(
        id=table.text("id"),
        provision=table.text("provision"),
        name=table.words("name"),
        serves=table.words("serves"),
        scope=table.words("scope", optional=True),
        form=table.texts("form"),
        requesting_question=table.words("requesting_question", optional=True),
        requested_question=table.words("requested_question", optional=True),
        scope_offences=table.text("scope_offences", ""),
        scope_serious=table.text("scope_serious", ""),
        scope_threshold=table.text("scope_threshold", ""),
        dual_criminality=table.text("dual_criminality", ""),
        gap_filling=table.text("gap_filling", ""),
        reasons=table.text("reasons", ""),
        supplement=table.text("supplement", ""),
        force=table.text("force", "shall", one_of=provisions.FORCES),
        unasked=table.flag("unasked"),
    )
    table.end()
    return measure


def _provisions(folder: Traversable, instrument: Instrument) -> dict[str, Provision]:
    found: dict[str, Provision] = {}
    articles = sorted(
        (item for item in folder.iterdir() if item.name.startswith("article-") and item.name.endswith(".toml")),
        key=lambda item: item.name,
    )
    for file in articles:
        source = _source(file, instrument.id)
        for provision in provisions.article(source.parse(), instrument, file.name):
            if provision.number in found:
                line = source.last_line(f'number = "{provision.number}"')
                raise BadLawFile(f"provision {provision.number} stands twice", where=f"{source.name}:{line}")
            found[provision.number] = provision
    return found


def _check_references(
    folder: Traversable, instruments: Mapping[str, Instrument], numbered: Mapping[str, Mapping[str, Provision]]
) -> None:
    for name, known in numbered.items():
        for provision in known.values():
            notified = (field.notified for field in (*provision.fields, *provision.asks) if field.notified)
            for number in (*provision.cross, *provision.only_grounds, *notified):
                if number not in known:
                    message = f"{number} is not a provision of {name} in our data"
                    raise BadLawFile(message, where=_where(folder, provision, number))
            for parallel in provision.parallels:
                if message := _wrong_parallel(parallel, instruments):
                    raise BadLawFile(message, where=_where(folder, provision, parallel))
        for measure in instruments[name].measures.values():
            _check_measure(measure, known, f"{name}/instrument.toml, measure {measure.id}")


def _where(folder: Traversable, provision: Provision, text: str) -> str:
    """The file and line where *provision* says *text*."""
    file = folder / provision.instrument / provisions.file_of(provision.article)
    lines = file.read_text("utf-8").split("\n")
    start = next(number for number, line in enumerate(lines) if f'number = "{provision.number}"' in line)
    found = next((number for number in range(start, len(lines)) if f'"{text}"' in lines[number]), start)
    return f"{provision.instrument}/{file.name}:{found + 1}"


def _wrong_parallel(parallel: str, instruments: Mapping[str, Instrument]) -> str:
    """What is wrong with the name of a parallel; empty when nothing is."""
    name, _, number = parallel.partition(":")
    if name not in instruments or not provisions.NUMBER.fullmatch(number):
        return f"{parallel!r} does not name a provision such as budapest:29(2)(b)"
    if not 1 <= int(provisions.article_of(number)) <= instruments[name].articles:
        return f"{parallel} names an article that {name} does not have"
    return ""


def _check_measure(measure: MeasureLaw, known: Mapping[str, Provision], where: str) -> None:
    if not known:
        return
    named = (
        measure.provision,
        measure.scope_offences,
        measure.scope_serious,
        measure.scope_threshold,
        measure.dual_criminality,
        measure.gap_filling,
        measure.reasons,
        measure.supplement,
    )
    for number in named:
        if number and number not in known:
            raise BadLawFile(f"{number} is not a provision in our data", where=where)


def _check_keys(bearing: Iterable[Provision], measure: str, form: Form | None, where: str) -> None:
    """Refuse a key asked for twice, and one that a requirement or a condition reads and nothing asks for."""
    known = set(form.fields_by_key) if form else set()
    for provision in bearing:
        asks, grounds = for_measure(provision.asks, measure), for_measure(provision.grounds, measure)
        for key in (*(ask.key for ask in asks), *(ground.key for ground in grounds)):
            if key in known:
                raise BadLawFile(f"{key} is asked for twice, the second time at {provision.number}", where=where)
            known.add(key)
    for provision in bearing:
        requirements = for_measure(provision.requirements, measure)
        read = [requirement.key for requirement in requirements]
        conditions = [provision.applies_when, *(one.applies_when for one in for_measure(provision.grounds, measure))]
        conditions += [requirement.only_when for requirement in requirements]
        for key in (*read, *(key for condition in conditions for key, _ in condition)):
            if key not in known:
                raise BadLawFile(f"{provision.number} reads {key}, which nothing asks for", where=where)


def _by_measure(
    instruments: Mapping[str, Instrument], numbered: Mapping[str, Mapping[str, Provision]]
) -> dict[tuple[str, str], tuple[Provision, ...]]:
    found: dict[tuple[str, str], tuple[Provision, ...]] = {}
    for name, known in numbered.items():
        for measure in instruments[name].measures:
            found[name, measure] = tuple(item for item in known.values() if measure in item.measures)
    return found


def _forms(
    instruments: Mapping[str, Instrument], by_measure: Mapping[tuple[str, str], Iterable[Provision]]
) -> Iterator[tuple[tuple[str, str], Form]]:
    for (name, measure), bearing in by_measure.items():
        law = instruments[name].measures[measure]
        where = f"{name}/instrument.toml, form of {measure}"
        fields: dict[str, Field] = {}
        for field in (field for provision in bearing for field in provision.fields):
            if field.measures and measure not in field.measures:
                continue
            if field.key in fields:
                raise BadLawFile(f"field {field.key} stands twice, at {field.provision}", where=where)
            fields[field.key] = field
        if set(law.form) != set(fields):
            odd = ", ".join(sorted(set(law.form) ^ set(fields)))
            raise BadLawFile(f"these stand in the form or in the provisions, but not in both: {odd}", where=where)
        if law.form:
            yield (name, measure), _form(law, name, tuple(fields[key] for key in law.form), where)


def _form(law: MeasureLaw, instrument: str, fields: tuple[Field, ...], where: str) -> Form:
    by_key = {field.key: field for field in fields}
    for field in fields:
        if field.needed_when and field.needed_when[0] not in by_key:
            raise BadLawFile(f"{field.key} is needed when {field.needed_when[0]}, which is no field", where=where)
    return Form(
        measure=law.id,
        instrument=instrument,
        provision=law.provision,
        fields=fields,
        fields_by_key=MappingProxyType(by_key),
    )
