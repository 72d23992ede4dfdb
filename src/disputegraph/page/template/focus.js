// The light: what is selected or under the pointer stands out with its neighbours.

import { placeOf } from "./data.js";
import { picture, scene } from "./scene.js";
import { state } from "./state.js";

let hovered = "";

/**
 * Says whether an edge belongs to what stands out: it, one of its ends, or one of its utterances.
 * @param {SceneEdge} edge
 * @param {string} at
 */
function belongs(edge, at) {
  const place = placeOf.get(at);
  return [edge.id, edge.from, edge.to].includes(at) || (place !== undefined && edge.utterances.includes(place));
}

/** Returns the nodes that should stand out. */
export function focusSet() {
  const at = hovered || state.select;
  /** @type {Set<string>} */
  const ids = new Set();
  if (!at) return ids;
  if (scene.nodes.has(at)) ids.add(at);
  for (const edge of scene.edges) if (edge.shown && belongs(edge, at)) ids.add(edge.from).add(edge.to);
  return ids;
}

/** Lights the selection and dims the rest. */
export function light() {
  const focus = focusSet();
  const at = hovered || state.select;
  picture.classList.toggle("has-focus", focus.size > 0);
  for (const node of scene.nodes.values()) {
    node.g.classList.toggle("on", focus.has(node.id));
    node.g.classList.toggle("selected", node.id === state.select);
    node.g.setAttribute("aria-pressed", String(node.id === state.select));
  }
  for (const edge of scene.edges) {
    if (!edge.shown) continue;
    const on = at !== "" && belongs(edge, at);
    for (const g of [edge.g, edge.tag]) {
      g?.classList.toggle("on", on);
      g?.classList.toggle("selected", edge.id === state.select);
    }
  }
}

/**
 * Lets something stand out while the pointer or the keyboard is on it; nothing, with an empty name.
 * @param {string} id
 */
export function hover(id) {
  if (id === hovered) return;
  hovered = id;
  light();
}
