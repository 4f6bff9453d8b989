"""Personal tokens for programs: what is kept of them, who may make and revoke them, and when they die."""

from datetime import timedelta

import pytest

from rogatory.node.context import Node
from rogatory.office import accounts, tokens
from rogatory.office.models import Token

PASSWORD = "a long practice password"


@pytest.fixture
def ana(node: Node) -> str:
    accounts.make_account("ana", PASSWORD, name="Ana", authority="VNM/contact-point", roles=["drafter"])
    return "ana"


def make(node: Node, owner: str, *, days: int = 30) -> tuple[Token, str]:
    return tokens.make(owner, "statistics", days=days, now=node.clock.now(), random=node.random)


def test_a_token_is_kept_as_its_digest_alone(node: Node, ana: str) -> None:
    row, text = make(node, ana)
    assert text.startswith("rogatory_")
    kept = Token.objects.filter(pk=row.pk).values().get()
    assert text.removeprefix("rogatory_") not in repr(kept)
    assert tokens.used(text, now=node.clock.now()).pk == row.pk


def test_a_token_opens_nothing_after_its_day_or_its_revocation_or_its_owners_account(node: Node, ana: str) -> None:
    now = node.clock.now()
    _, short = tokens.make(ana, "short", days=1, now=now, random=node.random)
    assert tokens.used(short, now=now + timedelta(days=1, seconds=-1))
    with pytest.raises(tokens.BadToken):
        tokens.used(short, now=now + timedelta(days=1))
    row, text = make(node, ana)
    tokens.revoke(row.pk, username=ana, now=now)
    with pytest.raises(tokens.BadToken):
        tokens.used(text, now=now)
    _, other = make(node, ana)
    accounts.set_open(row.user.member, open=False)
    with pytest.raises(tokens.BadToken):
        tokens.used(other, now=now)


@pytest.mark.parametrize("text", ["", "rogatory_", "rogatory_" + "0" * 64, "\udcff", "x" * 100_000])
def test_what_is_no_token_opens_nothing(node: Node, ana: str, text: str) -> None:
    make(node, ana)
    with pytest.raises(tokens.BadToken):
        tokens.used(text, now=node.clock.now())


def test_only_its_owner_or_an_administrator_revokes_a_token(node: Node, ana: str) -> None:
    row, text = make(node, ana)
    with pytest.raises(tokens.NoSuchToken):
        tokens.revoke(row.pk, username="somebody", now=node.clock.now())
    assert tokens.used(text, now=node.clock.now()).pk == row.pk
    assert tokens.revoke(row.pk, username="", now=node.clock.now()).revoked is not None


def test_a_token_is_marked_with_the_day_it_was_last_used(node: Node, ana: str) -> None:
    row, text = make(node, ana)
    assert tokens.listed(ana)[0].last_used is None
    tokens.used(text, now=node.clock.now())
    assert tokens.listed(ana)[0].last_used == node.clock.now().date()
    assert [one.pk for one in tokens.listed()] == [row.pk]


@pytest.mark.parametrize(("name", "days"), [("", 30), ("a" * 81, 30), ("a\x1b[2J", 30), ("a", 0), ("a", 367)])
def test_an_impossible_token_is_not_made(node: Node, ana: str, name: str, days: int) -> None:
    with pytest.raises(tokens.BadTokenWish):
        tokens.make(ana, name, days=days, now=node.clock.now(), random=node.random)
    assert not Token.objects.exists()


def test_nobody_keeps_more_tokens_alive_than_the_limit(node: Node, ana: str) -> None:
    made = [make(node, ana)[0] for _ in range(tokens.MOST_ALIVE)]
    with pytest.raises(tokens.BadTokenWish, match="already"):
        make(node, ana)
    tokens.revoke(made[0].pk, username=ana, now=node.clock.now())
    assert make(node, ana)
