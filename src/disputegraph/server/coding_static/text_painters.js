// Colours stretches of paragraphs: by the CSS Custom Highlight API, or by <mark> elements where the browser has none.

import { el } from "./coding_elements.js";

/**
 * @typedef {Span & {style: string}} Stretch
 * @typedef {{paint: (paragraph: HTMLElement, start: number, stretches: Stretch[]) => void}} Painter
 */

// Later ones are drawn over earlier ones.
export const STYLES = [
  "other-1",
  "said-1",
  "said-2",
  "said-3",
  "drafted",
  "drafted-inside",
  "speaking",
  "interest",
  "found",
  "active",
  "kept",
  "picked",
];

/** @returns {Painter} */
export const newPainter = () => ("highlights" in CSS && "Highlight" in window ? highlightPainter() : markPainter());

/** @returns {Painter} */
function highlightPainter() {
  const highlights = new Map(
    STYLES.map((style, place) => {
      const highlight = new Highlight();
      highlight.priority = place;
      CSS.highlights.set(style, highlight);
      return [style, highlight];
    }),
  );
  /** @type {WeakMap<HTMLElement, [Highlight, AbstractRange][]>} */
  const painted = new WeakMap();
  return {
    paint(paragraph, start, stretches) {
      for (const [highlight, range] of painted.get(paragraph) ?? []) highlight.delete(range);
      const node = paragraph.firstChild;
      if (!node) return;
      /** @type {[Highlight, AbstractRange][]} */
      const now = [];
      for (const { start: from, end: to, style } of stretches) {
        const highlight = highlights.get(style);
        if (!highlight) continue;
        const range = new StaticRange({
          startContainer: node,
          startOffset: from - start,
          endContainer: node,
          endOffset: to - start,
        });
        highlight.add(range);
        now.push([highlight, range]);
      }
      painted.set(paragraph, now);
    },
  };
}

/** @returns {Painter} */
function markPainter() {
  return {
    paint(paragraph, start, stretches) {
      const text = paragraph.textContent ?? "";
      paragraph.replaceChildren(
        ...flattened(stretches, start, start + text.length).map(({ start: from, end: to, styles }) => {
          const words = text.slice(from - start, to - start);
          return styles.length ? el("mark", { class: styles.join(" ") }, document.createTextNode(words)) : words;
        }),
      );
    },
  };
}

/**
 * Returns stretches that do not overlap, each with all styles that lie on it, and together the whole.
 * @param {Stretch[]} stretches
 * @param {number} start
 * @param {number} end
 * @returns {(Span & {styles: string[]})[]}
 */
export function flattened(stretches, start, end) {
  const edges = new Set([start, end, ...stretches.flatMap((one) => [one.start, one.end])]);
  const places = [...edges].sort((a, b) => a - b);
  return places.slice(1).map((to, at) => {
    const from = places[at];
    const on = stretches.filter((one) => one.start <= from && to <= one.end).map((one) => one.style);
    return { start: from, end: to, styles: STYLES.filter((style) => on.includes(style)) };
  });
}
