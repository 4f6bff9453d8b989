"""The doors for programs: between nodes, and the HTTP API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The HTTP API."""

    name = "rogatory.api"
    label = "api"
