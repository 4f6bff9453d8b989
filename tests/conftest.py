"""What holds for every test."""

from hypothesis import settings

# How long an example takes belongs to the machine and what else runs on it. Time is measured in bench/, not by tests.
settings.register_profile("rogatory", deadline=None)
settings.load_profile("rogatory")
