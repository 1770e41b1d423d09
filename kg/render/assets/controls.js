// Search, filters, keys.
const svgNs = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(svgNs, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function markShape(style, x, y, r) {
  const paint = { fill: style.background, stroke: style.border, "stroke-width": 1.6 };
  if (style.dashes) paint["stroke-dasharray"] = "3 2";
  if (style.shape === "square") return svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...paint });
  if (style.shape === "diamond") return svg("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, ...paint });
  return svg("circle", { cx: x, cy: y, r, ...paint });
}

function kindMark(kind) {
  return svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, markShape(data.styles.kinds[kind], 9, 9, 7));
}

function lineMark(type) {
  const style = data.styles.types[type] ?? data.styles.types[""];
  const line = { x1: 1, y1: 8, x2: 27, y2: 8, stroke: style.color, "stroke-width": 2.4 };
  if (style.dashes) line["stroke-dasharray"] = style.dashes.join(" ");
  return svg("svg", { width: 28, height: 16, "aria-hidden": "true" }, svg("line", line));
}

const chosen = { kinds: new Set(), types: new Set(), levels: new Set(), from: null, to: null, undated: true };
const levelOf = (node) => node.level ?? "unknown";

function tally(values) {
  const counts = new Map();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return counts;
}

const counts = {
  kinds: tally(nodes.map((n) => n.kind)),
  types: tally(links.flatMap((l) => [...new Set(l.parts.map((p) => p.type))])),
  levels: tally(nodes.map(levelOf)),
};
const orderOf = { kinds: Object.keys(data.styles.kinds), types: Object.keys(data.styles.types), levels: [...data.levels, "unknown"] };
const years = nodes.map((n) => n.year).filter((y) => y !== null).sort((a, b) => a - b);

function reset() {
  for (const group of ["kinds", "types", "levels"]) chosen[group] = new Set(counts[group].keys());
  [chosen.from, chosen.to, chosen.undated] = [years[0] ?? null, years.at(-1) ?? null, true];
}

function sorted(group) {
  const rank = (key) => { const i = orderOf[group].indexOf(key); return i < 0 ? orderOf[group].length : i; };
  return [...counts[group].keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function checkbox(group, key, mark) {
  const input = el("input", { type: "checkbox" });
  input.checked = chosen[group].has(key);
  input.addEventListener("change", () => { chosen[group][input.checked ? "add" : "delete"](key); applyFilters(); });
  return el("label", {}, input, mark, el("span", {}, t(key)), el("span", { class: "n" }, String(counts[group].get(key))));
}

function group(name, mark) {
  const all = (keys) => () => { chosen[name] = new Set(keys); drawFilters(); applyFilters(); };
  return el("fieldset", {}, el("legend", {}, t(name), " ",
    el("button", { type: "button", class: "small", onclick: all(counts[name].keys()) }, t("all")), " ",
    el("button", { type: "button", class: "small", onclick: all([]) }, t("none"))),
  ...sorted(name).map((key) => checkbox(name, key, mark(key))));
}

function yearInput(end) {
  const input = el("input", { type: "number", min: years[0], max: years.at(-1), "aria-label": `${t("years")} ${t(end === "from" ? "yearFrom" : "yearTo")}` });
  input.value = String(chosen[end]);
  input.addEventListener("change", () => { chosen[end] = Number(input.value) || (end === "from" ? years[0] : years.at(-1)); applyFilters(); });
  return el("label", {}, t(end === "from" ? "yearFrom" : "yearTo"), input);
}

function yearGroup() {
  if (!years.length) return null;
  const undated = el("input", { type: "checkbox" });
  undated.checked = chosen.undated;
  undated.addEventListener("change", () => { chosen.undated = undated.checked; applyFilters(); });
  return el("fieldset", { id: "years" }, el("legend", {}, t("years")), yearInput("from"), yearInput("to"), el("label", {}, undated, t("undated")));
}

function drawFilters() {
  const again = el("button", { type: "button", onclick: () => { reset(); drawFilters(); applyFilters(); } }, t("reset"));
  byId("filters").replaceChildren(...[group("kinds", kindMark), counts.types.size ? group("types", lineMark) : null,
    group("levels", () => ""), yearGroup(), again].filter((x) => x !== null));
}

function yearFits(node) {
  if (node.year === null) return chosen.undated;
  return node.year >= chosen.from && node.year <= chosen.to;
}

function applyFilters() {
  const fits = (n) => chosen.kinds.has(n.kind) && chosen.levels.has(levelOf(n)) && yearFits(n);
  state.hidden = new Set(nodes.map((_, i) => i).filter((i) => !fits(nodes[i])));
  state.hiddenLinks = new Set(links.map((_, i) => i).filter((i) => !links[i].parts.some((p) => chosen.types.has(p.type))));
  byId("shown").textContent = t("shown", nodes.length - state.hidden.size, nodes.length);
  paint();
  drawList();
}

function drawList() {
  if (!byId("all").open) return;
  byId("nodes").replaceChildren(...nodes.map((n, i) => i).filter((i) => !state.hidden.has(i)).map((i) =>
    el("li", {}, el("button", { type: "button", onclick: () => select(i) }, named(nodes[i].label), nodes[i].size ? ` · ${nodes[i].size}` : ""))));
}

const searched = nodes.map((n) => [n.label, n.sub, n.year, ...n.facts.map((f) => f[1])].join("\n").toLowerCase());
const box = byId("query");
const options = byId("options");
let found = [];
let active = -1;

function normal(text) {
  return text.toLowerCase().replace(/[\[［【(（﹝]\s*(\d{4})\s*[\]］】)）﹞]/gu, "〔$1〕").trim();
}

function suggest() {
  const words = normal(box.value).split(/\s+/u).filter(Boolean);
  found = words.length ? nodes.map((_, i) => i).filter((i) => words.every((w) => searched[i].includes(w))).slice(0, 12) : [];
  active = found.length ? 0 : -1;
  drawOptions(words.length > 0);
}

function drawOptions(open) {
  options.replaceChildren(...found.map((i, n) => el("li", { role: "option", id: `option-${n}`, "aria-selected": String(n === active), onclick: () => choose(n) },
    named(nodes[i].label), el("small", {}, [t(nodes[i].kind), nodes[i].sub, nodes[i].year].filter(Boolean).join(" · ")))));
  if (!found.length) options.append(el("li", { role: "option", "aria-disabled": "true" }, t("searchNone")));
  options.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  if (active >= 0) box.setAttribute("aria-activedescendant", `option-${active}`);
  else box.removeAttribute("aria-activedescendant");
}

function choose(n) {
  const i = found[n];
  options.hidden = true;
  box.setAttribute("aria-expanded", "false");
  if (state.hidden.has(i)) { reset(); drawFilters(); applyFilters(); }
  select(i);
}

box.addEventListener("input", suggest);
box.addEventListener("focus", () => { if (box.value) suggest(); });
box.addEventListener("blur", () => setTimeout(() => { options.hidden = true; }, 200));
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    active = Math.min(found.length - 1, Math.max(0, active + (event.key === "ArrowDown" ? 1 : -1)));
    drawOptions(true);
    event.preventDefault();
  } else if (event.key === "Enter" && active >= 0) choose(active);
  else if (event.key === "Escape") options.hidden = true;
});

function step(by) {
  const shown = nodes.map((_, i) => i).filter((i) => !state.hidden.has(i));
  if (shown.length) select(shown[(Math.max(shown.indexOf(state.node), by > 0 ? -1 : 0) + by + shown.length) % shown.length]);
}

function zoom(by) {
  network.moveTo({ scale: network.getScale() * by });
}

function pan(x, y) {
  const at = network.getViewPosition();
  network.moveTo({ position: { x: at.x + x / network.getScale(), y: at.y + y / network.getScale() } });
}

const keys = {
  ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit, n: () => step(1), p: () => step(-1),
  Enter: () => panel.querySelector("h2")?.focus(),
};

byId("canvas").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  keys[event.key]();
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("input, textarea, select")) return;
  if (event.key === "Escape") select(null);
  else if (event.key === "/") { box.focus(); event.preventDefault(); }
});
network.on("click", (at) => {
  if (at.nodes.length) select(at.nodes[0], false);
  else if (at.edges.length) selectLink(at.edges[0]);
  else select(null);
});
byId("all").addEventListener("toggle", drawList);
redraws.push(drawFilters, applyFilters);
