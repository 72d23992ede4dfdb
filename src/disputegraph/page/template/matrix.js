// The matrix of voices × claims, ordered by coalition: what is drawn where lines between them would be a tangle.

import { claims, DATA, labelOf, saidOn, UTTERANCES } from "./data.js";
import { el, svg, visible } from "./dom.js";
import { allowed, counts } from "./filters.js";
import { FOLDS } from "./folding.js";
import { foldingNote } from "./folding_note.js";
import { boardBox, stageBox } from "./frame.js";
import { sizeLabels, wrapped } from "./labels.js";
import { columnsOf, MOST_COLUMNS } from "./matrix_columns.js";
import { tick } from "./multimap.js";
import { markButton } from "./shapes.js";
import { state } from "./state.js";
import { counted, t } from "./texts.js";

/** @typedef {import("./matrix_columns.js").Column} Column */

/** Lines above which claims and coalitions are shown as a matrix. */
export const MOST_LINES = 150;
/** The same of a stage as narrow as a phone, where outlines of coalitions would lie on each other. */
export const MOST_NARROW_LINES = 50;
const MOST_CLAIMS = 80;
const SQUARE = 18;
const MATRIX_HEAD = 180;

/** @typedef {{ side: string | undefined, heard: boolean }} Taken */

/**
 * Returns the side that each voice takes on a claim under the filters: affirms, denies or both, and whether all is
 * hearsay.
 * @param {string} claim
 */
function sidesOf(claim) {
  /** @type {Map<string, Taken>} */
  const found = new Map();
  for (const place of allowed(saidOn.get(claim))) {
    const one = UTTERANCES[place];
    if (!counts(one) || !one.polarity || one.polarity === "neutral") continue;
    const { side = one.polarity, heard = true } = found.get(one.voice) ?? {};
    const both = side === one.polarity ? side : "both";
    found.set(one.voice, { side: both, heard: heard && Boolean(one.hearsay) });
  }
  return found;
}

/** @type {Taken} */
const NO_SIDE = { side: undefined, heard: false };

/**
 * Returns the side that several voices take together.
 * @param {Taken[]} sides
 * @returns {Taken}
 */
function together(sides) {
  const taken = sides.filter(({ side }) => side);
  if (!taken.length) return NO_SIDE;
  const alike = taken.every(({ side }) => side === taken[0].side);
  return { side: alike ? taken[0].side : "both", heard: taken.every(({ heard }) => heard) };
}

/** @typedef {{ id: string, cells: Taken[], taken: number, lean: number }} Row */

/**
 * Returns the rows of the matrix, the claims on which most columns take a side, those of the first coalition first.
 * @param {Column[]} columns
 * @param {number} fewest in how many columns a side must be taken
 * @returns {Row[]}
 */
function rowsOf(columns, fewest) {
  return [...claims.keys()]
    .map((id) => {
      const sides = sidesOf(id);
      const cells = columns.map(({ voices }) => together(voices.map((voice) => sides.get(voice) ?? NO_SIDE)));
      const taken = cells.filter(({ side }) => side).length;
      const value = cells.map(({ side }, place) => {
        const sign = side === "affirms" ? 1 : side === "denies" ? -1 : 0;
        return columns[place].coalition ? -sign : sign;
      });
      return { id, cells, taken, lean: value.reduce((sum, one) => sum + one, 0) / Math.max(1, taken) };
    })
    .filter(({ taken }) => taken >= fewest)
    .sort((a, b) => b.taken - a.taken || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_CLAIMS)
    .sort((a, b) => b.lean - a.lean || b.taken - a.taken);
}

/**
 * Draws the matrix on the board, with a note on what it leaves out.
 * @param {number} lines how many lines it stands for
 */
export function showMatrix(lines) {
  sizeLabels();
  const all = columnsOf(state.view);
  const columns = all.slice(0, MOST_COLUMNS);
  const rows = rowsOf(columns, state.view === "claims" ? 1 : 2);
  const left = stageBox.clientWidth < 560 ? 130 : stageBox.clientWidth > 1000 ? 380 : 300;
  const starts = columns.flatMap(({ coalition }, place) =>
    place && coalition !== columns[place - 1].coalition ? [place] : [],
  );
  const wide = (stageBox.clientWidth - left - 40 - starts.length * 10) / columns.length;
  const step = Math.min(34, Math.max(SQUARE, wide)); // columns fill the stage, as far as they stay together
  const x = (/** @type {number} */ place) => left + place * step + starts.filter((start) => start <= place).length * 10;
  const [width, height] = [x(columns.length) + 20, MATRIX_HEAD + rows.length * SQUARE + 12];
  /** @type {SVGElement[]} */
  const parts = [];
  for (const [place, { id, label, end }] of columns.entries()) {
    const name = wrapped(label, "node", (MATRIX_HEAD - (end ? 40 : 12)) / 1.15, 1).lines[0] + end;
    const turn = { transform: `translate(${x(place) + step / 2 + 4} ${MATRIX_HEAD - 8}) rotate(-90)` };
    parts.push(
      markButton(
        chosen(id),
        id,
        visible(label + end),
        { tabindex: "0" },
        svg("title", {}, label + end),
        svg("text", { class: "words", ...turn }, name),
      ),
    );
  }
  for (const [line, { id, cells }] of rows.entries()) {
    const y = MATRIX_HEAD + line * SQUARE;
    const name = wrapped(labelOf(id), "node", (left - 12) / 1.15, 1).lines[0];
    const text = svg("text", { class: "words", x: left - 8, y: y + SQUARE * 0.72, "text-anchor": "end" }, name);
    const whole = svg("title", {}, labelOf(id));
    parts.push(markButton(chosen(id), id, visible(labelOf(id)), { tabindex: "-1" }, whole, text));
    parts.push(svg("line", { class: "lane", x1: left, x2: width - 20, y1: y + SQUARE, y2: y + SQUARE }));
    for (const [place, { side, heard }] of cells.entries()) {
      if (!side) continue;
      const who = `${columns[place].label}${columns[place].end}`;
      const told = `${who}: ${t(`says.${side}`)}: ${labelOf(id)}${heard ? ` (${t("via")})` : ""}`;
      parts.push(drawCell(side, heard, x(place) + (step - SQUARE) / 2, y, told));
    }
  }
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const drawn = svg("svg", { id: "matrix", ...size, role: "group", "aria-label": t("matrix") }, parts);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("matrix") }, drawn);
  const absent = DATA.claims.length - rows.length;
  /** @type {Map<string, number>} */
  const folded = new Map();
  for (const { id, people } of columns) if (people) tick(folded, id, people);
  const { total, shown } = DATA.views[state.view];
  const voices = all.slice(MOST_COLUMNS).reduce((sum, column) => sum + column.voices.length, 0);
  const told = [
    FOLDS.size > 0 && foldingNote([...folded.values()]),
    t("matrix_key"),
    state.view === "claims" && all.some(({ coalition }) => coalition === undefined) && ` ${t("matrix_rest")}`,
    " ",
    t("matrix_note", { count: lines }),
    absent > 0 && ` ${t(`matrix_left.${state.view}`, { claims: counted("claim", absent) })}`,
    voices > 0 && ` ${t("matrix_voices_left", { count: voices })}`,
    state.view === "coalitions" && total > shown && ` ${t("aggregate.coalitions", { shown, total })}`,
  ];
  boardBox.replaceChildren(el("p", { class: "note", role: "note" }, told), scroll);
}

/** Returns the class of what the reader has selected. */
const chosen = (/** @type {string} */ id) => (id === state.select ? "selected" : "");

/**
 * Draws a cell: a full square affirms, a cross denies, a crossed square does both.
 * @param {string} side
 * @param {boolean} heard
 * @param {number} x
 * @param {number} y
 * @param {string} told
 */
const drawCell = (side, heard, x, y, told) =>
  svg(
    "g",
    { class: `cell cell-${side}${heard ? " via" : ""}`, transform: `translate(${x} ${y})` },
    side !== "denies" && svg("rect", { class: "box", x: 4, y: 4, width: 10, height: 10 }),
    side !== "affirms" && svg("path", { class: "cross", d: "M4 4L14 14M14 4L4 14" }),
    svg("title", {}, told),
  );
