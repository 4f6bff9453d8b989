"""The chapters of a report: before and around the decisions. What was voted and elected stands in `ballots`."""

from collections.abc import Iterator

from rogatory.conference.report import ballots, words
from rogatory.conference.report.paper import Fact, Paper, Part, Pen
from rogatory.conference.report.values import Attendance, Made, Present, SessionReport
from rogatory.conference.rulebook import labels


def paper(report: SessionReport, lang: str) -> Paper:
    """The paper that says *report* in *lang* (`en` or `fr`)."""
    pen = Pen(lang)
    return Paper(
        lang=lang,
        title=pen.of(report.title),
        under=pen.say("Report and record of decisions", "Rapport et relevé des décisions"),
        warning=pen.of(report.notice),
        facts=tuple(_front(pen, report)),
        parts=tuple(part for part in _parts(pen, report) if part.table or part.facts or part.lines),
        contents=pen.say("Contents", "Sommaire"),
    )


def _front(pen: Pen, report: SessionReport) -> Iterator[Fact]:
    body, kind = pen.of(words.of(words.BODY, report.body)), pen.of(words.of(words.SESSION, report.kind))
    yield pen.fact(
        "Session", "Session", f"{report.id}: {body}, {kind}" if pen.lang == "en" else f"{report.id} – {body}, {kind}"
    )
    days = (pen.day(report.opens), pen.day(report.closes))
    yield pen.fact("Place and dates", "Lieu et dates", pen.say(
        f"{report.venue}, {days[0]} to {days[1]}", f"{report.venue}, du {days[0]} au {days[1]}"
    ))  # fmt: skip
    yield pen.fact("Rules of procedure", "Règlement intérieur", pen.of(report.rules.name))
    adopted = [one for one in report.decisions if one.how != "vote-rejected"]
    yield pen.fact("Decisions", "Décisions", pen.say(
        f"{len(adopted)} taken, {len(report.decisions) - len(adopted)} put to the vote and not carried",
        f"{len(adopted)} prises, {len(report.decisions) - len(adopted)} mises aux voix et non adoptées",
    ))  # fmt: skip
    stands = (
        pen.say("closed", "close") if report.closed else pen.say("not closed: provisional", "non close : provisoire")
    )
    yield pen.fact("Record", "Registre signé", pen.say(
        f"{report.entries} entries; the session is {stands}", f"{report.entries} écritures ; session {stands}"
    ))  # fmt: skip
    if report.head:
        yield pen.fact("Last entry", "Dernière écriture", report.head, is_code=True)


def _parts(pen: Pen, report: SessionReport) -> Iterator[Part]:
    yield _decisions(pen, report)
    yield _sittings(pen, report)
    yield from ballots.elections(pen, report)
    yield _officers(pen, report)
    yield _agenda(pen, report)
    yield _documents(pen, report)
    yield _attendance(pen, report)
    yield _challenged(pen, report)
    yield _observers(pen, report)
    yield from ballots.proposals(pen, report)
    yield from ballots.votes(pen, report)
    yield _explanations(pen, report)
    yield from _rulings(pen, report)
    yield _motions(pen, report)
    yield _speeches(pen, report)
    yield from _rules(pen, report)
    yield _checking(pen)


def quorum(pen: Pen, found: Present) -> str:
    """A quorum in numbers: `52 present, 28 needed (more than 1/2 of the States Parties: 55)`."""
    share = pen.of(found.share)
    return pen.say(
        f"{found.present} present, {found.needed} needed ({share}: {found.base})",
        f"{found.present} présents, {found.needed} requis ({share} : {found.base})",
    )


def _decisions(pen: Pen, report: SessionReport) -> Part:
    said = pen.say(
        "Times are in UTC. The quorum is that for a decision, present and needed, at that moment. (?) marks a rule "
        "whose text is not sure; the chapter on the rules tells more.",
        "Les heures sont en UTC. Le quorum est celui exigé pour décider, présents et requis, au moment même. (?) "
        "signale une règle dont le texte n’est pas sûr ; le chapitre sur le règlement en dit plus.",
    )
    return Part(
        anchor="decisions",
        title=pen.say("Record of decisions", "Relevé des décisions"),
        lines=(said,) if report.decisions else (),
        table=ballots.table(
            pen,
            ("Decisions", "Décisions"),
            (("No.", "N°"), ("Symbol", "Cote"), ("Decision", "Décision"), ("How", "Mode"), ("Rule", "Règle"),
             ("Quorum", "Quorum"), ("Time", "Heure")),
            [_decision(pen, one) for one in report.decisions],
            numbers=(0,),
        ),
    )  # fmt: skip


def _decision(pen: Pen, one: Made) -> tuple[str, ...]:
    how = pen.of(words.of(words.HOW, one.how))
    under = one.vote or one.contest
    # The sign before the number tells an uncertain rule without colour.
    rule = pen.of(one.rule.name) + (" (?)" if one.rule.sure == "unsure" else "")
    present = f"{one.quorum.present} / {one.quorum.needed}"
    what = (
        pen.of(one.what) if one.about not in ("proposal", "amendment", "part") else f"{one.target}: {pen.of(one.what)}"
    )
    return (str(one.number), one.symbol, what, f"{how} ({under})" if under else how, rule, present, pen.moment(one.at))


def _sittings(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (
            str(one.number),
            pen.moment(one.opened),
            pen.moment(one.rose),
            pen.names(one.presided),
            quorum(pen, one.quorum),
        )
        for one in report.sittings
    ]
    headings = (("Meeting", "Séance"), ("Opened", "Ouverte"), ("Rose", "Levée"), ("In the chair", "Présidence"),
                ("Quorum to open", "Quorum d’ouverture"))  # fmt: skip
    title = ("Meetings", "Séances")
    return Part(anchor="meetings", title=pen.say(*title), table=ballots.table(pen, title, headings, rows, numbers=(0,)))


def _officers(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (pen.of(one.post), pen.who(one.who), pen.of(one.group), one.person) for one in report.officers
    ]  # fmt: skip
    headings = (("Office", "Fonction"), ("State", "État"), ("Group", "Groupe"), ("Person", "Personne"))
    title = ("Officers", "Bureau")
    return Part(anchor="officers", title=pen.say(*title), table=ballots.table(pen, title, headings, rows))


def _agenda(pen: Pen, report: SessionReport) -> Part:
    rows = [(one.id, pen.of(one.title), pen.of(words.of(words.ITEM, one.status))) for one in report.agenda]
    headings = (("Item", "Point"), ("Title", "Intitulé"), ("Outcome", "Suite"))
    title = ("Agenda", "Ordre du jour")
    return Part(anchor="agenda", title=pen.say(*title), table=ballots.table(pen, title, headings, rows))


def _documents(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (
            one.symbol,
            pen.of(one.title),
            one.item,
            ", ".join(pen.of(labels.value("languages", language)) for language in one.languages),
            str(one.version),
            one.at.date().isoformat(),
        )
        for one in report.documents
    ]
    headings = (("Symbol", "Cote"), ("Title", "Titre"), ("Item", "Point"), ("Languages", "Langues"),
                ("Version", "Version"), ("Date", "Date"))  # fmt: skip
    title = ("Documents", "Documents")
    return Part(
        anchor="documents", title=pen.say(*title), table=ballots.table(pen, title, headings, rows, numbers=(4,))
    )


def _attendance(pen: Pen, report: SessionReport) -> Part:
    papers = {one.who.code: pen.of(words.of(words.STANDING, one.standing)) for one in report.credentials}
    here = [one for one in report.attendance if one.meetings]
    title = ("Attendance and credentials", "Participation et pouvoirs")
    headings = (("Participant", "Participant"), ("Code", "Code"), ("As", "Qualité"), ("Group", "Groupe"),
                ("Credentials", "Pouvoirs"), ("Meetings", "Séances"), ("Delegation", "Délégation"))  # fmt: skip
    return Part(
        anchor="attendance",
        title=pen.say(*title),
        lines=(
            pen.say(
                f"{len(here)} of {len(report.attendance)} participants were recorded as present.",
                f"{len(here)} participants sur {len(report.attendance)} ont été portés présents.",
            ),
        ),
        table=ballots.table(pen, title, headings, [_attended(pen, one, papers) for one in report.attendance]),
    )


def _attended(pen: Pen, one: Attendance, papers: dict[str, str]) -> tuple[str, ...]:
    meetings = ", ".join(str(number) for number in one.meetings) or pen.say("absent", "absent")
    code = one.who.code
    return (
        *(pen.of(one.who.name), code, pen.of(one.kind), pen.of(one.group)),
        *(papers.get(code, "–"), meetings, ", ".join(one.delegates)),
    )


def _challenged(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (pen.who(one.who), pen.who(each.by), each.reasons, pen.of(words.of(words.STANDING, one.standing)))
        for one in report.credentials
        for each in one.objections
    ]
    headings = (("Delegation", "Délégation"), ("Challenged by", "Contestés par"), ("Reasons", "Motifs"),
                ("Outcome", "Suite"))  # fmt: skip
    title = ("Credentials that were challenged", "Pouvoirs contestés")
    return Part(anchor="challenges", title=pen.say(*title), table=ballots.table(pen, title, headings, rows))


def _observers(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (
            pen.who(one.who),
            pen.of(one.kind),
            "; ".join(f"{pen.who(each.by)}: {each.reasons}" for each in one.objections) or "–",
            pen.of(words.of(words.PLACE, one.place)),
        )
        for one in report.observers
    ]
    headings = (("Observer", "Observateur"), ("As", "Qualité"), ("Objections", "Objections"), ("Outcome", "Suite"))
    title = ("Observers that applied", "Observateurs candidats")
    return Part(anchor="observers", title=pen.say(*title), table=ballots.table(pen, title, headings, rows))


def _explanations(pen: Pen, report: SessionReport) -> Part:
    rows = [(one.proposal, pen.who(one.by), one.text, pen.moment(one.at)) for one in report.explanations]
    headings = (("On", "Sur"), ("Delegation", "Délégation"), ("In its own words", "Dans ses termes"), ("Time", "Heure"))
    title = ("Explanations of vote", "Explications de vote")
    return Part(anchor="explanations", title=pen.say(*title), table=ballots.table(pen, title, headings, rows))


def _rulings(pen: Pen, report: SessionReport) -> Iterator[Part]:
    if report.rulings:
        yield Part(
            anchor="rulings",
            title=pen.say("Points of order and rulings", "Motions d’ordre et décisions"),
            lines=(pen.say(f"Points of order: {len(report.rulings)}.", f"Motions d’ordre : {len(report.rulings)}."),),
        )
    for number, one in enumerate(report.rulings, 1):
        facts = [
            pen.fact("Raised by", "Soulevée par", pen.who(one.by)),
            pen.fact("Point", "Objet", one.text),
            pen.fact("Ruling", "Décision", pen.of(words.of(words.RULING, one.ruling))),
            *([pen.fact("Reasons", "Motifs", one.reasons)] if one.reasons else []),
        ]
        if one.appealed_by:
            stands = (
                pen.say("the ruling stands", "la décision est maintenue")
                if one.stands
                else pen.say("the ruling is overruled", "la décision est annulée")
            )
            appeal = f"{pen.who(one.appealed_by)}; {stands}" + (f" ({one.vote})" if one.vote else "")
            facts.append(pen.fact("Appealed by", "Appel de", appeal))
        yield Part(
            anchor=f"ruling-{number}",
            title=pen.say(f"Point {number}, {pen.moment(one.at)}", f"Motion {number}, {pen.moment(one.at)}"),
            level=3,
            facts=tuple(facts),
        )


def _motions(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (
            pen.of(one.motion) + (f" ({one.target})" if one.target else ""),
            pen.who(one.by),
            pen.names(one.spoke_for),
            pen.names(one.spoke_against),
            pen.of(words.of(words.MOTION, one.outcome)) + (f" ({one.vote})" if one.vote else ""),
        )
        for one in report.motions
    ]
    headings = (("Motion", "Motion"), ("Moved by", "Auteur"), ("Spoke for", "Pour"), ("Spoke against", "Contre"),
                ("Outcome", "Suite"))  # fmt: skip
    title = ("Procedural motions", "Motions de procédure")
    return Part(anchor="motions", title=pen.say(*title), table=ballots.table(pen, title, headings, rows))


def _speeches(pen: Pen, report: SessionReport) -> Part:
    rows = [
        (
            pen.moment(one.at),
            one.item,
            pen.who(one.who),
            pen.of(words.of(words.PURPOSE, one.purpose)),
            f"{one.seconds // 60}:{one.seconds % 60:02}",
        )
        for one in report.speeches
    ]
    headings = (("Time", "Heure"), ("Item", "Point"), ("Speaker", "Orateur"), ("As", "À titre de"),
                ("Minutes", "Minutes"))  # fmt: skip
    title = ("Speakers", "Orateurs")
    return Part(anchor="speakers", title=pen.say(*title), table=ballots.table(pen, title, headings, rows, numbers=(4,)))


def _rules(pen: Pen, report: SessionReport) -> Iterator[Part]:
    rules = report.rules
    yield Part(
        anchor="rules",
        title=pen.say("The rules that were applied", "Le règlement appliqué"),
        facts=(
            pen.fact("Rulebook", "Règlement", f"{pen.of(rules.name)} ({rules.id})"),
            pen.fact("Standing", "Statut", pen.of(words.of(words.BOOK, rules.standing))),
            pen.fact("As known on", "État au", pen.day(rules.as_of)),
        ),
        table=ballots.table(
            pen,
            ("Open questions and the answers chosen", "Questions ouvertes et réponses retenues"),
            (("Open question", "Question ouverte"), ("Answer under which the session was held", "Réponse retenue")),
            [(pen.of(one.question), pen.of(one.answer)) for one in rules.answers],
        ),
    )
    rows = [
        (pen.of(one.name), pen.of(one.says), pen.of(words.of(words.SURE, one.sure)), pen.of(one.source))
        for one in rules.unsure
    ]
    title = ("Rules applied that are not sure", "Règles appliquées dont la teneur n’est pas sûre")
    headings = (("Rule", "Règle"), ("As applied", "Telle qu’appliquée"), ("How sure", "Degré de certitude"),
                ("Where from", "Source"))  # fmt: skip
    yield Part(anchor="unsure", title=pen.say(*title), level=3, table=ballots.table(pen, title, headings, rows))


def _checking(pen: Pen) -> Part:
    return Part(
        anchor="checking",
        title=pen.say("How to check this report", "Comment vérifier ce rapport"),
        lines=(
            pen.say(
                "This report was made from the signed record of the meeting and from nothing else. Whoever has the "
                "record can make it again, and verify the record offline: rogatory conference verify RECORD.",
                "Ce rapport a été établi à partir du seul registre signé de la réunion. Quiconque détient ce "
                "dernier peut le refaire et vérifier le registre hors ligne : rogatory conference verify RECORD.",
            ),
            pen.say(
                "The digest of the last entry, on the first page, must be the one that the verifier names.",
                "L’empreinte de la dernière écriture, en première page, doit être celle que nomme le vérificateur.",
            ),
        ),
    )
