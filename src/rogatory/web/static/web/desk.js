/* What the desk adds to htmx: a form that somebody is writing in is never replaced, what is
   unfolded stays so, and an upload shows how far it is. */
"use strict";

const written = new WeakSet();

document.addEventListener("input", (event) => {
  const keep = event.target.closest("[data-keep-while-written]");
  if (keep) written.add(keep);
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
  const wanted = location.hash && document.getElementById(location.hash.slice(1));
  if (wanted instanceof HTMLDetailsElement) wanted.open = true;
});

window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
});
