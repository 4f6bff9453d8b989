"""What a court is given: the record in words, as tables, in CASE/UCO and as a bag, checked by the tools of others."""

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import bagit
import pytest
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner

from rogatory.evidence import custody, manifest
from rogatory.evidence.court import case_uco, html, tables
from rogatory.evidence.court.paper import BAD, CARE, GOOD, Paper, paper
from rogatory.evidence.court.record import CourtRecord
from rogatory.evidence.custody_compare import compare
from rogatory.evidence.manifest import Conditions, Derived
from rogatory.evidence.opener import WrongSealedBytes
from rogatory.kernel import canonical
from rogatory.ledger import proofs
from rogatory.node import record as case_records
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, opening
from rogatory.node.evidence.court import exports, records
from rogatory.node.people import RoleMissing
from rogatory.node.record import NoSuchCase
from rogatory.stores.freshfolder import FreshFolder
from rogatory.stores.unpacking import FolderExists

pytestmark = pytest.mark.any_database

CONTENT = os.urandom(150_000)
PURPOSE = '=HYPERLINK("x") for the prosecutor, "Bà An"'
Made = Callable[..., CourtRecord]


@pytest.fixture
def received(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Received:
    """An exhibit of France that has arrived here and was opened."""
    bound = Conditions(
        use="This investigation only", retention_until=date(2029, 1, 31), data_protection="As a court orders"
    )
    found = Received(node, people, france, our_recipients, CONTENT, bound)
    found.manifest = found.make_manifest(digests={"md5": "ab" * 16, "sha1": "cd" * 20})
    found.id = found.manifest.exhibit
    found.arrive()
    opening.open_exhibit(node, people["custodian"], found.id, io.BytesIO(), purpose=PURPOSE)
    return found


@pytest.fixture
def made(node: Node, people: People, received: Received) -> CourtRecord:
    return records.page(node, people["auditor"], received.request.case)


def texts(shown: Paper) -> str:
    """Everything that the paper says."""
    return html.document(shown).decode()


def lights(shown: Paper) -> list[str]:
    return [one.light for part in shown.parts for one in part.findings]


def test_the_record_tells_an_exhibit_its_conditions_and_its_custody_in_two_languages(
    made: CourtRecord, received: Received
) -> None:
    english, french = texts(paper(made, "en")), texts(paper(made, "fr"))
    for text in (english, french):
        assert received.manifest.sha256 in text
        assert "ab" * 16 in text
        assert received.manifest.parts.root in text
        assert made.ledger.root in text
        assert all(signed.entry.digest in text for signed in made.exhibits[0].entries)
        assert "=HYPERLINK(&quot;x&quot;) for the prosecutor" in text
    assert "Exhibits and custody record" in english
    assert "This investigation only (40(19))" in english
    assert "It is to be kept confidential (40(20))." in english
    assert "It may be kept until 2029-01-31 (UTC)" in english
    assert "Terms of data protection (36(1)): As a court orders" in english
    assert "under 44(1), United Nations Convention against Cybercrime" in english
    assert "EXERCISE between practice States" in english
    assert "relevé de possession" in french
    assert "Elle est confidentielle (40(20))." in french
    assert "en vertu de 44(1)" in french
    assert not re.search(r"\{[a-z_]+\}", re.sub(r"<style>.*?</style>", "", english + french, flags=re.DOTALL))


def test_every_entry_says_where_its_proof_is(made: CourtRecord) -> None:
    (one,) = made.exhibits
    assert [signed.entry.act for signed in one.entries] == ["sealed", "sent", "received", "opened"]
    assert [signed.proof is None for signed in one.entries] == [True, True, False, False]
    assert [signed.carrier is None for signed in one.entries] == [False, False, False, False]
    assert [signed.by_machine for signed in one.entries] == [False, False, True, False]
    assert (made.ledger.cosigned, made.ledger.stamped) == ((), None)
    assert "Nobody outside this State has vouched" in texts(paper(made, "en"))


def test_a_chain_that_holds_is_green_and_one_that_was_not_compared_says_so(made: CourtRecord) -> None:
    shown = paper(made, "en")
    assert lights(shown) == [GOOD, GOOD, GOOD, CARE]
    assert "was not compared with the one that the other side holds" in texts(shown)


def test_what_the_other_side_lacks_and_what_contradicts_stands_in_the_record(made: CourtRecord) -> None:
    (one,) = made.exhibits
    ours = [signed.signed.encode() for signed in one.entries]
    lacking = replace(one, comparison=compare(ours, ours[:3], manifest=one.manifest))
    shown = paper(replace(made, exhibits=(lacking,)), "en")
    assert lights(shown)[-1] == CARE
    assert "They lack entry 4 (opened by VNM/contact-point" in texts(shown)
    bad = replace(lacking.comparison, disagreement="two lines") if lacking.comparison else None
    shown = paper(replace(made, exhibits=(replace(one, comparison=bad),)), "fr")
    assert lights(shown)[-1] == BAD
    assert "se contredisent" in texts(shown)


def test_a_chain_that_does_not_hold_is_told_and_hides_nothing(node: Node, people: People, received: Received) -> None:
    row = exhibits.get(node, received.id)
    node.stores.exhibits.put(replace(row, custody=(row.custody[0], *row.custody[2:])))
    found = records.page(node, people["auditor"], received.request.case)
    (one,) = found.exhibits
    assert "custody-broken" in one.fault
    assert len(one.entries) == 3
    shown = paper(found, "en")
    assert lights(shown)[0] == BAD
    assert "DOES NOT HOLD" in texts(shown)


def test_a_hand_over_that_nobody_has_confirmed_is_a_gap_in_words(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    given = Given(node, people, france, our_recipients, CONTENT)
    given.deliver()
    found = paper(records.page(node, people["auditor"], given.request.case), "en")
    assert "FRA/contact-point) was sent it and has not confirmed that it came" in texts(found)


def test_reading_and_exporting_are_recorded_and_not_for_everybody(
    node: Node, people: People, received: Received, made: CourtRecord
) -> None:
    case = received.request.case
    exports.documents(node, people["auditor"], case, "csv")
    rows = [(row.action, row.detail) for row in node.stores.audit.of_subject(case, 50)]
    assert (records.READ, "") in rows
    assert (exports.ACTION, "csv, begun") in rows
    assert any(action == exports.ACTION and "custody.csv SHA-256 " in detail for action, detail in rows)
    with pytest.raises(RoleMissing):
        exports.documents(node, people["administrator"], case, "csv")
    with pytest.raises(RoleMissing):
        records.page(node, people["administrator"], case)
    with pytest.raises(NoSuchCase):
        exports.documents(node, people["auditor"], "VNM-FRA-2028-0009-7Q4K2M9XAB", "csv")
    with pytest.raises(exports.NoSuchForm):
        exports.documents(node, people["auditor"], case, "docx")


def test_the_tables_are_csv_with_stable_columns_and_no_formulas(made: CourtRecord, received: Received) -> None:
    data = tables.custody(made)
    assert data.endswith(b"\r\n")
    lines = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert tuple(lines[0]) == tables.CUSTODY_COLUMNS
    assert [line["act"] for line in lines] == ["sealed", "sent", "received", "opened"]
    assert lines[3]["purpose"] == "'" + PURPOSE
    assert [bool(line["ledger_index"]) for line in lines] == [False, False, True, True]
    (told,) = csv.DictReader(io.StringIO(tables.exhibits(made).decode(), newline=""))
    assert tuple(told) == tables.EXHIBIT_COLUMNS
    assert (told["sha256"], told["md5"], told["sha512"]) == (received.manifest.sha256, "ab" * 16, "")
    assert told["data_protection"] == "As a court orders"
    assert (told["confidential"], told["retention_until"], told["holds"]) == ("true", "2029-01-31", "true")


def test_no_text_of_people_begins_a_formula(made: CourtRecord) -> None:
    (one,) = made.exhibits
    for text in ("=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1", "\n=1", "|x"):
        changed = replace(one, manifest=replace(one.manifest, description=text))
        data = tables.exhibits(replace(made, exhibits=(changed,))).decode()
        (told,) = csv.DictReader(io.StringIO(data, newline=""))
        assert told["description"] == "'" + text


Validate = Callable[[bytes], tuple[bool, str]]


@pytest.fixture
def validate() -> Validate:
    """What the validator of the CASE community says of a document, with the ontology that it brings along."""
    import pyshacl
    import rdflib
    from case_utils.case_validate import validate_utils
    from case_utils.ontology import CURRENT_CASE_VERSION

    ontology = validate_utils.get_ontology_graph(f"case-{CURRENT_CASE_VERSION}")
    validate_utils.disable_tbox_review(ontology)

    def said(data: bytes) -> tuple[bool, str]:
        graph = rdflib.Graph()
        graph.parse(data=data, format="json-ld")
        unknown = validate_utils.get_invalid_cdo_concepts(graph, ontology)
        assert not unknown, "words that are not in the ontology"
        conforms, _, report = pyshacl.validate(graph, ont_graph=ontology, shacl_graph=ontology)
        return conforms, report

    return said


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # in the validator and what it is made of
def test_case_uco_conforms_to_its_ontology_and_the_validator_would_tell(made: CourtRecord, validate: Validate) -> None:
    (one,) = made.exhibits
    derived = Derived(exhibit=one.manifest.exhibit, manifest=one.digest, act="extracted", leave="ef" * 32, left_out="x")
    part = replace(one, manifest=replace(one.manifest, exhibit="0" * 26, derived=derived), entries=())
    last = replace(one.entries[-1], entry=replace(one.entries[-1].entry, under="12" * 32))
    one = replace(one, sealed_sha256="34" * 32, entries=(*one.entries[:-1], last))
    whole = case_uco.document(replace(made, exhibits=(part, one)))
    assert validate(whole) == (True, "Validation Report\nConforms: True\n")
    broken = whole.replace(b'"uco-core:isDirectional": true', b'"uco-core:isDirectional": "perhaps"')
    assert not validate(broken)[0]


def test_case_uco_speaks_of_the_same_things_each_time_and_of_every_act(made: CourtRecord, received: Received) -> None:
    (one,) = made.exhibits
    graph = {node["@id"]: node for node in json.loads(case_uco.document(made))["@graph"]}
    again = json.loads(case_uco.document(replace(made, at=made.at + timedelta(days=1))))["@graph"]
    assert list(graph) == [node["@id"] for node in again]
    acts = [node for node in graph.values() if node["@type"] == "case-investigation:InvestigativeAction"]
    assert [act["uco-core:name"] for act in acts] == ["sealed", "sent", "received", "opened"]
    assert graph[acts[3]["uco-action:performer"]["@id"]]["@type"] == "uco-identity:Person"
    assert graph[acts[2]["uco-action:performer"]["@id"]]["uco-core:name"] == "VNM/contact-point"
    assert acts[1]["case-investigation:wasInformedBy"] == [{"@id": acts[0]["@id"]}]
    content = graph[case_uco.name_of("contents", received.id)]["uco-core:hasFacet"][1]
    hashes = {
        one["uco-types:hashMethod"]: one["uco-types:hashValue"]["@value"] for one in content["uco-observable:hash"]
    }
    assert hashes == {"SHA256": one.manifest.sha256.upper(), "MD5": "AB" * 16, "SHA1": "CD" * 20}
    (permit,) = (node for node in graph.values() if node["@type"] == "case-investigation:Authorization")
    assert permit["case-investigation:authorizationIdentifier"] == received.request.digest
    assert "44(1)" in permit["case-investigation:authorizationType"]


def bagged(node: Node, people: People, case: str, path: Path, **how: Any) -> exports.Exported:
    with FreshFolder(path) as folder:
        written = exports.write_bag(node, people["auditor"], case, folder, **how)
        folder.commit()
    return written


def test_a_bag_is_valid_and_proves_its_exhibits(node: Node, people: People, received: Received, tmp_path: Path) -> None:
    seen: list[int] = []
    written = bagged(node, people, received.request.case, tmp_path / "bag", progress=seen.append)
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.validate()
    assert bag.info["Payload-Oxum"] == f"{written.size}.{written.files}"
    assert bag.info["External-Identifier"] == received.request.case
    assert (written.exhibits, written.sealed, seen[-1]) == (1, 1, received.manifest.parts.total)
    data = tmp_path / "bag" / "data"
    exhibit = data / "exhibits" / received.id
    sealed = (exhibit / "sealed.age").read_bytes()
    assert sealed == received.sink.getvalue()
    assert hashlib.sha256(sealed).hexdigest() in (data / "record.en.html").read_text(encoding="utf-8")
    found = manifest.read_manifest((exhibit / "manifest.jws").read_bytes()).unverified_manifest
    chain = [file.read_bytes() for file in sorted((exhibit / "custody").iterdir())]
    assert len(custody.unverified_custody(chain, manifest=found).entries) == 4
    text = (data / "checkpoint.txt").read_text(encoding="utf-8")
    for signed in chain[2:]:
        digest = hashlib.sha256(signed).hexdigest()
        proof = proofs.read_proof(canonical.loads((data / "proofs" / f"{digest}.json").read_bytes()))
        assert proof.checkpoint == text
    assert sorted(path.name[:3] for path in (data / "cards").iterdir()) == ["FRA", "VNM"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_a_bag_without_sealed_files_is_checked_with_a_stock_tool(
    node: Node, people: People, received: Received, tmp_path: Path
) -> None:
    written = bagged(node, people, received.request.case, tmp_path / "bag", with_sealed=False)
    assert written.sealed == 0
    assert not list((tmp_path / "bag").rglob("sealed.age"))
    for listing in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "--quiet", "-c", listing], cwd=tmp_path / "bag", check=True)


def test_a_sealed_file_that_rotted_makes_no_bag_and_leaves_nothing(
    node: Node, people: People, received: Received, tmp_path: Path
) -> None:
    row = exhibits.get(node, received.id)
    node.blobs.shred(row.sealed_blob)
    writer = node.blobs.create(row.sealed_blob)
    data = bytearray(received.sink.getvalue())
    data[-1] ^= 1
    writer.file.write(data)
    writer.commit()
    with pytest.raises(WrongSealedBytes):
        bagged(node, people, received.request.case, tmp_path / "bag")
    with pytest.raises(WrongSealedBytes):
        exports.documents(node, people["auditor"], received.request.case, "html", read_sealed=True)
    assert [path.name for path in tmp_path.iterdir()] == ["blobs"]


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    with pytest.raises(FolderExists), FreshFolder(tmp_path / "bag"):
        pass
    with FreshFolder(tmp_path / "other") as folder, folder.new("a/b/c") as file:
        file.write(b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


def test_a_case_without_exhibits_has_an_empty_record(node: Node, people: People, received: Received) -> None:
    row = exhibits.get(node, received.id)
    other = replace(records.gather(node, people["auditor"], row.case), exhibits=())
    assert "The case has no exhibits here." in texts(paper(other, "en"))
    assert case_records.case_file(node, row.case).exhibits
