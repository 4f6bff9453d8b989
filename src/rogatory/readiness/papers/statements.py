"""Reservations and declarations as papers: those that the Convention allows by name, and others, marked as such."""

from collections.abc import Iterator

from rogatory.law.sentences import load_sentences
from rogatory.law.words import NO_WORDS, Words
from rogatory.readiness import catalogue, naming
from rogatory.readiness.catalogue import HOME, Offer
from rogatory.readiness.choices import Statement
from rogatory.readiness.papers.drafting import SENTENCES, Drafting, due, lacking, say
from rogatory.readiness.papers.model import Missing, Paper, Remark, text


def statements(drafting: Drafting) -> tuple[Paper, ...]:
    """One paper for each reservation and declaration chosen, in the order of the choices."""
    places = enumerate(drafting.choices.statements, start=1)
    return tuple(_paper(drafting, one, f"statements[{place}]") for place, one in places)


def usual_text(drafting: Drafting, statement: Statement) -> Words:
    """The text that was given, else the usual one for a reservation that the Convention names; or no words."""
    name = f"{statement.kind}-{statement.provision}"
    if statement.text != NO_WORDS or name not in load_sentences(*SENTENCES).names():
        return statement.text
    return say(name, **drafting.names)


def _paper(drafting: Drafting, statement: Statement, place: str) -> Paper:
    names, number = drafting.names, statement.provision
    said = usual_text(drafting, statement)
    offer = next((one for one in catalogue.offers(drafting.law) if one.provision == number), None)
    missing = [*drafting.lacks_frame(), *drafting.lacks_signer(), *_lacks(statement, said, offer, place)]
    general = "declaration-title-general" if not number else f"{statement.kind}-title"
    opens = say("statement-opens", convention=names["convention"], state=names["state"])
    known = drafting.law.by_number[HOME].get(number)
    return Paper(
        id=f"{statement.kind}-{number}" if number else statement.kind,
        kind=statement.kind,
        provision=number,
        title=say(general, provision=naming.provision(number)),
        to_lines=drafting.addressee(),
        blocks=(text(opens), text(said)),
        done=drafting.done(),
        signature=drafting.signature(drafting.choices.signer, sealed=True),
        action=statement.kind,
        value=said.en,
        when=due("signature-or-instrument"),
        checked=known.checked.words if known else NO_WORDS,
        certainty=known.checked.certainty if known else "high",
        remarks=tuple(_remarks(drafting, statement, offer, place)),
        missing=tuple(missing),
    )


def _lacks(statement: Statement, said: Words, offer: Offer | None, place: str) -> Iterator[Missing]:
    shown = statement.provision or statement.kind
    if said == NO_WORDS:
        yield lacking(f"{place}.text", "text", provision=shown)
    if offer is None and statement.justification == NO_WORDS:
        yield lacking(f"{place}.justification", "justification", provision=shown)


def _remarks(drafting: Drafting, statement: Statement, offer: Offer | None, place: str) -> Iterator[Remark]:
    yield Remark(kind="practice", text=say("remark-statements"))
    if offer is None:
        yield Remark(kind="unnamed", text=say("remark-unnamed", justification=statement.justification))
    else:
        for limit in (offer.what, *offer.unless):
            yield Remark(kind="limits", text=say("remark-limits", what=limit))
        yield from drafting.doubt(offer.provision)
    yield from drafting.single("name", "signer", place)
