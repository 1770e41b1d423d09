// Beside the picture: the nodes as a list, finding them here and in the store, and the filters.
import { search, type Point } from "./api";
import { filter, gone, graph, lineColor, off, shown, types } from "./model";
import { button, byId, choice, el, t, told } from "./page";

const LIST_STEP = 100;
const PAUSE = 250;
let length = LIST_STEP;

export interface ListActs {
  select: (id: string | null) => void;
  expand: (id: string) => void;
  changed: () => void;
}

const seek = byId("seek") as HTMLInputElement;

function item(point: Point, act: () => void): HTMLElement {
  const facts = [point.number === point.label ? "" : point.number, point.year].filter(Boolean).join(" · ");
  return el("li", {}, el("span", { class: `chip k-${point.kind}` }, t(point.kind)), " ", button(point.label, act), " ", el("span", { class: "soft" }, el("bdi", {}, facts)));
}

/** The nodes that can be seen and fit the words, the most cited first. */
export function drawList(acts: ListActs): void {
  const words = seek.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = shown().filter((p) => words.every((word) => `${p.label}\n${p.number}`.toLowerCase().includes(word)));
  const rest = fits.length - length;
  const more = rest > 0 ? [el("li", {}, button(t("listMore", Math.min(rest, LIST_STEP)), () => { length += LIST_STEP; drawList(acts); }))] : [];
  byId("listed").textContent = t("exploreShown", fits.length);
  byId("list").replaceChildren(...fits.slice(0, length).map((p) => item(p, () => acts.select(p.id))), ...more);
}

/** Kinds and the types that occur, to show or to leave out. */
export function drawFilters(acts: ListActs): void {
  const flip = (set: Set<string>, key: string) => (on: boolean): void => {
    if (on) set.delete(key);
    else set.add(key);
    filter();
    acts.changed();
  };
  byId("kinds").replaceChildren(...Object.entries(told.marks).map(([kind, mark]) => {
    const ring = kind === "cited";
    return choice(t(kind), ring ? mark.border : mark.background, ring ? "ring" : mark.shape, !off.kinds.has(kind), flip(off.kinds, kind));
  }));
  byId("types").replaceChildren(...types().map((type) => choice(t(type), lineColor(type), "line", !off.types.has(type), flip(off.types, type))));
}

/** Offer what the store has under the words; without any, what is best known to begin with. */
export async function drawStored(acts: ListActs): Promise<void> {
  const words = seek.value.trim();
  const asked = words || (graph.order === 0 ? "" : null);
  const found = asked === null ? [] : (await search(asked)).filter((p) => !graph.hasNode(p.id)).slice(0, 12);
  if (seek.value.trim() !== words) return;
  const heading = el("h2", {}, t(graph.order === 0 ? "exploreStart" : "exploreStored"));
  const list = el("ul", { class: "links" }, ...found.map((p) => item(p, () => { seek.value = ""; gone.delete(p.id); acts.expand(p.id); })));
  byId("stored").replaceChildren(...(found.length ? [heading, list] : []));
}

export function listenSeek(acts: ListActs): void {
  let waiting: number | undefined;
  seek.addEventListener("input", () => {
    length = LIST_STEP;
    drawList(acts);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void drawStored(acts), PAUSE);
  });
}
