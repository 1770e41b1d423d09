// All about one entity: entries in order of time, each one line of the graph with its sentences.
const centre = data.centre;
const entries = links.map((_, i) => i).filter((i) => links[i].from === centre || links[i].to === centre);
const otherEnd = (i) => (links[i].from === centre ? links[i].to : links[i].from);
let type = null;

const dateOf = (i) => links[i].parts.map((p) => p.date).filter(Boolean).sort()[0] ?? "";
const incomingDate = (i) => dateOf(i) || String(nodes[otherEnd(i)].year ?? "");
const yearOf = (i) => (links[i].to === centre ? incomingDate(i) : String(nodes[otherEnd(i)].year ?? "")).slice(0, 4);
const typesOf = (i) => [...new Set(links[i].parts.map((p) => p.type))];
const shownEntries = () => entries.filter((i) => type === null || typesOf(i).includes(type));

function reference(node) {
  const name = node.kind === "institution" || node.kind === "measure" ? node.label : `《${node.label}》`;
  return node.sub && node.sub !== node.label ? `${name}（${node.sub}）` : name;
}

function openLink(i, scroll) {
  state.node = null;
  state.link = i;
  paint();
  for (const entry of document.querySelectorAll(".entry")) entry.classList.toggle("on", entry.id === `entry-${i}`);
  if (scroll) byId(`entry-${i}`)?.scrollIntoView({ block: "center" });
}

function entryBlock(i) {
  const other = nodes[otherEnd(i)];
  const quoted = reference(nodes[links[i].from]);
  const chips = typesOf(i).map((name) => el("span", { class: "chip" }, t(name)));
  const head = el("div", {}, ...chips, " ", el("button", { type: "button", class: "plain", onclick: () => openLink(i, false) }, named(other.label)),
    el("span", { class: "soft" }, " ", named([other.sub, links[i].to === centre ? incomingDate(i) : other.year ?? ""].filter(Boolean).join(" · "))));
  const quotes = links[i].parts.filter((p) => type === null || p.type === type).flatMap((p) => p.quotes.map((q) => quoteBlock(q, quoted)));
  return el("div", { class: "entry", id: `entry-${i}` }, head, ...quotes);
}

function byYear(list) {
  const groups = new Map();
  for (const i of list) groups.set(yearOf(i), [...(groups.get(yearOf(i)) ?? []), i]);
  return [...groups].sort(([a], [b]) => (a || "9999").localeCompare(b || "9999"));
}

function entryList(title, list) {
  if (!list.length) return null;
  const years = byYear(list).flatMap(([year, some]) => [el("h3", { id: `${title}-${year}` }, year || t("undatedYear")),
    ...some.sort((a, b) => incomingDate(a).localeCompare(incomingDate(b)) || a - b).map(entryBlock)]);
  return el("section", {}, el("h2", {}, `${t(title)}（${list.length}）`), ...years);
}

function drawEntries() {
  const shown = shownEntries();
  const parts = [entryList("citedByList", shown.filter((i) => links[i].to === centre)), entryList("citesList", shown.filter((i) => links[i].from === centre))];
  byId("entries").replaceChildren(...parts.filter((x) => x !== null));
}

function drawTimeline() {
  const groups = byYear(shownEntries().filter((i) => links[i].to === centre));
  const most = Math.max(1, ...groups.map(([, list]) => list.length));
  const bars = groups.map(([year, list]) => {
    const bar = el("button", { type: "button", "aria-label": `${year || t("undatedYear")}: ${list.length}`, onclick: () => byId(`citedByList-${year}`)?.scrollIntoView({ block: "start" }) });
    bar.style.height = `${Math.max(4, Math.round((60 * list.length) / most))}px`;
    return el("li", { class: year ? "" : "undated" }, String(list.length), bar, year || t("undatedYear"));
  });
  byId("timeline").replaceChildren(...(bars.length ? [el("h2", {}, t("timeline")), el("ol", {}, ...bars)] : []));
}

function drawTypes() {
  const names = [null, ...new Set(entries.flatMap(typesOf))];
  const button = (name) => el("button", { type: "button", "aria-pressed": String(type === name), onclick: () => { type = name; drawAll(); } },
    name === null ? t("allTypes") : `${t(name)} ${entries.filter((i) => typesOf(i).includes(name)).length}`);
  byId("types").replaceChildren(...(names.length > 2 ? names.map(button) : []));
}

function drawFacts() {
  const node = nodes[centre];
  const cited = node.kind === "document" || node.kind === "cited" ? [["citedBy", String(node.size)]] : [];
  const link = node.url ? el("a", { href: node.url }, t("openPage")) : "";
  byId("facts").replaceChildren(el("span", { class: `chip k-${node.kind}` }, t(node.kind)), factList([...node.facts, ...cited]), link);
}

function drawAll() {
  drawTypes();
  drawTimeline();
  drawEntries();
  state.hiddenLinks = new Set(links.map((_, i) => i).filter((i) => type !== null && !typesOf(i).includes(type)));
  paint();
}

function allQuotes() {
  return shownEntries().flatMap((i) => links[i].parts.flatMap((p) => p.quotes.map((q) =>
    `${dateOf(i)} [${t(p.type)}] “${q.text.trim()}”（${[quoteReference(q), reference(nodes[links[i].from])].filter(Boolean).join(" · ")}）`.trim()))).join("\n");
}

network.on("click", (at) => {
  const i = at.nodes.length ? entries.find((e) => otherEnd(e) === at.nodes[0]) : at.edges[0];
  if (i !== undefined) openLink(i, true);
  else { state.link = null; paint(); }
});
byId("copy-all").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  await copyText(allQuotes(), button);
  setTimeout(() => { button.textContent = t("copyAll"); }, 1600);
});
byId("print").addEventListener("click", () => window.print());
byId("language").addEventListener("click", switchLanguage);
redraws.push(drawFacts, drawAll);
translate();
network.once("afterDrawing", () => { fit(); document.documentElement.dataset.ready = "true"; });
