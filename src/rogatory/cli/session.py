"""One call of the program: the options that every command takes, who acts, and how the answer is shown.

A person is whoever knows the password, asked anew at every call: from the file that ROGATORY_PASSWORD_FILE names,
else from ROGATORY_PASSWORD, else at the terminal. There is no other way in.
"""

import os
import sys
from dataclasses import dataclass, field
from functools import cached_property
from getpass import getpass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console, RenderableType

from rogatory.cli import printing
from rogatory.cli.services import Services
from rogatory.errors import BadInput
from rogatory.node.context import Node
from rogatory.node.people import Actor

MAX_PASSWORD = 4096


class NobodyNamed(BadInput):
    """Say who acts."""

    code = "nobody-named"
    remedy = "Give --as NAME, or set ROGATORY_AS."


class NoPassword(BadInput):
    """There is no password and no terminal to ask for one."""

    code = "no-password"
    remedy = "Set ROGATORY_PASSWORD_FILE to a file that holds it, or ROGATORY_PASSWORD."


@dataclass(kw_only=True)
class Session:
    """The options of one call and the ways to act and to answer that follow from them.

    *lang* is the language of our own words; *text_lang* what a command about official texts was given, or nothing.
    """

    services: Services
    as_json: bool
    lang: str
    who: str | None
    text_lang: str = ""
    console: Console = field(default_factory=printing.console)

    @cached_property
    def node(self) -> Node:
        """The node of the data folder."""
        return self.services.node()

    @cached_property
    def actor(self) -> Actor:
        """The person who acts, logged in just now; raises `NobodyNamed`, `NoPassword`, `NoSuchPerson`."""
        name = self.named()
        _ = self.node  # a folder without a node is said before a password is asked for
        return self.services.log_in(name, password(f"Password of {name}: "))

    def named(self) -> str:
        """The log-in name that was given; raises `NobodyNamed`."""
        if not self.who:
            raise NobodyNamed
        return self.who

    def answer(self, value: Any, *shown: RenderableType | str) -> None:
        """Answer with *value* as JSON, or to a person with what is *shown*."""
        if self.as_json:
            printing.write_json(value)
            return
        for one in shown:
            self.console.print(printing.text(one) if isinstance(one, str) else one, soft_wrap=isinstance(one, str))

    @property
    def may_ask(self) -> bool:
        """Whether a person sits there who can be asked."""
        return not self.as_json and sys.stdin.isatty()


def session_of(context: typer.Context) -> Session:
    """The session that the program's own options made."""
    found = context.find_object(Session)
    if found is None:
        raise RuntimeError("a command ran outside the program")
    return found


def password(prompt: str, *, variable: str = "ROGATORY_PASSWORD", twice: bool = False) -> str:
    """The password from the file that *variable*`_FILE` names, from *variable*, or asked for at the terminal."""
    if name := os.environ.get(f"{variable}_FILE"):
        with Path(name).open(encoding="utf-8") as file:
            return file.read(MAX_PASSWORD).rstrip("\r\n")
    if given := os.environ.get(variable):
        return given
    if not sys.stdin.isatty():
        raise NoPassword(f"there is no password for {prompt.rstrip(': ')!r} and no terminal to ask for it")
    asked = getpass(prompt)
    if twice and getpass("The same again: ") != asked:
        raise BadInput("the two passwords differ")
    return asked
