"""A thread of letters: where the next one stands, and whether one that came stands where it says.

A letter that came is held against nothing but the letters that it follows: both sides may write at once, and neither
must wait for the other. What it follows has to be there, in the same thread and between the same two States.
"""

from collections.abc import Sequence

from rogatory.correspondence.letters import MAX_FOLLOWS, Letter, Place
from rogatory.errors import NotPermitted


class LetterDoesNotFit(NotPermitted):
    """The letter does not fit its thread."""

    code = "letter-does-not-fit"
    remedy = "Look at the thread as it stands now, and write again."


class MissingLetter(NotPermitted):
    """The letter follows one that has not arrived yet."""

    code = "missing-letter"
    remedy = "Send the earlier letter first; this one can follow."


def heads(held: Sequence[Letter]) -> tuple[Letter, ...]:
    """Those of *held* that none of them follows, the highest numbers first, at most `MAX_FOLLOWS`."""
    followed = {digest for letter in held for digest in letter.follows}
    found = [letter for letter in held if letter.digest not in followed]
    return tuple(sorted(found, key=lambda one: (-one.number, one.digest))[:MAX_FOLLOWS])


def next_place(thread: str, held: Sequence[Letter]) -> Place:
    """Where the next letter of *thread* stands, of which *held* are the newest letters; the first when none is."""
    found = heads(held)
    if not found:
        return Place(thread=thread)
    return Place(thread=thread, number=found[0].number + 1, follows=tuple(one.digest for one in found))


def require_fit(letter: Letter, followed: Sequence[Letter], *, is_open: bool) -> None:
    """Nothing, when *letter* fits; *followed* are those held of what it follows, *is_open* whether the thread is here.

    Raises `MissingLetter` and `LetterDoesNotFit`.
    """
    if not letter.follows:
        if is_open:
            raise LetterDoesNotFit(f"the thread {letter.thread} is open already")
        if letter.number != 1:
            raise LetterDoesNotFit("only the first letter of a thread follows none")
        return
    if len(followed) < len(letter.follows):
        raise MissingLetter
    if any(one.thread != letter.thread or one.states != letter.states for one in followed):
        raise LetterDoesNotFit("the letter follows one of another thread, or between other States")
    if letter.number != 1 + max(one.number for one in followed):
        raise LetterDoesNotFit("the letter does not count one more than what it follows")
