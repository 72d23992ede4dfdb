// Lines: bent so that they keep clear of names and marks, with room for their number.

import { along, boxAround, cut, inside } from "./geometry.js";
import { NUDGES } from "./labels.js";
import { push } from "./multimap.js";
import { lineEnd } from "./shapes.js";

/** @typedef {import("./geometry.js").Room} Room */

const BENDS = [0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.46, -0.46];

/**
 * Gives every edge its curve: the least bent of those that cross fewest labels.
 * @param {SceneEdge[]} edges
 * @param {Map<string, SceneNode>} nodes
 * @param {Room} room
 */
export function routeEdges(edges, nodes, room) {
  /** @type {Map<string, SceneEdge[]>} */
  const beside = new Map();
  for (const edge of edges) push(beside, [edge.from, edge.to].sort().join(" "), edge);
  for (const group of beside.values()) {
    for (const [place, edge] of group.entries()) {
      const [a, b] = [edge.from, edge.to].map((id) => /** @type {SceneNode} */ (nodes.get(id)));
      // Edges of one pair part by their place; the sign keeps the two directions apart.
      const lane = (place - (group.length - 1) / 2) * 0.17;
      const gap = edge.arrows !== "" && lineEnd(edge.kind, [0, 0], 0) ? 9 : 0; // what its end sticks out
      edge.path = a === b ? loop(a, place) : curve(a, b, edge.from < edge.to ? lane : -lane, gap, room);
    }
  }
  for (const edge of edges) if (edge.badge) placeBadge(edge, room);
}

/**
 * @param {SceneNode} a
 * @param {SceneNode} b
 * @param {number} lane how far the curve is bent at least
 * @param {number} gap how long the end of the line is
 * @param {Room} room
 */
function curve(a, b, lane, gap, room) {
  /** @type {Point[]} */
  const [from, to] = [a, b].map((node) => [node.px, node.py]);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const steps = Math.min(40, Math.max(10, Math.round(Math.hypot(dx, dy) / 9)));
  let least = Number.POSITIVE_INFINITY;
  let best = from;
  for (const more of BENDS) {
    const by = lane + more;
    /** @type {Point} */
    const bend = [from[0] + dx / 2 - dy * by, from[1] + dy / 2 + dx * by];
    let cost = Math.abs(more) * 9 + Math.abs(by) * 3;
    for (let step = 1; step < steps; step += 1) {
      const t = step / steps;
      const point = along(from, bend, to, t);
      const hit = room.at(point).find((box) => {
        if (box.owner !== a.id && box.owner !== b.id) return inside(box, point, 3);
        return t > 0.12 && t < 0.88 && box !== a.icon && box !== b.icon && inside(box, point);
      });
      if (hit) cost += hit.badge ? 1 : 2;
    }
    if (cost < least) [least, best] = [cost, bend];
    if (cost <= Math.abs(lane) * 3) break;
  }
  const [start, end] = [clear(a, from, best, to, false, 1), clear(b, from, best, to, true, gap)];
  return cut(from, best, to, Math.min(start, end), end);
}

/**
 * Returns where a curve leaves the mark of a node.
 * @param {SceneNode} node
 * @param {Point} from
 * @param {Point} bend
 * @param {Point} to
 * @param {boolean} last the node stands at the end of the curve
 * @param {number} gap how far from the mark it ends
 */
function clear(node, from, bend, to, last, gap) {
  const within = (/** @type {Point} */ [x, y]) =>
    node.isClaim ? inside(node.icon, [x, y], gap) : Math.hypot(x - node.px, y - node.py) < node.r + gap + 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < 14; step += 1) {
    const middle = (low + high) / 2;
    if (within(along(from, bend, to, middle)) === last) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/**
 * @param {SceneNode} node
 * @param {number} place
 * @returns {Curve}
 */
function loop({ px, py, r }, place) {
  const out = r + 16 + place * 9;
  const end = /** @type {Point} */ ([px + r * 0.9, py - r - 5]);
  return { start: [px - r * 0.8, py - r * 0.7], bend: [px - 2, py - out * 2.1], end, angle: Math.PI / 2 - 0.5 };
}

/**
 * @param {SceneEdge} edge
 * @param {Room} room
 */
function placeBadge(edge, room) {
  const { start, bend, end } = edge.path;
  const width = 9 + edge.badge.length * (edge.badge.length > 6 ? 5.8 : 7);
  const middle = along(start, bend, end, 0.5);
  const spots = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map((t) => along(start, bend, end, t));
  for (const [dx, dy] of NUDGES) spots.push([middle[0] + dx, middle[1] + dy]);
  for (const [x, y] of spots) {
    const box = boxAround(x, y, width, 16, edge.id);
    if (!room.free(box, edge.id, 0)) continue;
    room.add({ ...box, badge: true });
    edge.spot = { x, y, width };
    return;
  }
  edge.spot = { x: middle[0], y: middle[1], width };
}
