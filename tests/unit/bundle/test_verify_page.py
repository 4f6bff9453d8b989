"""The page in a bundle: made of nothing but the template and the other members, and held against them."""

import hashlib
import io
import json
import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from practice_case import PracticeCase, bundle_of, repacked
from practice_keys import FRA, signing
from test_bundle_verify import failures, keys, report
from test_casefile_vectors import _changed, _read

from rogatory.bundle import verify_page, words
from rogatory.bundle.container import Container
from rogatory.bundle.page_faults import FAULTS
from rogatory.bundle.page_words import KINDS, NOTES, TITLES, UI
from rogatory.bundle.report import Outcome
from rogatory.bundle.verify_page import SCRIPTS, PageDiffers
from rogatory.casefile import table

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "vectors"
FOLDER = ROOT / "src" / "rogatory" / "bundle" / "page"
NODE = shutil.which("node")
CODES = re.compile(r'(?:must|fail)\([^;]*?"([a-z]+(?:-[a-z]+)+)"')
#: Steps that the page cannot judge as the program does: it has no rules of which step may follow which.
PROGRAM_ONLY = {"chain=does-not-fit"}


@pytest.fixture(scope="module")
def paged(played: PracticeCase) -> bytes:
    """The bundle of the whole case, with the page of this program in it."""
    return bundle_of(played.contents(), played.exporter(), page=verify_page.template())[0]


def members(data: bytes) -> dict[str, bytes]:
    opened = Container(io.BytesIO(data))
    return {name: opened.read(name, limit=1 << 24) for name in opened.members}


def test_the_page_is_the_template_filled_with_every_other_member_but_the_sealed_files(paged: bytes) -> None:
    files = members(paged)
    assert list(files)[:3] == ["bundle.jws", "bundle.json", "verify.html"]
    page = files.pop("verify.html")
    block = re.search(rb'<script type="application/json" id="papers">(.+?)</script>', page, re.DOTALL)
    assert block is not None
    held = {name: b64decode(data) for name, data in json.loads(block[1])}
    assert held == {name: data for name, data in files.items() if not name.endswith("sealed.age")}
    assert page.replace(block[1], b"[]") == verify_page.template()
    assert json.loads(files["bundle.json"])["page"] == {"template": verify_page.template_digest()}


def test_a_bundle_with_the_page_of_this_program_says_so(paged: bytes) -> None:
    found = report(paged)
    assert not found.failures()
    assert keys(found, 1) == ["members", "page-known"]


def test_a_page_of_another_template_is_told_as_not_checked(played: PracticeCase) -> None:
    other = verify_page.template().replace(b"</title>", b" </title>", 1)
    found = report(bundle_of(played.contents(), played.exporter(), page=other)[0])
    assert not found.failures()
    note = found.rungs[0].notes[-1]
    assert (note.key, note.outcome) == ("page-unknown", Outcome.NOT_CHECKED)
    assert note.values["sha256"] == hashlib.sha256(other).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace(
            b"verifySignature(key, signature, data) {", b"verifySignature(key, signature, data) {//"
        ),
        lambda page: page.replace(b'["README.txt","', b'["README.txt","A', 1),
        lambda page: page + b"<!-- -->",
        lambda page: verify_page.template(),
    ],
)
def test_a_page_that_was_changed_in_any_way_is_refused(paged: bytes, change: object) -> None:
    files = members(paged)
    files["verify.html"] = change(files["verify.html"])  # type: ignore[operator]
    from practice_case import contained

    assert failures(contained(files)) == {"whole": "bundle-page"}


def test_a_page_that_the_index_does_not_name_is_refused(bundle: bytes) -> None:
    from practice_case import contained

    files = members(bundle)
    first, second, *rest = files
    ordered = [first, second, "verify.html", *rest]
    files["verify.html"] = verify_page.template()
    assert failures(contained({name: files[name] for name in ordered})) == {"whole": "bundle-members-differ"}


def test_more_papers_than_a_page_holds_leave_it_empty(monkeypatch: pytest.MonkeyPatch, played: PracticeCase) -> None:
    monkeypatch.setattr(verify_page, "MAX_EMBEDDED", 1000)
    data = bundle_of(played.contents(), played.exporter(), page=verify_page.template())[0]
    assert members(data)["verify.html"] == verify_page.template()
    assert not report(data).failures()


def test_papers_that_are_not_those_of_the_page_are_refused() -> None:
    page = verify_page.filled(verify_page.template(), [("a", b"1")])
    assert verify_page.template_of(page, [("a", b"1")]) == verify_page.template_digest()
    with pytest.raises(PageDiffers):
        verify_page.template_of(page, [("a", b"2")])


def test_the_template_fetches_nothing_and_lets_only_its_own_script_and_style_run() -> None:
    page = verify_page.template().decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert {rules["script-src"][:8], rules["style-src"][:8]} == {"'sha256-"}
    assert not re.search(r'\b(src|href)="(?!#)', page)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", page)


def test_the_scripts_are_small_and_all_of_them_are_in_the_page() -> None:
    assert set(SCRIPTS) == {path.name for path in FOLDER.glob("*.js")}
    assert [name for name in SCRIPTS if len((FOLDER / name).read_text("utf-8").splitlines()) > 400] == []


def test_every_sentence_of_the_page_stands_in_both_languages_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    for sentences in (UI, NOTES, TITLES, FAULTS, KINDS):
        for key, found in sentences.items():
            assert found.keys() == {"en", "fr"}, key
            assert gaps(found["en"]) == gaps(found["fr"]), key


def test_every_code_and_every_word_that_the_scripts_use_has_its_sentence() -> None:
    code = "\n".join((FOLDER / name).read_text("utf-8") for name in SCRIPTS)
    assert set(CODES.findall(code)) | set(re.findall(r'new Fault\("([a-z-]+)"', code)) <= FAULTS.keys()
    noted = set(re.findall(r'note\(found, "([a-z-]+)"', code)) | set(re.findall(r'key: "(file-[a-z]+)"', code))
    assert noted <= words.NOTES.keys() | NOTES.keys()
    used = set(re.findall(r'word\("([a-z_]+)"', code)) | set(
        re.findall(r'data-word="(\w+)"', (FOLDER / "index.html").read_text("utf-8"))
    )
    assert used <= UI.keys()
    assert KINDS.keys() >= table.KINDS


def test_the_codes_of_the_page_are_codes_of_the_program() -> None:
    reference = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
    own = {code for code in FAULTS if code.startswith("file-")} | {"bad-document"}
    assert {code for code in FAULTS if f"| `{code}` |" not in reference} == own


DRIVER = """
import { readFileSync } from "node:fs";
if (!globalThis.crypto) globalThis.crypto = (await import("node:crypto")).webcrypto;
const given = JSON.parse(readFileSync(0, "utf8"));
tables = given.tables;
if (given.arithmetic) crypto.subtle.importKey = async () => { throw new Error("none"); };
const answers = [];
for (const { bundle, trust } of given.cases) {
  const file = new Blob([Buffer.from(bundle, "base64")]);
  let source = null;
  try {
    source = await containerSource(file, () => {});
  } catch (error) {
    source = { papers: new Map(), order: [], sealed: new Map(), page: null, broken: error };
  }
  const { steps } = await climb(source, new Map(Object.entries(trust)));
  answers.push(steps.map(({ name, outcome, fault }) => [name, outcome, fault ? fault.code : ""]));
}
console.log(JSON.stringify(answers));
"""


def judged(cases: list[tuple[bytes, dict[str, str]]], *, arithmetic: bool = False) -> list[dict[str, tuple[str, str]]]:
    """By step, the outcome and the code that the scripts of the page give for each bundle, run without a browser."""
    if NODE is None:
        pytest.skip("there is no node to run the scripts without a browser")
    from base64 import b64encode

    code = "\n".join((FOLDER / name).read_text("utf-8") for name in SCRIPTS if name != "start.js")
    told = {
        "tables": verify_page.tables(),
        "arithmetic": arithmetic,
        "cases": [{"bundle": b64encode(data).decode(), "trust": trust} for data, trust in cases],
    }
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", code + DRIVER],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [{name: (outcome, code) for name, outcome, code in steps} for steps in json.loads(done.stdout)]


BUNDLES = sorted((VECTORS / "bundle").glob("*.txt"))


def test_the_page_judges_every_vector_as_the_program_does() -> None:
    read = [_read(path) for path in BUNDLES]
    cases = []
    for header, body in read:
        trust = dict(one.split("=") for one in header.get("trust", "").split())
        cases.append((_changed(header, body), trust))
    for path, (header, _), steps in zip(BUNDLES, read, judged(cases), strict=True):
        expected = dict(one.split("=") for one in header.get("fails", "").split())
        failed = {name: code for name, (outcome, code) in steps.items() if outcome == "fail"}
        if expected.get("whole") == "bundle-container":
            # The page uses nothing of a file that is not a container; the program looks at what can still be read.
            assert failed["whole"] == "bundle-container", path.stem
            continue
        assert {name: "*" if expected.get(name) == "*" else code for name, code in failed.items()} == expected, (
            path.stem
        )


def test_the_arithmetic_of_the_page_judges_as_the_browser_does(bundle: bytes) -> None:
    def spoil(files: dict[str, bytes]) -> None:
        name = next(one for one in files if one.startswith("receipts/"))
        files[name] = files[name][:-4] + (b"AAAA" if files[name][-4:] != b"AAAA" else b"BAAA")

    cases: list[tuple[bytes, dict[str, str]]] = [(bundle, {}), (repacked(bundle, spoil), {})]
    by_browser, by_us = judged(cases), judged(cases, arithmetic=True)
    assert by_browser == by_us
    assert by_us[0]["signatures"] == ("pass", "")
    assert by_us[1]["receipts"] == ("fail", "bad-signature")


def test_forgeries_of_custody_and_ledger_are_found_by_the_page_as_by_the_program(
    played: PracticeCase, bundle: bytes
) -> None:
    def swap(files: dict[str, bytes]) -> None:
        first, second, *_ = (name for name in files if "/custody/" in name)
        files[first], files[second] = files[second], files[first]

    def cross(files: dict[str, bytes]) -> None:
        first, second, *_ = (name for name in files if name.startswith("receipts/"))
        files[first], files[second] = files[second], files[first]

    def other_log(files: dict[str, bytes]) -> None:
        files["checkpoint.txt"] = played.logs["FRA"].signed.encode()

    def proofs_crossed(files: dict[str, bytes]) -> None:
        first, second, *_ = (name for name in files if name.startswith("proofs/"))
        files[first], files[second] = files[second], files[first]

    cases = [repacked(bundle, edit) for edit in (swap, cross, other_log, proofs_crossed)]
    cases.append(repacked(bundle, by=FRA, key=signing("VNM"), exported_by=FRA))
    for data, steps in zip(cases, judged([(one, {}) for one in cases]), strict=True):
        assert {name: code for name, (outcome, code) in steps.items() if outcome == "fail"} == failures(data)
