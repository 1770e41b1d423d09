// What the page carries, and elements made without any markup of documents: text becomes text nodes only.
interface Mark {
  shape: "dot" | "square" | "diamond";
  background: string;
  border: string;
}

interface Told {
  start: string;
  words: Record<string, string>;
  marks: Record<string, Mark>;
  lines: Record<string, string>;
}

export const byId = (id: string): HTMLElement => document.getElementById(id)!;
export const told = JSON.parse(byId("told").textContent!) as Told;

/** The wording of a key in the language of the page. */
export const t = (key: string, ...values: unknown[]): string => values.reduce<string>((s, v, i) => s.replace(`{${i}}`, () => String(v)), told.words[key] ?? key);

export function el(tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function button(text: string, act: () => void, state: { disabled?: boolean; pressed?: boolean } = {}): HTMLElement {
  const node = el("button", { type: "button" }, text);
  if (state.disabled) node.setAttribute("disabled", "");
  if (state.pressed !== undefined) node.setAttribute("aria-pressed", String(state.pressed));
  node.addEventListener("click", act);
  return node;
}

/** A label with a box to tick and the mark it stands for. */
export function choice(text: string, color: string, shape: string, on: boolean, act: (on: boolean) => void): HTMLElement {
  const input = el("input", { type: "checkbox" }) as HTMLInputElement;
  input.checked = on;
  input.addEventListener("change", () => act(input.checked));
  const mark = el("span", { class: `dot s-${shape}` });
  mark.style.background = color;
  return el("label", {}, input, mark, text);
}
