// The stage: fit, zoom, pan, drag, and the light on what is selected.

let hovered = "";

/** Returns what should stand out: the selection and its neighbours. */
function focusSet() {
  const ids = new Set();
  const at = hovered || state.select;
  if (!at) return ids;
  for (const edge of scene.edges) {
    if (edge.shown !== false && (edge.from === at || edge.to === at || edge.id === at)) { ids.add(edge.from); ids.add(edge.to); }
  }
  if (scene.nodes.has(at)) ids.add(at);
  const place = placeOf.get(at);
  if (place !== undefined) for (const edge of scene.edges) if (edge.utterances.includes(place)) { ids.add(edge.from); ids.add(edge.to); }
  return ids;
}

/** Lights the selection and dims the rest. */
function light() {
  const focus = focusSet();
  const at = hovered || state.select;
  const place = placeOf.get(at);
  picture.classList.toggle("has-focus", focus.size > 0);
  for (const node of scene.nodes.values()) {
    node.g.classList.toggle("on", focus.has(node.id));
    node.g.classList.toggle("selected", node.id === state.select);
    node.g.setAttribute("aria-pressed", String(node.id === state.select));
  }
  for (const edge of scene.edges) {
    if (!edge.shown) continue;
    const on = edge.id === at || edge.from === at || edge.to === at || (place !== undefined && edge.utterances.includes(place));
    for (const g of [edge.g, edge.tag]) { g?.classList.toggle("on", on); g?.classList.toggle("selected", edge.id === state.select); }
  }
}

/** Sets the camera so that everything shown is on the stage. */
function fit() {
  const nodes = [...scene.nodes.values()].filter((node) => node.shown);
  const width = stageBox.clientWidth, height = stageBox.clientHeight;
  camera.fitted = true; // also where there is no room yet: what has been hidden is fitted when it is shown
  if (!nodes.length || !width || !height) return;
  const halfW = (node) => node.text.width / 2 + (node.isClaim ? 8 : 6), halfH = (node) => (node.isClaim ? node.text.height / 2 + 6 : node.text.height / 2 + node.r + 8);
  const bounds = (k) => {
    const b = { x0: 1e9, x1: -1e9, y0: 1e9, y1: -1e9 };
    for (const node of nodes) {
      b.x0 = Math.min(b.x0, node.wx * k - halfW(node)); b.x1 = Math.max(b.x1, node.wx * k + halfW(node));
      b.y0 = Math.min(b.y0, node.wy * k - halfH(node)); b.y1 = Math.max(b.y1, node.wy * k + halfH(node));
    }
    return b;
  };
  const [left, right, top, bottom] = [8, 8, scene.view === "camps" ? 36 : 10, noteBox.hidden ? 12 : noteBox.offsetHeight + 14];
  let low = 0.05, high = 3;
  for (let step = 0; step < 24; step += 1) {
    const k = (low + high) / 2, b = bounds(k);
    if (b.x1 - b.x0 <= width - left - right && b.y1 - b.y0 <= height - top - bottom) low = k; else high = k;
  }
  // Labels that stand beside their mark need more room than one foresees: draw, look, and take the size that names most.
  let best = null;
  for (let k = Math.min(low, 2.2), turn = 0; turn < 5; turn += 1, k *= 0.97) {
    frame(bounds, k, (width + left - right) / 2, (height + top - bottom) / 2);
    paint();
    const named = nodes.filter((node) => node.labelled).length;
    if (!best || named > best.named) best = { k, named };
    if (named === nodes.length) return;
  }
  frame(bounds, best.k, (width + left - right) / 2, (height + top - bottom) / 2);
  paint();
}

function frame(bounds, k, x, y) {
  const b = bounds(k);
  camera.k = k;
  camera.x = x - (b.x0 + b.x1) / 2;
  camera.y = y - (b.y0 + b.y1) / 2;
}

function zoom(by, x = stageBox.clientWidth / 2, y = stageBox.clientHeight / 2) {
  const k = Math.min(8, Math.max(0.08, camera.k * by));
  camera.x = x - (x - camera.x) * (k / camera.k);
  camera.y = y - (y - camera.y) * (k / camera.k);
  camera.k = k;
  camera.fitted = false;
  soon(paint);
}

let waiting = 0;
/** Runs a drawing step before the next frame, once. */
function soon(act) {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(act);
}

/** Brings a node into sight without changing the zoom. */
function reveal(id) {
  const node = scene.nodes.get(id);
  if (!node?.shown) return;
  const x = node.px + camera.x, y = node.py + camera.y, edge = 50;
  const width = stageBox.clientWidth, height = stageBox.clientHeight;
  if (x < edge || x > width - edge || y < edge || y > height - edge) { camera.x += width / 2 - x; camera.y += height / 2 - y; move(); }
}

const pointers = new Map();
let grip = null;

picture.addEventListener("pointerdown", (event) => {
  if (event.button > 0) return;
  pointers.set(event.pointerId, event);
  const id = event.target.closest?.("[data-id]")?.dataset.id;
  grip = { x: event.clientX, y: event.clientY, far: false, id, target: event.target, apart: 0 };
});
addEventListener("pointermove", (event) => {
  const last = pointers.get(event.pointerId);
  if (!last || !grip) return;
  pointers.set(event.pointerId, event);
  const dx = event.clientX - last.clientX, dy = event.clientY - last.clientY;
  if (Math.hypot(event.clientX - grip.x, event.clientY - grip.y) > 4) {
    if (!grip.far) try { picture.setPointerCapture(event.pointerId); } catch { /* the pointer is gone */ }
    grip.far = true;
  }
  if (!grip.far) return;
  if (pointers.size === 2) {
    const [a, b] = [...pointers.values()], apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    const box = picture.getBoundingClientRect();
    if (grip.apart) zoom(apart / grip.apart, (a.clientX + b.clientX) / 2 - box.x, (a.clientY + b.clientY) / 2 - box.y);
    grip.apart = apart;
    return;
  }
  const node = grip.id && scene.nodes.get(grip.id);
  if (node) {
    node.wx += dx / camera.k; node.wy += dy / camera.k; node.moved = true;
    soon(paint);
  } else {
    camera.x += dx; camera.y += dy; camera.fitted = false;
    soon(move);
  }
});
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, (event) => {
  const had = pointers.delete(event.pointerId);
  if (!had || !grip || name === "pointercancel") return;
  if (!grip.far) {
    const target = grip.target.closest?.("[data-id],[data-edge]");
    choose({ select: target ? target.dataset.id ?? target.dataset.edge : "" });
  }
  if (!pointers.size) grip = null;
});
picture.addEventListener("wheel", (event) => {
  if (top !== window && !event.ctrlKey && !event.metaKey) return; // in a notebook the wheel scrolls the notebook
  event.preventDefault();
  const box = picture.getBoundingClientRect();
  zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - box.x, event.clientY - box.y);
}, { passive: false });
picture.addEventListener("pointerover", (event) => hover(event.target.closest?.("[data-id],[data-edge]")));
picture.addEventListener("pointerleave", () => hover(null));

function hover(target) {
  const id = target ? target.dataset.id ?? target.dataset.edge : "";
  if (id === hovered || grip?.far) return;
  hovered = id;
  light();
}
