"""How a meeting stands, for a person at a terminal: facts, quorum with its arithmetic, the floor, the vote."""

from collections.abc import Iterator

from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.meeting import asking
from rogatory.conference.meeting.state import Pending, State, Vote
from rogatory.law.words import Words
from rogatory.node.sittings import Sitting

PHASES = {
    "convened": Words("convened, not opened yet", "convoquée, pas encore ouverte"),
    "sitting": Words("sitting", "en séance"),
    "suspended": Words("suspended", "suspendue"),
    "adjourned": Words("adjourned", "levée"),
    "closed": Words("closed", "close"),
}
NEXT_HEADINGS = (
    Words("event", "événement"),
    Words("what", "quoi"),
    Words("with", "avec"),
    Words("to fill in", "à remplir"),
    Words("rule", "règle"),
)
_QUORUM = Words(
    "{here} present; needed: {needed} of {number} ({words})",
    "{here} présents ; requis : {needed} sur {number} ({words})",
)
_ENOUGH = {True: Words("reached", "atteint"), False: Words("NOT reached", "NON atteint")}


def overview(found: Sitting, lang: str) -> Iterator[RenderableType | str]:
    """The meeting as it stands, in *lang*."""
    state = found.state
    yield state.facts.title.get(lang)
    yield printing.pairs({name.get(lang): value for name, value in _facts(found, lang)})
    if state.vote is not None:
        yield ""
        yield printing.pairs({name.get(lang): value for name, value in _vote(found, state.vote)})
    if state.decisions:
        rows = [
            (one.number, one.symbol, one.what.get(lang), one.how, state.book.rule(one.rule).name.get(lang))
            for one in state.decisions
        ]
        yield ""
        yield printing.table([one.get(lang) for one in _DECIDED], rows)


_DECIDED = (
    Words("number", "numéro"),
    Words("symbol", "cote"),
    Words("decision", "décision"),
    Words("how", "comment"),
    Words("rule", "règle"),
)


def _facts(found: Sitting, lang: str) -> Iterator[tuple[Words, object]]:
    state, book = found.state, found.state.book
    yield Words("meeting", "réunion"), found.meeting
    yield Words("rulebook", "règlement"), book.name.get(lang)
    yield Words("answers chosen", "réponses choisies"), ", ".join(f"{key}={one}" for key, one in book.chosen.items())
    yield Words("stands", "état"), PHASES[state.phase].get(lang)
    yield Words("in the chair", "à la présidence"), _name(state, state.presiding, lang)
    yield Words("quorum to open", "quorum d’ouverture"), _quorum(state, book.quorum.open, lang)
    yield Words("quorum to decide", "quorum de décision"), _quorum(state, book.quorum.decide, lang)
    yield Words("item", "point"), state.item
    floor = state.floor
    yield Words("has the floor", "a la parole"), _name(state, floor.speaking.code, lang) if floor.speaking else ""
    yield Words("speakers", "orateurs"), [_name(state, one.code, lang) for one in floor.waiting]
    yield Words("point of order", "motion d’ordre"), f"{floor.point.by}: {floor.point.text}" if floor.point else ""
    yield (
        Words("motions in order", "motions dans l’ordre"),
        [_motion(state, one, lang) for one in _order(state)],
    )
    open_ones = [one for one in state.proposals.values() if one.status == "open"]
    yield Words("proposals", "propositions"), [f"{one.id} {one.title.get(lang)}" for one in open_ones]
    running = [f"{one.id} {one.balloting.words().get(lang)}" for one in state.contests.values() if not one.concluded]
    yield Words("elections", "élections"), running
    yield Words("events", "événements"), found.number
    yield Words("head of the record", "tête du registre"), found.head


def _quorum(state: State, threshold: Threshold, lang: str) -> str:
    number = asking.base(state, threshold.of)
    told = _QUORUM.fill(
        here=asking.base(state, Base.PRESENT), needed=threshold.needed(number), number=number, words=threshold.words()
    )
    return f"{told.get(lang)}, {_ENOUGH[asking.quorate(state, threshold)].get(lang)}"


def _name(state: State, code: str, lang: str) -> str:
    return f"{code} {state.seats[code].name.get(lang)}" if code in state.seats else code


def _order(state: State) -> list[Pending]:
    return sorted(state.floor.motions, key=lambda one: state.rank(one.motion))


def _motion(state: State, one: Pending, lang: str) -> str:
    motion = state.book.motions[one.motion]
    return f"{one.id} {motion.name.get(lang)} ({one.by}; {state.book.rule(motion.rule).name.get(lang)})"


def _vote(found: Sitting, vote: Vote) -> Iterator[tuple[Words, object]]:
    yield Words("vote", "vote"), f"{vote.id}: {vote.question.about} {vote.question.target} {vote.question.part}".strip()
    yield Words("method", "mode"), vote.method
    for choice, words in _CHOICES.items():
        yield words, [code for code, said in sorted(vote.votes.items()) if said == choice]
    yield Words("has not voted", "n’a pas voté"), found.awaited


_CHOICES = {
    "yes": Words("yes", "pour"),
    "no": Words("no", "contre"),
    "abstain": Words("abstention", "abstention"),
}
