"""The documentation is held against the program: every code, event, threat, link and decision that it names."""

import ast
import importlib.util
import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest
from tests.structure.repository import ROOT, exceptions, modules, tracked

DOCS = ROOT / "docs"
EVENT = re.compile(r"[a-z*-]+:[a-z*-]+:[a-z*-]+")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_errors_is_what_the_program_says(maker: ModuleType) -> None:
    assert maker.ERRORS_PAGE.read_text(encoding="utf-8") == maker.errors_page(), "run make reference"


def test_every_error_has_a_code_of_its_own_and_a_sentence(maker: ModuleType) -> None:
    classes = maker.error_classes()
    assert len(classes) > 100
    assert [
        item.name for item in classes if not item.code or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item.code)
    ] == []
    assert [item.name for item in classes if not item.meaning.endswith(".")] == []
    users = defaultdict(list)
    for item in classes:
        users[item.code].append(item)
    shared = {code for code, items in users.items() if len(items) > 1}
    assert shared == set(exceptions("codes"))
    for code in shared:
        assert len({maker.family(classes, item) for item in users[code]}) == 1, code


def test_every_kind_of_error_says_what_to_do(maker: ModuleType) -> None:
    assert [line for line in maker.errors_page().splitlines() if re.search(r"\|\s*\|", line)] == []


def _events_of_the_program() -> dict[str, str]:
    """Every audit event in the source, `*` for a part that is filled in, and where it stands."""
    found: dict[str, str] = {}
    for name, (_, tree) in modules().items():
        for node in ast.walk(tree):
            text = ""
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
            elif isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
            if EVENT.fullmatch(text) and re.match(r"[a-z]+:[a-z*]", text) and not text.startswith("urn:"):
                found[text] = name
    return found


def test_every_audit_event_stands_in_its_page_and_no_other() -> None:
    page = (DOCS / "reference" / "audit-events.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([A-Za-z:-]+)` \|", page, re.M)
    assert listed == sorted(set(listed), key=listed.index), "an event is listed twice"
    # In the page a part that is filled in is written in capitals, or spelled out.
    written = {event: re.sub(r"[A-Z]+", "*", event) for event in listed}
    patterns = {event: re.compile(event.replace("*", r"[a-z*-]+")) for event in _events_of_the_program()}
    assert len(patterns) > 10
    missing = [event for event, pattern in patterns.items() if not any(map(pattern.fullmatch, written.values()))]
    assert missing == [], "write them in docs/reference/audit-events.md"
    unknown = [event for event, text in written.items() if not any(one.fullmatch(text) for one in patterns.values())]
    assert unknown == [], "the program records no such event"


def _names_of_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_threat_names_tests_that_exist() -> None:
    rows = re.findall(r"^\| (T\d+) \|(.*)\|$", (DOCS / "threat-model.md").read_text(encoding="utf-8"), re.M)
    assert [number for number, _ in rows] == [f"T{place}" for place in range(1, len(rows) + 1)]
    assert len(rows) > 15
    known = _names_of_tests()
    for number, row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        assert len(cells) == 6, f"{number}: boundary, wish, control, where, how it fails, tests"
        assert all(cells), f"{number} has an empty cell"
        named = re.findall(r"`(test_\w+)`", cells[-1])
        assert named, f"{number} names no test"
        assert [name for name in named if name not in known] == [], f"{number} names tests that do not exist"


def _anchors(page: Path) -> set[str]:
    """The anchors that a renderer gives to the headings of *page*."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
    return {text.replace(" ", "-") for text in plain}


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    broken = []
    for page in (path for path in tracked() if path.suffix == ".md"):
        prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
        for target in (one or other for one, other in LINK.findall(prose)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            aim = (page.parent / name).resolve() if name else page
            if not aim.exists() or (anchor and aim.suffix == ".md" and anchor not in _anchors(aim)):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_decisions_are_numbered_without_a_gap_and_have_their_four_parts() -> None:
    records = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert records
    for number, record in enumerate(records, start=1):
        assert re.fullmatch(rf"{number:04d}-[a-z0-9-]+\.md", record.name)
        text = record.read_text(encoding="utf-8")
        assert text.startswith(f"# {number:04d} ")
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Rejected", "Consequences"], record.name


def test_every_decision_stands_in_the_list_of_decisions() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [one.name for one in (DOCS / "decisions").glob("[0-9]*.md") if f"({one.name})" not in listed] == []


def test_every_variable_of_the_environment_stands_in_the_page_of_the_configuration() -> None:
    page = (DOCS / "reference" / "configuration.md").read_text(encoding="utf-8")
    read = {
        node.value
        for _, tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"ROGATORY_[A-Z_]+|DATABASE_URL", node.value)
    }
    assert len(read) > 4
    assert sorted(name for name in read if f"`{name}`" not in page) == []
