// Results: read from the server's answer, shown as a table.

import { el, shortened } from "./dom.js";

const AT_ONCE = 500;

/** Returns { kind: "rows" | "graph" | "truth", columns, rows }, each cell { type, value, lang?, datatype? } or undefined. */
export async function readResult(answer) {
  if (answer.headers.get("Content-Type").startsWith("application/n-triples")) {
    const rows = (await answer.text()).split("\n").filter(Boolean).map(readTriple).filter(Boolean);
    return { kind: "graph", columns: ["subject", "property", "value"], rows };
  }
  const json = await answer.json();
  if ("boolean" in json) return { kind: "truth", truth: json.boolean, columns: [], rows: [] };
  const columns = json.head.vars;
  return { kind: "rows", columns, rows: json.results.bindings.map((row) => columns.map((name) => row[name])) };
}

const TERM = /\s*(?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)/y;

function readTriple(line) {
  const terms = [];
  TERM.lastIndex = 0;
  for (let place = 0; place < 3; place += 1) {
    const match = TERM.exec(line);
    if (!match) return null;
    const [, iri, blank, text, lang, datatype] = match;
    if (iri !== undefined) terms.push({ type: "uri", value: unescaped(iri) });
    else if (blank !== undefined) terms.push({ type: "bnode", value: blank.slice(2) });
    else terms.push({ type: "literal", value: unescaped(text), "xml:lang": lang, datatype });
  }
  return terms;
}

const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
const unescaped = (text) =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, letter) =>
    letter ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(parseInt(short ?? long, 16)),
  );

export function showTable(place, result, prefixes) {
  if (result.kind === "truth") {
    place.replaceChildren(el("p", {}, result.truth ? "Yes" : "No"));
    return;
  }
  if (!result.rows.length) {
    place.replaceChildren(el("p", {}, "Nothing found."));
    return;
  }
  const body = el("tbody");
  const heads = result.columns.map((name, column) => {
    const head = el("th", { scope: "col", tabindex: "0", "aria-sort": "none" }, name);
    const sort = () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      result.rows.sort((a, b) => compare(a[column], b[column]) * (up ? 1 : -1));
      body.replaceChildren();
      more();
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", (event) => {
      if (event.key === "Enter") sort();
    });
    return head;
  });
  const button = el("button", { type: "button", class: "quiet" }, "Show more");
  function more() {
    const next = result.rows.slice(body.children.length, body.children.length + AT_ONCE);
    body.append(...next.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, shown(cell, prefixes))))));
    button.hidden = body.children.length >= result.rows.length;
  }
  button.addEventListener("click", more);
  more();
  place.replaceChildren(el("table", {}, el("thead", {}, el("tr", {}, ...heads)), body), button);
}

function compare(a, b) {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  const numbers = Number(a.value) - Number(b.value);
  return Number.isNaN(numbers) || a.value === "" || b.value === "" ? a.value.localeCompare(b.value) : numbers;
}

function shown(cell, prefixes) {
  if (!cell) return "";
  if (cell.type === "uri")
    return el(
      "a",
      { href: `/resource?iri=${encodeURIComponent(cell.value)}`, title: cell.value },
      shortened(cell.value, prefixes),
    );
  if (cell.type === "bnode") return `_:${cell.value}`;
  return String(cell.value);
}

/** Returns the edges to draw: triples, or of rows the first two columns that hold nodes. */
export function edgesOf(result) {
  if (result.kind === "graph") return result.rows.map(([from, by, to]) => ({ from, by: by.value, to }));
  const nodes = result.columns
    .map((_, column) => column)
    .filter((column) => result.rows.some((row) => row[column] && row[column].type !== "literal"));
  if (nodes.length < 2) return [];
  return result.rows
    .filter((row) => row[nodes[0]] && row[nodes[1]])
    .map((row) => ({ from: row[nodes[0]], by: "", to: row[nodes[1]] }));
}
