// Results: read from the server's answer, shown as a table.

import { el } from "./elements.js";

const AT_ONCE = 500;

/**
 * Returns what the server has answered, whichever of its formats it is in.
 * @param {Response} answer
 * @returns {Promise<Result>}
 */
export async function readResult(answer) {
  if (answer.headers.get("Content-Type")?.startsWith("application/n-triples")) {
    const rows = (await answer.text()).split("\n").filter(Boolean).flatMap(readTriple);
    return { kind: "graph", columns: ["subject", "property", "value"], rows };
  }
  const json = await answer.json();
  if ("boolean" in json) return { kind: "truth", truth: json.boolean, columns: [], rows: [] };
  /** @type {string[]} */
  const columns = json.head.vars;
  const rows = json.results.bindings.map((/** @type {Record<string, Cell>} */ row) => columns.map((name) => row[name]));
  return { kind: "rows", columns, rows };
}

const TERM = /\s*(?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?)/y;

/**
 * Returns the terms of a line of N-Triples, as the only row in a list; no row of a line that holds something else.
 * @param {string} line
 * @returns {Row[]}
 */
export function readTriple(line) {
  const terms = [];
  TERM.lastIndex = 0;
  for (let place = 0; place < 3; place += 1) {
    const match = TERM.exec(line);
    if (!match) return [];
    const [, iri, blank, text] = match;
    if (iri !== undefined) terms.push({ type: "uri", value: unescaped(iri) });
    else if (blank !== undefined) terms.push({ type: "bnode", value: blank.slice(2) });
    else terms.push({ type: "literal", value: unescaped(text) });
  }
  return [terms];
}

/** @type {Record<string, string>} */
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/** @param {string} text */
const unescaped = (text) =>
  text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, letter) =>
    letter ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(Number.parseInt(short ?? long, 16)),
  );

/**
 * Returns an IRI as a prefixed name where a prefix fits.
 * @param {string} iri
 * @param {Record<string, string>} prefixes
 */
export function prefixed(iri, prefixes) {
  const fitting = Object.entries(prefixes).filter(([, namespace]) => iri.startsWith(namespace));
  const [name, namespace] = fitting.sort((a, b) => b[1].length - a[1].length)[0] ?? ["", iri];
  const rest = iri.slice(namespace.length);
  return rest && !/[/#?]/.test(rest) ? `${name}:${rest}` : iri;
}

/**
 * Shows a result as a table that is sorted by its headings, or a truth value as a word.
 * @param {HTMLElement} place
 * @param {Result} result
 * @param {Record<string, string>} prefixes
 */
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
    body.append(...next.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, shownCell(cell, prefixes))))));
    button.hidden = body.children.length >= result.rows.length;
  }
  button.addEventListener("click", more);
  more();
  place.replaceChildren(el("table", {}, el("thead", {}, el("tr", {}, ...heads)), body), button);
}

/**
 * Compares two cells: numbers by their value, others as text, empty ones first.
 * @param {Cell | undefined} a
 * @param {Cell | undefined} b
 */
export function compare(a, b) {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  const numbers = Number(a.value) - Number(b.value);
  return Number.isNaN(numbers) || a.value === "" || b.value === "" ? plainText(a).localeCompare(plainText(b)) : numbers;
}

/** @param {Cell} cell */
function plainText(cell) {
  return typeof cell.value === "string" ? cell.value : JSON.stringify(cell.value);
}

/**
 * @param {Cell | undefined} cell
 * @param {Record<string, string>} prefixes
 * @returns {Node | string}
 */
function shownCell(cell, prefixes) {
  if (!cell) return "";
  if (cell.type === "uri")
    return el(
      "a",
      { href: `/resource?iri=${encodeURIComponent(cell.value)}`, title: cell.value },
      prefixed(cell.value, prefixes),
    );
  if (cell.type === "bnode") return `_:${cell.value}`;
  if (cell.type === "triple") {
    const { subject, predicate, object } = /** @type {any} */ (cell.value);
    const [one, two, three] = [subject, predicate, object].map((part) => shownCell(part, prefixes));
    return el("span", {}, "<<( ", one, " ", two, " ", three, " )>>");
  }
  return String(cell.value);
}
