"""Every command that a page tells people to type exists, with every option it is given."""

import re
import shlex
from pathlib import Path

import pytest
from tests.structure.repository import ROOT

COMMANDS = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
HELP = dict(re.findall(r"^## (rogatory.*?)\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL))
EVERYWHERE = {"--data", "--as", "--json", "--lang", "--help"}
#: `rogatory verify` is a program of its own, and `--data FOLDER` and `--as NAME` stand before the command.
VERIFIER = (ROOT / "src" / "rogatory" / "cli" / "verify.py", ROOT / "src" / "rogatory" / "cli" / "verifying.py")
CALL = re.compile(r"(?:^|[ =]|bin/)(make|rogatory) (?=[a-z]|--(?:data|as|json|lang) )(.*)$")
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs" / "tutorial").glob("*.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
    *sorted((ROOT / "docs" / "explanation").glob("*.md")),
]


def typed(page: Path) -> list[list[str]]:
    """The words of every call of `rogatory` or `make` in *page*: in blocks of commands, and in running text."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    blocks = re.findall(r"```(?:sh|ini)\n(.*?)```", text, re.DOTALL)
    blocks += re.findall(r"^ {4}(?=make |rogatory )(.*)$", text, re.MULTILINE)
    blocks += re.findall(r"`((?:make|rogatory) [^`]+)`", text)
    calls = []
    for line in "\n".join(blocks).splitlines():
        calls += [[found[1], *shlex.split(found[2], comments=True)] for found in CALL.finditer(line.strip())]
    return calls


def fault(words: list[str]) -> str:
    """What is wrong with a call, or nothing."""
    if words[0] == "make":
        verbs = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return "" if words[1] in verbs else "no such verb"
    rest = words[1:]
    while rest and rest[0].startswith("--"):
        rest = rest[2:] if rest[0] in ("--data", "--as", "--lang") else rest[1:]
    if rest[0] == "verify":
        known = "".join(path.read_text(encoding="utf-8") for path in VERIFIER)
    else:
        longest_first = (" ".join(["rogatory", *rest[:length]]) for length in (3, 2, 1))
        name = next((one for one in longest_first if one in HELP), "")
        if not name or "COMMAND [ARGS]" in HELP[name]:
            return "no such command"
        known = HELP[name]
    options = {word.partition("=")[0] for word in rest if word.startswith("--")} - EVERYWHERE
    unknown = [option for option in options if not re.search(rf"{option}\b", known)]
    return f"no such option: {', '.join(unknown)}" if unknown else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_tells_people_to_type_can_be_typed(page: Path) -> None:
    assert [(shlex.join(words), wrong) for words in typed(page) if (wrong := fault(words))] == []


def test_the_check_finds_commands_and_faults() -> None:
    calls = [words for page in PAGES for words in typed(page)]
    assert len(calls) > 20
    assert {words[1] for words in calls if words[0] == "make"} >= {"demo", "test", "check"}
    assert fault(["rogatory", "partner", "add", "card.jws", "--fingerprint", "X"]) == ""
    assert fault(["rogatory", "--data", "folder", "partner", "ad", "card.jws"]) == "no such command"
    assert fault(["rogatory", "partner", "add", "--finger", "X"]) == "no such option: --finger"
    assert fault(["make", "coffee"]) == "no such verb"
