// The keyboard: / searches, Esc clears, arrows walk from neighbour to neighbour, Enter selects, + − 0 zoom and fit.

import { byId, under } from "./dom.js";
import { hover } from "./focus.js";
import { boardBox } from "./frame.js";
import { drawer, drawerOpen } from "./legend.js";
import { picture, scene, shownNodes } from "./scene.js";
import { fit, reveal, zoom } from "./stage.js";
import { choose, state } from "./state.js";

/** @type {Record<string, Point>} */
const WAY = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * Returns the node to go to from one in a direction: a neighbour along a line first, else the nearest there.
 * @param {SceneNode} from
 * @param {Point} way
 */
function next(from, [dx, dy]) {
  const around = scene.edges.filter((edge) => edge.shown && (edge.from === from.id || edge.to === from.id));
  const joined = new Set(around.flatMap((edge) => [edge.from, edge.to]));
  /** @type {{ cost: number, node: SceneNode } | null} */
  let best = null;
  for (const node of shownNodes()) {
    const [x, y] = [node.px - from.px, node.py - from.py];
    const ahead = x * dx + y * dy;
    if (node === from || ahead <= 4) continue;
    const cost = ahead + Math.abs(x * dy - y * dx) * 2.2 + (joined.has(node.id) ? 0 : 900);
    if (!best || cost < best.cost) best = { cost, node };
  }
  return best?.node;
}

/**
 * Lets exactly one node be reached by Tab: that one, or the busiest.
 * @param {string} id
 */
export function rove(id) {
  const shown = shownNodes();
  const at = shown.find((node) => node.id === id) ?? shown.toSorted((a, b) => b.value - a.value)[0];
  for (const node of scene.nodes.values()) node.g.setAttribute("tabindex", node === at ? "0" : "-1");
}

const presses = (/** @type {KeyboardEvent} */ event) => event.key === "Enter" || event.key === " ";
const commands = (/** @type {KeyboardEvent} */ event) => event.ctrlKey || event.metaKey || event.altKey;

picture.addEventListener("keydown", (event) => {
  const node = scene.nodes.get(under(event, "[data-id]")?.dataset.id ?? "");
  if (!node || commands(event)) return;
  if (WAY[event.key]) {
    event.preventDefault();
    const to = next(node, WAY[event.key]);
    if (!to) return;
    rove(to.id);
    to.g.focus();
    reveal(to.id);
    hover(to.id);
  } else if (presses(event)) {
    event.preventDefault();
    choose({ select: node.id });
  }
});
picture.addEventListener("focusout", () => hover(""));

boardBox.addEventListener("keydown", (event) => {
  const at = under(event, ".mark-button");
  if (!at) return;
  const way = WAY[event.key];
  if (!way && !presses(event)) return;
  event.preventDefault();
  const all = /** @type {SVGElement[]} */ ([...boardBox.querySelectorAll(".mark-button")]);
  const step = way && way[0] + way[1];
  if (step) all.at((all.indexOf(/** @type {SVGElement} */ (at)) + step) % all.length)?.focus();
  else choose({ select: at.dataset.id ?? "" });
});

/** @type {Record<string, () => void>} */
const KEYS = {
  "/": () => byId("query").focus(),
  "+": () => zoom(1.3),
  "=": () => zoom(1.3),
  "-": () => zoom(1 / 1.3),
  0: fit,
};

addEventListener("keydown", (event) => {
  if (commands(event)) return;
  if (event.key === "Escape") clearSelection();
  else if (KEYS[event.key] && !under(event, "input:not([type=checkbox],[type=range]), select, textarea")) {
    if (event.key === "/") event.preventDefault();
    KEYS[event.key]();
  }
});

function clearSelection() {
  if (drawerOpen()) {
    drawer(false);
    return;
  }
  hover("");
  const id = state.select;
  if (!id) return;
  choose({ select: "" });
  scene.nodes.get(id)?.g.focus();
}
