"""Whether a rulebook's settings fit together: rules named and used, participants, officers, deadlines, languages."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from rogatory.conference.rulebook.findings import Finding, error, note, warning
from rogatory.conference.rulebook.model import CATEGORIES, ParticipantKind, Rulebook, Speaks
from rogatory.conference.rulebook.settings import LANGUAGES
from rogatory.law.words import Words, listed

_APPLICATIONS = ("application", "listed-application")


def findings(book: Rulebook) -> Iterator[Finding]:
    """What is wrong with how the settings of *book* fit together."""
    yield from _rules(book)
    yield from _numbers(book)
    yield from _categories(book)
    for kind in book.participants.values():
        yield from _participant(book, kind)
    yield from _credentials(book)
    yield from _officers(book)
    yield from _deadlines(book)
    yield from _languages(book)
    if book.standing == "adopted" and book.options:
        says = Words("adopted rules leave no question open", "un règlement adopté ne laisse aucune question ouverte")
        yield warning("adopted-with-options", "standing", says)


def rules_named(book: Rulebook) -> Iterator[tuple[str, str]]:
    """Every setting that names a rule, by its path, with the rule's name."""
    yield "languages_rule", book.languages_rule
    yield "precedence_rule", book.precedence_rule
    groups = (("participant", book.participants), ("motion", book.motions), ("majority", book.majorities))
    for name, group in groups:
        for name_of, one in group.items():
            yield from _named_in(f"{name}.{name_of}", one)
    names = ("sessions", "quorum", "credentials", "officers", "speaking", "voting", "proposals", "elections")
    for name in names:
        yield from _named_in(name, getattr(book, name))
    for option in book.options:
        yield f"option.{option.id}.rule", option.rule


def _named_in(path: str, one: Any) -> Iterator[tuple[str, str]]:
    for field in fields(one):
        if field.name == "rule" or field.name.endswith("_rule"):
            yield f"{path}.{field.name}", getattr(one, field.name)


def _rules(book: Rulebook) -> Iterator[Finding]:
    used = set()
    for where, name in rules_named(book):
        used.add(name)
        if name not in book.rules:
            says = Words(f"there is no rule {name!r}", f"il n’y a pas de règle « {name} »")
            yield error("rule-missing", where, says, rule=name)
    for name, rule in book.rules.items():
        if name in used and rule.for_people:
            says = Words("a setting follows from it: it is not for people alone",
                         "un réglage en découle : elle ne s’adresse pas qu’aux personnes")  # fmt: skip
            yield note("rule-followed", f"rule.{name}.for_people", says, rule=name)
        elif name not in used and not rule.for_people:
            says = Words("no setting follows from it; if people alone are to follow it, say for_people = true",
                         "aucun réglage n’en découle ; si elle s’adresse aux seules personnes, "
                         "écrire for_people = true")  # fmt: skip
            yield note("rule-unused", f"rule.{name}", says, rule=name)


def _numbers(book: Rulebook) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for name, rule in book.rules.items():
        if rule.number_sure and not rule.number:
            says = Words(
                "the number is said to be sure, and there is none", "le numéro est dit sûr, et il n’y en a pas"
            )
            yield error("number-missing", f"rule.{name}.number_sure", says, rule=name)
        elif rule.number_sure and rule.number in known:
            says = Words(f"number {rule.number} is that of {known[rule.number]} too",
                         f"le numéro {rule.number} est aussi celui de {known[rule.number]}")  # fmt: skip
            yield error("number-twice", f"rule.{name}.number", says, rule=name)
        elif rule.number_sure:
            known[rule.number] = name


def _categories(book: Rulebook) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for kind in book.participants.values():
        if not kind.covers:
            says = Words("it covers nobody", "il ne couvre personne")
            yield warning("participant-covers-nobody", f"participant.{kind.id}.covers", says, rule=kind.rule)
        for one in kind.covers:
            if one in known:
                says = Words(f"{one} comes under {known[one]} too: two rules for one case",
                             f"{one} relève aussi de {known[one]} : deux règles pour un cas")  # fmt: skip
                yield error("admissions-overlap", f"participant.{kind.id}.covers", says, rule=kind.rule)
            known.setdefault(one, kind.id)
    for one in CATEGORIES:
        if one == "party" and one not in known:
            says = Words("no kind of participant covers the Parties", "aucune catégorie ne couvre les Parties")
            yield error("parties-not-covered", "participant", says)
        elif one not in known:
            says = Words(f"nothing says whether this kind may take part: {one}",
                         f"rien ne dit si cette catégorie peut participer : {one}")  # fmt: skip
            yield note("category-not-covered", "participant", says)


def _participant(book: Rulebook, kind: ParticipantKind) -> Iterator[Finding]:
    where, admission = f"participant.{kind.id}", kind.admission
    if kind.votes and (kind.speaks is Speaks.NEVER or not kind.proposes):
        says = Words("it votes, and may not speak or propose", "elle vote, sans pouvoir intervenir ou proposer")
        yield warning("voter-without-voice", where, says, rule=kind.rule)
    if kind.votes and not kind.credentials:
        says = Words("it votes without credentials", "elle vote sans pouvoirs")
        yield warning("voter-without-credentials", where, says, rule=kind.rule)
    if kind.votes and admission.how == "not-admitted":
        says = Words("it votes, and is not admitted", "elle vote, et n’est pas admise")
        yield error("voter-not-admitted", where, says, rule=kind.rule)
    if admission.how in _APPLICATIONS and admission.decided_by == "nobody":
        says = Words("nobody decides on its application", "nul ne statue sur sa demande")
        yield error("application-undecided", f"{where}.admission.decided_by", says, rule=kind.rule)
    if admission.how == "listed-application" and admission.objection == "none":
        says = Words("the list is circulated, and no objection is possible",
                     "la liste est communiquée, et nulle objection n’est possible")  # fmt: skip
        yield warning("list-without-objection", f"{where}.admission.objection", says, rule=kind.rule)
    if admission.days_before > book.sessions.notice_days:
        says = Words(
            f"it is due {admission.days_before} days before, and the session is announced "
            f"{book.sessions.notice_days} days before",
            f"le délai est de {admission.days_before} jours avant, et la session est annoncée "
            f"{book.sessions.notice_days} jours avant",
        )
        yield error("application-before-notice", f"{where}.admission.days_before", says, rule=kind.rule)


def _credentials(book: Rulebook) -> Iterator[Finding]:
    found = book.credentials
    if found.vote_needs_acceptance and not found.provisional_seat:
        says = Words("none may vote before credentials are accepted, and accepting them needs votes",
                     "nul ne vote avant l’acceptation des pouvoirs, qui exige un vote")  # fmt: skip
        yield error("credentials-deadlock", "credentials.vote_needs_acceptance", says, rule=found.seat_rule)
    if found.challenged_keeps_rights and not found.provisional_seat:
        says = Words("a challenged delegation keeps rights that it does not have yet",
                     "une délégation contestée garde des droits qu’elle n’a pas encore")  # fmt: skip
        yield warning("challenge-without-seat", "credentials.challenged_keeps_rights", says, rule=found.seat_rule)
    if not found.signed_by:
        says = Words("it is not said who signs credentials", "il n’est pas dit qui signe les pouvoirs")
        yield warning("credentials-unsigned", "credentials.signed_by", says, rule=found.rule)


def _officers(book: Rulebook) -> Iterator[Finding]:
    found = book.officers
    posts = sum(one.seats for one in found.posts)
    shares = found.per_group * len(found.groups)
    if found.groups and found.per_group and posts != shares:
        says = Words(
            f"there are {posts} posts, and {len(found.groups)} groups with {found.per_group} each make {shares}",
            f"il y a {posts} postes, et {len(found.groups)} groupes à {found.per_group} en font {shares}",
        )
        yield error("officers-arithmetic", "officers", says, rule=found.rule)
    for one in found.posts:
        if not one.seats:
            says = Words("a post that nobody holds", "un poste que nul n’occupe")
            yield warning("post-without-seat", f"officers.post.{one.id}", says, rule=found.rule)


def _deadlines(book: Rulebook) -> Iterator[Finding]:
    found = book.sessions
    for name, days in (("regular", found.agenda_days_regular), ("special", found.agenda_days_special)):
        if days > found.notice_days:
            says = Words(
                f"the agenda is due {days} days before, and the session is announced {found.notice_days} days before",
                f"l’ordre du jour est dû {days} jours avant, la session est annoncée {found.notice_days} jours avant",
            )
            yield error("agenda-before-notice", f"sessions.agenda_days_{name}", says, rule=found.agenda_rule)
    if book.credentials.hours_before > found.notice_days * 24:
        says = Words("credentials are due before the session is announced",
                     "les pouvoirs sont dus avant l’annonce de la session")  # fmt: skip
        yield error("credentials-before-notice", "credentials.hours_before", says, rule=book.credentials.rule)
    if found.special_request is not None and not found.special_request.reachable:
        says = Words("no special session can ever be asked for", "nulle session extraordinaire ne peut être demandée")
        yield error("majority-unreachable", "sessions.special_request", says, rule=found.rule)


def _languages(book: Rulebook) -> Iterator[Finding]:
    if not book.languages:
        says = Words("there is no language", "il n’y a aucune langue")
        yield error("no-language", "languages", says, rule=book.languages_rule)
        return
    if "en" not in book.languages and "roll-call" in book.voting.methods:
        says = Words("a roll-call follows the English alphabet, and English is no language of the body",
                     "l’appel nominal suit l’alphabet anglais, et l’anglais n’est pas langue de l’organe")  # fmt: skip
        yield warning("roll-call-language", "languages", says, rule=book.languages_rule)
    if missing := [one for one in LANGUAGES if one not in book.languages]:
        says = Words(f"of the six languages of the United Nations, these are not there: {listed(missing).en}",
                     f"des six langues des Nations Unies, celles-ci manquent : {listed(missing).fr}")  # fmt: skip
        yield note("languages-missing", "languages", says, rule=book.languages_rule)
