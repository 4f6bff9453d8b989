"""The papers by which a State consents to be bound: instrument, full powers, and the note that delivers it."""

from collections.abc import Iterator, Sequence
from datetime import date

from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.readiness import naming
from rogatory.readiness.choices import HIGH_OFFICES, MANNERS
from rogatory.readiness.consent import Signing, manner_fits, manner_provision
from rogatory.readiness.papers.drafting import Drafting, due, lacking, say
from rogatory.readiness.papers.model import Block, Missing, Paper, Remark, heading, text

INSTRUMENT = "instrument"
TRANSMITTAL = "transmittal"
FULL_POWERS = "full-powers"
SIGNING_POWERS = "full-powers-signature"


def instrument(drafting: Drafting, signing: Signing, statements: Sequence[Paper], on: date) -> Paper:
    """The instrument of consent as it can be made on that day, with the reservations and declarations in it."""
    choices, names = drafting.choices, drafting.names
    manner = choices.manner or MANNERS[0]
    provision = manner_provision(choices.manner)
    missing = [*_manner(drafting), *_fits(drafting, signing, on), *drafting.lacks_frame(), *drafting.lacks_signer()]
    missing += [lack for one in statements for lack in one.missing if lack not in missing]
    consents = say(
        "consents",
        signer=Words(choices.signer.name, choices.signer.name),
        title=choices.signer.title,
        does=say(f"does-{manner}"),
        **_of(names, "state", "of_state"),
    )
    adopted = say(
        "adopted", convention=drafting.convention.name, adopted=drafting.convention.adopted, opened=signing.opens
    )
    blocks = [text(adopted), *_signed(drafting, signing), text(consents)]
    if statements:
        blocks.append(text(say("with-statements")))
        blocks += [part for one in statements for part in (heading(one.title), *one.blocks[1:])]
    checked = drafting.law.provision(drafting.convention.id, provision).checked
    return Paper(
        id=INSTRUMENT,
        kind=INSTRUMENT,
        provision=provision,
        title=say(f"title-{manner}"),
        blocks=(*blocks, text(say("in-witness"))),
        done=drafting.done(),
        signature=drafting.signature(choices.signer, sealed=True),
        action=choices.manner,
        when=due("undated"),
        checked=checked.words,
        certainty=checked.certainty,
        remarks=tuple(_instrument_remarks(drafting, signing)),
        missing=tuple(missing),
    )


def _instrument_remarks(drafting: Drafting, signing: Signing) -> Iterator[Remark]:
    yield Remark(kind="practice", text=say("remark-signer"))
    yield Remark(kind="practice", text=say("remark-original"))
    if drafting.choices.manner != "accession" and (signing.signed is Answer.UNKNOWN or signing.on is None):
        yield Remark(kind="unsure", text=say("remark-signed-unknown"))
    yield from drafting.doubt(manner_provision(drafting.choices.manner))
    yield from drafting.single("name", "signer")


def _manner(drafting: Drafting) -> Iterator[Missing]:
    if not drafting.choices.manner:
        yield lacking("manner")


def _fits(drafting: Drafting, signing: Signing, on: date) -> Iterator[Missing]:
    """What was chosen in time may have become impossible since: signature has closed, or the State has signed."""
    if drafting.choices.manner and not manner_fits(drafting.choices.manner, signing, on):
        yield lacking("manner", "other-manner", closes=signing.closes)


def _signed(drafting: Drafting, signing: Signing) -> Iterator[Block]:
    if drafting.choices.manner == "accession" or signing.signed is not Answer.YES:
        return
    of_state = drafting.names["of_state"]
    known = signing.on is not None
    yield text(say("signed-on", of_state=of_state, signed=signing.on) if known else say("signed", of_state=of_state))


def _of(names: dict[str, object], *wanted: str) -> dict[str, object]:
    return {name: names[name] for name in wanted}


def full_powers(drafting: Drafting, signing: Signing) -> Iterator[Paper]:
    """The full powers that are needed: to sign the Convention, and to sign the instrument, where no high office does.

    A State that signs itself through such an office, or signed already, needs none for the signature.
    """
    choices = drafting.choices
    manner = choices.manner or MANNERS[0]
    if choices.manner != "accession" and signing.signed is Answer.NO and choices.plenipotentiary.name:
        act = say("the-convention", convention=drafting.convention.name)
        yield _powers(drafting, SIGNING_POWERS, act, holder="plenipotentiary", provision=signing.provision)
    if choices.signer.office and choices.signer.office not in HIGH_OFFICES:
        act = say(f"the-{manner}")
        yield _powers(drafting, FULL_POWERS, act, holder="signer", provision=manner_provision(choices.manner))


def _powers(drafting: Drafting, id: str, act: Words, *, holder: str, provision: str) -> Paper:
    choices = drafting.choices
    who = choices.signer if holder == "signer" else choices.plenipotentiary
    grantor = choices.grantor
    missing = [*drafting.lacks_frame(), *drafting.lacks_signer("grantor"), *drafting.lacks_signer(holder, office=False)]
    if grantor.office and grantor.office not in HIGH_OFFICES:
        missing.append(lacking("grantor.office"))
    given = say(
        "full-powers-text",
        grantor=grantor.name,
        title=grantor.title,
        holder=who.name,
        holder_title=who.title,
        act=act,
        of_state=drafting.names["of_state"],
    )
    return Paper(
        id=id,
        kind=FULL_POWERS,
        provision=provision,
        title=say("full-powers-title"),
        blocks=(text(given), text(say("full-powers-witness"))),
        done=drafting.done(),
        signature=drafting.signature(grantor, sealed=True),
        remarks=(
            Remark(kind="practice", text=say("remark-signer")),
            *drafting.single("name", "grantor", holder),
        ),
        missing=tuple(missing),
    )


def transmittal(drafting: Drafting, enclosed: Sequence[Paper]) -> Paper:
    """The note by which a mission delivers the instrument, with the notices that go with it."""
    choices, names = drafting.choices, drafting.names
    act = say(f"the-{choices.manner or MANNERS[0]}")
    missing = [*_manner(drafting), *(one for one in drafting.lacks_frame() if one.place == "name")]
    if choices.mission == NO_WORDS:
        missing.append(lacking("mission"))
    clause = drafting.convention.clause
    confirm = say("transmittal-confirm", provision=naming.provisions(clause.cite[:2]), **_of(names, "of_state"))
    delivered = say(
        "transmittal-text", mission=naming.opening(choices.mission), act=act, **_of(names, "convention", "of_state")
    )
    blocks = [text(delivered)]
    if enclosed:
        blocks.append(text(say("transmittal-with")))
        blocks.append(Block(kind="points", items=tuple((NO_WORDS, one.title) for one in enclosed)))
    return Paper(
        id=TRANSMITTAL,
        kind=TRANSMITTAL,
        provision=manner_provision(choices.manner),
        title=say("transmittal-title", act=act),
        from_lines=(naming.opening(choices.mission),) if choices.mission != NO_WORDS else (),
        to_lines=drafting.addressee(),
        blocks=(*blocks, text(confirm)),
        done=drafting.done(),
        signature=(say("seal"),),
        when=due("with-instrument"),
        remarks=(Remark(kind="practice", text=say("remark-original")), *drafting.single("mission", "name")),
        missing=tuple(missing),
    )
