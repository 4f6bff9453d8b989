// Bytes and texts: hexadecimal, base64 read strictly, canonical JSON (RFC 8785), and what went wrong.

const MAX_JSON = 4 * 1024 * 1024;
const MAX_DEPTH = 32;
const toUtf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What does not hold: a stable code, what fills its sentence, and the member in which it was found. */
class Fault extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
    this.member = "";
  }
}

function fail(code, values) {
  throw new Fault(code, values);
}

function must(holds, code, values) {
  if (!holds) fail(code, values);
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let place = 0;
  for (const piece of pieces) {
    whole.set(piece, place);
    place += piece.length;
  }
  return whole;
}

function same(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

function asText(bytes, code) {
  try {
    return fromUtf8.decode(bytes);
  } catch {
    return fail(code, { detail: "UTF-8" });
  }
}

function toBase64(bytes) {
  const pieces = [];
  for (let place = 0; place < bytes.length; place += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(place, place + 0x8000)));
  }
  return btoa(pieces.join(""));
}

/** The bytes of *text*, which must be exactly what an encoder would write. */
function fromBase64(text, code) {
  let letters = "";
  try {
    letters = atob(text);
  } catch {
    fail(code, { detail: "base64" });
  }
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  must(toBase64(bytes) === text, code, { detail: "base64" });
  return bytes;
}

function toBase64url(bytes) {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text, code) {
  must(/^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1, code, { detail: "base64url" });
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return fromBase64(padded, code);
}

/** *value* as canonical JSON text: members sorted by UTF-16, numbers and texts as ECMAScript writes them. */
function canonical(value, depth = 0) {
  must(depth <= MAX_DEPTH, "bad-json", { detail: "depth" });
  if (Array.isArray(value)) return `[${value.map((inner) => canonical(inner, depth + 1)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${canonical(name)}:${canonical(value[name], depth + 1)}`).join(",")}}`;
  }
  if (typeof value === "number") must(Number.isSafeInteger(value), "bad-json", { detail: String(value) });
  if (typeof value === "string") must(!/\p{Surrogate}/u.test(value), "bad-json", { detail: "UTF-16" });
  return JSON.stringify(value);
}

/** The object in *bytes*, which must be its canonical form: so no name stands twice and nothing is read in two ways. */
function readCanonical(bytes, limit = MAX_JSON) {
  must(bytes.length <= limit, "bad-json", { detail: `${bytes.length} > ${limit}` });
  const text = asText(bytes, "bad-json");
  let value = null;
  try {
    value = JSON.parse(text);
  } catch {
    fail("bad-json", { detail: "JSON" });
  }
  must(isObject(value) && canonical(value) === text, "bad-json", { detail: "RFC 8785" });
  return value;
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
