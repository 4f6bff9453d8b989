// The page itself: what it holds when it opens, the language, the fingerprints, and the files that are chosen.

const told = new Map();
let result = null;
let files = [];

function show({ busy = false } = {}) {
  showWords();
  showVerdict(result, { busy });
  showAbout(result);
  showTrust(result, told, compare);
  showSteps(result);
  showMessages(result);
  showFiles(files);
  document.body.dataset.state = busy ? "busy" : "ready";
}

async function compare(state, text) {
  if (text.trim()) told.set(state, text.trim());
  else told.delete(state);
  result = await compareAgain(result, told);
  show();
  document.getElementById(`trust-${state}`).focus();
}

/** Whether *file* is a container that begins with a signed index. */
async function isBundle(file) {
  const begin = await bytesAt(file, 0, 30 + INDEX_SIGNED.length);
  return begin[0] === 0x50 && begin[1] === 0x4b && toUtf8Text(begin.subarray(30)) === INDEX_SIGNED;
}

function toUtf8Text(bytes) {
  return new TextDecoder().decode(bytes);
}

function progressOf(total) {
  const bar = document.getElementById("progress");
  Object.assign(bar, { max: Math.max(total, 1), value: 0, hidden: false });
  bar.setAttribute("aria-label", word("busy"));
  return (size) => (bar.value += size);
}

async function checkBundle(file) {
  const progress = progressOf(file.size * 3);
  told.clear();
  try {
    result = await climb(await containerSource(file, progress), told, progress);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    result = await climb({ papers: new Map(), order: [], sealed: new Map(), page: null, broken: error }, told);
  }
}

async function checkFile(file) {
  if (await isBundle(file)) {
    await checkBundle(file);
    return { key: "file-bundle", values: { file: file.name }, outcome: "pass" };
  }
  must(result !== null, "file-no-bundle", { file: file.name });
  must(result.steps[5].outcome === "pass", "file-no-evidence", { file: file.name });
  return judgeFile(file, result.found.manifests, progressOf(file.size));
}

async function checkFiles(chosen) {
  files = [];
  show({ busy: true });
  for (const file of chosen) {
    try {
      files.push(await checkFile(file));
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault("file-unreadable", { file: file.name });
      files.push({ fault, outcome: "fail" });
    }
  }
  document.getElementById("progress").hidden = true;
  show();
}

function listen() {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      language = button.dataset.language;
      show();
    });
  }
  const input = document.getElementById("file");
  input.addEventListener("change", () => checkFiles([...input.files]));
  const drop = document.getElementById("drop");
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    checkFiles([...event.dataTransfer.files]);
  });
  document.getElementById("trust").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeprint", () => (document.getElementById("messages-box").open = true));
}

async function start() {
  tables = JSON.parse(document.getElementById("tables").textContent);
  language = navigator.language.startsWith("fr") ? "fr" : "en";
  listen();
  show({ busy: true });
  let source = null;
  try {
    source = embeddedSource(document.getElementById("papers").textContent);
  } catch (error) {
    source = { papers: new Map(), order: [], sealed: new Map(), page: null, broken: new Fault("bundle-container") };
  }
  if (source !== null) result = await climb(source, told);
  show();
}

start();
