// What the server says about an entity and its neighbours.
export interface Quote {
  text: string;
  source: string;
  url: string;
}

export interface ApiNode {
  id: string;
  label: string;
  kind: string;
  sublabel: string;
  year: number | null;
  size: number;
  facts: [string, string][];
  url: string;
}

export interface ApiEdge {
  source: string;
  target: string;
  type: string;
  date: string | null;
  sentences: Quote[];
}

export interface ApiGraph {
  nodes: ApiNode[];
  edges: ApiEdge[];
  centre: string;
  omitted_nodes: number;
}

/** The neighbourhood of an entity, by the address of its page. */
export async function neighbourhood(page: string): Promise<ApiGraph> {
  const answer = await fetch(page.replace("/entity/", "/api/graph/"));
  if (!answer.ok) throw new Error(((await answer.json()) as { error: string }).error);
  return (await answer.json()) as ApiGraph;
}
