// Geometry of the stage: boxes, quadratic curves, hulls. Nothing here knows the document.

import { push } from "./multimap.js";

/**
 * @param {Box} a
 * @param {Box} b
 */
export const overlaps = (a, b, gap = 0) =>
  a.x0 - gap < b.x1 && b.x0 - gap < a.x1 && a.y0 - gap < b.y1 && b.y0 - gap < a.y1;

/**
 * @param {Box} box
 * @param {Point} point
 */
export const inside = (box, [x, y], gap = 0) =>
  x > box.x0 - gap && x < box.x1 + gap && y > box.y0 - gap && y < box.y1 + gap;

/**
 * @param {Box} box
 * @param {Box} stage
 */
export const within = (box, stage) =>
  box.x0 >= stage.x0 && box.x1 <= stage.x1 && box.y0 >= stage.y0 && box.y1 <= stage.y1;

/**
 * Returns the box of that size around a point.
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 * @param {string} [owner]
 * @returns {Box}
 */
export const boxAround = (x, y, w, h, owner) => ({ x0: x - w / 2, x1: x + w / 2, y0: y - h / 2, y1: y + h / 2, owner });

const CELL = 80;

/** Boxes that lie on the stage, looked up by place. */
export class Room {
  /** @type {Map<string, Box[]>} */
  cells = new Map();

  /** @param {Box} box */
  *near(box) {
    for (let i = Math.floor(box.x0 / CELL); i <= Math.floor(box.x1 / CELL); i += 1)
      for (let j = Math.floor(box.y0 / CELL); j <= Math.floor(box.y1 / CELL); j += 1) yield `${i},${j}`;
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of this.near(box)) push(this.cells, cell, box);
  }

  /**
   * Says whether a box would cover none but those of its owner.
   * @param {Box} box
   * @param {string} owner
   */
  free(box, owner, gap = 1) {
    for (const cell of this.near(box))
      for (const other of this.cells.get(cell) ?? [])
        if (other.owner !== owner && !other.gone && overlaps(box, other, gap)) return false;
    return true;
  }

  /**
   * Returns the boxes at a point.
   * @param {Point} point
   */
  at([x, y]) {
    return (this.cells.get(`${Math.floor(x / CELL)},${Math.floor(y / CELL)}`) ?? []).filter((box) => !box.gone);
  }
}

/**
 * @param {Point} a
 * @param {Point} b
 * @param {number} t
 * @returns {Point}
 */
const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/**
 * Returns the point of a quadratic curve at a parameter from 0 to 1.
 * @param {Point} from
 * @param {Point} bend
 * @param {Point} to
 * @param {number} t
 */
export const along = (from, bend, to, t) => mix(mix(from, bend, t), mix(bend, to, t), t);

/**
 * Returns the part of a quadratic curve between two parameters (de Casteljau).
 * @param {Point} from
 * @param {Point} bend
 * @param {Point} to
 * @param {number} t0
 * @param {number} t1
 * @returns {Curve}
 */
export function cut(from, bend, to, t0, t1) {
  const start = along(from, bend, to, t0);
  const end = along(from, bend, to, t1);
  const middle = mix(mix(from, bend, t0), mix(bend, to, t0), t1);
  return { start, bend: middle, end, angle: Math.atan2(end[1] - middle[1], end[0] - middle[0]) };
}

/**
 * Returns a curve moved aside.
 * @param {Curve} curve
 * @param {number} by
 * @returns {Curve}
 */
export function shifted({ start, bend, end, angle }, by) {
  const across = Math.atan2(end[1] - start[1], end[0] - start[0]) + Math.PI / 2;
  const go = (/** @type {Point} */ [x, y]) =>
    /** @type {Point} */ ([x + Math.cos(across) * by, y + Math.sin(across) * by]);
  return { start: go(start), bend: go(bend), end: go(end), angle };
}

/**
 * Returns a curve as the data of an SVG path.
 * @param {Curve} curve
 */
export function pathOf({ start, bend, end }) {
  const [a, b, c] = [start, bend, end].map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `M${a}Q${b} ${c}`;
}

/**
 * Returns the convex hull of points (Andrew's monotone chain).
 * @param {Point[]} points
 */
export function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (/** @type {Point[]} */ list) => {
    /** @type {Point[]} */
    const found = [];
    for (const p of list) {
      while (found.length > 1) {
        const [a, b] = found.slice(-2);
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        found.pop();
      }
      found.push(p);
    }
    return found.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/**
 * Returns an arc around the origin that begins at the top: of a share of 1, the whole ring.
 * @param {number} r
 * @param {number} share from 0 to 1
 */
export function arc(r, share) {
  if (share > 0.999) return `M0 ${-r}A${r} ${r} 0 1 1 -0.01 ${-r}`;
  const angle = Math.max(0, share) * 2 * Math.PI;
  const end = `${(Math.sin(angle) * r).toFixed(2)} ${(-Math.cos(angle) * r).toFixed(2)}`;
  return `M0 ${-r}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${end}`;
}

/**
 * Returns a closed ring of points as a path whose corners are rounded off.
 * @param {Point[]} ring
 * @param {number} by how far before and after a corner the rounding begins
 */
export function rounded(ring, by) {
  const toward = (/** @type {Point} */ a, /** @type {Point} */ b) => {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const share = Math.min(by / length, 0.5);
    return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share].map((value) => value.toFixed(1)).join(" ");
  };
  const steps = ring.map((corner, place) => {
    const [before, after] = [ring.at(place - 1) ?? corner, ring[(place + 1) % ring.length]];
    return `${toward(corner, before)}Q${corner.map((value) => value.toFixed(1)).join(" ")} ${toward(corner, after)}`;
  });
  return `M${steps.join("L")}Z`;
}
