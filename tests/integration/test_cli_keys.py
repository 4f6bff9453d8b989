"""Keys by command: split, rehearsed, recovered, renewed, under a new passphrase; stopped at every durable write."""

import fcntl
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from tests.support.desk import PASSWORD

from rogatory.cli import app, custodians, setting
from rogatory.cli.sharepages import words_of
from rogatory.office import accounts
from rogatory.sealing import age, splitting
from rogatory.sealing.recipients import HybridIdentity
from rogatory.site import wiring
from rogatory.site.commands import Site
from rogatory.stores.models import AuditEvent

pytestmark = pytest.mark.any_database

US = "VNM/contact-point"
NAMES = ("Đỗ Giang", "Trần Thị Bình", "Lê Minh Châu")
KEPT = ("keys.age", "node.toml")


class PowerCut(BaseException):
    """The process ends here."""


class Commands:
    """Calls of the program in this process, on the tests' own node, by an administrator."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.data, self._capsys = folder, Path(django_settings.DATA), capsys

    def afresh(self) -> None:
        """What the process has opened is forgotten, as in a new one."""
        wiring._node.cache_clear()
        wiring._as_of_now.cache_clear()

    def call(self, *words: str) -> tuple[int, str]:
        status = app.run(["--as", "giang", *words], Site())
        out, err = self._capsys.readouterr()
        return status, out + err

    def json(self, *words: str) -> Any:
        status, told = self.call("--json", *words)
        assert status == 0, told
        return json.loads(told)

    def refused(self, status: int, *words: str) -> str:
        found, told = self.call("--json", *words)
        assert found == status, told
        code: str = json.loads(told)["error"]["code"]
        return code

    def split(self, folder: str = "shares") -> Any:
        named = [word for name in NAMES for word in ("--custodian", name)]
        out = ("--out", str(self.folder / folder))
        return self.json("keys", "split", "--threshold", "2", "--shares", "3", *named, *out)

    def kids(self) -> list[str]:
        return [line["kid"] for line in self.json("keys", "list") if line["authority"] == US]

    def page(self, number: int, folder: str = "shares") -> Path:
        return self.folder / folder / f"share-{number}-of-3.txt"

    def shares(self, *numbers: int, folder: str = "shares") -> list[str]:
        return [word for number in numbers for word in ("--share", str(self.page(number, folder)))]

    def rehearse(self, *numbers: int, folder: str = "shares") -> Any:
        return self.json("keys", "rehearse", *self.shares(*numbers, folder=folder))["shares"]


@pytest.fixture
def program(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Commands]:
    """The program on the tests' own node, whose keys are as before when the test has ended."""
    found = Commands(tmp_path, capsys)
    accounts.make_account("giang", PASSWORD, name="Đỗ Giang", authority=US, roles=["administrator"])
    monkeypatch.setenv("ROGATORY_PASSWORD", PASSWORD)
    given = Path(os.environ["ROGATORY_PASSPHRASE_FILE"])
    monkeypatch.setenv("ROGATORY_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    (tmp_path / "passphrase").write_bytes(given.read_bytes())
    before = {name: (found.data / name).read_bytes() for name in KEPT}
    yield found
    for name, data in before.items():
        setting.write_durably(found.data / name, data)
    for name in ("keys-recovery.age", "renewal.json"):
        (found.data / name).unlink(missing_ok=True)


@pytest.fixture
def split(program: Commands) -> Commands:
    """The program on a node whose keys are split 2 of 3 into the folder `shares`."""
    program.split()
    return program


def audited(action: str) -> list[tuple[str, str]]:
    lines = AuditEvent.objects.filter(action__startswith=action).order_by("id")
    return [(line.action, line.detail) for line in lines]


def test_shares_are_pages_that_only_their_owner_reads_and_nothing_else_holds(split: Commands) -> None:
    found = [splitting.read_share(words_of(split.page(number).read_text()), place="") for number in (1, 2, 3)]
    assert [share.number for share in found] == [1, 2, 3]
    for number, name in enumerate(NAMES, start=1):
        assert split.page(number).stat().st_mode & 0o777 == 0o600
        assert name in split.page(number).read_text()
        assert max(map(len, split.page(number).read_text().splitlines())) <= 78
    assert (split.data / "keys-recovery.age").stat().st_mode & 0o777 == 0o600
    kept = HybridIdentity(splitting.join(found[:2]))
    assert b"AGE-SECRET-KEY" in age.open_sealed((split.data / "keys-recovery.age").read_bytes(), [kept])
    words = found[0].words.encode()
    assert [path for path in split.data.rglob("*") if path.is_file() and words in path.read_bytes()] == []
    assert audited("keys:recovery") == [("keys:recovery:split", f"2 of 3: {', '.join(NAMES)}")]


def test_a_split_that_protects_nothing_or_names_nobody_is_refused(program: Commands) -> None:
    assert program.refused(2, "keys", "split", "--threshold", "1", "--shares", "3") == "bad-split"
    two = ("keys", "split", "--threshold", "2", "--shares", "2")
    for named in (["An"], ["An", "An"], ["An", " "], ["An", "B\x1b[2J"]):
        options = [word for name in named for word in ("--custodian", name)]
        assert program.refused(2, *two, *options) == "bad-custodian"
    assert program.refused(3, "keys", "custodians") == "keys-not-split"
    assert program.refused(3, "keys", "rehearse") == "no-recovery-file"
    assert len(program.json(*two)["shares"]) == 2


def test_only_an_administrator_touches_keys(split: Commands) -> None:
    accounts.make_account("an", PASSWORD, name="An", authority=US, roles=["drafter"])
    before = (split.data / "keys.age").read_bytes()
    new = str(split.folder / "new")
    for words in (
        ("split", "--threshold", "2", "--shares", "3"),
        ("rehearse", *split.shares(1, 2)),
        ("passphrase", "--new-file", new),
        ("renew", US, "--because", "rotation", "--new-passphrase-file", new),
        ("rotate", US),
    ):
        assert split.refused(4, "--as", "an", "keys", *words) == "role-missing"
    assert (split.data / "keys.age").read_bytes() == before
    (split.data / "keys.age").unlink()
    assert split.refused(4, "--as", "an", "keys", "recover", *split.shares(1, 2)) == "role-missing"


def test_custodians_rehearse_and_it_is_recorded_also_when_it_fails(split: Commands) -> None:
    held = split.json("keys", "custodians")
    assert (held["threshold"], held["custodians"], held["rehearsed"], held["due"]) == (2, list(NAMES), None, False)
    before = [(path.name, path.read_bytes()) for path in sorted(split.data.glob("keys*"))]
    assert split.rehearse(3, 1) == [1, 3]
    assert split.json("keys", "custodians")["rehearsed"] is not None
    assert split.refused(2, "keys", "rehearse", *split.shares(2)) == "too-few-shares"
    assert split.refused(2, "keys", "rehearse", *split.shares(2, 2)) == "share-twice"
    assert audited("keys:recovery:rehearse") == [
        ("keys:recovery:rehearse", "shares 1, 3"),
        ("keys:recovery:rehearse-failed", "shares 2: too-few-shares"),
        ("keys:recovery:rehearse-failed", "shares 2, 2: share-twice"),
    ]
    assert [(path.name, path.read_bytes()) for path in sorted(split.data.glob("keys*"))] == before


def test_a_drill_that_is_older_than_a_year_is_asked_for(split: Commands) -> None:
    from datetime import timedelta

    from rogatory.node import keyholding

    node = wiring.node()
    for days, due in ((364, False), (367, True)):

        class Later:
            def now(self, days: int = days) -> Any:
                return node.clock.now() + timedelta(days=days)

        from dataclasses import replace

        found = keyholding.holding(replace(node, clock=Later()))
        assert found is not None
        assert found.due is due
        assert bool(custodians.due(found)) is due


def test_shares_stay_good_when_keys_are_rotated_and_an_old_recovery_file_is_noticed(split: Commands) -> None:
    file = split.data / "keys-recovery.age"
    old = file.read_bytes()
    split.json("keys", "rotate", US)
    new = file.read_bytes()
    assert split.rehearse(2, 3) == [2, 3]
    file.write_bytes(old)
    assert split.refused(4, "keys", "rehearse", *split.shares(1, 2)) == "recovery-outdated"
    file.write_bytes(new)


def test_shares_are_given_one_a_line_where_there_is_no_terminal(
    split: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))

    lines = [words_of(split.page(number).read_text()) for number in (1, 2)]
    give(*lines)
    assert split.json("keys", "rehearse")["shares"] == [1, 2]
    wrong = lines[0].split()
    wrong[4] = "zero" if wrong[4] != "zero" else "yoga"
    give(lines[1], " ".join(wrong))
    assert split.refused(2, "keys", "rehearse") == "share-mistyped"
    give()
    assert split.refused(2, "keys", "rehearse") == "too-few-shares"


def test_shares_are_asked_for_at_a_terminal_until_they_are_right(
    split: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    lines = [words_of(split.page(number).read_text()) for number in (3, 1)]
    typed, asked = iter(["not a share", *lines]), []
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(custodians, "getpass", lambda prompt: (asked.append(prompt), next(typed))[1])
    status, told = split.call("keys", "rehearse")
    assert status == 0, told
    assert "word 1, 2, 3 of share 1 is not on the list of words. Again." in told
    assert [one[:7] for one in asked] == ["Share 1", "Share 1", "Share 2"]
    assert "Shares 1, 3 open the recovery file" in told
    assert not set(lines[0].split()[4:12]) <= set(told.split())


def test_a_new_split_ends_the_one_before(split: Commands) -> None:
    split.split("newer")
    assert split.refused(2, "keys", "rehearse", *split.shares(1, 2)) == "recovery-closed"
    mixed = split.shares(1) + split.shares(2, folder="newer")
    assert split.refused(2, "keys", "rehearse", *mixed) == "share-of-another-set"
    assert split.rehearse(1, 2, 3, folder="newer") == [1, 2, 3]


def test_lost_keys_come_back_under_a_new_passphrase_and_only_lost_ones(split: Commands) -> None:
    assert split.refused(4, "keys", "recover", *split.shares(1, 3)) == "keys-not-lost"
    before = split.kids()
    (split.data / "keys.age").unlink()
    assert split.refused(3, "keys", "list") == "no-keys"
    assert split.refused(2, "keys", "recover", *split.shares(1)) == "too-few-shares"
    fresh = split.folder / "fresh"
    told = split.json("keys", "recover", *split.shares(1, 3), "--new-passphrase-file", str(fresh))
    assert (told["shares"], told["state"]) == ([1, 3], "VNM")
    assert split.kids() == before
    assert (split.folder / "passphrase").read_text() == fresh.read_text()
    assert audited("keys:recovery:recover") == [("keys:recovery:recover", "shares 1, 3")]


def test_a_lost_passphrase_is_overcome_too(split: Commands) -> None:
    before = split.kids()
    (split.folder / "passphrase").write_text("forgotten\n")
    split.afresh()
    assert split.refused(2, "keys", "list") == "wrong-passphrase"
    split.json("keys", "recover", *split.shares(2, 3))
    assert split.kids() == before


def test_the_recovery_file_of_another_node_is_refused(split: Commands) -> None:
    from rogatory.sealing.keystore import Keystore, Recovery, new_keystore

    found = [splitting.read_share(words_of(split.page(number).read_text()), place="") for number in (1, 2)]
    recipient = str(HybridIdentity(splitting.join(found)).recipient)
    from datetime import UTC, datetime

    at = datetime(2028, 1, 1, tzinfo=UTC)
    other = new_keystore("FRA", [], at=at, random=os.urandom)
    other = Keystore(
        state=other.state,
        identity=other.identity,
        ledger=other.ledger,
        authorities={},
        recovery=Recovery(recipient=recipient, threshold=2, custodians=NAMES, at=at),
    )
    data = other.to_recovery(os.urandom)
    assert data is not None
    (split.data / "keys-recovery.age").write_bytes(data)
    assert split.refused(2, "keys", "rehearse", *split.shares(1, 2)) == "keys-of-another-state"


def test_keys_come_under_a_new_passphrase_wherever_that_is_stopped(program: Commands) -> None:
    passphrase, before = program.folder / "passphrase", program.kids()
    old, new = passphrase.read_text(), program.folder / "next"
    assert program.json("keys", "passphrase", "--new-file", str(new))["replaced"] is True
    assert passphrase.read_text() == new.read_text() != old
    assert program.kids() == before
    # As if it had been stopped after the keys were written and before the passphrase file was.
    passphrase.write_text(old)
    program.afresh()
    assert program.refused(2, "keys", "list") == "wrong-passphrase"
    program.json("keys", "passphrase", "--new-file", str(new))
    assert program.kids() == before
    for wrong in (b"\n", b"two\nlines\n", b"\xff\xfe"):
        (program.folder / "wrong").write_bytes(wrong)
        assert program.refused(2, "keys", "passphrase", "--new-file", str(program.folder / "wrong")) == (
            "bad-passphrase"
        )
    assert program.kids() == before


def test_while_somebody_changes_keys_another_is_told_to_wait(program: Commands) -> None:
    before = (program.data / "keys.age").read_bytes()
    held = os.open(program.data, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        for words in (("rotate", US), ("renew", US, "--because", "rotation"), ("split", "--threshold", "2")):
            more = ("--shares", "3") if words[0] == "split" else ()
            assert program.refused(6, "keys", *words, *more) == "keys-being-changed"
    finally:
        os.close(held)
    assert (program.data / "keys.age").read_bytes() == before
    program.json("keys", "rotate", US)


def test_a_renewal_after_a_theft_revokes_renews_and_forgets_in_one_command(split: Commands) -> None:
    before = split.json("card", "show")
    words = ("keys", "renew", US, "--because", "device-stolen", "--forget-old")
    told = split.json(*words, "--new-passphrase-file", str(split.folder / "after"))
    after = split.json("card", "show")
    assert after["serial"] == told["serial"] == before["serial"] + 1
    authority = after["authorities"][0]
    assert [key["revoked"] is None for key in authority["signing"]] == [False, True]
    assert authority["signing"][-1]["kid"] == told["kid"]
    assert [key["until"] for key in authority["encryption"]] == [None]
    assert not (split.data / "renewal.json").exists()
    ((_, detail),) = audited("keys:authority:renew")
    assert detail.startswith("device-stolen, begun 20")
    assert detail.endswith("; old encryption keys forgotten")
    assert split.rehearse(1, 2) == [1, 2]
    assert split.refused(2, "keys", "renew", US, "--because", "spring") == "not-a-reason"


def cut_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The power fails just before durable write *number* (from 0) of what follows."""
    write, left = setting.write_durably, [number]

    def cut(path: Path, data: bytes) -> None:
        if not left[0]:
            raise PowerCut
        left[0] -= 1
        write(path, data)

    monkeypatch.setattr(setting, "write_durably", cut)


def test_a_renewal_cut_before_any_of_its_writes_goes_on_and_gives_fresh_keys_once(split: Commands) -> None:
    new = split.folder / "after"
    words = ("keys", "renew", US, "--because", "device-stolen", "--forget-old", "--new-passphrase-file", str(new))
    cuts = 0
    for number in range(30):
        new.unlink(missing_ok=True)
        before = split.json("card", "show")
        with pytest.MonkeyPatch.context() as monkeypatch:
            cut_at(monkeypatch, number)
            try:
                split.json(*words)
            except PowerCut:
                cuts += 1
        if (split.data / "renewal.json").exists():
            other = ("keys", "renew", "VNM/central-authority", "--because", "rotation")
            if number > 6:
                assert split.refused(4, *other) == "renewal-under-way"
        if cuts == number + 1:
            split.json(*words)
        after = split.json("card", "show")
        assert after["serial"] == before["serial"] + 1, number
        signing = [len(card["authorities"][0]["signing"]) for card in (before, after)]
        assert signing[1] == signing[0] + 1, number
        assert len(after["authorities"][0]["encryption"]) == 1
        assert split.rehearse(1, 3) == [1, 3]
        if cuts == number:
            break
    # passphrase, keys twice (recovery and own), passphrase file, journal, serial, keys twice, keys twice
    assert cuts == 10
    assert len(audited("keys:authority:renew")) == 11


def test_a_rotation_and_a_split_cut_before_any_of_their_writes_lose_nothing(split: Commands) -> None:
    for words in (("keys", "rotate", US), ("keys", "split", "--threshold", "2", "--shares", "3")):
        for number in range(3):
            before = split.kids()
            with pytest.MonkeyPatch.context() as monkeypatch:
                cut_at(monkeypatch, number)
                try:
                    split.json(*words)
                except PowerCut:
                    assert split.kids() == before
                    sealed = (split.data / "keys-recovery.age").read_bytes()
                    assert sealed
    split.split("again")
    assert split.rehearse(1, 2, folder="again") == [1, 2]


def test_a_journal_that_cannot_be_read_is_said(program: Commands) -> None:
    for text in ("{}", "[]", "no json", '{"authority": 1, "at": null}'):
        (program.data / "renewal.json").write_text(text)
        assert program.refused(2, "keys", "renew", US, "--because", "rotation") == "bad-renewal-file"


def test_the_list_of_keys_says_among_whom_they_are_split(program: Commands) -> None:
    assert "not split among custodians" in program.call("keys", "list")[1]
    program.split()
    assert "2 of 3" in program.call("keys", "list")[1]
    assert "never" in program.call("keys", "custodians")[1]
