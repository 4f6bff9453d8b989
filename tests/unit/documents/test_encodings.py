"""Old encodings: read right, or refused, never read wrong."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.documents import encodings
from rogatory.documents.limits import DocumentEncoding

TEXTS = {
    "es": "Artículo 2. El que, sin derecho, entre en la máquina de otro será castigado con pena de prisión; ¿y el niño?\n",
    "pt": "Art. 1º Esta Lei protege os dados e quem os guarda; não há crime sem lei, nem punição às ações lícitas.\n",
    "fr": "Le fait d'entrer dans la machine d'autrui est puni d'un an d'emprisonnement, là où ça gêne l'œil du maître.\n",
    "it": "Chiunque è colto nella macchina altrui è punito, perché la legge così vuole e la città è più sicura.\n",
    "de": "Wer fremde Geräte öffnet, wird mit Geldstrafe bestraft; das Nähere regelt die Verordnung über Maß und Größe.\n",
    "pl": "Kto bez uprawnienia wchodzi do cudzego urządzenia, podlega karze; ściganie następuje na wniosek, chyba że żądał.\n",
    "tr": "Başkasının makinesine izinsiz giren kişiye hapis cezası verilir; ağır hâllerde ceza yarı oranında artırılır, şikâyet aranır.\n",
    "hu": "Aki más gépébe jogosulatlanul belép, büntetendő; a bíróság elrendelheti az őrzést és a zár alá vételt.\n",
    "ru": "Вход без права в чужую машину наказывается штрафом, а повлекший потерю данных - лишением свободы.\n",
    "ar": "يعاقب بالغرامة كل من دخل بغير حق آلة غيره، وتكون العقوبة الحبس إذا ضاعت بيانات أو بيعت.\n",
    "zh": "无权进入他人机器的，处罚金；造成数据丢失的，处二年以下有期徒刑。法院可以命令将数据保存九十日。\n",
}


@pytest.mark.parametrize(
    ("lang", "coding"),
    [
        ("es", "cp1252"), ("pt", "cp1252"), ("fr", "cp1252"), ("it", "cp1252"), ("de", "cp1252"),
        ("pl", "cp1250"), ("pl", "iso8859-2"), ("hu", "cp1250"), ("tr", "cp1254"),
        ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5"), ("ru", "utf-16-be"),
        ("ar", "cp1256"), ("ar", "utf-16-le"), ("ar", "utf-16"), ("zh", "gb18030"), ("zh", "utf-16-le"),
    ],
)  # fmt: skip
def test_a_law_in_an_old_encoding_is_read_right(lang: str, coding: str) -> None:
    text = TEXTS[lang] * 5
    assert encodings.decoded(text.encode(coding)) == text


def test_vietnamese_of_the_windows_code_page_is_read_with_its_marks() -> None:
    text = "Người nào vào máy của người khác trái phép thì bị phạt tiền hoặc phạt tù từ một năm.\n" * 5
    # The code page has the marks of tone apart from their letters.
    apart = "".join(
        sign if len(unicodedata.normalize("NFD", sign)) < 2 or sign in "ăâđêôơưĂÂĐÊÔƠƯ" else _tone_apart(sign)
        for sign in text
    )
    assert encodings.decoded(apart.encode("cp1258")) == text


def _tone_apart(sign: str) -> str:
    letter, *marks = unicodedata.normalize("NFD", sign)
    tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
    return unicodedata.normalize("NFC", letter + "".join(mark for mark in marks if mark != tone)) + tone


def test_a_page_that_calls_itself_latin_1_means_the_windows_code_page() -> None:
    assert encodings.decoded(b"the \x93tide\x94", declared="ISO-8859-1") == "the “tide”"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 500, b"\xff\xfe\x00\xd8" * 10])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentEncoding):
        encodings.decoded(data)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=80))
def test_utf_8_is_always_itself(text: str) -> None:
    assert encodings.decoded(text.encode()) == text.removeprefix("\ufeff")
