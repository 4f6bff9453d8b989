"""What somebody writes to drive a terminal, to turn the reading order, or to keep the check of a rulebook busy."""

import pytest
from tests.support import meetings as played

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
