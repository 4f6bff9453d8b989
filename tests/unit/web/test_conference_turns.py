"""Who is drawn first when everything changes at once: never the room's screen after three hundred phones."""

from contextlib import ExitStack

import pytest

from rogatory.web.conference.live import DRAWN_AT_ONCE, Watch
from rogatory.web.conference.phone import PHONE
from rogatory.web.conference.public import PUBLIC
from rogatory.web.conference.screen import SCREEN


def test_only_a_few_of_the_many_devices_are_drawn_at_once() -> None:
    watch = Watch()
    with ExitStack() as drawn:
        assert all(drawn.enter_context(watch.drawing(PHONE)) for _ in range(DRAWN_AT_ONCE))
        with watch.drawing(PHONE) as another, watch.drawing(PUBLIC) as reader:
            assert not another
            assert not reader
        with watch.drawing(PHONE) as still:  # whoever was sent away has taken nobody's place
            assert not still
    with watch.drawing(PHONE) as later:
        assert later


def test_the_screen_is_drawn_however_many_phones_are() -> None:
    watch = Watch()
    with ExitStack() as drawn:
        for _ in range(DRAWN_AT_ONCE):
            drawn.enter_context(watch.drawing(PHONE))
        with watch.drawing(SCREEN) as screen, watch.drawing(None) as unknown:
            assert screen
            assert unknown


def test_a_place_is_free_again_when_the_drawing_failed() -> None:
    watch = Watch()
    for _ in range(DRAWN_AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), watch.drawing(PHONE) as now:
            assert now
            1 / 0  # noqa: B018 (any failure)
