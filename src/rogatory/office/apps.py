"""The office: accounts, roles, and ordinary pages that need no core."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Accounts and roles."""

    name = "rogatory.office"
    label = "office"
