// Lines: bent so that they keep clear of names and marks, with room for their number.

const BENDS = [0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.46, -0.46];

const along = (from, bend, to, t) => {
  const u = 1 - t;
  return [u * u * from[0] + 2 * u * t * bend[0] + t * t * to[0], u * u * from[1] + 2 * u * t * bend[1] + t * t * to[1]];
};

const inside = (box, [x, y], gap = 0) => x > box.x0 - gap && x < box.x1 + gap && y > box.y0 - gap && y < box.y1 + gap;

/** Gives every edge its curve: the least bent of those that cross fewest labels. */
function routeEdges(edges, nodes, room) {
  const beside = new Map();
  for (const edge of edges) push(beside, [edge.from, edge.to].sort().join(" "), edge);
  for (const group of beside.values()) {
    for (const [place, edge] of group.entries()) {
      const a = nodes.get(edge.from), b = nodes.get(edge.to);
      // Edges of one pair part by their place; the sign keeps the two directions apart.
      const lane = (place - (group.length - 1) / 2) * 0.17;
      edge.path = a === b ? loop(a, place) : curve(a, b, edge.from < edge.to ? lane : -lane, room);
    }
  }
  for (const edge of edges) if (edge.badge) placeBadge(edge, room);
}

function curve(a, b, lane, room) {
  const from = [a.px, a.py], to = [b.px, b.py];
  const dx = to[0] - from[0], dy = to[1] - from[1];
  const length = Math.hypot(dx, dy) || 1;
  let best = null;
  for (const more of BENDS) {
    const by = lane + more;
    const bend = [from[0] + dx / 2 - dy * by, from[1] + dy / 2 + dx * by];
    let cost = Math.abs(more) * 9 + Math.abs(by) * 3;
    const steps = Math.min(40, Math.max(10, Math.round(length / 9)));
    for (let step = 1; step < steps; step += 1) {
      const point = along(from, bend, to, step / steps);
      for (const box of room.at(...point)) {
        if (box.owner === a.id || box.owner === b.id ? step / steps > 0.12 && step / steps < 0.88 && inside(box, point) && box !== a.icon && box !== b.icon : inside(box, point, 3)) { cost += box.badge ? 1 : 2; break; }
      }
    }
    if (!best || cost < best.cost) best = { cost, bend };
    if (cost <= Math.abs(lane) * 3) break;
  }
  const start = clear(a, from, best.bend, to, false), end = clear(b, from, best.bend, to, true);
  return cut(from, best.bend, to, start, end);
}

/** Returns where a curve leaves the mark of a node. */
function clear(node, from, bend, to, last) {
  const within = ([x, y]) => (node.isClaim ? inside(node.icon, [x, y], last ? 9 : 1)
    : Math.hypot(x - node.px, y - node.py) < node.r + (last ? 10 : 2));
  let low = last ? 0.5 : 0, high = last ? 1 : 0.5;
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    if (within(along(from, bend, to, middle)) === last) high = middle; else low = middle;
  }
  return (low + high) / 2;
}

/** Returns the part of a quadratic curve between two parameters (de Casteljau). */
function cut(p0, p1, p2, t0, t1) {
  const start = along(p0, p1, p2, t0), end = along(p0, p1, p2, t1);
  const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
  const bend = mix(mix(p0, p1, t0), mix(p1, p2, t0), t1);
  return { start, bend, end, angle: Math.atan2(end[1] - bend[1], end[0] - bend[0]) };
}

function loop(node, place) {
  const out = node.r + 16 + place * 9;
  const start = [node.px - node.r * 0.8, node.py - node.r * 0.7], end = [node.px + node.r * 0.9, node.py - node.r - 5];
  return { start, bend: [node.px - 2, node.py - out * 2.1], end, angle: Math.PI / 2 - 0.5 };
}

const shape = ({ start: [a, b], bend: [c, d], end: [e, f] }) =>
  `M${a.toFixed(1)} ${b.toFixed(1)}Q${c.toFixed(1)} ${d.toFixed(1)} ${e.toFixed(1)} ${f.toFixed(1)}`;

function placeBadge(edge, room) {
  const { start, bend, end } = edge.path;
  const width = 9 + edge.badge.length * (edge.badge.length > 6 ? 5.8 : 7);
  let spot = null;
  for (const t of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
    const [x, y] = along(start, bend, end, t);
    const box = boxAround(x, y, width, 16, edge.id);
    if (room.free(box, edge.id, 0)) { spot = { x, y, width, box }; break; }
  }
  const [mx, my] = along(start, bend, end, 0.5);
  for (const [dx, dy] of spot ? [] : NUDGES) {
    const box = boxAround(mx + dx, my + dy, width, 16, edge.id);
    if (room.free(box, edge.id, 0)) { spot = { x: mx + dx, y: my + dy, width, box }; break; }
  }
  if (!spot) { const [x, y] = along(start, bend, end, 0.5); spot = { x, y, width, box: null }; }
  if (spot.box) room.add({ ...spot.box, badge: true });
  edge.spot = spot;
}
