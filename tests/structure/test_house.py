"""The house rules that a machine can check: small files and functions, plain names, citations in their place."""

import ast
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.structure.repository import ROOT, exceptions, functions, modules, over_budget

FILE_LINES = 400
FUNCTION_LINES = 40
POSITIONAL_PARAMETERS = 5
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "tools"}
#: The package's own front page, and the list of tables that Django looks for there.
SPEAKING_INITS = {"src/rogatory/__init__.py", "src/rogatory/stores/models/__init__.py"}
CITATION = re.compile(r"\d{1,2}\([0-9a-z]+\)(\([0-9a-z]+\))*")
#: Rooms and tables that are about provisions; elsewhere a provision is only cited.
CASE_FILE = tuple(f"src/rogatory/casefile/{name}.py" for name in ("measures", "table", "bodies"))
LAWYERS = ("src/rogatory/law/", *CASE_FILE)
CITING_NAMES = re.compile(r"(?i)(cite|.*_cite|provisions?)")


def test_no_file_is_longer_than_its_budget() -> None:
    lines = {name: len(text.splitlines()) for name, (text, _) in modules().items()}
    assert over_budget(lines, "lines", FILE_LINES) == []


def test_no_function_is_longer_than_its_budget() -> None:
    sizes: dict[str, int] = {}
    for name, node in functions():
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        size = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        sizes[name] = max(size, sizes.get(name, 0))
    assert over_budget(sizes, "function_lines", FUNCTION_LINES) == []


def test_no_function_takes_more_than_five_positional_parameters() -> None:
    counts: dict[str, int] = {}
    for name, node in functions():
        taken = [one.arg for one in node.args.posonlyargs + node.args.args if one.arg not in ("self", "cls")]
        counts[name] = max(len(taken), counts.get(name, 0))
    assert over_budget(counts, "positional_parameters", POSITIONAL_PARAMETERS) == []


def test_no_module_is_a_drawer_for_everything() -> None:
    words = {name: set(re.split(r"[/_.]", name.removeprefix("src/rogatory/"))) for name in modules()}
    assert [name for name, parts in words.items() if parts & DRAWERS] == []


def test_package_files_are_empty() -> None:
    filled = [name for name, (text, _) in modules().items() if name.endswith("__init__.py") and text.strip()]
    assert set(filled) <= SPEAKING_INITS


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, (text, tree) in modules().items() if text.strip() and not ast.get_docstring(tree)]
    assert silent == []


def test_no_import_hides_behind_type_checking() -> None:
    assert [name for name, (text, _) in modules().items() if re.search(r"^\s*if TYPE_CHECKING", text, re.M)] == []


def test_a_provision_is_cited_and_never_decides() -> None:
    """A literal such as "42(8)" stands only where the law is told, or where something names its provision."""
    stray = {}
    for name, (_, tree) in modules().items():
        if not name.startswith(LAWYERS):
            stray[name] = sorted(_literal_citations(tree) - _cited(tree))
    found = {name: literals for name, literals in stray.items() if literals}
    excepted = exceptions("citations")
    assert {name: literals for name, literals in found.items() if name not in excepted} == {}
    assert [name for name in excepted if name not in found] == [], "exceptions that are not needed any more"


def _literal_citations(tree: ast.AST) -> set[tuple[int, str]]:
    """Line and text of each string that is a provision's number and nothing else."""
    return {
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CITATION.fullmatch(node.value)
    }


def _cited(tree: ast.AST) -> set[tuple[int, str]]:
    """Those that are the value of an argument or a constant whose name says that it cites."""
    cited: set[tuple[int, str]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg and CITING_NAMES.fullmatch(node.arg):
            cited |= _literal_citations(node.value)
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if any(CITING_NAMES.fullmatch(one) for one in names) and isinstance(node.value, ast.Constant):
                cited |= _literal_citations(node.value)
    return cited


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])]
)
def test_the_lock_files_hold_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(project["project"]["dependencies"])
    for group in groups:
        asked += project["dependency-groups"][group]
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\]+)", text, re.M))
    for requirement in map(Requirement, asked):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement} is not locked: run make lock"
        assert version in requirement.specifier, f"{requirement} is locked at {version}: run make lock"


def test_both_lock_files_choose_the_same_versions() -> None:
    entry = re.compile(r"^\S+==\S+", re.M)
    runtime = set(entry.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert runtime - set(entry.findall((ROOT / "requirements-dev.lock").read_text(encoding="utf-8"))) == set()


def test_what_the_readme_tells_a_newcomer_to_type_is_what_ci_runs() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for verb in re.findall(r"^\s*make ([a-z]+)", readme, re.M):
        assert verb in verbs
    assert re.search(r"^\s*make demo", readme, re.M)
    assert re.search(r"^\s*make test", readme, re.M)
    assert "demo ARGS" in ci
    assert re.search(r"make .*\btest$", ci, re.M)
