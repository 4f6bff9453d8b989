// The ladder: the same numbered steps as the program `rogatory verify`, each passed, failed or not checked.

const STEPS = [
  ["whole", checkWhole],
  ["cards", checkCards],
  ["signatures", checkSignatures],
  ["chain", checkMessages],
  ["receipts", checkReceipts],
  ["exhibits", checkExhibits],
  ["ledger", checkLedger],
  ["world", checkWorld],
];

/** An earlier step failed, so that this one cannot be taken. */
class Blocked extends Error {
  constructor(step) {
    super(`step ${step}`);
    this.step = step;
  }
}

/** What all steps find in *source*; *trust* gives by State the fingerprint that the reader was told. */
async function climb(source, trust, progress = () => {}) {
  const found = { source, trust, progress, member: "", index: null, ring: null, cards: [], messages: null };
  Object.assign(found, { intact: false, manifests: [], compared: new Set(), notes: [] });
  const steps = [];
  for (const [place, [name, check]] of STEPS.entries()) steps.push(await oneStep(place + 1, name, check, found));
  return { steps, found };
}

/** *result* after step 2 was taken again with other fingerprints; all other steps do not rest on them. */
async function compareAgain(result, trust) {
  const { found } = result;
  Object.assign(found, { trust, compared: new Set() });
  const steps = [...result.steps];
  steps[1] = await oneStep(2, "cards", checkCards, found);
  return { steps, found };
}

async function oneStep(number, name, check, found) {
  Object.assign(found, { member: "", notes: [] });
  const title = name === "whole" && found.source.order === null ? "whole-embedded" : name;
  const step = { number, name, title, outcome: "pass", notes: found.notes, fault: null, member: "" };
  try {
    await check(found);
  } catch (error) {
    if (error instanceof Blocked) {
      note(found, "blocked", { step: error.step }, "not-checked");
      return { ...step, outcome: "not-checked" };
    }
    const fault = error instanceof Fault ? error : new Fault("bad-document", { detail: String(error.message) });
    return { ...step, outcome: "fail", fault, member: found.member };
  }
  return step;
}

function note(found, key, values = {}, outcome = "pass") {
  found.notes.push({ key, values, outcome });
}

function needed(value, step) {
  if (value === null) throw new Blocked(step);
  return value;
}

function paper(found, name) {
  found.member = name;
  must(found.source.papers.has(name), "bundle-no-such-member", { name });
  return found.source.papers.get(name);
}

function papersUnder(found, folder) {
  return [...found.source.papers].filter(([name]) => name.startsWith(`${folder}/`));
}

async function loadRing(found) {
  if (found.ring !== null) return found.ring;
  const cards = [];
  for (const [name, bytes] of papersUnder(found, "cards")) {
    found.member = name;
    cards.push({ name, ...(await readCard(bytes)) });
  }
  found.cards = cards;
  found.ring = new Ring(cards);
  return found.ring;
}

/** Step 1. */
async function checkWhole(found) {
  const { source } = found;
  if (source.broken) throw source.broken;
  const read = readDocument(paper(found, INDEX_SIGNED), "rogatory-bundle+jws", MAX_INDEX);
  const index = readIndex(read.payload);
  found.index = index;
  must(same(paper(found, INDEX_PLAIN), toUtf8.encode(canonical(read.payload))), "bundle-member-changed");
  found.member = "";
  checkNames(source, index);
  await checkDigests(found, index);
  if (source.page !== null) checkPage(found, index);
  found.member = INDEX_SIGNED;
  const states = [index.case.slice(0, 3), index.case.slice(4, 7)];
  must(states.includes(index.exportedBy.slice(0, 3)), "bundle-misplaced");
  const ring = await loadRing(found);
  found.member = INDEX_SIGNED;
  await ring.verify(read, index.exportedBy, index.exportedAt);
  const size = index.members.reduce((sum, member) => sum + member.size, 0);
  const count = index.members.length + 2 + (index.template ? 1 : 0);
  note(found, "members", { count, size, by: index.exportedBy, at: index.exportedStamp });
  if (source.order === null) note(found, "page-embedded", {}, "not-checked");
}

function readIndex(payload) {
  must(payload.v === 1 && Array.isArray(payload.members) && Array.isArray(payload.heads), "bad-field", { detail: "v" });
  must(payload.members.length <= MAX_MEMBERS, "bad-field", { detail: "members" });
  for (const member of payload.members) {
    must(isObject(member) && MEMBER_NAME.test(member.name) && DIGEST.test(member.sha256), "bad-field", { detail: "members" });
    must(Number.isSafeInteger(member.size) && member.size >= 0, "bad-field", { detail: "members" });
  }
  must(new Set(payload.members.map((member) => member.name)).size === payload.members.length, "bad-field");
  const page = payload.page ?? null;
  return {
    case: textOf(payload, "case", CASE),
    exportedBy: textOf(payload, "exported_by", AUTHORITY),
    exportedAt: timeOf(payload, "exported_at"),
    exportedStamp: payload.exported_at,
    exercise: payload.exercise === true,
    program: String(payload.program),
    heads: payload.heads.map(String),
    members: payload.members,
    template: page === null ? null : textOf(page, "template", DIGEST),
  };
}

function checkNames(source, index) {
  const listed = index.members.map((member) => member.name);
  const unlisted = [INDEX_SIGNED, INDEX_PLAIN];
  if (source.order !== null) {
    if (index.template !== null) unlisted.push(PAGE_MEMBER);
    must(same(source.order, [...unlisted, ...listed]), "bundle-members-differ");
  } else {
    must(same([...source.papers.keys()], [...unlisted, ...listed.filter((name) => !SEALED_MEMBER.test(name))]), "bundle-members-differ");
  }
}

async function checkDigests(found, index) {
  const { source } = found;
  for (const member of index.members) {
    found.member = member.name;
    const sealed = source.sealed.get(member.name);
    let size = member.size;
    let digest = member.sha256;
    if (source.papers.has(member.name)) {
      const bytes = source.papers.get(member.name);
      [size, digest] = [bytes.length, toHex(sha256(bytes))];
    } else if (sealed) {
      const read = await digestOf(sealed.blob, found.progress);
      must(read.crc === sealed.crc, "bundle-container");
      [size, digest] = [sealed.blob.size, read.sha256];
    }
    must(size === member.size && digest === member.sha256, "bundle-member-changed");
  }
}

function checkPage(found, index) {
  found.member = PAGE_MEMBER;
  must(templateDigest(found.source.page, found.source.papers) === index.template, "bundle-page");
  note(found, "page-template", { sha256: index.template }, "not-checked");
}

/** Step 2. */
async function checkCards(found) {
  const ring = await loadRing(found);
  for (const card of found.cards) {
    found.member = card.name;
    must(card.name === `cards/${card.state}-${card.serial}.jws`, "bundle-misplaced");
  }
  found.member = "";
  const index = needed(found.index, 1);
  const wanted = [index.case.slice(0, 3), index.case.slice(4, 7), ...found.trust.keys()];
  const missing = wanted.filter((state) => !ring.newest.has(state));
  must(missing.length === 0, "bundle-incomplete", { what: missing.join(", ") });
  for (const [state, card] of [...ring.newest].sort()) {
    const values = { state, serial: card.serial, fingerprint: fingerprint(card.identity) };
    const told = found.trust.get(state);
    if (told === undefined) {
      note(found, "card-untold", values, "not-checked");
      continue;
    }
    found.member = card.name;
    must(letters(told) === letters(values.fingerprint), "bundle-fingerprint", { state, found: values.fingerprint, told });
    found.compared.add(state);
    note(found, "card-trusted", values);
  }
}

function letters(text) {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "");
}
