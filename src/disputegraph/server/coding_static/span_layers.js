// Which stretches of a paragraph are coded, and how often: the layers that are drawn.

export const MOST_LAYERS = 3;

/**
 * Returns stretches with the number of utterances that rest on them, in order, up to MOST_LAYERS.
 * @param {Span[]} spans
 * @param {Span} within
 * @returns {(Span & {depth: number})[]}
 */
export function layers(spans, within) {
  /** @type {[number, number][]} */
  const edges = [];
  for (const span of spans) {
    const start = Math.max(span.start, within.start);
    const end = Math.min(span.end, within.end);
    if (end > start) edges.push([start, 1], [end, -1]);
  }
  edges.sort((a, b) => a[0] - b[0]);
  const found = [];
  let depth = 0;
  let from = within.start;
  for (const [place, step] of edges) {
    if (place > from && depth > 0) found.push({ start: from, end: place, depth: Math.min(depth, MOST_LAYERS) });
    depth += step;
    from = place;
  }
  return found;
}

/**
 * Files spans by the paragraphs that they touch.
 * @template {Span} T
 * @param {T[]} spans
 * @param {(place: number) => number} paragraphAt
 * @returns {Map<number, T[]>}
 */
export function byParagraph(spans, paragraphAt) {
  const filed = new Map();
  for (const span of spans) {
    const last = paragraphAt(Math.max(span.start, span.end - 1));
    for (let number = paragraphAt(span.start); number <= last; number += 1) {
      const list = filed.get(number);
      if (list) list.push(span);
      else filed.set(number, [span]);
    }
  }
  return filed;
}
