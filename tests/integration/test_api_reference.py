"""The reference of the HTTP API says what the API says."""

from pathlib import Path

import pytest

from rogatory.api import reference

pytestmark = pytest.mark.any_database

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"


def test_the_page_of_the_api_is_what_the_api_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), "run make reference"
