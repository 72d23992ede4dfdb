// The drawing: marks, labels, lines and numbers set down for the present camera.

import { UTTERANCES } from "./data.js";
import { svg, visible } from "./dom.js";
import { passes } from "./filters.js";
import { focusSet, light } from "./focus.js";
import { stageBox } from "./frame.js";
import { arc, pathOf, shifted } from "./geometry.js";
import { drawHulls } from "./hulls.js";
import { LINE, placeLabels } from "./labels.js";
import { push } from "./multimap.js";
import { routeEdges } from "./routes.js";
import { CORNER, camera, endsOf, layers, move, scene, shownNodes } from "./scene.js";
import { lineEnd, lineWidth, outline, shapeOf } from "./shapes.js";
import { counted, t } from "./texts.js";
import { spaced } from "./words.js";

/** How high a line stands that goes from a mark to itself. */
const LOOP_HEIGHT = 50;

/** Sets everything down for the present camera. */
export function paint() {
  const nodes = shownNodes();
  for (const node of nodes) {
    node.px = node.wx * camera.k;
    node.py = node.wy * camera.k - (node.isClaim ? 0 : node.text.height / 2);
  }
  const edges = scene.edges.filter((edge) => edge.shown);
  /** @type {Map<string, Point[]>} */
  const ends = new Map();
  for (const edge of edges) {
    const [a, b] = endsOf(edge);
    // A line from a mark to itself stands above it.
    push(ends, a.id, a === b ? [a.px, a.py - LOOP_HEIGHT] : [b.px, b.py]);
    if (a !== b) push(ends, b.id, [a.px, a.py]);
  }
  const room = placeLabels(nodes, focusSet(), ends, stageNow());
  for (const edge of edges) edge.badge = badgeOf(edge);
  routeEdges(edges, scene.nodes, room);
  for (const node of nodes) placeNode(node);
  layers.edges.replaceChildren(...edges.map(drawEdge));
  const hulls = drawHulls(nodes, stageNow());
  layers.hulls.replaceChildren(...hulls.map(({ hull }) => hull));
  const words = hulls.map(({ name }) => name);
  layers.badges.replaceChildren(...words, ...edges.filter((edge) => edge.badge).map(drawBadge));
  move();
  light();
}

/** Returns the part of the world that is on the stage, and what is taken of it. @returns {Stage} */
function stageNow() {
  const [x1, y1] = [stageBox.clientWidth - camera.x, stageBox.clientHeight - camera.y];
  const top = scene.view === "coalitions" ? 34 : 4; // names of coalitions stand above them
  // While all is in sight, the buttons in the corner are in the way like any label.
  const corner = { x0: x1 - CORNER.width, x1, y0: y1 - CORNER.height, y1, owner: "" };
  const edges = { x0: 4 - camera.x, y0: top - camera.y, x1: x1 - 4, y1: y1 - 4 };
  return { ...edges, whole: camera.fitted, taken: camera.fitted ? [corner] : [] };
}

/** @param {SceneNode} node */
function placeNode(node) {
  node.g.setAttribute("transform", `translate(${node.px.toFixed(1)} ${node.py.toFixed(1)})`);
  const dot = node.isClaim && !node.labelled;
  const box = node.isClaim ? claimOutline(node.icon) : outline(shapeOf(node.kind), node.r);
  node.mark.setAttribute("d", dot ? outline("dot", (node.icon.x1 - node.icon.x0) / 2) : box);
  node.mark.classList.toggle("claim-dot", dot);
  node.words.toggleAttribute("hidden", !node.labelled);
  node.words.classList.toggle("off", !node.labelled);
  const line = LINE[node.isClaim ? "claim" : "node"];
  const top = node.slot.y - node.text.height / 2 + line * 0.76;
  for (const [place, span] of [...node.words.querySelectorAll(".l")].entries()) {
    span.setAttribute("x", node.slot.x.toFixed(1));
    span.setAttribute("y", (top + place * line).toFixed(1));
  }
  // The arc shows how often a voice stays in its coalition: a full ring is always.
  if (node.sure !== undefined) node.g.querySelector(".sure")?.setAttribute("d", arc(node.r + 4, node.sure));
}

/** @param {Box} icon */
function claimOutline({ x0, x1, y0, y1 }) {
  const [w, h] = [(x1 - x0) / 2, (y1 - y0) / 2];
  const q = Math.min(5, h);
  const [a, b] = [w - q, h - q];
  const right = `H${a}Q${w} ${-h} ${w} ${-b}V${b}Q${w} ${h} ${a} ${h}`;
  const left = `H${-a}Q${-w} ${h} ${-w} ${b}V${-b}Q${-w} ${-h} ${-a} ${-h}`;
  return `M${-a} ${-h}${right}${left}Z`;
}

/**
 * Returns the word or sign on a line. Counts stand on none: a line is as wide as its count, which is said under the
 * pointer and in the panel.
 * @param {SceneEdge} edge
 */
function badgeOf(edge) {
  if (edge.kind === "relation") {
    if (scene.edges.length > 30) return "";
    const weight = (edge.weight ?? 1) === 1 ? "" : edge.weight;
    return `${spaced(edge.relation ?? "")} ${weight}`.trim().slice(0, 28);
  }
  if (edge.kind === "contradicts") return "≠";
  // Who is said to have said it did not say it to us: such a line never goes without the word.
  const heard = edge.via || (edge.rests && edge.utterances.some((place) => passes(place) && UTTERANCES[place].hearsay));
  return heard ? t("via") : "";
}

/**
 * Says what a line joins and how, and on how much it rests: what is read under the pointer.
 * @param {SceneEdge} edge
 */
function toldOf(edge) {
  const [a, b] = endsOf(edge).map((node) => visible(node.label));
  const kind = edge.relation ? t(`fact.${edge.relation}`) : t(`line.${edge.look}`);
  const count = edge.count ? [counted(edge.rests ? "claim" : "utterance", edge.count)] : [];
  return [
    `${a}${edge.arrows === "" ? " – " : " → "}${b}: ${kind}`,
    ...(edge.via ? [t("line.via")] : []),
    ...count,
  ].join(", ");
}

/** @param {SceneEdge} edge */
function drawEdge(edge) {
  const d = pathOf(edge.path);
  const thin = edge.tie || edge.kind === "reports" || edge.look === "neutral";
  const width = thin ? 1.1 : lineWidth(edge.count, scene.most);
  const side = (/** @type {string} */ name, /** @type {number} */ by) =>
    svg("path", { class: `line ${name}`, d: pathOf(shifted(edge.path, by)) });
  const line = svg("path", { class: "line", d, "stroke-width": width.toFixed(1) });
  edge.g = svg(
    "g",
    { class: `edge line-${edge.look}${edge.via ? " via" : ""}`, data: { edge: edge.id } },
    svg("title", {}, toldOf(edge)),
    svg("path", { class: "hit", d }),
    edge.look === "mixed" ? [side("a", 2.5), side("b", -2.5)] : line,
    edge.kind === "contradicts" &&
      [edge.path.start, edge.path.end].map(([cx, cy]) => svg("circle", { cx, cy, r: 2.6 })),
    edge.arrows !== "" && svg("path", { class: "end", d: lineEnd(edge.kind, edge.path.end, edge.path.angle) }),
  );
  return edge.g;
}

/** @param {SceneEdge} edge */
function drawBadge(edge) {
  const { x, y, width } = edge.spot;
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  edge.tag = svg(
    "g",
    { class: `badge line-${edge.look}${edge.via ? " via" : ""}`, data: { edge: edge.id }, transform },
    svg("rect", { x: -width / 2, y: -8, width, height: 16, rx: 8 }),
    svg("text", { "text-anchor": "middle", y: 4 }, edge.badge),
  );
  return edge.tag;
}
