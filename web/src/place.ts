// The layout worker from the side of the page.
import { graph, radius } from "./model";
import type { LayoutAnswer, LayoutRequest } from "./layout.worker";

const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
let turn = 0;
let order: string[] = [];

worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => {
  if (data.turn !== turn) return;
  const at = new Map(order.map((id, i) => [id, i]));
  graph.updateEachNodeAttributes((id, a) => {
    const i = at.get(id);
    return i === undefined || a.fixed ? a : { ...a, x: data.places[2 * i]!, y: data.places[2 * i + 1]! };
  }, { attributes: ["x", "y"] });
  if (data.last) document.documentElement.dataset.placed = String(order.length);
});

/** Find places for all nodes; an earlier request that is still under way is given up. */
export function place(): void {
  order = graph.nodes();
  const number = new Map(order.map((id, i) => [id, i]));
  const nodes = new Float32Array(order.flatMap((id) => { const a = graph.getNodeAttributes(id); return [a.x, a.y, radius(a), Number(a.fixed)]; }));
  const edges = new Uint32Array(graph.mapEdges((_key, _a, from, to) => [number.get(from)!, number.get(to)!]).flat());
  turn += 1;
  worker.postMessage({ turn, nodes, edges } satisfies LayoutRequest, [nodes.buffer, edges.buffer]);
}

/** Leave all nodes where they stand. */
export function rest(): void {
  turn += 1;
}
