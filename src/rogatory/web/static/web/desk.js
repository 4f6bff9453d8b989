/* What the desk adds to htmx: a form that somebody is writing in is never replaced, what is
   unfolded stays so, and an upload shows how far it is. */
"use strict";

const written = new WeakSet();

document.addEventListener("input", (event) => {
  const keep = event.target.closest("[data-keep-while-written]");
  if (keep) written.add(keep);
});

// What was sent is not being written any more; the answer may be a file, which leaves the page as it is.
document.addEventListener("submit", (event) => {
  const keep = event.target.closest("[data-keep-while-written]");
  if (keep) written.delete(keep);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.elt;
  if (!place.hasAttribute("data-keep-while-written") || !written.has(place)) return;
  event.preventDefault();
  const note = document.getElementById("changed-meanwhile");
  if (note) note.hidden = false;
});

let unfolded = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded = [...event.detail.target.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
});

document.addEventListener("htmx:afterSwap", () => {
  dress();
  for (const [id, open] of unfolded) {
    const again = document.getElementById(id);
    if (again) again.open = open;
  }
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector("progress.upload");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
});

document.addEventListener("toggle", (event) => {
  const opened = event.target;
  if (opened.open && opened.id) history.replaceState(null, "", "#" + opened.id);
}, true);

window.addEventListener("DOMContentLoaded", () => {
  dress();
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted instanceof HTMLDetailsElement) wanted.open = true;
});

window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
});

/* How fast an exhibit moves and how long it takes still: from what the page saw since it was opened. */

const seen = new Map();
const LANG = document.documentElement.lang || "en";
const KEPT_SAMPLES = 30;

function bytesInWords(count) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let step = 0;
  while (count >= 1000 && step < units.length - 1) {
    count /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(LANG, { style: "unit", unit: units[step], maximumFractionDigits: count < 10 ? 1 : 0 }).format(count);
}

function timeInWords(seconds) {
  const [unit, length] = seconds < 90 ? ["second", 1] : seconds < 5400 ? ["minute", 60] : ["hour", 3600];
  return new Intl.NumberFormat(LANG, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }).format(Math.max(1, Math.round(seconds / length)));
}

function pace(place) {
  const [done, total, part] = ["done", "total", "part"].map((name) => Number(place.dataset[name]));
  const samples = seen.get(place.dataset.transfer) || [];
  samples.push([performance.now(), done]);
  seen.set(place.dataset.transfer, samples.slice(-KEPT_SAMPLES));
  const [began, before] = samples[0];
  const rate = ((done - before) * part) / ((performance.now() - began) / 1000);
  const words = place.querySelector("[data-pace]");
  words.hidden = !(rate > 0) || done >= total;
  if (words.hidden) return;
  const left = timeInWords(((total - done) * part) / rate);
  words.textContent = words.dataset.pace.replace("RATE", bytesInWords(rate)).replace("TIME", left);
}

/* What works only with this script is shown only by it. */

function dress() {
  for (const place of document.querySelectorAll("[data-transfer]")) pace(place);
  for (const button of document.querySelectorAll("button[data-copy], button[data-print]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy], button[data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) {
    window.print();
    return;
  }
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    getSelection().selectAllChildren(button.previousElementSibling);
    return;
  }
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { button.textContent = before; }, 2000);
});
