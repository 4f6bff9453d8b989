"""Tables of the core. Django looks for them here."""

from rogatory.stores.models.case import Case, Draft, Message
from rogatory.stores.models.evidence import Exhibit, ExhibitPart
from rogatory.stores.models.exchange import Delivery, Envelope, Partner
from rogatory.stores.models.ledger import Checkpoint, LedgerEntry, LedgerNode
from rogatory.stores.models.official import Compared, OfficialCopy
from rogatory.stores.models.profiles import NationalProfile
from rogatory.stores.models.record import AuditEvent, Counter

__all__ = [
    "AuditEvent",
    "Case",
    "Checkpoint",
    "Compared",
    "Counter",
    "Delivery",
    "Draft",
    "Envelope",
    "Exhibit",
    "ExhibitPart",
    "LedgerEntry",
    "LedgerNode",
    "Message",
    "NationalProfile",
    "OfficialCopy",
    "Partner",
]
