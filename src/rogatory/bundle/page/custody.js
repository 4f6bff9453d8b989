// Evidence: the manifest that binds it, and the chain of custody, walked by the table of acts (`tables.acts`).

const MANIFEST_TYPE = "rogatory-manifest+jws";
const CUSTODY_TYPE = "rogatory-custody+jws";
const MAX_MANIFEST = 200000;
const MAX_ENTRY = 20000;
const MAX_ENTRIES = 10000;
const CLOCK_DIFFERENCE = 5 * 60 * 1000000;
const ENTRY_MEMBERS = "v exhibit number previous act holder person at to sha256 root purpose".split(" ");

/** The manifest in *bytes*, signed by a key that the sealing authority had when it sealed. */
async function verifyManifest(bytes, ring) {
  const read = readDocument(bytes, MANIFEST_TYPE, MAX_MANIFEST);
  const { payload } = read;
  const code = "bad-manifest";
  const { plaintext, sealed, parts, conditions } = payload;
  must(payload.v === 1 && [plaintext, sealed, parts, conditions].every(isObject), code, { detail: "v" });
  for (const count of [plaintext.size, sealed.size, parts.size, parts.count]) {
    must(Number.isSafeInteger(count) && count >= 0, code, { detail: "size" });
  }
  must(parts.size >= 65536 && parts.count === Math.ceil(sealed.size / parts.size), code, { detail: "parts" });
  must(sealed.size > plaintext.size, code, { detail: "sealed" });
  must(typeof payload.name === "string" && payload.name !== "", code, { detail: "name" });
  const manifest = {
    exhibit: textOf(payload, "exhibit", ID, code),
    case: textOf(payload, "case", CASE, code),
    answers: textOf(payload, "answers", DIGEST, code),
    name: payload.name,
    sha256: textOf(plaintext, "sha256", DIGEST, code),
    size: plaintext.size,
    digests: isObject(plaintext.digests) ? plaintext.digests : {},
    sealedSize: sealed.size,
    partSize: parts.size,
    partCount: parts.count,
    root: textOf(parts, "root", DIGEST, code),
    sealedBy: textOf(payload, "sealed_by", AUTHORITY, code),
    at: timeOf(payload, "at", code),
    stamp: payload.at,
    use: typeof conditions.use === "string" ? conditions.use : "",
    contents: payload.contents ?? null,
    derived: payload.derived ?? null,
  };
  await ring.verify(read, manifest.sealedBy, manifest.at);
  return manifest;
}

/** The custody entry in *bytes*, signed by a key that its holder had at that time. */
async function verifyEntry(bytes, ring) {
  const read = readDocument(bytes, CUSTODY_TYPE, MAX_ENTRY);
  const { payload } = read;
  const code = "bad-custody";
  must(payload.v === 1 && ENTRY_MEMBERS.every((name) => name in payload), code, { detail: "v" });
  must(Number.isInteger(payload.number) && payload.number >= 1, code, { detail: "number" });
  must(typeof payload.act === "string" && Object.hasOwn(tables.acts, payload.act), code, { detail: "act" });
  must(typeof payload.person === "string" && typeof payload.purpose === "string", code, { detail: "person" });
  const orNull = (name, form) => (payload[name] === null ? null : textOf(payload, name, form, code));
  const entry = {
    digest: toHex(sha256(bytes)),
    exhibit: textOf(payload, "exhibit", ID, code),
    number: payload.number,
    previous: orNull("previous", DIGEST),
    act: payload.act,
    holder: textOf(payload, "holder", AUTHORITY, code),
    person: payload.person,
    at: timeOf(payload, "at", code),
    stamp: payload.at,
    to: orNull("to", AUTHORITY),
    sha256: orNull("sha256", DIGEST),
    root: orNull("root", DIGEST),
    purpose: payload.purpose,
  };
  await ring.verify(read, entry.holder, entry.at);
  return entry;
}

/** The entries that *chain* (bytes of each, in order) proves for the exhibit of *manifest*; *at* is told each place. */
async function verifyCustody(chain, manifest, ring, at) {
  must(chain.length >= 1 && chain.length <= MAX_ENTRIES, "bad-custody", { detail: String(chain.length) });
  const walk = new CustodyWalk(manifest);
  for (const [place, bytes] of chain.entries()) {
    at(place + 1);
    walk.add(await verifyEntry(bytes, ring));
  }
  return walk.entries;
}

/** Takes the entries of one exhibit one by one, and only the right ones. */
class CustodyWalk {
  constructor(manifest) {
    this.manifest = manifest;
    this.entries = [];
    this.parents = [];
    this.places = new Map();
    this.own = new Map();
    this.standing = new Map();
    this.named = new Set();
  }

  add(entry) {
    const parent = this.linked(entry);
    this.checkAct(entry, parent);
    this.checkDigests(entry);
    this.checkTime(entry, parent);
    this.places.set(entry.digest, this.entries.length);
    this.own.set(entry.holder, this.entries.length);
    this.entries.push(entry);
    this.parents.push(parent);
    const { leads } = tables.acts[entry.act];
    if (leads) this.standing.set(entry.holder, leads);
    if (entry.to === null) return;
    const standing = this.standing.get(entry.to) ?? "gone";
    if (standing === "gone" || standing === "expected") this.standing.set(entry.to, "expected");
  }

  /** The place of the entry that *entry* follows; -1 for the first. */
  linked(entry) {
    must(entry.exhibit === this.manifest.exhibit && !this.places.has(entry.digest), "custody-broken");
    if (entry.previous === null) {
      must(this.entries.length === 0 && entry.number === 1, "custody-broken");
      return -1;
    }
    const parent = this.places.get(entry.previous);
    must(parent !== undefined && entry.number === this.entries[parent].number + 1, "custody-broken");
    const own = this.own.get(entry.holder);
    must(own === undefined || this.descends(parent, own), "custody-contradiction", { holder: entry.holder });
    return parent;
  }

  checkAct(entry, parent) {
    const rule = tables.acts[entry.act];
    const seals = entry.holder === this.manifest.sealedBy;
    const fits = (holds) => must(holds, "custody-out-of-order", { act: entry.act, holder: entry.holder });
    fits(rule.by !== "sealer" || seals);
    fits((rule.by !== "receiver" && seals) || this.isNamed(entry.holder, parent));
    fits(rule.after.includes(this.standing.get(entry.holder) ?? "unnamed"));
    fits(rule.names_receiver === (entry.to !== null) && entry.to !== entry.holder);
    fits(!rule.needs_purpose || entry.purpose.trim() !== "");
  }

  checkDigests(entry) {
    const { rehash } = tables.acts[entry.act];
    for (const what of ["root", "sha256"]) {
      const said = { act: entry.act, holder: entry.holder };
      if (rehash.includes(what)) must(entry[what] !== null, "custody-wrong-digest", said);
      if (entry[what] !== null) must(entry[what] === this.manifest[what], "custody-wrong-digest", said);
    }
  }

  checkTime(entry, parent) {
    const own = this.own.get(entry.holder);
    const start = parent < 0 ? this.manifest.at : this.entries[parent].at;
    const holds = (own === undefined || entry.at >= this.entries[own].at) && entry.at >= start - CLOCK_DIFFERENCE;
    must(holds, "custody-time", { at: entry.stamp });
  }

  isNamed(holder, parent) {
    for (let place = parent; place >= 0 && !this.named.has(holder); place = this.parents[place]) {
      if (this.entries[place].to === holder) this.named.add(holder);
    }
    return this.named.has(holder);
  }

  descends(place, ancestor) {
    let at = place;
    while (at > ancestor) at = this.parents[at];
    return at === ancestor;
  }
}
