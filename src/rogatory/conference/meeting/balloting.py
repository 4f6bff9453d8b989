"""Elections: candidates, ballots, tellers, lots; how many ballots it takes is the scheme's to say.

Ballots are secret: the record holds what two tellers counted alike, never who voted for whom; a ballot that cannot be
counted is annulled and taken again. When no more stand than there are seats the body may elect by acclamation, if the
rulebook lets it and nobody asks for a ballot. No regional group gets more offices than the rulebook gives it, and no
State two: what could end so is not begun. An election may be put off, with whoever was elected by then.
"""

from collections import Counter
from dataclasses import replace

from rogatory.conference.counting import elections
from rogatory.conference.counting.ballots import Ballot
from rogatory.conference.counting.schemes import Scheme
from rogatory.conference.counting.thresholds import Base
from rogatory.conference.meeting import asking, seating
from rogatory.conference.meeting.events import Event, Kind
from rogatory.conference.meeting.refusals import BadEvent, NoRight, OutOfOrder, UnknownMatter
from rogatory.conference.meeting.state import Contest, Sheet, State
from rogatory.conference.rulebook.elections import scheme_of
from rogatory.law.words import Words


def scheme(state: State, places: int = 1) -> Scheme:
    """What the rulebook says of elections of so many, as the counting room takes it: only candidates get votes."""
    return replace(scheme_of(state.book, places=places), write_in=False)


def contest(state: State, id: str) -> Contest:
    """The election *id*; raises `UnknownMatter`."""
    found = state.contests.get(id)
    if found is None:
        raise UnknownMatter(f"there is no election {id}")
    return found


def _with(state: State, changed: Contest) -> State:
    return replace(state, contests=asking.with_one(state.contests, changed.id, changed))


def _cite(state: State) -> str:
    return state.book.cite(state.book.elections.rule)


def _tellers(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    named = event.body["tellers"]
    if len(set(named)) < 2 or len(set(named)) != len(named):
        raise OutOfOrder("two tellers or more count, each named once", cite=_cite(state))
    for code in named:
        if not state.kind(asking.require_place(state, code).code).votes:
            raise NoRight(f"{code} is no State Party", cite=_cite(state))
    return replace(state, tellers=named)


def _opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    asking.require_quorum(state, state.book.quorum.decide, "hold an election")
    body = event.body
    post = next((one for one in state.book.officers.posts if one.id == body["post"]), None)
    if post is None:
        raise UnknownMatter(f"there is no office {body['post']}")
    if body["contest"] in state.contests:
        raise BadEvent(f"there is an election {body['contest']} already")
    held = sum(1 for one in state.officers if one.post == post.id)
    running = sum(one.seats for one in state.contests.values() if one.post == post.id and not one.concluded)
    vacant = post.seats - held - running
    group, seats = body.get("group", ""), body.get("seats", vacant)
    if not 0 < seats <= vacant:
        raise OutOfOrder(f"{vacant} seats of {post.id} are to be filled, not {seats}", cite=_cite(state))
    names = _standing(state, post.id, group)
    _check_groups(state, names, seats)
    pool = [code for code, one in state.seats.items() if state.kind(code).votes and group in ("", one.group)]
    made = elections.begin(
        scheme(state, seats), names, seats, group=group, pool=pool, members=asking.base(state, Base.PARTIES)
    )
    return _with(state, Contest(id=body["contest"], post=post.id, group=group, seats=seats, balloting=made))


def _standing(state: State, post: str, group: str) -> list[str]:
    """Who stands for *post*, of *group* or of any; raises `OutOfOrder` for nobody, and for who holds an office."""
    names = [
        one.state
        for one in state.candidatures
        if one.post == post and not one.withdrawn and group in ("", state.seats[one.state].group)
    ]
    names = [code for code in names if not any((one.post, one.state) == (post, code) for one in state.officers)]
    if not names:
        raise OutOfOrder(f"nobody stands for {post}", cite=_cite(state))
    officers = {one.state for one in state.officers}
    busy = {code for one in state.contests.values() if not one.concluded for code in one.balloting.candidates}
    for code in names:
        if code in officers | busy:
            raise OutOfOrder(
                f"{code} holds an office, or stands in another election",
                cite=state.book.cite(state.book.officers.rule),
                remedy="Conclude that election, or record that the candidature is withdrawn.",
            )
    return names


def _check_groups(state: State, names: list[str], seats: int) -> None:
    """Nothing, unless a regional group could end with more offices than it has; raises `OutOfOrder`."""
    rules = state.book.officers
    if not rules.per_group:
        return
    held = Counter(state.seats[one.state].group for one in state.officers)
    for one in state.contests.values():
        if not one.concluded:
            groups = Counter(state.seats[code].group for code in one.balloting.candidates)
            held.update({group: min(number, one.balloting.left) for group, number in groups.items()})
            held.update(state.seats[code].group for code in one.balloting.elected)
    for group, number in Counter(state.seats[code].group for code in names).items():
        room = max(0, rules.per_group - held[group])
        if group and min(number, seats) > room:
            raise OutOfOrder(
                f"{group}: room for {room} more of its {rules.per_group} offices",
                cite=state.book.cite(rules.rule),
                remedy="Hold the election by regional group, for as many seats as the group still has.",
            )


def _acclaimed(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    found = contest(state, event.body["contest"])
    standing = found.balloting.candidates
    if found.concluded or found.sheets:
        raise OutOfOrder("ballots were held, or the election is over", cite=_cite(state))
    if not standing:
        raise OutOfOrder("nobody stands any more", cite=_cite(state), remedy="End the election.")
    asking.require_unopposed(state, found.id)
    if not state.book.elections.acclamation or len(standing) > found.seats:
        raise OutOfOrder(f"{len(standing)} stand for {found.seats} seats: a secret ballot is held", cite=_cite(state))
    return _conclude(state, replace(found, concluded=True), standing, event, how="acclamation")


def _ballot_opened(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    asking.require_quorum(state, state.book.quorum.decide, "hold an election")
    found = contest(state, event.body["contest"])
    if found.concluded or found.balloting.due is None:
        raise OutOfOrder(f"no ballot is due: {found.balloting.words().en}", cite=_cite(state))
    if len(state.tellers) < 2:
        raise OutOfOrder("appoint two tellers first", cite=_cite(state))
    standing = {*found.balloting.candidates}
    conflicted = sorted(standing & set(state.tellers))
    if conflicted:
        raise OutOfOrder(f"{conflicted[0]} stands and cannot count", cite=_cite(state))
    here = frozenset(one.code for one in asking.voters(state) if one.present)
    return _with(state, replace(found, ballot_open=True, sheet=None, here=here))


def _ballot_annulled(state: State, event: Event) -> State:
    """The ballot cannot be counted: more papers than voters, tellers who do not agree, a box that was opened."""
    asking.require_presiding(state, event)
    asking.require_settled(state)
    found = contest(state, event.body["contest"])
    if not found.ballot_open:
        raise OutOfOrder("no ballot is being taken", cite=_cite(state))
    return _with(state, replace(found, ballot_open=False, sheet=None))


def _ended(state: State, event: Event) -> State:
    """The election is put off, or nobody stands any more: whoever was elected stays so."""
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    asking.require_quorum(state, state.book.quorum.decide, "take a decision")
    found = contest(state, event.body["contest"])
    if found.concluded:
        raise OutOfOrder("the election is over", cite=_cite(state))
    if found.balloting.candidates:
        asking.require_unopposed(state, found.id)
    return _conclude(state, replace(found, concluded=True), found.balloting.elected, event, how="no-objection")


def _counted(state: State, event: Event) -> State:
    """A teller's sheet: the first waits for the second; when both agree, the ballot counts."""
    body, teller = event.body, event.by.of
    found = contest(state, body["contest"])
    if teller not in state.tellers:
        raise NoRight(f"{teller} is no teller", cite=_cite(state))
    if not found.ballot_open:
        raise OutOfOrder("no ballot is being taken", cite=_cite(state))
    most = asking.capacity(state, found.here)
    if body["papers"] > most:
        raise BadEvent(f"{body['papers']} papers, and {most} may vote here", cite=_cite(state))
    numbers = {name: body[name] for name in ("papers", "invalid", "abstentions", "votes")}
    sheet = Sheet(teller=teller, **numbers)
    ballot = Ballot(**numbers)
    counted = elections.count(found.balloting, ballot)  # refuses what cannot be, whoever counted
    if found.sheet is None or found.sheet.teller == teller:
        return _with(state, replace(found, sheet=sheet))
    differs = _differing(found.sheet, sheet)
    if differs:
        raise OutOfOrder(
            f"{found.sheet.teller} counted otherwise: {', '.join(differs)}",
            cite=_cite(state),
            remedy="Count again together; either teller may hand in a new sheet.",
        )
    changed = replace(
        found,
        balloting=counted,
        ballot_open=False,
        sheet=None,
        sheets=(*found.sheets, sheet),
        concluded=counted.decided,
    )
    if counted.decided:
        return _conclude(state, changed, counted.elected, event, how="ballot")
    return _with(state, changed)


def _differing(first: Sheet, second: Sheet) -> list[str]:
    """The lines that two sheets fill in otherwise, by their names: what the other counted is not told."""
    lines = [name for name in ("papers", "invalid", "abstentions") if getattr(first, name) != getattr(second, name)]
    names = sorted({*first.votes, *second.votes})
    votes = [code for code in names if first.votes.get(code, 0) != second.votes.get(code, 0)]
    return lines + [f"votes for {code}" for code in votes]


def _drawn(state: State, event: Event) -> State:
    asking.require_presiding(state, event)
    asking.require_quiet(state)
    asking.require_free(state)
    found = contest(state, event.body["contest"])
    if found.concluded:
        raise OutOfOrder("the election is over", cite=_cite(state))
    drawn = elections.draw(found.balloting, event.body["drawn"])
    changed = replace(found, balloting=drawn, concluded=drawn.decided)
    return _conclude(state, changed, drawn.elected, event, how="lot") if drawn.decided else _with(state, changed)


def _left(state: State, event: Event) -> State:
    """A candidate withdraws between two ballots."""
    found = contest(state, event.body["contest"])
    asking.require_no_vote(state)
    if found.concluded:
        raise OutOfOrder("the election is concluded", cite=_cite(state))
    if event.by.of not in found.balloting.candidates:
        raise NoRight(f"{event.by.of} does not stand in this election", cite=_cite(state))
    state = replace(
        state,
        candidatures=tuple(
            replace(one, withdrawn=True) if (one.state, one.post) == (event.by.of, found.post) else one
            for one in state.candidatures
        ),
    )
    balloting = elections.withdraw(found.balloting, event.by.of)
    changed = replace(found, balloting=balloting, concluded=balloting.decided)
    if balloting.decided:
        return _conclude(state, changed, balloting.elected, event, how="ballot")
    return _with(state, changed)


def _conclude(state: State, found: Contest, elected: tuple[str, ...], event: Event, *, how: str) -> State:
    changed = _with(state, found)
    for code in elected:
        persons = [one.person for one in state.candidatures if (one.state, one.post) == (code, found.post)]
        person = persons[-1] if persons else ""
        changed = seating.install(changed, found.post, code, person)
    names = ", ".join(state.seats[code].name.en for code in elected)
    names_fr = ", ".join(state.seats[code].name.fr for code in elected)
    post = next(one for one in state.book.officers.posts if one.id == found.post)
    what = Words(f"Election, {post.name.en}: {names}", f"Élection, {post.name.fr} : {names_fr}")
    if not elected:
        what = Words(f"Election, {post.name.en}: put off", f"Élection, {post.name.fr} : ajournée")
    rule = state.book.elections.rule
    return asking.decided(changed, event, what, about="election", target=found.id, how=how, rule=rule)


def _kind(id: str, name: Words, by: str, apply: object, form: dict[str, str]) -> Kind:
    return Kind(
        id=id,
        name=name,
        by=(by,),
        apply=apply,  # type: ignore[arg-type]
        rule=lambda book: book.elections.rule,
        form=form,
    )


KINDS = (
    _kind(
        "tellers-appointed",
        Words("Tellers appointed", "Scrutateurs désignés"),
        "presiding",
        _tellers,
        {"tellers": "list:seat"},
    ),
    _kind(
        "election-opened",
        Words("Election", "Élection"),
        "presiding",
        _opened,
        {"contest": "name", "post": "name", "group": "text?", "seats": "number?"},
    ),
    _kind(
        "elected-by-acclamation",
        Words("Elected by acclamation", "Élection par acclamation"),
        "presiding",
        _acclaimed,
        {"contest": "contest"},
    ),
    _kind(
        "ballot-opened",
        Words("Secret ballot", "Scrutin secret"),
        "presiding",
        _ballot_opened,
        {"contest": "contest"},
    ),
    _kind(
        "ballot-counted",
        Words("Ballot counted", "Dépouillement"),
        "teller",
        _counted,
        {"contest": "contest", "papers": "number", "invalid": "number", "abstentions": "number", "votes": "counts"},
    ),
    _kind(
        "ballot-annulled",
        Words("Ballot annulled", "Scrutin annulé"),
        "presiding",
        _ballot_annulled,
        {"contest": "contest", "reasons": "text"},
    ),
    _kind(
        "election-ended",
        Words("Election put off", "Élection ajournée"),
        "presiding",
        _ended,
        {"contest": "contest", "reasons": "text?"},
    ),
    _kind(
        "lot-drawn",
        Words("Lot drawn", "Tirage au sort"),
        "presiding",
        _drawn,
        {"contest": "contest", "drawn": "list:candidate"},
    ),
    _kind(
        "candidate-withdraws",
        Words("Candidate withdraws", "Retrait d'un candidat"),
        "delegation",
        _left,
        {"contest": "contest"},
    ),
)
