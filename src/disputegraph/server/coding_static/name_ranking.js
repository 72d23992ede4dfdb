// Type-ahead: which names fit what was typed, the likeliest first.

/**
 * Returns text in lower case without accents.
 * @param {string} text
 */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Names of one thing, ready to be compared.
 * @typedef {{value: string, label: string, help?: string, uses: number, names: string[]}} Candidate
 */

/**
 * @param {{iri: string, label: string, aliases: string[], uses: number, help?: string}} row
 * @returns {Candidate}
 */
export const candidate = ({ iri, label, aliases, uses, help }) => ({
  value: iri,
  label,
  uses,
  help,
  names: [label, ...aliases].map(plain),
});

/**
 * Tells how well a name fits: 5 the same, 4 begins so, 3 its words begin so in order, 2 in any order, 1 holds it, 0
 * not.
 * @param {string} name
 * @param {string} typed
 */
export function fit(name, typed) {
  if (name === typed) return 5;
  if (name.startsWith(typed)) return 4;
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  let place = 0;
  let ordered = true;
  for (const part of typed.split(/\s+/).filter(Boolean)) {
    const next = words.findIndex((word, at) => at >= place && word.startsWith(part));
    if (next >= 0) place = next + 1;
    else if (words.some((word) => word.startsWith(part))) ordered = false;
    else return name.includes(typed) ? 1 : 0;
  }
  return ordered ? 3 : 2;
}

/**
 * Returns the candidates that fit, best first; of equal ones those more in use, then the shorter.
 * @param {string} typed
 * @param {Candidate[]} candidates
 * @param {number} most
 */
export function ranked(typed, candidates, most) {
  const wanted = plain(typed.trim());
  const found = [];
  for (const one of candidates) {
    let best = 0;
    // A label counts a little more than an alias.
    one.names.forEach((name, place) => {
      const rank = fit(name, wanted);
      if (rank) best = Math.max(best, rank + (place ? 0 : 0.5));
    });
    if (best) found.push({ one, best });
  }
  found.sort((a, b) => b.best - a.best || b.one.uses - a.one.uses || a.one.label.length - b.one.label.length);
  return found.slice(0, most).map(({ one }) => one);
}

/**
 * Tells whether a name is known already, but for accents and case.
 * @param {string} typed
 * @param {Candidate[]} candidates
 */
export function isKnown(typed, candidates) {
  const wanted = plain(typed.trim());
  return candidates.some((one) => one.names.includes(wanted));
}
