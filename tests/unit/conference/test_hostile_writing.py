"""What somebody writes to drive a terminal, to turn the reading order, or to stop a reader or keep it busy."""

from dataclasses import replace

import pytest
from tests.support import meetings as played
from tests.support.recorded_meeting import signed

from rogatory.conference.counting import thresholds
from rogatory.conference.counting.thresholds import BadShare
from rogatory.conference.record.verify import verify
from rogatory.conference.rulebook import lint, loader, options
from rogatory.conference.rulebook.loader import BadRulebook

DRAFT = loader.delivered_text("hanoi-draft")


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x00", "\r", "\x9b31m", "\u202e", "\u2066", "\ud800"])
def test_a_text_that_drives_a_terminal_or_turns_the_reading_order_is_refused(sign: str) -> None:
    table = played.debating()
    table.refused("bad-conference-event", "S02", "point-raised", text=f"in favour {sign}fo tuo")
    table.do("S02", "point-raised", text="L’interprétation\ns’est arrêtée; توقفت الترجمة")


def test_a_rulebook_of_very_many_answers_is_tried_with_a_bounded_number_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = next(iter(loader.delivered("hanoi-draft").rules))
    more = "".join(
        f'[[option]]\nid = "more-{number}"\nquestion = {{ en = "?", fr = "?" }}\nrule = "{rule}"\n'
        + "".join(
            f'[[option.choice]]\nid = "c{choice}"\nname = {{ en = "a", fr = "a" }}\ndefault = {str(not choice).lower()}\n'
            for choice in range(20)
        )
        for number in range(options.MAX_OPTIONS - len(loader.Opened(DRAFT, name="x").options))
    )
    monkeypatch.setattr(lint, "MAX_TRIED", 8)
    report = lint.lint(DRAFT + more, name="x")
    assert report.tried == 8 < report.combinations


def test_the_rulebooks_that_come_with_the_program_are_tried_as_far_as_they_ask() -> None:
    for name in loader.DELIVERED:
        opened = loader.Opened(loader.delivered_text(name), name=name)
        assert len(list(options.combinations(opened.options, limit=lint.MAX_COMBINATIONS))) <= lint.MAX_TRIED


@pytest.mark.parametrize("text", ["format = " + "9" * 5_000, "format = " + "[" * 50_000, "a" + ".a" * 50_000 + " = 1"])
def test_what_no_reader_can_take_in_is_refused_and_stops_nothing(text: str) -> None:
    with pytest.raises(BadRulebook):
        loader.read(text, name="x")


@pytest.mark.parametrize("choices", [[1], "observers=open", 7, {"observers": {}}, {"nothing": "x"}, {"observers": 1}])
def test_a_record_whose_choices_are_none_fails_the_check_and_does_not_stop_it(choices: object) -> None:
    first = played.first()
    book = {"toml": DRAFT, "choices": choices}
    lines = signed([replace(first, body={**first.body, "rulebook": book})], meeting="COP-1")
    (failed,) = verify(lines).failures
    assert (failed.number, failed.entry) == (5, 1)


@pytest.mark.parametrize("share", ["9" * 5_000, "9" * 5_000 + "/1", "1/" + "9" * 5_000, "²/³", "٢/٣"])
def test_a_share_that_is_no_small_fraction_is_refused(share: str) -> None:
    with pytest.raises(BadShare) as refused:
        thresholds.share(share)
    assert len(refused.value.message) < 200
