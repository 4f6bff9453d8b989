"""Reading one article: its provisions, and what hangs on each."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from rogatory.law.checked import Checked
from rogatory.law.form import FIELD_TYPES, Field, Option
from rogatory.law.model import (
    NO_CHAIRS,
    NO_DATES,
    Deadline,
    Duty,
    Element,
    ElementOption,
    Exclusion,
    Ground,
    Instrument,
    Notice,
    Provision,
    Requirement,
    Value,
)
from rogatory.law.tables import Table
from rogatory.law.words import Answer, Words

NUMBER = re.compile(r"\d{1,3}(\((\d{1,2}|[a-z]|[ivx]{1,5})\))*")
WHO = (
    "none",
    "state-party",
    "requesting",
    "requested",
    "both",
    "depositary",
    "contact-point",
    "central-authority",
    "service-provider",
    "any-state",
    "regional-organisation",
    "conference",
    "secretariat",
)
FORCES = ("shall", "endeavour", "consider", "encouraged", "may", "none")
KINDS = (
    "purpose",
    "definition",
    "offence",
    "power",
    "duty",
    "option",
    "content",
    "ground",
    "period",
    "notice",
    "reservation",
    "scope",
    "jurisdiction",
    "institution",
    "final",
)
HOW = ("text", "parallel", "secondary", "unchecked")
CERTAINTIES = ("high", "medium", "low")
CHAIRS = ("", "requesting", "requested", "both")
EFFECTS = ("may-refuse", "may-postpone", "no-duty", "barred")
DECISIVE = ("both", "requesting", "requested", "none")
TOPICS = (
    "scope",
    "territory",
    "dual-criminality",
    "person",
    "consent",
    "jurisdiction",
    "human-rights",
    "safeguards",
    "data-protection",
    "form",
    "channel",
    "domestic-law",
    "agreement",
    "proceedings",
    "property",
)
LEFT_TO_LAW = (
    "language",
    "channel",
    "form",
    "penalty",
    "dual-criminality",
    "ground",
    "condition",
    "who-decides",
)
MOMENTS = (
    "always",
    "drafting",
    "receiving",
    "executing",
    "refusing",
    "postponing",
    "transferring",
    "receiving-evidence",
    "following-up",
)
RULES = ("at-least", "before-expiry", "until-decision", "without-delay")
REQUIRED = ("always", "as-appropriate", "never")
ELEMENTS = ("conduct", "object", "mental", "without-right", "purpose", "result", "circumstance")
OPTION_EFFECTS = ("narrows", "widens")
EXCLUDED_BY = ("treaty", "domestic-law", "reservation")
NOTIFIERS = ("every-party", "treaty-dependent-party", "regional-organisation")
NOTIFIED = ("depositary", "conference")
NOTICE_TIMES = ("with-instrument", "signature-or-instrument", "on-change", "as-required", "undated")
HANGS_ON = {
    "element": ("offence",),
    "option": ("offence", "option", "reservation"),
    "exclusion": ("offence", "option", "reservation"),
    "notice": ("notice",),
}


def article_of(number: str) -> str:
    """The article that a number belongs to: `42` for `42(3)(b)`."""
    return number.partition("(")[0]


def file_of(article: str) -> str:
    """The name of the file in which an article stands."""
    return f"article-{article.zfill(3)}.toml"


def article(table: Table, instrument: Instrument, file: str) -> Iterator[Provision]:
    """The provisions of one file, in order; raises `BadLawFile`."""
    number = table.text("article")
    if not NUMBER.fullmatch(number) or number != article_of(number):
        raise table.fail(f"{number!r} is not the number of an article", "article")
    if file != file_of(number):
        raise table.fail(f"article {number} must stand in {file_of(number)}", "article")
    if not 1 <= int(number) <= instrument.articles:
        raise table.fail(f"{instrument.id} has {instrument.articles} articles; {number} is not one", "article")
    title = table.words("title")
    for inner in table.tables("provision", anchored_by="number"):
        yield _provision(inner, instrument, number, title)
    table.end()


def _provision(table: Table, instrument: Instrument, article: str, title: Words) -> Provision:
    number = table.text("number")
    if not NUMBER.fullmatch(number) or article_of(number) != article:
        raise table.fail(f"{number!r} is not a number of article {article} such as {article}(1)(a)", "number")
    measures = _measures(table, instrument)
    provision = Provision(
        instrument=instrument.id,
        number=number,
        article=article,
        title=title,
        who=table.text("who", one_of=WHO),
        force=table.text("force", one_of=FORCES),
        kind=table.text("kind", one_of=KINDS),
        what=table.words("what"),
        checked=checked(table.table("checked")),
        measures=measures,
        chair=table.text("chair", "", one_of=CHAIRS),
        chair_for=_by_measure(table, "chair_for", CHAIRS, instrument),
        parallels=table.texts("parallels"),
        cross=table.texts("cross"),
        values=_values(table),
        fields=tuple(_field(inner, number) for inner in table.tables("field", anchored_by="key")),
        offences=table.texts("offences"),
        only_grounds=table.texts("only_grounds"),
        asks=tuple(_field(inner, number) for inner in table.tables("ask", anchored_by="key")),
        grounds=tuple(_ground(inner, number) for inner in table.tables("ground")),
        requirements=tuple(_requirement(inner, instrument) for inner in table.tables("requirement")),
        applies_when=_applies_when(table.table("applies_when")) if table.has("applies_when") else (),
        gap_fillers=table.texts("gap_fillers"),
        leaves_to_law=_each(table, "leaves_to_law", LEFT_TO_LAW),
        duty=_duty(table.table("duty")) if table.has("duty") else None,
        deadlines=tuple(_deadline(inner) for inner in table.tables("deadlines")),
        elements=tuple(_element(inner) for inner in table.tables("element")),
        options=tuple(_element_option(inner) for inner in table.tables("option")),
        exclusions=tuple(_exclusion(inner) for inner in table.tables("exclusion")),
        notice=_notice(table.table("notice")) if table.has("notice") else None,
        dates=_dates(table.table("dates")) if table.has("dates") else NO_DATES,
    )
    _check_kind(table, provision.kind)
    table.end()
    return provision


def _check_kind(table: Table, kind: str) -> None:
    """Refuse what hangs on a provision of the wrong kind, and a notice that does not say who tells whom."""
    for key, kinds in HANGS_ON.items():
        if table.has(key) and kind not in kinds:
            raise table.fail(f"{key} can only hang on a provision of the kind {' or '.join(kinds)}", key)
    if kind == "notice" and not table.has("notice"):
        raise table.fail("a notice says who tells whom and when: add `notice = { by, to, when }`", "kind")


def checked(table: Table) -> Checked:
    """How something was checked."""
    found = Checked(
        how=table.text("how", one_of=HOW),
        certainty=table.text("certainty", one_of=CERTAINTIES),
        note=table.text("note", ""),
    )
    table.end()
    return found


def _values(table: Table) -> tuple[Value, ...]:
    found: list[Value] = []
    for inner in table.tables("values"):
        start = inner.day("from")
        if found and start <= found[-1].start:
            raise table.fail("values must stand in the order of their days, each once", "values")
        found.append(Value(start=start, numbers=MappingProxyType(inner.numbers(beside=("from",)))))
        inner.end()
    return tuple(found)


def _measures(table: Table, instrument: Instrument) -> tuple[str, ...]:
    """The measures that a provision bears on; `*` is every one of its instrument."""
    measures = table.texts("measures")
    if measures == ("*",):
        return tuple(instrument.measures)
    return _each(table, "measures", tuple(instrument.measures), say="a measure of instrument.toml")


def _each(table: Table, key: str, known: tuple[str, ...], *, say: str = "") -> tuple[str, ...]:
    found = table.texts(key)
    for item in found:
        if item not in known:
            raise table.fail(f"{item!r} is not {say or 'one of ' + ', '.join(known)}", key)
    return found


def _ground(table: Table, number: str) -> Ground:
    ground = Ground(
        key=table.text("key", number),
        question=table.words("question"),
        effect=table.text("effect", one_of=EFFECTS),
        available_when=Answer(table.text("available_when", "yes", one_of=("yes", "no"))),
        needs_reservation=table.flag("needs_reservation"),
        other_offences_only=table.flag("other_offences_only"),
        stays=table.flag("stays"),
        applies_when=_applies_when(table.table("applies_when")) if table.has("applies_when") else (),
        measures=table.texts("measures"),
    )
    table.end()
    return ground


def _requirement(table: Table, instrument: Instrument) -> Requirement:
    requirement = Requirement(
        key=table.text("key"),
        topic=table.text("topic", one_of=TOPICS),
        met_when=table.texts("met_when") or ("yes",),
        at_least=table.text("at_least", ""),
        decisive=table.text("decisive", "both", one_of=DECISIVE),
        decisive_for=_by_measure(table, "decisive_for", DECISIVE, instrument),
        fundamental=table.flag("fundamental"),
        presumed=table.flag("presumed"),
        only_when=_applies_when(table.table("only_when")) if table.has("only_when") else (),
        measures=table.texts("measures"),
        met=table.words("met", optional=True),
        not_met=table.words("not_met", optional=True),
        unknown=table.words("unknown", optional=True),
        remedy=table.words("remedy", optional=True),
    )
    table.end()
    return requirement


def _by_measure(table: Table, key: str, known: tuple[str, ...], instrument: Instrument) -> Mapping[str, str]:
    """What stands under *key* for single measures, each one of *known*."""
    if not table.has(key):
        return NO_CHAIRS
    inner = table.table(key)
    for measure in inner.names():
        if measure not in instrument.measures:
            raise table.fail(f"{measure!r} is not a measure of instrument.toml", key)
    found = MappingProxyType({measure: inner.text(measure, one_of=known) for measure in inner.names()})
    inner.end()
    return found


def _applies_when(table: Table) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = tuple((key, table.texts(key)) for key in table.names())
    table.end()
    return found


def _duty(table: Table) -> Duty:
    duty = Duty(moment=table.text("moment", one_of=MOMENTS), reminder=table.words("reminder", optional=True))
    table.end()
    return duty


def _element(table: Table) -> Element:
    element = Element(kind=table.text("kind", one_of=ELEMENTS), what=table.words("what"))
    table.end()
    return element


def _element_option(table: Table) -> ElementOption:
    option = ElementOption(
        effect=table.text("effect", one_of=OPTION_EFFECTS),
        kind=table.text("kind", one_of=ELEMENTS),
        what=table.words("what"),
    )
    table.end()
    return option


def _exclusion(table: Table) -> Exclusion:
    exclusion = Exclusion(
        by=table.text("by", one_of=EXCLUDED_BY),
        what=table.words("what"),
        unless=table.words("unless", optional=True),
    )
    table.end()
    return exclusion


def _notice(table: Table) -> Notice:
    notice = Notice(
        by=table.text("by", one_of=NOTIFIERS),
        to=table.text("to", one_of=NOTIFIED),
        when=table.text("when", one_of=NOTICE_TIMES),
    )
    table.end()
    return notice


def _dates(table: Table) -> Mapping[str, date]:
    found = MappingProxyType(table.days())
    table.end()
    return found


def _deadline(table: Table) -> Deadline:
    deadline = Deadline(
        starts_on=table.text("starts_on"),
        rule=table.text("rule", one_of=RULES),
        label=table.words("label"),
        counted_in=table.text("counted_in", "", one_of=("", "days")),
        value_of=table.text("value_of", ""),
    )
    table.end()
    return deadline


def _field(table: Table, provision: str) -> Field:
    field = Field(
        key=table.text("key"),
        provision=provision,
        type=table.text("type", one_of=FIELD_TYPES),
        required=table.text("required", "always", one_of=REQUIRED),
        label=table.words("label"),
        help=table.words("help", optional=True),
        placeholder=table.words("placeholder", optional=True),
        max_length=table.number("max", 500),
        max_items=table.number("max_items", 50),
        minimum=table.number("minimum", 0),
        maximum=table.number("maximum", 9999),
        must_be=table.text("must_be", ""),
        options=tuple(_option(inner) for inner in table.tables("options")),
        needed_when=_needed_when(table.table("needed_when")) if table.has("needed_when") else None,
        measures=table.texts("measures"),
        notified=table.text("notified", ""),
    )
    if (field.type == "choice") != bool(field.options):
        raise table.fail(f"{field.key}: a choice has options, and nothing else has", "options")
    table.end()
    return field


def _option(table: Table) -> Option:
    option = Option(value=table.text("value"), label=table.words("label"))
    table.end()
    return option


def _needed_when(table: Table) -> tuple[str, tuple[str, ...]]:
    found = (table.text("field"), table.one_or_more("is"))
    table.end()
    return found
