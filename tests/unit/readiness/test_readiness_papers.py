"""The papers of a State on its way: what they say, what they lack, and what stands on the cover sheet alone."""

from datetime import timedelta
from typing import Any

import pytest
from tests.support.readying import LAW, SIGNATORY, STRANGER, TODAY, given, papers, said, status

from rogatory.law.words import Words
from rogatory.readiness import catalogue, consent
from rogatory.readiness.choosing import read_choices
from rogatory.readiness.consent import WrongManner, require_manner
from rogatory.readiness.papers.cover import cover
from rogatory.readiness.papers.drafts import drafting_of, paper, require_ready
from rogatory.readiness.papers.model import ChoicesMissing, Paper, UnknownPaper

MINISTER = {"name": "Ada Sample", "title": "Minister", "office": "minister-of-foreign-affairs"}
AMBASSADOR = {"name": "Bo Sample", "title": "Ambassador", "office": "other"}


def places(one: Paper) -> list[str]:
    return [lack.place for lack in one.missing]


def cover_of(*chosen: Paper, **changes: Any) -> Paper:
    choices = read_choices(given(**changes), law=LAW)
    return cover(drafting_of(LAW, status(), SIGNATORY, choices, TODAY), chosen)


def test_every_notice_of_the_law_is_a_letter_ready_to_sign_in_both_languages() -> None:
    found = papers()
    letters = [one for one in found.values() if one.kind == "notice"]
    owed = [one.number for one in catalogue.notices(LAW) if one.by != "regional-organisation"]
    assert [one.provision for one in letters] == owed
    assert [one.id for one in letters if not one.ready] == []
    for one in letters:
        assert "Secretary-General" in said(one)
        assert "Secrétaire général" in said(one, "fr")
        assert one.value
        assert not set("{}") & set(said(one) + said(one, "fr"))


@pytest.mark.parametrize(
    ("left_out", "paper_id", "place"),
    [
        ("manner", "instrument", "manner"),
        ("name", "notice-40(12)", "name"),
        ("signer", "instrument", "signer.name"),
        ("ministry", "notice-50(5)", "ministry"),
        ("mission", "transmittal", "mission"),
        ("languages", "notice-40(13)", "languages"),
        ("treaty_dependent", "notice-37(6)(a)", "treaty_dependent"),
        ("takes_as_basis", "notice-37(6)(a)", "takes_as_basis"),
        ("laws", "notice-17(2)(d)", "laws"),
        ("authorities", "notice-53(7)", "authorities"),
    ],
)
def test_what_is_not_decided_is_named_and_stops_the_paper(left_out: str, paper_id: str, place: str) -> None:
    changes: dict[str, Any] = {left_out: None}
    one = papers(**changes)[paper_id]
    assert place in places(one)
    with pytest.raises(ChoicesMissing) as caught:
        require_ready(one)
    assert place in caught.value.message
    assert require_ready(papers()[paper_id]).ready


def test_a_contact_point_is_called_reachable_at_any_hour_only_when_its_plan_says_so() -> None:
    reachable = "at any hour of any day"
    assert reachable in said(papers()["notice-41(2)"])
    bodies = given()["authorities"]
    bodies[3]["staffed"] = bodies[3]["staffed"][:1]
    thin = papers(authorities=bodies)["notice-41(2)"]
    assert [lack.what.en for lack in thin.missing] == [
        "a staffing plan of 24/7 contact point for all hours of the week: 84 of 168 are covered"
    ]


def test_a_state_that_extradites_by_its_law_owes_no_notice_about_a_treaty_basis() -> None:
    assert "notice-37(6)(a)" not in papers(treaty_dependent=False)
    assert papers(takes_as_basis=False)["notice-37(6)(a)"].value == "no"
    assert "does not take the Convention" in said(papers(takes_as_basis=False)["notice-37(6)(a)"])


@pytest.mark.parametrize(
    ("manner", "english", "french"),
    [
        ("ratification", "ratifies it", "la ratifie"),
        ("acceptance", "accepts it", "l’accepte"),
        ("approval", "approves it", "l’approuve"),
    ],
)
def test_the_instrument_says_what_was_adopted_signed_and_how_the_state_consents(
    manner: str, english: str, french: str
) -> None:
    one = papers(manner=manner)["instrument"]
    assert one.action == manner
    assert english in said(one)
    assert french in said(one, "fr")
    assert "24 December 2024" in said(one)
    assert "signed on behalf of the Republic of Examplia on 25 October 2025" in said(one)
    assert "ministre des affaires étrangères de la République d’Examplie" in said(one, "fr")


def test_who_did_not_sign_in_time_accedes_and_who_signed_does_not() -> None:
    closes = LAW.provision("uncc", "64(1)").dates["signature-closes"]
    late = closes + timedelta(days=1)
    acceding = papers(STRANGER, late, manner="accession")["instrument"]
    assert (acceding.ready, acceding.provision) == (True, "64(4)")
    assert "signed on behalf" not in said(acceding)
    assert "manner" not in places(papers(STRANGER, closes)["instrument"])
    assert "manner" in places(papers(STRANGER, late)["instrument"])
    assert "manner" in places(papers(SIGNATORY, manner="accession")["instrument"])
    for state, manner, on in ((SIGNATORY, "accession", TODAY), (STRANGER, "approval", late)):
        with pytest.raises(WrongManner):
            require_manner(manner, consent.signing(LAW, status(), state, on), on)


def test_full_powers_are_drafted_only_where_no_high_office_signs() -> None:
    assert not [one for one in papers() if one.startswith("full-powers")]
    found = papers(signer=AMBASSADOR, grantor=MINISTER)
    assert found["full-powers"].ready
    assert "to sign the instrument of ratification" in said(found["full-powers"])
    assert "grantor.name" in places(papers(signer=AMBASSADOR)["full-powers"])
    assert "grantor.office" in places(papers(signer=AMBASSADOR, grantor=AMBASSADOR)["full-powers"])
    unsigned = papers(STRANGER, grantor=MINISTER, plenipotentiary={"name": "Bo Sample", "title": "Ambassador"})
    assert "to sign the United Nations Convention" in said(unsigned["full-powers-signature"])


def test_each_reservation_by_name_has_its_usual_text_or_asks_for_one() -> None:
    offers = [one.provision for one in catalogue.offers(LAW)]
    found = papers(statements=[{"kind": "reservation", "provision": number} for number in offers])
    for number in offers:
        one = found[f"reservation-{number}"]
        assert one.ready or [lack.what.en for lack in one.missing] == [f"the text of what is said about {number}"]
        assert not [remark for remark in one.remarks if remark.kind == "unnamed"]
    # Only its text can name the offences that 23(3)(a) asks for.
    assert [number for number in offers if not found[f"reservation-{number}"].ready] == ["23(3)(a)"]
    assert said(found["reservation-63(3)"]).count("not bound by article 63, paragraph 2") == 1


def test_another_reservation_asks_to_be_justified_and_is_marked() -> None:
    wanted = {"kind": "reservation", "provision": "14", "text": "We reserve this."}
    assert places(papers(statements=[wanted])["reservation-14"]) == ["statements[1].justification"]
    one = papers(statements=[{**wanted, "justification": "Our constitution."}])["reservation-14"]
    assert one.ready
    remarks = [remark.text.en for remark in one.remarks if remark.kind == "unnamed"]
    assert len(remarks) == 1
    assert "Our constitution." in remarks[0]
    assert "Our constitution." not in said(one)


def test_reservations_stand_in_the_instrument_and_what_they_lack_stops_it() -> None:
    assert "not bound by article 63, paragraph 2" in said(papers()["instrument"])
    open_one = {"kind": "reservation", "provision": "23(3)(a)"}
    assert "statements[1].text" in places(papers(statements=[open_one])["instrument"])


def test_what_is_not_sure_stands_on_the_cover_sheet_and_in_no_letter() -> None:
    found = papers()
    for one in (one for one in found.values() if one.certainty != "high"):
        checked = LAW.provision("uncc", one.provision).checked.words
        assert checked.en in said(cover_of(one))
        assert checked.fr in said(cover_of(one), "fr")
        assert checked.en not in said(one)
    assert {one.provision for one in found.values() if one.certainty != "high"} >= {"41(2)", "53(7)"}


def test_the_cover_sheet_names_what_is_missing_and_what_is_in_one_language() -> None:
    text = said(cover_of(*papers(ministry=None).values(), ministry=None), "fr")
    assert "le ministère qui écrit" in text
    assert "laws[1].title" in text


def test_a_regional_organisation_declares_its_competence_with_the_manner_it_chose() -> None:
    found = papers("EUE", competence="What its members gave it.")
    assert found["notice-64(3)"].ready
    assert "What its members gave it." in said(found["notice-64(3)"])
    assert "notice-64(4)" not in found
    assert "competence" in places(papers("EUE")["notice-64(3)"])
    assert "notice-64(3)" not in papers()


def test_a_paper_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownPaper):
        paper(papers().values(), "notice-99")


def test_a_text_in_one_language_is_printed_in_both_and_said_so() -> None:
    one = papers(place="Portville")["instrument"]
    assert one.done == Words(
        "Done at Portville, on ______________________", "Fait à Portville, le ______________________"
    )
