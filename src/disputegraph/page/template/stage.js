// The stage: fit, zoom, pan, drag.

import { under } from "./dom.js";
import { paint } from "./drawing.js";
import { hover } from "./focus.js";
import { noteBox, stageBox } from "./frame.js";
import { keepPlace } from "./places.js";
import { CORNER, camera, move, picture, scene, shownNodes } from "./scene.js";
import { choose } from "./state.js";

/**
 * Returns the corners of all nodes with their labels at a scale.
 * @param {SceneNode[]} nodes
 * @param {number} k
 */
function bounds(nodes, k) {
  const box = { x0: 1e9, x1: -1e9, y0: 1e9, y1: -1e9 };
  for (const { wx, wy, text, isClaim, r } of nodes) {
    const w = text.width / 2 + (isClaim ? 8 : 6);
    const h = text.height / 2 + (isClaim ? 6 : r + 8);
    box.x0 = Math.min(box.x0, wx * k - w);
    box.x1 = Math.max(box.x1, wx * k + w);
    box.y0 = Math.min(box.y0, wy * k - h);
    box.y1 = Math.max(box.y1, wy * k + h);
  }
  return box;
}

/** Sets the camera so that everything shown is on the stage and no mark lies under the buttons, and draws it. */
export function fit() {
  const nodes = shownNodes();
  camera.fitted = true; // also where there is no room yet: what has been hidden is fitted when it is shown
  const { clientWidth: width, clientHeight: height } = stageBox;
  if (!nodes.length || !width || !height) return;
  frame(nodes, noteBox.hidden ? 12 : noteBox.offsetHeight + 14);
  const [right, low] = [width - CORNER.width - camera.x, height - CORNER.height - camera.y];
  if (nodes.some(({ icon }) => icon.x1 > right && icon.y1 > low)) frame(nodes, CORNER.height + 4);
}

/**
 * Sets the camera so that nodes fill the stage down to a margin, and draws them.
 * @param {SceneNode[]} nodes
 * @param {number} bottom height of the margin
 */
function frame(nodes, bottom) {
  const [width, height] = [stageBox.clientWidth, stageBox.clientHeight];
  const hulls = scene.view === "coalitions"; // drawn around marks and labels, with a name above
  const top = hulls ? 36 : 10;
  const [aside, below] = hulls ? [width > 700 ? 90 : 44, bottom + 28] : [16, bottom];
  let [low, high] = [0.05, 3];
  for (let step = 0; step < 24; step += 1) {
    const k = (low + high) / 2;
    const b = bounds(nodes, k);
    if (b.x1 - b.x0 <= width - aside && b.y1 - b.y0 <= height - top - below) low = k;
    else high = k;
  }
  const look = (/** @type {number} */ k) => {
    const b = bounds(nodes, k);
    camera.k = k;
    camera.x = width / 2 - (b.x0 + b.x1) / 2;
    camera.y = (height + top - below) / 2 - (b.y0 + b.y1) / 2;
    paint();
    return nodes.filter((node) => node.labelled).length;
  };
  // Labels beside their mark need more room than one foresees: draw, look, and take the size that names most.
  let best = { k: 0, named: -1 };
  for (let k = Math.min(low, 2.2), turn = 0; turn < 5; turn += 1, k *= 0.97) {
    const named = look(k);
    if (named > best.named) best = { k, named };
    if (named === nodes.length) return;
  }
  look(best.k);
}

/**
 * Changes the scale about a point of the stage, by default its middle.
 * @param {number} by
 */
export function zoom(by, x = stageBox.clientWidth / 2, y = stageBox.clientHeight / 2) {
  const k = Math.min(8, Math.max(0.08, camera.k * by));
  camera.x = x - (x - camera.x) * (k / camera.k);
  camera.y = y - (y - camera.y) * (k / camera.k);
  camera.k = k;
  camera.fitted = false;
  soon(paint);
}

let waiting = 0;

/**
 * Runs a drawing step before the next frame, once.
 * @param {() => void} act
 */
export function soon(act) {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(act);
}

const EDGE = 50;

/**
 * Brings a node into sight without changing the scale.
 * @param {string} id
 */
export function reveal(id) {
  const node = scene.nodes.get(id);
  if (!node?.shown) return;
  const [x, y] = [node.px + camera.x, node.py + camera.y];
  const [width, height] = [stageBox.clientWidth, stageBox.clientHeight];
  if (x >= EDGE && x <= width - EDGE && y >= EDGE && y <= height - EDGE) return;
  camera.x += width / 2 - x;
  camera.y += height / 2 - y;
  move();
}

/** @type {Map<number, PointerEvent>} */
const pointers = new Map();
/**
 * What a pointer took hold of, where, and whether it has been moved since; `apart` is the way between two fingers.
 * @type {{ x: number, y: number, far: boolean, at: HTMLElement | SVGElement | null, apart: number } | null}
 */
let grip = null;

const HOLDS = "[data-id],[data-edge]";

/** Returns the node or edge that an element draws. */
const named = (/** @type {HTMLElement | SVGElement | null} */ at) => at?.dataset.id ?? at?.dataset.edge ?? "";

picture.addEventListener("pointerdown", (event) => {
  if (event.button > 0) return;
  pointers.set(event.pointerId, event);
  grip = { x: event.clientX, y: event.clientY, far: false, at: under(event, HOLDS), apart: 0 };
});

addEventListener("pointermove", (event) => {
  const last = pointers.get(event.pointerId);
  if (!last || !grip) return;
  pointers.set(event.pointerId, event);
  if (!grip.far && Math.hypot(event.clientX - grip.x, event.clientY - grip.y) > 4) {
    grip.far = true;
    try {
      picture.setPointerCapture(event.pointerId);
    } catch {
      /* the pointer is gone */
    }
  }
  if (!grip.far) return;
  if (pointers.size === 2) {
    pinch(grip);
    return;
  }
  const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
  const node = scene.nodes.get(grip.at?.dataset.id ?? "");
  if (node) {
    node.wx += dx / camera.k;
    node.wy += dy / camera.k;
    keepPlace(scene.view, scene.tall, node.id, [node.wx / scene.stretch, node.wy]);
    soon(paint);
  } else {
    camera.x += dx;
    camera.y += dy;
    camera.fitted = false;
    soon(move);
  }
});

/** @param {{ apart: number }} grip */
function pinch(grip) {
  const [a, b] = pointers.values();
  const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  const box = picture.getBoundingClientRect();
  const [x, y] = [(a.clientX + b.clientX) / 2 - box.x, (a.clientY + b.clientY) / 2 - box.y];
  if (grip.apart) zoom(apart / grip.apart, x, y);
  grip.apart = apart;
}

for (const name of /** @type {const} */ (["pointerup", "pointercancel"]))
  addEventListener(name, (event) => {
    const had = pointers.delete(event.pointerId);
    if (!had || !grip || name === "pointercancel") return;
    if (!grip.far) choose({ select: named(grip.at) });
    if (!pointers.size) grip = null;
  });

picture.addEventListener(
  "wheel",
  (event) => {
    if (top !== window && !event.ctrlKey && !event.metaKey) return; // in a notebook the wheel scrolls the notebook
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    const by = Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016));
    zoom(by, event.clientX - box.x, event.clientY - box.y);
  },
  { passive: false },
);

picture.addEventListener("pointerover", (event) => {
  if (!grip?.far) hover(named(under(event, HOLDS)));
});
picture.addEventListener("pointerleave", () => {
  if (!grip?.far) hover("");
});
