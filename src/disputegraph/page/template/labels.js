// Labels: measured, wrapped, and set down so that none covers another; what finds no room waits for a closer look.

import { visible } from "./dom.js";
import { stageBox } from "./frame.js";
import { boxAround, inside, Room, within } from "./geometry.js";
import { state } from "./state.js";

/** @typedef {"node" | "claim"} LabelKind */

const FAMILY = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const SIZE = { node: 0, claim: 0 };
/** Height of a line of a label, in pixels. */
export const LINE = { node: 0, claim: 0 };
/** How much larger than usual labels are drawn. */
export let scaleOfLabels = 0;

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
/** @type {Map<string, number>} */
const widths = new Map();

/** Sets the size of labels, which is larger on a large stage. */
export function sizeLabels() {
  const scale = stageBox.clientWidth > 1000 ? 1.12 : 1;
  if (scale === scaleOfLabels) return;
  scaleOfLabels = scale;
  Object.assign(SIZE, { node: 12.5 * scale, claim: 12 * scale });
  Object.assign(LINE, { node: 14.5 * scale, claim: 14 * scale });
  widths.clear();
  stageBox.style.setProperty("--label", `${SIZE.node}px`);
  stageBox.style.setProperty("--claim-label", `${SIZE.claim}px`);
}

/**
 * @param {string} text
 * @param {LabelKind} kind
 */
function widthOf(text, kind) {
  const key = kind + text;
  let width = widths.get(key);
  if (width === undefined) {
    pen.font = `${SIZE[kind]}px ${FAMILY}`;
    width = pen.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/**
 * Returns a label in at most `most` lines of `limit` pixels, the last cut with an ellipsis.
 * @param {string} label
 * @param {LabelKind} kind
 * @param {number} limit
 * @param {number} most
 * @returns {Wrapped}
 */
export function wrapped(label, kind, limit, most) {
  const words = visible(label).split(/\s+/).filter(Boolean);
  const lines = [];
  let line = "";
  for (const word of words) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, kind) > limit) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  // What is too much is cut within the last line, so that it says as much as it can.
  if (lines.length > most) lines.splice(most - 1, lines.length, lines.slice(most - 1).join(" "));
  for (const [place, text] of lines.entries()) {
    let short = text;
    while (widthOf(short, kind) > limit * 1.15 && short.length > 2)
      short = `${short
        .slice(0, -2)
        .replace(/[\ud800-\udbff]$/, "")
        .trimEnd()}…`;
    // Cut between words where there are several: half a word reads as another word.
    lines[place] = short === text ? text : short.replace(/\s+\S*…$/, "…");
  }
  const width = Math.max(8, ...lines.map((text) => widthOf(text, kind)));
  return { lines, short: lines.join(" ") !== words.join(" "), width, height: lines.length * LINE[kind] };
}

/** Width of a claim that has no room for its words. */
const CLAIM_DOT = 9;

/** Ways aside, the nearest first, on widening rings. @type {Point[]} */
export const NUDGES = [[0, 0]];
for (const reach of [8, 16, 26, 38, 52, 66]) {
  for (let turn = 0; turn < 12; turn += 1) {
    const angle = (turn * Math.PI) / 6;
    NUDGES.push([Math.cos(angle) * reach * 1.25, Math.sin(angle) * reach * 0.8]);
  }
}

/** How many marks are named even in a crowd, and how many of the ways aside their labels may go. */
const NAMED = 12;
const FARTHEST = 49;

/**
 * Counts the lines of a node that a box would lie on.
 * @param {SceneNode} node
 * @param {Box} box
 * @param {Point[]} ends
 */
function crossed(node, box, ends) {
  let count = 0;
  for (const [x, y] of ends) {
    const length = Math.hypot(x - node.px, y - node.py) || 1;
    const [dx, dy] = [(x - node.px) / length, (y - node.py) / length];
    for (let step = node.r + 4; step < Math.min(length, 110); step += 8) {
      if (inside(box, [node.px + dx * step, node.py + dy * step])) {
        count += 1;
        break;
      }
    }
  }
  return count;
}

/**
 * Returns where a label may stand, the best first.
 * @param {SceneNode} node
 * @param {boolean} farther also a little away from the mark, and over it at the last
 * @returns {Slot[]}
 */
function slotsOf(node, farther = false) {
  const { width: w, height: h } = node.text;
  const reach = node.r + (node.sure === undefined ? 0 : 5);
  const below = reach + 4 + h / 2;
  const beside = reach + 5 + w / 2;
  const straight = [0, below, 0, -below, beside, 0, -beside, 0];
  const aside = [w / 4, below, -w / 4, below, w / 4, -below, -w / 4, -below];
  const [x, y] = [beside * 0.8, below * 0.8];
  const all = [...straight, ...aside, x, y, -x, y, x, -y, -x, -y];
  /** @type {number[]} */
  const onMark = [];
  for (const [right, down] of farther ? NUDGES.slice(1, FARTHEST) : []) {
    for (let place = 0; place < straight.length; place += 2) {
      const [dx, dy] = [straight[place] + right, straight[place + 1] + down];
      const clear = Math.abs(dx) >= node.r + w / 2 || Math.abs(dy) >= node.r + h / 2;
      (clear ? all : onMark).push(dx, dy);
    }
  }
  all.push(...onMark);
  return Array.from({ length: all.length / 2 }, (_, place) => {
    const [dx, dy] = all.slice(place * 2);
    return { x: dx, y: dy, place, box: boxAround(node.px + dx, node.py + dy, w + 4, h + 2, node.id) };
  });
}

/**
 * Gives every node a place for its label, the most important first, and returns the room taken.
 * @param {SceneNode[]} nodes
 * @param {Set<string>} first nodes that come before others
 * @param {Map<string, Point[]>} endsOf the other ends of a node's lines
 * @param {Stage} stage
 */
export function placeLabels(nodes, first, endsOf, stage) {
  const room = new Room();
  for (const box of stage.taken) room.add(box);
  const rank = (/** @type {SceneNode} */ node) =>
    (node.id === state.select ? 2e6 : first.has(node.id) ? 1e6 : 0) + node.value;
  const order = [...nodes].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  const marks = order.filter((node) => !node.isClaim);
  for (const node of marks) {
    node.icon = boxAround(node.px, node.py, node.r * 2.2, node.r * 2.2, node.id);
    room.add(node.icon);
  }
  const open = (/** @type {Box} */ box, /** @type {SceneNode} */ node) =>
    room.free(box, node.id, node.isClaim ? 2 : 1) && (!stage.whole || within(box, stage));
  /** @type {Map<SceneNode, Slot>} */
  const taken = new Map();
  // First below the mark, where the layout has kept room for it; what finds none there looks around. The most important
  // look
  // around before the others come: a crowd of small ones must not leave them without a name.
  const named = new Set(marks.slice(0, NAMED));
  for (const node of order) {
    if (node.isClaim) {
      placeClaim(node, room, open);
      continue;
    }
    const slots = named.has(node) ? slotsOf(node, true) : slotsOf(node).slice(0, 1);
    const slot = slots.find(({ box }) => open(box, node));
    if (!slot) continue;
    taken.set(node, slot);
    room.add(slot.box);
  }
  // Then each may move to where fewer lines run under it.
  for (const node of marks) {
    const cost = (/** @type {Slot} */ slot) =>
      crossed(node, slot.box, endsOf.get(node.id) ?? []) * 2 + slot.place * 0.7;
    const before = taken.get(node);
    let best = before;
    for (const slot of slotsOf(node)) if ((!best || cost(slot) < cost(best)) && open(slot.box, node)) best = slot;
    if (best && best !== before) {
      if (before) before.box.gone = true;
      room.add(best.box);
    }
    node.labelled = best !== undefined;
    node.slot = best ?? { x: 0, y: 0, place: 0, box: node.icon };
  }
  return room;
}

/**
 * A claim is its label: where there is no room for it, it moves aside a little before it shrinks to a dot, since an
 * empty
 * box would say nothing.
 * @param {SceneNode} node
 * @param {Room} room
 * @param {(box: Box, node: SceneNode) => boolean} open
 */
function placeClaim(node, room, open) {
  const { width: w, height: h } = node.text;
  const spot = (/** @type {number} */ width, /** @type {number} */ height) =>
    NUDGES.map(([x, y]) => boxAround(node.px + x, node.py + y, width, height, node.id)).find((box) => open(box, node));
  const whole = spot(w + 10, h + 6);
  node.labelled = whole !== undefined;
  node.icon = whole ?? spot(CLAIM_DOT, CLAIM_DOT) ?? boxAround(node.px, node.py, CLAIM_DOT, CLAIM_DOT, node.id);
  node.px = (node.icon.x0 + node.icon.x1) / 2;
  node.py = (node.icon.y0 + node.icon.y1) / 2;
  node.slot = { x: 0, y: 0, place: 0, box: node.icon };
  room.add(node.icon);
}
