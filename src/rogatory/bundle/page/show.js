// Showing: sentences in the reader's language, and the result of the check as elements. Nothing is ever put in as HTML.

let tables = {};
let language = "en";

/** The sentence *sentences* in the reader's language, its gaps filled from *values*; acts and kinds in words. */
function sentence(sentences, values = {}) {
  return sentences[language].replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return name === "act" || name === "kind" ? named(value) : shown(value);
  });
}

function named(code) {
  const words = [tables.act_words, tables.kind_words].find((one) => Object.hasOwn(one, code));
  return words ? words[code][language] : shown(code);
}

/** *value* as it may be shown: nothing in it hides or turns around a letter. */
function shown(value) {
  if (typeof value === "number") return value.toLocaleString(language);
  if (STAMP.test(value)) return `${value.slice(0, 10)} ${value.slice(11, 19)} UTC`;
  return String(value).slice(0, 2000).replace(/[\p{C}\u2028\u2029]/gu, "\ufffd");
}

function word(key, values) {
  return sentence(tables.ui[key], values);
}

function element(name, { text = "", ...attributes } = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function faultText(fault) {
  const known = tables.faults[fault.code];
  return known ? sentence(known, fault.values) : fault.code;
}

function showWords() {
  document.documentElement.lang = language;
  document.title = word("title");
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = word(place.dataset.word);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}

function showVerdict(result, { busy }) {
  const box = document.getElementById("verdict");
  const [kind, lines] = verdict(result, busy);
  box.className = `box ${kind}`;
  box.replaceChildren(...lines.map((text, place) => element("p", {}, [place ? text : element("strong", { text })])));
}

function verdict(result, busy) {
  if (busy) return ["", [word("busy")]];
  if (result === null) return ["", [word("empty"), word("empty_more")]];
  const failed = result.steps.filter((step) => step.outcome === "fail").map((step) => step.number);
  const world = result.found.index?.exercise ? [word("exercise")] : [];
  if (failed.length) return ["fail", [word("verdict_fail", { steps: failed.join(", ") }), word("verdict_fail_more"), ...world]];
  const compared = statesOf(result.found.index).every((state) => result.found.compared.has(state));
  return compared
    ? ["pass", [word("verdict_pass"), word("verdict_rest"), ...world]]
    : ["open", [word("verdict_untold"), word("verdict_rest"), ...world]];
}

function statesOf(index) {
  return [index.case.slice(0, 3), index.case.slice(4, 7)];
}

function showAbout(result) {
  const index = result?.found.index ?? null;
  const rows = index === null ? [] : [
    ["case", index.case],
    ["exported_by", index.exportedBy],
    ["exported_at", index.exportedStamp],
    ["program", index.program],
    ["world", word(index.exercise ? "exercise" : "real")],
  ];
  const pairs = rows.flatMap(([key, value]) => [element("dt", { text: word(key) }), element("dd", { text: shown(value) })]);
  document.getElementById("about").replaceChildren(...pairs);
}

function showSteps(result) {
  document.getElementById("steps").replaceChildren(...(result?.steps ?? []).map(stepElement));
  document.getElementById("steps-title").parentElement.hidden = result === null;
}

function stepElement(step) {
  const lines = step.notes.map((one) => {
    const open = one.outcome === "not-checked" ? { class: "quiet" } : {};
    const text = sentence(tables.notes[one.key], one.values);
    return element("li", { ...open, text: one.outcome === "not-checked" ? `${text} (${word("not-checked")})` : text });
  });
  if (step.fault) {
    const where = step.member ? `${shown(step.member)}: ` : "";
    lines.push(element("li", { class: "wrong", text: `${where}${faultText(step.fault)} [${step.fault.code}]` }));
  }
  return element("li", { "data-step": step.name, "data-outcome": step.outcome }, [
    element("span", { class: "number", text: String(step.number) }),
    element("h3", { text: sentence(tables.titles[step.title]) }),
    element("span", { class: `mark ${step.outcome}`, text: word(step.outcome) }),
    ...(lines.length ? [element("ul", {}, lines)] : []),
  ]);
}

/** A field for the fingerprint of each State of the case; *told* are those given so far. */
function showTrust(result, told, changed) {
  const form = document.getElementById("trust");
  const states = result?.found.ring && result.found.index ? statesOf(result.found.index) : [];
  form.parentElement.hidden = states.length === 0;
  form.replaceChildren(...states.map((state) => trustField(result, state, told, changed)));
}

function trustField(result, state, told, changed) {
  const card = result.found.ring.newest.get(state);
  const found = card ? fingerprint(card.identity) : "";
  const label = element("label", { for: `trust-${state}`, text: `${word("told_by", { state })} ` });
  const input = element("input", { id: `trust-${state}`, autocomplete: "off", spellcheck: "false", maxlength: "40" });
  input.value = told.get(state) ?? "";
  input.addEventListener("change", () => changed(state, input.value));
  const key = element("p", { text: `${word("card_says", { state })} ` }, [element("code", { text: found })]);
  return element("div", { class: "told" }, [key, label, input]);
}

function showMessages(result) {
  const messages = [...(result?.found.messages ?? new Map()).values()].sort((one, other) => one.number - other.number);
  document.getElementById("messages-box").hidden = messages.length === 0;
  const heads = ["number", "kind", "from_to", "at", "people", "receipt"];
  const head = element("tr", {}, heads.map((key) => element("th", { scope: "col", text: word(`column_${key}`) })));
  document.querySelector("#messages thead").replaceChildren(head);
  const rows = messages.map((message) => {
    const people = [message.drafted, message.approved].filter(Boolean).map(shown).join(", ");
    const receipt = message.receipted === undefined ? "" : word(message.receipted ? "yes" : "no");
    const between = `${message.sender} → ${message.receiver}`;
    const cells = [String(message.number), named(message.kind), between, shown(message.stamp), people, receipt];
    return element("tr", {}, cells.map((text) => element("td", { text })));
  });
  document.querySelector("#messages tbody").replaceChildren(...rows);
}

function showFiles(results) {
  const items = results.map(({ key, values, outcome, fault }) => {
    const text = fault ? `${faultText(fault)} [${fault.code}]` : sentence(tables.notes[key], values);
    return element("li", { class: `box ${outcome}`, "data-outcome": outcome, text });
  });
  document.getElementById("files").replaceChildren(...items);
}
