// What the server refused, where no form is open to say it: a note with what can be done, until it is dismissed.

import { button, byId } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { Refusal } from "./project_client.js";
import { focusText } from "./text_view.js";

/**
 * Shows what went wrong.
 * @param {unknown} error
 * @param {...HTMLElement} remedies
 */
export function report(error, ...remedies) {
  if (!(error instanceof Error)) throw error;
  const title = error instanceof Refusal && error.title ? `${error.title}: ` : "";
  const note = byId("refused");
  const dismiss = button(t("dismiss"), () => {
    note.hidden = true;
    focusText();
  });
  note.hidden = false;
  note.replaceChildren(`${title}${error.message} `, ...remedies, dismiss);
  for (const remedy of remedies)
    remedy.addEventListener("click", () => {
      note.hidden = true;
    });
}
