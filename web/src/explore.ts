// The explorer: a graph that grows where one asks it to. Text of documents becomes text nodes and labels only.
import Graph from "graphology";
import Sigma from "sigma";
import { neighbourhood, type ApiEdge, type ApiGraph, type ApiNode } from "./api";
import type { LayoutRequest } from "./layout.worker";

const MOST = 5000;
const COLORS: Record<string, string> = { document: "#0b5fa5", cited: "#7fb2dd", institution: "#d9771f", measure: "#0a8f74" };
const words = JSON.parse(document.getElementById("words")!.textContent!) as Record<string, string>;
const t = (key: string, ...values: unknown[]): string => values.reduce<string>((s, v, i) => s.replace(`{${i}}`, () => String(v)), words[key] ?? key);
const byId = (id: string): HTMLElement => document.getElementById(id)!;

type Mark = { x: number; y: number; size: number; label: string; color: string; node: ApiNode; hidden?: boolean; grown?: boolean };
const graph = new Graph<Mark>({ type: "undirected" });
const links = new Map<string, ApiEdge[]>();
let selected: string | null = null;
let renderer: Sigma<Mark> | null = null;

function el(tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function button(text: string, act: () => void, disabled = false): HTMLElement {
  const node = el("button", { type: "button", ...(disabled ? { disabled: "" } : {}) }, text);
  node.addEventListener("click", act);
  return node;
}

/** Add what is new; new nodes begin on a circle around the one that was asked about. */
function grow(found: ApiGraph): number {
  const origin = graph.hasNode(found.centre) ? graph.getNodeAttributes(found.centre) : { x: 0, y: 0 };
  const fresh = found.nodes.filter((n) => !graph.hasNode(n.id)).slice(0, MOST - graph.order);
  fresh.forEach((node, i) => {
    const turn = (2 * Math.PI * i) / Math.max(1, fresh.length);
    const radius = node.id === found.centre ? 0 : 8 + (i % 7);
    graph.addNode(node.id, {
      x: origin.x + radius * Math.cos(turn), y: origin.y + radius * Math.sin(turn),
      size: Math.min(18, 3 + 1.6 * Math.sqrt(node.size)), label: node.label.slice(0, 40), color: COLORS[node.kind] ?? "#6b7683", node,
    });
  });
  for (const edge of found.edges) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target) || edge.source === edge.target) continue;
    const key = [edge.source, edge.target].sort().join("\n");
    const known = links.get(key) ?? [];
    if (known.some((e) => e.type === edge.type && e.source === edge.source)) continue;
    links.set(key, [...known, edge]);
    if (!graph.hasEdge(edge.source, edge.target)) graph.addEdgeWithKey(key, edge.source, edge.target, { size: 0.8, color: "#b4bec9" });
  }
  if (graph.hasNode(found.centre)) graph.setNodeAttribute(found.centre, "grown", true);
  return fresh.length;
}

const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
worker.addEventListener("message", (event: MessageEvent<Record<string, { x: number; y: number }>>) => {
  graph.updateEachNodeAttributes((id, attributes) => ({ ...attributes, ...event.data[id] }), { attributes: ["x", "y"] });
  document.documentElement.dataset.placed = String(graph.order);
});

function place(): void {
  const nodes = graph.mapNodes((id, { x, y, size }) => ({ id, x, y, size }));
  const edges = graph.mapEdges((_key, _attributes, a, b) => [a, b] as [string, string]);
  worker.postMessage({ nodes, edges } satisfies LayoutRequest);
}

async function expand(id: string): Promise<void> {
  say(t("loading"));
  try {
    const added = grow(await neighbourhood(graph.hasNode(id) ? graph.getNodeAttribute(id, "node").url : id));
    place();
    say(t("grown", added, graph.order));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  drawPanel();
}

function say(text: string): void {
  byId("status").textContent = text;
}

function select(id: string | null): void {
  selected = id;
  drawPanel();
  renderer?.refresh({ skipIndexation: true });
}

function neighbourItem(other: string): HTMLElement {
  const { node } = graph.getNodeAttributes(other);
  const edges = links.get([selected!, other].sort().join("\n")) ?? [];
  const quotes = edges.flatMap((e) => e.sentences).slice(0, 2);
  const chips = edges.map((e) => el("span", { class: "chip" }, t(e.type)));
  return el("li", {}, ...chips, " ", button(node.label, () => select(other)), ...quotes.map((q) =>
    el("blockquote", {}, el("p", { dir: "auto" }, q.text.slice(0, 600)), el("footer", {}, el("bdi", {}, q.source), ...(q.url ? [el("a", { href: q.url }, t("place"))] : [])))));
}

function drawPanel(): void {
  const panel = byId("panel");
  if (selected === null) { panel.replaceChildren(el("p", { class: "soft" }, t("exploreHint"))); return; }
  const { node, grown } = graph.getNodeAttributes(selected);
  const facts = node.facts.flatMap(([name, value]) => [el("dt", {}, t(name)), el("dd", { dir: "auto" }, t(value))]);
  const others = graph.neighbors(selected).sort((a, b) => graph.getNodeAttribute(b, "node").size - graph.getNodeAttribute(a, "node").size);
  const id = selected;
  panel.replaceChildren(
    el("span", { class: `chip k-${node.kind}` }, t(node.kind)), el("h2", {}, el("bdi", {}, node.label)), el("dl", { class: "facts" }, ...facts),
    el("p", { class: "actions" }, button(t("expand"), () => void expand(id), Boolean(grown) || graph.order >= MOST), el("a", { href: node.url }, t("openPage"))),
    el("h3", {}, t("neighbours", others.length)), el("ul", { class: "links" }, ...others.slice(0, 80).map(neighbourItem)));
}

function drawKinds(): void {
  byId("kinds").replaceChildren(...Object.entries(COLORS).map(([kind, color]) => {
    const input = el("input", { type: "checkbox" }) as HTMLInputElement;
    input.checked = true;
    input.addEventListener("change", () => graph.updateEachNodeAttributes((_id, a) => (a.node.kind === kind ? { ...a, hidden: !input.checked } : a)));
    const mark = el("span", { class: "dot" });
    mark.style.background = color;
    return el("label", {}, input, mark, t(kind));
  }));
}

function draw(): Sigma<Mark> {
  const sigma = new Sigma<Mark>(graph, byId("canvas"), { labelDensity: 0.6, labelRenderedSizeThreshold: 7, labelFont: "system-ui, sans-serif", labelColor: { color: "#1a1f26" }, zIndex: true });
  sigma.setSetting("nodeReducer", (id, attributes) => {
    if (selected === null || id === selected || graph.areNeighbors(id, selected)) return { ...attributes, ...(id === selected ? { highlighted: true, zIndex: 2 } : {}) };
    return { ...attributes, color: "#dfe4ea", label: "", zIndex: 0 };
  });
  sigma.setSetting("edgeReducer", (key, attributes) => {
    const on = selected !== null && graph.hasExtremity(key, selected);
    return { ...attributes, color: on ? "#3a4552" : selected === null ? "#b4bec9" : "#eef1f4", size: on ? 1.6 : 0.8 };
  });
  sigma.on("clickNode", ({ node }) => select(node));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); select(node); void expand(node); });
  sigma.on("clickStage", () => select(null));
  return sigma;
}

function step(by: number): void {
  const ids = graph.nodes();
  if (ids.length) select(ids[((selected === null ? -1 : ids.indexOf(selected)) + by + ids.length) % ids.length]!);
}

byId("canvas").addEventListener("keydown", (event) => {
  const camera = renderer?.getCamera();
  const keys: Record<string, () => void> = {
    "+": () => void camera?.animatedZoom({ duration: 0 }), "-": () => void camera?.animatedUnzoom({ duration: 0 }), 0: () => void camera?.animatedReset({ duration: 0 }),
    n: () => step(1), p: () => step(-1), Escape: () => select(null), Enter: () => { if (selected !== null) void expand(selected); },
  };
  const act = keys[event.key];
  if (act) { act(); event.preventDefault(); }
});

async function begin(): Promise<void> {
  drawKinds();
  const start = byId("canvas").dataset.start!;
  await expand(start);
  try {
    renderer = draw();
  } catch {
    say(t("noWebgl"));
  }
  select(graph.nodes()[0] ?? null);
  document.documentElement.dataset.ready = "true";
}

void begin();
