"""Gaps and contradictions of a rulebook: what nobody could apply, what could be applied in two ways, and how much of it
is not sure. Looked for with every answer to its open questions, or with every pair of them where there are too many.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from rogatory.conference.rulebook import decisions, gaps
from rogatory.conference.rulebook import options as open_questions
from rogatory.conference.rulebook.findings import Finding, Severity, error, note, warning
from rogatory.conference.rulebook.loader import BadRulebook, Opened
from rogatory.conference.rulebook.model import Option, Rulebook, Sure
from rogatory.errors import BadInput
from rogatory.law.words import Words

MAX_COMBINATIONS = 256
#: With how many answers a rulebook is tried at the most, pairs too: `Report.tried` says with how many it was.
MAX_TRIED = 512
_ORDER = tuple(Severity)


class UnsoundRulebook(BadInput):
    """The rulebook has gaps or contradictions under which no meeting can be held."""

    code = "unsound-rulebook"
    remedy = "Run `rogatory conference lint` on the rulebook and put right what it calls errors."


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found: errors first; how sure the rules are; with how many of the possible answers it was tried."""

    id: str
    name: Words
    findings: tuple[Finding, ...]
    rules: int
    sure: Mapping[Sure, int]
    numbers_shown: int
    combinations: int
    tried: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings under which no meeting can be held."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


def lint(text: str, *, name: str, provisions: Collection[str] | None = None) -> Report:
    """What is wrong with the rulebook that *text* states, from the file called *name*.

    *provisions* are those of our law data (`uncc:66`), against which those that rules rest on are checked; without it
    they are not. Raises `BadRulebook` for what cannot be read at all.
    """
    opened = Opened(text, name=name)
    missing = dict(_missing_paths(opened))
    opened.options = tuple(_without(option, missing) for option in opened.options)
    first = opened.read(open_questions.defaults(opened.options))
    found = [*missing.values(), *_options(opened), *_provisions(first, provisions)]
    seen: set[tuple[str, str, str]] = set()
    tried = 0
    for choices in islice(open_questions.combinations(opened.options, limit=MAX_COMBINATIONS), MAX_TRIED):
        tried += 1
        for one in _under(opened, choices):
            key = (one.code, one.where, one.says.en)
            if key not in seen:
                seen.add(key)
                found.append(one if choices == first.chosen else replace(one, choices=_made(choices, first)))
    sure = Counter(rule.sure for rule in first.rules.values())
    return Report(
        id=first.id,
        name=first.name,
        findings=tuple(sorted(found, key=lambda one: _ORDER.index(one.severity))),
        rules=len(first.rules),
        sure=MappingProxyType({one: sure[one] for one in Sure}),
        numbers_shown=sum(rule.number_sure for rule in first.rules.values()),
        combinations=open_questions.number_of_combinations(opened.options),
        tried=tried,
    )


def require_sound(book: Rulebook) -> None:
    """Refuse a rulebook under which no meeting can be held, with the first reason; raises `UnsoundRulebook`."""
    found = [one for one in under_one_choice(book) if one.severity is Severity.ERROR]
    if found:
        first = found[0]
        cite = book.rules[first.rule].cite if first.rule in book.rules else None
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise UnsoundRulebook(f"{book.id}: {first.where}: {first.says.en}{more}", cite=cite)


def under_one_choice(book: Rulebook) -> tuple[Finding, ...]:
    """What is wrong with *book* as it was read, with the choices it was read with."""
    return (*decisions.findings(book), *gaps.findings(book))


def _under(opened: Opened, choices: Mapping[str, str]) -> tuple[Finding, ...]:
    try:
        return under_one_choice(opened.read(choices))
    except BadRulebook as reason:
        return (
            error(
                "combination-unreadable",
                "option",
                Words(f"it cannot be read so: {reason.message}", f"il ne peut se lire ainsi : {reason.message}"),
            ),
        )


def _made(choices: Mapping[str, str], first: Rulebook) -> dict[str, str]:
    return {option: choice for option, choice in choices.items() if first.chosen[option] != choice}


def _missing_paths(opened: Opened) -> Iterator[tuple[tuple[str, str, str], Finding]]:
    for option in opened.options:
        for choice in option.choices:
            for path in choice.sets:
                if open_questions.missing_path(opened.values, path):
                    where = f"option.{option.id}.{choice.id}"
                    says = Words(
                        f"{path} is not there, or may not be set", f"{path} n’existe pas ou n’est pas réglable"
                    )
                    yield (option.id, choice.id, path), error("option-path-missing", where, says, rule=option.rule)


def _without(option: Option, missing: Mapping[tuple[str, str, str], Finding]) -> Option:
    choices = tuple(
        replace(one, sets={path: one.sets[path] for path in one.sets if (option.id, one.id, path) not in missing})
        for one in option.choices
    )
    return replace(option, choices=choices)


def _options(opened: Opened) -> Iterator[Finding]:
    for option in opened.options:
        where = f"option.{option.id}"
        defaults = sum(one.default for one in option.choices)
        if defaults != 1:
            says = Words(
                f"{defaults} of its choices are the default, not one",
                f"{defaults} de ses choix valent par défaut, au lieu d’un seul",
            )
            yield error("option-default", where, says, rule=option.rule)
        sets = [dict(one.sets) for one in option.choices]
        if any(one in sets[:place] for place, one in enumerate(sets)):
            says = Words("two of its choices set the same values", "deux de ses choix règlent les mêmes valeurs")
            yield warning("option-same-choices", where, says, rule=option.rule)
    yield from _collisions(opened.options)


def _collisions(options: tuple[Option, ...]) -> Iterator[Finding]:
    for place, option in enumerate(options):
        for other in options[:place]:
            for path in sorted(set(_set_by(option)) & set(_set_by(other))):
                if _set_by(option)[path] != _set_by(other)[path] or len(_set_by(option)[path]) > 1:
                    says = Words(
                        f"option {other.id} sets {path} to another value: which one holds?",
                        f"l’option {other.id} règle {path} autrement : laquelle vaut ?",
                    )
                    yield error("options-collide", f"option.{option.id}", says, rule=option.rule)


def _set_by(option: Option) -> dict[str, list[object]]:
    """The different values that the choices of *option* set, by path."""
    found: dict[str, list[object]] = {}
    for choice in option.choices:
        for path, value in choice.sets.items():
            values = found.setdefault(path, [])
            if value not in values:
                values.append(value)
    return found


def _provisions(book: Rulebook, known: Collection[str] | None) -> Iterator[Finding]:
    for rule in book.rules.values():
        for one in rule.provisions:
            if known is not None and one not in known:
                says = Words(f"our law data have no provision {one}", f"nos données n’ont pas de disposition {one}")
                yield error("provision-unknown", f"rule.{rule.id}.provisions", says, rule=rule.id)
    unsure = sum(rule.sure is Sure.UNSURE for rule in book.rules.values())
    if unsure:
        says = Words(
            f"{unsure} of {len(book.rules)} rules are unsure", f"{unsure} règles sur {len(book.rules)} sont incertaines"
        )
        yield note("rules-unsure", "rule", says)
