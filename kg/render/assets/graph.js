// The picture: vis-network draws marks and lines at places computed beforehand; labels are drawn where there is room.
const nodes = data.details;
const links = data.links;
const state = { layout: data.layout, node: null, link: null, hidden: new Set(), hiddenLinks: new Set() };
const near = nodes.map(() => new Set());
links.forEach((link) => { near[link.from].add(link.to); near[link.to].add(link.from); });

const drawnNodes = new vis.DataSet(data.nodes.map(({ label, ...rest }) => rest));
const drawnEdges = new vis.DataSet(data.edges);
const network = new vis.Network(byId("canvas"), { nodes: drawnNodes, edges: drawnEdges }, data.options);

function place(i) {
  const [x, y] = data.layouts[state.layout].places[i];
  return { x, y };
}

function setLayout(name) {
  state.layout = name;
  drawnNodes.update(nodes.map((_, i) => ({ id: i, ...place(i) })));
  fit();
}

function fit() {
  const shown = nodes.map((_, i) => i).filter((i) => !state.hidden.has(i));
  network.fit({ nodes: shown, maxZoomLevel: 1.4 });
  network.moveTo({ scale: network.getScale() * (state.layout === "layers" ? 0.84 : 0.93) });
}

function focusNode(i) {
  network.fit({ nodes: [i, ...near[i]].filter((j) => !state.hidden.has(j)), maxZoomLevel: 1.2 });
  network.moveTo({ scale: network.getScale() * 0.9 });
}

function paint() {
  const { node, link } = state;
  const bright = node !== null ? new Set([node, ...near[node]]) : link !== null ? new Set([links[link].from, links[link].to]) : null;
  drawnNodes.update(nodes.map((_, i) => ({ id: i, hidden: state.hidden.has(i), opacity: !bright || bright.has(i) ? 1 : 0.15 })));
  drawnEdges.update(links.map((l, i) => {
    const on = link === i || (node !== null && (l.from === node || l.to === node));
    const off = bright && !on;
    return { id: i, hidden: state.hiddenLinks.has(i), width: on ? 2.4 : data.edges[i].width, color: { ...data.edges[i].color, opacity: off ? 0.05 : on ? 1 : data.edges[i].color.opacity } };
  }));
  network.redraw();
}

function labelLines(text, width) {
  const chars = Array.from(text);
  const lines = [];
  let line = "";
  let used = 0;
  for (const c of chars) {
    const w = c.codePointAt(0) > 0x2e7f ? 2 : 1;
    if (used + w > width) { lines.push(line); line = ""; used = 0; }
    if (lines.length === 2) return [lines[0], lines[1].slice(0, -1) + "…"];
    line += c;
    used += w;
  }
  return line ? [...lines, line] : lines;
}

const shortLabels = data.nodes.map((n) => labelLines(n.label, 26));

const apart = (a, b) => a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;

// Where a label may stand: below its mark, above, to the right, to the left.
function labelBoxes(at, r, w, h) {
  return [[at.x - w / 2, at.y + r + 2], [at.x - w / 2, at.y - r - h - 1], [at.x + r + 2, at.y - h / 2], [at.x - r - w - 2, at.y - h / 2]]
    .map(([x, y]) => ({ x, y, w, h }));
}

// Labels in order of rank that touch no other label and no mark, in screen pixels; what is selected comes first.
function roomForLabels(measure, toScreen, width, height, scale) {
  const shown = nodes.map((_, i) => i).filter((i) => !state.hidden.has(i));
  const ends = state.link === null ? [] : [links[state.link].from, links[state.link].to];
  const first = state.node === null ? ends : [state.node, ...near[state.node]];
  const only = first.length ? new Set(first) : null;
  const marks = new Map();
  for (const i of shown) {
    const at = toScreen(place(i));
    const r = data.nodes[i].size * scale;
    if (at.x < -r || at.y < -r || at.x > width + r || at.y > height + r || (only && !only.has(i))) continue;
    marks.set(i, { at, r, x: at.x - r, y: at.y - r, w: 2 * r, h: 2 * r });
  }
  const top = state.layout === "layers" ? Math.max(24, toScreen({ x: 0, y: data.layouts.layers.bands[0]?.start ?? 0 }).y) : 0;
  const edge = state.layout === "layers" ? Math.max(2, toScreen({ x: -30, y: 0 }).x) : 2;
  const inside = (o) => o.x >= edge && o.x + o.w <= width - 2 && o.y >= top && o.y + o.h <= height - 2;
  const taken = [];
  for (const i of new Set([...first, ...shown])) {
    const mark = marks.get(i);
    if (!mark) continue;
    const lines = shortLabels[i];
    const boxes = labelBoxes(mark.at, mark.r, Math.max(...lines.map(measure)) + 4, lines.length * 14);
    const free = (box) => inside(box) && taken.every((o) => apart(o, box)) && [...marks].every(([j, o]) => j === i || apart(o, box));
    const box = i === state.node ? boxes[0] : boxes.find(free);
    if (box) taken.push({ ...box, lines });
  }
  return taken;
}

function drawLabels(ctx) {
  const scale = network.getScale();
  const canvas = byId("canvas");
  ctx.save();
  ctx.font = `${12 / scale}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5 / scale;
  ctx.strokeStyle = "#ffffff";
  ctx.fillStyle = "#1a1f26";
  const measure = (line) => ctx.measureText(line).width * scale;
  for (const label of roomForLabels(measure, (p) => network.canvasToDOM(p), canvas.clientWidth, canvas.clientHeight, scale)) {
    const at = network.DOMtoCanvas({ x: label.x + label.w / 2, y: label.y });
    label.lines.forEach((line, n) => {
      ctx.strokeText(line, at.x, at.y + (n * 14) / scale);
      ctx.fillText(line, at.x, at.y + (n * 14) / scale);
    });
  }
  ctx.restore();
  if (state.layout === "layers" && nodes.length) drawAxisNames(ctx, scale);
}

// Bands begin left of the nodes, with room for their names.
const left = (scale) => -24 - 74 / scale;

function drawStripes(ctx) {
  if (state.layout !== "layers") return;
  const { bands, columns } = data.layouts.layers;
  if (!bands.length) return;
  const end = columns.at(-1).end;
  const scale = network.getScale();
  bands.forEach((band, n) => {
    ctx.fillStyle = n % 2 ? "#ffffff" : "#f3f6f9";
    ctx.fillRect(left(scale), band.start, end - left(scale), band.end - band.start);
  });
  ctx.strokeStyle = "#dde3ea";
  ctx.lineWidth = 1 / scale;
  ctx.beginPath();
  for (const column of columns) { ctx.moveTo(column.end, bands[0].start); ctx.lineTo(column.end, bands.at(-1).end); }
  ctx.stroke();
}

// The names of bands and columns keep to the edge of the picture while it is moved.
function drawAxisNames(ctx, scale) {
  const { bands, columns } = data.layouts.layers;
  const corner = network.DOMtoCanvas({ x: 6, y: 6 });
  ctx.save();
  ctx.font = `600 ${13 / scale}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.fillStyle = "#3a4552";
  ctx.strokeStyle = "#ffffff";
  ctx.lineWidth = 4 / scale;
  ctx.lineJoin = "round";
  const write = (text, x, y) => { ctx.strokeText(text, x, y); ctx.fillText(text, x, y); };
  ctx.textBaseline = "top";
  const top = Math.max(corner.y, bands[0].start - 22 / scale);
  let free = -Infinity;
  ctx.textAlign = "center";
  for (const column of columns) {
    const name = t(column.name);
    const half = ctx.measureText(name).width / 2;
    const x = (column.start + column.end) / 2;
    if (x - half > free) { write(name, x, top); free = x + half + 8 / scale; }
  }
  ctx.textAlign = "left";
  for (const band of bands) {
    const y = Math.max(band.start + 4 / scale, Math.min(corner.y + 22 / scale, band.end - 18 / scale));
    write(t(band.name), Math.max(corner.x, left(scale) + 6 / scale), y);
  }
  ctx.restore();
}

network.on("beforeDrawing", drawStripes);
network.on("afterDrawing", drawLabels);
redraws.push(() => network.redraw());
