// Places that the reader gives to marks by dragging them: kept from view to view, and saved for the next build of the
// page.

/** @typedef {Map<string, Point>} Spots node → its place in the layout */

/** View and shape of the stage → what was moved there. @type {Map<string, Spots>} */
const moved = new Map();

const keyOf = (/** @type {string} */ view, /** @type {boolean} */ tall) => `${view} ${tall ? "tall" : "wide"}`;

/**
 * Returns what was moved in a view on a stage of that shape.
 * @param {string} view
 * @param {boolean} tall
 * @returns {Spots}
 */
export const movedIn = (view, tall) => moved.get(keyOf(view, tall)) ?? new Map();

/**
 * Keeps the place that a node was moved to.
 * @param {string} view
 * @param {boolean} tall
 * @param {string} id
 * @param {Point} at
 */
export function keepPlace(view, tall, id, [x, y]) {
  moved.set(keyOf(view, tall), movedIn(view, tall).set(id, [Math.round(x), Math.round(y)]));
}

/**
 * Returns the places of all nodes that views open with, moved or not, as the command `page --places` takes them.
 * @param {Record<string, { nodes: ViewNode[] }>} views
 * @param {(id: string) => string} addressOf
 */
export function placesFile(views, addressOf) {
  const spots = (/** @type {string} */ view, /** @type {boolean} */ tall) =>
    views[view].nodes.map(({ id, x, y, tall: high }) => {
      const [a, b] = movedIn(view, tall).get(id) ?? (tall ? high : [x, y]);
      return [addressOf(id), [a, b]];
    });
  const found = Object.keys(views).map((view) => [
    view,
    { wide: Object.fromEntries(spots(view, false)), tall: Object.fromEntries(spots(view, true)) },
  ]);
  return { format: "disputegraph-places/1", views: Object.fromEntries(found) };
}
