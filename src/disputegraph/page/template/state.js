// What the reader has chosen, kept in the URL fragment: a link reopens the same view, selection and filters.

import { DATA, UTTERANCES } from "./data.js";

export const VIEWS = [...Object.keys(DATA.views), ...(UTTERANCES.length ? ["time"] : []), "table"];

/** @type {Readonly<State>} */
export const BEGIN = {
  view: VIEWS[0],
  select: "",
  speaker: "",
  document: "",
  from: "",
  to: "",
  min: "",
  heard: "",
  find: "",
  sort: "",
  rows: "utterances",
  spread: "",
  fold: "",
  hide: [],
  open: [],
  apart: [],
};

const FIELDS = /** @type {(keyof State)[]} */ (Object.keys(BEGIN));

/** @type {State} */
export const state = { ...BEGIN };

/** @type {((changed: Set<string>) => void)[]} */
const watchers = [];

/**
 * Calls `act(changed)` whenever something is chosen; `changed` is the set of what is new.
 * @param {(changed: Set<string>) => void} act
 */
export const watch = (act) => watchers.push(act);

/**
 * Takes over what is new, and tells the watchers.
 * @param {Partial<State>} change
 */
function turn(change) {
  const names = /** @type {(keyof State)[]} */ (Object.keys(change));
  const changed = new Set(names.filter((name) => String(state[name]) !== String(change[name])));
  if (!changed.size) return;
  Object.assign(state, change);
  for (const act of watchers) act(changed);
}

/**
 * Changes what is chosen, redraws, and writes the address; a new view or selection can be gone back from.
 * @param {Partial<State>} change
 */
export function choose(change, { keep = false } = {}) {
  const next = { ...state, ...change };
  const step = !keep && (next.view !== state.view || next.select !== state.select);
  // In a frame without an address of its own (a notebook) there is nothing to write to.
  try {
    history[step ? "pushState" : "replaceState"](null, "", fragment(change));
  } catch {
    /* the view works all the same */
  }
  turn(change);
}

/** @param {Partial<State>} change */
export function fragment(change = {}) {
  const chosen = { ...state, ...change };
  const words = new URLSearchParams();
  for (const name of FIELDS) {
    const value = chosen[name];
    if (Array.isArray(value)) for (const one of value) words.append(name, one);
    else if (value !== BEGIN[name]) words.set(name, value);
  }
  return `#${words}`;
}

/** @returns {State} */
function read() {
  // A page that is embedded is told by its query (?view=claims) what to open with; the fragment says what was chosen
  // since.
  const words = new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search);
  const entries = FIELDS.map((name) => [
    name,
    Array.isArray(BEGIN[name]) ? words.getAll(name) : (words.get(name) ?? BEGIN[name]),
  ]);
  const chosen = Object.fromEntries(entries);
  if (chosen.view === "camps") chosen.view = "coalitions"; // the name in links to pages of version 0.1
  if (!VIEWS.includes(chosen.view)) chosen.view = BEGIN.view;
  return chosen;
}

/** Takes over what the address says. */
export const reopen = () => turn(read());

addEventListener("popstate", reopen);
addEventListener("hashchange", reopen);
