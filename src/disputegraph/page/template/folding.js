// Organisations first: in a dispute of many voices people are drawn with their organisation, until they are drawn
// apart.

import { DATA, edgeName } from "./data.js";
import { push } from "./multimap.js";
import { state } from "./state.js";

/** Person → the organisation that the person is drawn with. */
export const FOLDS = new Map(Object.entries(DATA.folds ?? {}));
/** Organisation → the people who are drawn with it. @type {Map<string, string[]>} */
export const peopleOf = new Map();
for (const [person, organisation] of FOLDS) push(peopleOf, organisation, person);

/** Views whose people can be drawn with their organisation. */
const FOLDED_VIEWS = ["whom", "claims"];

/** Says whether people of a view can be drawn with their organisation. */
export const canFold = (/** @type {string} */ view) => FOLDS.size > 0 && FOLDED_VIEWS.includes(view);

/** Says whether a person is drawn apart from the organisation: all are, or those of it, or this one. */
export const isApart = (/** @type {string} */ id) =>
  state.fold === "none" || state.select === id || state.open.includes(id) || state.apart.includes(FOLDS.get(id) ?? "");

/** Returns what is drawn for an actor: the organisation, or the actor. */
export const standsFor = (/** @type {string} */ id) => {
  const organisation = FOLDS.get(id);
  return organisation === undefined || isApart(id) ? id : organisation;
};

/**
 * Returns edges between what stands for their ends. Those that fall together are one, which knows its `parts`; an
 * utterance counts once in it. A tie that rests on no utterance is left out where its ends
 * fall together.
 * @param {ViewEdge[]} edges
 * @param {(id: string) => string} standsFor
 * @returns {ViewEdge[]}
 */
export function merged(edges, standsFor) {
  /** @type {Map<string, ViewEdge[]>} */
  const groups = new Map();
  for (const edge of edges) {
    const ends = { from: standsFor(edge.from), to: standsFor(edge.to) };
    if (ends.from === ends.to && edge.from !== edge.to && !edge.utterances.length) continue;
    push(groups, edgeName({ ...edge, ...ends }), edge);
  }
  return [...groups].map(([id, parts]) => {
    const [first] = parts;
    const ends = { from: standsFor(first.from), to: standsFor(first.to) };
    if (parts.length === 1 && ends.from === first.from && ends.to === first.to) return first;
    const utterances = [...new Set(parts.flatMap((part) => part.utterances))].sort((a, b) => a - b);
    return { ...first, ...ends, id, utterances, parts };
  });
}

/** @type {Map<string, { key: string, edges: ViewEdge[] }>} */
const kept = new Map();

/**
 * Returns the edges of a view, those of people as edges of the organisations that they are drawn with.
 * @param {string} view
 */
export function edgesOfView(view) {
  const edges = DATA.views[view]?.edges ?? [];
  if (!canFold(view)) return edges;
  const { fold, open, apart, select } = state;
  const key = JSON.stringify([fold, open, apart, FOLDS.has(select) && select]);
  let found = kept.get(view);
  if (found?.key !== key) {
    found = { key, edges: merged(edges, standsFor) };
    kept.set(view, found);
  }
  return found.edges;
}

/**
 * Returns the people of a view who are drawn with an organisation, by organisation.
 * @param {string} view
 */
export function foldedPeople(view) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  if (!canFold(view)) return found;
  for (const { from, to } of DATA.views[view].edges)
    for (const end of [from, to]) {
      const organisation = standsFor(end);
      if (organisation === end) continue;
      const people = found.get(organisation) ?? new Set();
      found.set(organisation, people.add(end));
    }
  return found;
}

/**
 * Returns the people who are drawn apart in a view.
 * @param {string} view
 */
export const peopleApart = (view) => (canFold(view) ? [...FOLDS.keys()].filter(isApart) : []);
