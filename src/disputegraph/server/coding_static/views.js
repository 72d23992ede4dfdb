// The views of the page: one is shown at a time, and says when it comes into sight.

import { byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { state } from "./project_state.js";

const NAMES = /** @type {const} */ (["documents", "reading", "adjudication", "codebook", "review", "search"]);

/** @typedef {typeof NAMES[number]} View */

/** @type {Partial<Record<View, () => void>>} */
const openings = {};
/** @type {View} */
let shown = "documents";

/** @param {View} view @param {() => void} act */
export const whenShown = (view, act) => {
  openings[view] = act;
};

export const shownView = () => shown;

/** @param {View} view */
export function showView(view) {
  shown = view;
  for (const name of NAMES) byId(name).hidden = name !== view;
  for (const button of byId("views").querySelectorAll("button")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  // What a view shows may be on its way; until it takes the focus itself, the view has it.
  byId(view).tabIndex = -1;
  byId(view).focus();
  openings[view]?.();
}

/** @param {() => void} help */
export function drawViews(help) {
  byId("views").setAttribute("aria-label", t("views"));
  byId("views").replaceChildren(
    ...NAMES.filter((name) => name !== "adjudication" || state.project.several).map((name) =>
      el("button", { type: "button", "data-view": name, click: () => showView(name) }, t(`view_${name}`)),
    ),
    el("button", { type: "button", click: help, "aria-haspopup": "dialog" }, t("view_help")),
  );
}
