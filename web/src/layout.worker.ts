// Places are computed off the main thread; nodes that stand keep their places as a start.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface LayoutRequest {
  nodes: { id: string; x: number; y: number; size: number }[];
  edges: [string, string][];
}

self.addEventListener("message", (event: MessageEvent<LayoutRequest>) => {
  const graph = new Graph({ type: "undirected" });
  for (const { id, x, y, size } of event.data.nodes) graph.addNode(id, { x, y, size });
  for (const [a, b] of event.data.edges) if (!graph.hasEdge(a, b)) graph.addEdge(a, b);
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 300, adjustSizes: false };
  const rounds = graph.order > 2000 ? 60 : graph.order > 500 ? 120 : 250;
  self.postMessage(forceAtlas2(graph, { iterations: rounds, settings }));
});
