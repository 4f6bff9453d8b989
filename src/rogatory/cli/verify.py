"""`rogatory verify BUNDLE`: the offline check, for a court or the defence, on a machine that has never seen a node.

It reads one file or folder and nothing else: no configuration, no database, no network. Only when it is given the
address of a node, it reads that node's public log. It loads neither Django nor the rest of the command line, and the
check itself only once the arguments are understood, so that it answers at once.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

EPILOG = """\
exit status: 0 verified, 2 bad input, 3 no such file, 5 not verified, 6 cannot be read, 130 interrupted

Ask each State for the fingerprint of its identity key by another road and give it with --trust; without it the check
shows that the bundle agrees with itself, not whose keys signed it. The same check in a browser: verify.html in every
bundle, better from elsewhere than from the bundle itself (--page writes it, --page-digest names it).
"""
_TRUST = re.compile(r"([A-Za-z]{3})=([0-9A-Za-z -]{8,60})")


def main(arguments: Sequence[str]) -> None:
    """Run the command with *arguments* and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str]) -> int:
    """The exit status of `rogatory verify` with *arguments*."""
    given = parser().parse_args(arguments)
    # Loading the check takes longer than all of the above: not for a page of help or a mistyped option.
    if given.page or given.page_digest:
        from rogatory.bundle import verify_page

        page = verify_page.template_digest().encode() + b"\n" if given.page_digest else verify_page.template()
        sys.stdout.buffer.write(page)
        sys.stdout.buffer.flush()
        return 0
    from rogatory.cli import verifying
    from rogatory.cli.verifying_files import Wishes

    return verifying.check(given.bundle, Wishes.of(given))


def parser(*, width: int | None = None) -> argparse.ArgumentParser:
    """The arguments of the command; its help is *width* signs wide, by default as the terminal."""
    made = argparse.ArgumentParser(
        prog="rogatory verify",
        description="Check a case bundle offline, step by step, from the file itself to what it proves; or the public "
        "log of a running node.",
        epilog=EPILOG,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=width),
    )
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "bundle",
        metavar="BUNDLE",
        nargs="?",
        help="the file that `rogatory export` wrote, a folder with it unpacked, or the address of a node (https://…)",
    )
    what.add_argument("--page", action="store_true", help="print verify.html without a case, and check nothing")
    what.add_argument("--page-digest", action="store_true", help="print the SHA-256 of that page, and check nothing")
    made.add_argument(
        "--trust",
        metavar="STATE=FINGERPRINT",
        type=_trust,
        action="append",
        default=[],
        help="the fingerprint that a State told you (FRA=H47PW-6DBC6-TGZ48-M21Z2); may be repeated",
    )
    made.add_argument(
        "--identity",
        metavar="FILE",
        type=Path,
        help="a file of age identities; opens the evidence it can and checks the contents, writing nothing",
    )
    made.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    made.add_argument("--lang", choices=("en", "fr"), default="en", help="language of the report (default: en)")
    _add_trusted(made)
    return made


def _add_trusted(made: argparse.ArgumentParser) -> None:
    """The options that say what the reader trusts already, and how much of a node's log is read."""
    made.add_argument("--tsa", metavar="FILE", type=Path, help="certificates (PEM) of time-stamp authorities to trust")
    made.add_argument("--since", metavar="FILE", type=Path, help="of a node: a checkpoint that its log must continue")
    made.add_argument(
        "--card",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="of a node: the contact card of a State that may have cosigned; may be repeated",
    )
    made.add_argument("--full", action="store_true", help="of a node: fetch every entry of its log, however many")


def _trust(text: str) -> tuple[str, str]:
    match = _TRUST.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text[:80]!r} is not STATE=FINGERPRINT, such as FRA=H47PW-6DBC6-…")
    return match[1].upper(), match[2]
