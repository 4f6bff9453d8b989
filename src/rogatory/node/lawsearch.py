"""Searching the law on this node: our descriptions, and the official copies that were loaded here."""

from collections.abc import Iterator

from rogatory.law.lookup.search import Copies, Found, Query, Text
from rogatory.node import officialcopies
from rogatory.node.context import Node


def search(node: Node, query: Query) -> Found:
    """What *query* asks for; raises what `law.searching.LawSearch.search` raises."""
    version = tuple(sorted(node.stores.official.digests().items()))
    copies = Copies(version=version, read=lambda: official_texts(node))
    return node.searches.of(node.law, copies).search(query)


def official_texts(node: Node) -> Iterator[Text]:
    """Every provision of every official copy, as a text to be searched."""
    for row in officialcopies.all_copies(node):
        copy = officialcopies.copy_of(node, row.instrument, row.lang)
        for article in copy.articles.values():
            for provision in article.provisions:
                yield Text(
                    instrument=copy.instrument,
                    number=provision.number,
                    lang=copy.lang,
                    title=article.title,
                    said=provision.text,
                    official=True,
                )
