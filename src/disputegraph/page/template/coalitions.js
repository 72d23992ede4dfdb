// The view of coalitions: shared and disputed claims under the filters, and hulls around coalitions.

import { svg } from "./dom.js";
import { passes } from "./filters.js";
import { hull } from "./geometry.js";
import { push } from "./multimap.js";
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

/** Returns the name of a coalition. Filters change the lines, not the coalitions: these are of the whole period. */
export const coalitionName = (/** @type {number} */ number) =>
  t("coalition", { name: String.fromCodePoint(65 + (number % 26)) });

const AIR = 9;

/**
 * Returns the hulls around the members of each coalition, with their names.
 * @param {SceneNode[]} nodes
 */
export function drawHulls(nodes) {
  /** @type {Map<number, SceneNode[]>} */
  const found = new Map();
  for (const node of nodes) if (node.coalition !== undefined) push(found, node.coalition, node);
  return [...found]
    .sort((a, b) => a[0] - b[0])
    .flatMap(([number, members]) => {
      const boxes = members.flatMap((node) => [node.icon, node.slot.box]);
      const corners = boxes.flatMap(({ x0, x1, y0, y1 }) =>
        [x0 - AIR, x1 + AIR].flatMap((x) => [y0 - AIR, y1 + AIR].map((y) => /** @type {Point} */ ([x, y]))),
      );
      const ring = hull(corners);
      const top = Math.min(...ring.map(([, y]) => y));
      const highest = ring.filter(([, y]) => y < top + 3).map(([x]) => x);
      const middle = (Math.min(...highest) + Math.max(...highest)) / 2;
      const line = ring.map((point) => point.map((value) => value.toFixed(1)).join(" ")).join("L");
      return [
        svg("path", { class: `hull coalition-${number % 6}`, d: `M${line}Z` }),
        svg("text", { class: "hull-name", x: middle.toFixed(1), y: (top - 5).toFixed(1) }, coalitionName(number)),
      ];
    });
}
