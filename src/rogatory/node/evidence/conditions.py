"""The conditions an exhibit came under, and what they bind this node to: opening, passing on, and how long it is kept.

Rules in words.
1. An exhibit that was destroyed or given back, or whose day is over, is opened no more.
2. What another State gave us goes on to an authority that the manifest does not name only as its condition `onward`
   says: `free`, `only-with-leave` (that State's signed leave, for this exhibit and this authority, still good), or
   `not-at-all`. An authority of our own State is no exception, for evidence is bound to the proceedings it was given
   for; to give it back to the State it came from needs no leave.
3. What is made of an exhibit is bound at least as strictly as the exhibit itself, and so is the leave that we give
   others to pass it on: for that the State which gave us the exhibit must have given leave for the same authority.
What is ours we may give as we like.
"""

from dataclasses import replace
from datetime import date

from rogatory.casefile.exhibits import Leave
from rogatory.errors import NotPermitted
from rogatory.evidence.manifest import Conditions
from rogatory.kernel import ids
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.evidence import ExhibitRow

FREE, ONLY_WITH_LEAVE, NOT_AT_ALL = "free", "only-with-leave", "not-at-all"
#: What `manifest.ONWARD` has, from the laxest to the strictest.
STRICTNESS = (FREE, ONLY_WITH_LEAVE, NOT_AT_ALL)


class ExhibitGone(NotPermitted):
    """The exhibit is not held here any more: it was destroyed or given back."""

    code = "exhibit-gone"
    remedy = "Its manifest, its custody and the certificate of destruction are kept: rogatory exhibit custody ID."


class RetentionOver(NotPermitted):
    """The day until which the exhibit might be kept is over."""

    code = "retention-over"
    remedy = "Ask the State that gave it for a new exhibit, with a later day; this one is being destroyed."


class OnwardForbidden(NotPermitted):
    """The State that gave the exhibit does not allow that it is passed on."""

    code = "onward-forbidden"
    remedy = "Ask that State for a new exhibit under other conditions, or let the other authority ask it itself."


class LeaveNeeded(NotPermitted):
    """The exhibit is passed on only with the leave of the State that gave it."""

    code = "leave-needed"
    remedy = "Ask for leave: rogatory exhibit ask-leave ID --to AUTHORITY; then give the digest of the answer."


class NotThatLeave(NotPermitted):
    """That message gives no leave to pass this exhibit on to this authority."""

    code = "not-that-leave"
    remedy = "The case lists the leaves of each exhibit; ask for one that names this authority."


class LaxerConditions(NotPermitted):
    """What is made of an exhibit cannot be bound less strictly than the exhibit itself."""

    code = "laxer-conditions"
    remedy = "Keep the use, the confidentiality, the rule on passing on and the day of the exhibit, or tighten them."


def require_open(node: Node, row: ExhibitRow) -> None:
    """Nothing, when the exhibit may still be used; raises `ExhibitGone` and `RetentionOver`, which name the day."""
    if row.state in exhibits.GONE:
        raise ExhibitGone(f"exhibit {row.id} is {row.state}, {row.changed_at:%Y-%m-%d}", cite="36(2)")
    until = exhibits.manifest_of(row).conditions.retention_until
    if is_over(until, node.clock.now().date()):
        raise RetentionOver(f"exhibit {row.id} might be kept until {until} and not longer", cite="36(2)")


def is_over(until: date | None, today: date) -> bool:
    """Whether an exhibit that may be kept up to and including the day *until* has to go; days are those of UTC."""
    return until is not None and until < today


def require_onward(node: Node, row: ExhibitRow, *, to: str, leave: str | None) -> Leave | None:
    """The leave that lets the exhibit go on to the authority *to*, or None where none is needed.

    *leave* is the SHA-256 of the message that gave it. Raises `ExhibitGone`, `RetentionOver`, `OnwardForbidden`,
    `LeaveNeeded` and `NotThatLeave`.
    """
    ids.require_authority(to)
    require_open(node, row)
    found = exhibits.manifest_of(row)
    if row.ours or to in found.receivers or to[:3] == row.partner or found.conditions.onward == FREE:
        return None
    if found.conditions.onward == NOT_AT_ALL:
        raise OnwardForbidden(
            f"{found.sealed_by} gave exhibit {row.id} under the condition that it is not passed on",
            cite="36(3), 40(19)",
        )
    if leave is None:
        raise LeaveNeeded(
            f"{found.sealed_by} gave exhibit {row.id} under the condition that it goes to {to} only with its leave",
            cite="36(3), 40(19)",
        )
    return _leave(node, row, to=to, digest=leave)


def _leave(node: Node, row: ExhibitRow, *, to: str, digest: str) -> Leave:
    known = record.case_file(node, row.case).exhibits[row.id]
    given = next((one for one in known.leaves if one.message == digest), None)
    if given is None:
        raise NotThatLeave(f"no message {digest[:16]}… of the case {row.case} answers for {row.id}", cite="36(3)")
    if given.by[:3] != row.partner or not given.granted or given.to != to:
        said = "gives" if given.granted else "refuses"
        raise NotThatLeave(f"the message {digest[:16]}… of {given.by} {said} leave for {given.to}", cite="36(3)")
    if is_over(given.until, node.clock.now().date()):
        raise NotThatLeave(f"the leave {digest[:16]}… was good until {given.until}", cite="36(3)")
    return given


def require_may_allow(node: Node, row: ExhibitRow, *, to: str) -> None:
    """Nothing, when we may let others pass an exhibit of ours on to *to*; raises as `require_onward` for its origin."""
    made = exhibits.manifest_of(row).derived
    if made is None:
        return
    parent = exhibits.get(node, made.exhibit)
    if parent.ours:
        require_may_allow(node, parent, to=to)
        return
    require_onward(node, parent, to=to, leave=fitting_leave(node, parent, to=to))


def fitting_leave(node: Node, row: ExhibitRow, *, to: str) -> str | None:
    """The SHA-256 of a message that lets exhibit *row* of another State go on to the authority *to* today, if any."""
    known = record.case_file(node, row.case).exhibits.get(row.id)
    today = node.clock.now().date()
    fit = (
        one.message
        for one in (known.leaves if known else ())
        if one.granted and one.to == to and one.by[:3] == row.partner and not is_over(one.until, today)
    )
    return next(fit, None)


def inherited(parent: Conditions, *, leave: Leave | None = None) -> Conditions:
    """The conditions of something made of an exhibit under *parent*: the same, and in words what the *leave* adds."""
    added = f"\n\n{leave.conditions}" if leave and leave.conditions else ""
    return replace(parent, use=(parent.use + added)[:4_000])


def require_as_strict(parent: Conditions, child: Conditions) -> None:
    """Raise `LaxerConditions` unless *child*, of what is made of an exhibit under *parent*, binds as strictly."""
    if STRICTNESS.index(child.onward) < STRICTNESS.index(parent.onward):
        raise LaxerConditions(f"it would be passed on {child.onward}, the exhibit {parent.onward}", cite="36(3)")
    if parent.confidential and not child.confidential:
        raise LaxerConditions("the exhibit is confidential", cite="40(20)")
    if parent.retention_until and (child.retention_until is None or child.retention_until > parent.retention_until):
        raise LaxerConditions(f"the exhibit may be kept until {parent.retention_until}", cite="36(2)")
    if not child.data_protection.startswith(parent.data_protection):
        raise LaxerConditions("the exhibit's terms of data protection come first in what is made of it", cite="36(1)")
    if not child.use.startswith(parent.use):
        raise LaxerConditions("the limits of use of the exhibit come first in what is made of it", cite="40(19)")
