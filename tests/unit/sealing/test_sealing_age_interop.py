"""Stock age tools open what we seal, and we open what they seal.

pyrage and the `age` program know plain X25519; hybrid keys are tried against npm's `age-encryption`, when the
variable ROGATORY_AGE_NPM names a node_modules folder that holds it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest
from practice_states import fixed_random, seed

from rogatory.sealing import age
from rogatory.sealing.age_armor import read_armor
from rogatory.sealing.recipients import HybridIdentity, Passphrase, X25519Identity

PLAIN = X25519Identity(seed("plain"))
HYBRID = HybridIdentity(seed("hybrid"))
SIZES = [0, 1, 65536, 65537, 200_000]
NPM = """
import { Encrypter, Decrypter, identityToRecipient } from "age-encryption";
import { readFileSync, writeFileSync } from "node:fs";
const [verb, key, source, target] = process.argv.slice(2);
const data = readFileSync(source);
if (verb === "seal") {
  const sealer = new Encrypter();
  sealer.addRecipient(await identityToRecipient(key));
  writeFileSync(target, await sealer.encrypt(data));
} else {
  const opener = new Decrypter();
  opener.addIdentity(key);
  writeFileSync(target, await opener.decrypt(data));
}
"""


def _data(size: int) -> bytes:
    return fixed_random("interop")(size)


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_and_we_open_each_others_files(size: int) -> None:
    theirs = pyrage.x25519.Identity.from_str(PLAIN.reveal())
    assert str(theirs.to_public()) == str(PLAIN.recipient)
    ours = age.seal(_data(size), [str(PLAIN.recipient)], fixed_random("ours"))
    assert pyrage.decrypt(ours, [theirs]) == _data(size)
    assert age.open_sealed(pyrage.encrypt(_data(size), [theirs.to_public()]), [PLAIN]) == _data(size)


def test_pyrage_and_we_share_a_passphrase() -> None:
    ours = age.seal(b"secret", [Passphrase("correct horse", work=4)], fixed_random("ours"))
    assert pyrage.passphrase.decrypt(ours, "correct horse") == b"secret"


@pytest.fixture
def age_program() -> str:
    program = shutil.which("age")
    if program is None:
        pytest.skip("the program age is not installed")
    return program


@pytest.mark.parametrize("size", SIZES)
def test_the_age_program_and_we_open_each_others_files(age_program: str, tmp_path: Path, size: int) -> None:
    key, ours, plain = tmp_path / "key", tmp_path / "ours.age", tmp_path / "plain"
    key.write_text(PLAIN.reveal() + "\n")
    plain.write_bytes(_data(size))
    ours.write_bytes(age.seal(_data(size), [str(PLAIN.recipient)], fixed_random("ours")))
    assert subprocess.run([age_program, "-d", "-i", key, ours], capture_output=True, check=True).stdout == _data(size)
    seal = [age_program, "-r", str(PLAIN.recipient)]
    theirs = subprocess.run([*seal, plain], capture_output=True, check=True).stdout
    assert age.open_sealed(theirs, [PLAIN]) == _data(size)
    armored = subprocess.run([*seal, "-a", plain], capture_output=True, check=True).stdout
    assert age.open_sealed(read_armor(armored), [PLAIN]) == _data(size)


@pytest.fixture
def npm_folder(tmp_path: Path) -> Path:
    modules = os.environ.get("ROGATORY_AGE_NPM")
    if not modules or not shutil.which("node"):
        pytest.skip("ROGATORY_AGE_NPM does not name a node_modules folder with age-encryption, or node is missing")
    (tmp_path / "node_modules").symlink_to(modules)
    (tmp_path / "run.mjs").write_text(NPM)
    return tmp_path


@pytest.mark.parametrize("identity", [PLAIN, HYBRID], ids=["x25519", "hybrid"])
@pytest.mark.parametrize("size", SIZES)
def test_npm_age_encryption_and_we_open_each_others_files(
    npm_folder: Path, identity: X25519Identity | HybridIdentity, size: int
) -> None:
    def run(verb: str, data: bytes) -> bytes:
        (npm_folder / "in").write_bytes(data)
        subprocess.run(["node", "run.mjs", verb, identity.reveal(), "in", "out"], cwd=npm_folder, check=True)
        return (npm_folder / "out").read_bytes()

    ours = age.seal(_data(size), [str(identity.recipient)], fixed_random("ours"))
    assert run("open", ours) == _data(size)
    assert age.open_sealed(run("seal", _data(size)), [identity]) == _data(size)
