// What the reader has chosen, kept in the URL fragment: a link reopens the same view, selection and filters.

const VIEWS = [...Object.keys(DATA.views), ...(UTTERANCES.length ? ["time"] : []), "table"];
const LISTS = ["hide", "open"];
const WORDS = ["view", "select", "speaker", "document", "from", "to", "min", "heard", "find", "sort", "rows", "spread"];
const BEGIN = { view: VIEWS[0], select: "", speaker: "", document: "", from: "", to: "", min: "", heard: "", find: "",
  sort: "", rows: "utterances", spread: "", hide: [], open: [] };

const state = { ...BEGIN };
const watchers = [];

/** Calls `act(changed)` whenever something is chosen; `changed` is the set of what is new. */
const watch = (act) => watchers.push(act);

/** Changes what is chosen, redraws, and writes the address; a new view or selection can be gone back from. */
function choose(change, { keep = false } = {}) {
  const changed = Object.keys(change).filter((name) => String(state[name]) !== String(change[name]));
  if (!changed.length) return;
  Object.assign(state, change);
  write(!keep && changed.some((name) => name === "view" || name === "select"));
  for (const act of watchers) act(new Set(changed));
}

function fragment(change = {}) {
  const chosen = { ...state, ...change };
  const words = new URLSearchParams();
  for (const name of WORDS) if (chosen[name] !== BEGIN[name]) words.set(name, chosen[name]);
  for (const name of LISTS) for (const value of chosen[name]) words.append(name, value);
  return `#${words}`;
}

function write(step) {
  // In a frame without an address of its own (a notebook) there is nothing to write to.
  try { history[step ? "pushState" : "replaceState"](null, "", fragment()); } catch { /* the view works all the same */ }
}

function read() {
  const words = new URLSearchParams(location.hash.slice(1));
  const chosen = { ...BEGIN, hide: [], open: [] };
  for (const name of WORDS) if (words.has(name)) chosen[name] = words.get(name);
  for (const name of LISTS) chosen[name] = words.getAll(name);
  if (!VIEWS.includes(chosen.view)) chosen.view = BEGIN.view;
  return chosen;
}

function reopen() {
  const chosen = read();
  const changed = Object.keys(chosen).filter((name) => String(state[name]) !== String(chosen[name]));
  Object.assign(state, chosen);
  if (changed.length) for (const act of watchers) act(new Set(changed));
}

addEventListener("popstate", reopen);
addEventListener("hashchange", reopen);
