// Labels: measured, wrapped, and set down so that none covers another; what finds no room waits for a closer look.

const FONT = { node: '12.5px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
  claim: '12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif' };
const LINE = { node: 14.5, claim: 14 };
const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, kind) {
  const key = kind + text;
  if (!widths.has(key)) { pen.font = FONT[kind]; widths.set(key, pen.measureText(text).width); }
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
  const cut = lines.length > most;
  lines.length = Math.min(lines.length, most);
  for (const [place, text] of lines.entries()) {
    let short = cut && place === most - 1 ? `${text}…` : text;
    while (widthOf(short, kind) > limit * 1.15 && short.length > 2) short = `${short.slice(0, -2).replace(/[\ud800-\udbff]$/, "")}…`;
    lines[place] = short;
  }
  return { lines, width: Math.max(8, ...lines.map((text) => widthOf(text, kind))), height: lines.length * LINE[kind] };
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
      if (other.owner !== owner && overlaps(box, other, gap)) return false;
    return true;
  }
  /** Returns the boxes at a point. */
  at(x, y) { return this.cells.get(`${Math.floor(x / 80)},${Math.floor(y / 80)}`) ?? []; }
}

const boxAround = (x, y, w, h, owner) => ({ x0: x - w / 2, x1: x + w / 2, y0: y - h / 2, y1: y + h / 2, owner });

/** Gives every node a place for its label, the most important first, and returns the room taken. */
function placeLabels(nodes, first) {
  const room = new Room();
  const rank = (node) => (first.has(node.id) ? 1e6 : 0) + (node.value ?? 0);
  const order = [...nodes].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
  for (const node of order) if (!node.isClaim) room.add((node.icon = boxAround(node.px, node.py, node.r * 2.2, node.r * 2.2, node.id)));
  for (const node of order) {
    const { width: w, height: h } = node.text;
    if (node.isClaim) {
      const box = boxAround(node.px, node.py, w + 12, h + 8, node.id);
      node.labelled = room.free(box, node.id);
      node.icon = node.labelled ? box : boxAround(node.px, node.py, 18, 11, node.id);
      node.slot = { x: 0, y: 0 };
      room.add(node.icon);
      continue;
    }
    const below = node.r + 4 + h / 2, beside = node.r + 5 + w / 2;
    const slots = [[0, below], [0, -below], [beside, 0], [-beside, 0], [beside * 0.8, below * 0.8], [-beside * 0.8, below * 0.8],
      [beside * 0.8, -below * 0.8], [-beside * 0.8, -below * 0.8]];
    const found = slots.map(([x, y]) => ({ x, y, box: boxAround(node.px + x, node.py + y, w + 4, h + 2, node.id) }))
      .find((slot) => room.free(slot.box, node.id));
    node.labelled = Boolean(found);
    node.slot = found ?? { x: 0, y: below };
    if (found) room.add(found.box);
  }
  return room;
}
