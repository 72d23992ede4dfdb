// Goes to an entry wherever it is: to its words in a text, or to its form.

import { editForm } from "./form_desk.js";
import { ask } from "./project_client.js";
import { openText, spanOf, spansOf, state } from "./project_state.js";
import { goTo, reachEntry } from "./text_actions.js";
import { repaintAll } from "./text_view.js";
import { showView } from "./views.js";
import { interest } from "./words_of_interest.js";

/** @param {string} iri */
export async function goToText(iri) {
  if (state.open?.iri !== iri) await openText(iri);
  showView("reading");
}

/** @param {string} iri */
export async function goToEntry(iri) {
  /** @type {Entry} */
  const entry = state.open?.entries.get(iri) ?? (await ask("entry", { iri }));
  const evidence = /** @type {Evidence[]} */ (entry.fields.evidence ?? []);
  const [first] = evidence;
  if (first && !evidence.some((one) => one.document === state.open?.iri)) await goToText(first.document);
  showView("reading");
  const [span] = spansOf(entry);
  if (span && state.open?.entries.has(iri)) reachEntry({ ...span, iri }, true);
  else editForm(entry, true);
}

/**
 * @param {string} iri a document
 * @param {number} start in code points
 * @param {number} end
 * @param {string} words what was looked for
 */
export async function goToPlace(iri, start, end, words) {
  await goToText(iri);
  interest.found = words;
  repaintAll();
  goTo(spanOf({ document: iri, start, end }));
}
