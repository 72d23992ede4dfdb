// Saving: the picture as SVG and PNG, the data as CSV and Turtle, all made here without a server.

import { addressOf, DATA } from "./data.js";
import { byId, el, SVG, svg } from "./dom.js";
import { boardBox, stageBox, statusBox } from "./frame.js";
import { altText, caption } from "./picture_caption.js";
import { placesFile } from "./places.js";
import { picture } from "./scene.js";
import { state } from "./state.js";
import { headings, plain, tableRows, tableShown } from "./table.js";
import { t } from "./texts.js";
import { csvCell, folded } from "./words.js";

/** Properties of style that make a picture what it is. */
const DRAWN = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "fill-opacity",
  "stroke-opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "paint-order",
  "text-anchor",
];
const DROPPED = ["class", "id", "tabindex", "role", "data-id", "data-edge", "aria-pressed", "hidden"];

/**
 * Hands a file to the reader.
 * @param {string} name
 * @param {BlobPart[]} parts
 * @param {string} type
 */
function save(name, parts, type) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const anchor = el("a", { href: url, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** @param {string[]} parts what the name ends with, and its suffix */
function fileName(...parts) {
  const title = folded(DATA.title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return `${title || "dispute"}${parts.join(".")}`;
}

/** Says whether there is a picture to save: in the table there is none, and the reader is told. */
function drawn() {
  if (state.view !== "table" && !byId("claim-list")) return true;
  statusBox.textContent = t("no_picture");
  return false;
}

const HEADING = 34;

/**
 * Returns the present picture as a document of its own, with heading, legend, source and method, every style written
 * out.
 */
function standalone() {
  const original = boardBox.hidden ? picture : /** @type {Element} */ (boardBox.querySelector("svg"));
  const width = Math.max(original.clientWidth, stageBox.clientWidth);
  const high = original.clientHeight || stageBox.clientHeight;
  const copy = /** @type {Element} */ (original.cloneNode(true));
  const below = caption(width);
  const height = HEADING + high + below.height;
  below.g.setAttribute("transform", `translate(0 ${HEADING + high})`);
  for (const [name, value] of Object.entries({ y: HEADING, width: original.clientWidth || width, height: high }))
    copy.setAttribute(name, String(value));
  const style = getComputedStyle(document.body);
  const sheet = svg(
    "svg",
    { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, class: "saved" },
    svg("title", {}, DATA.title),
    svg("desc", {}, altText()),
    svg("rect", { width, height, fill: style.backgroundColor }),
    svg("text", { class: "caption heading", x: 14, y: 23 }, `${DATA.title} · ${t(`view.${state.view}`)}`),
    copy,
    below.g,
  );
  stageBox.append(sheet); // what is drawn nowhere has no style
  const nodes = [...sheet.querySelectorAll("*")];
  const looks = nodes.map((node) => {
    const look = getComputedStyle(node);
    const gone = look.display === "none" || node.classList.contains("hit");
    return gone ? null : DRAWN.map((name) => look.getPropertyValue(name));
  });
  for (const [place, node] of nodes.entries()) {
    const look = looks[place];
    if (look) for (const [at, name] of DRAWN.entries()) node.setAttribute(name, look[at]);
    else node.remove();
  }
  for (const node of [sheet, ...nodes]) for (const name of DROPPED) node.removeAttribute(name);
  sheet.remove();
  return { text: new XMLSerializer().serializeToString(sheet), width, height };
}

export function saveSvg() {
  if (drawn()) save(fileName(`-${state.view}`, "svg"), [standalone().text], "image/svg+xml");
}

const PNG_SCALE = 2;

export async function savePng() {
  if (!drawn()) return;
  const { text, width, height } = standalone();
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = el("canvas", { width: width * PNG_SCALE, height: height * PNG_SCALE });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => blob && save(fileName(`-${state.view}`, "png"), [blob], "image/png"), "image/png");
}

export function saveCsv() {
  const name = tableShown();
  const rows = [headings(name), ...tableRows(name).map((row) => row.map(plain))];
  const lines = rows.map((row) => `${row.map(csvCell).join(",")}\r\n`);
  save(fileName(`-${name}`, "csv"), ["\ufeff", ...lines], "text/csv;charset=utf-8");
}

/** Saves where the marks stand, for `disputegraph page --places`. */
export const savePlaces = () =>
  save(fileName("-places", "json"), [JSON.stringify(placesFile(DATA.views, addressOf))], "application/json");

/** Unpacks the Turtle that the page carries (gzip in base64) and saves it. */
export async function saveTurtle() {
  const { packed, suffix } = DATA.download ?? { packed: "", suffix: "" };
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  save(fileName("", suffix), [await new Response(stream).arrayBuffer()], "text/plain;charset=utf-8");
}
