// A small graph of a result: springs along the edges, nodes pushing each other away (Fruchterman and Reingold 1991).

import { el, shortened, svg } from "./dom.js";

const MOST = 150, STEPS = 250, WIDTH = 1000, HEIGHT = 650;

export function drawGraph(place, edges, prefixes) {
  const nodes = new Map();
  const node = (term) => {
    const id = `${term.type} ${term.value}`;
    if (!nodes.has(id)) {
      const angle = nodes.size * 2.399963; // the golden angle spreads the first places evenly
      const away = 20 * Math.sqrt(nodes.size);
      nodes.set(id, { id, term, x: WIDTH / 2 + away * Math.cos(angle), y: HEIGHT / 2 + away * Math.sin(angle) });
    }
    return nodes.get(id);
  };
  const lines = edges.map(({ from, by, to }) => ({ a: node(from), b: node(to), by }));
  if (nodes.size > MOST) {
    place.replaceChildren(el("p", {}, `The result has ${nodes.size} nodes; up to ${MOST} are drawn. Narrow the query, or download it and open it in Gephi.`));
    return;
  }
  settle([...nodes.values()], lines);
  const parts = [];
  const several = new Set(lines.map((line) => line.by)).size > 1; // one name for all lines says nothing
  for (const { a, b, by } of lines) {
    parts.push(svg("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
    if (by && several) parts.push(label((a.x + b.x) / 2, (a.y + b.y) / 2, local(shortened(by, prefixes)), "edge"));
  }
  for (const { term, x, y } of nodes.values()) {
    const name = term.type === "uri" ? shortened(term.value, prefixes) : term.type === "bnode" ? `_:${term.value}` : term.value;
    const link = term.type === "uri" ? svg("a", { href: `/resource?iri=${encodeURIComponent(term.value)}` }) : svg("g");
    link.append(svg("circle", { cx: x, cy: y, r: 5, ...(term.type === "literal" ? { class: "literal" } : {}) }), svg("title", {}, term.value), label(x + 8, y + 4, name));
    parts.push(link);
  }
  place.replaceChildren(svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `Graph of ${nodes.size} nodes and ${lines.length} edges` }, ...parts));
}

function settle(nodes, lines) {
  const ideal = 0.75 * Math.sqrt((WIDTH * HEIGHT) / Math.max(nodes.length, 1));
  for (let step = 0; step < STEPS; step += 1) {
    const heat = (WIDTH / 10) * (1 - step / STEPS);
    for (const node of nodes) { node.dx = (WIDTH / 2 - node.x) * 0.15; node.dy = (HEIGHT / 2 - node.y) * 0.25; }
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
  // What has come out is stretched over the room there is, less a margin for names.
  fit(nodes, "x", 20, WIDTH - 150);
  fit(nodes, "y", 20, HEIGHT - 20);
}

function fit(nodes, axis, low, high) {
  const places = nodes.map((node) => node[axis]);
  const least = Math.min(...places), reach = Math.max(...places) - least;
  for (const node of nodes) node[axis] = reach ? low + ((node[axis] - least) / reach) * (high - low) : (low + high) / 2;
}

function push(a, b, force) {
  const dx = a.x - b.x || 0.01, dy = a.y - b.y || 0.01;
  const distance = Math.max(Math.hypot(dx, dy), 0.1);
  const by = force(distance) / distance;
  a.dx += dx * by; a.dy += dy * by;
  b.dx -= dx * by; b.dy -= dy * by;
}

const local = (name) => name.replace(/^.*[:/#]/, "");

function label(x, y, text, kind) {
  const shown = text.length > 42 ? `${text.slice(0, 40)}…` : text;
  return svg("text", kind ? { x, y, class: kind, "text-anchor": "middle" } : { x, y }, shown);
}
