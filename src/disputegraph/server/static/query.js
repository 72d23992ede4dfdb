// The query page: named queries, their parameters, the editor, and what comes back.

import { byId, el } from "./dom.js";
import { fillPrefixes, makeEditor, markLine } from "./editor.js";
import { drawGraph } from "./graph.js";
import { edgesOf, readResult, showTable } from "./results.js";

const FORMATS = { rows: ["csv", "tsv", "json", "xml"], graph: ["turtle", "jsonld", "ntriples", "rdfxml"] };
const WANTED = "application/sparql-results+json, application/n-triples;q=0.9";

const [vocabulary, named] = await Promise.all(
  ["/completion", "/queries"].map(async (address) => (await fetch(address)).json()),
);
const editor = makeEditor(byId("text"), vocabulary, run);
let current = null;
let running = null;
let latest = null;

// Named queries.

for (const query of named) {
  const button = el("button", { type: "button" }, query.title, el("small", {}, query.question));
  button.dataset.name = query.name;
  button.addEventListener("click", () => choose(query));
  byId("named").append(el("li", {}, button));
}

byId("find").addEventListener("input", () => {
  const words = byId("find").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of byId("named").children)
    item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
});

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
  byId("title").textContent = current
    ? text === current.text
      ? current.title
      : `${current.title}, changed`
    : "Query the dispute";
  for (const input of byId("parameters").querySelectorAll("input"))
    input.parentElement.hidden = !mentions(text, input.name);
});

byId("parameters").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

// Asking.

const mentions = (text, name) => new RegExp(`[?$]${name}(?!\\w)`).test(text);

function asked() {
  const text = editor.getValue();
  const fields = new URLSearchParams({ query: text });
  // A parameter that an edited query no longer has is left out.
  for (const { name, value } of byId("parameters").querySelectorAll("input"))
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
    if (error.name !== "AbortError") say(`The server does not answer: ${error.message}.`, true);
  }
}

function say(text, wrong = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("wrong", wrong);
}

// What came back.

function show(result, fields, time) {
  latest = result;
  const what = result.kind === "graph" ? "triple" : "row";
  say(
    result.kind === "truth"
      ? time
      : `${result.rows.length.toLocaleString("en")} ${what}${result.rows.length === 1 ? "" : "s"}, ${time}`,
  );
  byId("result").hidden = false;
  showTable(byId("table"), result, vocabulary.prefixes);
  const drawable = result.kind !== "truth" && edgesOf(result).length > 0;
  byId("tab-graph").disabled = !drawable;
  if (!drawable || byId("graph").hidden) select("table");
  else select("graph");
  byId("downloads").replaceChildren(
    ...FORMATS[result.kind === "graph" ? "graph" : "rows"].map((format) => {
      const address = new URLSearchParams(fields);
      address.set("format", format);
      return el(
        "a",
        {
          href: `/sparql?${address}`,
          download: `result.${{ turtle: "ttl", ntriples: "nt", rdfxml: "rdf" }[format] ?? format}`,
        },
        format,
      );
    }),
  );
}

function select(name) {
  for (const tab of ["table", "graph"]) {
    byId(tab).hidden = tab !== name;
    byId(`tab-${tab}`).setAttribute("aria-selected", String(tab === name));
    byId(`tab-${tab}`).tabIndex = tab === name ? 0 : -1;
  }
  if (name === "graph" && latest) drawGraph(byId("graph"), edgesOf(latest), vocabulary.prefixes);
}

for (const name of ["table", "graph"]) byId(`tab-${name}`).addEventListener("click", () => select(name));
document.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const other = byId("table").hidden ? "table" : "graph";
  if (!byId(`tab-${other}`).disabled) {
    select(other);
    byId(`tab-${other}`).focus();
  }
});

byId("run").addEventListener("click", run);
byId("prefixes").addEventListener("click", () => fillPrefixes(editor, vocabulary.prefixes));
byId("link").addEventListener("click", async () => {
  remember();
  await navigator.clipboard?.writeText(location.href);
  say("Copied.");
});

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
  else
    editor.setValue(
      fields.get("query") ??
        "PREFIX dg: <https://w3id.org/disputegraph/ns#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n\nSELECT ?claim ?label WHERE {\n  ?claim a dg:Claim ; skos:prefLabel ?label .\n} LIMIT 20\n",
    );
}

recall();
addEventListener("hashchange", recall);
document.documentElement.dataset.ready = "";
