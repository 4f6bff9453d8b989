// The ledger: the tree of RFC 9162, signed notes and checkpoints (C2SP), cosignatures of witnesses, proofs.

const ENTRY_PREFIX = "rogatory-entry/v1\n";
const SIGNATURE_SIZES = { 1: 64, 4: 72 };
const EM_DASH = "\u2014 ";
const MAX_NOTE = 64 * 1024;

function hashLeaf(data) {
  return sha256(Uint8Array.of(0), data);
}

function hashPair(left, right) {
  return sha256(Uint8Array.of(1), left, right);
}

/** The root over *leaves*, which are hashed already (32 bytes each, at least one). */
function treeRoot(leaves) {
  let row = leaves;
  while (row.length > 1) {
    const above = [];
    for (let i = 0; i + 1 < row.length; i += 2) above.push(hashPair(row[i], row[i + 1]));
    row = row.length % 2 ? [...above, row[row.length - 1]] : above;
  }
  return row[0];
}

/** Nothing, when *steps* lead from *leaf* at *index* of *size* to *root* (RFC 9162, 2.1.3.2). */
function verifyInclusion(leaf, index, size, steps, root) {
  must(index < size, "not-included");
  let [place, last, current] = [index, size - 1, leaf];
  for (const step of steps) {
    must(last > 0, "not-included");
    if (place % 2 === 1 || place === last) {
      current = hashPair(step, current);
      while (place !== 0 && place % 2 === 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else {
      current = hashPair(current, step);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  must(last === 0 && same(current, root), "not-included");
}

/** A verifier key, `name+keyid+base64(type || key)`. */
async function readVerifierKey(text) {
  const match = typeof text === "string" ? text.match(/^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/) : null;
  must(match !== null, "bad-verifier-key");
  const material = fromBase64(match[3], "bad-verifier-key");
  const id = sha256(toUtf8.encode(`${match[1]}\n`), material).subarray(0, 4);
  must(toHex(id) === match[2] && material[0] in SIGNATURE_SIZES, "bad-verifier-key");
  return { name: match[1], id, type: material[0], key: await publicKey(material.subarray(1)) };
}

/** A signed note: its text and its signature lines. */
function readNote(text) {
  must(text.length <= MAX_NOTE && !/[\x00-\x09\x0b-\x1f]/.test(text), "bad-note");
  const cut = text.lastIndexOf("\n\n");
  must(cut > 0 && text.endsWith("\n"), "bad-note");
  const lines = text.slice(cut + 2, -1).split("\n");
  must(lines.length <= 64, "bad-note");
  return { body: text.slice(0, cut + 1), signatures: lines.map(readSignatureLine) };
}

function readSignatureLine(line) {
  must(line.startsWith(EM_DASH), "bad-note");
  const [name, encodedValue, ...more] = line.slice(EM_DASH.length).split(" ");
  must(name && encodedValue && !more.length && !name.includes("+"), "bad-note");
  const value = fromBase64(encodedValue, "bad-note");
  must(value.length > 4, "bad-note");
  return { name, id: value.subarray(0, 4), value: value.subarray(4) };
}

function linesOf(note, key) {
  return note.signatures.filter((one) => one.name === key.name && same(one.id, key.id));
}

/** The checkpoint in *text*, signed by the log whose verifier key is *key*. */
async function verifyCheckpoint(text, key) {
  const note = readNote(text);
  const [origin, size, root, ...extensions] = note.body.slice(0, -1).split("\n");
  must(root !== undefined && /^(0|[1-9][0-9]{0,15})$/.test(size) && extensions.every(Boolean), "bad-checkpoint");
  must(origin === key.name, "other-log", { found: origin, wanted: key.name });
  const lines = linesOf(note, key);
  must(lines.length > 0, "note-not-signed", { name: key.name });
  for (const line of lines) await verifyNoteSignature(key, line.value, note.body);
  const hash = fromBase64(root, "bad-checkpoint");
  must(hash.length === 32 && Number.isSafeInteger(Number(size)), "bad-checkpoint");
  return { origin, size: Number(size), root: hash, note };
}

async function verifyNoteSignature(key, signature, text) {
  try {
    await verifySignature(key.key, signature, toUtf8.encode(text));
  } catch {
    fail("wrong-note-signature", { name: key.name });
  }
}

/** When the witness *key* cosigned *note*, in seconds since 1970; null when it did not. */
async function verifyCosignature(note, key) {
  let latest = null;
  for (const line of linesOf(note, key)) {
    must(line.value.length === 72, "wrong-note-signature", { name: key.name });
    const seconds = new DataView(line.value.buffer, line.value.byteOffset).getBigUint64(0);
    const text = `cosignature/v1\ntime ${seconds}\n${note.body}`;
    await verifyNoteSignature(key, line.value.subarray(8), text);
    latest = Number(seconds);
  }
  return latest;
}

/** A proof, its form checked: place, size, steps, checkpoint, and the opening that ties the entry to a digest. */
function readProof(value) {
  const isCount = (number) => Number.isInteger(number) && number >= 0;
  const { index, size, inclusion, checkpoint, opening } = value;
  must(value.v === 1 && isCount(index) && isCount(size) && Array.isArray(inclusion), "bad-proof-form");
  must(typeof checkpoint === "string" && isObject(opening) && inclusion.length <= 64, "bad-proof-form");
  const hashes = [...inclusion, opening.blinding, opening.digest];
  must(hashes.every((one) => typeof one === "string" && DIGEST.test(one)), "bad-proof-form");
  return { index, size, steps: inclusion.map(fromHex), checkpoint, ...opening };
}

/** Nothing, when *proof* shows that the entry for *digest* stands under *head*, a verified checkpoint. */
function verifyProof(proof, digest, head) {
  must(proof.digest === digest, "proof-of-another");
  must(proof.size === head.size, "not-included");
  const entry = sha256(toUtf8.encode(ENTRY_PREFIX), fromHex(proof.blinding), fromHex(proof.digest));
  verifyInclusion(hashLeaf(entry), proof.index, head.size, proof.steps, head.root);
}
