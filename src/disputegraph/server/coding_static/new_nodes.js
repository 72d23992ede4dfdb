// Nodes that a form makes on the spot: they are sent with the entry, as one change.

import { candidate } from "./name_ranking.js";

/** @import { Candidate } from "./name_ranking.js" */

let last = 0;

/**
 * Returns what a few typed words say of a new node: its label, or of a quantity "98 %" its amount and unit.
 * @param {string} kind
 * @param {FieldSpec[]} specs
 * @param {string} typed
 * @returns {Fields | null} null where a node of that kind cannot be made of a few words
 */
export function fieldsFromWords(kind, specs, typed) {
  if (kind === "Quantity") {
    const [, amount, unit] = /^([\d.,]+)\s*(.*)$/.exec(typed) ?? [];
    if (!amount) return null;
    return { amount: [amount.replace(/,(?=\d{3})/g, "")], ...(unit ? { unit: [unit] } : {}) };
  }
  const first = specs.find((spec) => spec.name === "label") ?? specs.find((spec) => spec.value === "plain");
  return first ? { [first.name]: [typed] } : null;
}

export class NewNodes {
  constructor() {
    /** @type {Map<string, {kind: string, label: string, fields: Fields}>} */
    this.made = new Map();
  }

  /**
   * @param {string} kind
   * @param {string} label
   * @param {Fields} fields
   * @returns {string} the key that stands for it
   */
  add(kind, label, fields) {
    last += 1;
    const key = `new:${last}`;
    this.made.set(key, { kind, label, fields });
    return key;
  }

  /** @param {string} key */
  label(key) {
    return this.made.get(key)?.label;
  }

  /** @param {string} key */
  kind(key) {
    return this.made.get(key)?.kind;
  }

  /**
   * @param {string[]} kinds
   * @returns {Candidate[]}
   */
  candidates(kinds) {
    return [...this.made]
      .filter(([, { kind }]) => !kinds.length || kinds.includes(kind))
      .map(([iri, { label }]) => candidate({ iri, label, aliases: [], uses: 0 }));
  }

  /**
   * Returns those that the fields name.
   * @param {...Fields} fields
   * @returns {NewEntry[]}
   */
  usedIn(...fields) {
    const named = new Set(fields.flatMap((one) => Object.values(one).flat()));
    return [...this.made]
      .filter(([key]) => named.has(key))
      .map(([key, { kind, fields: own }]) => ({ key, kind, fields: own }));
  }
}
