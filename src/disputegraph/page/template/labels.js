// Labels: measured, wrapped, and set down so that none covers another; what finds no room waits for a closer look.

const FAMILY = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const SIZE = {}, LINE = {};
let scaleOfLabels = 1;

/** Sets the size of labels, which is larger on a large stage. */
function setLabels(scale) {
  if (scale === scaleOfLabels && SIZE.node) return;
  scaleOfLabels = scale;
  Object.assign(SIZE, { node: 12.5 * scale, claim: 12 * scale });
  Object.assign(LINE, { node: 14.5 * scale, claim: 14 * scale });
  widths.clear();
  stageBox.style.setProperty("--label", `${SIZE.node}px`);
  stageBox.style.setProperty("--claim-label", `${SIZE.claim}px`);
}
const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, kind) {
  const key = kind + text;
  if (!widths.has(key)) { pen.font = `${SIZE[kind]}px ${FAMILY}`; widths.set(key, pen.measureText(text).width); }
  return widths.get(key);
}

/** Returns a label in at most `most` lines of `limit` pixels, the last cut with an ellipsis. */
function wrapped(label, kind, limit, most) {
  const lines = [];
  let line = "";
  for (const word of visible(label).split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, kind) <= limit || !line) line = longer;
    else { lines.push(line); line = word; }
  }
  if (line) lines.push(line);
  // What is too much is cut within the last line, so that it says as much as it can.
  if (lines.length > most) lines.splice(most - 1, lines.length, lines.slice(most - 1).join(" "));
  for (const [place, text] of lines.entries()) {
    let short = text;
    while (widthOf(short, kind) > limit * 1.15 && short.length > 2) short = `${short.slice(0, -2).replace(/[\ud800-\udbff]$/, "").trimEnd()}…`;
    // Cut between words where there are several: half a word reads as another word.
    lines[place] = short === text ? text : short.replace(/\s+\S*…$/, "…");
  }
  return { lines, short: lines.join(" ") !== visible(label).trim().replace(/\s+/g, " "), width: Math.max(8, ...lines.map((text) => widthOf(text, kind))), height: lines.length * LINE[kind] };
}

const overlaps = (a, b, gap = 0) => a.x0 - gap < b.x1 && b.x0 - gap < a.x1 && a.y0 - gap < b.y1 && b.y0 - gap < a.y1;

/** Boxes that lie on the stage, looked up by place. */
class Room {
  constructor() { this.cells = new Map(); }
  * near(box) {
    for (let i = Math.floor(box.x0 / 80); i <= Math.floor(box.x1 / 80); i += 1)
      for (let j = Math.floor(box.y0 / 80); j <= Math.floor(box.y1 / 80); j += 1) yield `${i},${j}`;
  }
  add(box) { for (const cell of this.near(box)) push(this.cells, cell, box); }
  free(box, owner, gap = 1) {
    for (const cell of this.near(box)) for (const other of this.cells.get(cell) ?? [])
      if (other.owner !== owner && !other.gone && overlaps(box, other, gap)) return false;
    return true;
  }
  /** Returns the boxes at a point. */
  at(x, y) { return (this.cells.get(`${Math.floor(x / 80)},${Math.floor(y / 80)}`) ?? []).filter((box) => !box.gone); }
}

const boxAround = (x, y, w, h, owner) => ({ x0: x - w / 2, x1: x + w / 2, y0: y - h / 2, y1: y + h / 2, owner });

const NUDGES = [[0, 0], ...[8, 16, 26, 38, 52, 66].flatMap((reach) => Array.from({ length: 12 }, (_, turn) =>
  [Math.cos((turn * Math.PI) / 6) * reach * 1.25, Math.sin((turn * Math.PI) / 6) * reach * 0.8]))];

const within = (box, stage) => box.x0 >= stage.x0 && box.x1 <= stage.x1 && box.y0 >= stage.y0 && box.y1 <= stage.y1;

/** Counts the lines of a node that a box would lie on. */
function crossed(node, box, ends) {
  let count = 0;
  for (const [x, y] of ends) {
    const length = Math.hypot(x - node.px, y - node.py) || 1;
    for (let step = node.r + 4; step < Math.min(length, 110); step += 8) {
      if (inside(box, [node.px + ((x - node.px) / length) * step, node.py + ((y - node.py) / length) * step])) { count += 1; break; }
    }
  }
  return count;
}

const slotsOf = (node) => {
  const { width: w, height: h } = node.text;
  const reach = node.r + (node.sure === undefined ? 0 : 5);
  const below = reach + 4 + h / 2, beside = reach + 5 + w / 2;
  return [[0, below], [0, -below], [beside, 0], [-beside, 0], [w * 0.25, below], [-w * 0.25, below], [w * 0.25, -below], [-w * 0.25, -below],
    [beside * 0.8, below * 0.8], [-beside * 0.8, below * 0.8], [beside * 0.8, -below * 0.8], [-beside * 0.8, -below * 0.8]]
    .map(([x, y], place) => ({ x, y, place, box: boxAround(node.px + x, node.py + y, w + 4, h + 2, node.id) }));
};

/** Gives every node a place for its label, the most important first, and returns the room taken. */
function placeLabels(nodes, first, endsOf, stage) {
  const room = new Room();
  for (const box of stage.taken) room.add(box);
  const rank = (node) => (node.id === state.select ? 2e6 : first.has(node.id) ? 1e6 : 0) + (node.value ?? 0);
  const order = [...nodes].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  for (const node of order) if (!node.isClaim) room.add((node.icon = boxAround(node.px, node.py, node.r * 2.2, node.r * 2.2, node.id)));
  const open = (slot, node) => room.free(slot.box, node.id, node.isClaim ? 2 : 1) && (!stage.whole || within(slot.box, stage));
  // First below the mark, where the layout has kept room for it; what finds none there looks around.
  for (const node of order) {
    if (node.isClaim) { placeClaim(node, room, open); continue; }
    const slot = slotsOf(node)[0];
    node.slot = open(slot, node) ? slot : null;
    if (node.slot) room.add(slot.box);
  }
  // Then each may move to where fewer lines run under it.
  for (const node of order) {
    if (node.isClaim) continue;
    const cost = (slot) => crossed(node, slot.box, endsOf.get(node.id) ?? []) * 2 + slot.place * 0.7;
    let best = node.slot;
    for (const slot of slotsOf(node)) if ((!best || cost(slot) < cost(best)) && open(slot, node)) best = slot;
    if (best !== node.slot) {
      if (node.slot) node.slot.box.gone = true;
      room.add(best.box);
    }
    node.labelled = Boolean(best);
    node.slot = best ?? { x: 0, y: 0 };
  }
  return room;
}

/** A claim is its label: where there is no room for it, it moves aside a little before it shrinks to a mark. */
function placeClaim(node, room, open) {
  const { width: w, height: h } = node.text;
  const spot = NUDGES.map(([x, y]) => boxAround(node.px + x, node.py + y, w + 10, h + 6, node.id)).find((box) => open({ box }, node));
  node.labelled = Boolean(spot);
  node.icon = spot ?? NUDGES.map(([x, y]) => boxAround(node.px + x, node.py + y, 18, 11, node.id)).find((box) => open({ box }, node)) ?? boxAround(node.px, node.py, 18, 11, node.id);
  node.px = (node.icon.x0 + node.icon.x1) / 2;
  node.py = (node.icon.y0 + node.icon.y1) / 2;
  node.slot = { x: 0, y: 0 };
  room.add(node.icon);
}
