// The query page: named queries, their parameters, the editor, and what comes back.

import { fillPrefixes, makeEditor, markLine } from "./editor.js";
import { byId, el } from "./elements.js";
import { readResult, showTable } from "./results.js";

const FORMATS = { rows: ["csv", "tsv", "json", "xml"], graph: ["turtle", "jsonld", "ntriples", "rdfxml"] };
const WANTED = "application/sparql-results+json, application/n-triples;q=0.9";

/** @type {[Vocabulary, NamedQuery[]]} */
const [vocabulary, named] = await Promise.all([
  fetch("/completion").then((answer) => answer.json()),
  fetch("/queries").then((answer) => answer.json()),
]);
const editor = makeEditor(byId("text"), vocabulary, run);
const find = /** @type {HTMLInputElement} */ (byId("find"));

/** @type {NamedQuery | null} */
let current = null;
/** @type {AbortController | null} */
let running = null;

const parameters = () => byId("parameters").querySelectorAll("input");

// Named queries.

for (const query of named) {
  const button = el("button", { type: "button" }, query.title, el("small", {}, query.question));
  button.dataset.name = query.name;
  button.addEventListener("click", () => choose(query));
  byId("named").append(el("li", {}, button));
}

find.addEventListener("input", () => {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of byId("named").querySelectorAll("li"))
    item.hidden = !words.every((word) => item.textContent?.toLowerCase().includes(word));
});

/**
 * Takes a named query into the editor, with a field for each of its parameters.
 * @param {NamedQuery} query
 * @param {Record<string, string>} values
 */
function choose(query, values = {}) {
  current = query;
  byId("title").textContent = query.title;
  byId("question").textContent = query.question;
  editor.setValue(query.text);
  for (const button of byId("named").querySelectorAll("button"))
    button.toggleAttribute("aria-current", button.dataset.name === query.name);
  byId("parameters").replaceChildren(
    ...Object.entries(query.parameters).map(([name, told]) => {
      const input = el("input", { name, id: `parameter-${name}`, value: values[name] ?? "" });
      return el("div", {}, el("label", { for: `parameter-${name}` }, `?${name}`), input, el("small", {}, told));
    }),
  );
  remember();
}

// An edited query is no longer the named one, and may no longer have its parameters.

editor.on("change", () => {
  const text = editor.getValue();
  const changed = current && text !== current.text;
  byId("title").textContent = current ? `${current.title}${changed ? ", changed" : ""}` : "Query the dispute";
  for (const input of parameters()) input.parentElement?.toggleAttribute("hidden", !mentions(text, input.name));
});

byId("parameters").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

// Asking.

/**
 * @param {string} text
 * @param {string} name
 */
const mentions = (text, name) => new RegExp(`[?$]${name}(?!\\w)`).test(text);

function asked() {
  const text = editor.getValue();
  const fields = new URLSearchParams({ query: text });
  // A parameter that an edited query no longer has is left out.
  for (const { name, value } of parameters())
    if (value.trim() && mentions(text, name)) fields.set(`$${name}`, value.trim());
  return fields;
}

async function run() {
  running?.abort();
  running = new AbortController();
  const started = performance.now();
  markLine(editor, null);
  say("Running …");
  byId("run").textContent = "Run again";
  remember();
  try {
    const fields = asked();
    const answer = await fetch("/sparql", {
      method: "POST",
      body: fields,
      headers: { Accept: WANTED },
      signal: running.signal,
    });
    const time = `${Math.round(performance.now() - started)} ms`;
    if (!answer.ok) {
      const problem = await answer.json().catch(() => ({ detail: answer.statusText }));
      markLine(editor, problem.line ?? null);
      byId("result").hidden = true;
      say(problem.detail, true);
      return;
    }
    show(await readResult(answer), fields, time);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name !== "AbortError") say(`The server does not answer: ${error.message}.`, true);
  }
}

/** @param {string} text */
function say(text, wrong = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("wrong", wrong);
}

// What came back.

/** @type {Record<string, string>} */
const SUFFIXES = { turtle: "ttl", ntriples: "nt", rdfxml: "rdf" };

/**
 * @param {Result} result
 * @param {URLSearchParams} fields
 * @param {string} time
 */
function show(result, fields, time) {
  const count = result.rows.length;
  const what = `${result.kind === "graph" ? "triple" : "row"}${count === 1 ? "" : "s"}`;
  say(result.kind === "truth" ? time : `${count.toLocaleString("en")} ${what}, ${time}`);
  byId("result").hidden = false;
  showTable(byId("table"), result, vocabulary.prefixes);
  const links = FORMATS[result.kind === "graph" ? "graph" : "rows"].map((format) => {
    const address = new URLSearchParams(fields);
    address.set("format", format);
    const download = `result.${SUFFIXES[format] ?? format}`;
    return el("a", { href: `/sparql?${address}`, download }, format);
  });
  byId("downloads").replaceChildren(...links);
}

byId("run").addEventListener("click", run);
byId("prefixes").addEventListener("click", () => fillPrefixes(editor, vocabulary.prefixes));
byId("link").addEventListener("click", async () => {
  remember();
  await navigator.clipboard?.writeText(location.href);
  say("Copied.");
});

const EXAMPLE = `PREFIX dg: <https://w3id.org/disputegraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?claim ?label WHERE {
  ?claim a dg:Claim ; skos:prefLabel ?label .
} LIMIT 20
`;

// The address holds the query, so that it can be passed on.

function remember() {
  const fields = asked();
  if (current && current.text === editor.getValue()) {
    fields.delete("query");
    fields.set("name", current.name);
  }
  history.replaceState(null, "", `#${fields}`);
}

function recall() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const query = named.find((one) => one.name === fields.get("name"));
  const values = Object.fromEntries(
    [...fields].filter(([name]) => name.startsWith("$")).map(([name, value]) => [name.slice(1), value]),
  );
  if (query) choose(query, values);
  else editor.setValue(fields.get("query") ?? EXAMPLE);
}

recall();
addEventListener("hashchange", recall);
document.documentElement.dataset.ready = "";
