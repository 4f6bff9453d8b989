/* What the pages of alignment do besides working: they say that something takes long; the review has keys, keeps what
   is begun, and searches without leaving the page. Nothing here judges: a person's own keys save an answer. */
"use strict";

/* Something takes long */

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-busy]");
  const place = form && form.querySelector(".busy");
  if (!place || place.firstChild) return;
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", place.dataset.says);
  place.append(place.dataset.says, bar);
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});

window.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-at-once]");
  if (form) form.requestSubmit();
});

/* The review */

const WAIT_BEFORE_KEEPING = 1200;
const page = () => document.getElementById("review");
const judge = () => document.getElementById("judge");
let waiting = 0;
let leaving = false;

function tell(text) {
  document.getElementById("told").textContent = text;
}

function press(id) {
  const found = document.getElementById(id);
  if (found) found.click();
}

async function keep() {
  waiting = 0;
  if (leaving || !judge()) return;
  const place = document.getElementById("kept");
  try {
    const answer = await fetch(page().dataset.keep, { method: "POST", body: new FormData(judge()) });
    place.textContent = answer.ok ? page().dataset.kept : page().dataset.notKept;
  } catch {
    place.textContent = page().dataset.notKept;
  }
}

function begun() {
  if (waiting) clearTimeout(waiting);
  waiting = setTimeout(keep, WAIT_BEFORE_KEEPING);
}

function dressed(article) {
  const boxes = [...article.querySelectorAll('input[name="evidence"]')];
  article.classList.toggle("chosen", boxes.some((one) => one.checked));
  const rejected = article.querySelector("[data-reject]");
  article.classList.toggle("rejected", Boolean(rejected && rejected.checked));
}

function counted() {
  const place = document.getElementById("picked");
  if (!place) return;
  const number = document.querySelectorAll('input[name="evidence"]:checked').length;
  place.textContent = number === 0 ? "" : number === 1 ? place.dataset.one : place.dataset.many.replace("%", number);
}

document.addEventListener("input", (event) => {
  if (!judge() || event.target.form !== judge() || event.target.id === "find") return;
  const article = event.target.closest("[data-proposal]");
  if (article) {
    // What carries the obligation is not rejected, and the other way round.
    if (event.target.checked && event.target.name === "evidence") uncheck(article, "[data-reject]");
    if (event.target.checked && event.target.hasAttribute("data-reject")) uncheck(article, 'input[name="evidence"]');
    dressed(article);
  }
  counted();
  begun();
});

function uncheck(article, which) {
  for (const one of article.querySelectorAll(which)) one.checked = false;
}

document.addEventListener("submit", (event) => {
  if (event.target === judge()) leaving = true;
});

/* What is written is not lost by going on to another page. */

window.addEventListener("pagehide", () => {
  if (!waiting || leaving || !judge()) return;
  navigator.sendBeacon(page().dataset.keep, new FormData(judge()));
});

/* Search by hand */

async function search() {
  const words = document.getElementById("find").value.trim();
  const place = document.getElementById("found");
  if (!words) return;
  const kept = [...place.querySelectorAll("[data-proposal]")].filter((one) => one.querySelector(":checked"));
  const answer = await fetch(`${page().dataset.search}?find=${encodeURIComponent(words)}`);
  if (!answer.ok) {
    document.getElementById("find-button").form.submit();
    return;
  }
  const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const one of kept) shown.getElementById(one.id)?.remove();
  place.replaceChildren(...kept, ...shown.body.childNodes);
  tell(page().dataset.found);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("#find-button")) {
    event.preventDefault();
    search();
  }
  if (event.target.closest("#show-keys")) document.getElementById("keys").showModal();
});

/* Keys */

function proposals() {
  return [...document.querySelectorAll("[data-proposal]")];
}

function selected() {
  return document.activeElement.closest("[data-proposal]") || proposals()[0];
}

function move(step) {
  const all = proposals();
  const here = all.indexOf(document.activeElement.closest("[data-proposal]"));
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1)];
  if (next) next.focus();
}

function flip(which) {
  const article = selected();
  const box = article && article.querySelector(which);
  if (!box) return;
  box.click();
  article.focus();
}

function silentElement() {
  return [...document.querySelectorAll("[data-element]")].find((one) => one.querySelector('input[value=""]').checked);
}

function nextElement() {
  const element = silentElement() || document.querySelector("[data-element]");
  if (element) element.querySelector("input").focus();
}

function number(digit) {
  const element = document.activeElement.closest("[data-element]");
  if (element && digit <= 3) {
    element.querySelectorAll("input")[digit - 1].click();
    (silentElement() || document.getElementById("answers")).querySelector("input").focus();
    return;
  }
  const answer = document.querySelector(`[data-answer="${digit}"]`);
  if (answer) answer.click();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  a: () => flip("[data-accept]"),
  r: () => flip("[data-reject]"),
  e: nextElement,
  m: () => document.getElementById("remark")?.focus(),
  "/": () => document.getElementById("find")?.focus(),
  s: () => press("save-next"),
  u: () => press("undo"),
  n: () => press("go-after"),
  p: () => press("go-before"),
  x: () => press("go-unseen"),
  "?": () => document.getElementById("keys").showModal(),
};

/* Who dictates, or presses keys by chance, turns them off; this browser remembers it. */

function keysAreOff() {
  try {
    return localStorage.getItem("align-keys") === "off";
  } catch {
    return false;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.id !== "use-keys") return;
  try {
    localStorage.setItem("align-keys", event.target.checked ? "on" : "off");
  } catch {
    // A browser that keeps nothing has its keys on.
  }
});

document.addEventListener("keydown", (event) => {
  if (!page() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const place = event.target;
  if (place.id === "find" && event.key === "Enter") {
    event.preventDefault();
    search();
    return;
  }
  const writes = place.matches('textarea, select, input:not([type="radio"], [type="checkbox"])');
  if (writes) {
    if (event.key === "Escape") place.blur();
    return;
  }
  if (keysAreOff()) return;
  const act = /^[1-4]$/.test(event.key) ? () => number(Number(event.key)) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

window.addEventListener("DOMContentLoaded", () => {
  if (!page()) return;
  document.getElementById("show-keys").hidden = false;
  document.getElementById("use-keys").checked = !keysAreOff();
  counted();
  for (const one of proposals()) dressed(one);
});
