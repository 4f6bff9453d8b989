// Where the papers of a case come from: the data embedded in this page, or a bundle that was chosen.

const INDEX_SIGNED = "bundle.jws";
const INDEX_PLAIN = "bundle.json";
const PAGE_MEMBER = "verify.html";
const MAX_INDEX = 8 * 1024 * 1024;
const MAX_PAPERS = 256 * 1024 * 1024;
// In two pieces, so that this line is not taken for the block itself.
const EMPTY_PAPERS = `<script type="application/json" id="papers">${"[]</"}script>`;

/** The papers in the text of the data block: pairs of a name and base64. Null when the block is empty. */
function embeddedSource(text) {
  const pairs = JSON.parse(text);
  if (!pairs.length) return null;
  const papers = new Map(pairs.map(([name, data]) => [name, fromBase64(data, "bundle-container")]));
  must(papers.size === pairs.length, "bundle-container");
  return { papers, order: null, sealed: new Map(), page: null, size: 0 };
}

/** The papers of the bundle *file*, every byte of it accounted for; sealed files stay where they are. */
async function containerSource(file, progress) {
  const entries = await readContainer(file);
  const papers = new Map();
  const sealed = new Map();
  let page = null;
  let held = 0;
  const forward = new Forward(file);
  for (const entry of entries) {
    const blob = file.slice(entry.start, entry.start + entry.size);
    if (SEALED_MEMBER.test(entry.name)) {
      sealed.set(entry.name, { blob, crc: entry.crc });
      continue;
    }
    held += entry.size;
    must(held <= MAX_PAPERS, "bundle-container");
    const bytes = await forward.bytes(entry.start, entry.start + entry.size);
    must(crc32(bytes) === entry.crc, "bundle-container");
    progress(entry.size);
    if (entry.name === PAGE_MEMBER) page = bytes;
    else papers.set(entry.name, bytes);
  }
  return { papers, order: entries.map((entry) => entry.name), sealed, page, size: file.size };
}

/** The block that a filled page holds for *papers*. */
function papersBlock(papers) {
  const rows = Array.from(papers, ([name, bytes]) => `["${name}","${toBase64(bytes)}"]`);
  return EMPTY_PAPERS.replace("[]", rows.length ? `[\n${rows.join(",\n")}\n]` : "[]");
}

/** The SHA-256 of the template of *page*, which holds exactly *papers*; none when they are too many for a page. */
function templateDigest(page, papers) {
  const size = [...papers.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const block = size <= tables.limits.embedded ? papersBlock(papers) : EMPTY_PAPERS;
  const pieces = asText(page, "bundle-page").split(block);
  must(pieces.length === 2, "bundle-page");
  return toHex(sha256(toUtf8.encode(pieces.join(EMPTY_PAPERS))));
}
