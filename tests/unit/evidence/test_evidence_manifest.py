"""A manifest says what it says, signed by who sealed; anything else is refused with a code."""

import contextlib
import dataclasses
from datetime import date

import pytest
from evidence_samples import ANYTHING, AT, FRA, KEYS, VNM, Ring, manifest_of, sealed_exhibit
from hypothesis import given
from hypothesis import strategies as st

from rogatory.errors import RogatoryError
from rogatory.evidence import labels, manifest
from rogatory.evidence.signers import WrongSigner
from rogatory.kernel.canonical import dumps, loads_object
from rogatory.sealing import jws

FOUND = sealed_exhibit(b"the exhibit")[1]
MANIFEST = manifest_of(FOUND)
SIGNED = manifest.make_manifest(MANIFEST, key=KEYS[FRA])


def resigned(**changes: object) -> bytes:
    payload = loads_object(dumps(MANIFEST.to_json()))
    for path, value in changes.items():
        place = payload
        *outer, last = path.split("__")
        for name in outer:
            place = place[name]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    return jws.sign(payload, key=KEYS[FRA], typ=manifest.TYP)


def test_a_signed_manifest_reads_back_as_it_was() -> None:
    assert manifest.verify_manifest(SIGNED, Ring()) == MANIFEST
    conditions = dataclasses.replace(MANIFEST.conditions, retention_until=date(2030, 1, 31), confidential=False)
    other = dataclasses.replace(MANIFEST, conditions=conditions, at=AT)
    assert manifest.verify_manifest(manifest.make_manifest(other, key=KEYS[FRA]), Ring()) == other


def test_members_that_are_not_known_are_kept_and_signed() -> None:
    signed = resigned(weather="rain", conditions__colour="grey")
    read = manifest.verify_manifest(signed, Ring())
    assert read.more == {"weather": "rain"}
    assert read.conditions.more == {"colour": "grey"}
    assert manifest.make_manifest(read, key=KEYS[FRA]) == signed


@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_manifest_is_accepted(place: int, change: int) -> None:
    changed = bytearray(SIGNED)
    changed[place] ^= change
    with pytest.raises((RogatoryError, LookupError)) as error:
        manifest.verify_manifest(bytes(changed), Ring())
    assert hasattr(error.value, "code") or type(error.value).__name__ == "StrangeKey"


def test_a_manifest_signed_by_another_authority_is_refused() -> None:
    with pytest.raises(WrongSigner):
        manifest.verify_manifest(manifest.make_manifest(MANIFEST, key=KEYS[VNM]), Ring())


MEMBERS = [*MANIFEST.to_json(), *(f"conditions__{name}" for name in MANIFEST.to_json()["conditions"])]
MEMBERS += ["plaintext__sha256", "plaintext__size", "sealed__size", "parts__size", "parts__count", "parts__root"]


@given(st.sampled_from(MEMBERS), ANYTHING)
def test_whatever_stands_in_a_member_is_read_or_refused_with_a_code(member: str, value: object) -> None:
    with contextlib.suppress(RogatoryError):
        manifest.verify_manifest(resigned(**{member: value}), Ring())


WRONG: dict[str, dict[str, object]] = {
    "another version": {"v": 2},
    "a version that is true": {"v": True},
    "no exhibit": {"exhibit": ...},
    "an exhibit that is no id": {"exhibit": "1"},
    "a case that is no case": {"case": "VNM"},
    "a request that is no digest": {"answers": "00"},
    "a name that is a path": {"name": "../../etc/passwd"},
    "a name that is no text": {"name": 5},
    "a media type that is none": {"media_type": "zip"},
    "a description that is too long": {"description": "x" * 4001},
    "a plaintext that is no object": {"plaintext": "x"},
    "a plaintext without a digest": {"plaintext__sha256": ...},
    "a negative size": {"plaintext__size": -1},
    "a size that is true": {"plaintext__size": True},
    "a size in letters": {"plaintext__size": "5"},
    "a plaintext larger than what is sealed": {"plaintext__size": 2**40},
    "more parts than there are": {"parts__count": 2},
    "parts of one byte": {"parts__size": 1},
    "a root that is none": {"parts__root": "x" * 64},
    "a sealer that is no authority": {"sealed_by": "France"},
    "a person who is no text": {"person": None},
    "no receiver": {"receivers": []},
    "a receiver twice": {"receivers": [VNM, VNM]},
    "receivers that are no list": {"receivers": VNM},
    "receivers without end": {"receivers": [f"VNM/a{number}" for number in range(65)]},
    "a recipient that is a number": {"recipients": [1]},
    "a time in another zone": {"at": "2028-03-01T09:30:00+07:00"},
    "conditions that are no object": {"conditions": []},
    "no condition of use": {"conditions__use": ...},
    "confidential in words": {"conditions__confidential": "yes"},
    "onward transfer in other words": {"conditions__onward": "maybe"},
    "onward transfer as a list": {"conditions__onward": []},
    "a retention that is no day": {"conditions__retention_until": "2030-02-31"},
}


@pytest.mark.parametrize("why", WRONG)
def test_a_signed_manifest_that_is_not_well_formed_is_refused(why: str) -> None:
    with pytest.raises(RogatoryError) as error:
        manifest.verify_manifest(resigned(**WRONG[why]), Ring())
    assert error.value.code != RogatoryError.code


def test_a_manifest_beyond_the_limit_is_not_made() -> None:
    huge = dataclasses.replace(MANIFEST, recipients=tuple(f"age1pq1{number}" + "q" * 5000 for number in range(60)))
    with pytest.raises(manifest.BadManifest, match="limit"):
        manifest.make_manifest(huge, key=KEYS[FRA])


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "a/b",
        "a\\b",
        "C:x",
        "a\x00b",
        "a\nb",
        " a",
        "a ",
        "photo\u202egpj.exe",
        "\u200bx",
        "x" * 256,
        None,
    ],
)
def test_a_name_that_could_do_harm_is_refused_and_has_a_harmless_neighbour(name: str | None) -> None:
    with pytest.raises(labels.BadFileName):
        labels.require_file_name(name)
    if name is not None:
        assert labels.require_file_name(labels.safe_file_name(name))


@given(st.text(max_size=300))
def test_every_name_has_a_harmless_neighbour(name: str) -> None:
    safe = labels.safe_file_name(name)
    assert labels.require_file_name(safe) == safe
    assert labels.safe_file_name(safe) == safe


@pytest.mark.parametrize("name", ["mailbox.mbox", "Đơn khởi tố số 5.pdf", "pièce n° 3.zip", ".profile"])
def test_names_in_any_language_are_kept(name: str) -> None:
    assert labels.require_file_name(name) == name
