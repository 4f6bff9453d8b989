// Large files, read piece by piece: sealed exhibits against their parts, opened ones against their SHA-256.

const SEALED_MEMBER = /^exhibits\/[^/]+\/sealed\.age$/;

/** The SHA-256 (hexadecimal) and CRC-32 of the Blob *blob*; *progress* is told how many bytes were read. */
async function digestOf(blob, progress = () => {}) {
  const hash = new Sha256();
  let crc = 0;
  for (let place = 0; place < blob.size; place += BLOCK) {
    const bytes = await bytesAt(blob, place, Math.min(place + BLOCK, blob.size));
    hash.update(bytes);
    crc = crc32(bytes, crc);
    progress(bytes.length);
  }
  return { sha256: toHex(hash.digest()), crc };
}

async function partDigest(bytes) {
  if (!globalThis.crypto?.subtle) return sha256(bytes);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The digest of each part of the sealed file *blob*, 32 bytes each. */
async function partDigests(blob, partSize, progress = () => {}) {
  const digests = [];
  for (let place = 0; place < blob.size; place += partSize) {
    const bytes = await bytesAt(blob, place, Math.min(place + partSize, blob.size));
    digests.push(await partDigest(bytes));
    progress(bytes.length);
  }
  return digests;
}

function partsRoot(digests) {
  return toHex(treeRoot(digests.map(hashLeaf)));
}

/** Nothing, when *blob* is the sealed file that *manifest* signs; *list* is its part list, or null. */
async function verifySealed(blob, manifest, list, progress) {
  must(blob.size === manifest.sealedSize, "wrong-sealed-bytes");
  const digests = await partDigests(blob, manifest.partSize, progress);
  if (list !== null) {
    const wrong = digests.findIndex((digest, part) => !same(digest, list.subarray(part * 32, part * 32 + 32)));
    must(wrong < 0, "wrong-part-digest", { part: wrong });
  }
  must(partsRoot(digests) === manifest.root, "wrong-sealed-bytes");
}

function verifyPartList(list, manifest) {
  must(list.length === manifest.partCount * 32, "wrong-part-list");
  const digests = Array.from({ length: manifest.partCount }, (_, part) => list.subarray(part * 32, part * 32 + 32));
  must(partsRoot(digests) === manifest.root, "wrong-part-list");
}

/** What the chosen *file* is, held against the exhibits of a case: a note, or the fault that it is none of them. */
async function judgeFile(file, manifests, progress) {
  const sealed = manifests.filter((manifest) => manifest.sealedSize === file.size);
  const opened = manifests.filter((manifest) => manifest.size === file.size);
  must(sealed.length + opened.length > 0, "file-other-size", { file: file.name, size: file.size });
  for (const manifest of sealed) {
    const digests = await partDigests(file, manifest.partSize, progress);
    const about = { file: file.name, exhibit: manifest.exhibit, name: manifest.name };
    if (partsRoot(digests) === manifest.root) return { key: "file-sealed", values: about, outcome: "pass" };
  }
  if (opened.length) {
    const { sha256: found } = await digestOf(file, progress);
    const manifest = opened.find((one) => one.sha256 === found);
    const about = { file: file.name, sha256: found };
    if (manifest) {
      return { key: "file-opened", values: { ...about, exhibit: manifest.exhibit, name: manifest.name }, outcome: "pass" };
    }
    fail("file-altered", { ...about, wanted: opened.map((one) => one.sha256).join(", ") });
  }
  return fail("file-altered-sealed", { file: file.name });
}
