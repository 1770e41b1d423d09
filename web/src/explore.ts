// The explorer: a graph that grows where one asks it to.
import { neighbours, pageOf } from "./api";
import { drawFilters, drawList, drawStored, listenSeek } from "./listing";
import { filter, gone, graph, grow, lotSize, MOST } from "./model";
import { button, byId, t, told } from "./page";
import { showPanel } from "./panel";
import { draw, savePng, type Picture } from "./picture";
import { place } from "./place";

const PAN = 80;
const canvas = byId("canvas");
let selected: string | null = null;
let picture: Picture | null = null;
let busy = false;

const say = (text: string): void => { byId("status").textContent = text; };
const acts = { select, expand: (id: string) => void expand(id), open, hide, pin, changed, selected: () => selected };

function select(id: string | null): void {
  selected = id !== null && graph.hasNode(id) ? id : null;
  void showPanel(selected, acts);
  picture?.refresh({ skipIndexation: true });
}

/** Ask for the next lot of a node's neighbours and let it find its place. */
async function expand(id: string): Promise<void> {
  const next = graph.hasNode(id) ? graph.getNodeAttribute(id, "next") : 0;
  if (next === null || busy) return;
  if (lotSize() <= 0) { say(t("exploreFull", MOST)); return; }
  busy = true;
  say(t("loading"));
  try {
    const added = grow(await neighbours(id, next, lotSize()));
    if (added > 0) place();
    say(t("grown", added, graph.order));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  busy = false;
  changed();
  select(id);
}

function open(id: string): void {
  window.open(pageOf(id), "_blank", "noopener");
}

function hide(id: string): void {
  gone.add(id);
  filter();
  select(null);
  changed();
  canvas.focus();
}

function pin(id: string): void {
  graph.updateNodeAttribute(id, "fixed", (fixed) => !fixed);
  select(id);
}

/** What can be seen is another: the list, the filters and the tools follow. */
function changed(): void {
  if (graph.order) delete canvas.dataset.empty;
  else canvas.dataset.empty = t("exploreEmpty");
  drawList(acts);
  drawFilters(acts);
  void drawStored(acts);
  drawTools();
}

function drawTools(): void {
  const camera = picture?.getCamera();
  const back = gone.size ? [button(t("hiddenBack", gone.size), () => { gone.clear(); filter(); changed(); })] : [];
  const tools = camera && picture ? [
    button(t("fit"), () => void camera.animatedReset({ duration: 200 })), button(t("zoomIn"), () => void camera.animatedZoom({ duration: 200 })),
    button(t("zoomOut"), () => void camera.animatedUnzoom({ duration: 200 })), button(t("savePng"), () => savePng(picture!, "wenmai")),
  ] : [];
  byId("tools").replaceChildren(...tools, ...back);
}

function step(by: number): void {
  const ids = graph.filterNodes((_id, a) => !a.hidden);
  if (ids.length) select(ids[((selected === null ? -1 : ids.indexOf(selected)) + by + ids.length) % ids.length]!);
}

function pan(x: number, y: number): void {
  if (!picture) return;
  const { width, height } = picture.getDimensions();
  const to = picture.viewportToFramedGraph({ x: width / 2 + x, y: height / 2 + y });
  picture.getCamera().setState(to);
}

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const camera = picture?.getCamera();
  const here = (act: (id: string) => void) => (): void => { if (selected !== null) act(selected); };
  const keys: Record<string, () => void> = {
    "+": () => void camera?.animatedZoom({ duration: 0 }), "-": () => void camera?.animatedUnzoom({ duration: 0 }), 0: () => void camera?.animatedReset({ duration: 0 }),
    ArrowLeft: () => pan(-PAN, 0), ArrowRight: () => pan(PAN, 0), ArrowUp: () => pan(0, -PAN), ArrowDown: () => pan(0, PAN),
    n: () => step(1), p: () => step(-1), Escape: () => select(null), Enter: here(acts.expand), o: here(open), h: here(hide), "/": () => byId("seek").focus(),
  };
  if (!Object.hasOwn(keys, event.key)) return;
  keys[event.key]!();
  event.preventDefault();
  event.stopPropagation();
});

async function begin(): Promise<void> {
  try {
    picture = draw(canvas, acts);
  } catch {
    say(t("noWebgl"));
  }
  listenSeek(acts);
  if (told.start) await expand(told.start);
  else { select(null); changed(); }
  document.documentElement.dataset.ready = "true";
}

// For whoever measures the picture: bench/explorer.py.
Object.assign(window, { explorer: { graph, grow, place, get picture() { return picture; } } });
void begin();
