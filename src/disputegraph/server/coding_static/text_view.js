// The text: numbered paragraphs with their coded words. Only paragraphs in sight are painted, and only those that
// change.

import { byId, el } from "./coding_elements.js";
import { contentOf, draftCalled, onDrafts, waiting } from "./draft_state.js";
import { isStatement, on, spanOf, spansOf, state } from "./project_state.js";
import { byParagraph, layers } from "./span_layers.js";
import { cursor, marked, move, onMove } from "./text_cursor.js";
import { newPainter } from "./text_painters.js";
import { interestIn } from "./words_of_interest.js";

/** @import { Stretch } from "./text_painters.js" */

const pane = byId("text");
const painter = newPainter();

/** @type {HTMLElement[]} */
let paragraphs = [];
/** @type {Map<number, (CodedSpan & {statement: boolean})[]>} */
let coded = new Map();
/** @type {(CodedSpan & {statement: boolean})[]} */
let inOrder = [];
/** @type {Map<number, CodedSpan[]>} */
let drafted = new Map();
/** @type {Set<number>} */
const inSight = new Set();

const sight = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      const number = Number(/** @type {HTMLElement} */ (target).dataset.number) - 1;
      if (!isIntersecting) inSight.delete(number);
      else if (!inSight.has(number)) {
        inSight.add(number);
        paint(number);
      }
    }
  },
  { root: pane, rootMargin: "400px 0px" },
);

/** All coded words of the text, in its order; several of one entry follow each other. */
export const codedInOrder = () => inOrder;

/** Returns the entries whose words hold a place. @param {number} place */
export function codedAt(place) {
  const number = state.open?.map.paragraphAt(place) ?? 0;
  return (coded.get(number) ?? []).filter((span) => span.start <= place && place < span.end);
}

function file() {
  const { open } = state;
  if (!open) return;
  const spans = [...open.entries.values()].flatMap((entry) =>
    spansOf(entry).map((span) => ({ ...span, iri: entry.iri, statement: isStatement(entry.kind) })),
  );
  spans.sort((a, b) => a.start - b.start || a.end - b.end || (a.iri < b.iri ? -1 : 1));
  inOrder = spans;
  coded = byParagraph(spans, (place) => open.map.paragraphAt(place));
}

/** @param {number} number */
function paint(number) {
  const within = state.open?.map.paragraphs[number];
  const paragraph = paragraphs[number];
  if (!within || !paragraph) return;
  const here = coded.get(number) ?? [];
  /** @type {Stretch[]} */
  const stretches = layers(
    here.filter((one) => one.statement),
    within,
  ).map((one) => ({ ...one, style: `said-${one.depth}` }));
  for (const one of layers(
    here.filter((span) => !span.statement),
    within,
  ))
    stretches.push({ ...one, style: "other-1" });
  const add = (/** @type {Span} */ { start, end }, /** @type {string} */ style) => {
    const from = Math.max(start, within.start);
    const to = Math.min(end, within.end);
    if (to > from) stretches.push({ start: from, end: to, style });
  };
  // What somebody passes on has a heavier line.
  const isHearsay = (/** @type {CodedSpan} */ { iri }) => Boolean(draftCalled(iri)?.passed_on_by.length);
  const drafts = drafted.get(number) ?? [];
  for (const one of layers(
    drafts.filter((span) => !isHearsay(span)),
    within,
  ))
    add(one, "drafted");
  for (const one of layers(drafts.filter(isHearsay), within)) add(one, "drafted-inside");
  for (const span of draftCalled(cursor.draft)?.source ?? []) add(spanOf(span), "speaking");
  for (const { style, ...span } of interestIn(state.open?.map.words(within) ?? "", within.start)) add(span, style);
  for (const span of here) if (span.iri === cursor.active) add(span, "active");
  for (const span of cursor.kept) add(span, "kept");
  add(cursor.span, "picked");
  painter.paint(paragraph, within.start, stretches);
}

function fileDrafts() {
  const { open } = state;
  if (!open) return;
  const spans = waiting().flatMap((draft) => contentOf(draft).map((span) => ({ ...span, iri: draft.iri })));
  drafted = byParagraph(spans, (place) => open.map.paragraphAt(place));
}

/** Returns the drafts that wait at a place, those of the fewest words first. @param {number} place */
export function draftsAt(place) {
  const number = state.open?.map.paragraphAt(place) ?? 0;
  return (drafted.get(number) ?? [])
    .filter((span) => span.start <= place && place < span.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

export function repaintAll() {
  for (const number of inSight) paint(number);
}

/** @param {Span[]} spans */
function repaint(spans) {
  const { open } = state;
  if (!open) return;
  const numbers = new Set();
  for (const { start, end } of spans) {
    const last = open.map.paragraphAt(Math.max(start, end - 1));
    for (let number = open.map.paragraphAt(start); number <= last; number += 1)
      if (inSight.has(number)) numbers.add(number);
  }
  for (const number of numbers) paint(number);
}

function draw() {
  const { open } = state;
  sight.disconnect();
  inSight.clear();
  paragraphs = (open?.map.paragraphs ?? []).map((span, number) =>
    el("p", { "data-number": number + 1 }, document.createTextNode(open?.map.words(span) ?? "")),
  );
  pane.replaceChildren(...paragraphs);
  drafted = new Map();
  file();
  for (const paragraph of paragraphs) sight.observe(paragraph);
  pane.scrollTop = 0;
  move({ span: { start: 0, end: 0 }, kept: [], active: "", draft: "" });
}

onDrafts(() => {
  fileDrafts();
  repaintAll();
});

on("open", draw);
on("entries", () => {
  file();
  if (cursor.active && !state.open?.entries.has(cursor.active)) move({ active: "" });
  repaintAll();
});

let activeBefore = "";
let draftBefore = "";
onMove((before) => {
  const changed = activeBefore === cursor.active ? [] : [activeBefore, cursor.active];
  const entries = changed.map((iri) => state.open?.entries.get(iri)).filter((entry) => entry !== undefined);
  activeBefore = cursor.active;
  const speaking = [draftBefore, cursor.draft].flatMap((iri) => draftCalled(iri)?.source ?? []).map(spanOf);
  draftBefore = cursor.draft;
  repaint([...before, ...marked(), ...entries.flatMap(spansOf), ...speaking]);
});

/** Brings the selected words into sight. */
export function reveal() {
  const { open } = state;
  if (!open?.map.paragraphs.length) return;
  const number = open.map.paragraphAt(cursor.span.start);
  const paragraph = paragraphs[number];
  if (!paragraph) return;
  const far = !inSight.has(number);
  // A paragraph that was never drawn has a guessed height only: first it is brought near.
  if (far) paragraph.scrollIntoView({ block: "center" });
  const range = rangeOf(paragraph, cursor.span.start - open.map.paragraphs[number].start);
  const { top, bottom } = (range ?? paragraph).getBoundingClientRect();
  const box = pane.getBoundingClientRect();
  const margin = Math.min(120, box.height / 4);
  if (top < box.top + margin) pane.scrollTop += top - box.top - margin;
  else if (bottom > box.bottom - margin) pane.scrollTop += bottom - box.bottom + margin;
}

/**
 * @param {HTMLElement} paragraph
 * @param {number} offset
 */
function rangeOf(paragraph, offset) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (left <= length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, Math.min(length, left + 1));
      return range;
    }
    left -= length;
  }
  return null;
}

/**
 * Returns the place in the text of a place in the document.
 * @param {Node} node
 * @param {number} offset
 * @returns {number | null}
 */
export function placeOf(node, offset) {
  const within = node instanceof Element ? node : node.parentElement;
  const paragraph = /** @type {HTMLElement | null | undefined} */ (within?.closest("#text > p"));
  const { open } = state;
  if (!open) return null;
  if (!paragraph) {
    if (node !== pane) return null;
    return open.map.paragraphs[offset]?.start ?? open.map.text.length;
  }
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return open.map.paragraphs[Number(paragraph.dataset.number) - 1].start + range.toString().length;
}

export const focusText = () => pane.focus({ preventScroll: true });
