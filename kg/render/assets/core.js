// What every page shares: its data, its two languages, and elements that take text and never markup.
const data = JSON.parse(document.getElementById("data").textContent);
let lang = data.lang === "en" ? 1 : 0;
const redraws = [];

function t(key, ...values) {
  const wording = Object.hasOwn(data.strings, key) ? data.strings[key][lang] : key;
  return values.reduce((text, value, i) => text.replace(`{${i}}`, () => String(value)), wording);
}

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined));
  return node;
}

const named = (text, attributes = {}) => el("bdi", attributes, text);
const byId = (id) => document.getElementById(id);

function translate() {
  document.documentElement.lang = lang ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const node of document.querySelectorAll("[data-t-hint]")) node.placeholder = t(node.dataset.tHint);
  for (const redraw of redraws) redraw();
}

function switchLanguage() {
  lang = 1 - lang;
  translate();
}

function save(name, blob) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "sr" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = t("copied");
  setTimeout(() => { button.textContent = t("copy"); }, 1500);
}

function quoteReference(quote) {
  const place = quote.start === null ? "" : t("at", quote.start, quote.end);
  return [quote.source, place].filter(Boolean).join(lang ? ", " : "，");
}

function quoteBlock(quote, extra = "") {
  const reference = [quoteReference(quote), extra].filter(Boolean).join(" · ");
  const copy = el("button", { class: "noprint", type: "button" }, t("copy"));
  copy.addEventListener("click", () => copyText(`“${quote.text}”（${reference}）`, copy));
  return el("blockquote", {}, el("p", { dir: "auto" }, quote.text), el("footer", {}, named(reference), copy, quote.url ? el("a", { href: quote.url, class: "noprint" }, t("showPlace")) : null));
}

function quoteList(quotes, extra = "", first = 5) {
  const box = el("div");
  box.append(...quotes.slice(0, first).map((q) => quoteBlock(q, extra)));
  if (quotes.length > first) {
    const more = el("button", { type: "button", class: "small noprint" }, t("moreQuotes", quotes.length - first));
    more.addEventListener("click", () => more.replaceWith(...quotes.slice(first).map((q) => quoteBlock(q, extra))));
    box.append(more);
  }
  return box;
}

function factList(facts) {
  return el("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [el("dt", {}, t(name)), el("dd", { dir: "auto" }, t(value))]));
}
