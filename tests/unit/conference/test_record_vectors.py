"""The vectors of records are judged as their headers say, and the specification lists what the program knows."""

from pathlib import Path

import pytest

from rogatory.conference.meeting.engine import KINDS
from rogatory.conference.meeting.events import Kind
from rogatory.conference.record.summary import summary
from rogatory.conference.record.verify import Verified, verify

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "vectors"
FILES = sorted((FOLDER / "record").glob("*.txt"))


def parts(path: Path) -> tuple[dict[str, str], list[bytes]]:
    head, _, body = path.read_bytes().partition(b"\n\n")
    return dict(line.split(": ", 1) for line in head.decode().splitlines()), body.splitlines()


def record(header: dict[str, str], body: list[bytes]) -> list[bytes]:
    """The lines that a vector stands for."""
    if "of" not in header:
        return body
    _, lines = parts(FOLDER / "record" / f"{header['of']}.txt")
    at = {name: int(header[name]) for name in ("drop", "swap", "cut", "replace") if name in header}
    if "drop" in at:
        del lines[at["drop"] - 1]
    if "swap" in at:
        place = at["swap"]
        lines[place - 1 : place + 1] = [lines[place], lines[place - 1]]
    if "replace" in at:
        lines[at["replace"] - 1] = body[0]
    return lines[: at.get("cut")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_vector_of_a_record_is_judged_as_its_header_says(path: Path) -> None:
    header, body = parts(path)
    found = verify(record(header, body), head=header.get("announced", ""))
    if header["expect"] == "success":
        assert not found.failures
        assert found.closed == ("entries" in header)
        if "entries" in header:
            assert found.link is not None
            assert (str(found.link.number), found.link.digest) == (header["entries"], header["head"])
            assert votes(found) == header["votes"]
        return
    (failed,) = found.failures
    assert failed.code == header["expect"]
    if "step" in header:
        assert (failed.number, failed.entry) == (int(header["step"]), int(header["entry"]))


def votes(found: Verified) -> str:
    assert found.state is not None
    (one,) = summary(found.state)["votes"]
    count = one["count"]
    outcome = "adopted" if one["adopted"] else "rejected"
    return f"{one['id']} yes {count['yes']} no {count['no']} abstain {count['abstain']} {outcome}"


def test_the_vectors_of_records_are_those_that_the_maker_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    import make_record

    made = make_record.build()
    assert {f"record/{path.name}" for path in FILES} == set(made)
    for name, data in made.items():
        assert (FOLDER / name).read_bytes() == data, name


def row(kind: Kind) -> str:
    """The line of the specification's table for *kind*."""
    members = [
        f"`{name}` {wanted.rstrip('?').replace('|', ', ')}{', may be missing' if wanted.endswith('?') else ''}"
        for name, wanted in kind.form.items()
    ]
    return f"| `{kind.id}` | {', '.join(kind.by)} | {'; '.join(members)} |"


def test_the_specification_lists_every_kind_of_event_with_its_body() -> None:
    written = (ROOT / "spec" / "meeting-record.md").read_text("utf-8").splitlines()
    rows = [row(kind) for kind in KINDS.values()]
    assert [line for line in rows if line not in written] == []
    table = [line for line in written if line.startswith("| `")]
    assert sorted(table) == sorted(rows)
