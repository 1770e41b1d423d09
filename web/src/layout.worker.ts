// Places are computed off the main thread, and sent as they become better. Pinned nodes stay.
import { UndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import { apart } from "./apart";

export interface LayoutRequest {
  turn: number;
  /** x, y, radius in pixels and 1 or 0 for fixed, of one node after the other. */
  nodes: Float32Array;
  /** Numbers of both ends of one edge after the other. */
  edges: Uint32Array;
}

export interface LayoutAnswer {
  turn: number;
  /** x and y of one node after the other. */
  places: Float32Array;
  last: boolean;
}

const SHOWN_EACH = 150;
let current = 0;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function read({ nodes, edges }: LayoutRequest): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let i = 0; i < nodes.length / 4; i++) graph.addNode(i, { x: nodes[4 * i], y: nodes[4 * i + 1], size: nodes[4 * i + 2], fixed: nodes[4 * i + 3] === 1 });
  for (let i = 0; i < edges.length; i += 2) graph.mergeEdge(edges[i]!, edges[i + 1]!);
  return graph;
}

function places(graph: UndirectedGraph): Float32Array {
  const found = new Float32Array(2 * graph.order);
  graph.forEachNode((id, { x, y }) => found.set([x as number, y as number], 2 * Number(id)));
  return found;
}

async function run(request: LayoutRequest): Promise<void> {
  current = request.turn;
  const graph = read(request);
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 300 };
  const rounds = graph.order > 2000 ? 8 : graph.order > 500 ? 15 : 25;
  const send = (found: Float32Array, last: boolean): void =>
    self.postMessage({ turn: request.turn, places: found, last } satisfies LayoutAnswer, { transfer: [found.buffer] });
  let sent = performance.now();
  for (let i = 1; i <= rounds && current === request.turn; i++) {
    forceAtlas2.assign(graph, { iterations: 10, settings });
    if (performance.now() - sent > SHOWN_EACH) {
      send(places(graph), false);
      sent = performance.now();
    }
    await pause();
  }
  if (current !== request.turn) return;
  const each = (k: number): Float32Array => request.nodes.filter((_value, i) => i % 4 === k);
  send(apart(places(graph), each(2), [...each(3)].map(Boolean)), true);
}

self.addEventListener("message", (event: MessageEvent<LayoutRequest>) => void run(event.data));
