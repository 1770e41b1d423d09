"use strict";
// Tables that sort, choices that apply at once, keys of the review queue. Everything works without this file.
function sortBy(table, column, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const text = (row) => row.cells[column].textContent.trim();
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => text(a).localeCompare(text(b), "zh-CN", { numeric: true }));
  body.append(...(down ? rows.reverse() : rows));
}

for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => head.querySelector("button").addEventListener("click", () => sortBy(table, column, head)));
}

for (const select of document.querySelectorAll("#facets select, form.auto select")) select.addEventListener("change", () => select.form.submit());

const queue = [...document.querySelectorAll(".queue > li[tabindex]")];
let at = -1;

function go(to) {
  if (!queue.length) return;
  at = Math.min(queue.length - 1, Math.max(0, to));
  queue[at].focus();
  queue[at].scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => go(at + 1), k: () => go(at - 1),
  m: () => queue[at]?.querySelector("button[value=merge]")?.click(),
  s: () => queue[at]?.querySelector("button[value=split]")?.click(),
  "/": () => document.querySelector("#find input").focus(),
};
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!Object.hasOwn(keys, event.key)) return;
  keys[event.key]();
  event.preventDefault();
});
