"""Elections, ballot after ballot: who is elected, what ballot comes next, what a lot must decide.

1. Those who reach the majority are elected, those with most votes first. When more reach it than there are places, a
   tie for the last of them is broken as the scheme says: by lot, or by a ballot among those tied.
2. Places left over are filled by further ballots, restricted or not as the pattern says. In a restricted ballot stay
   those with most votes in the ballot before: all who tie for the last place there, or those whom a ballot that
   elects nobody, or a lot, leaves.
3. When a restricted ballot elects nobody and its votes are equally divided among all, a lot decides, or the next
   ballot does.
4. Who withdraws cannot be elected any more; whoever comes next moves up. When only as many are left with the majority
   as there are places, they are elected without a lot.

Lots are drawn by hand and given in: the same ballots and lots always have the same result.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from rogatory.conference.counting.ballots import MAX_NAME, MAX_NAMES, Ballot, Due, check
from rogatory.conference.counting.rounds import Decides, Lot, Round
from rogatory.conference.counting.schemes import Kind, OnTie, Scheme
from rogatory.conference.counting.thresholds import Base
from rogatory.errors import BadInput, NotPermitted
from rogatory.law.words import Words, listed

_OF_PAPERS = (Base.VALID_BALLOTS, Base.PRESENT_AND_VOTING)


class BadElection(BadInput):
    """An election cannot begin like this."""

    code = "bad-election"
    remedy = "Give the number of places, and each candidate once."


class NotNow(NotPermitted):
    """The election is not at this step."""

    code = "election-step"
    remedy = "Look at the election: it says which ballot, or which lot, comes next."


class WrongLot(BadInput):
    """The lot cannot have fallen so."""

    code = "wrong-lot"
    remedy = "Give as many names as the lot decides places, out of those it is drawn among."


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """An election as it stands: a ballot is `due`, or a `lot` must be drawn, or it is decided.

    `candidates` are those who stand and are not elected yet; `pool`, unless empty, all who may be elected; `members`
    the number of which the majority is taken where it is not the valid ballots; `step` how many ballots of the pattern
    have been held; `certain` who stays in the next restricted ballot before a tie for its last places is broken.
    """

    scheme: Scheme
    places: int
    group: str = ""
    candidates: tuple[str, ...] = ()
    elected: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    pool: frozenset[str] = frozenset()
    members: int = 0
    rounds: tuple[Round, ...] = ()
    step: int = 0
    due: Due | None = None
    lot: Lot | None = None
    certain: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """How many places are still to be filled."""
        return self.places - len(self.elected)

    @property
    def decided(self) -> bool:
        """Whether all places are filled."""
        return not self.left

    def words(self) -> Words:
        """Where the election stands, in a sentence."""
        if self.decided:
            who = listed(self.elected)
            return Words(f"All places are filled: {who.en}.", f"Tous les sièges sont pourvus : {who.fr}.")
        if self.lot:
            return self.lot.words()
        if self.due:
            return self.due.words()
        return Words("There is no candidate left.", "Il ne reste aucun candidat.")


def begin(
    scheme: Scheme,
    candidates: Iterable[str],
    places: int,
    *,
    group: str = "",
    pool: Collection[str] = (),
    members: int = 0,
) -> Election:
    """An election of *places* before its first ballot; raises `BadElection`."""
    names = list(candidates)
    if not 1 <= places <= MAX_NAMES or len(names) > MAX_NAMES:
        raise BadElection(f"places are 1 to {MAX_NAMES}, candidates at most {MAX_NAMES}", cite=scheme.cite)
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadElection(f"{twice} stands twice among the candidates", cite=scheme.cite)
    for name in names:
        if not name.strip() or name != name.strip() or len(name) > MAX_NAME:
            raise BadElection(f"{name[:60]!r} is not a name", cite=scheme.cite)
        if pool and name not in pool:
            raise BadElection(f"{name} is not among those who may be elected", cite=scheme.cite)
    if scheme.majority.of not in _OF_PAPERS and members < 1:
        raise BadElection(f"the majority is taken of {scheme.majority.of}: say how many they are", cite=scheme.cite)
    return _onward(
        Election(
            scheme=scheme,
            places=places,
            group=group,
            candidates=tuple(sorted(names)),
            pool=frozenset(pool),
            members=members,
        )
    )


def count(election: Election, ballot: Ballot) -> Election:
    """The election after *ballot*; raises `NotNow`, `ImpossibleBallot` and `NotEligible`."""
    due, scheme = election.due, election.scheme
    if due is None:
        raise NotNow(f"no ballot is due. {election.words().en}", cite=scheme.cite)
    barred = dict.fromkeys(election.elected, "is elected already")
    barred |= dict.fromkeys(election.withdrawn, "has withdrawn")
    check(ballot, due, barred, pool=election.pool, cite=scheme.cite)
    named = {name for name, votes in ballot.votes.items() if votes}
    election = replace(
        election,
        candidates=tuple(sorted({*election.candidates, *named})),
        step=election.step + (due.kind in (Kind.UNRESTRICTED, Kind.RESTRICTED)),
        due=None,
    )
    base = ballot.valid if scheme.majority.of in _OF_PAPERS else election.members
    counted = Round(
        number=due.number,
        kind=due.kind,
        eligible=due.eligible,
        ballot=replace(ballot, votes=dict(sorted(ballot.votes.items()))),
        majority=scheme.majority,
        base=base,
        elected=(),
    )
    if due.kind is Kind.REDUCING:
        return _reduced(election, counted)
    return _elected(election, counted)


def draw(election: Election, drawn: Collection[str]) -> Election:
    """The election after the lot fell on *drawn*; raises `NotNow` and `WrongLot`."""
    lot = election.lot
    if lot is None:
        raise NotNow(f"no lot is to be drawn. {election.words().en}", cite=election.scheme.cite)
    names = tuple(sorted(set(drawn)))
    if len(names) != len(drawn) or len(names) != lot.places or not set(names) <= set(lot.among):
        raise WrongLot(f"{listed(names).en or 'nobody'} cannot be drawn. {lot.words().en}", cite=election.scheme.cite)
    last = replace(election.rounds[-1], drawn=names)
    election = replace(election, rounds=(*election.rounds[:-1], last), lot=None)
    if lot.decides is Decides.STAYING:
        return _restricted(election, (*election.certain, *names))
    return _onward(_seated(election, names))


def withdraw(election: Election, candidate: str) -> Election:
    """The election without *candidate*; raises `NotNow` for one who is elected, or who has withdrawn already."""
    if candidate in election.elected or candidate in election.withdrawn or election.decided:
        why = "is elected" if candidate in election.elected else "has withdrawn already"
        said = "the election is over" if election.decided else f"{candidate} {why}"
        raise NotNow(f"{said}: there is nothing to withdraw from", cite=election.scheme.cite)
    if not candidate.strip() or len(candidate) > MAX_NAME:
        raise BadElection(f"{candidate[:60]!r} is not a name", cite=election.scheme.cite)
    tied = _tied_for_a_place(election)
    rounds = election.rounds
    if election.lot:
        rounds = (*rounds[:-1], replace(rounds[-1], lot=None))
    election = replace(
        election,
        rounds=rounds,
        candidates=tuple(name for name in election.candidates if name != candidate),
        withdrawn=(*election.withdrawn, candidate),
        due=None,
        lot=None,
    )
    if tied:
        return _broken(election, tuple(name for name in tied if name != candidate))
    return _onward(election)


def nominate(election: Election, candidate: str) -> Election:
    """The election with one candidate more; raises `NotNow` unless the next ballot is unrestricted, `BadElection`."""
    if election.left and (election.due is None or election.due.kind is Kind.UNRESTRICTED) and not election.lot:
        again = begin(
            election.scheme,
            (*election.candidates, candidate),
            election.places,
            pool=election.pool,
            members=election.members,
        )
        if candidate not in (*election.elected, *election.withdrawn):
            return _onward(replace(election, candidates=again.candidates))
    raise NotNow(f"{candidate[:60]} cannot become a candidate now. {election.words().en}", cite=election.scheme.cite)


def _elected(election: Election, counted: Round) -> Election:
    """After an electing ballot: who reached the majority takes a place, as far as there are places."""
    reached = [(name, votes) for name, votes in counted.ranked if counted.majority.reached(votes, counted.base)]
    places = election.left
    winners = [name for name, _ in reached[:places]]
    tied: tuple[str, ...] = ()
    if len(reached) > places and reached[places][1] == (edge := reached[places - 1][1]):
        winners = [name for name, votes in reached if votes > edge]
        tied = tuple(name for name, votes in reached if votes == edge)
    counted = replace(counted, elected=tuple(winners))
    election = _seated(replace(election, rounds=(*election.rounds, counted)), winners)
    if tied:
        return _broken(election, tied)
    if not winners and _equally_divided(election, counted):
        among = tuple(sorted(counted.eligible))
        return _lot(election, Lot(places=election.left, among=among, decides=Decides.DIVIDED))
    return _onward(election)


def _equally_divided(election: Election, counted: Round) -> bool:
    if election.scheme.tie is not OnTie.LOT or counted.kind is Kind.UNRESTRICTED:
        return False
    votes = {counted.ballot.votes.get(name, 0) for name in counted.eligible}
    return len(votes) == 1 and votes != {0} and len(counted.eligible) > election.left


def _broken(election: Election, tied: tuple[str, ...]) -> Election:
    """Break a tie of those who all have the majority."""
    if len(tied) <= election.left:
        return _onward(_seated(election, tied, withdrawal=True))
    if election.scheme.surplus is OnTie.LOT:
        return _lot(election, Lot(places=election.left, among=tied, decides=Decides.SURPLUS))
    return replace(election, due=_due(election, Kind.DECIDING, tied, election.left))


def _tied_for_a_place(election: Election) -> tuple[str, ...]:
    """Those with the majority whose tie is being broken."""
    if election.lot and election.lot.decides is Decides.SURPLUS:
        return election.lot.among
    if election.due and election.due.kind is Kind.DECIDING:
        return election.due.eligible
    return ()


def _onward(election: Election) -> Election:
    """The election with the next ballot of its pattern due, unless it is decided."""
    if election.decided:
        return replace(election, due=None, lot=None)
    scheme = election.scheme
    if scheme.kind(election.step) is Kind.UNRESTRICTED:
        eligible = () if scheme.write_in else election.candidates
        if not eligible and not scheme.write_in:
            return replace(election, due=None, lot=None)
        return replace(election, due=_due(election, Kind.UNRESTRICTED, eligible, election.left), lot=None)
    return _reduce(election)


def _reduce(election: Election) -> Election:
    """The election before a restricted ballot: who stays in it, if need be after a tie is broken."""
    if not election.candidates:
        return replace(election, due=None, lot=None)
    limit = election.scheme.staying(election.places, election.left)
    order = _order(election)
    if len(order) <= limit or not election.rounds:
        return _restricted(election, [name for name, _ in order])
    edge = order[limit - 1][1]
    above = [name for name, votes in order if votes > edge]
    tied = [name for name, votes in order if votes == edge]
    if len(above) + len(tied) <= limit or election.scheme.edge is OnTie.KEEP:
        return _restricted(election, [*above, *tied])
    spare = limit - len(above)
    election = replace(election, certain=tuple(above))
    if election.scheme.edge is OnTie.LOT:
        return _lot(election, Lot(places=spare, among=tuple(sorted(tied)), decides=Decides.STAYING))
    return replace(election, due=_due(election, Kind.REDUCING, tied, spare), lot=None)


def _reduced(election: Election, counted: Round) -> Election:
    """After a ballot that only says who stays: if they tie again, a lot."""
    votes = {name: counted.ballot.votes.get(name, 0) for name in counted.eligible}
    limit = election.scheme.staying(election.places, election.left)
    spare = limit - len(election.certain)
    order = sorted(votes, key=lambda name: (-votes[name], name))
    edge = votes[order[spare - 1]]
    above = [name for name in order if votes[name] > edge]
    tied = [name for name in order if votes[name] == edge]
    election = replace(election, rounds=(*election.rounds, counted), certain=(*election.certain, *above))
    if len(above) + len(tied) <= spare:
        return _restricted(election, (*election.certain, *tied))
    return _lot(election, Lot(places=spare - len(above), among=tuple(sorted(tied)), decides=Decides.STAYING))


def _order(election: Election) -> list[tuple[str, int]]:
    """Those who stood in the last electing ballot and still stand, with their votes there, most first."""
    last = next((one for one in reversed(election.rounds) if one.kind is not Kind.REDUCING), None)
    if last is None:
        return [(name, 0) for name in election.candidates]
    stayed = tuple(name for name in election.candidates if name in last.eligible)
    names = stayed or election.candidates  # when all who stayed have withdrawn, whoever still stands
    votes = last.ballot.votes
    return sorted(((name, votes.get(name, 0)) for name in names), key=lambda one: (-one[1], one[0]))


def _restricted(election: Election, names: Iterable[str]) -> Election:
    eligible = tuple(sorted(names))
    due = _due(election, Kind.RESTRICTED, eligible, election.left)
    return replace(election, due=due, lot=None, certain=())


def _due(election: Election, kind: Kind, eligible: Iterable[str], names: int) -> Due:
    return Due(number=len(election.rounds) + 1, kind=kind, eligible=tuple(sorted(eligible)), names=names)


def _lot(election: Election, lot: Lot) -> Election:
    last = replace(election.rounds[-1], lot=lot, drawn=())
    return replace(election, rounds=(*election.rounds[:-1], last), lot=lot, due=None)


def _seated(election: Election, names: Iterable[str], *, withdrawal: bool = False) -> Election:
    taken = tuple(names)
    if withdrawal and election.rounds:
        last = replace(election.rounds[-1], elected=(*election.rounds[-1].elected, *taken))
        election = replace(election, rounds=(*election.rounds[:-1], last))
    standing = tuple(name for name in election.candidates if name not in taken)
    return replace(election, candidates=standing, elected=(*election.elected, *taken))
