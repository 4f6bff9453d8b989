"""What the structure tests read: the tracked files, the source as trees, the exceptions with their reasons."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "rogatory"

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control; skips the test outside a checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so no file is tracked")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return tuple(path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file())


@cache
def modules() -> dict[str, tuple[str, ast.Module]]:
    """Every module of the package but migrations: its name from the root, its text and its tree."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found[path.relative_to(ROOT).as_posix()] = (text, ast.parse(text))
    return found


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function and method, with the name `file:function` by which exceptions name it."""
    for name, (_, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, type_of_function):
                yield f"{name}:{node.name}", node


@cache
def exceptions(table: str) -> dict[str, str]:
    """One table of `exceptions.toml`: what is excepted, and why."""
    return dict(tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))[table])


def over_budget(measured: dict[str, int], table: str, budget: int) -> list[str]:
    """A sentence for each of *measured* above *budget* without an exception, and for each exception not needed."""
    excepted = exceptions(table)
    over = {name: size for name, size in measured.items() if size > budget}
    return [f"{name}: {size}, and {budget} is the budget" for name, size in over.items() if name not in excepted] + [
        f"{name}: excepted in exceptions.toml [{table}], but within the budget" for name in excepted if name not in over
    ]
