"""A time-stamp authority of the tests, served on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rogatory.transports import timestampauthority
from rogatory.transports.timestamps import HttpTimestamps


@contextmanager
def served_authority(folder: Path, name: str = "Practice authority") -> Iterator[HttpTimestamps]:
    """The road to a new authority in *folder*, as long as the block runs."""
    root = timestampauthority.make(folder, name)
    server = timestampauthority.serve(folder, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield HttpTimestamps(f"http://127.0.0.1:{server.server_address[1]}/", root.read_bytes)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
