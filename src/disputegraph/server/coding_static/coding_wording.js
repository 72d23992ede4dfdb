// All words of the page come from one file of its language, which the server sends.

/** @type {Record<string, string>} */
let words = {};

/** @param {Record<string, string>} given */
export const useWords = (given) => {
  words = given;
};

/**
 * Returns the text of that name, {placeholders} filled in; a name nobody wrote down becomes readable words.
 * @param {string} name
 * @param {Record<string, unknown>} [values]
 */
export const t = (name, values = {}) =>
  (words[name] ?? name.replaceAll("_", " ")).replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));

/**
 * Returns the text for a count: "name_one" or "name_many".
 * @param {string} name
 * @param {number} count
 */
export const counted = (name, count) => t(`${name}_${count === 1 ? "one" : "many"}`, { count: count.toLocaleString() });

/** Whether the language's file has a word of that name. @param {string} name */
export const hasWord = (name) => name in words;
