// The view of coalitions: shared and disputed claims under the filters, who belongs to which, and what they are called.

import { membersOf, sharedClaims } from "./coalition_ties.js";
import { DATA, labelOf } from "./data.js";
import { passes } from "./filters.js";
import { t } from "./texts.js";

/**
 * Counts the claims that still join or part a pair under the filters.
 * @param {Rests} rests
 */
export function liveRests(rests) {
  const live = (/** @type {Rest[] | undefined} */ parts) =>
    (parts ?? []).filter(([, one, , other]) => one.some(passes) && other.some(passes)).length;
  return { agree: live(rests.agree), conflict: live(rests.conflict) };
}

const { nodes: NODES = [], edges = [] } = DATA.views.coalitions ?? {};
/** The pairs of voices that agree or conflict. */
export const PAIRS = edges;
/** The members of each coalition, the largest voices first. */
export const MEMBERS = membersOf(NODES);

/** Returns the identifiers of the members of a coalition. */
export const idsOf = (/** @type {number} */ number) => new Set((MEMBERS.get(number) ?? []).map(({ id }) => id));

/**
 * Returns the name of a coalition: its largest voices, and how many more there are. Filters change the lines, not the
 * coalitions: these are of the whole period.
 * @param {number} number
 */
export function coalitionName(number, most = 2) {
  const members = MEMBERS.get(number) ?? [];
  const names = members.slice(0, most).map(({ id }) => labelOf(id));
  const rest = members.length - names.length;
  return names.join(", ") + (rest ? ` ${t("and_more", { count: rest })}` : "");
}

/** Says whether a coalition is drawn as one: it is not where a single claim is all that its members share. */
export const drawnAsOne = (/** @type {number} */ number) => sharedClaims(idsOf(number), PAIRS).size > 1;
