"""The loader refuses whatever is not exactly right, and names the file and the line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rogatory.law.loader import read_law
from rogatory.law.sentences import BadSentence, read_sentences
from rogatory.law.tables import BadLawFile

INSTRUMENT = """\
id = "uncc"
name = { en = "Treaty", fr = "Traité" }
short = { en = "Treaty", fr = "Traité" }
adopted = 2024-12-24
articles = 68
languages = ["en"]

[clause]
threshold = 2
counts = ["ratification"]
delay = { kind = "days-after", number = 90 }
late = { kind = "days-after", number = 30 }
leaving = { kind = "years-after", number = 1 }
cite = ["65(1)", "65(2)"]
checked = { how = "text", certainty = "high" }

[[measure]]
id = "preservation"
provision = "42(1)"
name = { en = "Preservation", fr = "Conservation" }
serves = { en = "Serves.", fr = "Sert." }
form = ["authority"]
"""

ARTICLE = """\
article = "42"
title = { en = "Preservation", fr = "Conservation" }

[[provision]]
number = "42(1)"
who = "requesting"
force = "may"
kind = "power"
what.en = "One may ask."
what.fr = "On peut demander."
checked = { how = "text", certainty = "high" }
measures = ["preservation"]
cross = ["42(2)"]

[[provision.field]]
key = "authority"
type = "text"
label = { en = "Authority", fr = "Autorité" }

[[provision]]
number = "42(2)"
who = "requested"
force = "shall"
kind = "period"
what.en = "Some days."
what.fr = "Quelques jours."
checked = { how = "parallel", certainty = "high" }
values = [{ from = 2024-12-24, days = 60 }, { from = 2030-01-01, days = 75 }]
"""

NOTICE = '{ by = "every-party", to = "depositary", when = "undated" }'
ELEMENT = '{ kind = "conduct", what = { en = "Access.", fr = "Accéder." } }'
EXCLUSION = '{ by = "treaty", what = { en = "Tests.", fr = "Essais." } }'
OPTION = '{ effect = "narrows", kind = "result", what = { en = "Harm.", fr = "Un dommage." } }'
CHAPTERS = """
[[chapter]]
number = "I"
name = { en = "First", fr = "Premier" }
first = 1
last = 41

[[chapter]]
number = "II"
name = { en = "Second", fr = "Second" }
first = 42
last = 68
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(article: str = ARTICLE, instrument: str = INSTRUMENT, file: str = "article-042.toml") -> Path:
        folder = tmp_path / "uncc"
        folder.mkdir()
        (folder / "instrument.toml").write_text(instrument, "utf-8")
        (folder / file).write_text(article, "utf-8")
        return tmp_path

    return _write


def test_a_well_formed_folder_loads(write: Write) -> None:
    law = read_law(write())
    assert [provision.number for provision in law.provisions("uncc")] == ["42(1)", "42(2)"]
    assert [field.key for field in law.form("preservation").fields] == ["authority"]


def test_a_value_that_changes_holds_from_its_day(write: Write) -> None:
    law = read_law(write())
    assert law.value("uncc", "42(2)", "days", on=date(2029, 12, 31)) == 60
    assert law.value("uncc", "42(2)", "days", on=date(2030, 1, 1)) == 75


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ('kind = "power"', 'kind = "power"\ncolour = "red"', "article-042.toml:9", "colour is not a key"),
        ('kind = "power"', 'kind = "power"\nkind = "duty"', "article-042.toml:9", "Cannot overwrite"),
        ('force = "may"', 'force = "must"', "article-042.toml:7", "must be one of shall"),
        ('force = "shall"', 'force = "ought"', "article-042.toml:23", "must be one of shall"),
        ('who = "requested"\n', "", "article-042.toml:21", "who is missing"),
        ('number = "42(2)"', 'number = "42(1)"', "article-042.toml:21", "stands twice"),
        ('number = "42(2)"', 'number = "43(2)"', "article-042.toml:21", "not a number of article 42"),
        ('cross = ["42(2)"]', 'cross = ["42(7)"]', "article-042.toml:13", "42(7) is not a provision"),
        ('type = "text"', 'type = "text"\nnotified = "42(7)"', "article-042.toml:18", "42(7) is not a provision"),
        ('cross = ["42(2)"]', 'parallels = ["budapest:29"]', "article-042.toml:13", "does not name a provision"),
        ('cross = ["42(2)"]', 'parallels = ["uncc:69"]', "article-042.toml:13", "does not have"),
        ('measures = ["preservation"]', 'measures = ["espionage"]', "article-042.toml:12", "not a measure"),
        ("from = 2030-01-01", "from = 2020-01-01", "article-042.toml:28", "order of their days"),
        ("from = 2030-01-01", 'from = "2030-01-01"', "article-042.toml:28", "without quotation marks"),
        ("days = 60", 'days = "sixty"', "article-042.toml:28", "whole number"),
        ('what.fr = "On peut demander."\n', "", "article-042.toml", "fr is missing"),
        ('type = "text"', 'type = "choice"', "article-042.toml", "a choice has options"),
        ('type = "text"', 'type = "text"\nlenght = 3', "article-042.toml:18", "lenght is not a key"),
        ('key = "authority"', 'key = "other"', "form of preservation", "but not in both"),
        ('article = "42"', 'article = "41"', "article-042.toml", "must stand in article-041.toml"),
        ('who = "requesting"', "who = requesting", "article-042.toml:6", "Invalid value"),
        ('kind = "power"', 'kind = "notice"', "article-042.toml:8", "a notice says who tells whom"),
        ('cross = ["42(2)"]', f"notice = {NOTICE}", "article-042.toml:13", "notice can only hang on"),
        ('cross = ["42(2)"]', "dates = { closes = 2026 }", "article-042.toml:13", "closes must be a day"),
        ('cross = ["42(2)"]', f"element = [{ELEMENT}]", "article-042.toml:13", "element can only hang on"),
        ('cross = ["42(2)"]', f"exclusion = [{EXCLUSION}]", "article-042.toml:13", "exclusion can only hang on"),
        ('cross = ["42(2)"]', f"option = [{OPTION}]", "article-042.toml:13", "option can only hang on"),
    ],
)
def test_what_is_not_right_is_refused_with_file_and_line(
    write: Write, old: str, new: str, where: str, message: str
) -> None:
    assert old in ARTICLE
    with pytest.raises(BadLawFile) as caught:
        read_law(write(ARTICLE.replace(old, new, 1)))
    assert where in str(caught.value.where)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "uncc"', 'id = "other"', "the name of the folder"),
        ("threshold = 2", "threshold = 2\nquorum = 3", "quorum is not a key"),
        ('kind = "days-after", number = 90', 'kind = "weeks-after", number = 90', "must be one of"),
        ('provision = "42(1)"', 'provision = "42(9)"', "42(9) is not a provision"),
        ("adopted = 2024-12-24", "adopted = 2024-12-24T00:00:00Z", "must be a day"),
        ('form = ["authority"]', 'form = ["authority", "authority"]', "names something twice"),
    ],
)
def test_an_instrument_that_is_not_right_is_refused(write: Write, old: str, new: str, message: str) -> None:
    assert old in INSTRUMENT
    with pytest.raises(BadLawFile) as caught:
        read_law(write(instrument=INSTRUMENT.replace(old, new, 1)))
    assert message in caught.value.message
    assert "uncc/instrument.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "key", "old", "new", "message"),
    [
        ("offence", f"element = [{ELEMENT}]", '"conduct"', '"behaviour"', "must be one of conduct"),
        ("offence", f"element = [{ELEMENT}]", '{ kind = "conduct"', '{ weight = 1, kind = "conduct"', "weight is not"),
        ("offence", f"element = [{ELEMENT}]", ', fr = "Accéder."', "", "fr is missing"),
        ("option", f"option = [{OPTION}]", '"narrows"', '"bends"', "must be one of narrows"),
        ("option", f"option = [{OPTION}]", 'kind = "result", ', "", "kind is missing"),
        ("option", f"exclusion = [{EXCLUSION}]", '"treaty"', '"custom"', "must be one of treaty"),
        ("reservation", f"exclusion = [{EXCLUSION}]", "{ by", "{ until = 3, by", "until is not a key"),
        ("notice", f"notice = {NOTICE}", '"depositary"', '"press"', "must be one of depositary"),
        ("notice", f"notice = {NOTICE}", '"undated"', '"soon"', "must be one of with-instrument"),
        ("notice", f"notice = {NOTICE}", "{ by", "{ about = 3, by", "about is not a key"),
    ],
)
def test_what_hangs_on_a_provision_is_read_as_strictly(
    write: Write, kind: str, key: str, old: str, new: str, message: str
) -> None:
    assert old in key
    article = ARTICLE.replace('kind = "power"', f'kind = "{kind}"').replace('cross = ["42(2)"]', key.replace(old, new))
    with pytest.raises(BadLawFile, match=message) as caught:
        read_law(write(article))
    assert "article-042.toml" in str(caught.value.where)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("offence", f"element = [{ELEMENT}]\noption = [{OPTION}]\nexclusion = [{EXCLUSION}]"),
        ("reservation", f"exclusion = [{EXCLUSION}]"),
        ("notice", f"notice = {NOTICE}\ndates = {{ closes = 2026-12-31 }}"),
    ],
)
def test_what_hangs_on_a_provision_loads(write: Write, kind: str, key: str) -> None:
    article = ARTICLE.replace('kind = "power"', f'kind = "{kind}"').replace('cross = ["42(2)"]', key)
    found = read_law(write(article)).provision("uncc", "42(1)")
    assert found.elements or found.exclusions or (found.notice and found.dates["closes"] == date(2026, 12, 31))


def test_chapters_share_out_the_articles(write: Write) -> None:
    law = read_law(write(instrument=INSTRUMENT + CHAPTERS))
    assert [chapter.number for chapter in law.instrument("uncc").chapters] == ["I", "II"]


@pytest.mark.parametrize(
    "change", [("first = 42", "first = 43"), ("last = 68", "last = 67"), ("first = 1", "first = 2")]
)
def test_chapters_that_leave_an_article_out_are_refused(write: Write, change: tuple[str, str]) -> None:
    with pytest.raises(BadLawFile, match="share out articles 1 to 68"):
        read_law(write(instrument=INSTRUMENT + CHAPTERS.replace(*change)))


def test_one_provision_in_two_files_is_refused(write: Write) -> None:
    folder = write()
    (folder / "uncc/article-041.toml").write_text(ARTICLE.replace('"42"', '"41"'), "utf-8")
    with pytest.raises(BadLawFile, match="not a number of article 41"):
        read_law(folder)


def test_a_file_without_bounds_is_refused(write: Write) -> None:
    with pytest.raises(BadLawFile, match="limit"):
        read_law(write(ARTICLE + "#" * 2_000_001))


def test_a_sentence_must_fill_the_same_places_in_both_languages() -> None:
    with pytest.raises(BadSentence, match="other places"):
        read_sentences('[hello]\nen = "Hello {name}"\nfr = "Bonjour {nom}"\n', where="x.toml")


def test_a_sentence_without_one_of_its_languages_is_refused() -> None:
    with pytest.raises(BadSentence, match="exactly"):
        read_sentences('[hello]\nen = "Hello"\n', where="x.toml")


def test_a_sentence_that_does_not_exist_or_is_not_filled_is_refused() -> None:
    sentences = read_sentences('[hello]\nen = "Hello {name}"\nfr = "Bonjour {name}"\n', where="x.toml")
    assert sentences.say("hello", name="Linh").fr == "Bonjour Linh"
    with pytest.raises(BadSentence, match="no sentence"):
        sentences.say("bye")
    with pytest.raises(BadSentence, match="nothing fills"):
        sentences.say("hello")
