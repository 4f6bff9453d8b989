"""What must not stand in a log: the secret of a pass in the address of a badge, the code in that of a calendar feed."""

import logging
import re

#: In the address as it is printed, and, where somebody mistyped the rest of it, wherever it stands.
_SECRET = re.compile(
    r"((?i:/conference/+[^/\s]+/+in/+|/feeds/+[^/\s]*/+))[^/\s]+|(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{32}(?![0-9A-Z])"
)


class WithoutSecrets(logging.Filter):
    """Puts a sign in the place of every such secret, whoever logs it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: every line is logged, without its secrets."""
        text = record.getMessage()
        told = _SECRET.sub(lambda found: f"{found[1] or ''}…", text)
        if told != text:
            record.msg, record.args = told, ()
        return True
