// The reader: marks show what they stand for; the panel lists what was found and leads back to the text.
const article = byId("text");
const marks = [...article.querySelectorAll("mark[data-m]")];
const entityOf = (m) => (m.entity === null ? null : data.entities[m.entity]);
const places = data.entities.map(() => []);
data.mentions.forEach((m, i) => { if (m.entity !== null) places[m.entity].push(i); });
let selected = null;

// Offsets count code points of the text, which is what the article holds.
function rangeOf(start, end) {
  const walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  let begun = false;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const units = node.data;
    let unit = 0;
    while (unit <= units.length) {
      if (!begun && at === start) { range.setStart(node, unit); begun = true; }
      if (begun && at === end) { range.setEnd(node, unit); return range; }
      if (unit === units.length) break;
      unit += units.codePointAt(unit) > 0xffff ? 2 : 1;
      at += 1;
    }
  }
  return begun ? (range.setEndAfter(article.lastChild), range) : null;
}

function showPlace(start, end) {
  const range = rangeOf(start, end);
  if (!range) return;
  if (globalThis.Highlight) CSS.highlights.set("place", new Highlight(range));
  const target = range.startContainer.parentElement;
  const box = range.getBoundingClientRect();
  const paper = byId("paper");
  if (paper.scrollHeight > paper.clientHeight + 1) paper.scrollBy({ top: box.top - paper.getBoundingClientRect().top - paper.clientHeight / 3 });
  else scrollBy({ top: box.top - innerHeight / 4 });
  target.focus?.({ preventScroll: true });
}

function placeButton(start, end, text) {
  return el("button", { type: "button", class: "plain", onclick: () => showPlace(start, end) }, named(text));
}

function entityButton(index, text) {
  return el("button", { type: "button", class: "plain", onclick: () => selectEntity(index, places[index][0] ?? null) }, named(text ?? data.entities[index].name));
}

function typesOf(mark) {
  return (mark.dataset.types ?? "").split(" ").filter(Boolean).map((type) => t(type)).join("、");
}

function tipText(mark) {
  const m = data.mentions[Number(mark.dataset.m)];
  const entity = entityOf(m);
  const lines = [el("strong", {}, named(entity ? entity.name : t("unresolved")))];
  const notes = [t(m.label), typesOf(mark), entity && (entity.facts.find((f) => f[0] === "number") ?? [])[1]];
  return [...lines, el("small", {}, notes.filter(Boolean).join(" · "))];
}

function showTip(mark) {
  const tip = byId("tip");
  tip.replaceChildren(...tipText(mark));
  tip.hidden = false;
  const box = mark.getClientRects()[0];
  tip.style.left = `${Math.max(4, Math.min(box.left, innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${box.top > tip.offsetHeight + 8 ? box.top - tip.offsetHeight - 6 : box.bottom + 6}px`;
}

function selectEntity(index, mention) {
  selected = { index, mention };
  for (const mark of marks) mark.classList.toggle("on", data.mentions[Number(mark.dataset.m)].entity === index);
  drawSelected();
  if (mention !== null) showPlace(data.mentions[mention].start, data.mentions[mention].end);
}

function stepPlace(by) {
  const list = places[selected.index];
  const next = (list.indexOf(selected.mention) + by + list.length) % list.length;
  selectEntity(selected.index, list[next]);
}

function clearSelection() {
  selected = null;
  globalThis.CSS?.highlights?.clear();
  for (const mark of marks) mark.classList.remove("on");
  drawSelected();
}

function drawSelected() {
  if (!selected) { byId("selected").replaceChildren(); return; }
  const entity = data.entities[selected.index];
  const list = places[selected.index];
  const m = selected.mention === null ? null : data.mentions[selected.mention];
  const facts = m ? [...entity.facts, ["rule", m.rule], ["score", String(m.score)]] : entity.facts;
  const link = entity.link ? el("a", { href: entity.link }, t("openPage")) : null;
  byId("selected").replaceChildren(
    el("div", { class: "head" }, el("div", {}, el("span", { class: `chip k-${entity.kind}` }, t(entity.kind)), el("h2", {}, named(entity.name))),
      el("button", { type: "button", class: "small", onclick: clearSelection }, t("close"))),
    factList(facts),
    el("div", { class: "walk" }, el("span", { class: "soft" }, t("occurrences", list.length)),
      el("button", { type: "button", class: "small", disabled: list.length < 2, onclick: () => stepPlace(-1) }, t("previous")),
      el("button", { type: "button", class: "small", disabled: list.length < 2, onclick: () => stepPlace(1) }, t("next")), link ?? ""));
}

function section(title, items, open = false) {
  const list = items.length ? el("ol", {}, ...items) : el("p", { class: "soft" }, t("nothing"));
  return el("details", { open }, el("summary", {}, `${title}（${items.length}）`), list);
}

function entitySection(kind) {
  const found = data.entities.map((e, i) => i).filter((i) => data.entities[i].kind === kind && places[i].length);
  found.sort((a, b) => places[b].length - places[a].length || a - b);
  return section(t(kind), found.map((i) => el("li", {}, entityButton(i), el("span", { class: "soft" }, ` ×${places[i].length}`))), kind === "document");
}

function citationItem(c) {
  const name = c.cited === null ? t("unresolved") : data.entities[c.cited].name;
  const notes = [c.article && `${t("article")} ${c.article}`, c.rule && `${t("rule")} ${c.rule}`, c.score && `${t("score")} ${c.score}`].filter(Boolean).join(" · ");
  return el("li", {}, el("span", { class: "chip" }, t(c.type)), " ", c.cited === null ? name : entityButton(c.cited, name),
    quoteBlock({ ...c.quote, source: data.source }), el("div", { class: "soft" }, notes, " ", placeButton(c.start, c.end, t("showPlace"))));
}

function statementItem(s) {
  const name = (i) => (i === null ? "" : entityButton(i));
  return el("li", {}, name(s.subject), " ", el("span", { class: "chip" }, t(s.type)), " ", name(s.object), " ", named(t(s.note)), el("div", {}, placeButton(s.start, s.end, s.text)));
}

function issueItem(issue) {
  const place = issue.start === null ? null : placeButton(issue.start, issue.end, t("showPlace"));
  return el("li", {}, named(issue.message), el("div", { class: "soft" }, issue.code, " ", place ?? ""));
}

function drawLists() {
  const about = el("details", { open: true }, el("summary", {}, t("about")), factList([...data.document, ["source", data.source]]));
  const declared = data.declared.length ? el("details", {}, el("summary", {}, t("declaredData")), factList(data.declared)) : null;
  byId("lists").replaceChildren(...[about, declared,
    section(t("citations"), data.citations.map(citationItem), true),
    entitySection("document"), entitySection("institution"), entitySection("measure"),
    section(t("statements"), data.statements.map(statementItem)),
    section(t("problems"), data.issues.map(issueItem)),
  ].filter((x) => x !== null));
}

function drawKinds() {
  byId("kinds").replaceChildren(...["document", "institution", "measure"].map((kind) => {
    const input = el("input", { type: "checkbox" });
    input.checked = !document.body.classList.contains(`no-${kind}`);
    input.addEventListener("change", () => document.body.classList.toggle(`no-${kind}`, !input.checked));
    return el("label", { class: `k-${kind}` }, input, t(kind));
  }));
}

function drawTypes() {
  for (const mark of article.querySelectorAll("mark[id][data-types]")) mark.dataset.shown = typesOf(mark);
}

const markAt = (target) => (target instanceof Element ? target.closest("mark[data-m]") : null);
article.addEventListener("pointerover", (event) => { const mark = markAt(event.target); if (mark) showTip(mark); });
article.addEventListener("pointerout", () => { byId("tip").hidden = true; });
article.addEventListener("click", (event) => {
  const mark = markAt(event.target);
  if (!mark) return;
  const i = Number(mark.dataset.m);
  if (data.mentions[i].entity !== null) selectEntity(data.mentions[i].entity, i);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clearSelection();
  else if (selected && (event.key === "n" || event.key === "p")) stepPlace(event.key === "n" ? 1 : -1);
});
byId("print").addEventListener("click", () => window.print());
byId("language").addEventListener("click", switchLanguage);

// An address such as page.html#char=12,20 (RFC 5147) leads to a place in the text.
function followAddress() {
  const place = /^#char=(\d+),(\d+)$/u.exec(location.hash);
  if (place) showPlace(Number(place[1]), Number(place[2]));
}

redraws.push(drawTypes, drawKinds, drawLists, drawSelected);
translate();
addEventListener("hashchange", followAddress);
followAddress();
document.documentElement.dataset.ready = "true";
