"""spec/message.md says the same of the life of a request as the table does, row by row."""

import re
from collections.abc import Iterator
from pathlib import Path

from rogatory.casefile import measures, table
from rogatory.casefile.measures import BASES, MEASURES, PRESERVATION, SPONTANEOUS_INFORMATION
from rogatory.casefile.table import ENDED, Row, Side, State

SPEC = (Path(__file__).parents[3] / "spec" / "message.md").read_text(encoding="utf-8")
SIDES = {"asked": Side.REQUESTED, "asking": Side.REQUESTING}
LETTERS = {"A": "acknowledgement", "B": "accepted", "C": "declined", "P": "postponed", "D": "delivery", "R": "receipt"}
LETTERS |= {"O": "outcome", "E": "closure"}


def tables() -> dict[str, list[list[str]]]:
    """The cells of each table of the page, by the words of its heading row."""
    found: dict[str, list[list[str]]] = {}
    transitions = SPEC[SPEC.index("## Transitions") :]
    for number, block in enumerate(re.findall(r"(?:^\|.*\|\n)+", transitions, re.M)):
        head, _, *rows = ([cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines())
        found[f"{number} {' '.join(head)}"] = rows
    return found


def rows_of(
    measure: str, cells: list[list[str]], provisions: dict[str, str]
) -> Iterator[tuple[tuple[str, State, str], Row]]:
    has = {letter for letter, cite in provisions.items() if cite}
    for states, step, after, by, cite in cells:
        needs = set(re.findall(r"\b([A-Z])\b", step.partition("(")[2]))
        if (cite in LETTERS and cite not in has) or not needs <= has:
            continue
        for name in states.split(", "):
            lead = {"postponed": "P", "reported": "O", "delivered": "D", "received": "D"}.get(name)
            if lead in LETTERS and provisions and lead not in has:
                continue
            state = State(name)
            to = state if after == "as before" else State(after)
            yield (measure, state, step.partition(" ")[0]), Row(to, SIDES[by], provisions.get(cite, cite))


def specified() -> dict[tuple[str, State, str], Row]:
    """Every row that the page gives."""
    preservation, answered, provisions, unasked = tables().values()
    found = dict(rows_of(PRESERVATION, preservation, {}))
    for name, _, *cites in provisions:
        found |= rows_of(name.strip("`"), answered, dict(zip(LETTERS, cites, strict=False)))
    return found | dict(rows_of(SPONTANEOUS_INFORMATION, unasked, {}))


def test_the_page_gives_every_row_of_the_table_and_no_other() -> None:
    assert specified() == table.TABLE


def test_the_page_gives_what_opens_each_measure_and_the_steps_of_any_state() -> None:
    provisions = list(tables().values())[2]
    said = {row[0].strip("`"): (row[1], row[-2], row[-1]) for row in provisions}
    assert said.keys() == set(MEASURES) - {PRESERVATION, SPONTANEOUS_INFORMATION}
    for measure, cites in said.items():
        assert cites == (BASES[measure].opening, BASES[measure].talk, BASES[measure].progress)


def test_the_page_names_every_kind_every_ended_state_and_who_needs_no_second_person() -> None:
    kinds = SPEC[SPEC.index("## Kinds") : SPEC.index("## Transitions")]
    assert {
        name for line in re.findall(r"^\| (`.*?) \|", kinds, re.M) for name in re.findall(r"`([a-z-]+)`", line)
    } == table.KINDS
    ended = re.search(r"Ended are ([a-z, ]+and [a-z]+);", " ".join(SPEC.split()))
    assert ended
    assert set(re.findall(r"[a-z]+", ended[1].replace(" and ", " "))) == {str(state) for state in ENDED}
    free = set(MEASURES) - measures.COERCIVE - {SPONTANEOUS_INFORMATION}
    passage = SPEC[SPEC.index("Two people sign every") : SPEC.index("## The clock")]
    assert free == set(re.findall(r"`([a-z-]+)`", passage)) & set(MEASURES)
