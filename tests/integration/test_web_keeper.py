"""What the administrator and the auditor see of the node, by Django's client."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.desk import PASSWORD, at_the_desk, page
from tests.support.partner import Partner, preservation_contents

from rogatory.node import intake
from rogatory.node.context import Node
from rogatory.office import accounts
from rogatory.sealing import cards

CASE = "FRA-VNM-2028-0001-7Q4K2M9XAB"
US = "VNM/contact-point"


def incoming(node: Node, france: Partner, our_recipients: tuple[str, ...]) -> str:
    """A preservation request from France; the digest of its message."""
    at = node.clock.now()
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    message = france.message("request", body, case=CASE, to=US, at=at)
    intake.receive(node, france.seal(message.jws, to=US, recipients=our_recipients, at=at))
    return message.digest


def test_an_administrator_reads_no_case(desk: Node, france: Partner, our_recipients: tuple[str, ...]) -> None:
    incoming(desk, france, our_recipients)
    client = at_the_desk("administrator")
    assert CASE not in page(client, "/")
    assert "role-missing" in page(client, f"/cases/{CASE}/", status=403)


def test_a_card_is_accepted_only_with_the_fingerprint_that_was_told(desk: Node) -> None:
    at = desk.clock.now()
    kenya = Partner("KEN", since=at - timedelta(days=1))
    client = at_the_desk("administrator")
    for fingerprint, status in (("AAAAA-BBBBB-CCCCC-DDDDD", 400), (cards.fingerprint(kenya.keys.identity.public), 302)):
        card = SimpleUploadedFile("card.json", kenya.card(at=at))
        response = client.post("/partners/", {"card": card, "fingerprint": fingerprint})
        assert response.status_code == status, response.content.decode()
    assert "Kenya" in page(client, "/partners/")


def test_accounts_are_made_changed_and_closed_by_the_administrator_alone(desk: Node) -> None:
    new = {
        "name": "Hoàng Anh",
        "username": "hoang",
        "password": PASSWORD,
        "authority": US,
        "roles": ["drafter", "approver"],
    }
    assert at_the_desk("drafter").post("/people/", new).status_code == 403
    client = at_the_desk("administrator")
    assert client.post("/people/", {**new, "password": "short"}).status_code == 400
    assert client.post("/people/", new).status_code == 302
    person = accounts.Member.objects.get(name="Hoàng Anh")
    client.post(f"/people/{person.pk}/roles/", {"roles": ["auditor"]})
    assert accounts.Member.objects.get(pk=person.pk).roles == ["auditor"]
    client.post(f"/people/{person.pk}/disable/")
    assert not Client().login(username="hoang", password=PASSWORD)
    assert "account:person:disable" in page(client, "/record/")


def test_the_node_page_shows_its_fingerprint_and_newest_checkpoint(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    incoming(desk, france, our_recipients)
    text = page(at_the_desk("auditor"), "/node/")
    assert cards.fingerprint(desk.unlock().identity.public) in text
    assert "rogatory/vnm/" in text
