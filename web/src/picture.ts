// The graph as sigma.js draws it, and what the pointer does to it.
import Sigma from "sigma";
import { graph, type EdgeMark, type NodeMark } from "./model";
import { rest } from "./place";
import { shapes } from "./shapes";

const DIM_NODE = "#dfe4ea";
const DIM_EDGE = "#eef1f4";
const SINGLE_CLICK = 320;
const MANY_EDGES = 6000;

export interface Acts {
  select: (id: string | null) => void;
  expand: (id: string) => void;
  open: (id: string) => void;
  selected: () => string | null;
}

export type Picture = Sigma<NodeMark, EdgeMark>;

/** Draw the graph into an element; throws where there is no WebGL. */
export function draw(into: HTMLElement, acts: Acts): Picture {
  const sigma = new Sigma<NodeMark, EdgeMark>(graph, into, {
    nodeProgramClasses: shapes, defaultNodeType: "dot", defaultEdgeType: "arrow", zIndex: true, allowInvalidContainer: true,
    labelDensity: 0.6, labelRenderedSizeThreshold: 7, labelFont: "system-ui, sans-serif", labelColor: { color: "#1a1f26" },
    doubleClickTimeout: SINGLE_CLICK - 20, hideLabelsOnMove: false,
  });
  sigma.setSetting("nodeReducer", (id, a) => node(id, a, acts.selected()));
  sigma.setSetting("edgeReducer", (id, a) => edge(id, a, acts.selected()));
  sigma.on("beforeRender", () => {
    if (sigma.getSetting("hideEdgesOnMove") !== graph.size > MANY_EDGES) sigma.setSetting("hideEdgesOnMove", graph.size > MANY_EDGES);
  });
  listen(sigma, acts);
  drag(sigma);
  return sigma;
}

function node(id: string, a: NodeMark, selected: string | null): Partial<NodeMark> & { highlighted?: boolean; forceLabel?: boolean; zIndex?: number } {
  if (id === selected) return { ...a, highlighted: true, zIndex: 2 };
  if (selected === null || graph.areNeighbors(id, selected)) return { ...a, forceLabel: a.fixed, zIndex: 1 };
  return { ...a, color: DIM_NODE, label: a.fixed ? a.label : "", zIndex: 0 };
}

function edge(id: string, a: EdgeMark, selected: string | null): Partial<EdgeMark> & { zIndex?: number } {
  if (selected === null) return a;
  return graph.hasExtremity(id, selected) ? { ...a, size: 1.8, zIndex: 1 } : { ...a, color: DIM_EDGE, zIndex: 0 };
}

function listen(sigma: Picture, acts: Acts): void {
  let waiting: number | undefined;
  sigma.on("clickNode", ({ node: id }) => {
    acts.select(id);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => acts.expand(id), SINGLE_CLICK);
  });
  sigma.on("doubleClickNode", ({ node: id, preventSigmaDefault }) => {
    preventSigmaDefault();
    window.clearTimeout(waiting);
    acts.open(id);
  });
  sigma.on("clickStage", () => acts.select(null));
}

/** A node that is dragged stays where it is put. */
function drag(sigma: Picture): void {
  let held: string | null = null;
  sigma.on("downNode", ({ node: id }) => { held = id; });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (held === null) return;
    rest();
    const { x, y } = sigma.viewportToGraph(event);
    graph.mergeNodeAttributes(held, { x, y, fixed: true });
    preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  });
  for (const up of ["upNode", "upStage"] as const) sigma.on(up, () => { held = null; });
}

/** Save what is drawn as a PNG file; WebGL keeps its picture only until the browser shows it. */
export function savePng(sigma: Picture, name: string): void {
  const { width, height } = sigma.getDimensions();
  const scale = window.devicePixelRatio || 1;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * scale, height * scale];
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  sigma.refresh({ skipIndexation: true, schedule: false });
  for (const layer of Object.values(sigma.getCanvases())) if (layer.width && layer.height) context.drawImage(layer, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.png`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}
