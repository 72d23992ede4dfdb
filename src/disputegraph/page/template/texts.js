// All words of the page come from one island, so that translating one file translates the page.

import { byId } from "./dom.js";
import { spaced } from "./words.js";

/** @type {Record<string, string>} */
const TEXTS = JSON.parse(byId("texts").textContent ?? "");

/** The language of the page's own words. */
export const LANGUAGE = document.documentElement?.lang || "en";

/**
 * Returns the text of that name, {placeholders} filled in; a name nobody wrote down becomes readable words.
 * @param {string} name
 * @param {Record<string, unknown>} [values]
 */
export function t(name, values = {}) {
  const text = Object.hasOwn(TEXTS, name) ? TEXTS[name] : spaced(name.split(".").at(-1) ?? "");
  return text.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? String(values[key]) : whole));
}

/**
 * Returns "1 utterance" or "2 utterances".
 * @param {string} name
 * @param {number} count
 */
export const counted = (name, count) =>
  t(`${name}.${count === 1 ? "one" : "many"}`, { count: count.toLocaleString(LANGUAGE) });

/**
 * Returns the parts of a text with elements in its {places}.
 * @param {string} name
 * @param {Record<string, Child>} parts
 * @returns {Child[]}
 */
export const sentence = (name, parts) =>
  t(name)
    .split(/(\{\w+\})/)
    .map((part) => parts[part.slice(1, -1)] ?? part);
