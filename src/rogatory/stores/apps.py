"""The stores: the rows that the core asks for, in Django's models."""

from django.apps import AppConfig


class StoresConfig(AppConfig):
    """Rows of the core."""

    name = "rogatory.stores"
    label = "stores"
