"""Makes the vectors of time-stamps (spec/ledger.md). Run once and kept: the keys and the clock of an authority are not
ours to fix, so every run would give other bytes.

    python vectors/make_timestamps.py
"""

import base64
import tempfile
from pathlib import Path

from make_ledger import ORIGIN, log, log_key, signed
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from rogatory.kernel import canonical
from rogatory.kernel.times import stamp
from rogatory.ledger import timestamp
from rogatory.transports import timestampauthority
from rogatory.transports.timestampauthority import Authority

HERE = Path(__file__).parent / "ledger"


def main() -> None:
    """Write them."""
    with tempfile.TemporaryDirectory() as folder:
        root = timestampauthority.make(Path(folder) / "tsa", "Practice authority").read_bytes()
        other = timestampauthority.make(Path(folder) / "other", "Practice authority").read_bytes()
        note = signed(log()[1])
        data = timestamp.stamped_bytes(note, log_key())
        query = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        token = Authority(Path(folder) / "tsa").answer(query.as_bytes())
        refusal = Authority(Path(folder) / "tsa").answer(b"this is no query")
    at = stamp(timestamp.verify_token(token, data, [root]).at)
    cosigned = note + note.splitlines(keepends=True)[-1].replace(ORIGIN, "another.example/witness")
    middle = token.index(b"\x30", len(token) // 3)
    for name, expect, comment, held in (
        ("timestamp", "success", "a token for the checkpoint beside it", (note, token, root)),
        ("timestamp-cosigned", "success", "further signatures are not stamped", (cosigned, token, root)),
        ("timestamp-other-checkpoint", "wrong-timestamp", "the log of five", (signed(log(5)[1]), token, root)),
        ("timestamp-other-root", "wrong-timestamp", "a root of the same name", (note, token, other)),
        ("timestamp-cut", "bad-timestamp", "the token ends early", (note, token[:middle], root)),
        ("timestamp-refused", "bad-timestamp", "the authority refused", (note, refusal, root)),
        ("timestamp-no-root", "bad-timestamp-root", "the root is no certificate", (note, token, b"none")),
    ):
        text, der, believed = held
        body = {"note": text, "token": base64.b64encode(der).decode(), "root": believed.decode()}
        lines = {"expect": expect, "comment": comment, "kind": "timestamp", "vkey": str(log_key()), "at": at}
        head = "".join(f"{key}: {value}\n" for key, value in lines.items())
        (HERE / f"{name}.txt").write_bytes(head.encode() + b"\n" + canonical.dumps(body) + b"\n")


if __name__ == "__main__":
    main()
