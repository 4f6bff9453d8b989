"""The worker: background work of a node."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """Background work."""

    name = "rogatory.worker"
    label = "worker"
