// Signed documents (JWS, Ed25519, canonical JSON), contact cards, and which key spoke for whom at which time.

const STATE = /^[A-Z]{3}$/;
const AUTHORITY = /^[A-Z]{3}\/[a-z][a-z0-9-]{0,39}$/;
const CASE = /^[A-Z]{3}-[A-Z]{3}-\d{4}-\d{4,6}-[0-9A-HJKMNP-TV-Z]{10}$/;
const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
const HEADER = /^\{"alg":"Ed25519","kid":"([A-Za-z0-9_-]{43})","typ":"([a-z][a-z0-9-]{0,60}\+jws)"\}$/;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MAX_CARD = 1024 * 1024;

/** The member *name* of *source*, which matches *form*. */
function textOf(source, name, form, code = "bad-field") {
  const value = source[name];
  must(typeof value === "string" && form.test(value), code, { detail: name });
  return value;
}

/** A time in microseconds since 1970, for comparing. */
function timeOf(source, name, code = "bad-field") {
  const text = textOf(source, name, STAMP, code);
  const whole = Date.parse(`${text.slice(0, 19)}Z`);
  must(Number.isFinite(whole) && new Date(whole).toISOString().startsWith(text.slice(0, 19)), code, { detail: name });
  return whole * 1000 + Number(text.slice(20, -1).padEnd(6, "0"));
}

function timeOrNull(source, name) {
  return source[name] === null || source[name] === undefined ? null : timeOf(source, name);
}

/** The parts of a signed document, its form checked and its signature not. */
function readDocument(bytes, typ, limit) {
  must(bytes.length <= limit, "bad-jws", { detail: `${bytes.length} > ${limit}` });
  const parts = asText(bytes, "bad-jws").split(".");
  must(parts.length === 3, "bad-jws", { detail: "a.b.c" });
  const header = asText(fromBase64url(parts[0], "bad-jws"), "bad-jws").match(HEADER);
  must(header !== null, "bad-jws", { detail: "header" });
  must(header[2] === typ, "wrong-type", { found: header[2], wanted: typ });
  const payload = readCanonical(fromBase64url(parts[1], "bad-jws"), limit);
  const signature = fromBase64url(parts[2], "bad-jws");
  must(signature.length === 64, "bad-jws", { detail: "signature" });
  const signed = bytes.subarray(0, parts[0].length + 1 + parts[1].length);
  return { kid: header[1], payload, signature, signed };
}

/** A contact card, its signature checked against the identity key inside it. */
async function readCard(bytes) {
  const read = readDocument(bytes, "rogatory-card+jws", MAX_CARD);
  const { payload } = read;
  must(isObject(payload.identity) && payload.identity.crv === "Ed25519", "bad-field", { detail: "identity" });
  const identity = await keyOf(payload.identity.x);
  must(read.kid === identity.kid, "bad-card");
  await verifySignature(identity, read.signature, read.signed);
  must(payload.v === 1 && Number.isInteger(payload.serial) && payload.serial >= 1, "bad-field", { detail: "serial" });
  must(typeof payload.exercise === "boolean" && isObject(payload.ledger), "bad-field", { detail: "ledger" });
  must(Array.isArray(payload.authorities) && payload.authorities.length <= 100, "bad-field", { detail: "authorities" });
  const state = textOf(payload, "state", STATE);
  const keys = [];
  for (const authority of payload.authorities) keys.push(...(await keysOf(authority, state)));
  const { serial, exercise, ledger } = payload;
  return { state, serial, exercise, identity, keys, ledger, issued: timeOf(payload, "issued") };
}

async function keyOf(x) {
  must(typeof x === "string" && x.length === 43, "bad-key");
  return publicKey(fromBase64url(x, "bad-key"));
}

async function keysOf(authority, state) {
  must(isObject(authority) && Array.isArray(authority.signing), "bad-field", { detail: "signing" });
  const id = textOf(authority, "id", AUTHORITY);
  must(id.startsWith(`${state}/`) && authority.signing.length <= 200, "bad-field", { detail: id });
  const keys = [];
  for (const period of authority.signing) {
    const key = await keyOf(period.x);
    must(period.kid === key.kid, "bad-field", { detail: "kid" });
    const [since, until, revoked] = [timeOf(period, "from"), timeOrNull(period, "until"), timeOrNull(period, "revoked")];
    keys.push({ authority: id, state, key, since, until, revoked });
  }
  return keys;
}

/** 100 bits of the SHA-256 of the identity key, for people to compare: four groups of five. */
function fingerprint(identity) {
  const bits = Array.from(sha256(identity.raw), (byte) => byte.toString(2).padStart(8, "0")).join("");
  const signs = Array.from({ length: 20 }, (_, i) => CROCKFORD[parseInt(bits.slice(i * 5, i * 5 + 5), 2)]);
  return [0, 5, 10, 15].map((start) => signs.slice(start, start + 5).join("")).join("-");
}

/** Nothing, when *newer* may stand beside *older* of the same State: one identity, and no revocation taken back. */
function checkUpdate(older, newer) {
  must(older.exercise === newer.exercise, "card-other-state");
  must(older.identity.kid === newer.identity.kid, "card-identity-changed", { state: newer.state });
  must(newer.serial > older.serial, "card-not-newer", { state: newer.state });
  for (const before of older.keys.filter((one) => one.revoked !== null)) {
    const after = newer.keys.find((one) => one.authority === before.authority && one.key.kid === before.key.kid);
    if (after) must(after.revoked !== null && after.revoked <= before.revoked, "card-revocation-undone");
  }
}

/** All keys of all cards: a key that a later card leaves out counts as closed when that card was issued. */
class Ring {
  constructor(cards) {
    this.newest = new Map();
    this.claims = new Map();
    for (const card of [...cards].sort(byStateAndSerial)) this.add(card);
  }

  add(card) {
    const older = this.newest.get(card.state);
    if (older) checkUpdate(older, card);
    this.newest.set(card.state, card);
    const listed = new Map(card.keys.map((one) => [`${one.authority} ${one.key.kid}`, one]));
    for (const [name, one] of this.claims) {
      if (one.state === card.state && !listed.has(name)) {
        const until = one.until === null ? card.issued : Math.min(one.until, card.issued);
        this.claims.set(name, { ...one, until });
      }
    }
    for (const [name, one] of listed) this.claims.set(name, one);
  }

  /** Nothing, when *authority* signed *read* with a key that it had at the time *at*. */
  async verify(read, authority, at) {
    const found = this.claims.get(`${authority} ${read.kid}`);
    must(found !== undefined, "unknown-key", { kid: read.kid, authority });
    must(at >= found.since && (found.until === null || at < found.until), "key-not-valid-then", { authority });
    must(found.revoked === null || at < found.revoked, "key-revoked", { authority });
    await verifySignature(found.key, read.signature, read.signed);
  }

  card(state) {
    must(this.newest.has(state), "bundle-incomplete", { what: state });
    return this.newest.get(state);
  }
}

function byStateAndSerial(one, other) {
  return one.state === other.state ? one.serial - other.serial : one.state < other.state ? -1 : 1;
}
