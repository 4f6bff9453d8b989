// The container: a ZIP file that can be written in only one way, compared with what its names and sizes would give.

const MAX_MEMBERS = 20000;
const MEMBER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,4}$/;
const FULL = 0xffffffff;
const BLOCK = 4 * 1024 * 1024;
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes, before = 0) {
  let value = ~before;
  for (let i = 0; i < bytes.length; i += 1) value = CRC_TABLE[(value ^ bytes[i]) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

/** Little-endian numbers one after the other: pairs of a value and its size in bytes. */
function packed(...fields) {
  const bytes = [];
  for (const [value, size] of fields) {
    for (let i = 0, left = value; i < size; i += 1, left = Math.floor(left / 256)) bytes.push(left % 256);
  }
  return Uint8Array.from(bytes);
}

function localHeader(entry) {
  const name = toUtf8.encode(entry.name);
  const large = entry.size >= FULL;
  const extra = large ? packed([1, 2], [16, 2], [entry.size, 8], [entry.size, 8]) : new Uint8Array();
  const shown = large ? FULL : entry.size;
  const fixed = [[0x04034b50, 4], [large ? 45 : 20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [entry.crc, 4]];
  return joined(packed(...fixed, [shown, 4], [shown, 4], [name.length, 2], [extra.length, 2]), name, extra);
}

function directoryRow(entry, offset) {
  const name = toUtf8.encode(entry.name);
  const large = entry.size >= FULL ? [entry.size, entry.size] : [];
  if (offset >= FULL) large.push(offset);
  const numbers = large.map((number) => [number, 8]);
  const extra = large.length ? packed([1, 2], [8 * large.length, 2], ...numbers) : new Uint8Array();
  const version = large.length ? 45 : 20;
  const shown = Math.min(entry.size, FULL);
  const begin = [[0x02014b50, 4], [(3 << 8) | version, 2], [version, 2], [0, 2], [0, 2], [0, 2], [0x21, 2]];
  const sizes = [[entry.crc, 4], [shown, 4], [shown, 4], [name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2]];
  return joined(packed(...begin, ...sizes, [0o100644 * 65536, 4], [Math.min(offset, FULL), 4]), name, extra);
}

/** What stands after the bytes of all *entries*, to the end of the file; each gets its `start`. */
function directoryOf(entries) {
  let place = 0;
  const rows = entries.map((entry) => {
    const row = directoryRow(entry, place);
    entry.start = place + localHeader(entry).length;
    place = entry.start + entry.size;
    return row;
  });
  const table = joined(...rows);
  const [count, size] = [entries.length, table.length];
  const pieces = [table];
  if (place >= FULL) {
    const begin = [[0x06064b50, 4], [44, 8], [(3 << 8) | 45, 2], [45, 2], [0, 4], [0, 4]];
    pieces.push(packed(...begin, [count, 8], [count, 8], [size, 8], [place, 8]));
    pieces.push(packed([0x07064b50, 4], [0, 4], [place + size, 8], [1, 4]));
  }
  const counts = [[0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [Math.min(place, FULL), 4], [0, 2]];
  pieces.push(packed([0x06054b50, 4], ...counts));
  return { bytes: joined(...pieces), start: place };
}

async function bytesAt(file, start, end) {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

/** Reads a file from front to back, a block at a time, however small the pieces that are asked for. */
class Forward {
  constructor(file) {
    this.file = file;
    this.start = 0;
    this.held = new Uint8Array();
  }

  async bytes(start, end) {
    if (end - start > BLOCK) return bytesAt(this.file, start, end);
    if (start < this.start || end > this.start + this.held.length) {
      this.start = start;
      this.held = await bytesAt(this.file, start, Math.min(start + BLOCK, this.file.size));
    }
    return this.held.slice(start - this.start, end - this.start);
  }
}

/** The members of the container *file* (a Blob), each with name, size, crc and start; every byte between compared. */
async function readContainer(file) {
  const bad = (holds) => must(holds, "bundle-container");
  bad(file.size >= 22);
  const end = new DataView((await bytesAt(file, file.size - 22, file.size)).buffer);
  const [count, size, start] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
  bad(end.getUint32(0, true) === 0x06054b50 && count >= 1 && count <= MAX_MEMBERS && size <= count * 200);
  const tail = size + 22 + (start === FULL ? 76 : 0);
  bad(tail <= file.size);
  const found = await bytesAt(file, file.size - tail, file.size);
  const entries = directoryRows(found.subarray(0, size), count, bad);
  const made = directoryOf(entries);
  bad(same(made.bytes, found) && made.start + tail === file.size);
  bad(areDistinct(entries.map((entry) => entry.name)));
  const forward = new Forward(file);
  for (const entry of entries) {
    const header = localHeader(entry);
    bad(same(await forward.bytes(entry.start - header.length, entry.start), header));
  }
  return entries;
}

function directoryRows(table, count, bad) {
  const entries = [];
  let place = 0;
  for (let i = 0; i < count; i += 1) {
    bad(place + 46 <= table.length);
    const row = new DataView(table.buffer, table.byteOffset + place, 46);
    const [nameSize, extraSize] = [row.getUint16(28, true), row.getUint16(30, true)];
    bad(row.getUint32(0, true) === 0x02014b50 && place + 46 + nameSize + extraSize <= table.length);
    const name = String.fromCharCode(...table.subarray(place + 46, place + 46 + nameSize));
    bad(name.length <= 120 && MEMBER_NAME.test(name));
    let size = row.getUint32(24, true);
    if (size === FULL && extraSize >= 12) {
      size = Number(new DataView(table.buffer, table.byteOffset + place + 46 + nameSize + 4, 8).getBigUint64(0, true));
    }
    bad(Number.isSafeInteger(size));
    entries.push({ name, size, crc: row.getUint32(16, true), start: 0 });
    place += 46 + nameSize + extraSize;
  }
  return entries;
}

function areDistinct(names) {
  const seen = new Set(names.map((name) => name.toLowerCase()));
  const isFolder = (name) => name.split("/").some((_, depth, parts) => depth && seen.has(parts.slice(0, depth).join("/")));
  return seen.size === names.length && ![...seen].some(isFolder);
}
