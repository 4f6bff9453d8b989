"""What must not stand in a log: the secret of a pass, which is part of the address that a badge opens."""

import logging
import re

_SECRET = re.compile(r"(/conference/[^/\s]+/in/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Puts a sign in the place of every pass's secret, whoever logs it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: every line is logged, without its secrets."""
        text = record.getMessage()
        told = _SECRET.sub(r"\1…", text)
        if told != text:
            record.msg, record.args = told, ()
        return True
