// Names beside nodes: with a pale edge, so that lines do not cross them, and never one over another.
import type { NodeDisplayData, PartialButFor } from "sigma/types";

type Named = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color"> & { chosen?: boolean };
type Box = [left: number, top: number, right: number, bottom: number];

const SIZE = 13;
const FONT = "system-ui, sans-serif";
const LONGEST = 18;
const asked: Named[] = [];

/** Begin a picture without names. */
export const clearNames = (): void => { asked.length = 0; };

/** What sigma calls for each name; they are written together, when the last is known. */
export const askName = (_context: CanvasRenderingContext2D, node: Named): void => { if (node.label) asked.push(node); };

const crosses = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function cut(text: string): string {
  const signs = [...text];
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST).join("")}…` : text;
}

/** Write names where there is room, those of large nodes first; that of the chosen one in any case, and whole. */
export function writeNames(context: CanvasRenderingContext2D): void {
  const boxes: Box[] = [];
  for (const node of asked.sort((a, b) => Number(b.chosen ?? false) - Number(a.chosen ?? false) || b.size - a.size)) write(context, node, boxes);
}

function write(context: CanvasRenderingContext2D, node: Named, boxes: Box[]): void {
  context.font = `${node.chosen ? "700" : "400"} ${SIZE}px ${FONT}`;
  const text = node.chosen ? node.label! : cut(node.label!);
  const [width, aside, y] = [context.measureText(text).width, node.size + 4, node.y + SIZE / 3];
  const x = node.x + aside + width > context.canvas.clientWidth && node.x > aside + width ? node.x - aside - width : node.x + aside;
  const box: Box = [x - 2, node.y - SIZE * 0.7, x + width + 2, node.y + SIZE * 0.7];
  if (!node.chosen && boxes.some((other) => crosses(other, box))) return;
  boxes.push(box);
  context.lineJoin = "round";
  context.lineWidth = node.chosen ? 5 : 3;
  context.strokeStyle = "#ffffff";
  context.strokeText(text, x, y);
  context.fillStyle = "#1a1f26";
  context.fillText(text, x, y);
}

/** The name of the node under the pointer, whole, in a box. */
export function drawHover(context: CanvasRenderingContext2D, node: Named): void {
  if (!node.label) return;
  context.font = `400 ${SIZE}px ${FONT}`;
  const x = node.x + node.size + 4;
  const width = context.measureText(node.label).width;
  context.fillStyle = "#ffffff";
  context.strokeStyle = "#56616e";
  context.lineWidth = 1;
  context.beginPath();
  context.rect(x - 5.5, Math.round(node.y) - 11.5, width + 11, 23);
  context.fill();
  context.stroke();
  context.fillStyle = "#1a1f26";
  context.fillText(node.label, x, node.y + SIZE / 3);
}
