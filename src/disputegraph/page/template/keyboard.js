// The keyboard: / searches, Esc clears, arrows walk from neighbour to neighbour, Enter selects, + − 0 zoom and fit.

const WAY = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Returns the node to go to from one in a direction: a neighbour along a line first, else the nearest that lies there. */
function next(from, [dx, dy]) {
  const joined = new Set(scene.edges.filter((edge) => edge.shown && (edge.from === from.id || edge.to === from.id)).flatMap((edge) => [edge.from, edge.to]));
  let best = null;
  for (const node of scene.nodes.values()) {
    if (!node.shown || node === from) continue;
    const x = node.px - from.px, y = node.py - from.py;
    const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 4) continue;
    const cost = ahead + aside * 2.2 + (joined.has(node.id) ? 0 : 900);
    if (!best || cost < best.cost) best = { cost, node };
  }
  return best?.node;
}

/** Lets exactly one node be reached by Tab. */
function rove(id) {
  const shown = [...scene.nodes.values()].filter((node) => node.shown);
  const at = shown.find((node) => node.id === id) ?? shown.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))[0];
  for (const node of scene.nodes.values()) node.g.setAttribute("tabindex", node === at ? "0" : "-1");
}

picture.addEventListener("keydown", (event) => {
  const node = scene.nodes.get(event.target.closest?.("[data-id]")?.dataset.id);
  if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
  if (WAY[event.key]) {
    event.preventDefault();
    const to = next(node, WAY[event.key]);
    if (to) { rove(to.id); to.g.focus(); reveal(to.id); hovered = to.id; light(); }
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose({ select: node.id });
  }
});
picture.addEventListener("focusout", () => { hovered = ""; light(); });

timeBox.addEventListener("keydown", (event) => {
  const at = event.target.closest?.(".mark-button");
  if (!at) return;
  const all = [...timeBox.querySelectorAll(".mark-button")];
  const to = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (to) { event.preventDefault(); all[(all.indexOf(at) + to + all.length) % all.length].focus(); }
  else if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose({ select: at.dataset.id }); }
});

addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox],[type=range]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (document.body.classList.contains("filters-open")) { drawer(false); return; }
    hovered = "";
    light();
    if (state.select) { const id = state.select; choose({ select: "" }); scene.nodes.get(id)?.g.focus(); }
    return;
  }
  if (typing) return;
  if (event.key === "/") { event.preventDefault(); byId("query").focus(); }
  else if (event.key === "+" || event.key === "=") zoom(1.3);
  else if (event.key === "-") zoom(1 / 1.3);
  else if (event.key === "0") fit();
});
