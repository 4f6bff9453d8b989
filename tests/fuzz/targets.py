"""Every parser that sees bytes from outside, as one table of functions of bytes.

A target takes any bytes. It may end well or raise a `RogatoryError` with a code; whatever else it raises is a bug, and
so is one that takes long or much memory. A document that is signed or sealed stands here twice: as it arrives, and as
what is inside it, signed or sealed by the target itself, so that fuzzing gets behind the signature.
"""

from collections.abc import Mapping

from tests.fuzz.conference_targets import CONFERENCE
from tests.fuzz.evidence_targets import EVIDENCE
from tests.fuzz.ledger_targets import LEDGER
from tests.fuzz.letter_targets import LETTERS
from tests.fuzz.sealing_targets import SEALING
from tests.fuzz.target import Target

TARGETS: Mapping[str, Target] = {**SEALING, **LEDGER, **EVIDENCE, **CONFERENCE, **LETTERS}
