// Moves of the selection: every function takes a map of the text and a span, and returns another span.

/** @import { TextMap, Token } from "./text_map.js" */

/**
 * Walks from paragraph to paragraph until one of its parts fulfils a condition.
 * @template {Span} T
 * @param {TextMap} map
 * @param {number} place where to begin
 * @param {1 | -1} way
 * @param {(number: number) => T[]} partsOf
 * @param {(part: T) => boolean} wanted
 * @returns {T | undefined}
 */
function seek(map, place, way, partsOf, wanted) {
  let number = map.paragraphAt(place);
  // Going back from the space between two paragraphs begins in the former.
  if (way < 0 && map.paragraphs[number]?.start > place) number -= 1;
  for (; number >= 0 && number < map.paragraphs.length; number += way) {
    const parts = partsOf(number);
    const found = way > 0 ? parts.find(wanted) : parts.findLast(wanted);
    if (found) return found;
  }
  return undefined;
}

/**
 * @param {TextMap} map
 * @param {Span} span
 * @param {1 | -1} way
 * @returns {Span}
 */
export function sentence(map, span, way) {
  const wanted = (/** @type {Span} */ part) => (way > 0 ? part.start > span.start : part.start < span.start);
  const found = seek(map, span.start, way, (number) => map.sentences(number), wanted);
  return found ? { ...found } : span;
}

/**
 * Returns the sentence around a place.
 * @param {TextMap} map
 * @param {number} place
 * @returns {Span}
 */
export function sentenceAt(map, place) {
  const found = seek(
    map,
    place,
    1,
    (number) => map.sentences(number),
    (part) => part.end > place,
  );
  return found ? { ...found } : { start: place, end: place };
}

/**
 * @param {TextMap} map
 * @param {Span} span
 * @param {1 | -1} way
 * @returns {Span}
 */
export function word(map, span, way) {
  // From several words the first step goes to their first word, or to their last when going back.
  const inner = seek(
    map,
    span.start,
    1,
    (n) => map.tokens(n).filter((t) => t.word),
    (t) => t.end > span.start,
  );
  const many = inner && span.end > inner.end;
  const wanted = (/** @type {Token} */ part) => {
    if (!part.word) return false;
    if (many) return way > 0 ? part.start >= span.start : part.end <= span.end;
    return way > 0 ? part.start >= span.end : part.end <= span.start;
  };
  const from = many ? (way > 0 ? span.start : span.end - 1) : way > 0 ? span.end : span.start;
  const found = seek(map, Math.max(0, from), way, (number) => map.tokens(number), wanted);
  return found ? { start: found.start, end: found.end } : span;
}

/** @typedef {"tokens" | "clauses" | "sentences"} Step */

/**
 * Moves the end of a span by a word, a part of a sentence, or a sentence; it never passes the start.
 * @param {Step} step
 * @returns {(map: TextMap, span: Span, way: 1 | -1) => Span}
 */
export const moveEnd = (step) => (map, span, way) => {
  const wanted = (/** @type {Span} */ part) => (way > 0 ? part.end > span.end : part.end < span.end);
  /** @type {Span | undefined} */
  const found = seek(map, way > 0 ? span.end : span.end - 1, way, (number) => map[step](number), wanted);
  return found && found.end > span.start ? { start: span.start, end: found.end } : span;
};

/**
 * Moves the start of a span by a word or a part of a sentence; it never passes the end.
 * @param {Step} step
 * @returns {(map: TextMap, span: Span, way: 1 | -1) => Span}
 */
export const moveStart = (step) => (map, span, way) => {
  const wanted = (/** @type {Span} */ part) => (way > 0 ? part.start > span.start : part.start < span.start);
  /** @type {Span | undefined} */
  const found = seek(map, span.start, way, (number) => map[step](number), wanted);
  return found && found.start < span.end ? { start: found.start, end: span.end } : span;
};

/**
 * Moves one edge of a span by a single character, wherever words begin and end; the other edge is never passed.
 * @param {"start" | "end"} edge
 * @returns {(map: TextMap, span: Span, way: 1 | -1) => Span}
 */
export const moveByLetter = (edge) => (map, span, way) => {
  const { text } = map;
  // The two units of an astral character belong together, and between two paragraphs nothing begins or ends.
  const astray = (/** @type {number} */ place) =>
    (/[\udc00-\udfff]/.test(text[place] ?? "") && /[\ud800-\udbff]/.test(text[place - 1] ?? "")) ||
    text[edge === "start" ? place : place - 1] === "\n";
  let place = span[edge] + way;
  while (place > 0 && place < text.length && astray(place)) place += way;
  const moved = { ...span, [edge]: place };
  return place >= 0 && place <= text.length && !astray(place) && moved.end > moved.start ? moved : span;
};

/**
 * Widens a span to the whole words it touches.
 * @param {TextMap} map
 * @param {Span} span
 * @returns {Span}
 */
export function snapped(map, span) {
  const { start, end } = map.trimmed(span);
  if (end <= start) return { start, end: start };
  const first = map.tokens(map.paragraphAt(start)).find((part) => part.end > start);
  const last = map.tokens(map.paragraphAt(end - 1)).findLast((part) => part.start < end);
  // Of a run of marks such as ”. only what was selected is taken.
  return { start: first?.word ? Math.min(first.start, start) : start, end: last?.word ? Math.max(last.end, end) : end };
}

/**
 * Cuts words out of spans: the span around them becomes two.
 * @param {TextMap} map
 * @param {Span[]} spans
 * @param {Span} words
 * @returns {Span[] | null} null where no span holds the words
 */
export function cutOut(map, spans, words) {
  const holder = spans.find((span) => span.start <= words.start && words.end <= span.end);
  if (!holder || (holder.start === words.start && holder.end === words.end)) return null;
  const parts = [
    { start: holder.start, end: words.start },
    { start: words.end, end: holder.end },
  ].map((part) => map.trimmed(part));
  return spans.flatMap((span) =>
    span === holder ? parts.filter((part) => /[\p{L}\p{N}]/u.test(map.words(part))) : [span],
  );
}

/**
 * Tells how words are quoted: within quotation marks, without any, or both.
 * @param {string} text
 * @param {Span} span
 * @returns {"direct" | "indirect" | "mixedQuotation"}
 */
export function quotation(text, span) {
  const words = text.slice(span.start, span.end).trim();
  const before =
    text
      .slice(Math.max(0, span.start - 2000), span.start)
      .split("\n")
      .at(-1) ?? "";
  const opened = (before.match(/[“„«]/g)?.length ?? 0) - (before.match(/[”»]/g)?.length ?? 0);
  const straight = (before.match(/"/g)?.length ?? 0) % 2 === 1;
  const whole = /^[“„«"][^”»"]*[”»"“][.,;:!?]?$/u.test(words);
  if (whole) return "direct";
  if (/[“”„«»"]/.test(words)) return "mixedQuotation";
  return opened > 0 || straight ? "direct" : "indirect";
}
