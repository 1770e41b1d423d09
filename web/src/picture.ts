// The graph as sigma.js draws it, and what the pointer does to it.
import Sigma from "sigma";
import { createEdgeArrowProgram, EdgeLineProgram } from "sigma/rendering";
import type { Coordinates } from "sigma/types";
import { graph, radius, type EdgeMark, type NodeMark } from "./model";
import { askName, clearNames, drawHover, writeNames } from "./names";
import { rest } from "./place";
import { MarkProgram } from "./shapes";
import { watch } from "./thrift";

const DIM_NODE = "#dfe4ea";
const DIM_EDGE = "#eef1f4";
const SINGLE_CLICK = 320;
const ARROWS = 1500;
const OVER_NODES = ["hovers", "hoverNodes"];

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
    nodeProgramClasses: { mark: MarkProgram }, defaultNodeType: "mark", zIndex: true, allowInvalidContainer: true,
    edgeProgramClasses: { arrow: createEdgeArrowProgram<NodeMark, EdgeMark>(), line: EdgeLineProgram<NodeMark, EdgeMark> }, defaultEdgeType: "arrow", minEdgeThickness: 1,
    labelDensity: 1.2, labelGridCellSize: 110, labelRenderedSizeThreshold: 2.5, defaultDrawNodeLabel: askName, defaultDrawNodeHover: drawHover,
    doubleClickTimeout: SINGLE_CLICK - 20,
  });
  sigma.setSetting("nodeReducer", (id, a) => node(id, a, acts.selected()));
  sigma.setSetting("edgeReducer", (id, a) => edge(id, a, acts.selected()));
  const names = sigma.getCanvases().labels!.getContext("2d")!;
  sigma.on("beforeRender", clearNames);
  sigma.on("afterRender", () => writeNames(names));
  byPlace(sigma);
  layers(sigma);
  watch(sigma);
  listen(sigma, acts);
  drag(sigma);
  return sigma;
}

/** Sigma reads a second picture back from WebGL to know what is under the pointer, and waits for it. Places say the same at once. */
function byPlace(sigma: Picture): void {
  const inner = sigma as unknown as { pickingLayers: Set<string>; getNodeAtPosition: (at: Coordinates) => string | null };
  inner.pickingLayers.clear();
  inner.getNodeAtPosition = (at) => {
    const here = sigma.viewportToFramedGraph(at);
    const aside = sigma.viewportToFramedGraph({ x: at.x + 1, y: at.y });
    const pixel = Math.hypot(aside.x - here.x, aside.y - here.y);
    let [nearest, found]: [number, string | null] = [Infinity, null];
    graph.forEachNode((id) => {
      const data = sigma.getNodeDisplayData(id);
      if (!data || data.hidden) return;
      const far = Math.hypot(data.x - here.x, data.y - here.y) / pixel;
      if (far <= sigma.scaleSize(data.size) + 2 && far < nearest) [nearest, found] = [far, id];
    });
    return found;
  };
}

/** Layers without anything in them are not shown: each costs time where there is no graphics card. */
function layers(sigma: Picture): void {
  const canvases = sigma.getCanvases();
  const show = (names: string[], on: boolean): void => { for (const name of names) canvases[name]!.style.display = on ? "" : "none"; };
  show([...OVER_NODES, "edgeLabels"], false);
  sigma.on("enterNode", () => show(OVER_NODES, true));
  sigma.on("leaveNode", () => show(OVER_NODES, false));
}

type NodeLook = Partial<NodeMark> & { chosen?: boolean; forceLabel?: boolean; zIndex?: number };

function node(id: string, a: NodeMark, selected: string | null): NodeLook {
  const size = radius(a);
  if (id === selected) return { ...a, size: Math.max(5, size), chosen: true, forceLabel: true, zIndex: 2 };
  if (selected === null || graph.areNeighbors(id, selected)) return { ...a, size, forceLabel: a.fixed, zIndex: 1 };
  return { ...a, size, color: DIM_NODE, label: a.fixed ? a.label : "", zIndex: 0 };
}

function edge(id: string, a: EdgeMark, selected: string | null): Partial<EdgeMark> & { type: string; zIndex?: number } {
  const type = graph.size > ARROWS ? "line" : "arrow";
  if (selected === null) return { ...a, color: paler(a.color), type };
  return graph.hasExtremity(id, selected) ? { ...a, size: 1.4, type: "arrow", zIndex: 1 } : { ...a, color: DIM_EDGE, type, zIndex: 0 };
}

/** A colour with more white in it the more lines there are. */
function paler(color: string): string {
  const part = graph.size > ARROWS ? 0.35 : graph.size > 200 ? 0.55 : 0.8;
  const channel = (at: number): string => Math.round(255 - part * (255 - parseInt(color.slice(at, at + 2), 16))).toString(16).padStart(2, "0");
  return `#${channel(1)}${channel(3)}${channel(5)}`;
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
