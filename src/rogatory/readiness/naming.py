"""How a letter names a State and a provision: articles that contract in French, paragraphs spelled out.

A State's formal name is given with its article, as it stands within a sentence (`the Republic of …`, `la République
…`). French then joins the article with *de* and *à*; English has nothing to join.
"""

import re

from rogatory.law.words import Words, listed, listed_words

_PARTS = re.compile(r"\(([^()]+)\)")
_VOWELS = tuple("aeiouyhàâäéèêëîïôöùûü")


def of(name: Words) -> Words:
    """*name* after *of*: `of the Kingdom of …`, `du Royaume …`."""
    return Words(f"of {name.en}", _joined(name.fr, plain="de", masculine="du", plural="des", elided="d’"))


def to(name: Words) -> Words:
    """*name* after *to*: `to the Kingdom of …`, `au Royaume …`."""
    return Words(f"to {name.en}", _joined(name.fr, plain="à", masculine="au", plural="aux", elided="à "))


def opening(name: Words) -> Words:
    """*name* at the beginning of a sentence."""
    return Words(name.en[:1].upper() + name.en[1:], name.fr[:1].upper() + name.fr[1:])


def _joined(name: str, *, plain: str, masculine: str, plural: str, elided: str) -> str:
    article, _, rest = name.partition(" ")
    if article == "le":
        return f"{masculine} {rest}"
    if article == "les":
        return f"{plural} {rest}"
    if article != "la" and not name.startswith(("l’", "l'")) and name[:1].lower().startswith(_VOWELS):
        return f"{elided}{name}"
    return f"{plain} {name}"


def provision(number: str) -> Words:
    """A provision as a letter writes it: `41(2)` is *article 41, paragraph 2*, `37(6)(a)` … *paragraph 6 (a)*."""
    article, *parts = [number.partition("(")[0], *_PARTS.findall(number)]
    if not parts:
        return Words(f"article {article}", f"article {article}")
    paragraph, *letters = parts
    if not paragraph.isdigit():
        paragraph, letters = "", parts
    english = f", paragraph {paragraph}" if paragraph else ","
    french = f", paragraphe {paragraph}" if paragraph else ""
    if letters:
        english += " " + " ".join(f"({one})" for one in letters)
        french += ", alinéa " + " ".join(f"{one})" for one in letters)
    return Words(f"article {article}{english}", f"article {article}{french}")


def provisions(numbers: tuple[str, ...]) -> Words:
    """Several provisions in a sentence; paragraphs of one article together."""
    articles = {one.partition("(")[0] for one in numbers}
    paragraphs = [_PARTS.findall(one) for one in numbers]
    if len(numbers) < 2 or len(articles) > 1 or any(len(one) != 1 or not one[0].isdigit() for one in paragraphs):
        return listed_words([provision(one) for one in numbers])
    told, article = listed([one[0] for one in paragraphs]), articles.pop()
    return Words(f"article {article}, paragraphs {told.en}", f"article {article}, paragraphes {told.fr}")
