// Undo, redo, and the list of what was done.

import { announce } from "./announcing.js";
import { button, byId, el } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { showDialog } from "./dialogs.js";
import { ask } from "./project_client.js";
import { alter } from "./project_state.js";
import { report } from "./refusals.js";

/** @param {"undo" | "redo"} what */
const back = (what) => async () => {
  try {
    const { label } = await alter(what, {});
    announce(t(`${what}_done`, { what: label }));
  } catch (error) {
    report(error);
  }
};

export const undo = back("undo");
export const redo = back("redo");

export async function showHistory() {
  const { entries } = await ask("history");
  const rows = entries.map((/** @type {{label: string, by: string, at: string, undone: boolean}} */ one) =>
    el(
      "li",
      { class: one.undone ? "gone" : undefined },
      one.label,
      " ",
      el("small", {}, one.by, ", ", new Date(one.at).toLocaleString()),
    ),
  );
  const again = (/** @type {() => Promise<void>} */ act) => async () => {
    await act();
    await showHistory();
  };
  showDialog(
    byId("history"),
    t("history"),
    el("p", { class: "actions" }, button(t("short_undo"), again(undo)), button(t("short_redo"), again(redo))),
    el("ol", { class: "history" }, ...(rows.length ? rows : [el("li", { class: "soft" }, t("nothing_done"))])),
  );
}
