"""`rogatory conference tally` and `elect`, called in this process: what they answer, in both languages and as JSON."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rogatory.cli import app
from rogatory.site.commands import Site

Call = Callable[..., tuple[int, str, str]]
ROLL = "State;Vote\nFrance;oui\nGermany;non\nKenya;oui\nBrazil;abstention\nChile;absent\n"
ELECTION = """
places = 2
candidates = ["New Zealand", "Spain", "Turkey"]
majority = "2/3"
pattern = "u1 r3 u3"
tie = "ballot"
[[ballot]]
papers = 193
votes = { "New Zealand" = 145, Spain = 121, Turkey = 109 }
[[ballot]]
papers = 193
votes = { Spain = 120, Turkey = 73 }
[[ballot]]
papers = 193
abstentions = 1
votes = { Spain = 132, Turkey = 60 }
"""
AS_CSV = """ballot,name,votes,papers,invalid,abstentions,event
1,New Zealand,145,193,,,
1,Spain,121,,,,
1,Turkey,109,,,,
2,Spain,120,193,0,0,
2,Turkey,73,193,,,
3,Spain,132,193,,1,
3,Turkey,60,,,,
"""
TWO_THIRDS = ("--places", "2", "--majority", "2/3", "--pattern", "u1 r3 u3", "--tie", "ballot")


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.setenv("ROGATORY_DATA", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)

    def called(*words: str, **files: str) -> tuple[int, str, str]:
        for name, text in files.items():
            Path(name.replace("_", ".")).write_text(text, encoding="utf-8")
        status = app.run(["conference", *words], Site())
        return status, *capsys.readouterr()

    return called


def answer(called: tuple[int, str, str]) -> Any:
    status, out, err = called
    assert (status, err) == (0, ""), out + err
    return json.loads(out)


def refusal(called: tuple[int, str, str]) -> tuple[int, Any]:
    status, out, _ = called
    return status, json.loads(out)["error"]


def test_a_tally_gives_the_outcome_the_arithmetic_and_who_voted_how(call: Call) -> None:
    found = answer(call("tally", "votes.csv", "--majority", "2/3", "--json", votes_csv=ROLL))
    assert (found["adopted"], found["needed"], found["base"], found["tie"]) == (True, 2, 3, False)
    assert found["count"] == {"yes": 2, "no": 1, "abstain": 1, "not_voting": 1}
    assert [one["state"] for one in found["votes"]["yes"]] == ["FRA", "KEN"]
    assert found["majority"]["words"]["en"] == "at least 2/3 of those present and voting"
    assert found["rule"] is None


def test_a_tally_is_told_in_the_language_asked_for(call: Call) -> None:
    _, out, _ = call("tally", "votes.csv", "--lang", "fr", votes_csv=ROLL)
    assert out.splitlines()[:4] == [
        "ADOPTÉ",
        "Pour 2, contre 1, abstentions 1, non votants 1.",
        "Majorité requise : plus de 1/2 des présents et votants, soit 2 sur 3.",
        "2 ≥ 2 : adopté.",
    ]
    assert "abstention 1 : Brésil" in out
    _, out, _ = call("tally", "votes.csv")
    assert out.startswith("ADOPTED\n")


@pytest.mark.parametrize(
    ("options", "adopted", "needed"),
    [
        ((), True, 2),
        (("--majority", "2/3", "--more-than"), False, 3),
        (("--abstentions-count",), False, 3),
        (("--of", "present"), False, 3),
        (("--of", "parties", "--number", "60"), False, 31),
        (("--of", "participating", "--number", "4", "--majority", "1/2"), True, 2),
    ],
)
def test_every_option_of_a_tally_changes_what_it_says(
    call: Call, options: tuple[str, ...], adopted: bool, needed: int
) -> None:
    found = answer(call("tally", "votes.csv", *options, "--json", votes_csv=ROLL))
    assert (found["adopted"], found["needed"]) == (adopted, needed)


@pytest.mark.parametrize(("book", "sure"), [("untoc", "remembered"), ("hanoi-draft", "unsure")])
def test_a_rulebook_says_the_majority_and_how_sure_it_is(call: Call, book: str, sure: str) -> None:
    found = answer(call("tally", "votes.csv", "--rulebook", book, "--json", votes_csv=ROLL))
    assert (found["adopted"], found["needed"]) == (True, 2)
    assert found["majority"]["share"] == "2/3"
    assert found["rule"]["sure"] == sure
    simple = answer(call("tally", "votes.csv", "--rulebook", book, "--subject", "procedure", "--json"))
    assert simple["majority"]["share"] == "1/2"
    status, error = refusal(call("tally", "votes.csv", "--rulebook", book, "--majority", "2/3", "--json"))
    assert (status, error["code"]) == (2, "bad-input")


def test_an_organisation_and_its_member_are_refused_with_the_rule(call: Call) -> None:
    both = "State,Vote\nEU,yes\nFrance,yes\nKenya,no\n"
    words = ("tally", "votes.csv", "--members-of", "EU=France,DEU", "--json")
    status, error = refusal(call(*words, votes_csv=both))
    assert (status, error["code"], error["where"]) == (4, "organisation-and-member-vote", "votes.csv:2")
    assert error["provision"] == "rule on voting rights"
    _, error = refusal(call(*words, "--rulebook", "untoc"))
    assert error["provision"].startswith("Rule 57")
    alone = answer(call(*words, votes_csv="State,Vote\nEU,yes\nKenya,no\n"))
    assert alone["count"]["yes"] == 2
    for wrong in ("EU", "EU=", "EU=FRA,FRA", "EU=EU", "=FRA"):
        assert refusal(call("tally", "votes.csv", "--members-of", wrong, "--json"))[0] == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--majority", "two"), "bad-share"),
        (("--majority", "3/2"), "bad-share"),
        (("--of", "everybody"), "bad-input"),
        (("--of", "parties"), "bad-vote-sheet"),
        (("--rulebook", "atlantis"), "no-such-rulebook"),
        (("--rulebook", "untoc", "--subject", "weather"), "bad-input"),
        (("--rulebook", "untoc", "--choice", "x"), "bad-input"),
    ],
)
def test_what_a_tally_cannot_use_is_refused(call: Call, options: tuple[str, ...], code: str) -> None:
    status, error = refusal(call("tally", "votes.csv", *options, "--json", votes_csv=ROLL))
    assert status != 0
    assert error["code"] == code


def told(found: Any) -> list[Any]:
    return [(one["kind"], one["needed"], one["elected"]) for one in found["rounds"]]


EXPECTED = [
    ("unrestricted", 129, ["New Zealand"]),
    ("restricted", 129, []),
    ("restricted", 128, ["Spain"]),
]


def test_an_election_is_counted_from_toml_json_and_csv_alike(call: Call) -> None:
    as_json = json.dumps(tomllib.loads(ELECTION))
    from_toml = answer(call("elect", "e.toml", "--json", e_toml=ELECTION))
    from_json = answer(call("elect", "e.json", "--json", e_json=as_json))
    from_csv = answer(call("elect", "e.csv", *TWO_THIRDS, "--json", e_csv=AS_CSV))
    assert told(from_toml) == EXPECTED
    assert from_toml["elected"] == ["New Zealand", "Spain"]
    assert from_toml == from_json == from_csv


def test_an_election_is_told_ballot_by_ballot_in_both_languages(call: Call) -> None:
    _, out, _ = call("elect", "e.toml", e_toml=ELECTION)
    assert "Ballot 3, restricted\n  Papers 193, invalid 0, abstentions 1: 192 valid.\n" in out
    assert "  Required: at least 2/3 of the valid ballots: 128 of 192.\n" in out
    assert out.endswith("All places are filled: New Zealand and Spain.\n")
    _, out, _ = call("elect", "e.toml", "--lang", "fr")
    assert "Scrutin 3, limité\n" in out
    assert "Majorité requise : au moins 2/3 des bulletins valables, soit 128 sur 192.\n" in out


def test_withdrawals_lots_and_nominations_come_in_their_order(call: Call) -> None:
    text = """places = 1
candidates = ["A", "B"]
[[ballot]]
papers = 10
votes = { A = 5, B = 5 }
[[ballot]]
papers = 10
votes = { A = 5, B = 5 }
drawn = ["B"]
"""
    found = answer(call("elect", "lot.toml", "--json", lot_toml=text))
    assert (found["elected"], found["rounds"][-1]["drawn"], found["decided"]) == (["B"], ["B"], True)
    waiting = answer(call("elect", "lot.toml", "--json", lot_toml=text.replace('drawn = ["B"]\n', "")))
    assert waiting["lot"] == {"places": 1, "among": ["A", "B"], "decides": "divided"}
    assert waiting["next"] is None
    rows = "ballot,name,votes,papers,event\n1,A,5,10,\n1,B,5,,\n2,B,,,withdrawn\n2,A,10,10,\n"
    alone = answer(call("elect", "w.csv", "--places", "1", "--json", w_csv=rows))
    assert (alone["elected"], alone["withdrawn"]) == (["A"], ["B"])
    later = "ballot,name,votes,papers,event\n1,A,10,10,\n1,C,,,nominated\n"
    named = answer(call("elect", "n.csv", "--places", "2", "--candidates", "A,B", "--json", n_csv=later))
    assert (named["elected"], named["candidates"]) == (["A"], ["B", "C"])


@pytest.mark.parametrize(
    ("said", "elected", "eligible"),
    [
        ("", [], ["A", "B"]),
        ('majority = "2/5"', ["A"], None),
        ('majority = "2/5"\nmore_than = true', [], ["A", "B"]),
        ("finalists = 3", [], ["A", "B", "C"]),
        ('of = "parties"\nmembers = 79', ["A"], None),
        ('of = "parties"\nmembers = 80', [], ["A", "B"]),
        ('pool = ["A", "B", "C", "D", "Z"]\npattern = "u2 r"', [], []),
    ],
)
def test_every_setting_of_a_file_changes_how_an_election_goes(
    call: Call, said: str, elected: list[str], eligible: list[str] | None
) -> None:
    text = f"places = 1\n{said}\n[[ballot]]\npapers = 100\nvotes = {{ A = 40, B = 30, C = 20, D = 10 }}\n"
    found = answer(call("elect", "e.toml", "--json", e_toml=text))
    assert found["elected"] == elected
    assert (found["next"] and found["next"]["eligible"]) == eligible


def test_a_rulebook_says_how_an_election_goes(call: Call) -> None:
    text = "places = 1\n[[ballot]]\npapers = 100\nvotes = { A = 40, B = 35, C = 25 }\n"
    found = answer(call("elect", "e.toml", "--rulebook", "untoc", "--json", e_toml=text))
    assert found["next"]["eligible"] == ["A", "B"]
    assert found["rule"]["name"]["en"].startswith("rule on "), "its number is not known to be right"


@pytest.mark.parametrize(
    ("name", "text", "code", "where"),
    [
        ("e.toml", "places = 1\n[[ballot]]\npapers = 9\nvotes = { A = 10 }\n", "impossible-ballot", "e.toml: ballot 1"),
        ("e.toml", "places = 1\n[[ballot]]\npapers = 9\nvotes = { A = 9 }\n[[ballot]]\npapers = 1\n",
         "election-step", "e.toml: ballot 2"),
        ("e.toml", "places = 1\nplace = 2\n", "bad-vote-sheet", "e.toml:2"),
        ("e.toml", "places = 1\n[[ballot]]\npapers = -1\n", "bad-vote-sheet", "e.toml:3"),
        ("e.toml", "places = 1\n[[ballot]]\nvotes = { A = true }\npapers = 1\n", "bad-vote-sheet", "e.toml:3"),
        ("e.toml", "places = \n", "bad-vote-sheet", "e.toml:1"),
        ("e.toml", "candidates = ['A']\n", "bad-vote-sheet", None),
        ("e.toml", "places = 1\ntie = 'keep'\n", "bad-vote-sheet", None),
        ("e.toml", "places = 1\npattern = 'u1 x'\n", "bad-election-scheme", None),
        ("e.toml", "places = 1\nof = 'moon'\n", "bad-vote-sheet", "e.toml:2"),
        ("e.toml", "places = 1\nof = 'parties'\n", "bad-election", None),
        ("e.toml", "places = 1\ncandidates = ['A', 'A']\n", "bad-vote-sheet", "e.toml:2"),
        ("e.json", '{"places": 1, "ballot": 7}', "bad-vote-sheet", "e.json"),
        ("e.csv", "ballot,name,votes\n1,A,1\n", "bad-vote-sheet", "e.csv:1"),
        ("e.csv", "ballot,name,votes,papers\n1,A,1,\n", "bad-vote-sheet", "e.csv:2"),
        ("e.csv", "ballot,name,votes,papers\n1,A,1,2\n1,A,1,2\n", "bad-vote-sheet", "e.csv:3"),
        ("e.csv", "ballot,name,votes,papers\n1,A,1,2\n1,B,1,3\n", "bad-vote-sheet", "e.csv:3"),
        ("e.csv", "ballot,name,votes,papers\n2,A,1,2\n", "bad-vote-sheet", "e.csv"),
        ("e.csv", "ballot,name,votes,papers,event\n1,A,1,2,left\n", "bad-vote-sheet", "e.csv:2"),
    ],
)  # fmt: skip
def test_what_an_election_cannot_use_is_refused_with_its_place(
    call: Call, name: str, text: str, code: str, where: str | None
) -> None:
    places = ("--places", "1") if name.endswith(".csv") else ()
    status, error = refusal(call("elect", name, *places, "--json", **{name.replace(".", "_"): text}))
    assert status != 0
    assert (error["code"], error.get("where")) == (code, where)
