"""Tasks by how late they are, and the list of the steering committee.

A task is late from the day after it was due. Once it is more than the occasion's `late_days` late and not done, it
stands on the list of the steering committee, where a secretary notes whom he or she told, and when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.programme.models import Occasion, Task, Telling

SOON_DAYS = 7


class Urgency(StrEnum):
    """How a task stands on a day."""

    ESCALATED = "escalated"
    LATE = "late"
    SOON = "soon"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A task on a day: its urgency, and how many days it is late (0: it is not)."""

    task: Task
    urgency: Urgency
    days_late: int
    tellings: tuple[Telling, ...]


def duty(task: Task, today: date, late_days: int) -> Duty:
    """How *task* stands *today*."""
    late = 0 if task.done_at else max(0, (today - task.due).days)
    if task.done_at:
        urgency = Urgency.DONE
    elif late > late_days:
        urgency = Urgency.ESCALATED
    elif late:
        urgency = Urgency.LATE
    else:
        urgency = Urgency.SOON if task.due - today <= timedelta(days=SOON_DAYS) else Urgency.LATER
    return Duty(task=task, urgency=urgency, days_late=late, tellings=tuple(task.tellings.all()))


def duties(node: Node, occasion: Occasion) -> list[Duty]:
    """Every task of *occasion*, as it stands today in the time zone of the place."""
    today = today_there(node, occasion)
    return [duty(task, today, occasion.late_days) for task in standing_tasks(occasion)]


def escalated(found: Iterable[Duty]) -> list[Duty]:
    """Those for the steering committee, the latest first."""
    return sorted((one for one in found if one.urgency is Urgency.ESCALATED), key=lambda one: -one.days_late)


def standing_tasks(occasion: Occasion) -> QuerySet[Task]:
    """The tasks that were not removed, with what was told of them."""
    return occasion.tasks.filter(removed_at=None).prefetch_related("tellings")


def today_there(node: Node, occasion: Occasion) -> date:
    """The day it is at the place of the meeting."""
    return node.clock.now().astimezone(occasion.zone).date()


def mark_done(node: Node, actor: Actor, task: Task, *, done: bool) -> None:
    """The task is done, or is not done after all."""
    with node.stores.atomic():
        task.done_at = node.clock.now() if done else None
        task.done_by = actor.name if done else ""
        task.save(update_fields=["done_at", "done_by"])


def tell(node: Node, actor: Actor, task: Task, told: str) -> Telling:
    """Note that *told* now know of the late *task*."""
    with node.stores.atomic():
        noted = Telling.objects.create(task=task, told=told, told_at=node.clock.now(), noted_by=actor.name)
        people.note(node, actor, "programme:steering:tell", task.occasion.meeting, f"{task.title}: {told}"[:200])
    return noted
