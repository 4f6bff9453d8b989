"""Python programs as processes of their own that are forks of one that has loaded Rogatory already.

A call of `rogatory` takes most of its time to load modules, and the tests make hundreds of calls. A fork has its own
memory, environment, standard files and exit status like any process; only what `import` does is done once. Tests of
loading, of signals and of serving start Python anew instead.

`python -m tests.support.forked NUMBER` is the process that forks; NUMBER is a socket that it inherits. Every byte
there brings four files: the standard ones, and a line. On the line comes a JSON object with the members `module`,
`arguments`, `environment` and `folder`, after its length; back go the process and, in the end, its status, four bytes
each. The process ends with its socket.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SETTINGS = "rogatory.site.settings"
#: How the variables begin that make a process a node's.
OWN = ("ROGATORY_", "DJANGO_", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE")


def run(
    module: str, *arguments: str, environment: Mapping[str, str], given: str = "", timeout: float = 120
) -> "subprocess.CompletedProcess[str]":
    """*module* (or file) run as a program in the present folder: its status as of `subprocess`, and what it wrote."""
    wanted = {
        "module": module,
        "arguments": arguments,
        "environment": dict(environment),
        "folder": str(Path.cwd()),
    }
    with tempfile.TemporaryFile() as reads, tempfile.TemporaryFile() as writes, tempfile.TemporaryFile() as complains:
        reads.write(given.encode())
        reads.seek(0)
        status = _ask(wanted, [reads.fileno(), writes.fileno(), complains.fileno()], timeout)
        texts = []
        for file in (writes, complains):
            file.seek(0)
            texts.append(file.read().decode())
    return subprocess.CompletedProcess([module, *arguments], status, *texts)


def _ask(wanted: Mapping[str, Any], files: list[int], timeout: float) -> int:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            socket.send_fds(_forker(), [b"+"], [*files, theirs.fileno()])
        data = json.dumps(wanted).encode()
        ours.sendall(len(data).to_bytes(4, "big") + data)
        process = _number(ours)
        ours.settimeout(timeout)
        try:
            return _number(ours)
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            raise subprocess.TimeoutExpired([wanted["module"], *wanted["arguments"]], timeout) from None


@cache
def _forker() -> socket.socket:
    """The line to the process that forks, started at the first call; it ends when this process does."""
    ours, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forked", str(number)],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            env=inherited(),
            start_new_session=True,
            cwd=ROOT,
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def inherited() -> dict[str, str]:
    """The environment of this process without what makes it a node's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OWN)}


def _number(line: socket.socket) -> int:
    data = _received(line, 4)
    return int.from_bytes(data, "big", signed=True)


def _received(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = line.recv(size - len(data))
        if not more:
            raise RuntimeError("the process that forks has ended")
        data += more
    return data


def load() -> None:
    """Load what calls of `rogatory` load, but for what needs the settings of a node."""
    import rogatory.cli
    from rogatory.law.loader import load_law

    for found in pkgutil.iter_modules(rogatory.cli.__path__, "rogatory.cli."):
        importlib.import_module(found.name)
    load_law()
    from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured

    for name in _loaded_by_a_call():
        if name == SETTINGS:
            continue  # they are of one node
        with contextlib.suppress(AppRegistryNotReady, ImproperlyConfigured, ImportError):
            importlib.import_module(name)


def _loaded_by_a_call() -> list[str]:
    """The modules that a fork has when it has read some law and has started Django."""
    readable, writable = os.pipe()
    child = os.fork()
    if child:
        os.close(writable)
        with os.fdopen(readable, encoding="ascii") as names:
            found: list[str] = json.load(names)
        os.waitpid(child, 0)
        return found
    with tempfile.TemporaryDirectory() as nothing, Path(os.devnull).open("w", encoding="ascii") as nowhere:
        os.environ |= {"ROGATORY_DATA": nothing, "DJANGO_SETTINGS_MODULE": SETTINGS}
        with contextlib.redirect_stdout(nowhere):
            from rogatory.cli import app
            from rogatory.site.commands import Site

            app.run(["law", "show", "uncc", "1"], Site())
            import django

            django.setup()
            for name in ("rogatory.site.wiring", "django.contrib.auth.backends", "django.core.management"):
                importlib.import_module(name)
    with os.fdopen(writable, "w", encoding="ascii") as names:
        json.dump(list(sys.modules), names)
    os._exit(0)


def serve(orders: socket.socket) -> None:
    """Do what *orders* ask for, each in a fork, until they end."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        byte, files, _, _ = socket.recv_fds(orders, 1, 4)
        if not byte:
            return
        if not os.fork():
            orders.close()
            _keep(files)
        for file in files:
            os.close(file)


def _keep(files: list[int]) -> None:
    """Run what the line among *files* asks for in a fork, tell its status, and end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        with socket.socket(fileno=files.pop()) as line:
            wanted = json.loads(_received(line, _number(line)))
            child = os.fork()
            if not child:
                line.close()
                try:
                    _become(wanted, files)
                finally:
                    os._exit(1)
            line.sendall(child.to_bytes(4, "big"))
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            line.sendall(status.to_bytes(4, "big", signed=True))
    finally:
        os._exit(0)


def _become(wanted: dict[str, Any], files: list[int]) -> None:
    """Be the process that was *wanted*, to its end."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.chdir(wanted["folder"])
    sys.argv = [wanted["module"], *wanted["arguments"]]
    status = _status_of(wanted["module"])
    # What Python itself does at its end.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    if sys.stdout is not None:
        sys.stdout.flush()
    os._exit(status)


def _status_of(module: str) -> int:
    """The exit status of *module*, run in this process."""
    try:
        if module.endswith(".py"):
            runpy.run_path(module, run_name="__main__")
        else:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    load()
    # What is there already is never garbage, and pages that are not looked at need not be copied.
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
