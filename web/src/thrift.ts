// Without a graphics card a large graph cannot be drawn sixty times a second. Where pictures come slowly while it moves, names are left
// out until it rests, then lines, too.
import { graph } from "./model";
import type { Picture } from "./picture";

const SLOW = 40;
const WATCHED = 10;
const PAUSE = 400;

/** Watch how fast pictures follow each other, and leave out what moving does without. */
export function watch(sigma: Picture): void {
  let drawn = 0;
  let most = 0;
  const gaps: number[] = [];
  const spare = (labels: boolean, edges: boolean): void => {
    gaps.length = 0;
    most = graph.order;
    sigma.setSetting("hideLabelsOnMove", labels);
    sigma.setSetting("hideEdgesOnMove", edges);
  };
  sigma.getCamera().on("updated", () => {
    const gap = performance.now() - drawn;
    drawn += gap;
    if (gap < PAUSE) gaps.push(gap);
    if (gaps.length < WATCHED) return;
    const middle = gaps.sort((a, b) => a - b)[WATCHED >> 1]!;
    gaps.length = 0;
    if (middle > SLOW) spare(true, sigma.getSetting("hideLabelsOnMove"));
    else if (graph.order < most / 2) spare(false, false);
  });
}
