// Saving: the picture as SVG and PNG, the data as CSV and Turtle, all made here without a server.

import { DATA } from "./data.js";
import { byId, el, SVG, svg } from "./dom.js";
import { stageBox, statusBox } from "./frame.js";
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
  if (state.view !== "table") return true;
  statusBox.textContent = t("no_picture");
  return false;
}

/** Returns the present picture as a document of its own, every style written out. */
function standalone() {
  const original = state.view === "time" ? byId("timeline") : picture;
  const width = original.clientWidth || stageBox.clientWidth;
  const height = (original.clientHeight || stageBox.clientHeight) + 30;
  const copy = /** @type {Element} */ (original.cloneNode(true));
  const to = copy.querySelectorAll("*");
  for (const [place, node] of original.querySelectorAll("*").entries()) {
    const style = getComputedStyle(node);
    if (style.display === "none" || node.classList.contains("hit")) to[place].setAttribute("display", "none");
    else for (const name of DRAWN) to[place].setAttribute(name, style.getPropertyValue(name));
  }
  for (const node of copy.querySelectorAll("[display=none]")) node.remove();
  for (const node of [copy, ...copy.querySelectorAll("*")]) for (const name of DROPPED) node.removeAttribute(name);
  const style = getComputedStyle(document.body);
  const size = { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` };
  for (const [name, value] of Object.entries(size)) copy.setAttribute(name, String(value));
  copy.prepend(svg("title", {}, DATA.title), svg("rect", { width, height, fill: style.backgroundColor }));
  const credit = { x: 12, y: height - 10, fill: style.color, "font-family": "sans-serif", "font-size": "11" };
  copy.append(svg("text", credit, `${DATA.title} — ${t("made_with")}`));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
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

/** Unpacks the Turtle that the page carries (gzip in base64) and saves it. */
export async function saveTurtle() {
  const { packed, suffix } = DATA.download ?? { packed: "", suffix: "" };
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  save(fileName("", suffix), [await new Response(stream).arrayBuffer()], "text/plain;charset=utf-8");
}
