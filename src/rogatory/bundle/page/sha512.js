// SHA-512 (FIPS 180-4) of a whole message, for the Ed25519 below; 64-bit words as pairs of 32 bits.

const [SHA512_K, SHA512_START] = (() => {
  // The constants are the first 64 bits of the fractional parts of the cube and square roots of the first primes.
  const primes = [];
  for (let n = 2; primes.length < 80; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const root = (value, power) => {
    let guess = BigInt(Math.floor(Number(value) ** (1 / power)));
    while (guess ** BigInt(power) > value) guess -= 1n;
    for (let bit = 1n << 40n; bit; bit >>= 1n) while ((guess + bit) ** BigInt(power) <= value) guess += bit;
    return guess;
  };
  const halves = (value) => [Number((value >> 32n) & 0xffffffffn) | 0, Number(value & 0xffffffffn) | 0];
  const cube = primes.map((prime) => halves(root(BigInt(prime) << 192n, 3)));
  const square = primes.slice(0, 8).map((prime) => halves(root(BigInt(prime) << 128n, 2)));
  return [Int32Array.from(cube.flat()), Int32Array.from(square.flat())];
})();

/** The 64 bytes of the SHA-512 of *message*. */
function sha512(message) {
  const size = message.length;
  const padded = new Uint8Array(Math.ceil((size + 17) / 128) * 128);
  padded.set(message);
  padded[size] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(size / 0x20000000));
  view.setUint32(padded.length - 4, (size << 3) >>> 0);
  const state = Int32Array.from(SHA512_START);
  for (let place = 0; place < padded.length; place += 128) sha512Block(state, view, place);
  const found = new DataView(new ArrayBuffer(64));
  state.forEach((word, place) => found.setInt32(place * 4, word));
  return new Uint8Array(found.buffer);
}

/** The sum of 64-bit words, given as high and low halves one after the other. */
function sum64(...halves) {
  let low = 0;
  let high = 0;
  for (let i = 0; i < halves.length; i += 2) {
    high += halves[i] >>> 0;
    low += halves[i + 1] >>> 0;
  }
  return [(high + Math.floor(low / 0x100000000)) | 0, low | 0];
}

function turn64(high, low, by) {
  if (by >= 32) return turn64(low, high, by - 32);
  if (by === 0) return [high, low];
  return [(high >>> by) | (low << (32 - by)), (low >>> by) | (high << (32 - by))];
}

function mix64(high, low, first, second, third, shifted) {
  const [a, b] = turn64(high, low, first);
  const [c, d] = turn64(high, low, second);
  const [e, f] = shifted ? [high >>> third, (low >>> third) | (high << (32 - third))] : turn64(high, low, third);
  return [a ^ c ^ e, b ^ d ^ f];
}

function sha512Block(state, view, place) {
  const words = new Int32Array(160);
  for (let i = 0; i < 32; i += 1) words[i] = view.getInt32(place + i * 4);
  for (let i = 32; i < 160; i += 2) {
    const low = mix64(words[i - 30], words[i - 29], 1, 8, 7, true);
    const high = mix64(words[i - 4], words[i - 3], 19, 61, 6, true);
    [words[i], words[i + 1]] = sum64(...low, ...high, words[i - 32], words[i - 31], words[i - 14], words[i - 13]);
  }
  const v = Array.from(state);
  for (let i = 0; i < 160; i += 2) {
    const [a, A, b, B, c, C, , , e, E, f, F, g, G] = v;
    const choice = [(e & f) ^ (~e & g), (E & F) ^ (~E & G)];
    const most = [(a & b) ^ (a & c) ^ (b & c), (A & B) ^ (A & C) ^ (B & C)];
    const given = [SHA512_K[i], SHA512_K[i + 1], words[i], words[i + 1]];
    const first = sum64(v[14], v[15], ...mix64(e, E, 14, 18, 41, false), ...choice, ...given);
    const second = sum64(...mix64(a, A, 28, 34, 39, false), ...most);
    v.splice(14, 2);
    v.unshift(...sum64(...first, ...second));
    [v[8], v[9]] = sum64(v[8], v[9], ...first);
  }
  for (let i = 0; i < 16; i += 2) [state[i], state[i + 1]] = sum64(state[i], state[i + 1], v[i], v[i + 1]);
}
