"""What the forms of the choices ask, each question with its place in the choices; and what a person sent back.

A section is saved by itself: only its own places change, everything else stays as it was saved. A text in both
languages has a field for each; what is given in one language only stands for both, and the cover sheet says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rogatory.law.model import Law
from rogatory.law.words import Words
from rogatory.node.context import Node
from rogatory.opinion.profile_entries import language_options
from rogatory.readiness import catalogue
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import FORMS, HIGH_OFFICES, MANNERS, OFFICES
from rogatory.readiness.staffing import DAYS
from rogatory.web.readiness import words
from rogatory.web.words import Label

#: Lines of a staffing plan that a form offers beside those that are filled in.
MORE_SHIFTS = 2
MOST_SHIFTS = 40
Options = Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field; kind: `line`, `long`, `words`, `long-words`, `choice`, `several`, `flag`, `day` or `shifts`."""

    key: str
    kind: str
    label: Label
    help: Label = ""
    cite: str = ""
    options: Callable[[Node], Options] | None = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question as the page shows it: its value, what else stands there, what can be chosen, whether it is wrong."""

    question: Question
    value: Any
    options: Options
    wrong: bool

    @property
    def filled(self) -> bool:
        """Whether something stands there."""
        return any(self.value.values()) if isinstance(self.value, Mapping) else bool(self.value)

    @property
    def id(self) -> str:
        """The element's name on the page."""
        return f"f-{self.question.key.replace('.', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that are saved together."""

    id: str
    title: Label
    lead: Label
    questions: tuple[Question, ...]


def _offices(among: Sequence[str]) -> Callable[[Node], Options]:
    return lambda _node: [(one, words.OFFICES[one]) for one in among]


def _languages(node: Node) -> Options:
    return [(one.value, one.label) for one in language_options(node.law, HOME).values()]


def _bodies(node: Node) -> Options:
    kinds = [one for one in catalogue.notices(node.law) if one.content in catalogue.BODIES]
    return [(one.number, _named(one.provision.title, one.number)) for one in kinds]


def _laws(node: Node) -> Options:
    kinds = [one for one in catalogue.notices(node.law) if one.content == "laws"]
    return [(one.number, _named(one.provision.title, one.number)) for one in kinds]


def _desks(node: Node) -> Options:
    return [(one.id.partition("/")[2], Words(one.name_en, one.name_fr)) for one in node.config.authorities]


def _named(title: Words, number: str) -> Words:
    return Words(f"{number} {title.en}", f"{number} {title.fr}")


def _official(key: str, who: Label, title: Label, offices: Sequence[str] = ()) -> tuple[Question, ...]:
    asked = (
        Question(key=f"{key}.name", kind="line", label=who),
        Question(key=f"{key}.title", kind="words", label=title),
    )
    if not offices:
        return asked
    return (*asked, Question(key=f"{key}.office", kind="choice", label=_("Office"), options=_offices(offices)))


SECTIONS: tuple[Section, ...] = (
    Section(
        id="consent",
        title=_("How the State consents"),
        lead=_("Who signed ratifies, accepts or approves; who did not accedes."),
        questions=(
            Question(
                key="manner",
                kind="choice",
                label=_("Manner of consent"),
                cite="64(2), 64(3), 64(4)",
                options=lambda _node: [(one, words.MANNERS[one]) for one in MANNERS],
            ),
            Question(
                key="name",
                kind="words",
                label=_("The State's formal name, with its article"),
                help=_("As it stands within a sentence: the Republic of …"),
            ),
            Question(key="place", kind="words", label=_("Where the papers are signed")),
            Question(key="ministry", kind="words", label=_("The ministry that writes the letters")),
            Question(
                key="mission",
                kind="words",
                label=_("The mission that delivers the instrument, with its article"),
            ),
        ),
    ),
    Section(
        id="signing",
        title=_("Who signs"),
        lead=_("Head of State, head of government and minister for foreign affairs sign without full powers."),
        questions=(
            *_official("signer", _("Who signs the papers"), _("Title of who signs the papers"), OFFICES),
            *_official(
                "grantor",
                _("Who gives full powers, where they are needed"),
                _("Title of who gives full powers"),
                HIGH_OFFICES,
            ),
            *_official(
                "plenipotentiary", _("Who receives them to sign the Convention itself"), _("Title of who receives them")
            ),
        ),
    ),
    Section(
        id="cooperation",
        title=_("Languages and extradition"),
        lead=_("What other States must know before they send a request."),
        questions=(
            Question(
                key="languages",
                kind="several",
                label=_("Languages in which requests are accepted"),
                cite="40(13)",
                options=_languages,
            ),
            Question(
                key="treaty_dependent",
                kind="flag",
                label=_("Does the State extradite only under a treaty?"),
                cite="37(5)",
            ),
            Question(
                key="takes_as_basis",
                kind="flag",
                label=_("If so: does it take the Convention as that treaty?"),
                cite="37(6)(a)",
            ),
            Question(
                key="competence",
                kind="long-words",
                label=_("Only for a regional organisation: how far its competence goes"),
                cite="64(3), 64(4)",
            ),
        ),
    ),
)

AUTHORITY: tuple[Question, ...] = (
    Question(key="provision", kind="choice", label=_("Notified under"), options=_bodies, required=True),
    Question(key="name", kind="words", label=_("Name"), required=True),
    Question(key="address", kind="long-words", label=_("Address")),
    Question(key="phone", kind="line", label=_("Telephone")),
    Question(key="email", kind="line", label=_("E-mail")),
    Question(key="languages", kind="several", label=_("Languages that it works in"), options=_languages),
    Question(
        key="desk",
        kind="choice",
        label=_("The desk of this node that it is"),
        help=_("So the contact card can say what was notified."),
        options=_desks,
    ),
    Question(
        key="zone",
        kind="line",
        label=_("Time zone of its hours"),
        help=_("As Europe/Paris."),
    ),
    Question(
        key="staffed",
        kind="shifts",
        label=_("When people are there"),
        help=_("Local times that repeat every week; no day ticked means every day; 19:00 to 07:00 runs past midnight."),
        cite="41(1)",
        options=_languages,
    ),
)

LAW: tuple[Question, ...] = (
    Question(key="provisions", kind="several", label=_("Handed over under"), options=_laws, required=True),
    Question(key="title", kind="words", label=_("Title of the law"), required=True),
    Question(key="reference", kind="line", label=_("Reference")),
    Question(key="on", kind="day", label=_("Of which day")),
    Question(
        key="form",
        kind="choice",
        label=_("What is handed over"),
        options=lambda _node: [(one, words.FORMS[one]) for one in FORMS],
        required=True,
    ),
    Question(key="description", kind="long-words", label=_("Description, where no copy is handed over")),
)

STATEMENT: tuple[Question, ...] = (
    Question(
        key="kind",
        kind="choice",
        label=_("Reservation or declaration"),
        options=lambda _node: [(one, word) for one, word in words.STATEMENTS.items()],
        required=True,
    ),
    Question(
        key="provision",
        kind="line",
        label=_("To which provision"),
        help=_("By its number: 42(3); a general declaration needs none."),
    ),
    Question(
        key="text",
        kind="long-words",
        label=_("Text"),
        help=_("Left empty, a reservation that the Convention names has its usual text."),
    ),
    Question(
        key="justification",
        kind="long-words",
        label=_("Justification"),
        help=_("Asked for where no provision of the Convention offers it by name."),
    ),
)


def section_of(place: str) -> str:
    """The section in which *place* of the choices is asked; the first where none asks it."""
    found = (one.id for one in SECTIONS if any(place.startswith(asked.key) for asked in one.questions))
    return next(found, SECTIONS[0].id)


def rows(node: Node, asked: Sequence[Question], values: Mapping[str, Any], wrong: str = "") -> list[Row]:
    """The questions *asked*, filled in with *values*; *wrong* is the place of the one that was refused."""
    return [
        Row(
            question=one,
            value=_shown(one, at(values, one.key)),
            options=one.options(node) if one.options else (),
            wrong=wrong == one.key or wrong.startswith((f"{one.key}.", f"{one.key}[")),
        )
        for one in asked
    ]


def at(values: Mapping[str, Any], key: str) -> Any:
    """What stands at *key*, such as `signer.name`, of nested plain values."""
    found: Any = values
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def put(values: dict[str, Any], key: str, value: Any) -> None:
    """Set *value* at *key* of nested plain values."""
    *above, last = key.split(".")
    for part in above:
        held = values.get(part)
        values[part] = dict(held) if isinstance(held, Mapping) else {}
        values = values[part]
    values[last] = value


def read(asked: Sequence[Question], sent: QueryDict) -> dict[str, Any]:
    """What a person filled in, by key of the question."""
    return {one.key: _read(one, sent) for one in asked}


def _read(asked: Question, sent: QueryDict) -> Any:
    if asked.kind in ("words", "long-words"):
        found = {lang: sent.get(f"{asked.key}.{lang}", "").strip() for lang in ("en", "fr")}
        return found if any(found.values()) else ""
    if asked.kind == "several":
        return sent.getlist(asked.key)
    if asked.kind == "flag":
        return {"yes": True, "no": False}.get(sent.get(asked.key, ""))
    if asked.kind == "shifts":
        return _shifts(asked.key, sent)
    return sent.get(asked.key, "").strip()


def _shifts(key: str, sent: QueryDict) -> list[dict[str, Any]]:
    """The lines of a staffing plan; one without times is left out."""
    found = []
    for place in range(MOST_SHIFTS):
        begins, ends = (sent.get(f"{key}.{place}.{name}", "").strip() for name in ("from", "to"))
        if not begins and not ends:
            continue
        people = sent.get(f"{key}.{place}.people", "").strip()
        found.append(
            {
                "days": sent.getlist(f"{key}.{place}.days"),
                "from": begins,
                "to": "24:00" if ends == "00:00" else ends,
                "people": int(people) if people.isascii() and people.isdigit() and len(people) < 6 else people,
                "languages": sent.getlist(f"{key}.{place}.languages"),
            }
        )
    return found


def _shown(asked: Question, value: Any) -> Any:
    if asked.kind in ("words", "long-words"):
        return value if isinstance(value, Mapping) else {"en": value or "", "fr": ""}
    if asked.kind == "flag":
        return {True: "yes", False: "no"}.get(value, "")
    if asked.kind == "several":
        return value or []
    if asked.kind == "shifts":
        lines = [dict(one) for one in value or [] if isinstance(one, Mapping)]
        return [_line(one) for one in [*lines, *({} for _more in range(MORE_SHIFTS))]][:MOST_SHIFTS]
    return value or ""


def _line(one: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a staffing plan for the page; the key `from` is named so that a template can say it."""
    ends = one.get("to", "")
    return {
        "days": one.get("days") or [],
        "begins": one.get("from", ""),
        "ends": "00:00" if ends == "24:00" else ends,
        "people": one.get("people", ""),
        "languages": one.get("languages") or [],
        "week": [(day, words.DAYS[day]) for day in DAYS],
    }


def law_of(law: Law, cite: str) -> list[tuple[str, Words]]:
    """What each of the provisions that *cite* names says, for beside the field."""
    known = law.by_number[HOME]
    numbers = (one.strip() for one in cite.split(","))
    return [(one, known[one].what) for one in numbers if one in known]
