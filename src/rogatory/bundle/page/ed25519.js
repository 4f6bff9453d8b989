// Ed25519 (RFC 8032): by the browser where it can, else by the arithmetic below, which only ever verifies.

const FIELD = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const EDWARDS_D = modulo(-121665n * inverse(121666n));
const ROOT_OF_MINUS_ONE = power(2n, (FIELD - 1n) / 4n);
const NEUTRAL = { x: 0n, y: 1n, z: 1n, t: 0n };
const BASE = pointFrom(modulo(4n * inverse(5n)), 0n);
const MAX_KEYS_KEPT = 1000;
const keysKept = new Map();

function modulo(value, prime = FIELD) {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

function power(base, exponent) {
  let [found, square] = [1n, base];
  for (let left = exponent; left; left >>= 1n) {
    if (left & 1n) found = (found * square) % FIELD;
    square = (square * square) % FIELD;
  }
  return found;
}

function inverse(value) {
  return power(modulo(value), FIELD - 2n);
}

function fromLittle(bytes) {
  return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
}

/** The point with this *y* and the parity *sign* of x (RFC 8032, 5.1.3), or null when there is none. */
function pointFrom(y, sign) {
  const u = modulo(y * y - 1n);
  const v = modulo(EDWARDS_D * y * y + 1n);
  let x = modulo(u * v ** 3n * power(modulo(u * v ** 7n), (FIELD - 5n) / 8n));
  if (modulo(v * x * x) !== u) x = modulo(x * ROOT_OF_MINUS_ONE);
  if (modulo(v * x * x) !== u || (x === 0n && sign)) return null;
  if ((x & 1n) !== sign) x = FIELD - x;
  return { x, y, z: 1n, t: modulo(x * y) };
}

function added(one, other) {
  const a = modulo((one.y - one.x) * (other.y - other.x));
  const b = modulo((one.y + one.x) * (other.y + other.x));
  const c = modulo(2n * EDWARDS_D * one.t * other.t);
  const d = modulo(2n * one.z * other.z);
  return fromQuarters(b - a, d - c, d + c, b + a);
}

function doubled(point) {
  const a = modulo(point.x * point.x);
  const b = modulo(point.y * point.y);
  const c = modulo(2n * point.z * point.z);
  const both = point.x + point.y;
  return fromQuarters(both * both - a - b, b - a - c, b - a, -a - b);
}

function fromQuarters(e, f, g, h) {
  return { x: modulo(e * f), y: modulo(g * h), z: modulo(f * g), t: modulo(e * h) };
}

function encoded(point) {
  const scale = inverse(point.z);
  let left = modulo(point.y * scale) | ((modulo(point.x * scale) & 1n) << 255n);
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i += 1, left >>= 8n) bytes[i] = Number(left & 255n);
  return bytes;
}

/** Whether *signature* over *data* was made by the key whose point is *point* and whose bytes are *key*. */
function verifyByArithmetic(key, point, signature, data) {
  const s = fromLittle(signature.subarray(32));
  if (s >= ORDER) return false;
  const h = modulo(fromLittle(sha512(joined(signature.subarray(0, 32), key, data))), ORDER);
  const minus = { x: modulo(-point.x), y: point.y, z: point.z, t: modulo(-point.t) };
  const both = added(BASE, minus);
  let found = NEUTRAL;
  for (let bit = 252n; bit >= 0n; bit -= 1n) {
    found = doubled(found);
    const [first, second] = [(s >> bit) & 1n, (h >> bit) & 1n];
    if (first && second) found = added(found, both);
    else if (first) found = added(found, BASE);
    else if (second) found = added(found, minus);
  }
  return same(encoded(found), signature.subarray(0, 32));
}

/** A key that may be used: canonical, on the curve, not of small order (else anybody could sign for it). */
async function publicKey(raw) {
  const name = toHex(raw);
  if (keysKept.has(name)) return keysKept.get(name);
  must(raw.length === 32, "bad-key");
  const number = fromLittle(raw);
  const y = number & (2n ** 255n - 1n);
  const point = y < FIELD ? pointFrom(y, number >> 255n) : null;
  must(point !== null, "bad-key");
  const eight = doubled(doubled(doubled(point)));
  must(eight.x !== 0n, "bad-key");
  const x = toBase64url(raw);
  const kid = toBase64url(sha256(toUtf8.encode(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));
  if (keysKept.size >= MAX_KEYS_KEPT) keysKept.clear();
  const key = { raw, point, kid, native: await nativeKey(raw) };
  keysKept.set(name, key);
  return key;
}

async function nativeKey(raw) {
  try {
    return await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null; // This browser, or this place, has no Ed25519: ours is slower and says the same.
  }
}

/** Nothing, when *signature* (64 bytes) over *data* is that of *key*; else the fault `bad-signature`. */
async function verifySignature(key, signature, data) {
  must(signature.length === 64, "bad-signature", { kid: key.kid });
  const holds = key.native
    ? await crypto.subtle.verify({ name: "Ed25519" }, key.native, signature, data)
    : verifyByArithmetic(key.raw, key.point, signature, data);
  must(holds, "bad-signature", { kid: key.kid });
}
