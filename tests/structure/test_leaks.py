"""Nothing of the machine that a file was written on stands in it: no registry host, no machine path, no maker's mark."""

import os
import re
from pathlib import Path

import pytest
from tests.structure.repository import ROOT, tracked

DOT = "."
#: Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    DOT.join(name)
    for name in [
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("proxy", "golang", "org"),
        ("index", "crates", "io"),
    ]
]
MACHINE_PATHS = re.compile(rb"(?<![\w/.-])/(?:" + rb"|".join([b"wo" + b"rk", b"ro" + b"ot", b"ho" + b"me"]) + rb")/\w")
MAKERS = re.compile(
    "|".join([r"\bclau" + "de", "anthro" + "pic", "open" + "ai", "chat" + "gpt", "co-authored" + "-by", r"\bllm\b"]),
    re.IGNORECASE,
)
OWN_SETTINGS = ["/etc/pip.conf", "~/.config/pip/pip.conf", "~/.pip/pip.conf", "~/.npmrc", "/etc/npmrc"]


def _hosts_of_this_machine() -> set[str]:
    """The package registries that this machine is set up for, whichever they are."""
    texts = [value for name, value in os.environ.items() if re.match(r"(?i)(pip|uv|npm)_", name)]
    for name in OWN_SETTINGS:
        path = Path(name).expanduser()
        if path.is_file() and os.access(path, os.R_OK):
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
    hosts = {host for text in texts for host in re.findall(r"https?://(?:[^/@\s]*@)?([\w.-]+)", text)}
    return {host for host in hosts if not host.startswith(("localhost", "127."))}


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in tracked()}


def test_no_tracked_file_names_a_package_registry(contents: dict[str, bytes]) -> None:
    hosts = [host.encode() for host in {*REGISTRIES, *_hosts_of_this_machine()}]
    assert [(name, host) for name, data in contents.items() for host in hosts if host in data] == []


def test_no_tracked_file_names_a_path_of_somebodys_machine(contents: dict[str, bytes]) -> None:
    found = [(name, hit.group()) for name, data in contents.items() if (hit := MACHINE_PATHS.search(data))]
    assert found == []


def test_the_project_speaks_only_of_itself(contents: dict[str, bytes]) -> None:
    found = []
    for name, data in contents.items():
        if hit := MAKERS.search(data.decode("utf-8", errors="ignore")):
            found.append((name, hit.group()))
    assert found == []


def test_lock_files_that_name_registries_are_not_tracked(contents: dict[str, bytes]) -> None:
    unwanted = {"uv.lock", "pylock.toml", "package-lock.json", "yarn.lock", "poetry.lock"}
    assert [name for name in contents if Path(name).name in unwanted] == []


def test_the_search_finds_what_it_looks_for() -> None:
    """The patterns above are written in pieces; this proves that they still match the whole."""
    assert MACHINE_PATHS.search(b"open('" + b"/ro" + b"ot/file')")
    assert not MACHINE_PATHS.search(b"https://desk.example/ho" + b"me/page")
    assert MAKERS.search("Co-Authored" + "-By: somebody")
