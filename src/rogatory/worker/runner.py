"""The worker of a node: carries the outbox, runs tasks, and looks now and then for work that was left behind."""

import logging
import os
import threading
import time
from datetime import timedelta

from django.db import close_old_connections
from django.db.utils import DatabaseError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from rogatory.node.context import Node
from rogatory.node.correspondence import drills
from rogatory.node.evidence import handover, retention
from rogatory.worker import keeper, postman, tasks, watchman

POLL_SECONDS = 0.1
SWEEP_SECONDS = 1.0
KEPT = timedelta(days=1)
log = logging.getLogger("rogatory.worker")


def start_inside(node: Node) -> None:
    """Run the worker in threads of this process; they end with it, and with its parent."""
    parent = os.getppid()
    postman.start(node)
    keeper.start(node)
    watchman.start(node)
    for name, act in (("tasks", lambda: _work(_worker())), ("sweep", lambda: _sweep(node, parent))):
        threading.Thread(target=act, name=f"rogatory-{name}", daemon=True).start()


def run(node: Node) -> None:
    """Run the worker as a process of its own, until a signal ends it."""
    postman.start(node)
    keeper.start(node)
    watchman.start(node)
    threading.Thread(target=_sweep, args=(node, os.getppid()), name="rogatory-sweep", daemon=True).start()
    worker = _worker()
    worker.configure_signals()
    _work(worker)


def _worker() -> Worker:
    return Worker(
        queue_names=["default"],
        interval=POLL_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{os.getpid()}-{threading.get_ident()}",
        excluded_queue_names=[],
    )


def _work(worker: Worker) -> None:
    # The library's own loop locks the whole database each time that it looks for a task.
    while worker.running:
        try:
            close_old_connections()
            if tasks.waiting():
                worker.run()
        except DatabaseError:
            log.exception("the worker could not reach the database; it goes on")
            time.sleep(1)
        time.sleep(POLL_SECONDS)


def _sweep(node: Node, parent: int) -> None:
    while True:
        time.sleep(SWEEP_SECONDS)
        if os.getppid() != parent:
            log.error("the parent process has gone; this one ends too")
            os._exit(1)
        try:
            close_old_connections()
            sweep(node)
        except DatabaseError:
            log.exception("the sweep could not reach the database; it goes on")


def sweep(node: Node) -> None:
    """Queue a task for everything that is due and has none, and forget tasks that ended long ago."""
    queue = tasks.DjangoTasks()
    sending, complete = handover.due(node)
    for exhibit in sending:
        queue.transfer(exhibit)
    for exhibit in complete:
        queue.finish_exhibit(exhibit)
    for exhibit in handover.arriving(node):
        queue.tell_arrival(exhibit)
    for exhibit in retention.due(node):
        queue.destroy(exhibit)
    for drill in drills.due(node):
        queue.send_drill(drill)
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=ended, finished_at__lt=timezone.now() - KEPT).delete()
