// Steps 3 to 8 of the ladder: messages, receipts, evidence, ledger, and that exercise and reality are not mixed.

/** Step 3. */
async function checkSignatures(found) {
  const index = needed(found.index, 1);
  const ring = needed(found.ring, 2);
  const messages = new Map();
  for (const [name, bytes] of papersUnder(found, "messages")) {
    found.member = name;
    must(messages.size < tables.limits.messages, "bundle-not-one-case", { count: messages.size + 1 });
    const message = await verifyMessage(bytes, ring);
    must(name === messageName(message) && message.case === index.case, "bundle-misplaced");
    messages.set(message.digest, message);
  }
  found.member = "";
  found.messages = messages;
  const authors = [...new Set([...messages.values()].map((message) => message.sender))].sort();
  note(found, "signed", { count: messages.size, by: authors.join(", ") });
}

/** Step 4. */
async function checkMessages(found) {
  const index = needed(found.index, 1);
  const messages = needed(found.messages, 3);
  const heads = verifyChain(messages, (name) => (found.member = name));
  must(same(heads, [...index.heads].sort()), "bundle-not-one-case", { count: messages.size });
  found.intact = true;
  const stamps = [...messages.values()].sort((one, other) => one.at - other.at);
  note(found, "page-chain", { count: messages.size, from: stamps[0].stamp, until: stamps[stamps.length - 1].stamp });
  note(found, "page-steps", {}, "not-checked");
}

/** Step 5. */
async function checkReceipts(found) {
  const messages = needed(found.messages, 3);
  const ring = needed(found.ring, 2);
  const given = new Map();
  for (const [name, bytes] of papersUnder(found, "receipts")) {
    found.member = name;
    const receipt = await verifyReceipt(bytes, ring);
    const message = messages.get(receipt.message);
    must(message !== undefined && name === `receipts/${receipt.envelope}.jws`, "bundle-misplaced");
    must(receipt.sender === message.receiver && receipt.receiver === message.sender, "bundle-misplaced");
    await verifyReceiptLedger(receipt, ring);
    given.set(receipt.message, receipt);
  }
  found.member = "";
  note(found, "receipted", { count: given.size, all: messages.size });
  for (const [digest, message] of messages) {
    const receipt = given.get(digest);
    message.receipted = receipt !== undefined;
    const about = { number: message.number, kind: message.kind };
    if (!receipt) note(found, "not-receipted", { ...about, by: message.sender }, "not-checked");
    else if (receipt.result !== "stored") note(found, "not-understood", { ...about, by: message.receiver });
  }
}

/** Step 6. */
async function checkExhibits(found) {
  const messages = needed(found.messages, 3);
  if (!found.intact) throw new Blocked(4);
  const exhibits = deliveredExhibits(messages);
  for (const [name] of papersUnder(found, "exhibits")) {
    found.member = name;
    must(exhibits.has(name.split("/")[1]), "bundle-misplaced");
  }
  found.member = "";
  if (exhibits.size === 0) note(found, "no-exhibits");
  for (const [id, said] of exhibits) {
    const manifest = await deliveredManifest(found, id, said);
    const { name, size, sealedBy: by, stamp: at } = manifest;
    note(found, "exhibit", { exhibit: id, name, size, by, at });
    noteFurther(found, manifest);
    await exhibitCustody(found, id, said, manifest);
    await exhibitBytes(found, id, manifest);
    found.manifests.push(manifest);
  }
  found.member = "";
}

/** By exhibit: the manifest that its delivery carries, the request it answers, and all custody entries in messages. */
function deliveredExhibits(messages) {
  const exhibits = new Map();
  const ordered = [...messages.values()].sort((one, other) => one.number - other.number || (one.digest < other.digest ? -1 : 1));
  for (const { body, kind } of ordered) {
    const { exhibit, manifest, custody } = body;
    if (kind === "delivery" && typeof manifest === "string" && !exhibits.has(exhibit)) exhibits.set(exhibit, { manifest, custody: [] });
    if (tables.carriers.includes(kind) && exhibits.has(exhibit) && Array.isArray(custody)) {
      exhibits.get(exhibit).custody.push(...custody);
    }
  }
  return exhibits;
}

async function deliveredManifest(found, id, said) {
  const bytes = paper(found, `exhibits/${id}/manifest.jws`);
  must(same(bytes, toUtf8.encode(said.manifest)), "bundle-misplaced");
  const manifest = await verifyManifest(bytes, found.ring);
  must(manifest.exhibit === id && manifest.case === found.index.case, "bundle-misplaced");
  must(found.messages.has(manifest.answers), "bundle-misplaced");
  return manifest;
}

function noteFurther(found, manifest) {
  for (const [name, digest] of Object.entries(manifest.digests)) note(found, "further-digest", { name, digest });
  if (manifest.contents) note(found, "contents", { count: manifest.contents.count, root: manifest.contents.root });
  if (manifest.derived) note(found, "derived", { exhibit: manifest.derived.exhibit, left_out: manifest.derived.left_out });
}

async function exhibitCustody(found, id, said, manifest) {
  const folder = `exhibits/${id}/custody`;
  const numbered = (place) => `${folder}/${String(place).padStart(4, "0")}.jws`;
  const chain = [];
  while (found.source.papers.has(numbered(chain.length + 1))) chain.push(found.source.papers.get(numbered(chain.length + 1)));
  must(papersUnder(found, folder).length === chain.length, "bundle-misplaced");
  const entries = await verifyCustody(chain, manifest, found.ring, (place) => (found.member = numbered(place)));
  found.member = folder;
  const held = new Set(entries.map((entry) => entry.digest));
  const lacking = said.custody.filter((entry) => !held.has(toHex(sha256(toUtf8.encode(String(entry))))));
  must(lacking.length === 0, "bundle-incomplete", { what: `custody (${lacking.length})` });
  note(found, "custody", { count: entries.length });
  for (const { number, act, holder, person, stamp: at } of entries) note(found, "custody-entry", { number, act, holder, person, at });
}

async function exhibitBytes(found, id, manifest) {
  const listing = `exhibits/${id}/parts.bin`;
  const member = `exhibits/${id}/sealed.age`;
  const list = found.source.papers.get(listing) ?? null;
  found.member = listing;
  if (list !== null) verifyPartList(list, manifest);
  found.member = member;
  const sealed = found.source.sealed.get(member);
  if (sealed) {
    await verifySealed(sealed.blob, manifest, list, found.progress);
    note(found, "sealed-bytes", { count: manifest.partCount });
    note(found, "not-opened", { sha256: manifest.sha256 }, "not-checked");
  } else if (found.index.members.some((one) => one.name === member)) {
    note(found, "page-sealed", { root: manifest.root }, "not-checked");
  } else {
    note(found, "sealed-absent", { root: manifest.root }, "not-checked");
  }
}

/** Step 7. */
async function checkLedger(found) {
  const index = needed(found.index, 1);
  const messages = needed(found.messages, 3);
  const ring = needed(found.ring, 2);
  const key = await readVerifierKey(ring.card(index.exportedBy.slice(0, 3)).ledger.key);
  const text = asText(paper(found, "checkpoint.txt"), "bad-note");
  const head = await verifyCheckpoint(text, key);
  for (const digest of messages.keys()) provedUnder(found, digest, text, head);
  // By their bytes, whether step 6 held or not.
  const entries = new Set(papersUnder(found, "exhibits").filter(isCustody).map(([, bytes]) => toHex(sha256(bytes))));
  let proved = 0;
  for (const [name] of papersUnder(found, "proofs")) {
    found.member = name;
    const digest = name.slice("proofs/".length, -".json".length);
    must(messages.has(digest) || entries.has(digest), "bundle-misplaced");
    if (entries.has(digest)) {
      provedUnder(found, digest, text, head);
      proved += 1;
    }
  }
  found.member = "";
  note(found, "logged", { count: messages.size, origin: head.origin, size: head.size });
  if (entries.size) note(found, "custody-logged", { count: proved, all: entries.size });
  await noteWitnesses(found, head);
  if (found.source.papers.has("timestamp.tsr")) note(found, "stamp-unchecked", {}, "not-checked");
}

function isCustody([name]) {
  return /^exhibits\/[^/]+\/custody\//.test(name);
}

function provedUnder(found, digest, text, head) {
  const proof = readProof(readCanonical(paper(found, `proofs/${digest}.json`), 128 * 1024));
  must(proof.checkpoint === text, "bundle-misplaced");
  verifyProof(proof, digest, head);
}

async function noteWitnesses(found, head) {
  let count = 0;
  found.member = "checkpoint.txt";
  const exporter = found.index.exportedBy.slice(0, 3);
  for (const [state, card] of [...found.ring.newest].sort()) {
    if (state === exporter || !card.ledger.witness) continue;
    const key = await readVerifierKey(card.ledger.witness);
    must(key.type === 4, "bad-verifier-key");
    const seconds = await verifyCosignature(head.note, key);
    if (seconds === null) continue;
    count += 1;
    note(found, "cosigned", { state, name: key.name, at: new Date(seconds * 1000).toISOString() });
  }
  found.member = "";
  if (count === 0) note(found, "not-witnessed", {}, "not-checked");
}

/** Step 8. */
async function checkWorld(found) {
  const index = needed(found.index, 1);
  const messages = needed(found.messages, 3);
  const states = [index.case.slice(0, 3), index.case.slice(4, 7)];
  const said = new Set([index.exercise, ...[...messages.values()].map((message) => message.exercise)]);
  for (const card of found.cards) if (states.includes(card.state)) said.add(card.exercise);
  must(said.size === 1, "bundle-worlds-mixed");
  note(found, index.exercise ? "exercise" : "real");
}
