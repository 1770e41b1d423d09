// Marks that lie over one another are pushed apart, so that the leaves around a node can be told from each other.
const VIEW = 800;
const GAP = 1.5;
const ROUNDS = 60;
const TURN = Math.PI * (3 - Math.sqrt(5));

/**
 * New places.
 *
 * @param places x and y of one node after the other.
 * @param sizes radius of each in pixels, where the whole graph is seen.
 * @param fixed whether a node must stay.
 */
export function apart(places: Float32Array, sizes: Float32Array, fixed: boolean[]): Float32Array {
  const at = places.slice();
  const unit = extent(at) / VIEW;
  const radii = sizes.map((size) => (size + GAP) * unit);
  const cell = 2 * radii.reduce((a, b) => Math.max(a, b), 0);
  for (let round = 0, moved = cell > 0; moved && round < ROUNDS; round++) moved = push(at, radii, fixed, cell);
  return at;
}

function extent(at: Float32Array): number {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < at.length; i += 2) {
    [left, right] = [Math.min(left, at[i]!), Math.max(right, at[i]!)];
    [top, bottom] = [Math.min(top, at[i + 1]!), Math.max(bottom, at[i + 1]!)];
  }
  return Math.max(right - left, bottom - top);
}

/** One round over all pairs that are near; whether any lay over each other. */
function push(at: Float32Array, radii: Float32Array, fixed: boolean[], cell: number): boolean {
  const cells = new Map<string, number[]>();
  const column = (i: number): number => Math.floor(at[2 * i]! / cell);
  const row = (i: number): number => Math.floor(at[2 * i + 1]! / cell);
  let moved = false;
  for (let i = 0; i < radii.length; i++) {
    const [x, y] = [column(i), row(i)];
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) for (const j of cells.get(`${x + dx},${y + dy}`) ?? []) moved = part(at, i, j, radii[i]! + radii[j]!, fixed) || moved;
    const key = `${x},${y}`;
    const here = cells.get(key);
    if (here) here.push(i);
    else cells.set(key, [i]);
  }
  return moved;
}

function part(at: Float32Array, i: number, j: number, need: number, fixed: boolean[]): boolean {
  let [dx, dy] = [at[2 * i]! - at[2 * j]!, at[2 * i + 1]! - at[2 * j + 1]!];
  let far = Math.hypot(dx, dy);
  if (far >= need * 0.99 || (fixed[i] && fixed[j])) return false;
  if (far < need / 1e6) [dx, dy, far] = [Math.cos(i * TURN), Math.sin(i * TURN), 1];
  const by = (need - Math.min(far, need)) / far;
  const share = fixed[i] ? 0 : fixed[j] ? 1 : 0.5;
  at[2 * i]! += dx * by * share;
  at[2 * i + 1]! += dy * by * share;
  at[2 * j]! -= dx * by * (1 - share);
  at[2 * j + 1]! -= dy * by * (1 - share);
  return true;
}
