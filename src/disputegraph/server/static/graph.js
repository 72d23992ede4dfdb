// A small graph of a result: springs along the edges, nodes pushing each other away (Fruchterman and Reingold 1991).

import { el, shortened, svg } from "./dom.js";

const MOST = 150,
  STEPS = 250,
  LONGEST = 170,
  MARGIN = 24;

export function drawGraph(place, edges, prefixes) {
  // Drawn at the size it is shown in, so that names are as large on a telephone as elsewhere.
  const room = {
    width: Math.max(place.clientWidth, 300),
    height: Math.max(Math.min(0.65 * innerHeight, place.clientWidth), 300),
  };
  const nodes = new Map();
  const node = (term) => {
    const id = `${term.type} ${term.value}`;
    if (!nodes.has(id)) {
      const angle = nodes.size * 2.399963; // the golden angle spreads the first places evenly
      const away = 20 * Math.sqrt(nodes.size);
      nodes.set(id, {
        id,
        term,
        x: room.width / 2 + away * Math.cos(angle),
        y: room.height / 2 + away * Math.sin(angle),
        beside: 0,
      });
    }
    return nodes.get(id);
  };
  const lines = edges.map(({ from, by, to }) => ({ a: node(from), b: node(to), by }));
  if (nodes.size > MOST) {
    place.replaceChildren(
      el(
        "p",
        {},
        `The result has ${nodes.size} nodes; up to ${MOST} are drawn. Narrow the query, or download it and open it in Gephi.`,
      ),
    );
    return;
  }
  settle([...nodes.values()], lines, room);
  const parts = [];
  const several = new Set(lines.map((line) => line.by)).size > 1; // one name for all lines says nothing
  for (const { a, b, by } of lines) {
    parts.push(svg("line", { ...ends(a, b), "marker-end": "url(#arrow)" }));
    a.beside += b.x - a.x;
    b.beside += a.x - b.x;
    if (by && several) parts.push(label((a.x + b.x) / 2, (a.y + b.y) / 2, local(shortened(by, prefixes)), "edge"));
  }
  for (const { term, x, y, beside } of nodes.values()) {
    const name =
      term.type === "uri" ? shortened(term.value, prefixes) : term.type === "bnode" ? `_:${term.value}` : term.value;
    const link = term.type === "uri" ? svg("a", { href: `/resource?iri=${encodeURIComponent(term.value)}` }) : svg("g");
    link.append(
      svg("circle", { cx: x, cy: y, r: 5, ...(term.type === "literal" ? { class: "literal" } : {}) }),
      svg("title", {}, term.value),
      nameOf(x, y, name, beside > 0, room),
    );
    parts.push(link);
  }
  place.replaceChildren(
    svg(
      "svg",
      {
        viewBox: `0 0 ${room.width} ${room.height}`,
        height: room.height,
        role: "img",
        "aria-label": `Graph of ${nodes.size} nodes and ${lines.length} edges`,
      },
      arrow(),
      ...parts,
    ),
  );
}

function settle(nodes, lines, { width, height }) {
  const ideal = 0.75 * Math.sqrt((width * height) / Math.max(nodes.length, 1));
  for (let step = 0; step < STEPS; step += 1) {
    const heat = (width / 10) * (1 - step / STEPS);
    for (const node of nodes) {
      node.dx = (width / 2 - node.x) * 0.15;
      node.dy = (height / 2 - node.y) * 0.25;
    }
    for (let i = 0; i < nodes.length; i += 1) {
      for (let j = i + 1; j < nodes.length; j += 1) push(nodes[i], nodes[j], (distance) => (ideal * ideal) / distance);
    }
    for (const { a, b } of lines) if (a !== b) push(a, b, (distance) => -(distance * distance) / ideal);
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / length) * Math.min(length, heat);
      node.y += (node.dy / length) * Math.min(length, heat);
    }
  }
  // What has come out is stretched over the room there is, less a margin for names, but not beyond edges of a good length.
  const mean = lines.reduce((sum, { a, b }) => sum + Math.hypot(a.x - b.x, a.y - b.y), 0) / Math.max(lines.length, 1);
  const most = mean ? LONGEST / mean : 1;
  fit(nodes, "x", Math.min(110, width / 4), width - Math.min(110, width / 4), most);
  fit(nodes, "y", MARGIN, height - MARGIN, most);
}

function fit(nodes, axis, low, high, most) {
  const places = nodes.map((node) => node[axis]);
  const least = Math.min(...places),
    reach = Math.max(...places) - least;
  const scale = reach ? Math.min((high - low) / reach, most) : 0;
  for (const node of nodes) node[axis] = (low + high) / 2 + (node[axis] - least - reach / 2) * scale;
}

/** Returns the ends of a line that stops short of the mark it points to. */
function ends(a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x1: a.x, y1: a.y, x2: b.x - (7 * (b.x - a.x)) / length, y2: b.y - (7 * (b.y - a.y)) / length };
}

function arrow() {
  const marker = svg("marker", {
    id: "arrow",
    viewBox: "0 0 8 8",
    refX: 8,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    orient: "auto",
  });
  marker.append(svg("path", { d: "M0,0 L8,4 L0,8 z" }));
  return svg("defs", {}, marker);
}

function push(a, b, force) {
  const dx = a.x - b.x || 0.01,
    dy = a.y - b.y || 0.01;
  const distance = Math.max(Math.hypot(dx, dy), 0.1);
  const by = force(distance) / distance;
  a.dx += dx * by;
  a.dy += dy * by;
  b.dx -= dx * by;
  b.dy -= dy * by;
}

const local = (name) => name.replace(/^.*[:/#]/, "");

function label(x, y, text, kind) {
  const shown = text.length > 42 ? `${text.slice(0, 40)}…` : text;
  return svg("text", { x, y, class: kind, "text-anchor": "middle" }, shown);
}

/** Returns a node's name, on the side where its lines are not. */
function nameOf(x, y, text, left, room) {
  const most = Math.max(8, Math.floor((left ? x : room.width - x) / 7.5));
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return svg("text", { x: left ? x - 8 : x + 8, y: y + 4, "text-anchor": left ? "end" : "start" }, shown);
}
