"""Arabic on a page: fonts that draw the dots of a letter by themselves, and signs whose box is that of their ink."""

from importlib.util import find_spec
from pathlib import Path

import pytest
import typst

from rogatory.documents import reading, rightleft
from rogatory.documents.rightleft import Sign

TEXT = "يعاقب بالغرامة كل من دخل بغير حق آلة غيره، وتكون العقوبة الحبس إذا ضاعت بيانات في نظام آخر."


def sign(place: int, text: str, left: float, width: float, middle: float, height: float = 11.0) -> Sign:
    return Sign(place, text, left, left + width, middle - height / 2, middle + height / 2)


def test_a_letter_and_its_dots_are_one_letter() -> None:
    body, dots = sign(1, "ت", 100, 8, 700), sign(0, "ت", 102, 3, 703, 1.2)
    next_line, beside = sign(2, "ت", 101, 4, 680), sign(3, "ت", 108, 8, 700)
    assert [one.place for one in rightleft.without_dots([dots, body, next_line, beside])] == [1, 2, 3]


def test_a_sign_with_the_box_of_its_ink_stays_in_its_line() -> None:
    first = [sign(place, "ب", 100 + 10 * place, 9, 700) for place in range(3)]
    second = [sign(place, "ب", 100 + 10 * place, 9, 686) for place in range(3, 6)]
    mark, low = sign(6, "\u064f", 104, 2, 706, 1.5), sign(7, "\u0650", 134, 2, 681, 1.5)
    assert [{one.place for one in row} for row in rightleft.rows([*second, mark, *first, low])] == [
        {0, 1, 2, 6},
        {3, 4, 5, 7},
    ]


@pytest.mark.parametrize(("package", "face"), [("fontpkg_noto_sans_arabic", "Noto Sans Arabic"), ("", "DejaVu Sans")])
def test_a_typeset_page_gives_its_words_back(package: str, face: str) -> None:
    found = find_spec(package) if package else None
    if package and (found is None or found.origin is None):
        pytest.skip(f"the font {face} is not installed ({package})")
    fonts = [str(Path(found.origin).parent)] if found is not None and found.origin else []
    page: bytes = typst.compile(f'#set text(lang: "ar", font: "{face}")\n#"{TEXT}"'.encode(), font_paths=fonts)
    words = " ".join(block.text for block in reading.read(page, name="a.pdf").blocks).split()
    assert words == TEXT.split()
