"""The office: accounts, roles, and ordinary pages that need no core."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Accounts and roles."""

    name = "rogatory.office"
    label = "office"

    def ready(self) -> None:
        """Begin to record log-ins."""
        from rogatory.office import signals  # the models must be ready first

        signals.connect()
