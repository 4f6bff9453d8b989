"""The chapters on proposals, votes by State and elections, with their arithmetic."""

from collections.abc import Iterator, Sequence

from rogatory.conference.report import words
from rogatory.conference.report.paper import Fact, Part, Pen, Table
from rogatory.conference.report.values import BallotHeld, Election, Roll, SessionReport, Way

Headings = tuple[tuple[str, str], ...]


def table(
    pen: Pen,
    about: tuple[str, str],
    headings: Headings,
    rows: Sequence[tuple[str, ...]],
    *,
    numbers: tuple[int, ...] = (),
) -> Table | None:
    """A table in the language of *pen*; none without rows."""
    if not rows:
        return None
    return Table(
        about=pen.say(*about),
        headings=tuple(pen.say(*one) for one in headings),
        rows=tuple(rows),
        numbers=numbers,
    )


def proposals(pen: Pen, report: SessionReport) -> Iterator[Part]:
    """Each proposal's way, amendments after what they amend."""
    rows = [
        (one.id, pen.of(one.title), pen.names(one.sponsors), pen.of(words.of(words.PROPOSAL, one.status)))
        for one in report.proposals
    ]
    title = ("Proposals and amendments", "Propositions et amendements")
    headings = (("Symbol", "Cote"), ("Title", "Titre"), ("Sponsors", "Auteurs"), ("Outcome", "Suite"))
    yield Part(anchor="proposals", title=pen.say(*title), table=table(pen, title, headings, rows))
    for one in report.proposals:
        yield _way(pen, one)


def _way(pen: Pen, one: Way) -> Part:
    amends = (pen.fact("Amends", "Modifie", one.amends),) if one.amends else ()
    return Part(
        anchor=f"proposal-{one.id}",
        title=f"{one.id}: {pen.of(one.title)}" if pen.lang == "en" else f"{one.id} – {pen.of(one.title)}",
        level=3,
        facts=(
            *amends,
            pen.fact("Agenda item", "Point de l’ordre du jour", one.item),
            pen.fact("Majority that it needs", "Majorité requise", pen.of(one.subject)),
        ),
        table=table(
            pen,
            (f"The way of {one.id}", f"Parcours de {one.id}"),
            (("Time", "Heure"), ("Step", "Étape")),
            [(pen.moment(step.at), pen.of(step.what)) for step in one.steps],
        ),
    )


def votes(pen: Pen, report: SessionReport) -> Iterator[Part]:
    """All votes in a table, then each with who voted how."""
    rows = [
        (
            one.id,
            question(pen, one),
            pen.of(words.method(one.method)),
            *(str(one.counts[choice]) for choice in ("yes", "no", "abstain", "not-voting")),
            str(one.needed),
            pen.of(words.ANNULLED if one.annulled else words.CARRIED if one.adopted else words.LOST),
        )
        for one in report.votes
    ]
    title = ("Votes", "Votes")
    headings = (("Vote", "Vote"), ("Question", "Question"), ("Method", "Mode"), ("For", "Pour"), ("Against", "Contre"),
                ("Abstain", "Abst."), ("Not voting", "Non votants"), ("Needed", "Requis"),
                ("Outcome", "Résultat"))  # fmt: skip
    yield Part(anchor="votes", title=pen.say(*title), table=table(pen, title, headings, rows, numbers=(3, 4, 5, 6, 7)))
    for one in report.votes:
        yield _roll(pen, one)


def question(pen: Pen, one: Roll) -> str:
    """What was asked, with the symbol of the proposal."""
    asked = pen.of(one.question)
    if one.about in ("proposal", "part"):
        return f"{one.target}: {asked}" if pen.lang == "en" else f"{one.target} – {asked}"
    return asked


def _roll(pen: Pen, one: Roll) -> Part:
    named = [
        Fact(
            name=f"{pen.of(words.of(words.CHOICE, choice))} ({sum(each.weight for each in who)})",
            value=pen.names(who),
        )
        for choice, who in one.by.items()
        if who
    ]
    unnamed = pen.say(
        "Counted without names, as this method of voting is.", "Décompte sans noms, selon ce mode de scrutin."
    )
    rule = pen.of(one.rule.name)
    present = one.quorum
    return Part(
        anchor=f"vote-{one.id}",
        title=f"{one.id}: {question(pen, one)}" if pen.lang == "en" else f"{one.id} – {question(pen, one)}",
        level=3,
        lines=(*(pen.of(line) for line in one.arithmetic), *(() if named else (unnamed,))),
        facts=(
            pen.fact("Method", "Mode", pen.of(words.method(one.method))),
            pen.fact("Rule", "Règle", rule),
            pen.fact("Quorum", "Quorum", f"{present.present} / {present.needed}"),
            pen.fact("Opened, closed", "Ouvert, clos", f"{pen.moment(one.opened_at)}, {pen.moment(one.closed_at)}"),
            *named,
        ),
    )


def elections(pen: Pen, report: SessionReport) -> Iterator[Part]:
    """All elections in a table, then the ballots of each."""
    rows = [
        (
            one.id,
            pen.of(one.post),
            pen.of(one.group) or pen.say("all groups", "tous les groupes"),
            str(one.seats),
            pen.names(one.stood),
            pen.names(one.elected),
            pen.of(words.of(words.HOW, one.how)) + _annulled(pen, one),
        )
        for one in report.elections
    ]
    title = ("Elections", "Élections")
    headings = (("No.", "N°"), ("Office", "Fonction"), ("Group", "Groupe"), ("Seats", "Sièges"), ("Stood", "Candidats"),
                ("Elected", "Élus"), ("How", "Mode"))  # fmt: skip
    yield Part(anchor="elections", title=pen.say(*title), table=table(pen, title, headings, rows, numbers=(3,)))
    for one in report.elections:
        for ballot in one.ballots:
            yield _ballot(pen, one, ballot)


def _annulled(pen: Pen, one: Election) -> str:
    if not one.annulled:
        return ""
    return pen.say(f"; annulled ballots: {one.annulled}", f" ; scrutins annulés : {one.annulled}")


def _ballot(pen: Pen, election: Election, one: BallotHeld) -> Part:
    rows = [
        (pen.who(each.who), str(each.votes), pen.say("elected", "élu") if each.elected else "") for each in one.votes
    ]
    lines = [
        pen.say(
            f"Papers {one.papers}, invalid {one.invalid}, abstentions {one.abstentions}: {one.valid} valid.",
            f"Bulletins {one.papers}, nuls {one.invalid}, abstentions {one.abstentions} : {one.valid} valables.",
        )
    ]
    if one.needed:
        share = pen.of(one.majority)
        lines.append(
            pen.say(
                f"Required: {share}: {one.needed} of {one.base}.",
                f"Majorité requise : {share}, soit {one.needed} sur {one.base}.",
            )
        )
    if one.lot:
        lot = (pen.names(one.lot), pen.names(one.drawn))
        lines.append(pen.say(f"Lot among {lot[0]}: it fell on {lot[1]}.", f"Sort entre {lot[0]} : désigné, {lot[1]}."))
    lines.append(pen.say(f"Tellers: {pen.names(one.tellers)}.", f"Scrutateurs : {pen.names(one.tellers)}."))
    heading = f"{election.id}, {pen.of(election.post)}: {pen.of(one.heading)}"
    return Part(
        anchor=f"ballot-{election.id}-{one.number}",
        title=heading if pen.lang == "en" else heading.replace(": ", " – ", 1),
        level=3,
        lines=tuple(lines),
        table=table(
            pen,
            (heading, heading),
            (("Candidate", "Candidat"), ("Votes", "Voix"), ("Result", "Résultat")),
            rows,
            numbers=(1,),
        ),
    )
