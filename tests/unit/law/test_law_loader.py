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
