/* How a face of a meeting stays up to date: it asks whether what it shows has changed, puts changed panels in place
   without taking away what somebody is writing, says when the connection is lost, and sends what is pressed until it
   is answered, always under the same name, so that it counts once. */
(() => {
"use strict";

const RETRY_SECONDS = [1, 2, 4, 8, 15];
const PRESS_SECONDS = 12;
const shownPanels = new Map();
let live, every, failures = 0, lastAnswer = Date.now(), timer = 0, clockAhead = 0, sending = 0;

const page = (id) => document.getElementById(id);

function begin() {
  live = page("live");
  if (!live) return;
  every = Number(live.dataset.every) || 1000;
  keepTime(live.dataset.now);
  tick();
  setInterval(tick, 500);
  later();
}

/* Asking */

function later(seconds) {
  clearTimeout(timer);
  const slower = document.hidden ? 10 : 1;
  const wait = seconds === undefined ? every * slower * (0.85 + 0.3 * Math.random()) : seconds * 1000;
  timer = setTimeout(ask, wait);
}

async function ask() {
  if (sending) return later();
  try {
    const answer = await within(8000, `${live.dataset.live}?seen=${encodeURIComponent(live.dataset.seen)}`, {});
    if (answer.status === 403 || answer.status === 404 || answer.redirected) return location.reload();
    if (answer.status >= 500) throw new Error(answer.status);
    heard();
    if (answer.status === 200) await put(answer);
    later();
  } catch {
    lost();
    later(RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length) - 1] * (0.7 + 0.6 * Math.random()));
  }
}

async function within(milliseconds, address, how) {
  const ending = new AbortController();
  const end = setTimeout(() => ending.abort(), milliseconds);
  try {
    return await fetch(address, { ...how, signal: ending.signal, headers: { ...how.headers, "X-Live": "1" }, cache: "no-store", credentials: "same-origin" });
  } finally {
    clearTimeout(end);
  }
}

function heard() {
  failures = 0;
  lastAnswer = Date.now();
  document.body.classList.remove("connection-lost");
  page("lost").hidden = true;
}

function lost() {
  failures += 1;
  if (failures < 2 && Date.now() - lastAnswer < 5000) return;
  const note = page("lost");
  const at = new Date(lastAnswer).toLocaleTimeString(document.documentElement.lang || "en", { hour12: false });
  const words = note.dataset.words.replace("TIME", at);
  if (note.textContent !== words) note.textContent = words;
  note.hidden = false;
  document.body.classList.add("connection-lost");
}

document.addEventListener("visibilitychange", () => { if (live && !document.hidden) ask(); });
window.addEventListener("online", () => { if (live) ask(); });

/* Putting what changed in place */

async function put(answer) {
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  live.dataset.seen = answer.headers.get("X-Version") || "";
  keepTime(answer.headers.get("X-Now"));
  const fresh = [...found.querySelectorAll("[data-panel]")];
  const names = (panels) => [...panels].map((one) => one.dataset.panel).join(" ");
  if (names(fresh) !== names(live.querySelectorAll("[data-panel]"))) {
    shownPanels.clear();
    const again = document.createElement("div");
    for (const child of [...found.body.childNodes]) again.append(document.importNode(child, true));
    keeping(live, again, () => live.replaceChildren(...again.childNodes), () => live);
  } else {
    for (const panel of fresh) {
      const text = panel.outerHTML;
      if (shownPanels.get(panel.dataset.panel) !== text) {
        const old = live.querySelector(`[data-panel="${panel.dataset.panel}"]`);
        const made = document.importNode(panel, true);
        keeping(old, made, () => old.replaceWith(made), () => made);
      }
    }
  }
  for (const panel of fresh) shownPanels.set(panel.dataset.panel, panel.outerHTML);
  announce(found);
  tick();
  document.dispatchEvent(new CustomEvent("face:changed"));
}

/* Do *swap*, and give back what was written, what was unfolded and where the cursor was. */
function keeping(old, made, swap, placed) {
  const kept = written(old);
  const open = [...old.querySelectorAll("details[id]")].map((one) => [one.id, one.open]);
  const focused = old.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  const selection = focused && focused.selection;
  swap();
  const panel = placed();
  for (const [id, was] of open) {
    const again = page(id);
    if (again) again.open = was;
  }
  for (const one of kept) {
    const field = fieldAt(panel, one.place);
    if (!field) continue;
    if (one.files) field.files = one.files;
    else if (one.checked === undefined) field.value = one.value;
    else field.checked = one.checked;
  }
  if (!focused) return;
  const again = (focused.id && page(focused.id)) || fieldAt(panel, focused);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (selection && again.setSelectionRange) {
    try { again.setSelectionRange(...selection); } catch { /* this kind of field has no selection */ }
  }
}

function placeOf(field) {
  const form = field.closest("form");
  let selection = null;
  try { selection = [field.selectionStart, field.selectionEnd]; } catch { /* none */ }
  return { id: field.id, form: form ? form.dataset.key || "" : "", name: field.name || "", value: field.value, type: field.type || field.tagName, selection };
}

function fieldAt(panel, place) {
  for (const form of panel.querySelectorAll("form")) {
    if ((form.dataset.key || "") !== place.form) continue;
    for (const field of form.elements) {
      if (field.name !== place.name) continue;
      if (["radio", "checkbox", "submit"].includes(field.type) && field.value !== place.value) continue;
      return field;
    }
  }
  return null;
}

function written(panel) {
  const found = [];
  for (const field of panel.querySelectorAll("input, textarea, select")) {
    if (field.type === "hidden") continue;
    if (field.type === "file") {
      if (field.files.length) found.push({ place: placeOf(field), files: field.files });
      continue;
    }
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked !== field.defaultChecked) found.push({ place: placeOf(field), checked: field.checked });
    } else if (field.tagName === "SELECT") {
      const chosen = [...field.options].find((one) => one.defaultSelected) || field.options[0];
      if (chosen && field.value !== chosen.value) found.push({ place: placeOf(field), value: field.value });
    } else if (field.value !== field.defaultValue) {
      found.push({ place: placeOf(field), value: field.value });
    }
  }
  return found;
}

function announce(found) {
  const sentence = found.querySelector("[data-announce]");
  const words = sentence ? sentence.textContent.trim() : "";
  const place = page("announcement");
  if (place && words && place.textContent !== words) place.textContent = words;
}

/* Pressing: the same press has the same name, however often it must be sent */

function name() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!live || !form.matches("form[data-act]")) return;
  event.preventDefault();
  press(form, event.submitter);
});

async function press(form, button) {
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  sending += 1;
  const sent = new FormData(form);
  if (button && button.name) sent.append(button.name, button.value);
  sent.set("once", name());
  form.setAttribute("aria-busy", "true");
  say("");
  const until = Date.now() + PRESS_SECONDS * 1000;
  const files = form.enctype === "multipart/form-data";
  try {
    for (;;) {
      try {
        await answered(form, await within(files ? 120000 : 6000, form.action, { method: "POST", body: files ? sent : new URLSearchParams(sent), headers: { "X-CSRFToken": live.dataset.csrf } }));
        break;
      } catch {
        lost();
        if (Date.now() > until) { say(page("refusal").dataset.unsure); break; }
        await new Promise((go) => setTimeout(go, 700));
      }
    }
  } finally {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
    sending -= 1;
    later(0.1);
  }
}

async function answered(form, answer) {
  if (answer.status >= 500) throw new Error(answer.status);
  heard();
  if (answer.status === 200 && answer.headers.get("X-Version")) {
    form.reset();
    const note = form.closest("details[data-closes]");
    if (note) note.open = false;
    await put(answer);
    document.dispatchEvent(new CustomEvent("face:taken", { detail: form }));
    return;
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const reason = found.querySelector("[data-refusal]");
  if (!reason) return location.reload();
  const place = page("refusal");
  place.replaceChildren(document.importNode(reason, true));
  place.hidden = false;
  place.focus();
}

function say(words) {
  const place = page("refusal");
  place.replaceChildren();
  place.hidden = !words;
  if (!words) return;
  const sentence = document.createElement("p");
  sentence.className = "notice care";
  sentence.textContent = words;
  place.append(sentence);
}

/* Clocks run on the node's time */

function keepTime(stamp) {
  const at = Date.parse(stamp || "");
  if (!Number.isNaN(at)) clockAhead = at - Date.now();
}

function tick() {
  const now = Date.now() + clockAhead;
  for (const clock of document.querySelectorAll("[data-since]")) {
    const gone = Math.max(0, Math.floor((now - Date.parse(clock.dataset.since)) / 1000));
    const allowed = Number(clock.dataset.seconds) || 0;
    const left = allowed - gone;
    const shown = allowed ? Math.abs(left) : gone;
    const words = `${allowed && left < 0 ? "+" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    if (clock.textContent !== words) clock.textContent = words;
    clock.classList.toggle("over", Boolean(allowed) && left < 0);
    clock.classList.toggle("near", Boolean(allowed) && left >= 0 && left <= 30);
  }
}

window.addEventListener("DOMContentLoaded", begin);
})();
