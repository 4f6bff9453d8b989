"""One real node on the real database, with people at its desk, and partners made of keys."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.support.desk import PASSWORD
from tests.support.partner import Partner
from tests.support.world import Road, Stopwatch

from rogatory.node import partners
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.node.sittings import Sittings
from rogatory.office import accounts
from rogatory.sealing import cards
from rogatory.site import wiring
from rogatory.stores import append_only
from rogatory.stores.database import Database
from rogatory.stores.files import LocalBlobs

CONTACT_POINT = "VNM/contact-point"


@pytest.fixture(autouse=True)
def language_of_the_process() -> Iterator[None]:
    """The language that a request chose ends with the test, for it belongs to the thread."""
    yield
    translation.deactivate()


@pytest.fixture
def start() -> datetime:
    """When the tests' cases happen: in the exercise's own year."""
    return datetime.fromisoformat("2028-03-01T09:00:00+00:00")


def practice_node(start: datetime, folder: Path) -> Node:
    """The practice node of Viet Nam, with its own clock, road, blobs and files of its ledger."""
    found = wiring.node()
    return replace(
        found,
        clock=Stopwatch(start),
        transport=Road(),
        blobs=LocalBlobs(folder / "blobs"),
        sittings=Sittings(),
        stores=Database(settings.DATA / "db.queue" if connection.vendor == "sqlite" else None, tree=folder / "ledger"),
    )


@pytest.fixture
def node(db: None, start: datetime, tmp_path: Path) -> Node:
    """The practice node of Viet Nam."""
    return practice_node(start, tmp_path)


@pytest.fixture
def people() -> dict[str, Actor]:
    """The desk of the Vietnamese contact point: one person a role."""
    names = {
        "drafter": "Nguyễn Văn An",
        "approver": "Trần Thị Bình",
        "duty-officer": "Lê Minh Châu",
        "custodian": "Phạm Quốc Dũng",
        "auditor": "Võ Thị Em",
        "administrator": "Đỗ Giang",
        "secretary": "Hoàng Thu Hà",
        "assessor": "Mai Quỳnh Hoa",
        "liaison": "Phan Văn Khoa",
    }
    return {
        role: Actor(id=role, name=name, authority=CONTACT_POINT, roles=frozenset({role}))
        for role, name in names.items()
    }


@pytest.fixture
def desk(node: Node, people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> Node:
    """The node behind the pages, with one account a role."""
    monkeypatch.setattr(wiring, "node", lambda: node)
    for role, person in people.items():
        accounts.make_account(role, PASSWORD, name=person.name, authority=person.authority, roles=[role])
    return node


@pytest.fixture
def france(node: Node, people: dict[str, Actor], start: datetime) -> Partner:
    """France, whose card the node has accepted."""
    return accept(node, people, Partner("FRA", since=start - timedelta(days=30)), start)


def accept(node: Node, people: dict[str, Actor], partner: Partner, at: datetime) -> Partner:
    """*partner*, whose card as of *at* the node now holds."""
    card = partner.card(at=at)
    fingerprint = cards.fingerprint(partner.keys.identity.public)
    partners.add_partner(node, people["administrator"], card, fingerprint=fingerprint)
    return partner


@pytest.fixture
def our_recipients(node: Node) -> tuple[str, ...]:
    """What others seal to when they write to our contact point."""
    periods = node.unlock().authority(CONTACT_POINT).card_encryption()
    return tuple(period.recipient for period in periods)


@pytest.fixture
def append_only_afterwards(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tables that are append-only again for the next test, once the database has been emptied."""
    yield
    with django_db_blocker.unblock():
        append_only.unprotect(connection)
        append_only.protect(connection)


@pytest.fixture
def committed(append_only_afterwards: None, transactional_db: None) -> Iterator[None]:
    """A database whose rows other connections see, append-only as in life, and emptied afterwards."""
    append_only.unprotect(connection)
    append_only.protect(connection)
    yield
    append_only.unprotect(connection)


@pytest.fixture
def shared(committed: None, start: datetime, tmp_path: Path) -> Node:
    return practice_node(start, tmp_path)


@pytest.fixture
def partner(shared: Node, people: dict[str, Actor], start: datetime) -> Partner:
    return accept(shared, people, Partner("FRA", since=start - timedelta(days=30)), start)
