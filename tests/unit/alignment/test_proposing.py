"""Which provisions of an invented law are proposed for which article, and why."""

from dataclasses import replace

import pytest

from rogatory.alignment.national.model import NationalProvision, NationalText, Passage
from rogatory.alignment.obligations import UnknownObligation, articles, obligations
from rogatory.alignment.proposing.model import Proposals
from rogatory.alignment.proposing.ranking import Ranker, propose
from rogatory.law.loader import load_law

LAW = load_law()


def provision(
    number: str, heading: str, *passages: str, above: tuple[str, ...] = ("Part II. Offences",)
) -> NationalProvision:
    """A provision of an invented law."""
    return NationalProvision(
        key=number,
        number=number,
        label=f"{number}.",
        heading=heading,
        passages=tuple(Passage(number=str(place), text=text) for place, text in enumerate(passages, 1)),
        above=above,
    )


def text(*provisions: NationalProvision, lang: str = "en") -> NationalText:
    """An invented law of those provisions."""
    return NationalText(
        title="An Act", lang=lang, sha256="0" * 64, file_name="act.txt", format="text", provisions=provisions
    )


POWERS = ("Part III. Powers of investigation",)
ABROAD = ("Part IV. Other countries",)
ORCHARD = text(
    provision(
        "1",
        "Interpretation",
        "In this Act, computer system means any machine that processes data; access means entry to a computer system;",
        "interception means listening to a communication; traffic data means data on a communication; unauthorised "
        "access to a computer system has the meaning given to it in section 2.",
        above=("Part I. Opening",),
    ),
    provision(
        "2",
        "Unauthorised access",
        "Whoever gains access to a computer system without authority, by breach of a security measure, commits an "
        "offence and is punished with imprisonment.",
    ),
    provision(
        "3",
        "Listening in",
        "Whoever, by technical means and without right, intercepts a private communication between computers is "
        "punished with imprisonment.",
    ),
    provision(
        "4",
        "Harm to data",
        "Whoever deletes, alters or suppresses computer data of another without right is punished with a fine.",
    ),
    provision(
        "5",
        "Stopping a system",
        "Whoever hinders the functioning of a computer system by transmitting data is punished with imprisonment.",
    ),
    provision("6", "Stray goats", "Whoever lets a goat into an orchard is punished with a fine of five crowns."),
    provision(
        "7",
        "Preservation of data",
        "A police officer may order a service provider to preserve stored computer data for ninety days without delay.",
        above=POWERS,
    ),
    provision(
        "8",
        "Search of computers",
        "On the warrant of a judge a police officer may search a computer system and seize the data stored in it.",
        "The officer may make and retain a copy of the data.",
        above=POWERS,
    ),
    provision(
        "9",
        "Preservation for a foreign State",
        "On the request of a foreign State for mutual legal assistance the Attorney may order the expedited "
        "preservation of stored computer data.",
        above=ABROAD,
    ),
    provision(
        "10",
        "Search for a foreign State",
        "On the request of a foreign State for mutual legal assistance a judge may order the search of a computer "
        "system and the seizure of stored computer data.",
        above=ABROAD,
    ),
    provision("11", "Fruit prices", "The council of growers sets the price of fruit each spring.", above=("Part V.",)),
)


def first(found: Proposals) -> str:
    """The key of the best proposal."""
    return found.proposals[0].key


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    """The index of the invented law."""
    return Ranker(ORCHARD)


@pytest.mark.parametrize(
    ("article", "key"),
    [("7", "2"), ("8", "3"), ("9", "4"), ("10", "5"), ("25", "7"), ("28", "8"), ("42", "9"), ("44", "10")],
)
def test_the_provision_that_carries_an_article_stands_first(ranker: Ranker, article: str, key: str) -> None:
    found = ranker.propose(article)
    assert found.found
    assert first(found) == key


def test_a_definition_does_not_pass_for_the_offence(ranker: Ranker) -> None:
    scores = {one.key: one.score for one in ranker.propose("7").proposals}
    assert scores["2"] > 2 * scores.get("1", 0.0)


def test_what_the_law_does_not_have_is_said_to_be_missing(ranker: Ranker) -> None:
    missing = {"14", "15", "16", "17", "20", "32", "33", "38", "39", "48", "52"}
    assert [number for number in articles(LAW) if number in missing and ranker.propose(number).found] == []


def test_a_law_on_fruit_has_none_of_it() -> None:
    growers = text(*(replace(ORCHARD.provisions[-1], key=str(place)) for place in range(30)))
    assert not any(found.found for found in propose(growers, LAW))


def test_every_article_and_every_obligation_is_answered_once_in_their_order() -> None:
    found = propose(ORCHARD, LAW)
    assert [one.number for one in found] == list(
        dict.fromkeys([*articles(LAW), *(one.number for one in obligations(LAW))])
    )


def test_only_what_is_asked_for_is_answered_and_no_more_than_the_limit() -> None:
    found = propose(ORCHARD, LAW, numbers=["28(3)", "7"], limit=2)
    assert [one.number for one in found] == ["28(3)", "7"]
    assert all(len(one.proposals) <= 2 for one in found)


def test_a_number_that_is_no_obligation_is_refused() -> None:
    with pytest.raises(UnknownObligation):
        propose(ORCHARD, LAW, numbers=["54"])


def test_a_paragraph_with_words_of_its_own_puts_them_before_those_of_its_article() -> None:
    one = provision("1", "Search", "A judge may order the search of a computer system and the seizure of data.")
    other = provision(
        "2",
        "Help",
        "Who has knowledge of the functioning of a computer system may be ordered to decrypt data found in a search.",
    )
    known = Ranker(text(one, other, *ORCHARD.provisions[5:6]))
    assert first(known.propose("28")) == "1"
    assert first(known.propose("28(4)")) == "2"


def test_a_match_shows_the_passage_and_the_words(ranker: Ranker) -> None:
    best = ranker.propose("28").proposals[0]
    assert [match.passage for match in best.matches] == [0, 1]
    assert "computer-search" in best.concepts
    passages = ORCHARD.by_key["8"].passages
    shown = [passages[match.passage].text[start:end] for match in best.matches for start, end in match.spans]
    assert any("search a computer system" in words for words in shown)
    for match in best.matches:
        ends = [end for _, end in match.spans]
        assert all(end < start for end, (start, _) in zip(ends, match.spans[1:], strict=False))


def test_scores_lie_between_nought_and_one_and_do_not_rise(ranker: Ranker) -> None:
    for number in articles(LAW):
        scores = [one.score for one in ranker.propose(number).proposals]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_two_runs_agree() -> None:
    assert propose(ORCHARD, LAW) == propose(ORCHARD, LAW)


def test_a_text_without_provisions_has_no_proposals() -> None:
    assert all(not one.found and one.proposals == () for one in propose(text(), LAW))


@pytest.mark.parametrize(
    ("lang", "access", "goats", "passage"),
    [
        ("fr", "Quiconque accède frauduleusement à un système informatique est puni d’un an d’emprisonnement.",
         "Quiconque laisse entrer une chèvre dans un verger est puni d’une amende.", "accède"),
        ("es", "Quien sin autorización acceda a un sistema informático será castigado con pena de prisión.",
         "Quien deje entrar una cabra en un huerto será castigado con multa.", "acceda"),
        ("pt", "Quem, sem autorização, aceder a um sistema informático é punido com pena de prisão.",
         "Quem deixar entrar uma cabra num pomar é punido com multa.", "aceder"),
        ("de", "Wer sich unbefugt Zugang zu einem Datenverarbeitungssystem verschafft, wird bestraft.", "Wer eine Ziege in einen Obstgarten lässt, wird mit Geldstrafe bestraft.", "Zugang"),
        ("nl", "Hij die wederrechtelijk binnendringt in een geautomatiseerd werk wordt gestraft met gevangenisstraf.",
         "Hij die een geit in een boomgaard laat wordt gestraft met geldboete.", "binnendringt"),
        ("ru", "Неправомерный доступ к компьютерной информации наказывается лишением свободы.",
         "Допуск козы в сад наказывается штрафом.", "доступ"),
        ("ar", "يعاقب بالحبس كل من دخل بدون وجه حق إلى نظام معلوماتي.",
         "يعاقب بالغرامة كل من أدخل ماعزا إلى بستان.", "دخل"),
        ("vi", "Người nào xâm nhập trái phép vào mạng máy tính của người khác thì bị phạt tù.",
         "Người nào thả dê vào vườn cây thì bị phạt tiền.", "xâm nhập"),
    ],
)  # fmt: skip
def test_each_language_is_ranked_in_its_own_words(lang: str, access: str, goats: str, passage: str) -> None:
    known = Ranker(text(provision("1", "", goats), provision("2", "", access), lang=lang))
    found = known.propose("7")
    assert (found.how, found.found, first(found)) == ("glossary", True, "2")
    ((start, end), *_) = found.proposals[0].matches[0].spans
    assert access[start:end].strip()
    assert any(passage in access[start:end] for start, end in found.proposals[0].matches[0].spans)


def test_a_language_that_the_glossary_does_not_have_is_ranked_by_its_neighbours_and_says_so() -> None:
    catalan = text(
        provision("1", "", "Qui deixi entrar una cabra en un hort serà castigat amb multa."),
        provision("2", "", "L’extradició d’una persona a un Estat estranger es regeix pel tractat d’extradició."),
        lang="ca",
    )
    found = Ranker(catalan).propose("37")
    assert (found.how, first(found)) == ("lexical", "2")


def test_a_text_in_no_known_language_is_ranked_all_the_same() -> None:
    assert Ranker(replace(ORCHARD, lang="")).propose("37").how == "lexical"
