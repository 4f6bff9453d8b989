/* The sums of a tellers' sheet, checked as they are typed; the server checks them again and decides. */
"use strict";

const whole = (field) => (/^[0-9]{1,6}$/.test(field.value.trim()) ? Number(field.value.trim()) : null);

function check(form) {
  const checks = form.querySelector("[data-checks]");
  const words = checks.dataset;
  const votes = [...form.querySelectorAll("[data-votes]")].map(whole);
  const known = votes.filter((one) => one !== null);
  const total = known.reduce((sum, one) => sum + one, 0);
  form.querySelector("[data-total]").textContent = known.length ? total : "–";
  const all = known.length === votes.length;
  const wrong = form.dataset.names ? ballot(form, words, votes, total, all) : total > Number(form.dataset.most) ? [words.many] : [];
  const complete = [...form.querySelectorAll("input[required]")].every((one) => whole(one) !== null);
  const lines = wrong.length ? wrong : complete ? [words.good] : [];
  const shown = lines.map((text) => {
    const line = document.createElement("p");
    line.className = wrong.length ? "wrong" : "right";
    line.textContent = `${wrong.length ? "✗" : "✓"} ${text}`;
    return line;
  });
  checks.replaceChildren(...shown);
}

function ballot(form, words, votes, total, all) {
  const [papers, invalid, abstentions] = ["papers", "invalid", "abstentions"].map((name) => whole(form.elements[name]));
  const place = form.querySelector("[data-valid]");
  if (papers === null || invalid === null || abstentions === null) { place.textContent = "–"; return []; }
  const valid = papers - invalid - abstentions;
  place.textContent = valid;
  const wrong = [];
  if (valid < 0) wrong.push(words.over);
  if (papers > Number(form.dataset.most)) wrong.push(words.many);
  if (valid >= 0 && votes.some((one) => one !== null && one > valid)) wrong.push(words.one);
  if (valid >= 0 && total > valid * Number(form.dataset.names)) wrong.push(words.high);
  if (valid >= 0 && all && total < valid) wrong.push(words.low);
  return wrong;
}

const checkAll = () => document.querySelectorAll("form.sheet").forEach(check);
document.addEventListener("input", (event) => { const form = event.target.closest("form.sheet"); if (form) check(form); });
document.addEventListener("face:changed", checkAll);
window.addEventListener("DOMContentLoaded", checkAll);
