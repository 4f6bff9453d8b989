"""Making a new header for an age file whose contents stay where they are: other receivers, the same file.

A sealed file never changes, because its parts are signed. When the keys that open it change, its file key is taken
out of the old header and wrapped for the new keys in a header that stands beside the file, followed by the file's
own nonce. The new header, the nonce and the chunks of the file, one after the other, are again a whole age file that
any age tool opens. Whoever had the file key before has it still: this gives access to new keys, it takes none away.
Source: spec/exhibit.md.
"""

import io
from collections.abc import Sequence

from rogatory.sealing import age
from rogatory.sealing.age_header import MAX_HEADER, HeaderFailure, format_header, read_header
from rogatory.sealing.keys import Random
from rogatory.sealing.recipients import Identity, Recipient, kind_of, parse_recipient


def rewrap_header(
    prefix: bytes, identities: Sequence[Identity], recipients: Sequence[str | Recipient], random: Random
) -> bytes:
    """A header for *recipients* and the nonce, for the age file that begins with *prefix*.

    *prefix* holds at least the file's header and nonce, or those made anew before; what follows is not looked at.
    Raises `HeaderFailure`, `NoMatch`, `MACFailure`, `BadRecipient` or `MixedRecipients`.
    """
    wanted = [parse_recipient(item) if isinstance(item, str) else item for item in recipients]
    kind_of(wanted)
    source = io.BytesIO(prefix)
    file_key = age.unwrap_file_key(read_header(source), identities)
    nonce = source.read(age.NONCE_SIZE)
    if len(nonce) != age.NONCE_SIZE:
        raise HeaderFailure("the age file ends before its contents begin")
    return format_header(file_key, [recipient.wrap(file_key, random) for recipient in wanted]) + nonce


def opens(prefix: bytes, identities: Sequence[Identity], *, limit: int = MAX_HEADER) -> bool:
    """Whether one of *identities* opens the age file that begins with *prefix*; raises `AgeFailure`."""
    try:
        age.unwrap_file_key(read_header(io.BytesIO(prefix), limit=limit), identities)
    except age.NoMatch:
        return False
    return True
