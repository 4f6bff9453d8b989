"""Tables of the core. Django looks for them here."""

from rogatory.stores.models.alignment import (
    Assessment,
    EarlierAnswer,
    Judgement,
    NationalLaw,
    NationalProvision,
    NationalText,
    ProposalSet,
    UnsavedJudgement,
)
from rogatory.stores.models.assistance import (
    AssistanceEntry,
    AssistanceInterest,
    AssistanceSending,
    AssistanceTrainee,
)
from rogatory.stores.models.case import Case, Draft, Message
from rogatory.stores.models.conference import Meeting, MeetingEntry, MeetingHead, MeetingPass
from rogatory.stores.models.correspondence import Drill, Letter
from rogatory.stores.models.evidence import Destruction, Exhibit, ExhibitPart, LoggedEntry, Sealing
from rogatory.stores.models.exchange import Delivery, Envelope, Partner
from rogatory.stores.models.ledger import Checkpoint, LedgerEntry, TimeStamp, TimeStampAsked
from rogatory.stores.models.official import Compared, OfficialCopy
from rogatory.stores.models.profiles import NationalProfile
from rogatory.stores.models.readiness import ReadinessEntry
from rogatory.stores.models.record import AuditEvent, Counter
from rogatory.stores.models.scrub import BlobCopy, ScrubFinding, ScrubProgress
from rogatory.stores.models.witness import (
    Alarm,
    AlarmAcknowledgement,
    CosignedCheckpoint,
    WatchedLog,
    Witness,
    WitnessPolicy,
)

__all__ = [
    "Alarm",
    "AlarmAcknowledgement",
    "Assessment",
    "AssistanceEntry",
    "AssistanceInterest",
    "AssistanceSending",
    "AssistanceTrainee",
    "AuditEvent",
    "BlobCopy",
    "Case",
    "Checkpoint",
    "Compared",
    "CosignedCheckpoint",
    "Counter",
    "Delivery",
    "Destruction",
    "Draft",
    "Drill",
    "EarlierAnswer",
    "Envelope",
    "Exhibit",
    "ExhibitPart",
    "Judgement",
    "LedgerEntry",
    "Letter",
    "LoggedEntry",
    "Meeting",
    "MeetingEntry",
    "MeetingHead",
    "MeetingPass",
    "Message",
    "NationalLaw",
    "NationalProfile",
    "NationalProvision",
    "NationalText",
    "OfficialCopy",
    "Partner",
    "ProposalSet",
    "ReadinessEntry",
    "ScrubFinding",
    "ScrubProgress",
    "Sealing",
    "TimeStamp",
    "TimeStampAsked",
    "UnsavedJudgement",
    "WatchedLog",
    "Witness",
    "WitnessPolicy",
]
