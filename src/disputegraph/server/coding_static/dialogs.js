// Dialogs: opened with a heading and a way out; the focus goes back to where it was (the browser sees to it).

import { button, el, freshId } from "./coding_elements.js";
import { t } from "./coding_wording.js";

/**
 * @param {HTMLElement} dialog
 * @param {string} title
 * @param {...Node} content
 */
export function showDialog(dialog, title, ...content) {
  const box = /** @type {HTMLDialogElement} */ (dialog);
  const heading = el("h2", { id: freshId(), tabindex: "-1", autofocus: true }, title);
  box.setAttribute("aria-labelledby", heading.id);
  box.replaceChildren(
    heading,
    ...content,
    el(
      "p",
      { class: "actions" },
      button(t("close"), () => box.close(), { class: "quiet" }),
    ),
  );
  if (!box.open) box.showModal();
  return box;
}
