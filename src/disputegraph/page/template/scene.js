// The scene: marks and lines of the current view, made once and moved when the reader zooms or drags.

import { liveRests } from "./coalitions.js";
import { DATA, kindOf, UTTERANCES } from "./data.js";
import { svg, visible } from "./dom.js";
import { edgesOf, enlarged } from "./expansion.js";
import { allowed, filtering, hidden, least } from "./filters.js";
import { edgesOfView, FOLDS, foldedPeople, isApart, peopleApart, peopleOf } from "./folding.js";
import { isTall, stageBox } from "./frame.js";
import { scaleOfLabels, sizeLabels, wrapped } from "./labels.js";
import { movedIn } from "./places.js";
import { cssName } from "./shapes.js";
import { state } from "./state.js";
import { counted, t } from "./texts.js";

/** Where the stage looks: a shift in pixels, a scale, and whether it was fitted to what is drawn. */
export const camera = { x: 0, y: 0, k: 1, fitted: false, fittedOnce: false };

/** The corner of the stage, to the right and below, where the buttons stand. */
export const CORNER = { width: 128, height: 50 };

/** @type {Scene} */
export let scene = { view: "", tall: false, nodes: new Map(), edges: [], most: 1, stretch: 1 };

export const layers = {
  hulls: svg("g", { class: "hulls" }),
  edges: svg("g", { class: "edges" }),
  nodes: svg("g", { class: "nodes" }),
  badges: svg("g", { class: "badges" }),
};
const world = svg("g", { id: "world" }, layers.hulls, layers.edges, layers.nodes, layers.badges);
const about = { id: "picture", role: "group", "aria-label": t("graph_help"), tabindex: "-1" };
export const picture = svg("svg", about, world);

/** Shows the part of the world at which the camera looks. */
export const move = () => world.setAttribute("transform", `translate(${camera.x.toFixed(1)} ${camera.y.toFixed(1)})`);

export const shownNodes = () => [...scene.nodes.values()].filter((node) => node.shown);

/** Returns the node that an edge of the scene comes from or goes to. */
const end = (/** @type {string} */ id) => /** @type {SceneNode} */ (scene.nodes.get(id));

/** Returns both ends of an edge of the scene. */
export const endsOf = (/** @type {ViewEdge} */ edge) => [end(edge.from), end(edge.to)];

/**
 * Builds the scene of a view, with what the reader has expanded.
 * @param {string} view
 */
export function build(view) {
  const tall = isTall();
  const moved = movedIn(view, tall);
  // The layout was made for one shape of stage; on a wider one it is stretched, as far as that does no harm.
  const [wide, high] = tall ? [374, 600] : [750, 680];
  const ratio = stageBox.clientWidth / Math.max(1, stageBox.clientHeight) / (wide / high);
  const stretch = Math.min(1.7, Math.max(0.75, ratio));
  sizeLabels();
  const nodes = new Map();
  const wanted = kindOf(state.select) === "Utterance" ? state.open : [...state.open, state.select];
  const folded = foldedPeople(view);
  for (const one of enlarged(view, [...wanted, ...peopleApart(view)])) {
    const sum = () => edgesOf(view, one.id).reduce((all, edge) => all + edge.utterances.length, 0);
    const data = peopleOf.has(one.id) ? { ...one, value: sum(), people: folded.get(one.id)?.size } : one;
    const [x, y] = tall ? data.tall : [data.x, data.y];
    const [wx, wy] = moved.get(data.id) ?? [x, y];
    nodes.set(data.id, drawNode(data, { wx: wx * stretch, wy }));
  }
  const edges = edgesOfView(view)
    .filter((edge) => nodes.has(edge.from) && nodes.has(edge.to))
    .flatMap((edge) => (edge.id === state.spread ? singles(edge) : [{ ...edge }]));
  scene = {
    view,
    tall,
    nodes,
    edges: /** @type {SceneEdge[]} */ (edges),
    most: Math.max(1, ...edges.map(sizeOf)),
    stretch,
  };
  layers.nodes.replaceChildren(...[...scene.nodes.values()].map((node) => node.g));
  for (const layer of [layers.edges, layers.badges, layers.hulls]) layer.replaceChildren();
}

/** Returns for how many utterances, or claims, an edge stands without filters. */
const sizeOf = (/** @type {ViewEdge} */ { rests, utterances }) =>
  rests ? (rests.agree ?? []).length + (rests.conflict ?? []).length : utterances.length;

/** Returns the single utterances of a bundled edge, each as a line of its own. */
const singles = (/** @type {ViewEdge} */ edge) =>
  edge.utterances.map((place) => ({ ...edge, id: UTTERANCES[place].id, utterances: [place], single: true }));

/** Returns the colour of an actor by what is coded of it, where the page is coloured so. @param {string} id */
function colourOf(id) {
  const { of, values, rest } = DATA.colours ?? {};
  return of && values && (id in of ? values[of[id]].colour : rest);
}

/**
 * @param {ViewNode} data
 * @param {{ wx: number, wy: number }} place
 */
function drawNode(data, place) {
  const isClaim = data.kind === "Claim";
  const large = stageBox.clientWidth > 1000 ? 1.15 : 1;
  const name = wrapped(data.label, isClaim ? "claim" : "node", (isClaim ? 116 : 118) * scaleOfLabels, isClaim ? 3 : 2);
  const text = data.people ? withPeople(name, data.people) : name;
  const kind = `kind-${cssName(data.kind)}${data.known ? " known-claim" : ""}`;
  const colour = !isClaim && colourOf(data.id);
  const mark = svg("path", { class: `shape ${colour ? "coloured" : kind}`, fill: colour || null });
  const words = svg(
    "text",
    { class: isClaim ? "words claim" : "words", "text-anchor": "middle", "aria-hidden": text.short ? "true" : null },
    linesOf(text.lines),
  );
  const people = data.people ? [counted("person", data.people)] : [];
  const told = [visible(data.label), t(`kind.${data.kind}`), ...people, counted("utterance", data.value)].join(", ");
  const g = svg(
    "g",
    {
      class: `node${isClaim ? " is-claim" : ""}`,
      role: "button",
      tabindex: "-1",
      data: { id: data.id },
      "aria-label": told,
    },
    svg("title", {}, told),
    mark,
    data.kind === "HospitalTrust" && svg("path", { class: "glyph", d: "M-4 0H4M0 -4V4" }),
    data.kind === "UnnamedSource" &&
      svg("path", { class: "glyph-dark", d: "M-2.6 -1.9A2.6 2.6 0 1 1 1.2 0.5Q0 1 0 2.4M0 4.4V5" }),
    data.sure !== undefined && svg("path", { class: "sure" }),
    words,
  );
  const r = isClaim ? 6 : Math.min(15, 7.5 + Math.sqrt(data.value) * 1.1) * large;
  return { ...data, ...place, isClaim, r, text, mark, words, g };
}

/**
 * Returns a name with a line that says how many people are drawn with it.
 * @param {Wrapped} name
 * @param {number} count
 * @returns {Wrapped}
 */
function withPeople(name, count) {
  const more = wrapped(`+ ${counted("person", count)}`, "node", 200, 1);
  const size = { width: Math.max(name.width, more.width), height: name.height + more.height };
  return { ...name, ...size, lines: [...name.lines, ...more.lines] };
}

/** Returns the lines of a label, each with the class `l`; the space between two lines is heard, not seen. */
export const linesOf = (/** @type {string[]} */ lines) =>
  lines.flatMap((line, place) => [
    place > 0 && svg("tspan", { "font-size": 0 }, " "),
    svg("tspan", { class: "l" }, line),
  ]);

const TIES = ["tie", "contradicts", "supports", "introduces", "relation"];

/** Says which edges and nodes the filters leave, and with what count. */
export function sift() {
  const { view, nodes, edges } = scene;
  const floor = least(view);
  for (const edge of edges) {
    edge.tie = TIES.includes(edge.kind);
    if (edge.rests) {
      const live = liveRests(edge.rests);
      edge.count = live.agree + live.conflict;
      edge.look = live.agree && live.conflict ? "mixed" : live.agree ? "agree" : "conflict";
    } else {
      edge.count = allowed(edge.utterances).length;
      edge.look = edge.kind;
    }
    const kinds = endsOf(edge).map((node) => node.kind);
    const selected = [edge.from, edge.to].includes(state.select);
    edge.shown = !hidden("line", edge.look) && (edge.tie || edge.count >= (selected ? 1 : floor));
    if (edge.via && hidden("line", "via")) edge.shown = false;
    if (kinds.some((kind) => hidden("kind", kind))) edge.shown = false;
  }
  const touched = new Set();
  for (const edge of edges) {
    if (edge.shown && (!edge.tie || edge.kind === "relation")) for (const node of endsOf(edge)) touched.add(node);
  }
  // Ties and contradictions are drawn where one of their ends, or both, are still there.
  const spoken = new Set(touched);
  for (const edge of edges) {
    if (!edge.shown || !edge.tie) continue;
    const there = endsOf(edge).filter((node) => spoken.has(node)).length;
    edge.shown = there >= (edge.kind === "contradicts" || edge.kind === "supports" ? 2 : 1);
    if (edge.shown) for (const node of endsOf(edge)) touched.add(node);
  }
  for (const node of nodes.values()) {
    const apart = FOLDS.has(node.id) && isApart(node.id);
    const alone = node.id === state.select || (!filtering() && (!node.value || apart));
    node.shown = !hidden("kind", node.kind) && (touched.has(node) || alone);
    node.g.toggleAttribute("hidden", !node.shown);
    node.g.classList.toggle("off", !node.shown);
  }
}
