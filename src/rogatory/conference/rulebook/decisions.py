"""Whether a rulebook's decisions can be taken, and in one way only: majorities, motions, quorum, votes, elections."""

from collections.abc import Iterator

from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Choice
from rogatory.conference.rulebook.findings import Finding, error, note, warning
from rogatory.conference.rulebook.model import Effect, Majority, Motion, Rulebook
from rogatory.law.words import Words

#: What the program asks a majority for.
SUBJECTS = (
    "substance",
    "procedure",
    "budget",
    "treaty-amendment",
    "protocol",
    "reconsideration",
    "rules-amendment",
    "rules-suspension",
    "ruling",
    "competence",
    "division",
    "credentials",
    "observers",
    "agenda",
)
#: A notice longer than this, in hours, is longer than a usual session of five days.
LONG_NOTICE = 5 * 24
#: Numbers of Parties for which two shares are compared.
PARTIES_TRIED = range(1, 201)
_HEADS = (Base.PARTICIPATING, Base.PARTIES)


def findings(book: Rulebook) -> Iterator[Finding]:
    """What is wrong with how decisions are taken under *book*."""
    yield from _missing_majorities(book)
    for majority in book.majorities.values():
        yield from _majority(book, majority)
    yield from _compared(book)
    yield from _motions(book)
    yield from _quorum(book)
    yield from _votes(book)
    yield from _elections(book)
    yield from _notices(book)


def _missing_majorities(book: Rulebook) -> Iterator[Finding]:
    for subject in SUBJECTS:
        if subject not in book.majorities:
            yield error(
                "subject-without-majority",
                f"majority.{subject}",
                Words(f"no majority is set for {subject}", f"aucune majorité n’est fixée pour {subject}"),
            )
    for motion in book.motions.values():
        if motion.subject not in book.majorities:
            yield error(
                "motion-without-majority",
                f"motion.{motion.id}.subject",
                Words(
                    f"the motion needs a majority for {motion.subject!r}, and there is none",
                    f"la motion exige une majorité pour « {motion.subject} », qui n’est pas fixée",
                ),
                rule=motion.rule,
            )


def _majority(book: Rulebook, one: Majority) -> Iterator[Finding]:
    where, found = f"majority.{one.subject}.threshold", one.threshold
    if one.consensus_only:
        return
    if not found.reachable:
        yield error("majority-unreachable", where, _nobody(found), rule=one.rule)
    if found.of is Base.VALID_BALLOTS:
        says = Words("a vote has no ballots: take it of those present and voting",
                     "un vote n’a pas de bulletins : prendre les présents et votants")  # fmt: skip
        yield error("majority-wrong-base", where, says, rule=one.rule)
    if found.share * 2 < 1:
        says = Words("less than one half decides: a proposal and its opposite could both be adopted",
                     "moins de la moitié décide : une proposition et son contraire peuvent être adoptés")  # fmt: skip
        yield error("majority-below-half", where, says, rule=one.rule)
    elif found.share * 2 == 1 and not found.strict:
        says = Words("votes equally divided adopt here, and reject under the rule on ties",
                     "le partage égal des voix vaut adoption ici, et rejet selon la règle sur ce point")  # fmt: skip
        yield error("tie-adopts", where, says, rule=one.rule)
    decide = book.quorum.decide
    if found.of is Base.PARTIES is decide.of and found.reachable and decide.reachable and _less(decide, found):
        says = Words("a meeting that just has the quorum cannot reach it",
                     "une séance qui a tout juste le quorum ne peut l’atteindre")  # fmt: skip
        yield warning("majority-beyond-quorum", where, says, rule=one.rule)


def _nobody(found: Threshold) -> Words:
    words = found.words()
    return Words(f"nobody can reach it: {words.en}", f"nul ne peut l’atteindre : {words.fr}")


def _less(one: Threshold, other: Threshold) -> bool:
    """Whether *one* can be reached with fewer than *other*, both taken of the same number."""
    return any(one.needed(number) < other.needed(number) for number in PARTIES_TRIED)


def _compared(book: Rulebook) -> Iterator[Finding]:
    pairs = (("substance", "procedure", error), ("treaty-amendment", "substance", warning))
    for high, low, severity in pairs:
        one, other = book.majorities.get(high), book.majorities.get(low)
        if not one or not other or one.consensus_only or other.consensus_only:
            continue
        if one.threshold.of is other.threshold.of and _less(one.threshold, other.threshold):
            yield severity(
                f"{high}-below-{low}",
                f"majority.{high}.threshold",
                Words(
                    f"{one.name.en} need less than {other.name.en[:1].lower()}{other.name.en[1:]}",
                    f"{one.name.fr} : majorité moindre que pour {other.name.fr[:1].lower()}{other.name.fr[1:]}",
                ),
                rule=one.rule,
            )


def _motions(book: Rulebook) -> Iterator[Finding]:
    places: dict[int, Motion] = {}
    effects: dict[Effect, Motion] = {}
    for one in book.motions.values():
        where = f"motion.{one.id}"
        if one.precedence and one.precedence in places:
            other = places[one.precedence]
            says = Words(f"it has the same precedence as {other.id}", f"elle a le même rang que {other.id}")
            yield error("motions-same-precedence", f"{where}.precedence", says, rule=one.rule)
        if one.effect in effects:
            other = effects[one.effect]
            says = Words(f"{other.id} has the same effect: two rules for one case",
                         f"{other.id} a le même effet : deux règles pour un cas")  # fmt: skip
            yield error("motions-same-effect", f"{where}.effect", says, rule=one.rule)
        if not (one.during_debate or one.during_voting):
            says = Words("it can be moved at no time", "elle ne peut être présentée à aucun moment")
            yield error("motion-never", where, says, rule=one.rule)
        places.setdefault(one.precedence, one)
        effects.setdefault(one.effect, one)
    ranks = sorted(rank for rank in places if rank)
    if ranks != list(range(1, len(ranks) + 1)):
        says = Words("the numbers of precedence leave gaps", "les rangs de priorité ne se suivent pas")
        yield note("precedence-gap", "motion", says)
    for effect in Effect:
        if effect not in effects and effect is not Effect.NO_ACTION:
            says = Words(f"no motion does this: {effect}", f"aucune motion n’a cet effet : {effect}")
            yield note("effect-without-motion", "motion", says)


def _quorum(book: Rulebook) -> Iterator[Finding]:
    opens, decides, rule = book.quorum.open, book.quorum.decide, book.quorum.rule
    for name, found in (("open", opens), ("decide", decides)):
        if not found.reachable:
            yield error("quorum-unreachable", f"quorum.{name}", _nobody(found), rule=rule)
        if found.of not in _HEADS:
            says = Words("a quorum is taken of the participating or of all Parties",
                         "le quorum se prend sur les Parties participantes ou sur toutes les Parties")  # fmt: skip
            yield error("quorum-wrong-base", f"quorum.{name}", says, rule=rule)
    if opens.of not in _HEADS or decides.of not in _HEADS:
        return
    if _less(decides, opens):
        says = Words("fewer may decide than open a meeting", "il faut moins de Parties pour décider que pour ouvrir")
        yield error("quorum-to-decide-lower", "quorum.decide", says, rule=rule)
    elif opens.of is Base.PARTIES and decides.of is Base.PARTICIPATING:
        says = Words("when few take part, fewer may decide than open a meeting",
                     "si peu participent, il faut moins de Parties pour décider que pour ouvrir")  # fmt: skip
        yield warning("quorum-to-decide-may-be-lower", "quorum.decide", says, rule=rule)


def _votes(book: Rulebook) -> Iterator[Finding]:
    voting = book.voting
    for name, method in (("default", voting.default), ("on_request", voting.on_request)):
        if method not in voting.methods:
            says = Words(f"{method} is not among the methods", f"{method} n’est pas parmi les modes de scrutin")
            yield error("method-missing", f"voting.{name}", says, rule=voting.rule)
    if not {Choice.YES, Choice.NO} <= voting.counted:
        says = Words("those who vote yes or no are not all counted as voting",
                     "ceux qui votent pour ou contre ne sont pas tous comptés comme votants")  # fmt: skip
        yield error("votes-not-counted", "voting.counted", says, rule=voting.counted_rule)
    if not any(one.votes for one in book.participants.values()):
        says = Words("nobody may vote", "nul n’a le droit de vote")
        yield error("nobody-votes", "participant", says, rule=voting.rights_rule)


def _elections(book: Rulebook) -> Iterator[Finding]:
    found = book.elections
    if not found.majority.reachable:
        yield error("majority-unreachable", "elections.majority", _nobody(found.majority), rule=found.rule)
    if not found.pattern:
        says = Words("no ballot is foreseen", "aucun tour n’est prévu")
        yield error("election-without-ballots", "elections.pattern", says, rule=found.rule)
    if any(not times for _, times in found.pattern[:-1]):
        says = Words("ballots come after one that lasts until all places are filled",
                     "des tours suivent un tour qui dure jusqu’à ce que tous les sièges soient pourvus")  # fmt: skip
        yield error("ballot-never-comes", "elections.pattern", says, rule=found.several_rule)
    if found.finalists < 2 or found.factor < 1:
        says = Words("a restricted ballot would leave no choice", "un tour limité ne laisserait aucun choix")
        yield error("ballot-without-choice", "elections.finalists", says, rule=found.rule)
    if found.tie == "ballot":
        says = Words("without a lot, equal votes can be repeated for ever",
                     "sans tirage au sort, l’égalité peut se répéter sans fin")  # fmt: skip
        yield warning("election-may-never-end", "elections.tie", says, rule=found.rule)


def _notices(book: Rulebook) -> Iterator[Finding]:
    whole = book.sessions.notice_days * 24
    asked = [("proposals.hours_before", book.proposals.hours_before, book.proposals.rule)]
    asked += [(f"motion.{one.id}.notice_hours", one.notice_hours, one.rule) for one in book.motions.values()]
    for where, hours, rule in asked:
        if hours > whole:
            says = Words(f"{hours} hours are more than the whole notice of the session",
                         f"{hours} heures dépassent tout le préavis de la session")  # fmt: skip
            yield error("notice-impossible", where, says, rule=rule)
        elif hours > LONG_NOTICE:
            says = Words(f"{hours} hours are longer than a session of five days",
                         f"{hours} heures dépassent une session de cinq jours")  # fmt: skip
            yield warning("notice-long", where, says, rule=rule)
