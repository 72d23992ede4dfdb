// Words that the coder wants to see wherever they stand, and words that were searched for.

import { plain } from "./name_ranking.js";

export const interest = {
  /** @type {string[]} */
  words: [],
  found: "",
};

/**
 * Returns where words of interest stand. Accents and case are passed over where that keeps the length.
 * @param {string} text
 * @param {number} start where the text begins
 * @returns {(Span & {style: string})[]}
 */
export function interestIn(text, start) {
  /** @type {(Span & {style: string})[]} */
  const found = [];
  for (const word of interest.words)
    for (const span of occurrences(text, word, true)) found.push({ ...span, style: "interest" });
  for (const span of occurrences(text, interest.found)) found.push({ ...span, style: "found" });
  return found.map((span) => ({ ...span, start: span.start + start, end: span.end + start }));
}

/**
 * @param {string} text
 * @param {string} word
 * @param {boolean} whole whether it must begin at the beginning of a word
 * @returns {Span[]}
 */
export function occurrences(text, word, whole = false) {
  if (!word.trim()) return [];
  const folded = plain(text);
  const [within, wanted] =
    folded.length === text.length ? [folded, plain(word)] : [text.toLowerCase(), word.toLowerCase()];
  // Where lower case is longer, as of the Turkish İ, places would not fit.
  if (within.length !== text.length) return [];
  const found = [];
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length))
    if (!whole || at === 0 || !/[\p{L}\p{N}]/u.test(within[at - 1])) found.push({ start: at, end: at + wanted.length });
  return found;
}
