// Messages: each read and its signature checked, and that together they make one whole chain.

const MESSAGE_TYPE = "rogatory-message+jws";
const RECEIPT_TYPE = "rogatory-receipt+jws";
const MAX_MESSAGE = 1024 * 1024;
const MAX_RECEIPT = 64 * 1024;

/** The message in *bytes*, signed by a key that its sender had at that time. */
async function verifyMessage(bytes, ring) {
  const read = readDocument(bytes, MESSAGE_TYPE, MAX_MESSAGE);
  const { payload } = read;
  const code = "bad-message";
  must(payload.v === 1 && isObject(payload.body) && typeof payload.exercise === "boolean", code, { detail: "v, body" });
  must(Number.isInteger(payload.number) && payload.number >= 1, code, { detail: "number" });
  must(Array.isArray(payload.follows) && payload.follows.length <= 64, code, { detail: "follows" });
  must(payload.follows.every((one) => typeof one === "string" && DIGEST.test(one)), code, { detail: "follows" });
  must(isPerson(payload.drafted_by), code, { detail: "drafted_by" });
  must(payload.approved_by === null || isPerson(payload.approved_by), code, { detail: "approved_by" });
  const message = {
    digest: toHex(sha256(bytes)),
    kind: textOf(payload, "kind", /^[^]{1,40}$/, code),
    case: textOf(payload, "case", CASE, code),
    id: textOf(payload, "id", ID, code),
    sender: textOf(payload, "from", AUTHORITY, code),
    receiver: textOf(payload, "to", AUTHORITY, code),
    at: timeOf(payload, "at", code),
    stamp: payload.at,
    number: payload.number,
    follows: payload.follows,
    exercise: payload.exercise,
    drafted: payload.drafted_by.name,
    approved: payload.approved_by === null ? "" : payload.approved_by.name,
    body: payload.body,
  };
  await ring.verify(read, message.sender, message.at);
  return message;
}

function isPerson(value) {
  return isObject(value) && typeof value.name === "string" && value.name !== "" && typeof value.role === "string";
}

function messageName(message) {
  return `messages/${String(message.number).padStart(4, "0")}-${message.digest.slice(0, 16)}.jws`;
}

/** The heads of *messages* (by digest): those that no other follows. Fails where the chain has a gap or a fork. */
function verifyChain(messages, at) {
  must(messages.size > 0, "bundle-incomplete", { what: "messages/" });
  const first = [...messages.values()].filter((message) => message.follows.length === 0);
  must(first.length === 1, "bundle-not-one-case", { count: first.length });
  const followed = new Set();
  for (const message of messages.values()) {
    at(messageName(message));
    let highest = 0;
    for (const digest of message.follows) {
      const before = messages.get(digest);
      must(before !== undefined, "missing-message", { digest: digest.slice(0, 16) });
      highest = Math.max(highest, before.number);
      followed.add(digest);
    }
    // A kind of a later version is kept without effect: only that it comes after what it follows is asked of it.
    const known = tables.kinds.includes(message.kind);
    const due = highest + 1;
    must(known ? message.number === due : message.number >= due, "does-not-fit", { number: message.number });
    if (known) must(isBetweenSides(message), "does-not-fit", { number: message.number });
  }
  at("");
  return [...messages.keys()].filter((digest) => !followed.has(digest)).sort();
}

function isBetweenSides(message) {
  const sides = [message.case.slice(0, 3), message.case.slice(4, 7)].sort();
  return same(sides, [message.sender.slice(0, 3), message.receiver.slice(0, 3)].sort());
}

/** The receipt in *bytes*, signed by a key that its giver had at that time. */
async function verifyReceipt(bytes, ring) {
  const read = readDocument(bytes, RECEIPT_TYPE, MAX_RECEIPT);
  const { payload } = read;
  must(payload.v === 1, "bad-field", { detail: "v" });
  const receipt = {
    envelope: textOf(payload, "envelope", ID),
    message: textOf(payload, "message", DIGEST),
    result: textOf(payload, "result", /^[a-z][a-z-]{0,39}$/),
    sender: textOf(payload, "from", AUTHORITY),
    receiver: textOf(payload, "to", AUTHORITY),
    at: timeOf(payload, "at"),
    ledger: payload.ledger ?? null,
  };
  await ring.verify(read, receipt.sender, receipt.at);
  return receipt;
}

/** Nothing, when the checkpoint inside *receipt*, if any, is of its giver's ledger and covers the entry it names. */
async function verifyReceiptLedger(receipt, ring) {
  if (receipt.ledger === null) return;
  const { index, checkpoint } = receipt.ledger;
  must(Number.isInteger(index) && index >= 0 && typeof checkpoint === "string", "bad-field", { detail: "ledger" });
  const key = await readVerifierKey(ring.card(receipt.sender.slice(0, 3)).ledger.key);
  const head = await verifyCheckpoint(checkpoint, key);
  must(index < head.size, "not-included");
}
