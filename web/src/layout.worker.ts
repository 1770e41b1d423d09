// Places are computed off the main thread, and sent as they become better. Pinned nodes stay.
import { UndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface LayoutRequest {
  turn: number;
  /** x, y, size and 1 or 0 for fixed, of one node after the other. */
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

let current = 0;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function read({ nodes, edges }: LayoutRequest): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let i = 0; i < nodes.length / 4; i++) graph.addNode(i, { x: nodes[4 * i], y: nodes[4 * i + 1], size: nodes[4 * i + 2], fixed: nodes[4 * i + 3] === 1 });
  for (let i = 0; i < edges.length; i += 2) graph.mergeEdge(edges[i]!, edges[i + 1]!);
  return graph;
}

async function run(request: LayoutRequest): Promise<void> {
  current = request.turn;
  const graph = read(request);
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 300 };
  const rounds = graph.order > 2000 ? 8 : graph.order > 500 ? 15 : 25;
  for (let i = 1; i <= rounds && current === request.turn; i++) {
    forceAtlas2.assign(graph, { iterations: 10, settings });
    const places = new Float32Array(2 * graph.order);
    graph.forEachNode((id, { x, y }) => places.set([x as number, y as number], 2 * Number(id)));
    self.postMessage({ turn: request.turn, places, last: i === rounds } satisfies LayoutAnswer, { transfer: [places.buffer] });
    await pause();
  }
}

self.addEventListener("message", (event: MessageEvent<LayoutRequest>) => void run(event.data));
