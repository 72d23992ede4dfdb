// Removes what the coder got wrong; undo brings it back. (What a speaker took back is withdrawn.)

import { announce } from "./announcing.js";
import { button } from "./coding_elements.js";
import { t } from "./coding_wording.js";
import { closeEntry } from "./form_desk.js";
import { Refusal } from "./project_client.js";
import { alter } from "./project_state.js";
import { report } from "./refusals.js";
import { focusText } from "./text_view.js";

/**
 * Removes an entry that the coder got wrong; where others lean on it, they are told first.
 * @param {Entry | {iri: string, label: string}} entry
 */
export async function removeEntry(entry) {
  const remove = async (/** @type {boolean} */ cascade) => {
    const { label } = await alter("remove", { iri: entry.iri, cascade });
    announce(t("done_what", { what: label }));
    closeEntry(entry.iri);
    focusText();
  };
  try {
    await remove(false);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const all = button(t("remove_all_the_same"), () => remove(true).catch(report));
    report(error, ...(error.status === 409 ? [all] : []));
  }
}
