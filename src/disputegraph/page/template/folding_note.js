// What is said of people who are drawn with their organisation, and the way to draw them apart.

import { el } from "./dom.js";
import { choose, state } from "./state.js";
import { counted, t } from "./texts.js";

/**
 * Says how many people are drawn with how many organisations, with a button that draws them apart, or together again.
 * @param {number[]} counts people of each organisation
 * @returns {Child}
 */
export function foldingNote(counts) {
  const people = counts.reduce((sum, one) => sum + one, 0);
  const told = people > 0 && t("folded", { people: counted("person", people), organisations: counts.length });
  const change = { fold: state.fold ? "" : "none", apart: [], open: state.fold ? state.open : [] };
  const name = state.fold ? "fold_all" : "unfold_all";
  return [
    told,
    " ",
    el("button", { type: "button", data: { tool: name }, on: { click: () => choose(change) } }, t(name)),
    " ",
  ];
}
