"""Opens review pages of one node, as a process of its own: `python -m bench.alignment_pages_driver CODES SIZE ROUNDS`.

Fills the node of `ROGATORY_DATA` with CODES invented codes of SIZE provisions each, whose words are the terms of the
glossary strewn among others; two readers judge every third obligation. Prints one JSON object; times are milliseconds.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module

import django

django.setup()
import_module("rogatory.site.wsgi")

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rogatory.alignment.national.model import NationalProvision, NationalText, Passage
from rogatory.alignment.obligations import obligations
from rogatory.alignment.proposing.glossaries import glossary
from rogatory.node.alignment import assessments, proposals, texts
from rogatory.node.alignment.assessments import Answer
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office import accounts
from rogatory.site import wiring

SEED = 42
PASSWORD = "a long practice password"
READERS = ("first-reader", "second-reader")
#: Words of laws that say nothing of what is looked for.
PLAIN = [
    "the",
    "bridge",
    "keeper",
    "shall",
    "maintain",
    "every",
    "lamp",
    "road",
    "vessel",
    "harbour",
    "market",
    "weight",
    "measure",
    "fee",
    "register",
]


def code(number: int, size: int) -> NationalText:
    """An invented code of *size* provisions, the same for the same *number*."""
    chance = random.Random(SEED + number)
    terms = [term.written for several in glossary("en").terms.values() for term in several if term.written.isascii()]

    def said() -> str:
        words = [chance.choice(PLAIN) for _ in range(chance.randint(20, 60))]
        for _ in range(chance.randint(0, 4)):
            words.insert(chance.randrange(len(words)), chance.choice(terms).strip("~*").split("|")[0])
        return " ".join(words).capitalize() + "."

    provisions = tuple(
        NationalProvision(
            key=str(place),
            number=str(place),
            label=f"Section {place}.",
            heading=chance.choice(PLAIN),
            above=(f"Part {place // 100 + 1}",),
            passages=tuple(Passage(number=str(one), text=said()) for one in range(1, chance.randint(2, 6))),
        )
        for place in range(1, size + 1)
    )
    return NationalText(
        title=f"Code {number}", lang="en", sha256=f"{number:064x}", file_name=f"code-{number}.txt", format="text",
        provisions=provisions,
    )  # fmt: skip


def readers() -> list[Actor]:
    """Two assessors with accounts."""
    found = []
    for name in READERS:
        accounts.make_account(name, PASSWORD, name=name, authority="VNM/contact-point", roles=["assessor"])
        found.append(Actor(id=name, name=name, authority="VNM/contact-point", roles=frozenset({"assessor"})))
    return found


def filled(node: Node, actors: list[Actor], codes: int, size: int) -> tuple[str, float, int]:
    """The assessment over the codes, the seconds of proposing for one of them, and how many obligations are judged."""
    held, taken = [], 0.0
    for number in range(codes):
        row = texts.import_text(node, actors[0], code(number, size), law=f"code-{number}").text
        begin = time.perf_counter()
        proposals.propose(node, actors[0], row.id)
        taken = time.perf_counter() - begin
        held.append(row.id)
    made = assessments.begin(node, actors[0], title="Everything", texts_=held)
    judged = obligations(node.law)[::3]
    for one in judged:
        last = ""
        for actor, answer in zip(actors, ("implemented", "partly"), strict=True):
            evidence = [assessments.evidence(node, held[0], str(place)) for place in range(1, 4)]
            saved = assessments.judge(
                node, actor, made.id,
                Answer(number=one.number, answer=answer, after=last, elements={}, evidence=evidence, remark="Read."),
            )  # fmt: skip
            last = saved.id
    return made.id, taken, len(judged)


def opened(client: Client, addresses: list[str], rounds: int) -> Iterator[tuple[float, float]]:
    """The milliseconds of each page, by the clock and of the processor, opened *rounds* times after a warm-up."""
    for turn in range(rounds + 1):
        for address in addresses:
            begin, before = time.perf_counter(), time.process_time()
            answer = client.get(address)
            taken = (time.perf_counter() - begin) * 1e3, (time.process_time() - before) * 1e3
            if answer.status_code != 200:
                raise RuntimeError(f"{address}: {answer.status_code}")
            if turn:
                yield taken


def most_queries(client: Client, addresses: list[str]) -> int:
    """The most queries that one of the pages asks."""

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    return max(map(asked, addresses))


def main(codes: int, size: int, rounds: int) -> None:
    """Fill, open, print; what a served node does at its start has been done by loading `wsgi`."""
    node = wiring.node()
    made, proposing, judged = filled(node, readers(), codes, size)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=READERS[0]), "django.contrib.auth.backends.ModelBackend")
    start = f"/align/assessments/{made}/"
    pages = [f"{start}review/{one.number}/" for one in obligations(node.law)]
    groups: dict[str, Callable[[], list[str]]] = {
        "review, every obligation": lambda: pages,
        "review, walking through what nobody looked at": lambda: [f"{one}?state=unseen" for one in pages],
        "overview of the assessment": lambda: [start] * 20,
    }
    times = {name: list(opened(client, made_of(), rounds)) for name, made_of in groups.items()}
    told = {
        "milliseconds": times,
        "obligations": len(pages),
        "judged": judged,
        "proposing": proposing,
        "queries": most_queries(client, pages[:60]),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
