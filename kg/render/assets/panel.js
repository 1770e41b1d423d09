// The panel: facts, sentences and sources of what is selected.
const panel = byId("panel");
const outgoing = nodes.map(() => []);
const incoming = nodes.map(() => []);
links.forEach((link, i) => { outgoing[link.from].push(i); incoming[link.to].push(i); });

function select(i, move = true) {
  state.node = i;
  state.link = null;
  network.selectNodes(i === null ? [] : [i], false);
  if (i !== null && move) focusNode(i);
  paint();
  drawPanel();
}

function selectLink(i) {
  state.node = null;
  state.link = i;
  paint();
  drawPanel();
}

function nodeName(i) {
  return el("button", { type: "button", class: "plain", onclick: () => select(i) }, named(nodes[i].label));
}

function typeChips(link) {
  return el("span", {}, ...[...new Set(link.parts.map((p) => p.type))].map((type) => el("span", { class: "chip" }, t(type))), " ");
}

function linkSentences(link) {
  const box = el("div");
  for (const part of link.parts) {
    if (part.quotes.length) box.append(quoteList(part.quotes, [t(part.type), part.date].filter(Boolean).join(" "), 3));
  }
  if (!box.childElementCount) box.append(el("p", { class: "soft" }, t("noQuotes")));
  return box;
}

function linkSection(title, indexes, other) {
  if (!indexes.length) return null;
  const shown = [...indexes].sort((a, b) => other(links[a]) - other(links[b]));
  return el("section", {}, el("h3", {}, `${t(title)}（${indexes.length}）`), ...shown.map((i) =>
    el("div", { class: "link" }, typeChips(links[i]), nodeName(other(links[i])), linkSentences(links[i]))));
}

function panelHead(...children) {
  const close = el("button", { type: "button", class: "small", onclick: () => select(null) }, t("close"));
  return el("div", { class: "head" }, el("div", {}, ...children), close);
}

function nodePanel(i) {
  const node = nodes[i];
  const facts = [...node.facts];
  if (node.size > 0 && (node.kind === "document" || node.kind === "cited")) facts.push(["citedBy", String(node.size)]);
  return [
    panelHead(el("span", { class: `chip k-${node.kind}` }, t(node.kind)), el("h2", { tabindex: "-1" }, named(node.label)), el("div", { class: "soft" }, named(node.sub))),
    factList(facts),
    node.url ? el("a", { href: node.url }, t("openPage")) : null,
    node.quotes.length ? el("section", {}, el("h3", {}, `${t("quotes")}（${node.quotes.length}）`), quoteList(node.quotes)) : null,
    linkSection("outgoing", outgoing[i], (l) => l.to),
    linkSection("incoming", incoming[i], (l) => l.from),
  ];
}

function linkPanel(i) {
  const link = links[i];
  return [panelHead(typeChips(link), el("h2", { tabindex: "-1" }, nodeName(link.from), " → ", nodeName(link.to))), linkSentences(link)];
}

function drawPanel() {
  const empty = [el("p", { class: "soft" }, t(nodes.length ? "hint" : "empty"))];
  const content = state.node !== null ? nodePanel(state.node) : state.link !== null ? linkPanel(state.link) : empty;
  panel.replaceChildren(...content.filter((c) => c !== null));
  panel.scrollTop = 0;
}

redraws.push(drawPanel);
