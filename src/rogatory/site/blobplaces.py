"""Where a node keeps its large bytes: the folder `blobs` beside `node.toml`, or what `[blobs]` in it names.

Each of `[blobs]` and `[blobs.second]` is a folder (`folder = "…"`) or a bucket of an S3-compatible store (`endpoint`,
`bucket`, `region`, `prefix`). The keys of a store come from the environment alone: `AWS_ACCESS_KEY_ID`,
`AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or with `credentials = "SECOND"` from `SECOND_ACCESS_KEY_ID` and so on.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rogatory.errors import BadInput
from rogatory.ports.blobs import Blobs
from rogatory.site.datafolder import BadNodeFile
from rogatory.stores.files import LocalBlobs
from rogatory.stores.s3.store import S3Blobs, S3Place

_OF_A_FOLDER = frozenset({"folder"})
_OF_A_BUCKET = frozenset({"endpoint", "bucket", "region", "prefix", "credentials"})


class NoStoreCredentials(BadInput):
    """The environment does not hold the keys of the store of blobs."""

    code = "no-store-credentials"
    remedy = "Set the variables that the message names, for the server and for every command."


def first(facts: Mapping[str, Any], folder: Path, environ: Mapping[str, str]) -> Blobs:
    """The store of the blobs of the node in *folder*; raises `BadNodeFile` and `NoStoreCredentials`."""
    table = dict(_table(facts, "blobs"))
    table.pop("second", None)
    return _opened(table, folder, environ) if table else LocalBlobs(folder / "blobs")


def second(facts: Mapping[str, Any], folder: Path, environ: Mapping[str, str]) -> Blobs | None:
    """The second store, when `[blobs.second]` names one."""
    table = _table(_table(facts, "blobs"), "second")
    return _opened(table, folder, environ) if table else None


def folders(facts: Mapping[str, Any], folder: Path) -> tuple[Path, ...]:
    """The folders of this machine that hold blobs, when `node.toml` names any."""
    table = _table(facts, "blobs")
    return tuple(folder / one["folder"] for one in (table, _table(table, "second")) if one.get("folder"))


def _opened(table: Mapping[str, Any], folder: Path, environ: Mapping[str, str]) -> Blobs:
    known = _OF_A_FOLDER if "folder" in table else _OF_A_BUCKET
    for name, value in table.items():
        if name not in known:
            raise BadNodeFile(f"[blobs] in node.toml knows no {name!r} here, only {', '.join(sorted(known))}")
        if not isinstance(value, str) or not value:
            raise BadNodeFile(f"{name!r} of [blobs] in node.toml is a text")
    if "folder" in table:
        return LocalBlobs(folder / table["folder"])
    missing = sorted({"endpoint", "bucket", "region"} - table.keys())
    if missing:
        raise BadNodeFile(f"[blobs] in node.toml does not give {', '.join(missing)}")
    if not table["endpoint"].startswith(("https://", "http://")):
        raise BadNodeFile("the endpoint of [blobs] in node.toml begins with https:// (or http://)")
    return S3Blobs(_place(table, environ))


def _place(table: Mapping[str, Any], environ: Mapping[str, str]) -> S3Place:
    name = table.get("credentials", "AWS")
    wanted = (f"{name}_ACCESS_KEY_ID", f"{name}_SECRET_ACCESS_KEY")
    absent = [one for one in wanted if not environ.get(one)]
    if absent:
        raise NoStoreCredentials(f"the environment does not set {' and '.join(absent)}")
    return S3Place(
        endpoint=table["endpoint"].rstrip("/"),
        bucket=table["bucket"],
        region=table["region"],
        prefix=table.get("prefix", "").strip("/"),
        access_key=environ[wanted[0]],
        secret_key=environ[wanted[1]],
        session_token=environ.get(f"{name}_SESSION_TOKEN", ""),
    )


def _table(facts: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = facts.get(name, {})
    if not isinstance(found, Mapping):
        raise BadNodeFile(f"{name} in node.toml is a table")
    return found
