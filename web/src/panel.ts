// The side panel: facts and sentences of the selected node, and what it is linked to.
import { factsOf, pageOf, type Edge, type Facts, type Quote } from "./api";
import { graph, lotSize } from "./model";
import { button, byId, el, t } from "./page";

const MOST_OTHERS = 60;
const LONGEST = 600;
const known = new Map<string, Facts>();
let shownId: string | null = null;

export interface PanelActs {
  select: (id: string | null) => void;
  expand: (id: string) => void;
  hide: (id: string) => void;
  pin: (id: string) => void;
}

/** Show a node, or what to do when there is none; sentences follow when the server has sent them. */
export async function showPanel(id: string | null, acts: PanelActs): Promise<void> {
  shownId = id;
  drawPanel(id, acts);
  if (id === null || known.has(id)) return;
  try {
    known.set(id, await factsOf(id));
  } catch (error) {
    byId("status").textContent = error instanceof Error ? error.message : String(error);
    return;
  }
  if (shownId === id) drawPanel(id, acts);
}

function drawPanel(id: string | null, acts: PanelActs): void {
  if (id === null || !graph.hasNode(id)) {
    byId("panel").replaceChildren(el("p", { class: "soft" }, t("exploreHint")));
    return;
  }
  const { point, next, left, fixed } = graph.getNodeAttributes(id);
  const found = known.get(id);
  const facts = (found?.node.facts ?? []).flatMap(([name, value]) => [el("dt", {}, t(name)), el("dd", { dir: "auto" }, t(value))]);
  const others = graph.neighbors(id).filter((other) => !graph.getNodeAttribute(other, "hidden"));
  others.sort((a, b) => graph.getNodeAttribute(b, "point").size - graph.getNodeAttribute(a, "point").size);
  const open = el("a", { href: pageOf(id), target: "_blank", rel: "noopener" }, t("openPage"));
  byId("panel").replaceChildren(
    el("span", { class: `chip k-${point.kind}` }, t(point.kind)), el("h2", {}, el("bdi", {}, point.label)),
    el("p", { class: "actions" },
      button(left ? t("expandMore", left) : t("expand"), () => acts.expand(id), { disabled: next === null || lotSize() <= 0 }),
      button(t("hide"), () => acts.hide(id)), button(t("pin"), () => acts.pin(id), { pressed: fixed }), open),
    found ? el("dl", { class: "facts" }, ...facts) : el("p", { class: "soft" }, t("loading")),
    ...(found?.node.sentences ?? []).slice(0, 3).map(quote),
    el("h3", {}, t("neighbours", others.length)),
    el("ul", { class: "links" }, ...others.slice(0, MOST_OTHERS).map((other) => neighbour(id, other, found?.edges ?? [], acts))));
}

function neighbour(id: string, other: string, edges: Edge[], acts: PanelActs): HTMLElement {
  const types = (from: string, to: string): string[] => (graph.hasEdge(from, to) ? graph.getEdgeAttribute(from, to, "types") : []);
  const chips = [...types(id, other).map((type) => `→ ${t(type)}`), ...types(other, id).map((type) => `← ${t(type)}`)];
  const quotes = edges.filter((e) => (e.source === id && e.target === other) || (e.source === other && e.target === id)).flatMap((e) => e.sentences);
  return el("li", {}, ...chips.flatMap((text) => [el("span", { class: "chip" }, text), " "]),
    button(graph.getNodeAttribute(other, "point").label, () => acts.select(other)), ...quotes.slice(0, 2).map(quote));
}

function quote(q: Quote): HTMLElement {
  const text = q.text.length > LONGEST ? `${q.text.slice(0, LONGEST)}…` : q.text;
  const place = q.url ? [el("a", { href: q.url, target: "_blank", rel: "noopener" }, t("place"))] : [];
  return el("blockquote", {}, el("p", { dir: "auto" }, text), el("footer", {}, el("bdi", {}, q.source), ...place));
}
