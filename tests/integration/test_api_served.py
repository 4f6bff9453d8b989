"""The HTTP API of a node that is really served, asked by a program with a token that a person made by command."""

import json
from collections.abc import Iterator

import pytest
from tests.support.rogatory_process import Program
from tests.support.served_api import fetch, serve

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A practice node with one person besides its administrator."""
    program = Program(tmp_path_factory.mktemp("served"))
    program.init()
    program.add("an", "drafter", "auditor")
    return program


@pytest.fixture(scope="module")
def served(made: Program) -> Iterator[str]:
    yield from serve(made)


def test_a_program_asks_with_a_token_until_it_is_revoked(made: Program, served: str) -> None:
    assert fetch(f"{served}law")[0] == 401
    token = made.json("user", "token", "statistics", "--days", "7", "--as", "an")
    status, found = fetch(f"{served}law/uncc/provisions/42(3)(b)", token=token["token"])
    shown = made.json("law", "show", "uncc", "42(3)(b)")
    assert (status, {**found, "official": []}) == (200, shown)
    assert [one["name"] for one in made.json("user", "tokens", "--as", "an")] == ["statistics"]
    assert token["token"] not in made.call("user", "tokens", "--as", "an").stdout
    made.json("user", "revoke-token", str(token["number"]), "--as", "giang")
    status, problem = fetch(f"{served}law", token=token["token"])
    assert (status, problem["code"]) == (401, "bad-token")
    record = [one["action"] for one in made.json("audit", "--as", "an")]
    assert {"account:token:make", "account:token:revoke"} <= set(record)


def test_over_http_and_by_command_the_same_is_answered(made: Program, served: str) -> None:
    token = made.json("user", "token", "comparison", "--as", "an")["token"]
    for address, words in {
        "law": ("law", "list"),
        "status/uncc?on=2028-03-01": ("status", "show", "--on", "2028-03-01"),
        "status/uncc/states/FRA?on=2028-03-01": ("status", "show", "FRA", "--on", "2028-03-01"),
        "status/matrix?on=2028-03-01&measure=preservation": (
            *("status", "matrix", "--on", "2028-03-01"),
            *("--measure", "preservation"),
        ),
    }.items():
        assert fetch(f"{served}{address}", token=token) == (200, made.json(*words)), address
    facts = fetch(f"{served}opinion/example/preservation", token=token)[1]
    assert fetch(f"{served}opinion", token=token, body=facts) == (
        200,
        made.json("assess", "-", given=json.dumps(facts)),
    )
    same = {**facts, "requested": facts["requesting"]}
    status, problem = fetch(f"{served}opinion", token=token, body=same)
    assert (status, problem["code"]) == (400, made.refused(2, "assess", "-", given=json.dumps(same)))
    assert fetch(f"{served}opinion", token=token, body=b" " * 300_000)[0] == 413


def test_a_node_opened_to_the_public_answers_strangers_about_the_law_alone(made: Program) -> None:
    for address in serve(made, ROGATORY_PUBLIC="law"):
        assert fetch(f"{address}law")[0] == 200
        assert fetch(f"{address}status/uncc")[0] == 401
        assert fetch(f"{address}opinion/example/preservation")[0] == 401


def test_a_setting_that_opens_something_else_ends_the_start(made: Program) -> None:
    done = made.call("user", "list", "--as", "giang", ROGATORY_PUBLIC="cases")
    assert done.returncode == 2
    assert "bad-public-part" in done.stderr
