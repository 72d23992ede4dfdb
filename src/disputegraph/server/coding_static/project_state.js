// What the page knows of the project: the open text with its entries, and the names of everything else.

import { CodePoints } from "./code_points.js";
import { candidate } from "./name_ranking.js";
import { ask, change } from "./project_client.js";
import { TextMap } from "./text_map.js";

/** @import { Candidate } from "./name_ranking.js" */

/**
 * A text that is open.
 * @typedef {object} OpenText
 * @property {string} iri
 * @property {string} label
 * @property {TextMap} map
 * @property {CodePoints} points
 * @property {Map<string, Entry>} entries
 */

export const state = {
  project: /** @type {ProjectAnswer} */ (/** @type {unknown} */ (null)),
  revision: 0,
  open: /** @type {OpenText | null} */ (null),
  catalogue: /** @type {Map<string, CatalogueRow>} */ (new Map()),
};

// Who wants to know: "open" (another text), "entries" (changed in the open text), "catalogue" (names changed).

/** @type {Map<string, ((iris: string[]) => void)[]>} */
const watchers = new Map();

/**
 * @param {"open" | "entries" | "catalogue"} what
 * @param {(iris: string[]) => void} act
 */
export const on = (what, act) => watchers.set(what, [...(watchers.get(what) ?? []), act]);

/**
 * @param {"open" | "entries" | "catalogue"} what
 * @param {string[]} [iris]
 */
function tell(what, iris = []) {
  if (what === "catalogue") candidatesByKinds.clear();
  for (const act of watchers.get(what) ?? []) act(iris);
}

export async function loadProject() {
  state.project = await ask("project");
  state.revision = state.project.revision;
}

export async function loadCatalogue() {
  const { entries } = await ask("entries");
  state.catalogue = new Map(entries.map((/** @type {CatalogueRow} */ row) => [row.iri, row]));
  tell("catalogue");
}

/** @param {string} iri */
export async function openText(iri) {
  const { label, text, entries } = await ask("document", { iri });
  state.open = {
    iri,
    label,
    map: new TextMap(text, state.project.language),
    points: new CodePoints(text),
    entries: new Map(entries.map((/** @type {Entry} */ entry) => [entry.iri, entry])),
  };
  tell("open");
}

/**
 * Loads the entries of the open text anew, leaves everything else where it is, and returns the revision they are of.
 * @returns {Promise<number>}
 */
export async function refreshText() {
  const { open } = state;
  if (!open) return state.revision;
  const { text, entries, revision } = await ask("document", { iri: open.iri });
  if (text !== open.map.text) {
    await openText(open.iri);
    return revision;
  }
  const fresh = new Map(entries.map((/** @type {Entry} */ entry) => [entry.iri, entry]));
  const known = new Set([...open.entries.keys(), ...fresh.keys()]);
  const different = [...known].filter(
    (iri) => JSON.stringify(open.entries.get(iri)) !== JSON.stringify(fresh.get(iri)),
  );
  open.entries = fresh;
  if (different.length) tell("entries", different);
  return revision;
}

/**
 * Changes the project and takes in what came of it.
 * @param {string} path
 * @param {object} body
 */
export function alter(path, body) {
  // By its name the server can tell a change that is sent again, because its answer was lost, from a new one.
  const request = crypto.randomUUID();
  return change(path, () => ({ ...body, request, revision: state.revision }), takeIn);
}

/** @param {ChangeAnswer} answer */
function takeIn(answer) {
  state.revision = answer.revision ?? state.revision;
  answer.label ??= answer.done;
  const changed = [];
  for (const entry of answer.entries ?? []) {
    changed.push(entry.iri);
    const { iri, kind, label, fields } = entry;
    const row = state.catalogue.get(iri);
    state.catalogue.set(iri, {
      iri,
      kind,
      label,
      aliases: /** @type {string[]} */ (fields.aliases ?? []),
      uses: row?.uses ?? 0,
    });
    if (!row) for (const value of Object.values(fields).flat()) countUse(value);
    if (!state.open) continue;
    if (spansOf(entry).length) state.open.entries.set(entry.iri, entry);
    else state.open.entries.delete(entry.iri);
  }
  for (const iri of answer.removed ?? []) {
    changed.push(iri);
    state.catalogue.delete(iri);
    state.open?.entries.delete(iri);
  }
  if (!changed.length) return;
  tell("catalogue", changed);
  tell("entries", changed);
}

/** @param {FieldValue} value */
function countUse(value) {
  const row = typeof value === "string" ? state.catalogue.get(value) : undefined;
  if (row) row.uses += 1;
}

/** @param {string} kind */
export const isStatement = (kind) => kind === "Utterance" || kind === "ReportedUtterance";

/** Tells whether a statement no longer stands. @param {Entry} entry */
export const isWithdrawn = (entry) => Boolean(entry.withdrawn_by?.length || entry.withdrawn?.length);

/** @param {string} iri */
export const labelOf = (iri) => state.catalogue.get(iri)?.label ?? iri.replace(/^.*[/#]/, "");

/** @param {string} kind */
export const kindLabel = (kind) => state.project.forms[kind]?.label ?? kind;

/** @param {Evidence} evidence @returns {Span} */
export function spanOf({ start, end }) {
  const points = state.open?.points;
  return points ? { start: points.toUnit(start), end: points.toUnit(end) } : { start, end };
}

/** @param {Span} span @returns {Evidence} */
export function evidenceOf({ start, end }) {
  if (!state.open) throw new Error("no text is open");
  const { iri, points } = state.open;
  return { document: iri, start: points.toPoint(start), end: points.toPoint(end) };
}

/**
 * Returns where in the open text an entry has its evidence, in the text's order.
 * @param {Entry} entry
 * @returns {Span[]}
 */
export const spansOf = (entry) =>
  /** @type {Evidence[]} */ (entry.fields.evidence ?? [])
    .filter((one) => one.document === state.open?.iri)
    .map(spanOf)
    .sort((a, b) => a.start - b.start);

/** @type {Map<string, Candidate[]>} */
const candidatesByKinds = new Map();

/**
 * Returns what type-ahead chooses among.
 * @param {string[]} kinds all kinds where there are none
 */
export function candidates(kinds) {
  const key = kinds.join(" ");
  let found = candidatesByKinds.get(key);
  if (!found) {
    const wanted = new Set(kinds);
    found = [...state.catalogue.values()]
      .filter((row) => (kinds.length ? wanted.has(row.kind) : true))
      .map((row) => candidate({ ...row, help: kindLabel(row.kind) }));
    candidatesByKinds.set(key, found);
  }
  return found;
}
