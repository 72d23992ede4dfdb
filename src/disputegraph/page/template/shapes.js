// Outlines: the mark of each kind, and the ends of lines.
// Shape tells the kind, line and end tell the tone; colour only helps.

import { svg } from "./dom.js";

/** Kinds that are not named here are diamonds. @type {Record<string, string>} */
const SHAPE_OF = {
  Person: "dot",
  Organization: "square",
  HospitalTrust: "square",
  NewsOrganization: "triangleDown",
  Collective: "hexagon",
  UnnamedSource: "dot",
  Hospital: "triangle",
  Claim: "box",
};

/** Corners of the shapes of radius 1. @type {Record<string, string>} */
const CORNERS = {
  square: "-0.9,-0.9 0.9,-0.9 0.9,0.9 -0.9,0.9",
  triangle: "0,-1.1 1.05,0.8 -1.05,0.8",
  triangleDown: "0,1.1 1.05,-0.8 -1.05,-0.8",
  hexagon: "-1.1,0 -0.55,-0.95 0.55,-0.95 1.1,0 0.55,0.95 -0.55,0.95",
  diamond: "0,-1.15 1.15,0 0,1.15 -1.15,0",
  box: "-1.2,-0.7 1.2,-0.7 1.2,0.7 -1.2,0.7",
};

/**
 * Returns a shape around the origin as the data of an SVG path.
 * @param {string} shape
 * @param {number} r
 */
export function outline(shape, r) {
  if (!(shape in CORNERS)) return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
  const scaled = CORNERS[shape].replace(/[-\d.]+/g, (number) => String(+(Number(number) * r).toFixed(2)));
  return `M${scaled.replaceAll(" ", "L")}Z`;
}

/** @param {string} kind */
export const shapeOf = (kind) => SHAPE_OF[kind] ?? "diamond";

/**
 * Returns a kind as part of a CSS class.
 * @param {string} kind
 */
export const cssName = (kind) => String(kind).replace(/[^A-Za-z0-9]/g, "");

/**
 * Returns a small picture of a kind's mark, for legend and lists.
 * @param {string} kind
 */
export const kindMark = (kind) =>
  svg(
    "svg",
    { class: "mark", viewBox: "-10 -10 20 20", width: 18, height: 18, "aria-hidden": "true", focusable: "false" },
    svg("path", { class: `shape kind-${cssName(kind)}`, d: outline(shapeOf(kind), 7) }),
  );

/** Returns a small picture of a colour. @param {string} colour */
export const colourMark = (colour) =>
  svg(
    "svg",
    { class: "mark", viewBox: "-10 -10 20 20", width: 18, height: 18, "aria-hidden": "true", focusable: "false" },
    svg("circle", { class: "shape coloured", r: 7, fill: colour }),
  );

/**
 * Returns a small picture of a kind of line.
 * @param {string} kind
 */
export function lineMark(kind) {
  const line = (/** @type {string} */ more, /** @type {string} */ d) => svg("path", { class: `line${more}`, d });
  return svg(
    "svg",
    { class: "mark", viewBox: "0 0 34 12", width: 34, height: 12, "aria-hidden": "true", focusable: "false" },
    svg(
      "g",
      { class: `edge line-${kind === "via" ? "neutral via" : kind}` },
      kind === "mixed" ? [line(" a", "M1 4H33"), line(" b", "M1 9H33")] : line("", "M1 6H24"),
      svg("path", { class: "end", d: lineEnd(kind, [25, 6], 0) }),
    ),
  );
}

/**
 * Returns how wide a line is, in pixels, that stands for so many utterances or claims: a step wider with each doubling,
 * up to 5 pixels for the most.
 * @param {number} count
 * @param {number} most
 */
export const lineWidth = (count, most) => 1.3 + (Math.log2(Math.max(1, count)) / Math.log2(Math.max(16, most))) * 3.7;

/** From one line of the picture of widths to the next, in pixels. */
const WIDTH_STEP = 52;

/**
 * Returns a small picture of how wide lines are, up to the one that stands for most.
 * @param {number} most
 */
export const widthMark = (most) => {
  const counts = most > 3 ? [1, Math.round(Math.sqrt(most)), most] : [1, most];
  const line = (/** @type {number} */ count, /** @type {number} */ place) => [
    svg("path", {
      class: "line",
      d: `M${place * WIDTH_STEP} 6H${place * WIDTH_STEP + 20}`,
      "stroke-width": lineWidth(count, most).toFixed(1),
    }),
    svg("text", { class: "tick-name", x: place * WIDTH_STEP + 24, y: 10 }, String(count)),
  ];
  const size = { viewBox: `0 0 ${counts.length * WIDTH_STEP} 12`, width: counts.length * WIDTH_STEP, height: 12 };
  return svg("svg", { class: "mark", ...size, "aria-hidden": "true" }, svg("g", { class: "edge" }, counts.map(line)));
};

/**
 * Returns the end of a line at a point, pointing along `angle`.
 * @param {string} kind
 * @param {Point} point
 * @param {number} angle
 */
export function lineEnd(kind, [x, y], angle) {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const at = (/** @type {number} */ dx, /** @type {number} */ dy) =>
    `${(x + dx * c - dy * s).toFixed(1)} ${(y + dx * s + dy * c).toFixed(1)}`;
  switch (kind) {
    case "critical":
    case "affirms":
      return `M${at(8, 0)}L${at(-1, 4)}L${at(-1, -4)}Z`;
    case "supportive":
      return `M${at(8, 0)}L${at(0, 4)}M${at(8, 0)}L${at(0, -4)}M${at(8, 0)}L${at(-2, 0)}`;
    case "denies":
      return `M${at(6, 5)}L${at(6, -5)}M${at(2, 5)}L${at(2, -5)}M${at(-1, 0)}L${at(6, 0)}`;
    case "mixedTone":
      return `M${at(8, 0)}L${at(3, 4)}L${at(-2, 0)}L${at(3, -4)}Z`;
    case "neutral":
      return `M${at(0, 0)}m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z`;
    case "relation":
    case "reports":
    case "introduces":
    case "supports":
      return `M${at(7, 0)}L${at(1, 3.5)}M${at(7, 0)}L${at(1, -3.5)}M${at(7, 0)}L${at(-1, 0)}`;
    default:
      return "";
  }
}

/**
 * Returns a mark that can be pressed.
 * @param {string} name CSS classes
 * @param {string} id
 * @param {string} label
 * @param {Properties} more
 * @param {...Child} children
 */
export const markButton = (name, id, label, more, ...children) => {
  const about = { class: `${name} mark-button`, role: "button", "aria-label": label, data: { id } };
  return svg("g", { ...about, ...more }, children);
};
