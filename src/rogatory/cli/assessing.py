"""`rogatory assess`: an opinion on facts from a file, without a case and, if need be, without a node."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import forms, opinionview, printing, profiles, reading
from rogatory.cli.session import Session, session_of
from rogatory.cli.statusdata import day_of, status_here
from rogatory.errors import BadInput
from rogatory.law.loader import load_law
from rogatory.law.words import Words
from rogatory.opinion import engine
from rogatory.opinion.case import plan
from rogatory.opinion.example import REQUESTED, REQUESTING, example_facts
from rogatory.opinion.facts import Facts
from rogatory.opinion.findings import Opinion
from rogatory.opinion.profile_files import read_profile
from rogatory.opinion.profiles import Profile
from rogatory.opinion.reading import MAX_BYTES, read_facts_text
from rogatory.status.engine import Status

HEAD = {
    "en": "Facts for `rogatory assess`. Keys that are not known are left out; an unknown never passes for a yes.",
    "fr": "Faits pour `rogatory assess`. Omettez ce qui n’est pas connu ; l’inconnu ne vaut jamais oui.",
}
CONTENTS = {"en": "What the request states.", "fr": "Ce que dit la demande."}
ANSWERS = {
    "en": "What an officer knows besides: yes, no or unknown, an option, a number.",
    "fr": "Ce qu’un agent sait par ailleurs : yes, no ou unknown, une option, un nombre.",
}


class NoFacts(BadInput):
    """Say which facts are to be assessed."""

    code = "no-facts"
    remedy = "Name a TOML or JSON file, - for standard input, or --example MEASURE to see one."


def assess(
    context: typer.Context,
    facts: Annotated[
        str, typer.Argument(metavar="[FACTS]", help="The facts, TOML or JSON; - reads them from input.")
    ] = "",
    *,
    chair: Annotated[str, typer.Option(metavar="SIDE", help="Whose question it is: requesting or requested.")] = (
        "requesting"
    ),
    profile: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="A national profile, TOML, that counts for its State; may be given again."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Each finding with its reasons and its remedy.")] = False,
    example: Annotated[
        str, typer.Option(metavar="MEASURE", help="Print facts on this measure to fill in, with comments.")
    ] = "",
    instrument: Annotated[
        str, typer.Option(metavar="INSTRUMENT", help="With --example: uncc, budapest, untoc or uncac.")
    ] = "uncc",
) -> None:
    """Assess facts: what the treaty says about a request, from either side's chair, with the reasons.

    It needs no node; where there is one, its deposits, its national profiles and its day hold. It advises and cites,
    and never decides.
    """
    session = session_of(context)
    if example:
        _print_example(session, example, instrument, chair)
        return
    if not facts:
        raise NoFacts
    status = status_here(session)
    stated = _facts(session, facts)
    named = tuple(_profile(name, status) for name in profile or ())
    known = replace(stated, profiles=profiles.beside(session, stated.requested, named))
    opinion = engine.assess(known, law=status.law, status=status, chair=chair)
    shown = _explained(opinion, session.lang) if explain else (opinionview.view(opinion, session.lang),)
    session.answer(opinion.to_json(), *shown)


def _facts(session: Session, name: str) -> Facts:
    data = reading.bytes_of(name, limit=MAX_BYTES)
    json = name.endswith(".json") or (not name.endswith(".toml") and data.lstrip()[:1] == b"{")
    return read_facts_text(data, name=reading.shown_name(name), today=day_of(session, ""), json=json)


def _profile(name: str, status: Status) -> Profile:
    text = reading.utf8_of(name, limit=MAX_BYTES)
    return read_profile(text, name=reading.shown_name(name), law=status.law, states=status.states)


def _explained(opinion: Opinion, lang: str) -> Iterator[RenderableType | str]:
    """The answer, then every finding and ground: its provision, what it says, the reasons, the remedy, how sure."""
    yield opinion.question.get(lang)
    yield f"{opinionview.said(opinion.answer.value, lang)}: {opinion.sentence.get(lang)}"
    for one in opinion.findings:
        yield ""
        yield printing.text(f"{one.instrument} {one.provision}: {opinionview.said(one.verdict.value, lang)}", "bold")
        yield from _lines(lang, (one.what, *one.because, one.remedy, one.checked.words))
    for ground in opinion.grounds:
        yield ""
        head = f"{ground.instrument} {ground.provision}: {opinionview.said(ground.effect, lang)}"
        yield printing.text(f"{head} ({opinionview.said(ground.available.value, lang)})", "bold")
        yield from _lines(lang, (ground.what, ground.question, ground.because, ground.checked.words))
    for gap in opinion.missing:
        yield ""
        yield f"? {gap.key} [{gap.provision}] {gap.question.get(lang)}"


def _lines(lang: str, said: tuple[Words, ...]) -> Iterator[str]:
    return (f"  {words.get(lang)}" for words in said if words.en)


def _print_example(session: Session, measure: str, instrument: str, chair: str) -> None:
    law, lang, day = load_law(), session.lang, day_of(session, "")
    form, bearing = law.form(measure, instrument=instrument), plan(law, instrument, measure, chair)
    lines = [
        f"# {HEAD[lang]}",
        f'measure = "{measure}"',
        f'instrument = "{instrument}"',
        f'requesting = "{REQUESTING}"',
        f'requested = "{REQUESTED}"',
        f"on = {day}",
        "",
        f"# {CONTENTS[lang]}",
        "[contents]",
    ]
    for field in form.fields:
        lines += ["", *forms.to_fill_in(field, lang)]
    lines += ["", f"# {ANSWERS[lang]}", "[answers]"]
    for field in bearing.questions.values():
        # An answer that is not known is left out, so that none stands there empty.
        lines += ["", *forms.to_fill_in(field, lang, unless="")]
    session.answer(example_facts(law, measure, instrument=instrument, on=day), "\n".join(lines))
