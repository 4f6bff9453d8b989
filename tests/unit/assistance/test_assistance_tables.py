"""Entries out to CSV and JSON that no program takes for a formula, and offers in, with the line of every fault."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.assistance import tables
from rogatory.assistance.entries import Act, Entry, Visibility

OFFER = {"title": "Courses", "what": "Courses.", "by": "UNODC", "help": ["training", "expert"], "places": 40}
HEAD = "title,what,by,help,provisions,places\n"


def entry(**said: object) -> Entry:
    return Entry(
        owner="VNM", id="0" * 26, version=3, kind="offer", body={**OFFER, **said}, visibility=Visibility.PUBLIC,
        partners=(), withdrawn=False, act=Act.MADE, at=datetime(2028, 1, 1, tzinfo=UTC), by_name="",
    )  # fmt: skip


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@given(st.text(alphabet="=+-@\t|＝a1 ,\"'", min_size=1, max_size=12))
def test_no_cell_begins_a_formula(title: str) -> None:
    [row] = lines(tables.to_csv("offer", [entry(title=title)], audience=tables.EVERYBODY))
    assert not {row["title"][:1], row["title"].lstrip()[:1]} & set("=+-@\t|＝")
    assert row["title"].removeprefix("'").strip() == title.removeprefix("'").strip()


def test_lists_rows_and_numbers_stand_in_their_cells() -> None:
    [row] = lines(tables.to_csv("offer", [entry()], audience=tables.EVERYBODY))
    assert (row["name"], row["help"], row["places"]) == (f"VNM/{'0' * 26}", "training; expert", "40")
    assert "note" not in row
    told = json.loads(tables.to_json([entry()], audience=tables.EVERYBODY))
    assert (told["for"], told["entries"][0]["says"]["help"]) == ("everybody", ["training", "expert"])


def test_what_goes_out_comes_in_again() -> None:
    [row] = lines(tables.to_csv("offer", [entry()], audience=tables.EVERYBODY))
    kept = {name: row[name] for name in ("title", "what", "by", "help", "places")}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(kept))
    writer.writeheader()
    writer.writerow(kept)
    [(line, body)] = tables.offers_from_csv(text.getvalue().encode())
    assert (line, body) == (2, OFFER)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "needs a line of field names"),
        (HEAD, "needs a line of field names"),
        ("title,wish\na,b\n", "line 1: no field, or one that stands twice: wish"),
        ("title,title\na,b\n", "line 1: no field, or one that stands twice: title"),
        (HEAD + "a,b,c,training\n", "line 2: 4 cells where line 1 has 6"),
        (HEAD + '"a\nb",x,c,training,,\n\nd,e,f,flying,25,many\n', "line 2, title: holds a line break"),
        (HEAD + '"a",x,c,training,,\n\nd,e,f,flying,25,many\n', "line 4, help: "),
        (HEAD + '"a,b,c\n', "line 2: "),
        (HEAD + "a,b,c,training,,\n" * 1001, "more than 1000 offers"),
    ],
)
def test_a_table_that_cannot_be_taken_names_the_line(text: str, says: str) -> None:
    with pytest.raises(tables.BadOfferTable) as caught:
        tables.offers_from_csv(text.encode())
    assert says in caught.value.message


def test_a_table_in_another_encoding_or_too_large_is_refused() -> None:
    with pytest.raises(tables.BadOfferTable, match="not UTF-8: byte 1"):
        tables.offers_from_csv("é".encode("latin-1"))
    with pytest.raises(tables.BadOfferTable, match="larger than 5 MB"):
        tables.offers_from_csv(b"x" * (tables.MAX_IMPORT + 1))
