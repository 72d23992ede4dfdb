// What the page knows of the units that several coders coded apart: where they differ, and what was decided.

import { ask } from "./project_client.js";

const BLIND = "disputegraph.blind";

export const units = {
  document: "",
  /** @type {string[]} */
  coders: [],
  /** @type {UnitDocument[]} */
  documents: [],
  /** @type {CodedUnit[]} */
  all: [],
  /** The unit that is looked at, by its place. */
  at: 0,
  /** While versions are mixed: whose version of each differing field was chosen, so far. @type {string[] | null} */
  mixing: null,
  blind: localStorage.getItem(BLIND) === "yes",
};

/** @param {boolean} blind */
export function hideNames(blind) {
  units.blind = blind;
  localStorage.setItem(BLIND, blind ? "yes" : "no");
}

/** @param {CodedUnit} unit */
export const undecided = (unit) => unit.state === "open" || unit.state === "agreed";

/** The unit that is looked at. */
export const unitReached = () => /** @type {CodedUnit | undefined} */ (units.all[units.at]);

/** Loads the units of a text; the place among them stays. @param {string} document */
export async function loadUnits(document) {
  const same = document === units.document;
  const key = unitReached()?.key;
  /** @type {UnitsAnswer} */
  const found = await ask("units", { document });
  Object.assign(units, {
    document: found.document,
    coders: found.coders,
    documents: found.documents,
    all: found.units,
  });
  const before = units.all.findIndex((unit) => unit.key === key);
  const first = units.all.findIndex((unit) => unit.state === "open");
  units.at = same && before >= 0 ? before : Math.max(0, first);
  units.mixing = null;
}

/**
 * Returns the next unit that the coders differ in, from a place on and then from the beginning; -1 where there is none.
 * @param {CodedUnit[]} all
 * @param {number} from
 */
export function nextOpen(all, from) {
  const places = all.flatMap((unit, place) => (unit.state === "open" ? [place] : []));
  return places.find((place) => place >= from) ?? places[0] ?? -1;
}

/**
 * Returns the versions of a unit in the order of their digits. Where names are hidden, its key turns the order, so that
 * no
 * coder is always the first.
 * @param {CodedUnit} unit
 * @param {boolean} blind
 */
export function inOrder(unit, blind) {
  const turned = blind ? Number.parseInt(unit.key.slice(0, 6), 16) % unit.versions.length : 0;
  return [...unit.versions.slice(turned), ...unit.versions.slice(0, turned)];
}
