"""The page that checks bundles, as a node serves it: the template itself, to everybody, under a policy of its own."""

import hashlib
import re

import pytest
from django.test import Client

from rogatory.bundle import verify_page

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_stranger_gets_the_very_template_that_the_program_names() -> None:
    answer = Client().get("/verify/")
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == verify_page.template_digest()
    assert answer["Content-Type"].startswith("text/html")


def test_its_policy_is_the_one_inside_it_and_forbids_frames() -> None:
    answer = Client().get("/verify/")
    inside = re.search(r'Content-Security-Policy" content="([^"]+)"', answer.content.decode())
    assert inside is not None
    assert answer["Content-Security-Policy"] == f"{inside[1]}; frame-ancestors 'none'"
    assert "unsafe" not in inside[1]


def test_it_is_read_only_and_every_page_leads_to_it() -> None:
    assert Client().post("/verify/").status_code == 405
    assert 'href="/verify/"' in Client().get("/accounts/login/").content.decode()
