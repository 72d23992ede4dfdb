// The columns of the matrix: voices, ordered by coalition, people with their organisation where the dispute has many.

import { MEMBERS } from "./coalitions.js";
import { labelOf, voicedBy } from "./data.js";
import { FOLDS, isApart } from "./folding.js";
import { push } from "./multimap.js";
import { t } from "./texts.js";

/**
 * A column: what it is named after, whose utterances it holds, how many of them are people drawn with an organisation,
 * and how many they are beside it, as the end of its name.
 * @typedef {{ id: string, label: string, end: string, voices: string[], people: number, coalition: number | undefined
 * }} Column
 */

/** Columns that a matrix has at most. */
export const MOST_COLUMNS = 60;

/**
 * Returns the columns: the members of coalitions, and in the view of claims other voices after them. People are in the
 * column of their organisation only with those of the same coalition, so that nobody stands where the analysis does
 * not find them.
 * @param {string} view
 * @returns {Column[]}
 */
export function columnsOf(view) {
  /** @type {[string, number | undefined][]} */
  const voices = [...MEMBERS].flatMap(([number, members]) =>
    members.map(({ id }) => /** @type {[string, number]} */ ([id, number])),
  );
  if (view === "claims") {
    const known = new Set(voices.map(([id]) => id));
    const others = [...voicedBy].filter(([id]) => !known.has(id)).sort((a, b) => b[1].length - a[1].length);
    for (const [id] of others) voices.push([id, undefined]);
  }
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const [id, number] of voices) {
    const named = isApart(id) ? id : (FOLDS.get(id) ?? id);
    push(groups, JSON.stringify([number ?? null, named]), id);
  }
  return [...groups].map(([key, ids]) => {
    const [coalition, id] = JSON.parse(key);
    const people = ids.filter((one) => one !== id).length;
    const values = { name: labelOf(id), count: people };
    const end = people && ids.includes(id) ? ` + ${people}` : "";
    const label = people && !end ? t("column_of", values) : labelOf(id);
    return { id, label, end, voices: ids, people, coalition: coalition ?? undefined };
  });
}
