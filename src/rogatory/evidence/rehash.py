"""Hashing a stored sealed file again, on several cores: its parts are hashed on their own, so in any order.

Needs no key. A file that comes as one stream (a member of a bundle) is what `opener.verify_sealed` is for.
"""

import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from rogatory.evidence.opener import WrongSealedBytes
from rogatory.evidence.parts import Parts, parts_root
from rogatory.evidence.pipeline import fill

THREADS = 2
_BUFFER_BYTES = 4 * 1024 * 1024


def rehash(open_sealed: Callable[[], BinaryIO], parts: Parts) -> bytes:
    """The part list (32 raw bytes a part) of the stored file, found to be the one that *parts* of the manifest signs.

    *open_sealed* opens the file, seekable, once a thread. Raises `WrongSealedBytes`, and what reading raises.
    """
    with open_sealed() as sealed:
        size = sealed.seek(0, io.SEEK_END)
    if size != parts.total:
        raise WrongSealedBytes(f"the sealed file has {size} bytes, {parts.total} were sealed")
    share = -(-parts.count // THREADS)
    stretches = [range(start, min(start + share, parts.count)) for start in range(0, parts.count, share)]
    with ThreadPoolExecutor(len(stretches), thread_name_prefix="rogatory-rehash") as threads:
        digests = b"".join(threads.map(lambda numbers: _stretch(open_sealed, parts, numbers), stretches))
    if parts_root(digests) != parts.root:
        raise WrongSealedBytes
    return digests


def _stretch(open_sealed: Callable[[], BinaryIO], parts: Parts, numbers: range) -> bytes:
    digests = bytearray()
    buffer = memoryview(bytearray(min(_BUFFER_BYTES, parts.size)))
    with open_sealed() as sealed:
        sealed.seek(numbers.start * parts.size)
        for number in numbers:
            whole, left = hashlib.sha256(), parts.length(number)
            while left:
                count = fill(sealed, buffer[: min(left, len(buffer))])
                if not count:
                    raise WrongSealedBytes("the sealed file ends too early")
                whole.update(buffer[:count])
                left -= count
            digests += whole.digest()
    return bytes(digests)
