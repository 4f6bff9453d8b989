"""What is before a meeting, in words: questions, motions, proposals, elections, participants."""

from rogatory.conference.meeting.state import Contest, Item, Pending, Proposal, Question, State
from rogatory.law.words import Words


def name(state: State, code: str) -> Words:
    """The name of a participant; its code when there is none of that code."""
    found = state.seats.get(code)
    return found.name if found else Words(code, code)


def _between(*parts: Words) -> Words:
    return Words(": ".join(one.en for one in parts), " : ".join(one.fr for one in parts))


def _same(text: str) -> Words:
    return Words(text, text)


def proposal(found: Proposal) -> Words:
    """A proposal or an amendment: its identifier and title."""
    return _between(_same(found.id), found.title)


def item(found: Item) -> Words:
    """An item of the agenda: its number and title."""
    return Words(f"{found.id}. {found.title.en}", f"{found.id}. {found.title.fr}")


def pending(state: State, found: Pending) -> Words:
    """A motion: what it is, on what, and who moved it."""
    motion = state.book.motions[found.motion].name
    about = state.proposals.get(found.target)
    rule = state.book.rules.get(found.target)
    on = Words("", "")
    if about is not None:
        on = Words(f", {about.id}", f", {about.id}")
    elif rule is not None:
        on = Words(f", {rule.name.en}", f", {rule.name.fr}")
    elif found.target:
        on = Words(f", {found.target} {found.text}".rstrip(), f", {found.target} {found.text}".rstrip())
    mover = name(state, found.by)
    return Words(f"{motion.en}{on.en} (moved by {mover.en})", f"{motion.fr}{on.fr} (présentée par {mover.fr})")


def question(state: State, found: Question) -> Words:
    """What is put to the vote."""
    target = found.target
    if found.about == "ruling":
        return Words(
            "That the ruling of the presiding officer be overruled", "Que la décision du président soit annulée"
        )
    if found.about == "motion":
        moved = next((one for one in (*state.floor.motions, *state.floor.notices) if one.id == target), None)
        return _between(Words("Motion", "Motion"), pending(state, moved) if moved else _decided(state, target))
    if found.about == "observer":
        return _between(Words("Participation", "Participation"), name(state, target))
    if found.about == "credentials":
        return _between(Words("Credentials", "Pouvoirs"), name(state, target))
    if found.about == "item":
        item = next((one for one in state.items if one.id == target), None)
        return _between(Words(f"Item {target}", f"Point {target}"), item.title if item else _same(""))
    about = state.proposals[target]
    kind = Words("Amendment", "Amendement") if about.amends else Words("Proposal", "Proposition")
    whole = Words(f"{kind.en} {about.id}: {about.title.en}", f"{kind.fr} {about.id} : {about.title.fr}")
    return _between(whole, Words(f"part {found.part}", f"partie {found.part}")) if found.part else whole


def _decided(state: State, target: str) -> Words:
    made = next((one for one in reversed(state.decisions) if one.about == "motion" and one.target == target), None)
    return made.what if made else _same(target)


def contest(state: State, found: Contest) -> Words:
    """An election: the office, its seats, the regional group."""
    post = next(one for one in state.book.officers.posts if one.id == found.post)
    group = f", {found.group}" if found.group else ""
    if found.seats == 1:
        return Words(f"{post.name.en}{group}", f"{post.name.fr}{group}")
    return Words(f"{post.name.en}{group}: {found.seats} seats", f"{post.name.fr}{group} : {found.seats} sièges")
