// Saving the picture as it stands: PNG from the canvas, SVG drawn anew, an image for print.
function canvasBlob() {
  const source = byId("canvas").querySelector("canvas");
  const copy = el("canvas", { width: source.width, height: source.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  return new Promise((done) => copy.toBlob(done, "image/png"));
}

async function savePng() {
  save("wenmai.png", await canvasBlob());
}

function svgText(x, y, text, attributes) {
  return svg("text", { x, y, "font-size": 12, ...attributes }, text);
}

function svgStripes(at, picture) {
  const { bands, columns } = data.layouts.layers;
  const right = at({ x: columns.at(-1).end, y: 0 }).x;
  bands.forEach((band, n) => {
    const from = at({ x: left(network.getScale()), y: band.start });
    const to = at({ x: 0, y: band.end });
    picture.append(svg("rect", { x: from.x, y: from.y, width: Math.max(0, right - from.x), height: to.y - from.y, fill: n % 2 ? "#ffffff" : "#f3f6f9" }),
      svgText(from.x + 6, from.y + 15, t(band.name), { "font-weight": 600 }));
  });
  for (const column of columns) {
    const middle = at({ x: (column.start + column.end) / 2, y: bands[0].start });
    picture.append(svgText(middle.x, middle.y - 6, t(column.name), { "text-anchor": "middle", "font-weight": 600 }));
  }
}

function svgEdge(at, i) {
  const { from, to } = links[i];
  const style = data.edges[i];
  const a = at(place(from));
  const b = at(place(to));
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const short = (data.nodes[to].size * network.getScale() + 3) / length;
  const line = { x1: a.x, y1: a.y, x2: b.x - (b.x - a.x) * short, y2: b.y - (b.y - a.y) * short, stroke: style.color.color, "stroke-opacity": 0.6, "stroke-width": 1.1, "marker-end": "url(#tip)" };
  if (style.dashes) line["stroke-dasharray"] = style.dashes.join(" ");
  return svg("line", line);
}

function saveSvg() {
  const width = byId("canvas").clientWidth;
  const height = byId("canvas").clientHeight;
  const scale = network.getScale();
  const at = (p) => network.canvasToDOM(p);
  const picture = svg("svg", { xmlns: svgNs, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif" },
    svg("title", {}, data.title),
    svg("defs", {}, svg("marker", { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, svg("path", { d: "M0 0L8 4L0 8Z", fill: "#5b6673" }))),
    svg("rect", { width, height, fill: "#ffffff" }));
  if (state.layout === "layers" && nodes.length) svgStripes(at, picture);
  links.forEach((link, i) => { if (!state.hiddenLinks.has(i) && !state.hidden.has(link.from) && !state.hidden.has(link.to)) picture.append(svgEdge(at, i)); });
  nodes.forEach((node, i) => { if (!state.hidden.has(i)) { const p = at(place(i)); picture.append(markShape(data.styles.kinds[node.kind] ?? data.styles.kinds.document, p.x, p.y, data.nodes[i].size * scale)); } });
  const ctx = el("canvas").getContext("2d");
  ctx.font = "12px sans-serif";
  for (const label of roomForLabels((line) => ctx.measureText(line).width, at, width, height, scale)) {
    label.lines.forEach((line, n) => picture.append(svgText(label.x + label.w / 2, label.y + 11 + n * 14, line, { "text-anchor": "middle", stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke", fill: "#1a1f26" })));
  }
  save("wenmai.svg", new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" }));
}

async function printPage() {
  const image = byId("printed");
  image.src = URL.createObjectURL(await canvasBlob());
  await image.decode();
  window.print();
}

function layoutButtons() {
  for (const name of ["layers", "network"]) byId(`by-${name}`).setAttribute("aria-pressed", String(state.layout === name));
}

for (const name of ["layers", "network"]) byId(`by-${name}`).addEventListener("click", () => { setLayout(name); layoutButtons(); });
byId("fit").addEventListener("click", fit);
byId("zoom-in").addEventListener("click", () => zoom(1.25));
byId("zoom-out").addEventListener("click", () => zoom(0.8));
byId("png").addEventListener("click", savePng);
byId("svg").addEventListener("click", saveSvg);
byId("print").addEventListener("click", printPage);
byId("language").addEventListener("click", switchLanguage);
redraws.push(() => {
  byId("counts").textContent = t("counts", nodes.length, links.length);
  byId("omitted").hidden = data.omitted[0] === 0;
  byId("omitted").textContent = t("omitted", nodes.length, ...data.omitted);
});
reset();
layoutButtons();
translate();
if (data.centre !== null) select(data.centre, false);
network.once("afterDrawing", () => { fit(); document.documentElement.dataset.ready = "true"; });
