"""An official copy: the text of an instrument in one language, as its user supplied it, split by provision.

The text is kept in the node's data and never ships with the program. A copy says from which file it was read (name,
SHA-256, format) and where in that file each provision stands. Which differences it has from our own data is told by
`comparing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rogatory.law.provisions import article_of

#: The languages in which the instruments are authentic, by ISO 639-1 code; Arabic is written from right to left.
AUTHENTIC = ("ar", "en", "es", "fr", "ru", "zh")
FROM_RIGHT = frozenset({"ar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialProvision:
    """One numbered unit of a copy: its number as we write it, its text without its parts', and its place in the file.

    The number of what stands in an article outside every paragraph is the article's own: `42`.
    """

    number: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialArticle:
    """One article of a copy: its number, its title and its provisions in their order."""

    number: str
    title: str
    provisions: tuple[OfficialProvision, ...]

    def beginning(self, number: str) -> tuple[OfficialProvision, ...]:
        """The provision of that number and everything under it, in order."""
        return tuple(one for one in self.provisions if one.number == number or one.number.startswith(f"{number}("))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialCopy:
    """The text of *instrument* in *lang*, and the file that it was read from (SHA-256 in hexadecimal digits)."""

    instrument: str
    lang: str
    title: str
    file_name: str
    format: str
    sha256: str
    articles: Mapping[str, OfficialArticle]

    def under(self, number: str) -> tuple[OfficialProvision, ...]:
        """The provision of that number, or the article, with everything under it; empty when the copy lacks it."""
        article = self.articles.get(article_of(number))
        return article.beginning(number) if article else ()


def right_to_left(lang: str) -> bool:
    """Whether *lang* is written from right to left."""
    return lang in FROM_RIGHT


def articles_as_json(articles: Iterable[OfficialArticle]) -> list[dict[str, Any]]:
    """The articles as JSON can carry them, for keeping."""
    return [
        {
            "number": article.number,
            "title": article.title,
            "provisions": [[one.number, one.text, one.where] for one in article.provisions],
        }
        for article in articles
    ]


def articles_from_json(kept: Sequence[Mapping[str, Any]]) -> dict[str, OfficialArticle]:
    """The articles, by number, that `articles_as_json` wrote."""
    return {
        one["number"]: OfficialArticle(
            number=one["number"],
            title=one["title"],
            provisions=tuple(
                OfficialProvision(number=number, text=text, where=where) for number, text, where in one["provisions"]
            ),
        )
        for one in kept
    }
