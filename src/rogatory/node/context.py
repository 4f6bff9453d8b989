"""What every use case is given: one value that holds the node's own facts and its ports."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rogatory.law.lookup.searching import Searches
from rogatory.law.model import Law
from rogatory.node.arrivals import Arrivals
from rogatory.node.sittings import Sittings
from rogatory.ports.blobs import Blobs
from rogatory.ports.stores import Stores
from rogatory.ports.timestamps import TimestampAuthority
from rogatory.ports.world import Clock, Random, Tasks, Transport
from rogatory.sealing.keystore import Keystore
from rogatory.status.engine import Status

#: What a parts list from outside may weigh at most, in bytes.
MAX_PARTS_LIST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityConfig:
    """One authority that this node hosts: `VNM/contact-point`, its names, functions (provisions) and languages."""

    id: str
    name_en: str
    name_fr: str
    functions: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The node's own facts; *exercise* is true for a practice State.

    The newest checkpoint is time-stamped every *timestamp_minutes*, when an authority is set.
    A drill is to be answered within *drill_minutes*, unless it says otherwise.
    The worker scrubs all exhibits every *scrub_days* (0: only when told to), at most *scrub_rate* bytes a second.
    """

    state: str
    address: str
    exercise: bool
    serial: int
    log_origin: str
    authorities: tuple[AuthorityConfig, ...]
    scrub_days: int = 0
    scrub_rate: int = 20_000_000
    timestamp_minutes: int = 60
    drill_minutes: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One installation, run for one State; `unlock` gives its keys when a step needs them."""

    config: Config
    unlock: Callable[[], Keystore] = field(repr=False)
    stores: Stores
    blobs: Blobs
    transport: Transport
    tasks: Tasks
    clock: Clock
    random: Random
    law: Law
    searches: Searches
    status: Status
    arrivals: Arrivals = field(default_factory=Arrivals)
    sittings: Sittings = field(default_factory=Sittings)
    #: A second store, to which finished blobs are copied and from which rot is mended; `blobs` shreds there as well.
    second: Blobs | None = None
    #: Who time-stamps our checkpoints.
    timestamps: TimestampAuthority | None = None

    @property
    def state(self) -> str:
        """The node's State, as ISO 3166 alpha-3."""
        return self.config.state

    @property
    def authorities(self) -> frozenset[str]:
        """The authorities that this node hosts."""
        return frozenset(authority.id for authority in self.config.authorities)
