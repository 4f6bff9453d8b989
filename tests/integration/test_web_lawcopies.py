"""Official copies at the desk: differences before anything is kept, texts beside our words, comparisons, removal."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support import official_texts as texts
from tests.support.desk import at_the_desk

from rogatory.documents.limits import MAX_BYTES
from rogatory.node.context import Node
from rogatory.node.people import Actor


def uploaded(lang: str = "ar", *, left_out: str = "42(9)", name: str = "copy.txt") -> dict[str, object]:
    text = texts.plain(texts.without(texts.parts("uncc", lang), left_out))
    return {"file": SimpleUploadedFile(name, text.encode()), "instrument": "uncc", "lang": lang}


def carried(page: str) -> str:
    found = re.search(r'name="carried" value="([^"]+)"', page)
    assert found
    return found[1]


def load(client: Client, lang: str = "ar") -> None:
    shown = client.post("/law/copies/", uploaded(lang)).content.decode()
    assert client.post("/law/copies/take/", {"carried": carried(shown)}).status_code == 302


def test_differences_are_shown_before_anything_is_kept(desk: Node) -> None:
    client = at_the_desk("administrator")
    assert "No official copy has been loaded yet" in client.get("/law/copies/").content.decode()
    shown = client.post("/law/copies/", uploaded())
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "in our data, not in the copy" in page
    assert "/law/uncc/42(9)/" in page
    assert desk.stores.official.digests() == {}
    taken = client.post("/law/copies/take/", {"carried": carried(page)}, follow=True)
    assert "The copy has been loaded" in taken.content.decode()
    assert list(desk.stores.official.digests()) == [("uncc", "ar")]
    again = client.post("/law/copies/", uploaded()).content.decode()
    assert "would take the place" in again


def test_what_was_shown_cannot_be_changed_on_its_way_back(desk: Node) -> None:
    client = at_the_desk("administrator")
    shown = carried(client.post("/law/copies/", uploaded()).content.decode())
    for spoilt in (shown[:-3] + "abc", "", "x:y:z", "a" + shown):
        refused = client.post("/law/copies/take/", {"carried": spoilt})
        assert (refused.status_code, "copy-not-shown" in refused.content.decode()) == (400, True)
    assert desk.stores.official.digests() == {}


def test_only_an_administrator_loads_and_removes(desk: Node) -> None:
    administrator, drafter = at_the_desk("administrator"), at_the_desk("drafter")
    assert drafter.post("/law/copies/", uploaded()).status_code == 403
    shown = carried(administrator.post("/law/copies/", uploaded()).content.decode())
    assert drafter.post("/law/copies/take/", {"carried": shown}).status_code == 403
    load(administrator)
    assert 'name="file"' not in drafter.get("/law/copies/").content.decode()
    assert drafter.post("/law/copies/uncc/ar/remove/", {"confirm": "yes"}).status_code == 403
    assert administrator.post("/law/copies/uncc/ar/remove/").status_code == 400
    assert administrator.post("/law/copies/uncc/ar/remove/", {"confirm": "yes"}).status_code == 302
    assert drafter.get("/law/copies/uncc/ar/").status_code == 404
    assert Client().get("/law/copies/").status_code == 302


def test_the_text_stands_beside_our_words_in_its_own_direction(desk: Node) -> None:
    administrator, drafter = at_the_desk("administrator"), at_the_desk("drafter")
    assert 'class="official"' not in drafter.get("/law/uncc/42(8)/").content.decode()
    load(administrator)
    page = drafter.get("/law/uncc/42(8)/").content.decode()
    assert '<div lang="ar" dir="rtl">' in page
    assert texts.SENTENCES["ar"].rstrip(".") in page
    assert texts.SENTENCES["ar"].rstrip(".") in drafter.get("/law/uncc/42/").content.decode()
    drafter.post("/i18n/setlang/", {"language": "fr"})
    assert "Le texte officiel" in drafter.get("/law/uncc/42(8)/").content.decode()


def test_a_comparison_is_recorded_at_the_provision(desk: Node, people: dict[str, Actor]) -> None:
    load(at_the_desk("administrator"))
    client = at_the_desk("approver")
    refused = client.post("/law/uncc/42(8)/compared/", {"lang": "ar", "verdict": "differs"})
    assert (refused.status_code, "bad-comparison" in refused.content.decode()) == (400, True)
    note = {"lang": "ar", "verdict": "differs", "note": "<b>ninety</b>"}
    assert client.post("/law/uncc/42(8)/compared/", note).status_code == 302
    page = client.get("/law/uncc/42(8)/").content.decode()
    assert people["approver"].name in page
    assert "&lt;b&gt;ninety&lt;/b&gt;" in page
    assert people["approver"].name in client.get("/law/copies/uncc/ar/").content.decode()


def test_a_bad_copy_is_refused_in_words_and_nothing_is_kept(desk: Node) -> None:
    client = at_the_desk("administrator")
    other = texts.plain(texts.parts("untoc", "en")).encode()
    for data, name, lang, code in [
        (other, "a.txt", "en", "copy-other-instrument"),
        (other, "a.txt", "fr", "copy-other-language"),
        (b"%PDF-1.4", "a.pdf", "en", "document-damaged"),
        (b"words", "a.txt", "", "copy-other-language"),
    ]:
        form = {"file": SimpleUploadedFile(name, data), "instrument": "uncc", "lang": lang}
        refused = client.post("/law/copies/", form)
        assert (refused.status_code, code in refused.content.decode()) == (400, True), code
    assert client.post("/law/copies/", {"instrument": "uncc", "lang": "en"}).status_code == 400
    assert desk.stores.official.digests() == {}


def test_a_body_beyond_the_limit_is_refused_before_it_is_received(desk: Node) -> None:
    client = at_the_desk("administrator")
    refused = client.post("/law/copies/", uploaded(), CONTENT_LENGTH=str(MAX_BYTES * 25))
    assert (refused.status_code, "document-too-large" in refused.content.decode()) == (400, True)


def test_the_form_is_guarded_against_other_sites(desk: Node) -> None:
    client = at_the_desk("administrator", csrf=True)
    assert client.post("/law/copies/", uploaded()).status_code == 403
    assert client.post("/law/copies/take/", {"carried": "x"}).status_code == 403
