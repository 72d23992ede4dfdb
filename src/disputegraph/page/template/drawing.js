// The drawing: SVG elements for the graph of the current view, made once and moved when the reader zooms or drags.

const stageBox = byId("stage");
const camera = { x: 0, y: 0, k: 1 };
let scene = { view: "", nodes: new Map(), edges: [], graph: null };

const layers = Object.fromEntries(["hulls", "edges", "badges", "nodes"].map((name) => [name, svg("g", { class: name })]));
const world = svg("g", { id: "world" }, layers.hulls, layers.edges, layers.nodes, layers.badges);
const picture = svg("svg", { id: "picture", role: "group", "aria-label": t("graph_help"), tabindex: "-1" }, world);

const isTall = () => stageBox.clientWidth < stageBox.clientHeight * 0.8;
const KNOWN_KINDS = new Map();
for (const thing of DATA.things) KNOWN_KINDS.set(thing.kind, (KNOWN_KINDS.get(thing.kind) ?? 0) + 1);

/** Builds the scene of a view from its graph, with what the reader has expanded. */
function build(view) {
  const wanted = [...state.open, ...(state.select && kindOf(state.select) !== "Utterance" ? [state.select] : [])];
  const graph = enlarged(view, DATA.views[view], wanted);
  const tall = isTall();
  const before = scene.view === view && scene.tall === tall ? scene.nodes : new Map();
  const nodes = new Map();
  // The layout was made for one shape of stage; on a wider one it is stretched, as far as that does no harm.
  const [wide, high] = tall ? [374, 600] : [750, 680];
  const ratio = (stageBox.clientWidth / Math.max(1, stageBox.clientHeight)) / (wide / high);
  const stretch = Math.min(1.7, Math.max(0.75, ratio));
  const large = stageBox.clientWidth > 1000;
  setLabels(large ? 1.12 : 1);
  for (const data of graph.nodes) {
    const isClaim = data.group === "Claim";
    const kept = before.get(data.id);
    const node = { ...data, isClaim, wx: (tall ? data.tall[0] : data.x) * stretch, wy: tall ? data.tall[1] : data.y,
      r: isClaim ? 6 : Math.min(15, 7.5 + Math.sqrt(data.value ?? 0) * 1.1) * (large ? 1.15 : 1),
      text: isClaim ? wrapped(data.label, "claim", 116 * scaleOfLabels, 3) : wrapped(data.label, "node", 118 * scaleOfLabels, 2) };
    if (kept?.moved) Object.assign(node, { wx: kept.wx, wy: kept.wy, moved: true });
    nodes.set(data.id, node);
  }
  const edges = graph.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to)).flatMap((edge) => (edge.id === state.spread ? singles(edge) : [{ ...edge }]));
  scene = { view, tall, graph, nodes, edges };
  layers.nodes.replaceChildren(...[...nodes.values()].map(drawNode));
  layers.edges.replaceChildren();
  layers.badges.replaceChildren();
  layers.hulls.replaceChildren();
}

/** Returns the single utterances of a bundled edge, each as a line of its own. */
const singles = (edge) => edge.utterances.map((place) => ({ ...edge, id: UTTERANCES[place].id, utterances: [place], single: true }));

function drawNode(node) {
  const kind = cssName(node.group);
  node.mark = svg("path", { class: `shape kind-${kind}${node.known ? " known-claim" : ""}` });
  node.words = svg("text", { class: node.isClaim ? "words claim" : "words", "text-anchor": "middle", "aria-hidden": node.text.short ? "true" : null });
  // The space between two lines is heard, not seen.
  node.words.append(...node.text.lines.flatMap((line, place) => [place ? svg("tspan", { "font-size": 0 }, " ") : "", svg("tspan", { class: "l" }, line)]));
  node.g = svg("g", { class: `node${node.isClaim ? " is-claim" : ""}`, role: "button", tabindex: "-1", data: { id: node.id },
    "aria-label": nodeName(node) },
    node.mark, node.group === "HospitalTrust" && svg("path", { class: "glyph", d: "M-4 0H4M0 -4V4" }),
    node.group === "UnnamedSource" && svg("path", { class: "glyph-dark", d: "M-2.6 -1.9A2.6 2.6 0 1 1 1.2 0.5Q0 1 0 2.4M0 4.4V5" }),
    node.sure !== undefined && svg("path", { class: "sure" }), node.words);
  return node.g;
}

const nodeName = (node) => `${visible(node.label)}, ${t(`kind.${node.group}`)}, ${counted("utterance", node.value ?? 0)}`;

/** Says which edges and nodes the filters leave, and with what count. */
function sift() {
  const { view, nodes, edges } = scene;
  const floor = least(view);
  for (const edge of edges) {
    edge.count = view === "camps" ? campCount(edge) : allowed(edge.utterances).length;
    edge.tie = ["tie", "contradicts", "supports", "introduces", "relation"].includes(edge.kind);
    edge.shown = !hidden("line", edge.kind) && (edge.tie || edge.count >= floor)
      && !hidden("kind", nodes.get(edge.from).group) && !hidden("kind", nodes.get(edge.to).group);
    if (edge.shown && view === "camps") edge.kind = edge.now;
  }
  const touched = new Set(), spoken = new Set();
  for (const edge of edges) if (edge.shown && (!edge.tie || edge.kind === "relation")) for (const end of [edge.from, edge.to]) { touched.add(end); spoken.add(end); }
  // Ties and contradictions are drawn where one of their ends is still there.
  for (const edge of edges) if (edge.shown && edge.tie) {
    const claimTie = edge.kind === "contradicts" || edge.kind === "supports";
    edge.shown = claimTie ? spoken.has(edge.from) && spoken.has(edge.to) : spoken.has(edge.from) || spoken.has(edge.to);
    if (edge.shown) { touched.add(edge.from); touched.add(edge.to); }
  }
  for (const node of nodes.values()) {
    node.shown = !hidden("kind", node.group) && (touched.has(node.id) || node.id === state.select || (!filtering() && !node.value));
    node.g.toggleAttribute("hidden", !node.shown);
    node.g.classList.toggle("off", !node.shown);
  }
}

/** Sets everything down for the present camera: marks, labels, lines, numbers. */
function paint() {
  const nodes = [...scene.nodes.values()].filter((node) => node.shown);
  for (const node of nodes) {
    node.px = node.wx * camera.k;
    node.py = node.wy * camera.k - (node.isClaim ? 0 : node.text.height / 2);
  }
  const edges = scene.edges.filter((edge) => edge.shown);
  const ends = new Map();
  for (const edge of edges) {
    const a = scene.nodes.get(edge.from), b = scene.nodes.get(edge.to);
    push(ends, a.id, [b.px, b.py]);
    push(ends, b.id, [a.px, a.py]);
  }
  // While all is in sight, the buttons in the corner are in the way like any label.
  const corner = { x0: stageBox.clientWidth - 128 - camera.x, x1: stageBox.clientWidth - camera.x, y0: stageBox.clientHeight - 50 - camera.y, y1: stageBox.clientHeight - camera.y, owner: "" };
  const stage = { whole: camera.fitted, taken: camera.fitted ? [corner] : [], x0: 4 - camera.x, y0: (scene.view === "camps" ? 34 : 4) - camera.y, x1: stageBox.clientWidth - 4 - camera.x, y1: stageBox.clientHeight - 4 - camera.y };
  const room = placeLabels(nodes, focusSet(), ends, stage);
  for (const edge of edges) edge.badge = badgeOf(edge);
  routeEdges(edges, scene.nodes, room);
  for (const node of nodes) {
    node.g.setAttribute("transform", `translate(${node.px.toFixed(1)} ${node.py.toFixed(1)})`);
    node.mark.setAttribute("d", node.isClaim ? claimOutline(node) : outline(node.shape, node.r));
    node.words.toggleAttribute("hidden", !node.labelled);
    node.words.classList.toggle("off", !node.labelled);
    const line = LINE[node.isClaim ? "claim" : "node"];
    const top = node.slot.y - node.text.height / 2 + line * 0.76;
    for (const [place, span] of [...node.words.querySelectorAll(".l")].entries()) {
      span.setAttribute("x", node.slot.x.toFixed(1));
      span.setAttribute("y", (top + place * line).toFixed(1));
    }
    if (node.sure !== undefined) node.g.querySelector(".sure").setAttribute("d", sureArc(node));
  }
  layers.edges.replaceChildren(...edges.flatMap(drawEdge));
  layers.badges.replaceChildren(...edges.filter((edge) => edge.badge).map(drawBadge));
  layers.hulls.replaceChildren(...(scene.view === "camps" ? drawHulls(nodes) : []));
  move();
  light();
}

function claimOutline(node) {
  const w = (node.icon.x1 - node.icon.x0) / 2, h = (node.icon.y1 - node.icon.y0) / 2, q = Math.min(5, h);
  return `M${-w + q} ${-h}H${w - q}Q${w} ${-h} ${w} ${-h + q}V${h - q}Q${w} ${h} ${w - q} ${h}H${-w + q}Q${-w} ${h} ${-w} ${h - q}V${-h + q}Q${-w} ${-h} ${-w + q} ${-h}Z`;
}

const TONE_SIGN = { critical: "−", supportive: "+", neutral: "", affirms: "", denies: "", reports: "" };

function badgeOf(edge) {
  if (edge.kind === "relation") return scene.edges.length > 30 ? "" : [spaced(edge.relation), (edge.weight ?? 1) !== 1 ? edge.weight : ""].join(" ").trim().slice(0, 28);
  if (edge.kind in MIDDLE_SIGN) return edge.tie ? MIDDLE_SIGN[edge.kind] : `${MIDDLE_SIGN[edge.kind]} ${edge.count}`;
  if (edge.tie || (edge.count < 2 && !(edge.kind === "critical" || edge.kind === "supportive"))) return "";
  return `${TONE_SIGN[edge.kind] ?? ""}${edge.count}`;
}

function drawEdge(edge) {
  const d = shape(edge.path);
  const width = edge.tie || edge.kind === "reports" ? 1.1 : 1.3 + Math.log2(Math.max(1, edge.count)) * 0.9;
  const { end, angle } = edge.path;
  const lines = edge.kind === "mixed" ? [["a", 2.5], ["b", -2.5]].map(([name, by]) => svg("path", { class: `line ${name}`, d: shape(shifted(edge.path, by)) }))
    : [svg("path", { class: "line", d, "stroke-width": width.toFixed(1) })];
  edge.g = svg("g", { class: `edge line-${edge.kind}`, data: { edge: edge.id } },
    svg("path", { class: "hit", d }), lines, edge.arrows !== "" && svg("path", { class: "end", d: lineEnd(edge.kind, ...end, angle) }));
  return [edge.g];
}

function shifted(path, by) {
  const angle = Math.atan2(path.end[1] - path.start[1], path.end[0] - path.start[0]) + Math.PI / 2;
  const go = ([x, y]) => [x + Math.cos(angle) * by, y + Math.sin(angle) * by];
  return { start: go(path.start), bend: go(path.bend), end: go(path.end) };
}

function drawBadge(edge) {
  const { x, y, width } = edge.spot;
  edge.tag = svg("g", { class: `badge line-${edge.kind}`, data: { edge: edge.id }, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    svg("rect", { x: -width / 2, y: -8, width, height: 16, rx: 8 }), svg("text", { "text-anchor": "middle", y: 4 }, edge.badge));
  return edge.tag;
}

const move = () => world.setAttribute("transform", `translate(${camera.x.toFixed(1)} ${camera.y.toFixed(1)})`);
