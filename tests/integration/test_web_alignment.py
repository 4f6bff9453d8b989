"""National law at the desk: a file is looked at, imported, read and compared; obligations are reviewed and reported."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.desk import at_the_desk, page

from rogatory.alignment.proposing import glossaries
from rogatory.node.alignment import assessments
from rogatory.node.context import Node
from rogatory.office import accounts
from rogatory.web.alignment import words
from rogatory.web.alignment.concepts import CONCEPTS

pytestmark = pytest.mark.any_database

ACT = """# Computer Crimes Act of Freedonia

## Part I. Offences

Section 1. Short title

This Act may be cited as the Computer Crimes Act.

Section 2. Unauthorised access

(1) Whoever intentionally gains access to a computer system without authority commits an offence.

(2) A security measure need not be infringed.

## Part II. Procedure

Section 3. Preservation

A police officer may order a person to preserve stored computer data for 90 days.

Section 5. Parking

Nobody leaves a vehicle on a bridge.
"""
AMENDED = ACT.replace("90 days", "180 days").replace(
    "Section 5. Parking\n\nNobody leaves a vehicle on a bridge.",
    "Section 6. Bridges\n\nThe keeper of a bridge lights its lamps at dusk every day of the year.",
)
PASSWORD = "a long practice password"


def sent(text: str = ACT, name: str = "act.md", **more: str) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, text.encode()), "law": "computer-crimes", "title": "", **more}


def imported(client: Client, text: str = ACT, **more: str) -> str:
    """The id of a text, imported as a person does it."""
    shown = client.post("/align/import/", sent(text, **more)).content.decode()
    found = re.search(r'name="carried" value="([^"]+)"', shown)
    assert found, shown
    taken = client.post("/align/import/take/", {"carried": found[1]})
    assert taken.status_code == 302, taken.content.decode()
    where = re.search(r"/align/texts/([^/]+)/", taken.headers["Location"])
    assert where
    return where[1]


def begun(client: Client) -> tuple[str, str]:
    """The address of an assessment and the id of its text, out of which provisions were proposed."""
    text = imported(client)
    assert client.post(f"/align/texts/{text}/propose/").status_code == 302
    taken = client.post("/align/begin/", {"title": "First look", "text": text, "state": "VNM"})
    return taken.headers["Location"], text


def answer(client: Client, address: str, **values: object) -> str:
    """What the page says after *values* were sent to the review of 7(1), upon what stands there now."""
    shown = page(client, f"{address}review/7(1)/")
    after = re.search(r'name="after" value="([^"]*)"', shown)
    assert after
    response = client.post(f"{address}review/7(1)/", {"after": after[1], "act": "save", **values}, follow=True)
    return response.content.decode()


def state_of(desk: Node, address: str) -> str:
    return assessments.held(desk, address.split("/")[-2]).assessment.standing("7(1)").state


def test_a_law_is_looked_at_before_anything_is_kept(desk: Node) -> None:
    client = at_the_desk("assessor")
    assert "No national law has been imported yet" in page(client, "/align/")
    shown = client.post("/align/import/", sent(ACT)).content.decode()
    assert "<strong>4</strong>" in shown
    assert "Section 2. Unauthorised access" in shown
    assert "A number is missing between its neighbours" in shown
    assert not desk.stores.alignment.texts()
    text = imported(client)
    read = page(client, f"/align/texts/{text}/")
    assert "Nobody leaves a vehicle" in read
    assert 'lang="en" dir="ltr"' in read
    assert "Part II. Procedure" in read
    found = page(client, f"/align/texts/{text}/?q=STORED+data")
    assert "<mark>stored</mark> computer <mark>data</mark>" in found


def test_a_wrong_file_is_told_with_its_code_and_the_form_stays(desk: Node) -> None:
    client = at_the_desk("assessor")
    for file in (sent("PK nonsense", "act.docx"), sent("hello", "act.md"), {"law": "kept-name"}):
        refused = client.post("/align/import/", {**file, "law": "kept-name", "version": "Bill of 3 May"})
        shown = refused.content.decode()
        assert refused.status_code == 400
        assert 'role="alert"' in shown
        assert "What to do:" in shown
        assert 'value="kept-name"' in shown
        assert 'value="Bill of 3 May"' in shown
    refused = client.post("/align/import/take/", {"carried": "forged"})
    assert refused.status_code == 400
    assert "law-not-shown" in refused.content.decode()
    assert not desk.stores.alignment.texts()


def test_the_same_file_is_not_imported_twice_and_an_amendment_shows_what_changed(desk: Node) -> None:
    client = at_the_desk("assessor")
    first = imported(client, since="2020-01-01")
    shown = client.post("/align/import/", sent(since="2020-01-01")).content.decode()
    carried = re.search(r'name="carried" value="([^"]+)"', shown)
    assert carried
    assert "already-held" in client.post("/align/import/take/", {"carried": carried[1]}).content.decode()
    second = imported(client, AMENDED, since="2024-01-01")
    changed = page(client, f"/align/texts/{second}/since/{first}/")
    assert re.search(r"<del><span class=\"seen-by-reader\">\[taken out: </span>90", changed)
    assert re.search(r"<ins><span class=\"seen-by-reader\">\[put in: </span>180", changed)
    assert "lights its lamps" in changed
    assert "Short title" not in changed
    assert "Short title" in page(client, f"/align/texts/{second}/since/{first}/?what=unchanged")
    assert client.post(f"/align/texts/{second}/remove/", {"confirm": "yes"}).status_code == 302
    assert [one.id for one in desk.stores.alignment.texts()] == [first]


def test_who_may_not_read_or_write_is_told(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, text = begun(client)
    assert at_the_desk("drafter").get(address).status_code == 403
    auditor = at_the_desk("auditor")
    read = page(auditor, f"{address}review/7(1)/")
    assert "An assessor judges." in read
    assert 'name="answer"' not in read
    assert auditor.post(f"{address}review/7(1)/", {"answer": "partly", "act": "save"}).status_code == 403
    assert auditor.post(f"/align/texts/{text}/propose/").status_code == 403
    assert state_of(desk, address) == "unseen"


def test_the_review_shows_both_sides_and_saves_only_what_a_person_sends(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, text = begun(client)
    shown = page(client, f"{address}review/7(1)/")
    assert "Section 2. Unauthorised access" in shown
    assert "<mark>" in shown
    assert "illegal access" in shown
    assert state_of(desk, address) == "unseen"
    refused = answer(client, address, answer="implemented")
    assert "evidence-needed" in refused
    assert state_of(desk, address) == "unseen"
    assert "You began this on" in page(client, f"{address}review/7(1)/")
    saved = answer(
        client, address, answer="implemented", evidence=[f"{text}:0:2"], **{"e.e1": "present"}, rejected=["3"]
    )
    assert "saved as “implemented”" in saved
    standing = assessments.held(desk, address.split("/")[-2]).assessment.standing("7(1)")
    assert "Whoever intentionally gains access" in standing.evidence[0].quote
    assert dict(standing.counted[0].elements) == {"e1": "present"}
    assert standing.rejected == ("3",)
    undone = client.post(f"{address}review/7(1)/", {"act": "undo"}, follow=True).content.decode()
    assert "has been taken back" in undone
    assert state_of(desk, address) == "unseen"
    assert "nothing-to-undo" in client.post(f"{address}review/7(1)/", {"act": "undo"}).content.decode()


def test_nothing_found_is_said_plainly_and_a_search_by_hand_keeps_what_is_written(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, text = begun(client)
    assert "No provision found that comes near." in page(client, f"{address}review/37(1)/")
    sent_back = client.post(
        f"{address}review/37(1)/",
        {"act": "find", "find": "vehicle BRIDGE", "remark": "Perhaps here.", "answer": "partly", "after": ""},
    ).content.decode()
    assert "Nobody leaves a <mark>vehicle</mark> on a <mark>bridge</mark>" in sent_back
    assert "Perhaps here." in sent_back
    assert re.search(r'value="partly" checked', sent_back)
    part = page(client, f"{address}search/?find=vehicle")
    assert f'value="{text}:0:5"' in part
    assert "No provision has all these words." in page(client, f"{address}search/?find=submarine")


def test_two_readers_who_differ_lose_nothing_and_one_of_them_settles_it(desk: Node) -> None:
    accounts.make_account("second", PASSWORD, name="Second Reader", authority="VNM/contact-point", roles=["assessor"])
    first, second = at_the_desk("assessor"), at_the_desk("second")
    address, text = begun(first)
    answer(first, address, answer="implemented", evidence=[f"{text}::2"])
    late = second.post(
        f"{address}review/7(1)/", {"act": "save", "after": "", "answer": "partly", "remark": "Only the half of it."}
    )
    shown = late.content.decode()
    assert "judged-meanwhile" in shown
    assert "Only the half of it." in shown
    assert "Mai Quỳnh Hoa" in shown
    assert "Only the half of it." in page(second, f"{address}review/7(1)/")
    assert "Readers differ." in answer(second, address, answer="partly", remark="Only the half of it.")
    assert state_of(desk, address) == "disputed"
    assert "1 on which readers differ" in page(first, address)
    settled = answer(first, address, answer="partly", remark="We agreed on it.", settles="yes")
    assert "Settled by Mai Quỳnh Hoa." in settled
    assert state_of(desk, address) == "partly"


def test_what_is_begun_is_kept_for_its_reader_alone_until_thrown_away(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, text = begun(client)
    kept = client.post(f"{address}review/7(1)/keep/", {"remark": "half", "evidence": f"{text}:0:2", "answer": ""})
    assert kept.status_code == 204
    assert re.search(rf'value="{text}:0:2" checked', page(client, f"{address}review/7(1)/"))
    assert "begun by you" in page(client, address)
    assert "half" not in page(at_the_desk("auditor"), f"{address}review/7(1)/")
    client.post(f"{address}review/7(1)/", {"act": "forget"})
    assert "You began this on" not in page(client, f"{address}review/7(1)/")
    assert state_of(desk, address) == "unseen"


def test_an_earlier_answer_is_laid_into_the_form_and_counts_once_saved(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, _ = begun(client)
    file = SimpleUploadedFile("b.csv", b"provision,answer,evidence\nbudapest:2,yes,Section 2 of the Act\n")
    assert (
        "1 earlier answer is offered" in client.post(f"{address}earlier/", {"file": file}, follow=True).content.decode()
    )
    assert "Answered before for a parallel clause" in page(client, f"{address}review/7(1)/")
    laid = page(client, f"{address}review/7(1)/?reuse=budapest:2")
    assert re.search(r'value="implemented" checked', laid)
    assert "Section 2 of the Act" in laid
    assert state_of(desk, address) == "unseen"
    saved = answer(client, address, answer="implemented", remark="Section 2.", reused_from="budapest:2")
    assert "confirmed from" in saved
    assert (
        "bad-earlier-answers"
        in client.post(f"{address}earlier/", {"file": SimpleUploadedFile("b.csv", b"nonsense")}).content.decode()
    )


def test_the_overview_chooses_and_the_review_walks_through_what_was_chosen(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, text = begun(client)
    answer(client, address, answer="implemented", evidence=[f"{text}::2"])
    chosen = page(client, f"{address}?chapter=II&force=shall&state=implemented")
    assert "review/7(1)/?chapter=II&amp;force=shall&amp;state=implemented" in chosen
    assert "review/8(1)/" not in chosen
    assert "Nothing fits what you chose." in page(client, f"{address}?q=no+such+thing")
    walked = page(client, f"{address}review/7(1)/?kind=offence&state=unseen")
    assert re.search(r'rel="next" href="[^"]*review/8[^"]*kind=offence', walked)
    assert "review/37(1)/?found=no" in page(client, f"{address}?found=no")
    assert "review/37(1)/" not in page(client, f"{address}?found=yes")
    onward = client.post(
        f"{address}review/7(2)/?kind=offence",
        {"act": "next", "after": "", "answer": "not-implemented", "remark": "Nothing on it."},
    )
    assert onward.headers["Location"] == f"{address}review/8(1)/?kind=offence"


def test_the_report_and_the_comparison_are_pages_and_files_in_both_languages(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, _ = begun(client)
    answer(client, address, answer="not-implemented", remark="Nothing on it.")
    assert "Gap report" in page(client, f"{address}report/")
    assert "bad-time" in client.get(f"{address}report/?on=yesterday").content.decode()
    named = address.split("/")[-2]
    both = f"?before={named}&from=2028-02-01&after={named}"
    for lang in ("en", "fr"):
        for name, start in (("gaps.csv", b"chapter,"), ("assessment.csv", b"provision,"), ("gaps.json", b"{")):
            assert client.get(f"{address}report/{lang}/{name}").content.startswith(start)
    assert client.get(f"{address}report/en/gap-report.docx").content.startswith(b"PK")
    assert client.get(f"{address}report/xx/gaps.csv").status_code == 404
    compared = page(client, f"/align/compare/{both}")
    assert "7(1)" in compared
    assert client.get(f"/align/compare/fr/comparison.csv{both}").content.startswith(b"provision,")


def test_texts_of_an_assessment_change_under_one_hand_at_a_time(desk: Node) -> None:
    client = at_the_desk("assessor")
    address, text = begun(client)
    other = imported(client, AMENDED)
    assert client.post(f"{address}texts/", {"text": [text, other], "version": "1"}).status_code == 302
    stale = client.post(f"{address}texts/", {"text": [text], "version": "1"}).content.decode()
    assert "changed-meanwhile" in stale
    assert len(assessments.held(desk, address.split("/")[-2]).texts) == 2


def test_the_pages_speak_french(desk: Node) -> None:
    client = at_the_desk("assessor", "fr")
    address, _ = begun(client)
    shown = page(client, f"{address}review/7(1)/")
    assert "Ce que dit le droit national" in shown
    assert "accès illégal" in shown
    assert "Vue d’ensemble" in page(client, address)


def test_every_concept_and_language_of_the_glossary_has_a_word() -> None:
    assert set(CONCEPTS) == set(glossaries.glossary("en").terms)
    assert glossaries.languages() - set(words.LANGUAGES) == set()
