"""Bytes that pass once: copied on, hashed on the way, and held against the manifest when they are a sealed file."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from rogatory.evidence.opener import WrongSealedBytes
from rogatory.evidence.parts import PartHasher, Parts, parts_root
from rogatory.evidence.pipeline import fill
from rogatory.evidence.sealer import write_all

_BLOCK = 4 * 1024 * 1024


def copy(
    source: BinaryIO,
    sink: BinaryIO | None,
    *,
    parts: Parts | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[str, int]:
    """Read *source* to its end and write it to *sink*, if there is one; its SHA-256 in hexadecimal, and its size.

    With *parts*, it must be the sealed file that they describe: raises `WrongSealedBytes`, and what the sink then has
    is worthless. *progress* hears of each piece how many bytes it had.
    """
    hasher = PartHasher(parts.size) if parts else None
    whole, total, buffer = hashlib.sha256(), 0, memoryview(bytearray(_BLOCK))
    # The file and its parts are two digests of the same bytes: each is taken by a thread of its own.
    with ThreadPoolExecutor(1, thread_name_prefix="rogatory-parts") as thread:
        while count := fill(source, buffer):
            block = buffer[:count]
            beside = thread.submit(hasher.update, block) if hasher else None
            whole.update(block)
            if sink:
                write_all(sink, block)
            if beside:
                beside.result()
            total += count
            if progress:
                progress(count)
    if parts and hasher and (total != parts.total or parts_root(hasher.finish()) != parts.root):
        raise WrongSealedBytes
    return whole.hexdigest(), total
