// The time line: who spoke when, events above, changes of stance marked; and the slider that filters all views.

import { DATA, DAYS, FIRST_DAY, inOrder, LAST_DAY, labelOf, stancesOf, UTTERANCES, utteranceLabel } from "./data.js";
import { dayName, dayNumber, dayText } from "./days.js";
import { el, svg, under, visible } from "./dom.js";
import { counts, passes } from "./filters.js";
import { boardBox, stageBox } from "./frame.js";
import { LINE, scaleOfLabels, sizeLabels, wrapped } from "./labels.js";
import { push, tick } from "./multimap.js";
import { linesOf } from "./scene.js";
import { cssName, markButton, outline } from "./shapes.js";
import { choose, state } from "./state.js";
import { counted, LANGUAGE, t } from "./texts.js";

const DOT = 6;
const STEP = 18;
const ROW = 26;
const LEFT = 168;
const RIGHT = 24;
const TOP = 30;
/** Room for the name of a day, so that no two overprint. */
const TICK_NAME = 76;
const PER_COLUMN = 8;
/** The most room, in pixels, that a row is given beyond what it needs, and the height of the slider below. */
const MOST_PAD = 34;
const SLIDER = 80;
const MOST_VOICES = 24;
const MOST_DOTS = 1500;
const MOST_EVENTS = 60;

/**
 * Where days and rows stand, and whether there are so many utterances that they are counted instead of drawn.
 * @typedef {{ a: number, b: number, left: number, width: number, many: boolean, x: (day: string) => number }} Axis
 */
/**
 * A voice and the places of its utterances; without an identifier, several voices.
 * @typedef {{ id: string, label: string, places: number[] }} Lane
 */

export function showTime() {
  if (!FIRST_DAY) {
    boardBox.replaceChildren(el("p", { class: "note" }, t("no_dates")));
    return;
  }
  sizeLabels();
  const shown = UTTERANCES.flatMap((one, place) => (one.date && passes(place) ? [place] : []));
  const axis = axisOf(shown);
  const { a, b, width, left } = axis;
  /** @type {SVGElement[]} */
  const parts = [];
  let y = drawEvents(parts, axis, TOP);
  const lanes = lanesOf(shown);
  // Drawn once to see how high it is: a few rows are spread over the stage rather than left in its upper half.
  const low = lanes.reduce((top, lane) => drawLane([], axis, lane, top, 0), y);
  const pad = Math.max(0, Math.min(MOST_PAD, (stageBox.clientHeight - SLIDER - low) / Math.max(1, lanes.length)));
  for (const lane of lanes) y = drawLane(parts, axis, lane, y, pad);
  if (!lanes.length) parts.push(svg("text", { class: "words", x: left, y: y + 20 }, t("filtered_out")));
  let free = 0;
  let before = "";
  const ticks = ticksOf(a, b, width < 560 ? 3 : 7).flatMap((day) => {
    const at = axis.x(day);
    const named = at - TICK_NAME / 2 >= free;
    if (named) free = at + TICK_NAME / 2;
    const name = dayName(day, LANGUAGE, before);
    if (named) before = day;
    return [
      svg("line", { class: "tick", x1: at, x2: at, y1: 18, y2: y + 8 }),
      named && svg("text", { class: "tick-name", x: at, y: 13, "text-anchor": "middle" }, name),
    ];
  });
  const size = { width, height: y + 20, viewBox: `0 0 ${width} ${y + 20}` };
  const drawn = svg("svg", { id: "timeline", ...size, role: "group", "aria-label": t("help.time") }, ticks, parts);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("time") }, drawn);
  boardBox.replaceChildren(scroll, slider(a, b));
}

/**
 * @param {number[]} shown
 * @returns {Axis}
 */
function axisOf(shown) {
  const width = Math.max(320, stageBox.clientWidth);
  const left = width < 560 ? 120 : LEFT * scaleOfLabels;
  const a = dayNumber(FIRST_DAY);
  const b = Math.max(dayNumber(LAST_DAY), a + 1);
  // Room on the right for the longest row of one day.
  const sameDay = new Map();
  for (const place of shown) tick(sameDay, `${UTTERANCES[place].voice} ${UTTERANCES[place].date}`);
  const most = [...sameDay.values()].reduce((p, q) => Math.max(p, q), 0);
  const spare = Math.min(width * 0.4, Math.max(40, Math.ceil(most / PER_COLUMN) * STEP));
  const x = (/** @type {string} */ day) =>
    left + 12 + ((dayNumber(day) - a) / (b - a)) * (width - left - RIGHT - spare);
  return { a, b, left, width, x, many: shown.length > MOST_DOTS };
}

/**
 * Returns the voices by number of utterances; those beyond the most that are drawn are one.
 * @param {number[]} shown
 * @returns {Lane[]}
 */
function lanesOf(shown) {
  /** @type {Map<string, number[]>} */
  const voices = new Map();
  for (const place of shown) push(voices, UTTERANCES[place].voice ?? "", place);
  const ranked = [...voices].sort((p, q) => q[1].length - p[1].length);
  const lanes = ranked.slice(0, MOST_VOICES).map(([id, places]) => ({ id, label: labelOf(id), places }));
  const rest = ranked.slice(MOST_VOICES);
  const label = t("other_voices", { count: rest.length });
  if (rest.length) lanes.push({ id: "", label, places: rest.flatMap(([, places]) => places) });
  return lanes;
}

/**
 * @param {number} a
 * @param {number} b
 * @param {number} most
 */
function ticksOf(a, b, most) {
  const days = [...new Set(DAYS)];
  if (days.length <= 3) return days;
  return Array.from({ length: most }, (_, place) => dayText(a + ((b - a) * place) / (most - 1)));
}

/**
 * Draws the events of the period, each on the first line where it finds room, and returns where the next row begins.
 * @param {SVGElement[]} parts
 * @param {Axis} axis
 * @param {number} y
 */
function drawEvents(parts, { x, width }, y) {
  const events = DATA.things
    .filter(
      ({ start, end = start }) =>
        start && end && (!state.from || end >= state.from) && (!state.to || start <= state.to),
    )
    .map((one) => ({ ...one, start: one.start ?? "", end: one.end ?? one.start ?? "" }))
    .sort((p, q) => (p.start < q.start ? -1 : 1));
  /** @type {Point[][]} */
  const lanes = [];
  for (const { id, kind, label, start, end } of events.slice(0, MOST_EVENTS)) {
    const name = wrapped(label, "node", 190, 1);
    const x0 = x(start);
    const x1 = Math.max(x0, x(end));
    const flip = x1 + name.width + 16 > width;
    /** @type {Point} */
    const box = flip ? [x0 - name.width - 16, x1 + 8] : [x0 - 8, x1 + name.width + 16];
    let lane = lanes.findIndex((ends) => ends.every(([p, q]) => box[1] < p || box[0] > q));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane].push(box);
    const at = y + 10 + lane * 22;
    const beside = flip ? { x: x0 - 11, "text-anchor": "end" } : { x: x1 + 11, "text-anchor": "start" };
    const text = { class: "words", ...beside, y: at + 4, "aria-hidden": name.short ? "true" : null };
    parts.push(
      markButton(
        "event",
        id,
        `${visible(label)}, ${start}`,
        { tabindex: "0" },
        svg("path", {
          class: `shape kind-${cssName(kind)}`,
          transform: `translate(${x0} ${at})`,
          d: outline("diamond", 6),
        }),
        x1 > x0 + 8 && svg("line", { class: "span", x1: x0 + 7, x2: x1, y1: at, y2: at }),
        svg("text", text, name.lines[0]),
      ),
    );
  }
  return y + lanes.length * 22 + 16;
}

/**
 * Draws the row of a voice, and returns where the next begins.
 * @param {SVGElement[]} parts
 * @param {Axis} axis
 * @param {Lane} lane
 * @param {number} y
 * @param {number} pad room beyond what it needs
 */
function drawLane(parts, axis, { id, label, places }, y, pad) {
  const { x, left, width } = axis;
  const { lines, short } = wrapped(label, "node", (left - 22) / 1.15, 2);
  const about = { class: "words lane-name", "text-anchor": "end", "aria-hidden": short ? "true" : null };
  const words = svg("text", about, linesOf(lines));
  for (const [place, line] of [...words.querySelectorAll(".l")].entries()) {
    line.setAttribute("x", String(left - 12));
    line.setAttribute("y", String(y + 17.5 + place * LINE.node));
  }
  const name = `${visible(label)}, ${counted("utterance", places.length)}`;
  parts.push(svg("line", { class: "lane", x1: 0, x2: width, y1: y, y2: y }));
  parts.push(id ? markButton("", id, name, { tabindex: "0" }, words) : words);
  let tall = ROW + (lines.length - 1) * LINE.node;
  const wide = (x(dayText(axis.a + 1)) - x(dayText(axis.a))) / STEP;
  let [last, under] = [Number.NEGATIVE_INFINITY, 0];
  for (const [day, list] of daysOf(places, axis)) {
    if (axis.many) {
      const r = Math.min(ROW / 2 - 1, 2 + Math.sqrt(list.length));
      const told = svg("title", {}, `${day}: ${counted("utterance", list.length)}`);
      parts.push(svg("circle", { class: "bin", cx: x(day), cy: y + ROW / 2, r }, told));
      continue;
    }
    // The marks of a day stand in its column, however many: a second column only where the day is wide enough for it.
    const columns = day === LAST_DAY ? Math.ceil(list.length / PER_COLUMN) : Math.max(1, Math.floor(wide));
    const deep = Math.max(Math.min(list.length, PER_COLUMN), Math.ceil(list.length / columns));
    // Days too near each other to stand side by side go below each other.
    under = x(day) - last < STEP ? under : 0;
    for (const [n, place] of list.entries()) {
      const [column, row] = [Math.floor(n / deep), under + (n % deep)];
      parts.push(drawDot(UTTERANCES[place], x(day) + column * STEP, y + 13 + row * STEP));
    }
    last = x(day) + (Math.ceil(list.length / deep) - 1) * STEP;
    under += deep;
    tall = Math.max(tall, under * STEP + 8);
  }
  return y + tall + pad;
}

/**
 * Returns the utterances of a row by day, or where there are many by a fortieth of the period.
 * @param {number[]} places
 * @param {Axis} axis
 */
function daysOf(places, { a, b, many }) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  const step = Math.max(1, (b - a) / 40);
  for (const place of inOrder(places)) {
    const day = UTTERANCES[place].date ?? "";
    push(groups, many ? dayText(a + Math.floor((dayNumber(day) - a) / step) * step) : day, place);
  }
  return groups;
}

/** @type {Record<string, string>} */
const DOT_SHAPES = { critical: "triangleDown", supportive: "triangle", mixed: "diamond" };

/**
 * @param {Utterance} one
 * @param {number} cx
 * @param {number} cy
 */
function drawDot(one, cx, cy) {
  const stances = stancesOf.get(one.id);
  const label = visible(utteranceLabel(one.id));
  return markButton(
    `said tone-${one.tone}${counts(one) ? "" : " uncounted"}${one.id === state.select ? " selected" : ""}`,
    one.id,
    `${label}, ${one.date}`,
    { tabindex: "-1", transform: `translate(${cx.toFixed(1)} ${cy})` },
    svg("path", { class: "dot", d: outline(DOT_SHAPES[one.tone] ?? "dot", DOT - 0.5) }),
    stances && svg("path", { class: `stance${changed(stances) ? " changed" : ""}`, d: outline("diamond", DOT + 2.5) }),
    svg("title", {}, `${label} · ${one.date}`),
  );
}

/** Says whether a stance differs from another of the same holder on the same matter. */
const changed = (/** @type {Stance[]} */ stances) =>
  stances.some(({ holder, on, value }) =>
    (stancesOf.get(holder) ?? []).some((other) => other.holder === holder && other.on === on && other.value !== value),
  );

/**
 * @param {number} a
 * @param {number} b
 */
function slider(a, b) {
  const handle = (/** @type {"from" | "to"} */ name, /** @type {number} */ value) => {
    const key = `slide ${name}`;
    const box = el("input", { type: "range", min: a, max: b, step: 1, "aria-label": t(name), data: { key } });
    box.value = String(value);
    box.setAttribute("aria-valuetext", dayText(value));
    box.addEventListener("input", () => {
      words.textContent = span(...ends());
      box.setAttribute("aria-valuetext", dayText(Number(box.value)));
    });
    box.addEventListener("change", () => {
      const [low, high] = ends();
      choose({ from: low <= a ? "" : dayText(low), to: high >= b ? "" : dayText(high) }, { keep: true });
      const again = boardBox.querySelector(`[data-key="${key}"]`);
      if (again instanceof HTMLElement) again.focus();
    });
    return box;
  };
  const span = (/** @type {number} */ low, /** @type {number} */ high) =>
    `${dayName(dayText(low), LANGUAGE)} – ${dayName(dayText(high), LANGUAGE)}`;
  const first = handle("from", state.from ? Math.max(a, dayNumber(state.from)) : a);
  const second = handle("to", state.to ? Math.min(b, dayNumber(state.to)) : b);
  /** @returns {Point} */
  const ends = () => {
    const [p, q] = [Number(first.value), Number(second.value)];
    return p < q ? [p, q] : [q, p];
  };
  const words = el("output", { class: "span-words" }, span(...ends()));
  const about = { class: "slider", role: "group", "aria-label": t("period") };
  return el("div", about, el("span", {}, t("period")), first, second, words);
}

boardBox.addEventListener("click", (event) => {
  const id = under(event, "[data-id]")?.dataset.id;
  if (id) choose({ select: id });
});
