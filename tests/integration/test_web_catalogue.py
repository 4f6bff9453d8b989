"""The French catalogue is complete, compiled, and says the same as the code; every coded error has its sentence."""

import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog
from django.utils.translation.template import templatize

import rogatory
from rogatory.errors import RogatoryError
from rogatory.web import faults

pytestmark = pytest.mark.any_database

SOURCE = Path(rogatory.__file__).parent
CATALOGUE = SOURCE / "web" / "locale" / "fr" / "LC_MESSAGES" / "django"
ROOMS = (SOURCE / "web", SOURCE / "office")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}

#: Rooms whose errors a person at the desk can meet.
AT_THE_DESK = ("errors", "ports", "node", "casefile", "web", "office")
#: Errors of those rooms that never become a page: they answer other nodes, or the command line alone (log-in, keys).
ELSEWHERE = {
    "bad-custodian",
    "bad-data",
    "keys-not-split",
    "keys-of-another-state",
    "not-a-reason",
    "old-keys-needed",
    "recovery-outdated",
    "rogatory-error",
    "envelope-replayed",
    "nothing-logged",
    "not-logged",
    "not-receiving",
    "not-your-exhibit",
    "wrong-log-in",
}


@pytest.fixture(scope="module")
def french() -> Catalog:
    with CATALOGUE.with_suffix(".po").open("rb") as file:
        return pofile.read_po(file, locale="fr")


def in_templates() -> Iterator[str]:
    for room in ROOMS:
        for path in room.rglob("*.html"):
            code = templatize(path.read_text("utf-8"))
            for found in re.finditer(r"\bn?gettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")", code):
                yield eval(found[1])  # noqa: S307 - a literal of our own templates
            for found in re.finditer(r"\b_\(('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)", code):
                yield eval(found[1])  # noqa: S307


def in_code() -> Iterator[str]:
    for room in ROOMS:
        for path in room.rglob("*.py"):
            with path.open("rb") as file:
                for _line, _function, message, _comments in extract.extract_python(file, KEYWORDS, (), {}):
                    first = message[0] if isinstance(message, tuple) else message
                    if first:
                        yield first


def test_every_sentence_of_the_desk_stands_in_the_french_catalogue(french: Catalog) -> None:
    known = {one.id[0] if isinstance(one.id, tuple) else one.id for one in french if one.id}
    used = {text.replace("%%", "%") for text in (*in_templates(), *in_code())}
    assert len(used) > 300
    assert used - known == set()


def test_nothing_is_untranslated_or_fuzzy(french: Catalog) -> None:
    for message in french:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), message.id
        assert not message.fuzzy or not message.id, message.id


def test_every_translation_fills_the_same_places(french: Catalog) -> None:
    for message in french:
        if message.id:
            source = message.id[0] if isinstance(message.id, tuple) else message.id
            for text in message.string if isinstance(message.string, tuple) else (message.string,):
                assert set(re.findall(r"%\(\w+\)s", source)) == set(re.findall(r"%\(\w+\)s", text)), source


def test_the_compiled_catalogue_is_that_of_the_source(french: Catalog) -> None:
    compiled = io.BytesIO()
    mofile.write_mo(compiled, french)
    compiled.seek(0)
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert entries(mofile.read_mo(file)) == entries(mofile.read_mo(compiled))


def entries(catalogue: Catalog) -> dict[str, list[str]]:
    return {str(one.id): [*one.string] if not isinstance(one.string, str) else [one.string] for one in catalogue}


def error_classes() -> dict[str, type[RogatoryError]]:
    for room in AT_THE_DESK:
        module = importlib.import_module(f"rogatory.{room}")
        for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"rogatory.{room}."):
            if "migrations" not in found.name:
                importlib.import_module(found.name)
    waiting, known = [RogatoryError], {}
    while waiting:
        one = waiting.pop()
        waiting.extend(one.__subclasses__())
        if one.__module__.split(".")[1] in AT_THE_DESK:
            known[one.code] = one
    return known


def test_every_error_that_a_person_at_the_desk_can_meet_has_its_sentence() -> None:
    assert set(error_classes()) - set(faults.SENTENCES) - ELSEWHERE == set()


def test_the_sentence_of_a_code_is_the_docstring_of_its_class() -> None:
    for code, one in error_classes().items():
        if code in faults.SENTENCES:
            assert str(faults.SENTENCES[code]) == (one.__doc__ or "").strip().splitlines()[0], code
        if one.remedy and code not in ELSEWHERE:
            own = "remedy" in vars(one)
            assert not own or str(faults.REMEDIES[code]) == one.remedy, code
