"""The one place that binds the core's ports to what this node really has."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from rogatory.errors import BadInput
from rogatory.law.loader import load_law
from rogatory.law.lookup.searching import Searches
from rogatory.node.context import AuthorityConfig, Config, Node
from rogatory.office import accounts
from rogatory.ports.world import Clock
from rogatory.sealing.keystore import Keystore
from rogatory.site import blobplaces, datafolder, drillplan, keyfile, scrubplan, timestamping
from rogatory.site.freshfile import FreshFile
from rogatory.site.heldstatus import HeldStatus
from rogatory.status.engine import Status
from rogatory.stores.clocks import PracticeClock, WallClock, random
from rogatory.stores.database import Database
from rogatory.stores.lawindex import SqliteWordIndex
from rogatory.stores.mirror import MirroredBlobs
from rogatory.transports.http_signatures import Signer
from rogatory.transports.https import HttpTransport
from rogatory.worker.tasks import DjangoTasks


def node() -> Node:
    """The node of this process, with its facts and the deposits that it holds now; raises `NoNodeHere`."""
    found = _node()
    return _as_of_now(_config()(), _held(exercise=found.config.exercise).now())


@lru_cache(maxsize=1)
def _as_of_now(config: Config, status: Status) -> Node:
    return replace(_node(), config=config, status=status)


@cache
def _config() -> FreshFile[Config]:
    # A rotation of keys raises the serial number of the card: a node that is served must notice.
    return FreshFile(settings.DATA / "node.toml", lambda: read_config(datafolder.node_facts(settings.DATA)))


@cache
def _held(*, exercise: bool) -> HeldStatus:
    return HeldStatus(settings.DATA, exercise=exercise)


@cache
def _node() -> Node:
    folder: Path = settings.DATA
    facts = datafolder.node_facts(folder)
    if not facts:
        raise datafolder.NoNodeHere(f"there is no node in {folder.name}")
    config = read_config(facts)
    clock = clock_of(facts)
    unlock = keyfile.Unlocked(folder)
    blobs = blobplaces.first(facts, folder, os.environ)
    second = blobplaces.second(facts, folder, os.environ)
    return Node(
        config=config,
        unlock=unlock,
        stores=Database(
            folder / "db.queue" if connection.vendor == "sqlite" else None, tree=folder / "ledger", data=folder
        ),
        blobs=MirroredBlobs(blobs, second) if second else blobs,
        second=second,
        transport=HttpTransport(lambda: _signer(unlock(), config, clock), ca_file=_ca_file()),
        tasks=DjangoTasks(),
        timestamps=timestamping.read(facts, folder),
        clock=clock,
        random=random,
        law=load_law(),
        searches=Searches(SqliteWordIndex),
        status=_held(exercise=config.exercise).now(),
    )


def read_config(facts: dict[str, Any]) -> Config:
    """The node's own facts as `node.toml` gives them; raises `BadNodeFile`."""
    try:
        return Config(
            state=facts["state"],
            address=facts["address"],
            exercise=facts["exercise"],
            serial=facts["serial"],
            log_origin=facts["log_origin"],
            authorities=tuple(
                AuthorityConfig(
                    id=one["id"],
                    name_en=one["name_en"],
                    name_fr=one["name_fr"],
                    functions=tuple(one["functions"]),
                    languages=tuple(one["languages"]),
                )
                for one in facts["authorities"]
            ),
            timestamp_minutes=timestamping.minutes(facts),
            drill_minutes=drillplan.minutes(facts),
            **scrubplan.read(facts),
        )
    except KeyError as error:
        raise datafolder.BadNodeFile(f"node.toml does not give {error}") from error


def clock_of(facts: dict[str, Any]) -> Clock:
    """The wall clock, or in an exercise the practice clock that `node.toml` sets ahead."""
    if not facts.get("exercise"):
        return WallClock()
    return PracticeClock(timedelta(seconds=facts.get("clock_ahead_seconds", 0)))


def node_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Hand the node, and the person who is logged in, to the views."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.node = node()  # type: ignore[attr-defined]
        request.actor = accounts.actor_or_nobody(request.user)  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def _ca_file() -> Path | None:
    name = os.environ.get("ROGATORY_CA_FILE", "")
    if name and not Path(name).is_file():
        raise BadInput(f"ROGATORY_CA_FILE names {name}, and there is no such file")
    return Path(name) if name else None


def _signer(keystore: Keystore, config: Config, clock: Clock) -> Signer:
    if not config.authorities:
        raise BadInput("this node hosts no authority")
    return Signer(key=keystore.signing_key(config.authorities[0].id, clock.now()), now=clock.now)
