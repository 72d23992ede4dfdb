// The table of everything: sorted, filtered, and what screen readers and print get.

import { chainOf, DATA, documents, inOrder, labelOf, saidAbout, saidBy, saidOn, UTTERANCES } from "./data.js";
import { byDay } from "./days.js";
import { el, focusedKey, keyed, visible } from "./dom.js";
import { goTo } from "./evidence.js";
import { allowed, counts, filtering, hidden, passes } from "./filters.js";
import { tableBox } from "./frame.js";
import { choose, state } from "./state.js";
import { counted, LANGUAGE, t } from "./texts.js";
import { folded } from "./words.js";

const PAGE = 200;
const MORE = 1000;
const MOST_PRINTED = 5000;
let most = PAGE;

/**
 * @param {string} id
 * @param {string} [label]
 */
const ref = (id, label = labelOf(id)) => ({ id, label: visible(label) });

/** @param {string[] | undefined} ids */
const refs = (ids) => (ids ?? []).map((id) => ref(id));

/**
 * Counts the utterances that count and take a side on a claim.
 * @param {Claim} claim
 * @param {string} side
 */
const sides = (claim, side) =>
  allowed(saidOn.get(claim.id)).filter(
    (place) => counts(UTTERANCES[place]) && (UTTERANCES[place].polarity ?? "neutral") === side,
  ).length;

/** @param {number[] | undefined} places */
const counting = (places) => allowed(places).filter((place) => counts(UTTERANCES[place])).length;

/** @param {number[]} places */
const byDate = (places) => inOrder(places).map((place) => UTTERANCES[place]);

/** @param {Utterance} one */
function through(one) {
  const chain = chainOf(one).slice(1);
  return chain.length ? refs(chain.map((step) => step.voice)) : t("not_named");
}

/** @param {Utterance} one */
const quotation = (one) => {
  const quotes = (one.evidence ?? []).map((number) => DATA.anchors[number].quote).filter(Boolean);
  return quotes.join(" … ") || one.kept || ref(one.id, t("evidence"));
};

/**
 * Returns a table: what it lists, and its columns, each of which makes a cell of a record.
 * @template T
 * @param {() => T[]} list
 * @param {Record<string, (one: T) => Cell>} columns
 */
const tableOf = (list, columns) => ({
  names: Object.keys(columns),
  size: () => list().length,
  rows: () => list().map((one) => Object.values(columns).map((make) => make(one))),
});

const TABLES = {
  utterances: tableOf(() => byDate(UTTERANCES.flatMap((_, place) => (passes(place) ? [place] : []))), {
    date: (one) => one.date ?? "",
    voice: (one) => ref(one.voice),
    by: (one) => (one.speaker === one.voice ? "" : ref(one.speaker)),
    via: (one) => (one.hearsay ? through(one) : ""),
    says: (one) => t(`says.${one.neutral ?? one.polarity ?? "neutral"}`),
    claim: (one) => refs(one.claims),
    tone: (one) => t(`tone.${one.tone}`),
    certainty: (one) => (one.certainty ? t(`certainty.${one.certainty}`) : ""),
    counted: (one) => t(one.superseded ? "withdrawn" : counts(one) ? "yes" : "no"),
    ...(documents.size > 1 && { document: (/** @type {Utterance} */ one) => refs(one.documents) }),
    quotation,
  }),
  claims: tableOf(() => DATA.claims.filter((one) => !filtering() || allowed(saidOn.get(one.id)).length), {
    claim: (one) => ref(one.id),
    paraphrase: (one) => one.paraphrase ?? "",
    affirmed: (one) => sides(one, "affirms"),
    denied: (one) => sides(one, "denies"),
    left_open: (one) => sides(one, "neutral"),
    agents: (one) => refs([...(one.agents ?? []), ...(one.subjects ?? [])]),
    issues: (one) => refs(one.issues),
  }),
  things: tableOf(() => DATA.things.filter((one) => !hidden("kind", one.kind)), {
    name: (one) => ref(one.id),
    kind: (one) => t(`kind.${one.kind}`),
    says_all: (one) => counting(saidBy.get(one.id)),
    said_about: (one) => counting(saidAbout.get(one.id)),
    date: (one) => one.start ?? "",
    facts: (one) => (one.facts ?? []).map((fact) => `${t(`fact.${fact.relation}`)}: ${fact.text}`).join("; "),
  }),
  stances: tableOf(() => DATA.stances, {
    name: (one) => ref(one.holder),
    stance: (one) => t(`value.${one.value}`),
    on: (one) => ref(one.on),
    shown_by: (one) => refs(one.utterances),
  }),
  documents: tableOf(() => DATA.documents, {
    document: (one) => ref(one.id),
    publisher: (one) => one.publisher ?? "",
    date: (one) => one.date ?? "",
    document_digest: (one) => one.digest ?? "",
  }),
};

/** @typedef {keyof typeof TABLES} TableName */
const NAMES = /** @type {TableName[]} */ (Object.keys(TABLES));

/** Returns the name of the table that the reader has chosen, or of the first that has rows. */
export function tableShown() {
  const first = UTTERANCES.length ? "utterances" : "things";
  return NAMES.find((name) => name === state.rows && (UTTERANCES.length || name !== "utterances")) ?? first;
}

/**
 * Returns a cell as text or number.
 * @param {Cell} value
 * @returns {string | number}
 */
export const plain = (value) =>
  Array.isArray(value) ? value.map(plain).join("; ") : typeof value === "object" ? value.label : value;

/** @param {TableName} name */
export const headings = (name) => TABLES[name].names.map((column) => t(`column.${column}`));

/**
 * Returns the rows of a table under the filters, the search words and the order of the reader.
 * @param {TableName} name
 */
export function tableRows(name) {
  const words = folded(state.find).split(/\s+/).filter(Boolean);
  const found = TABLES[name].rows().filter((row) => {
    const text = words.length ? folded(row.map(plain).join(" ")) : "";
    return words.every((word) => text.includes(word));
  });
  const [by, way] = state.sort.split(" ");
  const at = TABLES[name].names.indexOf(by);
  if (at < 0) return found;
  const order = new Intl.Collator(LANGUAGE, { numeric: true });
  const compare = (/** @type {string | number} */ a, /** @type {string | number} */ b) =>
    typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b));
  const day = by === "date";
  const sign = way === "down" ? -1 : 1;
  return found
    .map((row) => ({ row, key: plain(row[at]) }))
    .sort((a, b) => sign * (day ? byDay(String(a.key), String(b.key)) : compare(a.key, b.key)))
    .map(({ row }) => row);
}

/** Shows the first rows only, as when the table is opened. */
export function rewindTable() {
  most = PAGE;
}

/** Shows the table; `all` rows for print. */
export function showTable(all = false) {
  const kept = focusedKey(tableBox);
  const caret = document.activeElement instanceof HTMLInputElement ? document.activeElement.selectionStart : null;
  const name = tableShown();
  const found = tableRows(name);
  const shown = found.slice(0, all ? MOST_PRINTED : most);
  const more = () => {
    most += MORE;
    showTable();
  };
  const left = t("more", { count: Math.min(MORE, found.length - shown.length) });
  const names = headings(name);
  const body = shown.map((row) =>
    el(
      "tr",
      {},
      row.map((value, place) => el("td", { data: { name: names[place] } }, cellOf(value))),
    ),
  );
  tableBox.replaceChildren(
    el("h2", {}, t("table")),
    tools(name, found.length),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": t(name) },
      el(
        "table",
        {},
        el("caption", { class: "only-read" }, t(name)),
        el("thead", {}, el("tr", {}, heads(name))),
        el("tbody", {}, body),
      ),
    ),
  );
  if (found.length > shown.length)
    tableBox.append(
      el("button", { type: "button", class: "more", data: { key: "more rows" }, on: { click: more } }, left),
    );
  const again = kept ? keyed(tableBox, kept) : null;
  again?.focus();
  if (kept === "find" && again instanceof HTMLInputElement) again.setSelectionRange(caret, caret);
}

/**
 * @param {TableName} name
 * @param {number} count
 */
function tools(name, count) {
  const tabs = NAMES.filter((one) => one === name || TABLES[one].size()).map((one) => {
    const click = () => choose({ rows: one, sort: "", find: "" }, { keep: true });
    const pressed = { "aria-pressed": String(one === name), data: { key: `rows ${one}` } };
    return el("button", { type: "button", class: "tab", ...pressed, on: { click } }, t(one));
  });
  const hint = { placeholder: t("find_hint"), "aria-label": t("find_hint") };
  const input = el("input", { type: "search", data: { key: "find" }, ...hint });
  input.value = state.find;
  input.addEventListener("input", () => choose({ find: input.value }, { keep: true }));
  return el(
    "div",
    { class: "table-tools" },
    el("div", { role: "group", "aria-label": t("which_table") }, tabs),
    input,
    el("span", { class: "note", role: "status" }, counted("row", count)),
  );
}

/** @param {TableName} name */
function heads(name) {
  const [by, way] = state.sort.split(" ");
  return TABLES[name].names.map((column) => {
    const up = by === column && way !== "down";
    const order = by !== column ? "none" : up ? "ascending" : "descending";
    const sign = by !== column ? "" : up ? " ↑" : " ↓";
    const click = () => choose({ sort: up ? `${column} down` : column }, { keep: true });
    const words = [t(`column.${column}`), el("span", { "aria-hidden": "true" }, sign)];
    const button = el("button", { type: "button", data: { key: `sort ${column}` }, on: { click } }, words);
    return el("th", { scope: "col", "aria-sort": order }, button);
  });
}

/**
 * @param {Cell} value
 * @returns {Child}
 */
function cellOf(value) {
  if (Array.isArray(value)) return value.map((one, place) => [place > 0 && "; ", cellOf(one)]);
  return typeof value === "object" ? goTo(value.id, value.label) : String(value);
}
