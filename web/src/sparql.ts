// The editor of the SPARQL page: colours, errors while typing, completion of the terms of the graph. It asks nothing of the network;
// the form sends the query, as it does without this file.
import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";

const area = document.getElementById("query") as HTMLTextAreaElement;
const terms = area.dataset.terms!.split(" ");

const word = (yasqe: Yasqe): string => yasqe.getCompleteToken().string;

Yasqe.Autocompleters = {};
Yasqe.registerAutocompleter({
  name: "terms", bulk: false, autoShow: true, persistenceId: null,
  isValidCompletionPosition: (yasqe) => /^[a-z-]+:\w*$/i.test(word(yasqe)),
  get: (yasqe) => terms.filter((term) => term.toLowerCase().startsWith(word(yasqe).toLowerCase())),
});

Yasqe.defaults.autocompleters = ["terms"];
Object.assign(Yasqe.defaults, { createShareableLink: undefined });

const home = document.createElement("div");
area.before(home);
const yasqe = new Yasqe(home, {
  persistenceId: null, showQueryButton: false, resizeable: false, editorHeight: "190px", collapsePrefixesOnLoad: false,
  pluginButtons: undefined, consumeShareLink: null, prefixCcApi: null, lineWrapping: true, viewportMargin: Infinity,
  screenReaderLabel: area.labels?.[0]?.textContent ?? "SPARQL",
  extraKeys: { "Ctrl-Enter": () => area.form!.requestSubmit(), "Cmd-Enter": () => area.form!.requestSubmit(), Tab: false, "Shift-Tab": false },
});
/** The server knows the prefixes of the graph, so a query that leaves them out is right. */
interface Mode { startState: (...given: unknown[]) => { prefixes: Record<string, string> } }
const mode = yasqe.getDoc().getMode() as unknown as Mode;
const start = mode.startState;
const prefixes = Object.fromEntries(area.dataset.prefixes!.split(" ").map((name) => [name, name]));
mode.startState = (...given) => ({ ...start(...given), prefixes: { ...prefixes } });
yasqe.setValue(area.value);

area.hidden = true;
document.getElementById("keys")!.hidden = false;
yasqe.on("change", () => { area.value = yasqe.getValue(); });
document.documentElement.dataset.ready = "true";
