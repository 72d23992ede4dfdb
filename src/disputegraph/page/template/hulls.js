// Outlines around coalitions, named after their largest voices.

import { membersOf } from "./coalition_ties.js";
import { coalitionName, drawnAsOne, MEMBERS } from "./coalitions.js";
import { svg, visible } from "./dom.js";
import { hull, rounded } from "./geometry.js";
import { wrapped } from "./labels.js";

const AIR = 9;

/**
 * Returns the hulls around the members of each coalition, and their names, which stand above the lines.
 * @param {SceneNode[]} nodes
 * @param {Box} stage within which the names stand
 * @returns {{ hull: SVGElement, name: SVGElement }[]}
 */
export function drawHulls(nodes, stage) {
  return [...membersOf(nodes)].flatMap(([number, members]) => {
    if (!drawnAsOne(number)) return [];
    const boxes = members.flatMap((node) => [node.icon, node.slot.box]);
    const corners = boxes.flatMap(({ x0, x1, y0, y1 }) =>
      [x0 - AIR, x1 + AIR].flatMap((x) => [y0 - AIR, y1 + AIR].map((y) => /** @type {Point} */ ([x, y]))),
    );
    const ring = hull(corners);
    const top = Math.min(...ring.map(([, y]) => y));
    const highest = ring.filter(([, y]) => y < top + 3).map(([x]) => x);
    const room = (stage.x1 - stage.x0) * (MEMBERS.size > 1 ? 0.48 : 0.9);
    const names = [2, 1].map((most) => wrapped(coalitionName(number, most), "node", room, 1));
    const name = names.find(({ short }) => !short) ?? names[1];
    const half = name.width * 0.6 + 4;
    const middle = (Math.min(...highest) + Math.max(...highest)) / 2;
    const x = Math.max(stage.x0 + half, Math.min(stage.x1 - half, middle));
    const at = { class: "hull-name", x: x.toFixed(1), y: (top - 5).toFixed(1) };
    return [
      {
        hull: svg("path", { class: `hull coalition-${number % 6}`, d: rounded(ring, 16) }),
        name: svg("text", at, visible(name.lines[0])),
      },
    ];
  });
}
