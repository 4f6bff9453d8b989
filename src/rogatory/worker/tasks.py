"""Background work as Django tasks: each is safe to run twice, by two workers, or after one of them died.

The rows of the outbox and of the exhibits say what is due; a task only says that it is time to look. Messages are too
many to queue a task for each: the postman looks at the outbox itself.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rogatory.errors import RogatoryError
from rogatory.node.context import Node
from rogatory.node.correspondence import drills
from rogatory.node.evidence import handover, retention, transfer

log = logging.getLogger("rogatory.worker")
_node: list[Callable[[], Node]] = []

#: Set when something was laid in the outbox by this process.
outbox_changed = threading.Event()


def bind(node: Callable[[], Node]) -> None:
    """Say which node the tasks of this process work for."""
    _node[:] = [node]


@task()
def send_exhibit(exhibit: str) -> int:
    """Send the parts of *exhibit* that the partner lacks."""
    return transfer.send(_node[0](), exhibit)


@task()
def finish_exhibit(exhibit: str) -> bool:
    """Verify the whole of a received *exhibit* and answer with a custody receipt."""
    try:
        return handover.finish(_node[0](), exhibit) is not None
    except RogatoryError as error:
        log.warning("exhibit %s could not be finished: %s", exhibit, error)
        return False


@task()
def destroy_exhibit(exhibit: str) -> bool:
    """Destroy *exhibit*, whose day is over or whose destruction was ordered."""
    try:
        return retention.look(_node[0](), exhibit)
    except RogatoryError as error:
        log.warning("exhibit %s could not be destroyed: %s", exhibit, error)
        return False


@task()
def tell_arrival(exhibit: str) -> bool:
    """Tell the sender of *exhibit* that a part of it has arrived."""
    try:
        return handover.tell_arrival(_node[0](), exhibit) is not None
    except RogatoryError as error:
        log.warning("the arrival of exhibit %s could not be told: %s", exhibit, error)
        return False


@task()
def send_drill(drill: str) -> bool:
    """Send *drill*, whose hour has come."""
    return drills.carry_out(_node[0](), drill)


def waiting() -> bool:
    """Whether some task is to be run."""
    table = DBTaskResult._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE status = %s LIMIT 1", [TaskResultStatus.READY])  # noqa: S608 (our own)
        return cursor.fetchone() is not None


class DjangoTasks:
    """`ports.world.Tasks`: one waiting task a subject is enough, so a second is not queued."""

    def deliver(self, partner: str) -> None:  # noqa: ARG002 (the outbox says to whom)
        """Look at the outbox at once; the postman of another process finds it a moment later by himself."""
        transaction.on_commit(outbox_changed.set)

    def transfer(self, exhibit: str) -> None:
        """Look at the transfer of *exhibit* soon."""
        _once(send_exhibit, exhibit)

    def finish_exhibit(self, exhibit: str) -> None:
        """Look at the received *exhibit* soon."""
        _once(finish_exhibit, exhibit)

    def destroy(self, exhibit: str) -> None:
        """Look at the end of *exhibit* soon."""
        _once(destroy_exhibit, exhibit)

    def tell_arrival(self, exhibit: str) -> None:
        """Look at the arrival of *exhibit* soon."""
        _once(tell_arrival, exhibit)

    def send_drill(self, drill: str) -> None:
        """Send *drill* soon."""
        _once(send_drill, drill)


def _once(wanted: "Task[[str], Any]", subject: str) -> None:
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=wanted.module_path, args_kwargs={"args": [subject], "kwargs": {}}
    )
    if not waiting.exists():
        wanted.enqueue(subject)
