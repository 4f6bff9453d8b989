"""The provider's return of an exercise: a generated mailbox archive. Nobody in it exists."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

MEBIBYTE = 1024 * 1024
_PEOPLE = ("ward7", "night.desk", "billing", "m.example", "storage", "noreply")
_WORDS = ("invoice", "backup", "transfer", "access", "record", "ward", "schedule", "archive", "password", "terminal")


def write(path: Path, size: int) -> None:
    """Write a mailbox in mbox form of exactly *size* bytes; the same every time."""
    source = random.Random(20280301)  # noqa: S311 - nobody's secret: the same file every time
    at = datetime(2028, 1, 3, 8, 0, tzinfo=UTC)
    left = size
    with path.open("wb") as file:
        while left:
            at += timedelta(minutes=source.randrange(1, 90))
            message = _message(source, at)[:left]
            file.write(message)
            left -= len(message)


def _message(source: random.Random, at: datetime) -> bytes:
    sender, receiver = source.sample(_PEOPLE, 2)
    lines = [" ".join(source.choices(_WORDS, k=10)) for _ in range(6)]
    attachment = source.randbytes(24 * 1024).hex()
    attached = [attachment[start : start + 76] for start in range(0, len(attachment), 76)]
    head = (
        f"From {sender}@mail.example {at:%a %b %d %H:%M:%S %Y}\n"
        f"From: {sender}@mail.example\nTo: {receiver}@mail.example\nDate: {at:%a, %d %b %Y %H:%M:%S +0000}\n"
        f"Subject: {' '.join(source.choices(_WORDS, k=4))}\n\n"
    )
    return (head + "\n".join(lines + attached) + "\n\n").encode()
