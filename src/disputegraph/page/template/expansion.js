// Nodes of a big dispute that are drawn on demand: when a neighbour is expanded, or one is found by searching.

import { claims, DATA, kindOf, labelOf, things } from "./data.js";
import { edgesOfView, FOLDS } from "./folding.js";
import { push, tick } from "./multimap.js";

/** @type {WeakMap<ViewEdge[], Map<string, ViewEdge[]>>} */
const indexed = new WeakMap();

/**
 * Returns the edges of a node in a view, drawn or not.
 * @param {string} view
 * @param {string} id
 */
export function edgesOf(view, id) {
  const edges = edgesOfView(view);
  let found = indexed.get(edges);
  if (!found) {
    found = new Map();
    for (const edge of edges) for (const end of new Set([edge.from, edge.to])) push(found, end, edge);
    indexed.set(edges, found);
  }
  return found.get(id) ?? [];
}

/** Places that are looked at before one is taken that is not free. */
const MOST_TURNS = 120;

/** Says whether nodes can be added to a view. */
const grows = (/** @type {string} */ view) => view === "whom" || view === "claims";

/**
 * Returns the neighbours of a node that are not drawn, the busiest first.
 * @param {string} view
 * @param {string} id
 * @param {{ has: (id: string) => boolean }} drawn
 */
export function undrawn(view, id, drawn) {
  /** @type {Map<string, number>} */
  const count = new Map();
  for (const edge of grows(view) ? edgesOf(view, id) : []) {
    const other = edge.from === id ? edge.to : edge.from;
    if (!drawn.has(other) && edge.utterances.length) tick(count, other, edge.utterances.length);
  }
  return [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([other]) => other);
}

/**
 * Returns the nodes of a view and those that are wanted besides, each set down near a neighbour that is there.
 * @param {string} view
 * @param {string[]} wanted
 */
export function enlarged(view, wanted) {
  const nodes = new Map(DATA.views[view].nodes.map((node) => [node.id, node]));
  /** @type {Map<string, number>} */
  const around = new Map();
  for (const id of grows(view) ? wanted : []) {
    if (nodes.has(id) || !(things.has(id) || (view === "claims" && claims.has(id)))) continue;
    const mine = edgesOf(view, id);
    const own = FOLDS.get(id) ?? "";
    if (own && !mine.length) continue;
    const others = mine.map((edge) => (edge.from === id ? edge.to : edge.from)).filter((other) => nodes.has(other));
    const beside = (nodes.has(own) ? own : others[0]) ?? "";
    const from = nodes.get(beside) ?? { x: 0, y: 0, tall: [0, 0] };
    let [turn, dx, dy] = [around.get(beside) ?? 0, 0, 0];
    const taken = () =>
      [...nodes.values()].some((node) => Math.abs(node.x - from.x - dx) < 46 && Math.abs(node.y - from.y - dy) < 34);
    // Golden-angle spiral: every further node finds a free place.
    do {
      const [angle, reach] = [turn * 2.39996, (own ? 60 : 90) + 16 * Math.sqrt(turn)];
      [dx, dy] = [Math.round(Math.cos(angle) * reach), Math.round(Math.sin(angle) * reach * 0.8)];
      turn += 1;
    } while (turn % MOST_TURNS && taken());
    around.set(beside, turn);
    nodes.set(id, {
      id,
      label: labelOf(id),
      kind: kindOf(id),
      value: mine.reduce((sum, edge) => sum + edge.utterances.length, 0),
      x: from.x + dx,
      y: from.y + dy,
      tall: [from.tall[0] + dx, from.tall[1] + dy],
      known: things.get(id)?.introducedBy ? "claim" : undefined,
    });
  }
  return [...nodes.values()];
}
