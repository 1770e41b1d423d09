// What the server says, in the shapes of kg/web/explorer.py and kg/render/model.py.
export interface Point {
  id: string;
  label: string;
  kind: string;
  number: string;
  year: string;
  size: number;
}

export type Link = [from: string, to: string, type: string];

export interface Neighbours {
  centre: string;
  total: number;
  next: number | null;
  nodes: Point[];
  links: Link[];
}

export interface Quote {
  text: string;
  source: string;
  url: string;
}

export interface Edge {
  source: string;
  target: string;
  type: string;
  date: string | null;
  sentences: Quote[];
}

export interface Facts {
  node: { facts: [string, string][]; sentences: Quote[]; url: string };
  edges: Edge[];
}

const path = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

/** The page of an entity. */
export const pageOf = (id: string): string => `/entity/${path(id)}`;

async function ask<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  const said = (await answer.json()) as T & { error?: string };
  if (!answer.ok) throw new Error(said.error ?? String(answer.status));
  return said;
}

/** A lot of the neighbours of an entity, the most cited first. */
export const neighbours = (id: string, offset: number, limit: number): Promise<Neighbours> => ask(`/api/neighbours/${path(id)}?offset=${offset}&limit=${limit}`);

/** All about one entity. */
export const factsOf = (id: string): Promise<Facts> => ask(`/api/facts/${path(id)}`);

/** Entities of the store that fit words; the most cited where there are none. */
export async function search(words: string): Promise<Point[]> {
  return (await ask<{ entries: Point[] }>(`/api/search?q=${encodeURIComponent(words)}`)).entries;
}
