"""The page `verify.html`: a bundle's papers and what checks them, for a browser without a network.

Rules in words. The template is put together from the files in `page/`, the tables of this program and its words; the
same program gives the same bytes. It has one block of data, empty. A filled page has in it every member of the bundle
but the sealed files and itself, in the order of the file; more than `MAX_EMBEDDED` bytes are not put into a page, which
then asks for the bundle. So a filled page is known to the byte from the template and the other members, and the index
of the bundle names the template by its SHA-256. The template's own policy lets nothing run but its own script, and
nothing be fetched.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from rogatory.bundle import page_words, words
from rogatory.bundle.index import MAX_MESSAGES
from rogatory.bundle.page_faults import FAULTS
from rogatory.casefile import table
from rogatory.errors import Untrusted
from rogatory.evidence.custody_rules import RULES, Act, Rule

MAX_EMBEDDED = 64 * 1024 * 1024
MAX_PAGE = 2 * MAX_EMBEDDED
SCRIPTS = (
    *("bytes.js", "sha256.js", "sha512.js", "ed25519.js", "documents.js", "ledger.js", "messages.js", "custody.js"),
    *("container.js", "sealed.js", "source.js", "ladder.js", "steps.js", "show.js", "start.js"),
)
#: Kinds of messages that carry custody entries.
_CARRIERS = ("delivery", "custody-receipt", "custody-entry")
_BLOCK = b'<script type="application/json" id="papers">%b</script>'
_EMPTY = _BLOCK % b"[]"
_SEALED = re.compile(r"exhibits/[^/]+/sealed\.age")

Papers = Iterable[tuple[str, bytes]]


class PageDiffers(Untrusted):
    """The page in the bundle does not hold exactly the papers of the bundle."""

    code = "bundle-page"
    remedy = "Do not open the page in this bundle; check the bundle with the program or a page from elsewhere."


def is_paper(name: str) -> bool:
    """Whether the member *name* stands in the page: all but the sealed files and the page itself."""
    return name != "verify.html" and not _SEALED.fullmatch(name)


@cache
def template() -> bytes:
    """The page without papers, UTF-8."""
    folder = _folder()
    style, script = _style_and_script()
    # What opens a tag inside a script would end it.
    told = json.dumps(tables(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    parts = {"style": style, "script": script, "tables": told, "policy": template_policy()}
    page = re.sub(r"\{(style|script|tables|policy)\}", lambda gap: parts[gap[1]], _text(folder, "index.html"))
    return page.encode()


@cache
def template_policy() -> str:
    """The content-security policy of the page: nothing but its own style and script, and nothing is fetched."""
    style, script = _style_and_script()
    own = f"style-src '{_source(style)}'; script-src '{_source(script)}'"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


@cache
def template_digest() -> str:
    """The SHA-256 of the template, hexadecimal."""
    return hashlib.sha256(template()).hexdigest()


def filled(page: bytes, papers: Papers) -> bytes:
    """The template *page* with *papers* (names and bytes, in the order of the bundle) in its block of data."""
    before, after = page.split(_EMPTY)
    return before + _block(papers) + after


def template_of(page: bytes, papers: Papers) -> str:
    """The SHA-256 of the template that was filled with *papers* to give *page*; raises `PageDiffers`."""
    pieces = page.split(_block(papers))
    if len(pieces) != 2:
        raise PageDiffers
    return hashlib.sha256(_EMPTY.join(pieces)).hexdigest()


def tables() -> Mapping[str, Any]:
    """What the script reads instead of knowing it: the table of custody, kinds of messages, limits, all sentences."""
    return {
        "acts": {str(act): _rule(rule) for act, rule in RULES.items()},
        "act_words": {str(act): words.LABELS[act] for act in Act},
        "carriers": list(_CARRIERS),
        "faults": FAULTS,
        "kinds": sorted(table.KINDS),
        "kind_words": page_words.KINDS,
        "limits": {"embedded": MAX_EMBEDDED, "messages": MAX_MESSAGES},
        "notes": {**words.NOTES, **page_words.NOTES},
        "titles": {**words.TITLES, **page_words.TITLES},
        "ui": page_words.UI,
    }


def _rule(rule: Rule) -> Mapping[str, object]:
    return {
        "by": str(rule.by),
        "after": sorted(map(str, rule.after)),
        "leads": str(rule.leads) if rule.leads else None,
        "rehash": [name for name in ("root", "sha256") if name in str(rule.rehash)],
        "names_receiver": rule.names_receiver,
        "needs_purpose": rule.needs_purpose,
    }


def _block(papers: Papers) -> bytes:
    held = list(papers)
    if not held or sum(len(data) for _, data in held) > MAX_EMBEDDED:
        return _EMPTY
    rows = b",\n".join(b'["%b","%b"]' % (name.encode(), b64encode(data)) for name, data in held)
    return _BLOCK % (b"[\n" + rows + b"\n]")


@cache
def _style_and_script() -> tuple[str, str]:
    folder = _folder()
    return _text(folder, "page.css"), "\n".join(_text(folder, name) for name in SCRIPTS)


def _folder() -> Traversable:
    return files("rogatory.bundle") / "page"


def _text(folder: Traversable, name: str) -> str:
    return (folder / name).read_text("utf-8")


def _source(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
