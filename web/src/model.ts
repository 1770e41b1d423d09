// The part of the store that is shown, and how it grows. No drawing here.
import { DirectedGraph } from "graphology";
import type { Link, Neighbours, Point } from "./api";
import { told } from "./page";
import type { Shape } from "./shapes";

export const MOST = 5000;
const LOT = 100;
const FULL_SIZE = 250;

export interface NodeMark {
  x: number;
  y: number;
  size: number;
  label: string;
  color: string;
  shape: Shape;
  point: Point;
  hidden: boolean;
  fixed: boolean;
  /** Where the next lot of neighbours begins; 0 before the first, null behind the last. */
  next: number | null;
  left: number | null;
}

export interface EdgeMark {
  types: string[];
  color: string;
  size: number;
  hidden: boolean;
}

export const graph = new DirectedGraph<NodeMark, EdgeMark>();
export const gone = new Set<string>();
export const off = { kinds: new Set<string>(), types: new Set<string>() };
/** Links with an end that is not shown yet, by that end. */
const waiting = new Map<string, Link[]>();

export const lineColor = (type: string): string => told.lines[type] ?? told.lines[""]!;
export const lotSize = (): number => Math.min(LOT, MOST - graph.order);

/** Radius of a node in pixels where the whole graph is seen: marks become smaller as they become more. */
export const radius = (a: NodeMark): number => a.size * Math.max(0.32, Math.min(1, Math.sqrt(FULL_SIZE / Math.max(1, graph.order))));

/** Add a lot; new nodes begin around the one that was asked about. Returns how many are new. */
export function grow(found: Neighbours): number {
  const origin = graph.hasNode(found.centre) ? graph.getNodeAttributes(found.centre) : { x: 0, y: 0 };
  const fresh = found.nodes.filter((n) => !graph.hasNode(n.id)).slice(0, MOST - graph.order);
  fresh.forEach((point, i) => {
    const turn = i * Math.PI * (3 - Math.sqrt(5));
    const radius = point.id === found.centre ? 0 : 4 + 2 * Math.sqrt(i);
    add(point, origin.x + radius * Math.cos(turn), origin.y + radius * Math.sin(turn));
  });
  for (const link of found.links) join(link);
  for (const { id } of fresh) {
    for (const link of waiting.get(id) ?? []) join(link);
    waiting.delete(id);
  }
  if (graph.hasNode(found.centre)) {
    const left = found.next === null ? 0 : found.total - found.next;
    graph.mergeNodeAttributes(found.centre, { next: found.next, left });
  }
  return fresh.length;
}

function add(point: Point, x: number, y: number): void {
  const mark = told.marks[point.kind];
  const size = Math.min(22, 4 + 1.5 * Math.sqrt(point.size));
  const label = [...point.label].slice(0, 40).join("");
  const color = (point.kind === "cited" ? mark?.border : mark?.background) ?? "#6b7683";
  const shape = point.kind === "cited" ? "ring" : (mark?.shape ?? "dot");
  graph.addNode(point.id, { x, y, size, label, color, shape, point, hidden: isOff(point), fixed: false, next: 0, left: null });
}

function join(link: Link): void {
  const [from, to, type] = link;
  const missing = [from, to].find((end) => !graph.hasNode(end));
  if (missing !== undefined) {
    const known = waiting.get(missing);
    if (known) known.push(link);
    else waiting.set(missing, [link]);
    return;
  }
  if (!graph.hasEdge(from, to)) graph.addEdge(from, to, { types: [], color: "", size: 0.9, hidden: false });
  const edge = graph.edge(from, to)!;
  const types = graph.getEdgeAttribute(edge, "types");
  if (!types.includes(type)) graph.mergeEdgeAttributes(edge, seen([...types, type]));
}

function seen(types: string[]): Pick<EdgeMark, "types" | "color" | "hidden"> {
  const on = types.filter((type) => !off.types.has(type));
  return { types, color: lineColor(on[0] ?? types[0]!), hidden: on.length === 0 };
}

const isOff = (point: Point): boolean => gone.has(point.id) || off.kinds.has(point.kind);

/** Apply what is hidden and filtered to all nodes and edges. */
export function filter(): void {
  graph.updateEachNodeAttributes((_id, a) => ({ ...a, hidden: isOff(a.point) }), { attributes: ["hidden"] });
  graph.updateEachEdgeAttributes((_id, a) => ({ ...a, ...seen(a.types) }), { attributes: ["color", "hidden"] });
}

/** Nodes that can be seen, the most cited first. */
export function shown(): Point[] {
  const points: Point[] = [];
  graph.forEachNode((_id, a) => { if (!a.hidden) points.push(a.point); });
  return points.sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1));
}

/** Types of the links that are there. */
export function types(): string[] {
  const found = new Set<string>();
  graph.forEachEdge((_id, a) => a.types.forEach((type) => found.add(type)));
  return [...found].sort();
}
